/* Reading a style: its root, its metadata, and its parts by the readers of each. */
#include "style/locale_source.h"
#include "style/style_facts.h"
#include "style/style_reader.h"

#include "base/error.h"
#include "base/memory.h"

static const char *text_of_child(struct style_reader *r, const struct element *info,
                                 enum element_name name)
{
    const struct element *child = info ? element_child(info, name) : NULL;
    str text = child ? str_trim(child->text) : (str){0};
    return text.length ? arena_copy(r->memory, text) : NULL;
}

static void read_info(struct style_reader *r, const struct element *info)
{
    struct style *style = r->style;
    style->id = text_of_child(r, info, ELEMENT_ID);
    style->title = text_of_child(r, info, ELEMENT_TITLE);
    style->title_short = text_of_child(r, info, ELEMENT_TITLE_SHORT);
    for (const struct element *child = info->first; child; child = child->next) {
        str value = element_value(child, ATTRIBUTE_HREF);
        if (str_is(element_value(child, ATTRIBUTE_REL), "independent-parent") && value.length)
            style->parent_id = arena_copy(r->memory, value);
        value = element_value(child, ATTRIBUTE_CITATION_FORMAT);
        if (value.length)
            style->citation_format = arena_copy(r->memory, value);
    }
}

static void read_page_range_format(struct style_reader *r, const struct element *root)
{
    static const uint8_t formats[] = {
        PAGE_RANGE_NONE,     PAGE_RANGE_CHICAGO_15, PAGE_RANGE_CHICAGO_15, PAGE_RANGE_CHICAGO_16,
        PAGE_RANGE_EXPANDED, PAGE_RANGE_MINIMAL,    PAGE_RANGE_MINIMAL_TWO};
    r->style->page_range_format =
        formats[value_choice(&r->complaints, root, ATTRIBUTE_PAGE_RANGE_FORMAT,
                             "chicago|chicago-15|chicago-16|expanded|minimal|minimal-two")];
}

static void read_root(struct style_reader *r, const struct element *root)
{
    const struct complaints *c = &r->complaints;
    const str *version = value_required(c, root, ATTRIBUTE_VERSION);
    str locale = str_trim(element_value(root, ATTRIBUTE_DEFAULT_LOCALE));
    if (version && !str_starts_with(str_trim(*version), (str)STR("1.0")))
        csl_complain(c, root->line, "<style>: version \"%.20s\"; expected 1.0", version->data);
    if (locale.length)
        r->style->default_locale = arena_copy(r->memory, locale);
    unsigned demote = value_choice(c, root, ATTRIBUTE_DEMOTE_NON_DROPPING_PARTICLE,
                                   "display-and-sort|never|sort-only");
    r->style->is_note = value_choice(c, root, ATTRIBUTE_CLASS, "in-text|note") == 2;
    r->style->demote_particle = (uint8_t)(demote ? demote - 1 : DEMOTE_DISPLAY_AND_SORT);
    r->style->initialize_with_hyphen = value_flag(c, root, ATTRIBUTE_INITIALIZE_WITH_HYPHEN, true);
    read_page_range_format(r, root);
    value_name_options(c, root, &r->style->names);
}

static void read_locales(struct style_reader *r, const struct element *root)
{
    struct style_locales *locales = arena_alloc(r->memory, sizeof *locales);
    struct locale_source *items = NULL;
    for (const struct element *child = root->first; child; child = child->next) {
        if (child->name != ELEMENT_LOCALE)
            continue;
        struct locale_source *source =
            arena_append(r->memory, &items, &locales->count, sizeof *source);
        locale_source_read(r->memory, source, child, &r->complaints);
    }
    locales->items = items;
    r->style->locales = locales;
}

static osler_status read_parts(struct style_reader *r, const struct element *root,
                               osler_error *error)
{
    const struct element *citation = element_child(root, ELEMENT_CITATION);
    const struct element *bibliography = element_child(root, ELEMENT_BIBLIOGRAPHY);
    const struct element *info = element_child(root, ELEMENT_INFO);
    read_root(r, root);
    if (info)
        read_info(r, info);
    else
        csl_complain(&r->complaints, root->line, "<style>: no <info>; expected one");
    if (r->style->parent_id && !citation)
        return OSLER_OK; /* a dependent style: its parent has the rest */
    if (!citation && !bibliography) {
        fail(error, OSLER_EINPUT, root->line,
             "<style>: neither <citation> nor <bibliography>; expected <citation>");
        return fail_source(error, OSLER_EINPUT, r->complaints.source);
    }
    if (!element_attribute(root, ATTRIBUTE_CLASS))
        value_required(&r->complaints, root, ATTRIBUTE_CLASS);
    if (!citation)
        csl_complain(&r->complaints, root->line, "<style>: no <citation>; expected one");
    read_locales(r, root);
    collect_macros(r, root);
    read_macros(r, root);
    if (citation)
        read_area(r, citation, &r->style->citation);
    if (bibliography)
        read_area(r, bibliography, &r->style->bibliography);
    r->style->macros = r->macros;
    r->style->macro_count = r->macro_count;
    osler_status status = resolve_calls(r, error);
    if (status == OSLER_OK)
        style_find_facts(r->style);
    return status;
}

osler_status style_read(struct style **out, str xml, const char *name, style_complaint complain,
                        void *context, osler_error *error)
{
    struct style *style = memory_alloc(sizeof *style);
    struct style_reader reader = {
        .style = style,
        .memory = &style->memory,
        .complaints = {.hear = complain, .context = context, .source = name},
    };
    const struct element *root;
    *out = NULL;
    osler_status status =
        csl_xml_read(reader.memory, &root, xml, ELEMENT_STYLE, &reader.complaints, error);
    if (status == OSLER_OK)
        status = read_parts(&reader, root, error);
    if (status != OSLER_OK) {
        style_free(style);
        return status;
    }
    *out = style;
    return OSLER_OK;
}

void style_free(struct style *style)
{
    if (!style)
        return;
    arena_free(&style->memory);
    memory_free(style);
}
