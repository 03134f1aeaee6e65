/* Beginning, going on and finishing: the state of a fetch is written with the records it got. */
#include "library/fetch_job.h"

#include "base/digest.h"
#include "base/error.h"
#include "base/memory.h"
#include "base/utf8.h"
#include "library/library.h"
#include "store/saved_search.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static bool keep_going(void *state, uint64_t retries)
{
    const fetch_job *j = state;
    const osler_fetch_report *r = &j->report->shown;
    osler_progress progress = {.what = "PubMed",
                               .done = r->before + r->got + r->missing + r->failed,
                               .total = r->asked,
                               .retries = retries};
    return !j->options->progress || j->options->progress(j->options->context, &progress);
}

osler_status fetch_job_open(fetch_job **out, osler_library *library, const char *query,
                            const osler_fetch_options *options, osler_error *error)
{
    static const osler_fetch_options defaults;
    fetch_job *j = *out = memory_alloc(sizeof *j);
    j->store = library ? library->store : NULL;
    j->options = options ? options : &defaults;
    j->report = fetch_report_new(query);
    if (query && !str_trim(str_of(query)).length)
        return fail(error, OSLER_EUSAGE, 0, "the query is empty");
    if (j->options->save && !utf8_valid(str_of(j->options->save), NULL))
        return fail(error, OSLER_EUSAGE, 0, "the name of the search is not UTF-8");
    return eutils_open(&j->service, keep_going, j, error);
}

osler_status fetch_job_close(fetch_job *j, osler_fetch_report **out, osler_status status)
{
    if (j->service)
        j->report->shown.retries = eutils_retries(j->service);
    eutils_close(j->service);
    pmid_marks_free(&j->done);
    pmid_marks_free(&j->asked);
    pmid_marks_free(&j->strangers);
    pmid_marks_free(&j->failed);
    *out = &j->report->shown;
    memory_free(j);
    return status;
}

/* ---- Beginning --------------------------------------------------------------------------------
 */

/* What makes two commands the same. */
static void make_request(const fetch_job *j, const uint64_t *wanted, size_t count, buf *out)
{
    const char *query = j->report->shown.query;
    if (j->purpose) {
        buf_add_text(out, j->purpose);
        return;
    }
    buf_printf(out, "limit %" PRIu64 "\n", j->options->limit);
    if (query) {
        buf_add_text(out, "query ");
        buf_add_text(out, query);
        return;
    }
    digest made = digest_of((str){(const char *)wanted, count * sizeof *wanted});
    buf_printf(out, "pmids %zu ", count);
    for (size_t i = 0; i < DIGEST_SIZE; i++)
        buf_printf(out, "%02x", made.bytes[i]);
}

static void mark_done(void *context, uint64_t pmid)
{
    fetch_job *j = context;
    pmid_marks_add(&j->done, pmid);
}

static osler_status go_on(fetch_job *j, osler_error *error)
{
    osler_fetch_report *r = &j->report->shown;
    j->origin.id = j->state.origin;
    osler_status status = fetching_read(j->store, j->state.origin, mark_done, j, error);
    r->before = j->done.count;
    snprintf(r->resumed, sizeof r->resumed, "%s", j->state.started);
    return status;
}

static osler_status begin_anew(fetch_job *j, const char *request, const uint64_t *wanted,
                               size_t count, osler_error *error)
{
    osler_status status = store_origin_add(j->store, &j->origin, error);
    j->state = (fetching_job){.origin = j->origin.id};
    if (status == OSLER_OK)
        status = fetching_begin(j->store, j->origin.id, request, wanted, count, error);
    return status;
}

static osler_status begin_or_go_on(fetch_job *j, const uint64_t *wanted, size_t count,
                                   osler_error *error)
{
    buf request = {0};
    make_request(j, wanted, count, &request);
    osler_status status = OSLER_END;
    if (!j->options->restart)
        status = fetching_find(j->store, buf_text(&request), &j->state, error);
    if (status == OSLER_OK)
        status = go_on(j, error);
    else if (status == OSLER_END)
        status = begin_anew(j, buf_text(&request), wanted, count, error);
    if (status == OSLER_OK && j->options->save && j->report->shown.query)
        status = store_save_search(j->store, j->options->save, j->report->shown.query, j->origin.id,
                                   error);
    buf_free(&request);
    return status;
}

osler_status fetch_job_begin(fetch_job *j, const char *name, const uint64_t *wanted, size_t count,
                             osler_error *error)
{
    const osler_fetch_report *r = &j->report->shown;
    buf warnings = {0};
    for (size_t i = 0; i < r->warnings.count; i++)
        buf_printf(&warnings, "%s%s", i ? "\n" : "", r->warnings.items[i]);
    j->origin = (store_origin){.kind = "fetch",
                               .name = name,
                               .format = "pubmed-xml",
                               .query = r->query,
                               .translation = r->translation,
                               .warnings = warnings.length ? buf_text(&warnings) : NULL,
                               .expected = (int64_t)r->asked};
    osler_status status = store_begin(j->store, error);
    if (status == OSLER_OK)
        status = begin_or_go_on(j, wanted, count, error);
    if (status == OSLER_OK)
        status = store_commit(j->store, error);
    if (status != OSLER_OK)
        store_rollback(j->store);
    j->origin.warnings = NULL;
    buf_free(&warnings);
    return status;
}

/* ---- The whole --------------------------------------------------------------------------------
 */

osler_status fetch_job_slices(fetch_job *j, slices *s, osler_error *error)
{
    const pmid_set *set;
    osler_status status;
    while ((status = slices_next(s, &set, error)) == OSLER_OK) {
        status = fetch_job_list(j, set->items, set->count, error);
        if (status != OSLER_OK)
            return status;
    }
    if (status != OSLER_END)
        return status;
    j->report->shown.unlisted = slices_unlisted(s);
    if (slices_doubt(s)[0])
        fetch_report_warn(j->report, slices_doubt(s));
    return OSLER_OK;
}

struct saving {
    fetch_job *job;
    osler_status status;
    osler_error *error;
};

static void save_one(void *context, uint64_t pmid)
{
    struct saving *saving = context;
    fetch_job *j = saving->job;
    if (saving->status == OSLER_OK && !pmid_marks_has(&j->failed, pmid))
        saving->status = saved_search_set(j->store, j->options->save, pmid, true, saving->error);
}

/* What a saved search found, if it is the whole. */
static osler_status save_result(fetch_job *j, osler_error *error)
{
    const osler_fetch_report *r = &j->report->shown;
    struct saving saving = {j, OSLER_OK, error};
    if (!j->options->save || j->options->limit || r->unlisted)
        return OSLER_OK;
    pmid_marks_each(&j->asked, save_one, &saving);
    if (saving.status != OSLER_OK)
        return saving.status;
    return saved_search_settle(j->store, j->options->save, r->translation, r->count, j->origin.id,
                               error);
}

/* PubMed may have grown meanwhile: what was listed counts, and what was counted and not listed. */
static void settle(fetch_job *j)
{
    osler_fetch_report *r = &j->report->shown;
    r->before = j->passed;
    r->asked = j->asked.count + r->unlisted;
    r->complete = r->before + r->got == r->asked && !r->unexpected && !r->unlisted;
}

osler_status fetch_job_finish(fetch_job *j, osler_error *error)
{
    osler_fetch_report *r = &j->report->shown;
    settle(j);
    j->origin.expected = (int64_t)r->asked;
    j->origin.added = j->state.added;
    j->origin.updated = j->state.updated;
    j->origin.unchanged = j->state.unchanged;
    j->origin.failed = (int64_t)(r->missing + r->failed + r->unlisted);
    osler_status status = store_begin(j->store, error);
    if (status == OSLER_OK)
        status = store_origin_finish(j->store, &j->origin, error);
    if (status == OSLER_OK)
        status = fetching_end(j->store, j->origin.id, error);
    if (status == OSLER_OK)
        status = save_result(j, error);
    if (status == OSLER_OK)
        status = store_commit(j->store, error);
    if (status != OSLER_OK) {
        r->complete = false;
        store_rollback(j->store);
    }
    return status;
}
