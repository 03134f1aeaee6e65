/* Bibliographies: works from records and files, cited and listed in a style. */
#include "base/error.h"
#include "base/memory.h"
#include "library/bibliography.h"
#include "record/record.h"
#include "style/catalogue.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct {
    const char *name, *summary;
    enum output_format format;
} formats[] = {
    {"text", "plain text, one entry a line", OUTPUT_PLAIN},
    {"html", "an HTML fragment", OUTPUT_HTML},
    {"markdown", "Markdown", OUTPUT_MARKDOWN},
    {"rtf", "Rich Text Format, for word processors", OUTPUT_RTF},
    {"latex", "LaTeX", OUTPUT_LATEX},
};

enum { FORMAT_COUNT = sizeof formats / sizeof *formats };

const char *osler_cite_format(unsigned index)
{
    return index < FORMAT_COUNT ? formats[index].name : NULL;
}

const char *osler_cite_format_summary(unsigned index)
{
    return index < FORMAT_COUNT ? formats[index].summary : NULL;
}

static osler_status find_format(enum output_format *out, const char *name, osler_error *error)
{
    for (size_t i = 0; i < FORMAT_COUNT; i++)
        if (!name || strcmp(formats[i].name, name) == 0) {
            *out = formats[i].format;
            return OSLER_OK;
        }
    return fail(error, OSLER_EFORMAT, 0,
                "'%s' is no format for bibliographies; known are text, html, markdown, rtf, latex",
                name);
}

osler_status osler_bibliography_new(osler_bibliography **out, const osler_cite_options *options,
                                    osler_error *error)
{
    osler_bibliography *b = memory_alloc(sizeof *b);
    *out = NULL;
    if (options)
        b->options = *options;
    osler_status status = find_format(&b->output.format, b->options.format, error);
    if (status == OSLER_OK)
        status = style_find(&b->style, b->options.style ? b->options.style : "default",
                            b->options.complained, b->options.context, error);
    if (status == OSLER_OK)
        status = locale_load(&b->language, &b->locale, b->style, b->options.locale, error);
    if (status != OSLER_OK) {
        osler_bibliography_free(b);
        return status;
    }
    b->output.links = b->options.links;
    b->output.locale = b->locale;
    b->processor = processor_new(b->style, b->locale, &b->output);
    b->width = 64;
    b->slots = memory_alloc(b->width * sizeof *b->slots);
    *out = b;
    return OSLER_OK;
}

void osler_bibliography_free(osler_bibliography *b)
{
    if (!b)
        return;
    processor_free(b->processor);
    style_free(b->style);
    arena_free(&b->language);
    arena_free(&b->works);
    arena_free(&b->result);
    memory_free(b->items);
    memory_free(b->slots);
    memory_free(b);
}

/* The slot of `id`: where it stands, or the free one where it would. */
static size_t slot_of(const osler_bibliography *b, const char *id)
{
    uint64_t hash = UINT64_C(14695981039346656037);
    for (const char *c = id; *c; c++)
        hash = (hash ^ (unsigned char)*c) * UINT64_C(1099511628211);
    size_t slot = (size_t)(hash ^ hash >> 29) & (b->width - 1);
    while (b->slots[slot] && strcmp(b->items[b->slots[slot] - 1]->item.id, id) != 0)
        slot = (slot + 1) & (b->width - 1);
    return slot;
}

static void widen(osler_bibliography *b)
{
    b->width *= 2;
    memory_free(b->slots);
    b->slots = memory_alloc(b->width * sizeof *b->slots);
    for (size_t i = 0; i < b->count; i++)
        b->slots[slot_of(b, b->items[i]->item.id)] = i + 1;
}

/* Take a work in; one with the same id gives its place to it. */
static void put(osler_bibliography *b, struct work *work)
{
    size_t slot = slot_of(b, work->item.id);
    if (b->slots[slot]) {
        b->items[b->slots[slot] - 1] = work;
    } else {
        if (b->count == b->room) {
            b->room = b->room ? b->room * 2 : 64;
            b->items = memory_resize(b->items, b->room * sizeof *b->items);
        }
        b->items[b->count++] = work;
        b->slots[slot] = b->count;
        if (b->count * 2 > b->width)
            widen(b);
    }
    processor_add_item(b->processor, &work->item);
}

void bibliography_add(osler_bibliography *b, const osler_record *record, const char *id,
                      const struct bibliography_about *about)
{
    struct work *work = arena_alloc(&b->works, sizeof *work);
    const osler_own *own = about->own;
    item_from_record(&b->works, &work->item, record);
    work->item.id = arena_copy(&b->works, str_of(id));
    work->remark = about->remark;
    if (own && own->tags.count)
        work->tag = arena_copy(&b->works, str_of(own->tags.items[0]));
    for (size_t i = 0; own && b->options.annotate && i < own->notes.count; i++)
        record_add_text(&b->works, &work->notes, str_of(own->notes.items[i].text));
    bibliography_note(b, work, record, about->appraisal);
    put(b, work);
}

void osler_bibliography_add(osler_bibliography *b, const osler_record *record, const char *id,
                            const osler_appraisal *appraisal)
{
    char number[24];
    if (!id)
        id = record->key ? record->key : record->pmid;
    if (!id) {
        snprintf(number, sizeof number, "%zu", b->count + 1);
        id = number;
    }
    bibliography_add(b, record, id, &(struct bibliography_about){.appraisal = appraisal});
}

/* What the user has said of a work; NULL when it stands in another library than the first. */
static osler_status get_own(const osler_bibliography *b, osler_library *library, const char *id,
                            osler_own **own, osler_error *error)
{
    osler_error absent = {0};
    *own = NULL;
    if (!b->options.annotate && b->options.group != OSLER_CITE_BY_TAG)
        return OSLER_OK;
    osler_status status = osler_library_own(library, id, own, &absent);
    if (status == OSLER_OK || status == OSLER_ENOTFOUND)
        return OSLER_OK;
    if (error)
        *error = absent;
    return status;
}

osler_status osler_bibliography_add_from(osler_bibliography *b, osler_library *library,
                                         const char *id, osler_error *error)
{
    osler_citation *citation;
    osler_own *own;
    osler_status status = osler_library_get(library, id, &citation, error);
    if (status != OSLER_OK)
        return status;
    status = get_own(b, library, citation->id, &own, error);
    if (status == OSLER_OK)
        bibliography_add(b, citation->record, citation->id,
                         &(struct bibliography_about){own, NULL, citation->appraisal});
    osler_own_free(own);
    osler_citation_free(citation);
    return status;
}

static void tell_remark(const osler_bibliography *b, const osler_item *item, const char *path)
{
    osler_error remark = {0};
    if (!item->remark || !b->options.remarked)
        return;
    osler_status said = fail(&remark, OSLER_OK, item->line, "%s", item->remark);
    fail_source(&remark, said, path);
    b->options.remarked(b->options.context, &remark);
}

osler_status osler_bibliography_add_file(osler_bibliography *b, const char *path,
                                         const char *format, uint64_t *added, osler_error *error)
{
    osler_reader *reader;
    *added = 0;
    osler_status status = osler_reader_open(&reader, path, format, error);
    if (status != OSLER_OK)
        return status;
    for (;;) {
        const osler_item *item;
        osler_error problem = {0};
        status = osler_reader_next(reader, &item, &problem);
        if (status == OSLER_END)
            break;
        if (status == OSLER_OK && item->kind == OSLER_RECORD) {
            osler_bibliography_add(b, item->record, NULL, NULL);
            tell_remark(b, item, path);
            ++*added;
        } else if (status != OSLER_OK && b->options.failed) {
            b->options.failed(b->options.context, &problem);
        }
    }
    if (osler_reader_guessed(reader) && b->options.guessed)
        b->options.guessed(b->options.context, path, osler_reader_guessed(reader));
    osler_reader_close(reader);
    return OSLER_OK;
}

bool osler_bibliography_has(const osler_bibliography *b, const char *id)
{
    return b->slots[slot_of(b, id)] != 0;
}

static osler_status cite_of(struct cite *out, const osler_bibliography *b, const osler_cite *cite,
                            osler_error *error)
{
    if (!osler_bibliography_has(b, cite->id))
        return fail(error, OSLER_ENOTFOUND, 0, "'%s' is not among the works", cite->id);
    *out = (struct cite){
        .id = cite->id,
        .locator = str_of(cite->locator),
        .label = cite->label ? term_of(str_of(cite->label)) : 0,
        .prefix = str_of(cite->prefix),
        .suffix = str_of(cite->suffix),
        .suppress_author = cite->suppress_author,
        .author_only = cite->author_only,
        .position = -1,
    };
    if (cite->label && !out->label)
        return fail(error, OSLER_EUSAGE, 0,
                    "'%s' is no label of a locator: expected page, chapter, "
                    "section, ...",
                    cite->label);
    return OSLER_OK;
}

/* Copies of the cites, as long as the works. */
static osler_status copy_cites(osler_bibliography *b, struct cite *out, const osler_cite *cites,
                               size_t count, osler_error *error)
{
    for (size_t i = 0; i < count; i++) {
        osler_status status = cite_of(&out[i], b, &cites[i], error);
        if (status != OSLER_OK)
            return status;
        out[i].id = arena_copy(&b->works, str_of(out[i].id));
        out[i].locator.data = arena_copy(&b->works, out[i].locator);
        out[i].prefix.data = arena_copy(&b->works, out[i].prefix);
        out[i].suffix.data = arena_copy(&b->works, out[i].suffix);
    }
    return OSLER_OK;
}

/* Put one citation behind those that the processor knows. */
static osler_status settle_one(osler_bibliography *b, struct citation_request *request,
                               osler_error *error)
{
    struct citation_place *before = memory_alloc((b->settled + 1) * sizeof *before);
    const struct citation_change *changes;
    size_t change_count;

    for (size_t i = 0; i < b->settled; i++)
        before[i] = (struct citation_place){b->cited[i].id, b->cited[i].note};
    request->before = before;
    request->before_count = b->settled;
    osler_status status = processor_cite(b->processor, request, &changes, &change_count, error);
    request->before = NULL;
    request->before_count = 0;
    memory_free(before);
    return status;
}

osler_status bibliography_settle(osler_bibliography *b, osler_error *error)
{
    size_t waiting = b->cited_count - b->settled;
    osler_status status = OSLER_OK;

    if (waiting == 1)
        status = settle_one(b, &b->cited[b->settled], error);
    else if (waiting)
        status = processor_cite_all(b->processor, b->cited, b->cited_count, error);
    if (status == OSLER_OK)
        b->settled = b->cited_count;
    else
        b->cited_count = b->settled;
    return status;
}

osler_status osler_bibliography_cite(osler_bibliography *b, const osler_cite *cites, size_t count,
                                     const char **text, osler_error *error)
{
    char id[32];
    struct cite *list = arena_alloc(&b->works, (count + 1) * sizeof *list);
    osler_status status = copy_cites(b, list, cites, count, error);
    if (status != OSLER_OK)
        return status;
    snprintf(id, sizeof id, "%zu", b->cited_count + 1);
    struct citation_request request = {
        .id = arena_copy(&b->works, str_of(id)),
        .note = b->style->is_note ? (unsigned)b->cited_count + 1 : 0,
        .cites = list,
        .count = count,
    };
    size_t place = b->cited_count;
    arena_append(&b->works, &b->cited, &b->cited_count, sizeof *b->cited);
    b->cited[place] = request;
    if (!text)
        return OSLER_OK;
    status = bibliography_settle(b, error);
    if (status == OSLER_OK)
        *text = osler_bibliography_citation(b, place);
    return status;
}

const char *osler_bibliography_citation(osler_bibliography *b, size_t index)
{
    return bibliography_settle(b, NULL) == OSLER_OK ? processor_citation(b->processor, index)
                                                    : NULL;
}

const char *osler_bibliography_style(const osler_bibliography *b)
{
    return b->style->title;
}

const char *osler_bibliography_language(const osler_bibliography *b)
{
    return b->locale->language;
}
