/* One batch of PMIDs after the other: fetched, read, held against what was asked, stored whole. */
#include "library/fetch_job.h"

#include "base/error.h"
#include "base/str.h"

#include <stdio.h>
#include <string.h>

enum {
    READ_TRIES = 3,    /* a document that arrived whole, but cannot be read */
    MAX_UNUSABLE = 30, /* unusable documents in a row: the server is broken, not one record */
};

/* What one document did to the library, counted apart until it is committed. */
struct tally {
    uint64_t added, updated, unchanged, older;
    bool arrived[EUTILS_BATCH];
    pmid_set strangers; /* PMIDs nobody asked for; 0: a record without one */
    bool lost;          /* what failed is not the document */
};

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

static osler_status put_item(fetch_job *j, const osler_item *item, struct tally *tally,
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
static osler_status put_document(fetch_job *j, const uint64_t *pmids, size_t count, str document,
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

static size_t list_arrived(const uint64_t *pmids, size_t count, const struct tally *tally,
                           uint64_t *out)
{
    size_t n = 0;
    for (size_t i = 0; i < count; i++)
        if (tally->arrived[i])
            out[n++] = pmids[i];
    return n;
}

/* Note in the library what came, beside the records. */
static osler_status note_batch(fetch_job *j, const uint64_t *pmids, size_t count,
                               const struct tally *tally, fetching_job *state, osler_error *error)
{
    uint64_t arrived[EUTILS_BATCH];
    size_t n = list_arrived(pmids, count, tally, arrived);
    *state = j->state;
    state->added += (int64_t)tally->added;
    state->updated += (int64_t)tally->updated;
    state->unchanged += (int64_t)tally->unchanged;
    return n ? fetching_note(j->store, state, arrived, n, error) : OSLER_OK;
}

/* The same as one transaction. */
static osler_status store_document(fetch_job *j, const uint64_t *pmids, size_t count, str document,
                                   struct tally *tally, osler_error *error)
{
    fetching_job state;
    *tally = (struct tally){0};
    osler_status status = store_begin(j->store, error);
    tally->lost = true;
    if (status != OSLER_OK)
        return status;
    status = put_document(j, pmids, count, document, tally, error);
    tally->lost = status == OSLER_OK || store_is_lost(j->store);
    if (status == OSLER_OK)
        status = note_batch(j, pmids, count, tally, &state, error);
    if (status == OSLER_OK)
        status = store_commit(j->store, error);
    if (status == OSLER_OK) {
        j->state = state;
    } else {
        store_rollback(j->store);
        pmid_set_free(&tally->strangers);
    }
    return status;
}

/* ---- One batch --------------------------------------------------------------------------------
 */

static void report_document(fetch_job *j, const uint64_t *pmids, size_t count, struct tally *tally)
{
    osler_fetch_report *r = &j->report->shown;
    uint64_t arrived[EUTILS_BATCH];
    size_t n = list_arrived(pmids, count, tally, arrived);
    r->got += n;
    r->added += tally->added;
    r->updated += tally->updated;
    r->unchanged += tally->unchanged;
    r->older += tally->older;
    for (size_t i = 0; i < n; i++)
        pmid_marks_add(&j->done, arrived[i]);
    for (size_t i = 0; i < tally->strangers.count; i++)
        if (pmid_marks_add(&j->strangers, tally->strangers.items[i]))
            fetch_report_add_problem(
                j->report, tally->strangers.items[i], OSLER_FETCH_UNEXPECTED,
                "PubMed sent it although it was not asked for; it was not stored");
    pmid_set_free(&tally->strangers);
    if (n && j->options->stored)
        j->options->stored(j->options->context, arrived, n);
}

static bool may_be_one_record(osler_status status)
{
    return status == OSLER_EINPUT || status == OSLER_ELIMIT || status == OSLER_EFORMAT;
}

/* Fetch and store these PMIDs as one document; `missing` are marked.  `*lost`: the failure is not
 * one of the document. */
static osler_status try_document(fetch_job *j, const uint64_t *pmids, size_t count, bool *missing,
                                 bool *lost, osler_error *error)
{
    struct tally tally;
    osler_status status = OSLER_OK;
    *lost = false;
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
        *lost = tally.lost;
        if (*lost || !may_be_one_record(status))
            return status;
    }
    if (status != OSLER_OK)
        return status;
    for (size_t i = 0; i < count; i++)
        missing[i] = !tally.arrived[i];
    report_document(j, pmids, count, &tally);
    return OSLER_OK;
}

static osler_status broken_server(fetch_job *j, const char *why, osler_error *error)
{
    char last[200];
    snprintf(last, sizeof last, "%.190s", why);
    fail(error, OSLER_ENETWORK, 0, "%d replies in a row could not be used; the last: %s",
         MAX_UNUSABLE, last);
    return fail_source(error, OSLER_ENETWORK, eutils_host(j->service));
}

/* This record cannot be had: name it, and keep what came in its place. */
static osler_status give_up_record(fetch_job *j, uint64_t pmid, const char *why, osler_error *error)
{
    osler_status status = store_begin(j->store, error);
    pmid_marks_add(&j->failed, pmid);
    fetch_report_add_problem(j->report, pmid, OSLER_FETCH_FAILED, why);
    if (status == OSLER_OK)
        status = fetching_keep_failure(j->store, j->origin.id, pmid, why, eutils_body(j->service),
                                       error);
    if (status == OSLER_OK)
        status = store_commit(j->store, error);
    if (status != OSLER_OK)
        store_rollback(j->store);
    return status;
}

/* Fetch and store these PMIDs, by halves when they cannot be used together. */
static osler_status fetch_some(fetch_job *j, const uint64_t *pmids, size_t count, bool *missing,
                               osler_error *error)
{
    osler_error local, *why = error ? error : &local;
    bool lost;
    osler_status status = try_document(j, pmids, count, missing, &lost, why);
    if (status == OSLER_OK) {
        j->unusable = 0;
        return OSLER_OK;
    }
    if (lost || !may_be_one_record(status))
        return status;
    if (++j->unusable >= MAX_UNUSABLE)
        return broken_server(j, why->message, error);
    if (count == 1)
        return give_up_record(j, pmids[0], why->message, error);
    size_t half = count / 2;
    status = fetch_some(j, pmids, half, missing, error);
    if (status == OSLER_OK)
        status = fetch_some(j, pmids + half, count - half, missing + half, error);
    return status;
}

/* One batch; the PMIDs that did not come are asked for once more, then named. */
static osler_status fetch_batch(fetch_job *j, const uint64_t *pmids, size_t count,
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
        if (still[i] && pmid_marks_add(&j->failed, again[i]))
            fetch_report_add_problem(j->report, again[i], OSLER_FETCH_MISSING,
                                     "PubMed has no record for it, or none to give");
    return status;
}

/* Not asked for yet, and not here since before an interruption. */
static bool is_wanted(fetch_job *j, uint64_t pmid)
{
    if (!pmid_marks_add(&j->asked, pmid))
        return false;
    if (!pmid_marks_has(&j->done, pmid))
        return true;
    j->passed++;
    if (j->options->stored)
        j->options->stored(j->options->context, &pmid, 1);
    return false;
}

osler_status fetch_job_list(fetch_job *j, const uint64_t *pmids, size_t count, osler_error *error)
{
    uint64_t batch[EUTILS_BATCH];
    size_t n = 0;
    osler_status status = OSLER_OK;
    for (size_t i = 0; status == OSLER_OK && i < count; i++) {
        if (is_wanted(j, pmids[i]))
            batch[n++] = pmids[i];
        if (n < EUTILS_BATCH && (i + 1 < count || !n))
            continue;
        status = fetch_batch(j, batch, n, error);
        j->report->shown.retries = eutils_retries(j->service);
        n = 0;
    }
    return status;
}
