/* Fetching: search → batches of PMIDs → records → library. */
#include "base/error.h"
#include "base/memory.h"
#include "base/str.h"
#include "library/fetch_job.h"
#include "library/library.h"
#include <osler/fetch.h>

#include <stdio.h>
#include <stdlib.h>

static void announce(fetch_job *j)
{
    if (j->options->found)
        j->options->found(j->options->context, &j->report->shown);
}

/* Another spelling is worth a question, and no failure. */
static void suggest(fetch_job *j, const esearch_reply *reply)
{
    char *better = NULL;
    if (fetch_report_wants_spelling(reply) &&
        eutils_spell(j->service, j->report->shown.query, &better, NULL) == OSLER_OK && better)
        fetch_report_suggest(j->report, better);
    memory_free(better);
}

osler_status osler_library_fetch(osler_library *library, const char *query,
                                 const osler_fetch_options *options, osler_fetch_report **out,
                                 osler_error *error)
{
    fetch_job *j;
    slices *s = NULL;
    osler_status status = fetch_job_open(&j, library, query, options, error);
    if (status == OSLER_OK)
        status = slices_open(&s, j->service, query, j->options->limit, error);
    if (status == OSLER_OK) {
        fetch_report_add_search(j->report, slices_summary(s));
        suggest(j, slices_summary(s));
        j->report->shown.asked = slices_total(s);
        status = fetch_job_begin(j, j->report->shown.query, NULL, 0, error);
    }
    if (status == OSLER_OK) {
        announce(j);
        status = fetch_job_slices(j, s, error);
    }
    if (status == OSLER_OK)
        status = fetch_job_finish(j, error);
    slices_close(s);
    return fetch_job_close(j, out, status);
}

osler_status osler_pubmed_count(const char *query, const osler_fetch_options *options,
                                osler_fetch_report **out, osler_error *error)
{
    fetch_job *j;
    esearch_reply reply;
    osler_status status = fetch_job_open(&j, NULL, query, options, error);
    if (status == OSLER_OK)
        status = eutils_search(j->service, query, 0, &reply, error);
    if (status == OSLER_OK) {
        uint64_t limit = j->options->limit;
        fetch_report_add_search(j->report, &reply);
        suggest(j, &reply);
        j->report->shown.asked = limit && limit < reply.count ? limit : reply.count;
        esearch_reply_free(&reply);
        announce(j);
    }
    return fetch_job_close(j, out, status);
}

struct place {
    uint64_t pmid;
    size_t at;
};

static int by_pmid(const void *a, const void *b)
{
    const struct place *x = a, *y = b;
    if (x->pmid != y->pmid)
        return x->pmid < y->pmid ? -1 : 1;
    return x->at < y->at ? -1 : x->at > y->at;
}

static int by_place(const void *a, const void *b)
{
    const struct place *x = a, *y = b;
    return x->at < y->at ? -1 : x->at > y->at;
}

/* Each PMID once, in the order of its first mention.  You own the result: memory_free(). */
static uint64_t *without_repeats(const osler_pmids *list, size_t *count)
{
    struct place *places = memory_alloc((list->count + 1) * sizeof *places);
    uint64_t *out = memory_alloc((list->count + 1) * sizeof *out);
    size_t kept = 0;
    for (size_t i = 0; i < list->count; i++)
        places[i] = (struct place){list->items[i], i};
    qsort(places, list->count, sizeof *places, by_pmid);
    for (size_t i = 0; i < list->count; i++)
        if (!i || places[i].pmid != places[i - 1].pmid)
            places[kept++] = places[i];
    qsort(places, kept, sizeof *places, by_place);
    for (size_t i = 0; i < kept; i++)
        out[i] = places[i].pmid;
    memory_free(places);
    *count = kept;
    return out;
}

osler_status osler_library_fetch_pmids(osler_library *library, const osler_pmids *pmids,
                                       const osler_fetch_options *options, osler_fetch_report **out,
                                       osler_error *error)
{
    fetch_job *j;
    size_t count;
    char name[48];
    uint64_t *list = without_repeats(pmids, &count);
    osler_status status = fetch_job_open(&j, library, NULL, options, error);
    j->report->shown.count = count;
    if (j->options->limit && j->options->limit < count)
        count = (size_t)j->options->limit;
    j->report->shown.asked = count;
    snprintf(name, sizeof name, "%zu PMIDs", count);
    if (status == OSLER_OK)
        status = fetch_job_begin(j, name, list, count, error);
    if (status == OSLER_OK) {
        announce(j);
        status = fetch_job_list(j, list, count, error);
    }
    if (status == OSLER_OK)
        status = fetch_job_finish(j, error);
    memory_free(list);
    return fetch_job_close(j, out, status);
}

/* The limit stands in the request. */
static uint64_t limit_of(const char *request)
{
    unsigned long limit = 0;
    str rest = str_of(request), line;
    if (str_next_line(&rest, &line) && str_starts_with(line, str_of("limit ")))
        (void)str_number(str_part(line, 6, line.length), &limit);
    return limit;
}

osler_status osler_library_fetch_resume(osler_library *library, const osler_fetch_options *options,
                                        osler_fetch_report **out, osler_error *error)
{
    arena memory = {0};
    fetching_job job;
    fetching_wanted wanted = {0};
    osler_fetch_options same = options ? *options : (osler_fetch_options){0};
    osler_status status = fetching_find(library->store, NULL, &job, error);
    *out = NULL;
    if (status == OSLER_END)
        return fail(error, OSLER_ENOTFOUND, 0,
                    "no fetch into this library was interrupted in the last %d days",
                    FETCHING_DAYS);
    if (status == OSLER_OK)
        status = fetching_get_wanted(library->store, &memory, job.origin, &wanted, error);
    osler_pmids pmids = {wanted.pmids, wanted.count, wanted.count};
    same.restart = false;
    same.limit = limit_of(wanted.request);
    if (status == OSLER_OK)
        status = wanted.query ? osler_library_fetch(library, wanted.query, &same, out, error)
                              : osler_library_fetch_pmids(library, &pmids, &same, out, error);
    arena_free(&memory);
    return status;
}
