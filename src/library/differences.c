/* What differs between a reference and a record, in words, and the reference mended. */
#include "library/differences.h"

#include "record/record.h"

#include <string.h>

/* The names that users see, in the order of enum match_field; the first author is of the authors.
 */
static const char *const names[MATCH_FIELD_COUNT] = {
    [MATCH_PMID] = "pmid",   [MATCH_DOI] = "doi",         [MATCH_PMCID] = "pmcid",
    [MATCH_TITLE] = "title", [MATCH_AUTHORS] = "authors", [MATCH_JOURNAL] = "journal",
    [MATCH_YEAR] = "year",   [MATCH_VOLUME] = "volume",   [MATCH_ISSUE] = "issue",
    [MATCH_PAGE] = "pages",
};

static bool differs(const struct match_comparison *c, enum match_field field)
{
    return names[field] && (c->fields[field] == MATCH_DIFFERENT || c->fields[field] == MATCH_NEAR);
}

/* -- what a record says -------------------------------------------------------------------------
 */

static void add_name(buf *out, const osler_name *name)
{
    const char *const before[] = {name->dropping_particle, name->non_dropping_particle};
    for (size_t i = 0; i < 2; i++)
        if (before[i]) {
            buf_add_text(out, before[i]);
            buf_add_byte(out, ' ');
        }
    markup_add_text(out, str_of(name->collective ? name->collective : name->family));
    const char *given = name->initials ? name->initials : name->given;
    if (given) {
        buf_add_byte(out, ' ');
        buf_add_text(out, given);
    }
}

static bool is_author(const osler_name *name)
{
    return !name->superseded && (!name->role || strcmp(name->role, "author") == 0);
}

static void add_authors(buf *out, const osler_record *r)
{
    size_t count = 0;
    for (size_t i = 0; i < r->names.count; i++) {
        if (!is_author(&r->names.items[i]))
            continue;
        if (count++)
            buf_add_text(out, ", ");
        add_name(out, &r->names.items[i]);
    }
}

static void add_pages(buf *out, const osler_record *r)
{
    if (r->pages || !r->page_first) {
        buf_add_text(out, r->pages ? r->pages : r->article_number);
        return;
    }
    buf_add_text(out, r->page_first);
    if (r->page_last) {
        buf_add_byte(out, '-');
        buf_add_text(out, r->page_last);
    }
}

static void add_value(buf *out, enum match_field field, const osler_record *r)
{
    switch (field) {
    case MATCH_PMID: buf_add_text(out, r->pmid); break;
    case MATCH_DOI: buf_add_text(out, r->doi); break;
    case MATCH_PMCID: buf_add_text(out, r->pmcid); break;
    case MATCH_TITLE: markup_add_text(out, str_of(osler_record_title(r))); break;
    case MATCH_AUTHORS: add_authors(out, r); break;
    case MATCH_JOURNAL:
        buf_add_text(out, r->container_title ? r->container_title : r->container_title_medline);
        break;
    case MATCH_YEAR:
        if (osler_record_year(r))
            buf_printf(out, "%d", osler_record_year(r));
        break;
    case MATCH_VOLUME: buf_add_text(out, r->volume); break;
    case MATCH_ISSUE: buf_add_text(out, r->issue); break;
    case MATCH_PAGE: add_pages(out, r); break;
    case MATCH_FIRST_AUTHOR:
    case MATCH_FIELD_COUNT: break;
    }
}

static const char *value_of(arena *memory, enum match_field field, const osler_record *r)
{
    buf b = {0};
    add_value(&b, field, r);
    const char *made = arena_copy(memory, buf_str(&b));
    buf_free(&b);
    return made;
}

void differences_list(osler_difference_list *out, arena *memory,
                      const struct match_comparison *comparison, const osler_record *reference,
                      const osler_record *record)
{
    *out = (osler_difference_list){0};
    for (enum match_field f = 0; f < MATCH_FIELD_COUNT; f++) {
        if (!differs(comparison, f))
            continue;
        osler_difference *d = RECORD_ADD(memory, out);
        *d = (osler_difference){names[f], value_of(memory, f, reference),
                                value_of(memory, f, record)};
    }
}

void differences_agreeing(osler_text_list *out, arena *memory,
                          const struct match_comparison *comparison)
{
    for (enum match_field f = 0; f < MATCH_FIELD_COUNT; f++)
        if (names[f] && comparison->fields[f] == MATCH_SAME)
            record_add_text(memory, out, str_of(names[f]));
}

/* -- mending ------------------------------------------------------------------------------------
 */

/* Names of other roles stay. */
static void take_authors(arena *memory, osler_record *to, const osler_record *from)
{
    osler_name_list list = {0};
    for (size_t i = 0; i < from->names.count; i++)
        if (is_author(&from->names.items[i]))
            *(osler_name *)RECORD_ADD(memory, &list) = from->names.items[i];
    for (size_t i = 0; i < to->names.count; i++)
        if (!is_author(&to->names.items[i]))
            *(osler_name *)RECORD_ADD(memory, &list) = to->names.items[i];
    to->names = list;
    to->names_incomplete = from->names_incomplete;
}

static void take_year(arena *memory, osler_record *to, const osler_record *from)
{
    osler_date_list list = {0};
    const osler_date *issued = osler_record_date(from, "issued");
    if (!issued)
        issued = osler_record_date(from, "epublished");
    if (!issued)
        return;
    *(osler_date *)RECORD_ADD(memory, &list) = *issued;
    list.items[0].kind = "issued";
    for (size_t i = 0; i < to->dates.count; i++)
        if (!to->dates.items[i].kind || strcmp(to->dates.items[i].kind, "issued") != 0)
            *(osler_date *)RECORD_ADD(memory, &list) = to->dates.items[i];
    to->dates = list;
}

static void take_identifier(arena *memory, osler_record *to, const char *scheme, const char *value)
{
    osler_identifier_list list = {0};
    for (size_t i = 0; i < to->identifiers.count; i++)
        if (!to->identifiers.items[i].scheme ||
            strcmp(to->identifiers.items[i].scheme, scheme) != 0)
            *(osler_identifier *)RECORD_ADD(memory, &list) = to->identifiers.items[i];
    *(osler_identifier *)RECORD_ADD(memory, &list) =
        (osler_identifier){.scheme = scheme, .value = value};
    to->identifiers = list;
}

static void take(arena *memory, osler_record *to, const osler_record *from, enum match_field field)
{
    switch (field) {
    case MATCH_PMID: to->pmid = from->pmid; break;
    case MATCH_DOI:
        to->doi = from->doi;
        take_identifier(memory, to, "doi", from->doi);
        break;
    case MATCH_PMCID:
        to->pmcid = from->pmcid;
        take_identifier(memory, to, "pmcid", from->pmcid);
        break;
    case MATCH_TITLE: to->title = from->title; break;
    case MATCH_AUTHORS: take_authors(memory, to, from); break;
    case MATCH_JOURNAL:
        to->container_title = from->container_title;
        to->container_title_medline = from->container_title_medline;
        to->container_title_iso = from->container_title_iso;
        to->issn = from->issn;
        break;
    case MATCH_YEAR: take_year(memory, to, from); break;
    case MATCH_VOLUME: to->volume = from->volume; break;
    case MATCH_ISSUE: to->issue = from->issue; break;
    case MATCH_PAGE:
        to->pages = from->pages;
        to->page_first = from->page_first;
        to->page_last = from->page_last;
        to->article_number = from->article_number;
        break;
    case MATCH_FIRST_AUTHOR:
    case MATCH_FIELD_COUNT: break;
    }
}

const osler_record *differences_mend(arena *memory, const struct match_comparison *comparison,
                                     const osler_record *reference, const osler_record *record)
{
    osler_record *mended = arena_alloc(memory, sizeof *mended);
    *mended = *reference;
    for (enum match_field f = 0; f < MATCH_FIELD_COUNT; f++)
        if (differs(comparison, f))
            take(memory, mended, record, f);
    return mended;
}

/* -- in one line --------------------------------------------------------------------------------
 */

str differences_source(const osler_record *reference)
{
    for (size_t i = 0; i < reference->extras.count; i++)
        if (reference->extras.items[i].tag &&
            strcmp(reference->extras.items[i].tag, "reference") == 0)
            return str_of(reference->extras.items[i].value);
    return (str){0};
}

static void add_part(buf *out, const char *before, enum match_field field, const osler_record *r)
{
    buf value = {0};
    add_value(&value, field, r);
    if (value.length) {
        bool stop = out->length && out->data[out->length - 1] == '.' && *before == '.';
        if (out->length)
            buf_add_text(out, before + stop);
        buf_add(out, buf_str(&value));
    }
    buf_free(&value);
}

void differences_add_text(buf *out, const osler_record *r)
{
    str source = differences_source(r);
    if (source.length) {
        buf_add(out, source);
        return;
    }
    add_part(out, "", MATCH_AUTHORS, r);
    add_part(out, ". ", MATCH_TITLE, r);
    add_part(out, ". ", MATCH_JOURNAL, r);
    add_part(out, ". ", MATCH_YEAR, r);
    add_part(out, ";", MATCH_VOLUME, r);
    if (r->issue)
        buf_printf(out, "(%s)", r->issue);
    add_part(out, ":", MATCH_PAGE, r);
    if (!out->length)
        buf_add_text(out, r->doi ? r->doi : r->pmid ? r->pmid : r->pmcid ? r->pmcid : r->key);
}
