/*
 * The variables of a work as fields of a record.  What has no field is kept among the extras, with
 * its name; so is what a field would not give back as it was written.
 */
#include "formats/making.h"

#include "record/identifiers.h"
#include "record/pages.h"
#include "record/record.h"

#include <stddef.h>

struct making making_start(builder *b, arena *memory)
{
    return (struct making){.b = b, .memory = memory, .record = builder_start(b, memory)};
}

void making_add_extra(struct making *m, str tag, str value)
{
    osler_extra *extra = value.length ? BUILDER_ADD(m->b, &m->record->extras) : NULL;
    if (!extra)
        return;
    extra->tag = builder_keep(m->b, tag);
    extra->value = builder_keep(m->b, value);
}

static void keep_extra(struct making *m, enum variable variable, str value)
{
    making_add_extra(m, str_of(variable_name(variable)), value);
}

const char *making_markup(struct making *m, str rich)
{
    buf_clear(&m->work);
    markup_add_from_rich(&m->work, rich);
    return builder_keep(m->b, buf_str(&m->work));
}

static void add_identifier(struct making *m, const char *scheme, const char *value)
{
    osler_identifier *id = value ? BUILDER_ADD(m->b, &m->record->identifiers) : NULL;
    if (id)
        *id = (osler_identifier){.scheme = scheme, .value = value};
}

static void take_doi(struct making *m, enum variable variable, str text)
{
    m->record->doi = identifier_doi(m->memory, text);
    add_identifier(m, "doi", m->record->doi);
    if (!m->record->doi)
        keep_extra(m, variable, text);
}

static void take_pmid(struct making *m, enum variable variable, str text)
{
    m->record->pmid = identifier_pmid(m->memory, text);
    m->record->pmid_version = m->record->pmid != NULL;
    add_identifier(m, "pubmed", m->record->pmid);
    if (!m->record->pmid)
        keep_extra(m, variable, text);
}

static void take_pmcid(struct making *m, enum variable variable, str text)
{
    m->record->pmcid = identifier_pmcid(m->memory, text);
    add_identifier(m, "pmc", m->record->pmcid);
    if (!m->record->pmcid)
        keep_extra(m, variable, text);
}

/* Cut the first number off a list of ISSNs or ISBNs. */
static str next_number(str *rest)
{
    size_t start = 0, end;
    while (start < rest->length && strchr(",; ", rest->data[start]))
        start++;
    for (end = start; end < rest->length && !strchr(",; ", rest->data[end]);)
        end++;
    str number = str_part(*rest, start, end - start);
    *rest = str_part(*rest, end, rest->length);
    return number;
}

static void take_issn(struct making *m, enum variable variable, str text)
{
    str rest = text, first = next_number(&rest);
    m->record->issn = builder_keep(m->b, first);
    if (first.length != text.length)
        keep_extra(m, variable, text);
}

/* True when `list`, with ", " between its items, is `text`. */
static bool is_joined(struct making *m, const osler_text_list *list, str text)
{
    buf_clear(&m->work);
    for (size_t i = 0; i < list->count; i++) {
        buf_add_text(&m->work, i ? ", " : "");
        buf_add_text(&m->work, list->items[i]);
    }
    return str_equal(buf_str(&m->work), text);
}

static void take_isbn(struct making *m, enum variable variable, str text)
{
    str rest = text, one;
    while ((one = next_number(&rest)).length)
        builder_add_text(m->b, &m->record->isbn, one);
    if (!is_joined(m, &m->record->isbn, text))
        keep_extra(m, variable, text);
}

static void take_pages(struct making *m, enum variable variable, str text)
{
    (void)variable;
    m->record->pages = builder_keep(m->b, text);
    pages_expand(m->memory, text, &m->record->page_first, &m->record->page_last);
}

static void take_short_container(struct making *m, enum variable variable, str text)
{
    bool stops = str_find(text, '.') < text.length;
    (void)variable;
    *(stops ? &m->record->container_title_iso : &m->record->container_title_medline) =
        builder_keep(m->b, text);
}

static void take_abstract(struct making *m, enum variable variable, str text)
{
    osler_section *section = BUILDER_ADD(m->b, &m->record->abstract);
    (void)variable;
    if (section)
        section->text = making_markup(m, text);
}

/* Keywords apart at semicolons, where there are any, else at commas. */
static void take_keywords(struct making *m, enum variable variable, str text)
{
    char separator = str_find(text, ';') < text.length ? ';' : ',';
    str rest = text, one;
    osler_text_list words = {NULL, 0};
    while (str_next_field(&rest, separator, &one)) {
        one = str_trim(one);
        osler_keyword *keyword = one.length ? BUILDER_ADD(m->b, &m->record->keywords) : NULL;
        if (!keyword)
            continue;
        keyword->text = making_markup(m, one);
        builder_add_text(m->b, &words, one);
    }
    if (!is_joined(m, &words, text))
        keep_extra(m, variable, text);
}

static void add_type(struct making *m, const char *name)
{
    osler_publication_type *type = BUILDER_ADD(m->b, &m->record->publication_types);
    if (type)
        type->name = name;
}

static void take_genre(struct making *m, enum variable variable, str text)
{
    if (str_equal_ignoring_case(text, (str)STR("preprint")))
        add_type(m, "Preprint");
    keep_extra(m, variable, text);
}

static void take_status(struct making *m, enum variable variable, str text)
{
    if (str_equal_ignoring_case(text, (str)STR("retracted")))
        add_type(m, "Retracted Publication");
    keep_extra(m, variable, text);
}

static void take_number(struct making *m, enum variable variable, str text)
{
    (void)variable;
    m->number = builder_keep(m->b, text);
}

/* Where a variable goes: into a field of a kind, or to a function. */
static const struct row {
    enum variable variable;
    enum { INTO_TEXT, INTO_MARKUP, INTO_TEXTS, BY_FUNCTION } kind;
    size_t offset;
    void (*take)(struct making *m, enum variable variable, str text);
} rows[] = {
#define FIELD(variable, kind, member)                                                              \
    {                                                                                              \
        VARIABLE_##variable, kind, offsetof(osler_record, member), NULL                            \
    }
#define DO(variable, function)                                                                     \
    {                                                                                              \
        VARIABLE_##variable, BY_FUNCTION, 0, function                                              \
    }
    FIELD(TITLE, INTO_MARKUP, title),
    FIELD(ORIGINAL_TITLE, INTO_MARKUP, vernacular_title),
    FIELD(CONTAINER_TITLE, INTO_TEXT, container_title),
    FIELD(COLLECTION_TITLE, INTO_TEXT, collection_title),
    FIELD(VOLUME, INTO_TEXT, volume),
    FIELD(ISSUE, INTO_TEXT, issue),
    FIELD(EDITION, INTO_TEXT, edition),
    FIELD(PUBLISHER, INTO_TEXT, publisher),
    FIELD(PUBLISHER_PLACE, INTO_TEXT, publisher_place),
    FIELD(MEDIUM, INTO_TEXT, medium),
    FIELD(SOURCE, INTO_TEXT, database),
    FIELD(LANGUAGE, INTO_TEXTS, languages),
    FIELD(NOTE, INTO_TEXTS, notes),
    FIELD(URL, INTO_TEXTS, urls),
    DO(DOI, take_doi),
    DO(PMID, take_pmid),
    DO(PMCID, take_pmcid),
    DO(ISSN, take_issn),
    DO(ISBN, take_isbn),
    DO(PAGE, take_pages),
    DO(NUMBER, take_number),
    DO(CONTAINER_TITLE_SHORT, take_short_container),
    DO(ABSTRACT, take_abstract),
    DO(KEYWORD, take_keywords),
    DO(GENRE, take_genre),
    DO(STATUS, take_status),
#undef FIELD
#undef DO
};

void making_add_text(struct making *m, enum variable variable, str text)
{
    const struct row *row = rows, *end = rows + sizeof rows / sizeof *rows;
    if (!str_trim(text).length)
        return;
    while (row < end && row->variable != variable)
        row++;
    if (row == end) {
        keep_extra(m, variable, text);
        return;
    }
    void *member = (char *)m->record + row->offset;
    switch (row->kind) {
    case INTO_TEXT: *(const char **)member = builder_keep(m->b, text); break;
    case INTO_MARKUP: *(const char **)member = making_markup(m, text); break;
    case INTO_TEXTS: builder_add_text(m->b, member, text); break;
    case BY_FUNCTION: row->take(m, variable, text); break;
    }
}

/* The number of an article stands in place of pages, that of a report is its own. */
static void place_number(struct making *m)
{
    str type = str_of(m->record->csl_type);
    if (!m->number)
        return;
    if (str_starts_with(type, (str)STR("article")))
        m->record->article_number = m->number;
    else if (str_is(type, "report"))
        m->record->report_number = m->number;
    else
        keep_extra(m, VARIABLE_NUMBER, str_of(m->number));
}

void making_finish(struct making *m)
{
    place_number(m);
    buf_free(&m->work);
}
