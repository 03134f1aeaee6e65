/* What a record is as a whole: its DOI, its pages, its kind, who its authors are. */
#include "formats/pubmed_xml/handlers.h"
#include "record/identifiers.h"
#include "record/pages.h"
#include "record/record.h"

/* Whether the publisher has taken back this identifier where it stands beside another one. */
static bool is_taken_back(const osler_record *record, const char *doi)
{
    for (size_t i = 0; i < record->identifiers.count; i++) {
        const osler_identifier *id = &record->identifiers.items[i];
        if (id->invalid && pubmed_is(id->scheme, "doi") && id->value &&
            str_equal_ignoring_case(str_of(id->value), str_of(doi)))
            return true;
    }
    return false;
}

/* The first DOI that is valid and not taken back. */
static const char *sound_doi(pubmed_parser *p)
{
    const char *doi = NULL;
    for (size_t i = 0; i < p->record->identifiers.count && !doi; i++) {
        const osler_identifier *id = &p->record->identifiers.items[i];
        if (id->invalid || !id->value || !pubmed_is(id->scheme, "doi"))
            continue;
        doi = identifier_doi(p->build.memory, str_of(id->value));
        if (doi && is_taken_back(p->record, doi))
            doi = NULL;
    }
    return doi;
}

/* The DOI of ArticleIdList, else the first valid ELocationID; the same for the publisher's id. */
static void choose_identifiers(pubmed_parser *p)
{
    osler_record *record = p->record;
    const char *listed = record->doi;
    if (!listed || is_taken_back(record, listed)) {
        const char *sound = sound_doi(p);
        record->doi = sound ? sound : listed;
    }
    for (size_t i = 0; i < record->identifiers.count && !record->pii; i++) {
        const osler_identifier *id = &record->identifiers.items[i];
        if (!id->invalid && pubmed_is(id->scheme, "pii"))
            record->pii = id->value;
    }
    for (size_t i = 0; i < record->other_ids.count && !record->pmcid; i++) {
        const osler_identifier *id = &record->other_ids.items[i];
        if (pubmed_is(id->scheme, "nlm") && id->value)
            record->pmcid = identifier_pmcid(p->build.memory, str_of(id->value));
    }
}

static void choose_pages(pubmed_parser *p)
{
    osler_record *record = p->record;
    const struct parts *parts = &p->parts;
    buf range = {0};
    if (parts->start_page)
        buf_printf(&range, "%s%s%s", parts->start_page, parts->end_page ? "-" : "",
                   parts->end_page ? parts->end_page : "");
    if (!record->pages)
        record->pages = pubmed_keep(p, buf_str(&range));
    if (record->pages)
        pages_expand(p->build.memory, str_of(record->pages), &record->page_first,
                     &record->page_last);
    if (!record->page_first)
        pages_expand(p->build.memory, buf_str(&range), &record->page_first, &record->page_last);
    buf_free(&range);
    /* What EndPage says goes before what is read out of a range. */
    const char *first = record->page_first ? record->page_first : parts->start_page;
    const char *last =
        parts->end_page ? pages_expand_last(p->build.memory, str_of(first), str_of(parts->end_page))
                        : NULL;
    if (last)
        record->page_last = last;
    if (record->pages && pages_is_article_number(str_of(record->pages)))
        record->article_number = record->pages;
    for (size_t i = 0; i < record->identifiers.count && !record->pages; i++) {
        const osler_identifier *id = &record->identifiers.items[i];
        if (!id->invalid && pubmed_is(id->scheme, "pii") && id->value &&
            pages_is_article_number(str_of(id->value))) {
            record->article_number = id->value;
            break;
        }
    }
}

/* The authors of a book are those of its chapters' container, unless the record is the book. */
static void choose_book(osler_record *record)
{
    bool chapter =
        record->title && !pubmed_is(record->title, record->book_title ? record->book_title : "");
    record->csl_type = chapter ? "chapter" : "book";
    if (!record->title)
        record->title = record->book_title;
    if (chapter)
        return;
    bool authors = osler_record_next_name(record, "author", NULL) != NULL;
    for (size_t i = 0; i < record->names.count && !authors; i++)
        if (pubmed_is(record->names.items[i].role, "container-author"))
            record->names.items[i].role = "author";
}

/* Before 1988 to 2013 the one affiliation stood with the article and was the first author's. */
static void place_affiliation(pubmed_parser *p)
{
    for (size_t i = 0; p->parts.affiliation && i < p->record->names.count; i++) {
        osler_name *name = &p->record->names.items[i];
        if (!pubmed_is(name->role, "author"))
            continue;
        osler_affiliation *affiliation =
            name->affiliations.count ? NULL : PUBMED_ADD(p, &name->affiliations);
        if (affiliation)
            affiliation->text = p->parts.affiliation;
        return;
    }
}

void pubmed_finish(pubmed_parser *p)
{
    osler_record *record = p->record;
    if (p->deletion) {
        if (!record->pmid)
            pubmed_fail(p, OSLER_EINPUT, 0, "this deletion names no PMID");
        return;
    }
    choose_identifiers(p);
    choose_pages(p);
    place_affiliation(p);
    if (p->is_book) {
        choose_book(record);
        buf title = {0};
        if (pubmed_is(record->csl_type, "chapter") && record->book_title) {
            markup_add_text(&title, str_of(record->book_title));
            record->container_title = pubmed_keep(p, buf_str(&title));
        }
        buf_free(&title);
    }
    if (!record->pmid && !record->title && !record->vernacular_title)
        pubmed_fail(p, OSLER_EINPUT, 0, "this record has neither a PMID nor a title");
}
