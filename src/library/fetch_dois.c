/* Fetching works by their DOIs: from PubMed what it has, from Crossref the others. */
#include "base/error.h"
#include "base/memory.h"
#include "library/crossref_records.h"
#include "library/online.h"
#include "record/identifiers.h"
#include <osler/fetch.h>

#include <stdlib.h>
#include <string.h>

struct owned {
    osler_doi_report shown; /* first: a pointer to one is a pointer to the other */
    arena memory;
};

struct work {
    osler_library *library;
    const osler_fetch_options *options;
    struct owned *report;
    arena *memory;
    osler_doi_result *results;
    size_t count, done;
    osler_pmids found; /* records of PubMed with one of the DOIs */
};

static bool keep_going(void *state, uint64_t retries)
{
    const struct work *w = state;
    osler_progress progress = {
        .what = "Crossref", .done = w->done, .total = w->count, .retries = retries};
    return !w->options->progress || w->options->progress(w->options->context, &progress);
}

static bool go_on(void *context, const osler_progress *progress)
{
    const struct work *w = context;
    return !w->options->progress || w->options->progress(w->options->context, progress);
}

static osler_status take_dois(struct work *w, const char *const *dois, size_t count,
                              osler_error *error)
{
    w->results = arena_alloc(w->memory, (count + 1) * sizeof *w->results);
    for (size_t i = 0; i < count; i++) {
        const char *doi = identifier_doi(w->memory, str_of(dois[i]));
        if (!doi)
            return fail(error, OSLER_EUSAGE, 0, "'%.200s' is no DOI (expected 10.PREFIX/SUFFIX)",
                        dois[i]);
        w->results[i] = (osler_doi_result){.doi = doi};
    }
    w->count = count;
    w->report->shown.items = w->results;
    w->report->shown.count = count;
    return OSLER_OK;
}

/* ---- PubMed -----------------------------------------------------------------------------------
 */

/* What a search for a DOI finds need not have it: the record says. */
static void prove(void *context, const osler_record *record)
{
    struct work *w = context;
    const char *doi = record->doi ? identifier_doi(w->memory, str_of(record->doi)) : NULL;
    for (size_t i = 0; doi && i < w->count; i++) {
        osler_doi_result *result = &w->results[i];
        if (result->id || !str_equal_ignoring_case(str_of(result->doi), str_of(doi)))
            continue;
        result->id = arena_copy(w->memory, str_of(record->pmid));
        online_add_pmid(&w->found, online_pmid(record));
    }
}

static osler_status look_in_pubmed(struct work *w, osler_error *error)
{
    osler_fetch_options how = {.progress = go_on, .context = w};
    osler_printed_citation *citations = arena_alloc(w->memory, w->count * sizeof *citations);
    osler_fetch_candidates *matches = arena_alloc(w->memory, w->count * sizeof *matches);
    osler_pmids candidates = {0};
    for (size_t i = 0; i < w->count; i++)
        citations[i].doi = w->results[i].doi;
    osler_status status = osler_fetch_match(matches, citations, w->count, &how, error);
    for (size_t i = 0; status == OSLER_OK && i < w->count; i++)
        for (unsigned k = 0; k < matches[i].count; k++)
            online_add_pmid(&candidates, matches[i].pmids[k]);
    online_sort_pmids(&candidates);
    if (status == OSLER_OK && candidates.count)
        status = osler_fetch_records(&candidates, &how, prove, error);
    osler_pmids_free(&candidates);
    return status;
}

/* A record that was shown and then does not come is not there. */
static void note_failures(struct work *w, const osler_fetch_report *r)
{
    for (size_t i = 0; i < w->count; i++) {
        osler_doi_result *result = &w->results[i];
        if (!result->id)
            continue;
        result->outcome = OSLER_DOI_PUBMED;
        for (size_t k = 0; r && k < r->problems.count; k++) {
            if (r->problems.items[k].pmid != strtoull(result->id, NULL, 10))
                continue;
            result->outcome = OSLER_DOI_FAILED;
            result->message = arena_copy(w->memory, str_of(r->problems.items[k].message));
        }
    }
}

static osler_status fetch_from_pubmed(struct work *w, osler_error *error)
{
    osler_fetch_options how = {.progress = go_on, .context = w};
    osler_fetch_report *r = NULL;
    online_sort_pmids(&w->found);
    if (!w->found.count)
        return OSLER_OK;
    osler_status status = osler_library_fetch_pmids(w->library, &w->found, &how, &r, error);
    if (status == OSLER_OK)
        note_failures(w, r);
    if (r) {
        w->report->shown.added += r->added;
        w->report->shown.updated += r->updated;
        w->report->shown.unchanged += r->unchanged + r->older;
    }
    osler_fetch_report_free(r);
    return status;
}

/* ---- Crossref ---------------------------------------------------------------------------------
 */

static void note_stored(struct work *w, osler_doi_result *result,
                        const struct crossref_stored *stored)
{
    osler_doi_report *shown = &w->report->shown;
    result->outcome = OSLER_DOI_CROSSREF;
    result->id = arena_copy(w->memory, str_of(stored->id));
    shown->added += stored->change == STORE_NEW;
    shown->updated += stored->change == STORE_UPDATED;
    shown->unchanged += stored->change == STORE_UNCHANGED || stored->change == STORE_OLDER;
}

static osler_status fetch_one(struct work *w, crossref *service, osler_doi_result *result,
                              osler_error *error)
{
    struct crossref_stored stored = {.library = w->library, .host = crossref_host(service)};
    osler_error failure = {0};
    osler_status status = crossref_record(service, result->doi, crossref_store, &stored, &failure);
    if (status == OSLER_OK) {
        note_stored(w, result, &stored);
    } else if (status == OSLER_EINPUT || status == OSLER_ELIMIT) { /* this record alone */
        result->outcome = OSLER_DOI_FAILED;
        result->message = arena_copy(w->memory, str_of(failure.message));
    } else if (status != OSLER_ENOTFOUND) {
        if (error)
            *error = failure;
        return status;
    }
    return OSLER_OK;
}

static osler_status fetch_from_crossref(struct work *w, osler_error *error)
{
    crossref *service = NULL;
    osler_status status = OSLER_OK;
    for (size_t i = 0; status == OSLER_OK && i < w->count; i++) {
        w->done = i;
        if (w->results[i].outcome != OSLER_DOI_NOT_ASKED)
            continue;
        if (!service)
            status = crossref_open(&service, keep_going, w, error);
        if (status == OSLER_OK)
            status = fetch_one(w, service, &w->results[i], error);
        if (status == OSLER_OK && w->results[i].outcome == OSLER_DOI_NOT_ASKED)
            w->results[i].outcome = OSLER_DOI_NOT_FOUND;
    }
    crossref_close(service);
    return status;
}

osler_status osler_library_fetch_dois(osler_library *library, const char *const *dois, size_t count,
                                      const osler_fetch_options *options, osler_doi_report **out,
                                      osler_error *error)
{
    static const osler_fetch_options defaults;
    struct owned *owned = memory_alloc(sizeof *owned);
    struct work w = {.library = library,
                     .options = options ? options : &defaults,
                     .report = owned,
                     .memory = &owned->memory};
    *out = &owned->shown;
    osler_status status = take_dois(&w, dois, count, error);
    if (status == OSLER_OK)
        status = look_in_pubmed(&w, error);
    if (status == OSLER_OK)
        status = fetch_from_pubmed(&w, error);
    if (status == OSLER_OK)
        status = fetch_from_crossref(&w, error);
    for (size_t i = 0; i < w.count; i++) /* found, but not fetched */
        if (w.results[i].outcome == OSLER_DOI_NOT_ASKED)
            w.results[i].id = NULL;
    osler_pmids_free(&w.found);
    return status;
}

void osler_doi_report_free(osler_doi_report *report)
{
    if (!report)
        return;
    struct owned *owned = (struct owned *)(void *)report;
    arena_free(&owned->memory);
    memory_free(owned);
}
