/* Finding printed citations in PubMed: ECitMatch for all, then searches for those it misses. */
#include "base/buf.h"
#include "base/error.h"
#include "base/memory.h"
#include "fetch/citmatch.h"
#include "fetch/eutils.h"
#include <osler/fetch.h>

struct work {
    eutils *service;
    const osler_fetch_options *options;
    const char *what;
    uint64_t done, total;
};

static bool keep_going(void *state, uint64_t retries)
{
    const struct work *w = state;
    osler_progress progress = {
        .what = w->what, .done = w->done, .total = w->total, .retries = retries};
    return !w->options->progress || w->options->progress(w->options->context, &progress);
}

static osler_status begin(struct work *w, const osler_fetch_options *options, uint64_t total,
                          osler_error *error)
{
    static const osler_fetch_options defaults;
    *w = (struct work){.options = options ? options : &defaults, .what = "PubMed", .total = total};
    return eutils_open(&w->service, keep_going, w, error);
}

/* ---- Candidates -------------------------------------------------------------------------------
 */

static citmatch_citation view_of(const osler_printed_citation *c)
{
    return (citmatch_citation){str_trim(str_of(c->journal)), str_trim(str_of(c->year)),
                               str_trim(str_of(c->volume)),  str_trim(str_of(c->first_page)),
                               str_trim(str_of(c->author)),  str_trim(str_of(c->title)),
                               str_trim(str_of(c->doi))};
}

static void take_lines(osler_fetch_candidates *matches, size_t count, str reply)
{
    str line;
    unsigned key;
    citmatch_answer answer;
    unsigned long pmid;
    for (size_t i = 0; i < reply.length; i++) {
        size_t end = i;
        while (end < reply.length && reply.data[end] != '\r' && reply.data[end] != '\n')
            end++;
        line = str_part(reply, i, end - i);
        i = end;
        if (!citmatch_read_line(line, &key, &answer, &pmid) || key >= count)
            continue;
        if (answer == CITMATCH_ONE)
            matches[key] = (osler_fetch_candidates){OSLER_MATCH_CITATION, {pmid}, 1, false};
    }
}

/* One request for up to CITMATCH_BATCH citations from `first` on. */
static osler_status ask_together(struct work *w, osler_fetch_candidates *matches,
                                 const osler_printed_citation *citations, size_t count,
                                 osler_error *error)
{
    buf lines = {0};
    str reply;
    osler_status status = OSLER_OK;
    for (size_t i = 0; i < count; i++) {
        citmatch_citation c = view_of(&citations[i]);
        if (citmatch_is_askable(&c))
            citmatch_add_line(&lines, &c, (unsigned)i);
    }
    if (lines.length)
        status = eutils_match(w->service, buf_str(&lines), &reply, error);
    if (lines.length && status == OSLER_OK)
        take_lines(matches, count, reply);
    buf_free(&lines);
    return status;
}

/* Search step by step until something is found. */
static osler_status ask_alone(struct work *w, osler_fetch_candidates *match,
                              const osler_printed_citation *citation, osler_error *error)
{
    buf query = {0};
    citmatch_citation c = view_of(citation);
    osler_status status = OSLER_OK;
    for (int step = 0; status == OSLER_OK && step < CITMATCH_STEPS; step++) {
        esearch_reply reply;
        if (match->count && !match->more)
            break;
        if (!citmatch_make_query(&query, &c, step))
            continue;
        status = eutils_search(w->service, buf_text(&query), OSLER_MATCH_MOST, &reply, error);
        if (status != OSLER_OK)
            break;
        /* A phrase that PubMed does not know is dropped, and the rest finds what nobody meant. */
        if (reply.count && !reply.remark_count) {
            *match = (osler_fetch_candidates){.way = step == CITMATCH_BY_DOI ? OSLER_MATCH_DOI
                                                                             : OSLER_MATCH_TITLE,
                                              .more = reply.count > OSLER_MATCH_MOST};
            for (size_t i = 0; i < reply.pmids.count && i < OSLER_MATCH_MOST; i++)
                match->pmids[match->count++] = reply.pmids.items[i];
        }
        esearch_reply_free(&reply);
    }
    buf_free(&query);
    return status;
}

osler_status osler_fetch_match(osler_fetch_candidates *matches,
                               const osler_printed_citation *citations, size_t count,
                               const osler_fetch_options *options, osler_error *error)
{
    struct work w;
    osler_status status = begin(&w, options, count, error);
    for (size_t i = 0; i < count; i++)
        matches[i] = (osler_fetch_candidates){0};
    for (size_t at = 0; status == OSLER_OK && at < count; at += CITMATCH_BATCH) {
        size_t some = count - at < CITMATCH_BATCH ? count - at : CITMATCH_BATCH;
        status = ask_together(&w, matches + at, citations + at, some, error);
        for (size_t i = at; status == OSLER_OK && i < at + some; i++) {
            if (!matches[i].count)
                status = ask_alone(&w, &matches[i], &citations[i], error);
            w.done++;
        }
    }
    eutils_close(w.service);
    return status;
}

/* ---- Records ----------------------------------------------------------------------------------
 */

static bool is_asked(const uint64_t *pmids, size_t count, const char *text)
{
    unsigned long number;
    if (!text || !str_number(str_of(text), &number))
        return false;
    for (size_t i = 0; i < count; i++)
        if (pmids[i] == number)
            return true;
    return false;
}

static osler_status read_records(struct work *w, const uint64_t *pmids, size_t count,
                                 void (*got)(void *, const osler_record *), str document,
                                 osler_error *error)
{
    osler_reader *reader;
    const osler_item *item;
    osler_status status = osler_reader_open_bytes(&reader, document.data, document.length,
                                                  eutils_host(w->service), "pubmed-xml", error);
    if (status != OSLER_OK)
        return status;
    while ((status = osler_reader_next(reader, &item, error)) == OSLER_OK)
        if (item->kind == OSLER_RECORD && is_asked(pmids, count, item->record->pmid))
            got(w->options->context, item->record);
    osler_reader_close(reader);
    return status == OSLER_END ? OSLER_OK : status;
}

osler_status osler_fetch_records(const osler_pmids *pmids, const osler_fetch_options *options,
                                 void (*got)(void *context, const osler_record *record),
                                 osler_error *error)
{
    struct work w;
    osler_status status = begin(&w, options, pmids->count, error);
    while (status == OSLER_OK && w.done < pmids->count) {
        size_t left = pmids->count - w.done, some = left < EUTILS_BATCH ? left : EUTILS_BATCH;
        str document;
        const uint64_t *first = pmids->items + w.done;
        status = eutils_fetch(w.service, first, some, &document, error);
        if (status == OSLER_OK)
            status = read_records(&w, first, some, got, document, error);
        else if (status == OSLER_ENOTFOUND)
            status = OSLER_OK; /* none of them has a record */
        w.done += some;
    }
    eutils_close(w.service);
    return status;
}
