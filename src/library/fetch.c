/*
 * Fetching: search → batches of PMIDs → records → library.  A batch is stored only when its
 * document is whole, every record in it can be read, and the PMIDs asked for have been held against
 * those that came; a batch that cannot be used is fetched again, then halved down to the one bad
 * PMID.
 */
#include "base/buf.h"
#include "base/error.h"
#include "base/memory.h"
#include "base/str.h"
#include "base/utf8.h"
#include "fetch/eutils.h"
#include "fetch/slices.h"
#include "library/fetch_report.h"
#include "library/library.h"
#include "store/saved_search.h"
#include <osler/fetch.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    READ_TRIES = 3,    /* a document that arrived whole, but cannot be read */
    MAX_UNUSABLE = 30, /* unusable documents in a row: the server is broken, not one record */
};

struct job {
    store *store;
    const osler_fetch_options *options;
    fetch_report *report;
    eutils *service;
    store_origin origin;
    unsigned unusable; /* documents in a row */
};

/* What one document did to the library, counted apart until it is committed. */
struct tally {
    uint64_t added, updated, unchanged, older;
    bool arrived[EUTILS_BATCH];
    pmid_set strangers; /* PMIDs nobody asked for; 0: a record without one */
};

static bool keep_going(void *state, uint64_t retries)
{
    const struct job *j = state;
    const osler_fetch_report *r = &j->report->shown;
    osler_progress progress = {.what = "PubMed",
                               .done = r->got + r->missing + r->failed,
                               .total = r->asked,
                               .retries = retries};
    return !j->options->progress || j->options->progress(j->options->context, &progress);
}

/* ---- One document -----------------------------------------------------------------------------
 */

static size_t index_of(const uint64_t *pmids, size_t count, const char *text)
{
    unsigned long number;
    if (!text || !str_number(str_of(text), &number))
        return count;
    for (size_t i = 0; i < count; i++)
        if (pmids[i] == number)
            return i;
    return count;
}

static void note_stranger(struct tally *tally, const char *text)
{
    unsigned long number;
    pmid_set_add(&tally->strangers, text && str_number(str_of(text), &number) ? number : 0);
}

static osler_status put_item(struct job *j, const osler_item *item, struct tally *tally,
                             osler_error *error)
{
    store_arrival arrival = {.origin = j->origin.id};
    store_change change;
    osler_appraisal *appraisal;
    if (!j->options->forget_original)
        arrival.original = (str){item->original, item->original_length};
    osler_appraise(&appraisal, item->record, NULL);
    osler_status status = store_put(j->store, item->record, appraisal, &arrival, &change, error);
    osler_appraisal_free(appraisal);
    if (status != OSLER_OK)
        return status;
    tally->added += change == STORE_NEW;
    tally->updated += change == STORE_UPDATED;
    tally->unchanged += change == STORE_UNCHANGED;
    tally->older += change == STORE_OLDER;
    return OSLER_OK;
}

/* Put every record of the document that was asked for.  Inside a transaction. */
static osler_status put_document(struct job *j, const uint64_t *pmids, size_t count, str document,
                                 struct tally *tally, osler_error *error)
{
    osler_reader *reader;
    const osler_item *item;
    osler_status status = osler_reader_open_bytes(&reader, document.data, document.length,
                                                  eutils_host(j->service), "pubmed-xml", error);
    if (status != OSLER_OK)
        return status;
    while ((status = osler_reader_next(reader, &item, error)) == OSLER_OK) {
        if (item->kind != OSLER_RECORD)
            continue; /* efetch never reports deletions; one that does is not believed */
        size_t place = index_of(pmids, count, item->record->pmid);
        if (place == count) {
            note_stranger(tally, item->record->pmid);
            continue;
        }
        status = put_item(j, item, tally, error);
        if (status != OSLER_OK)
            break;
        tally->arrived[place] = true;
    }
    if (status == OSLER_END)
        status = osler_reader_is_complete(reader)
                     ? OSLER_OK
                     : fail(error, OSLER_EINPUT, 0, "the reply stops before its end");
    osler_reader_close(reader);
    return status;
}

/* The same as one transaction. */
static osler_status store_document(struct job *j, const uint64_t *pmids, size_t count, str document,
                                   struct tally *tally, osler_error *error)
{
    *tally = (struct tally){0};
    osler_status status = store_begin(j->store, error);
    if (status != OSLER_OK)
        return status;
    status = put_document(j, pmids, count, document, tally, error);
    if (status == OSLER_OK)
        status = store_commit(j->store, error);
    if (status != OSLER_OK) {
        store_rollback(j->store);
        pmid_set_free(&tally->strangers);
    }
    return status;
}

/* ---- One batch --------------------------------------------------------------------------------
 */

static void report_document(struct job *j, const uint64_t *pmids, size_t count, struct tally *tally)
{
    osler_fetch_report *r = &j->report->shown;
    uint64_t arrived[EUTILS_BATCH];
    size_t n = 0;
    for (size_t i = 0; i < count; i++)
        if (tally->arrived[i])
            arrived[n++] = pmids[i];
    r->got += n;
    r->added += tally->added;
    r->updated += tally->updated;
    r->unchanged += tally->unchanged;
    r->older += tally->older;
    for (size_t i = 0; i < tally->strangers.count; i++)
        fetch_report_add_problem(j->report, tally->strangers.items[i], OSLER_FETCH_UNEXPECTED,
                                 "PubMed sent it although it was not asked for; it was not stored");
    pmid_set_free(&tally->strangers);
    if (n && j->options->stored)
        j->options->stored(j->options->context, arrived, n);
}

static bool may_be_one_record(osler_status status)
{
    return status == OSLER_EINPUT || status == OSLER_ELIMIT || status == OSLER_EFORMAT;
}

/* Fetch and store these PMIDs as one document; `missing` are marked. */
static osler_status try_document(struct job *j, const uint64_t *pmids, size_t count, bool *missing,
                                 osler_error *error)
{
    struct tally tally;
    osler_status status = OSLER_OK;
    for (int attempt = 0; attempt < READ_TRIES; attempt++) {
        str document;
        status = eutils_fetch(j->service, pmids, count, &document, error);
        if (status == OSLER_ENOTFOUND) {
            memset(missing, true, count * sizeof *missing);
            return OSLER_OK;
        }
        if (status != OSLER_OK)
            break; /* it has been tried again already */
        status = store_document(j, pmids, count, document, &tally, error);
        if (status == OSLER_OK)
            break;
        if (!may_be_one_record(status))
            return status;
    }
    if (status != OSLER_OK)
        return status;
    for (size_t i = 0; i < count; i++)
        missing[i] = !tally.arrived[i];
    report_document(j, pmids, count, &tally);
    return OSLER_OK;
}

static osler_status broken_server(struct job *j, const char *why, osler_error *error)
{
    char last[200];
    snprintf(last, sizeof last, "%.190s", why);
    fail(error, OSLER_ENETWORK, 0, "%d replies in a row could not be used; the last: %s",
         MAX_UNUSABLE, last);
    return fail_source(error, OSLER_ENETWORK, eutils_host(j->service));
}

/* Fetch and store these PMIDs, by halves when they cannot be used together. */
static osler_status fetch_some(struct job *j, const uint64_t *pmids, size_t count, bool *missing,
                               osler_error *error)
{
    osler_error local, *why = error ? error : &local;
    osler_status status = try_document(j, pmids, count, missing, why);
    if (status == OSLER_OK) {
        j->unusable = 0;
        return OSLER_OK;
    }
    if (!may_be_one_record(status))
        return status;
    if (++j->unusable >= MAX_UNUSABLE)
        return broken_server(j, why->message, error);
    if (count == 1) {
        fetch_report_add_problem(j->report, pmids[0], OSLER_FETCH_FAILED, why->message);
        return OSLER_OK;
    }
    size_t half = count / 2;
    status = fetch_some(j, pmids, half, missing, error);
    if (status == OSLER_OK)
        status = fetch_some(j, pmids + half, count - half, missing + half, error);
    return status;
}

/* One batch; the PMIDs that did not come are asked for once more, then named. */
static osler_status fetch_batch(struct job *j, const uint64_t *pmids, size_t count,
                                osler_error *error)
{
    uint64_t again[EUTILS_BATCH];
    bool missing[EUTILS_BATCH] = {0}, still[EUTILS_BATCH] = {0};
    size_t n = 0;
    osler_status status = fetch_some(j, pmids, count, missing, error);
    for (size_t i = 0; status == OSLER_OK && i < count; i++)
        if (missing[i])
            again[n++] = pmids[i];
    if (status != OSLER_OK || !n)
        return status;
    status = fetch_some(j, again, n, still, error);
    for (size_t i = 0; status == OSLER_OK && i < n; i++)
        if (still[i])
            fetch_report_add_problem(j->report, again[i], OSLER_FETCH_MISSING,
                                     "PubMed has no record for it, or none to give");
    return status;
}

static osler_status fetch_list(struct job *j, const uint64_t *pmids, size_t count,
                               osler_error *error)
{
    osler_status status = OSLER_OK;
    for (size_t at = 0; status == OSLER_OK && at < count; at += EUTILS_BATCH) {
        size_t left = count - at;
        status = fetch_batch(j, pmids + at, left < EUTILS_BATCH ? left : EUTILS_BATCH, error);
        j->report->shown.retries = eutils_retries(j->service);
    }
    return status;
}

/* ---- The whole --------------------------------------------------------------------------------
 */

static osler_status begin_origin(struct job *j, const char *name, osler_error *error)
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
        status = store_origin_add(j->store, &j->origin, error);
    if (status == OSLER_OK && j->options->save && r->query)
        status = store_save_search(j->store, j->options->save, r->query, j->origin.id, error);
    if (status == OSLER_OK)
        status = store_commit(j->store, error);
    if (status != OSLER_OK)
        store_rollback(j->store);
    j->origin.warnings = NULL;
    buf_free(&warnings);
    return status;
}

static osler_status finish_origin(struct job *j, osler_error *error)
{
    osler_fetch_report *r = &j->report->shown;
    j->origin.added = (int64_t)r->added;
    j->origin.updated = (int64_t)r->updated;
    j->origin.unchanged = (int64_t)r->unchanged;
    j->origin.failed = (int64_t)(r->missing + r->failed + r->unlisted);
    osler_status status = store_begin(j->store, error);
    if (status == OSLER_OK)
        status = store_origin_finish(j->store, &j->origin, error);
    if (status == OSLER_OK)
        status = store_commit(j->store, error);
    if (status != OSLER_OK) {
        store_rollback(j->store);
        return status;
    }
    r->complete = r->got == r->asked && !r->unexpected && !r->unlisted;
    return OSLER_OK;
}

static osler_status open_job(struct job *j, osler_library *library, const char *query,
                             const osler_fetch_options *options, osler_error *error)
{
    static const osler_fetch_options defaults;
    *j = (struct job){.store = library ? library->store : NULL,
                      .options = options ? options : &defaults,
                      .report = fetch_report_new(query)};
    if (query && !str_trim(str_of(query)).length)
        return fail(error, OSLER_EUSAGE, 0, "the query is empty");
    if (j->options->save && !utf8_valid(str_of(j->options->save), NULL))
        return fail(error, OSLER_EUSAGE, 0, "the name of the search is not UTF-8");
    return eutils_open(&j->service, keep_going, j, error);
}

/* Hand the report out, whatever the status. */
static osler_status close_job(struct job *j, osler_fetch_report **out, osler_status status)
{
    if (j->service)
        j->report->shown.retries = eutils_retries(j->service);
    eutils_close(j->service);
    *out = &j->report->shown;
    return status;
}

static void announce(struct job *j)
{
    if (j->options->found)
        j->options->found(j->options->context, &j->report->shown);
}

static osler_status fetch_slices(struct job *j, slices *s, osler_error *error)
{
    const pmid_set *set;
    osler_status status;
    while ((status = slices_next(s, &set, error)) == OSLER_OK) {
        status = fetch_list(j, set->items, set->count, error);
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

osler_status osler_library_fetch(osler_library *library, const char *query,
                                 const osler_fetch_options *options, osler_fetch_report **out,
                                 osler_error *error)
{
    struct job j;
    slices *s = NULL;
    osler_status status = open_job(&j, library, query, options, error);
    if (status == OSLER_OK)
        status = slices_open(&s, j.service, query, j.options->limit, error);
    if (status == OSLER_OK) {
        fetch_report_add_search(j.report, slices_summary(s));
        j.report->shown.asked = slices_total(s);
        announce(&j);
        status = begin_origin(&j, j.report->shown.query, error);
    }
    if (status == OSLER_OK)
        status = fetch_slices(&j, s, error);
    if (status == OSLER_OK)
        status = finish_origin(&j, error);
    slices_close(s);
    return close_job(&j, out, status);
}

osler_status osler_pubmed_count(const char *query, const osler_fetch_options *options,
                                osler_fetch_report **out, osler_error *error)
{
    struct job j;
    esearch_reply reply;
    osler_status status = open_job(&j, NULL, query, options, error);
    if (status == OSLER_OK)
        status = eutils_search(j.service, query, 0, &reply, error);
    if (status == OSLER_OK) {
        uint64_t limit = j.options->limit;
        fetch_report_add_search(j.report, &reply);
        j.report->shown.asked = limit && limit < reply.count ? limit : reply.count;
        esearch_reply_free(&reply);
        announce(&j);
    }
    return close_job(&j, out, status);
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
    struct job j;
    size_t count;
    char name[48];
    uint64_t *list = without_repeats(pmids, &count);
    osler_status status = open_job(&j, library, NULL, options, error);
    j.report->shown.count = count;
    if (j.options->limit && j.options->limit < count)
        count = (size_t)j.options->limit;
    j.report->shown.asked = count;
    snprintf(name, sizeof name, "%zu PMIDs", count);
    if (status == OSLER_OK) {
        announce(&j);
        status = begin_origin(&j, name, error);
    }
    if (status == OSLER_OK)
        status = fetch_list(&j, list, count, error);
    if (status == OSLER_OK)
        status = finish_origin(&j, error);
    memory_free(list);
    return close_job(&j, out, status);
}
