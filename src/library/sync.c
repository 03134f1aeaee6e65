/* Saved searches run again: sets of PMIDs before and now, what to fetch, and what it says. */
#include <osler/sync.h>

#include "base/buf.h"
#include "base/error.h"
#include "base/memory.h"
#include "library/fetch_job.h"
#include "library/history.h"
#include "library/library.h"
#include "record/record.h"
#include "store/saved_search.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* The run of one search. */
struct run {
    osler_library *library;
    const osler_sync_options *options;
    const saved_search *search;
    fetch_job *job;
    osler_sync_report report;
    pmid_marks before, now;
    pmid_marks created, modified; /* by PubMed since the last run; indexed counts as modified */
    pmid_marks wanted;            /* to be fetched */
    pmid_marks unsettled;         /* wanted because their status was not final */
    pmid_marks differing;         /* what was fetched differs from what was here */
    osler_status status;          /* of what a callback did */
    osler_error *error;
};

/* ---- Sets -------------------------------------------------------------------------------------
 */

static void add_mark(void *context, uint64_t pmid)
{
    pmid_marks_add(context, pmid);
}

/* All that a query finds. */
static osler_status list_query(struct run *r, const char *query, pmid_marks *out, bool is_whole,
                               osler_error *error)
{
    slices *s;
    const pmid_set *set;
    osler_status status = slices_open(&s, r->job->service, query, 0, error);
    if (status != OSLER_OK)
        return status;
    while ((status = slices_next(s, &set, error)) == OSLER_OK)
        for (size_t i = 0; i < set->count; i++)
            pmid_marks_add(out, set->items[i]);
    if (status == OSLER_END && is_whole) {
        fetch_report_add_search(r->job->report, slices_summary(s));
        r->report.count = slices_summary(s)->count;
        r->job->report->shown.unlisted = slices_unlisted(s);
        if (slices_doubt(s)[0])
            fetch_report_warn(r->job->report, slices_doubt(s));
    }
    slices_close(s);
    return status == OSLER_END ? OSLER_OK : status;
}

static osler_status list_since(struct run *r, const char *field, pmid_marks *out,
                               osler_error *error)
{
    buf query = {0};
    buf_printf(&query, "(%s) AND (\"%.4s/%.2s/%.2s\"[%s] : \"3000\"[%s])", r->search->query,
               r->search->since, r->search->since + 5, r->search->since + 8, field, field);
    osler_status status = list_query(r, buf_text(&query), out, false, error);
    buf_free(&query);
    return status;
}

static void want(void *context, uint64_t pmid)
{
    struct run *r = context;
    pmid_marks_add(&r->wanted, pmid);
}

/* Those of the result that the library lacks, or that are new to it. */
static void want_if_new(void *context, uint64_t pmid)
{
    struct run *r = context;
    bool known = false;
    if (r->status == OSLER_OK && pmid_marks_has(&r->before, pmid))
        r->status = saved_search_knows(r->library->store, pmid, false, &known, r->error);
    if (!known)
        want(r, pmid);
}

static void want_if_lost(void *context, uint64_t pmid)
{
    struct run *r = context;
    if (!pmid_marks_has(&r->now, pmid))
        want(r, pmid);
}

static void want_if_in(void *context, uint64_t pmid)
{
    struct run *r = context;
    if (pmid_marks_has(&r->now, pmid))
        want(r, pmid);
}

static void want_unsettled(void *context, uint64_t pmid)
{
    struct run *r = context;
    if (!pmid_marks_has(&r->now, pmid))
        return;
    pmid_marks_add(&r->unsettled, pmid);
    want(r, pmid);
}

static void want_if_not_flagged(void *context, uint64_t pmid)
{
    struct run *r = context;
    bool known = false;
    if (r->status == OSLER_OK)
        r->status = saved_search_knows(r->library->store, pmid, true, &known, r->error);
    if (!known)
        want_if_in(r, pmid);
}

/* Everything that may have become another since the last run. */
static osler_status want_changed(struct run *r, osler_error *error)
{
    pmid_marks *retracted = memory_alloc(sizeof *retracted);
    buf query = {0};
    osler_status status = list_since(r, "crdt", &r->created, error);
    if (status == OSLER_OK)
        status = list_since(r, "mdat", &r->modified, error);
    if (status == OSLER_OK)
        status = list_since(r, "mhda", &r->modified, error);
    buf_printf(&query, "(%s) AND retracted publication[pt]", r->search->query);
    if (status == OSLER_OK)
        status = list_query(r, buf_text(&query), retracted, false, error);
    if (status == OSLER_OK) {
        pmid_marks_each(&r->modified, want_if_in, r);
        pmid_marks_each(retracted, want_if_not_flagged, r);
        status = saved_search_read_unsettled(r->library->store, r->options->all, want_unsettled, r,
                                             error);
    }
    buf_free(&query);
    pmid_marks_free(retracted);
    memory_free(retracted);
    return status;
}

static osler_status list_all(struct run *r, osler_error *error)
{
    osler_status status =
        saved_search_read(r->library->store, r->search->name, add_mark, &r->before, error);
    if (status == OSLER_OK)
        status = list_query(r, r->search->query, &r->now, true, error);
    if (status == OSLER_OK && r->search->since)
        status = want_changed(r, error);
    if (status != OSLER_OK)
        return status;
    pmid_marks_each(&r->now, want_if_new, r);
    if (!r->job->report->shown.unlisted)
        pmid_marks_each(&r->before, want_if_lost, r);
    return r->status;
}

/* ---- Fetching ---------------------------------------------------------------------------------
 */

static void add_to_set(void *context, uint64_t pmid)
{
    pmid_set_add(context, pmid);
}

static osler_status fetch_wanted(struct run *r, osler_error *error)
{
    pmid_set list = {0};
    buf purpose = {0};
    pmid_marks_each(&r->wanted, add_to_set, &list);
    buf_printf(&purpose, "sync %s", r->search->name);
    r->job->purpose = buf_text(&purpose);
    r->job->report->shown.asked = list.count;
    uint64_t unlisted = r->job->report->shown.unlisted;
    osler_status status = fetch_job_begin(r->job, r->job->purpose, NULL, 0, error);
    if (status == OSLER_OK)
        status = fetch_job_list(r->job, list.items, list.count, error);
    if (status == OSLER_OK) {
        r->job->report->shown.unlisted = 0; /* of the result, not of what was asked for */
        status = fetch_job_finish(r->job, error);
        r->job->report->shown.unlisted = unlisted;
    }
    r->job->purpose = NULL;
    buf_free(&purpose);
    pmid_set_free(&list);
    return status;
}

/* ---- Telling ----------------------------------------------------------------------------------
 */

static void tell(struct run *r, osler_sync_item item)
{
    r->report.events[item.event]++;
    if (r->options->item)
        r->options->item(r->options->context, &item);
}

static bool is_final(const char *status)
{
    return status && strcmp(status, "MEDLINE") == 0;
}

static osler_sync_event kind_of(const osler_record_change *c)
{
    if (c->flags_gained.count || c->flags_lost.count)
        return OSLER_SYNC_FLAGGED;
    if (c->indexed || (is_final(c->status_after) && !is_final(c->status_before)))
        return OSLER_SYNC_INDEXED;
    return OSLER_SYNC_CHANGED;
}

/* A record of the result now, or one that has left it. */
static osler_sync_event event_of(const struct run *r, uint64_t pmid, const osler_difference *d)
{
    bool was = pmid_marks_has(&r->before, pmid), is = pmid_marks_has(&r->now, pmid);
    bool changed = d && d->kind == OSLER_DIFFERENCE_CHANGED;
    if (was && is)
        return changed ? kind_of(&d->change) : OSLER_SYNC_CHANGED;
    if (was)
        return pmid_marks_has(&r->job->failed, pmid) ? OSLER_SYNC_GONE
               : changed                             ? OSLER_SYNC_LEFT
                                                     : OSLER_SYNC_UNEXPLAINED;
    if (!r->search->since || pmid_marks_has(&r->created, pmid))
        return OSLER_SYNC_NEW;
    return changed || pmid_marks_has(&r->modified, pmid) ? OSLER_SYNC_JOINED
                                                         : OSLER_SYNC_UNEXPLAINED;
}

static void tell_about(struct run *r, uint64_t pmid, const char *title, const osler_difference *d)
{
    bool is = pmid_marks_has(&r->now, pmid);
    bool changed = d && d->kind == OSLER_DIFFERENCE_CHANGED;
    tell(r, (osler_sync_item){.search = r->search->name,
                              .event = event_of(r, pmid, d),
                              .pmid = pmid,
                              .title = title,
                              .lost = !is,
                              .change = changed ? &d->change : NULL});
}

/* What the fetch brought that differs from what was here. */
static bool tell_difference(void *context, const osler_difference *d)
{
    struct run *r = context;
    unsigned long pmid;
    if (!str_number(str_of(d->id), &pmid) || !pmid_marks_has(&r->wanted, pmid))
        return true;
    bool was = pmid_marks_has(&r->before, pmid), is = pmid_marks_has(&r->now, pmid);
    if (was && is && d->kind != OSLER_DIFFERENCE_CHANGED)
        return true; /* it was missing here, and has come */
    pmid_marks_add(&r->differing, pmid);
    tell_about(r, pmid, d->title, d);
    return true;
}

/* The title that the library has; "" when it has no such record. */
static const char *title_of(const struct run *r, arena *memory, uint64_t pmid)
{
    char name[24];
    int64_t id;
    store_citation citation;
    buf text = {0};
    snprintf(name, sizeof name, "%" PRIu64, pmid);
    if (store_lookup(r->library->store, name, &id, NULL) != OSLER_OK ||
        store_get(r->library->store, memory, id, &citation, NULL) != OSLER_OK)
        return "";
    markup_add_text(&text, str_of(osler_record_title(&citation.record)));
    const char *copy = arena_copy(memory, buf_str(&text));
    buf_free(&text);
    return copy;
}

/* What came into the result or left it, and arrived as it was. */
static void tell_the_same(void *context, uint64_t pmid)
{
    struct run *r = context;
    bool was = pmid_marks_has(&r->before, pmid), is = pmid_marks_has(&r->now, pmid);
    if (was == is || pmid_marks_has(&r->differing, pmid))
        return;
    if (is && pmid_marks_has(&r->job->failed, pmid))
        return; /* among the problems of the fetch */
    arena memory = {0};
    tell_about(r, pmid, title_of(r, &memory, pmid), NULL);
    arena_free(&memory);
}

/* ---- Keeping ----------------------------------------------------------------------------------
 */

static void keep_one(void *context, uint64_t pmid)
{
    struct run *r = context;
    bool was = pmid_marks_has(&r->before, pmid), is = pmid_marks_has(&r->now, pmid);
    if (r->status != OSLER_OK || was == is || (is && pmid_marks_has(&r->job->failed, pmid)))
        return;
    r->status = saved_search_set(r->library->store, r->search->name, pmid, is, r->error);
}

/* Those that did not come are asked for at the next run. */
static void note_asked(void *context, uint64_t pmid)
{
    struct run *r = context;
    if (r->status == OSLER_OK && !pmid_marks_has(&r->job->failed, pmid))
        r->status = saved_search_note_unsettled(r->library->store, pmid, r->error);
}

static osler_status keep_result(struct run *r, osler_error *error)
{
    store *s = r->library->store;
    if (r->job->report->shown.unlisted)
        return OSLER_OK;
    osler_status status = store_begin(s, error);
    if (status != OSLER_OK)
        return status;
    pmid_marks_each(&r->now, keep_one, r);
    pmid_marks_each(&r->before, keep_one, r);
    pmid_marks_each(&r->unsettled, note_asked, r);
    status = r->status;
    if (status == OSLER_OK)
        status = saved_search_settle(s, r->search->name, r->job->report->shown.translation,
                                     r->report.count, r->job->origin.id, error);
    if (status == OSLER_OK)
        status = store_commit(s, error);
    if (status != OSLER_OK)
        store_rollback(s);
    return status;
}

static void count_added(void *context, uint64_t pmid)
{
    struct run *r = context;
    r->report.added += !pmid_marks_has(&r->before, pmid);
}

static void count_lost(void *context, uint64_t pmid)
{
    struct run *r = context;
    r->report.lost += !pmid_marks_has(&r->now, pmid);
}

/* A problem with what has left the result is an answer: it is gone. */
static uint64_t count_true_problems(const struct run *r)
{
    const osler_fetch_report *f = &r->job->report->shown;
    uint64_t count = f->unlisted;
    for (size_t i = 0; i < f->problems.count; i++)
        count += f->problems.items[i].trouble != OSLER_FETCH_MISSING ||
                 pmid_marks_has(&r->now, f->problems.items[i].pmid);
    return count;
}

static void sum_up(struct run *r)
{
    osler_sync_report *report = &r->report;
    report->before = r->before.count;
    report->now = r->now.count;
    pmid_marks_each(&r->now, count_added, r);
    pmid_marks_each(&r->before, count_lost, r);
    report->balanced = report->before + report->added - report->lost == report->now &&
                       report->now == report->count;
    report->complete = report->balanced && !count_true_problems(r);
    report->fetch = &r->job->report->shown;
}

/* ---- The whole --------------------------------------------------------------------------------
 */

static osler_status run_search(struct run *r, osler_error *error)
{
    osler_status status = list_all(r, error);
    if (status == OSLER_OK)
        status = fetch_wanted(r, error);
    if (status == OSLER_OK)
        status =
            history_compare(r->library->store, "", r->job->origin.id, tell_difference, r, error);
    if (status == OSLER_OK) {
        pmid_marks_each(&r->now, tell_the_same, r);
        pmid_marks_each(&r->before, tell_the_same, r);
        status = keep_result(r, error);
    }
    if (status != OSLER_OK)
        return status;
    sum_up(r);
    if (r->options->done)
        r->options->done(r->options->context, &r->report);
    return OSLER_OK;
}

static osler_status sync_one(osler_library *library, const saved_search *search,
                             const osler_sync_options *options, osler_error *error)
{
    osler_fetch_report *fetched = NULL;
    osler_fetch_options how = {.forget_original = options->forget_original,
                               .progress = options->progress,
                               .context = options->context};
    struct run *r = memory_alloc(sizeof *r);
    *r = (struct run){.library = library, .options = options, .search = search, .error = error};
    r->report.name = search->name;
    r->report.query = search->query;
    r->report.last = search->ran ? search->ran : "";
    osler_status status = fetch_job_open(&r->job, library, search->query, &how, error);
    if (status == OSLER_OK)
        status = run_search(r, error);
    status = fetch_job_close(r->job, &fetched, status);
    osler_fetch_report_free(fetched);
    pmid_marks *sets[] = {&r->before, &r->now,       &r->created,  &r->modified,
                          &r->wanted, &r->unsettled, &r->differing};
    for (size_t i = 0; i < sizeof sets / sizeof *sets; i++)
        pmid_marks_free(sets[i]);
    memory_free(r);
    return status;
}

static bool is_named(const osler_text_list *names, const char *name)
{
    for (size_t i = 0; names && i < names->count; i++)
        if (strcmp(names->items[i], name) == 0)
            return true;
    return !names || !names->count;
}

static osler_status check_names(const saved_searches *all, const osler_text_list *names,
                                osler_error *error)
{
    if (!all->count)
        return fail(error, OSLER_ENOTFOUND, 0,
                    "the library has no saved search (osler fetch --save NAME QUERY makes one)");
    for (size_t i = 0; names && i < names->count; i++) {
        bool found = false;
        for (size_t k = 0; k < all->count && !found; k++)
            found = strcmp(all->items[k].name, names->items[i]) == 0;
        if (!found)
            return fail(error, OSLER_ENOTFOUND, 0, "there is no saved search '%.80s'",
                        names->items[i]);
    }
    return OSLER_OK;
}

osler_status osler_library_sync(osler_library *library, const osler_text_list *names,
                                const osler_sync_options *options, osler_error *error)
{
    static const osler_sync_options defaults;
    arena memory = {0};
    saved_searches all;
    osler_status status = saved_search_get_all(library->store, &memory, &all, error);
    if (status == OSLER_OK)
        status = check_names(&all, names, error);
    for (size_t i = 0; status == OSLER_OK && i < all.count; i++)
        if (is_named(names, all.items[i].name))
            status = sync_one(library, &all.items[i], options ? options : &defaults, error);
    arena_free(&memory);
    return status;
}

osler_status osler_library_searches(osler_library *library,
                                    void (*each)(void *context, const osler_saved_search *search),
                                    void *context, osler_error *error)
{
    arena memory = {0};
    saved_searches all;
    osler_status status = saved_search_get_all(library->store, &memory, &all, error);
    for (size_t i = 0; status == OSLER_OK && i < all.count; i++) {
        const saved_search *s = &all.items[i];
        osler_saved_search shown = {s->name, s->query, s->translation, s->ran, s->count};
        each(context, &shown);
    }
    arena_free(&memory);
    return status;
}

osler_status osler_library_forget_search(osler_library *library, const char *name,
                                         osler_error *error)
{
    store *s = library->store;
    osler_status status = store_begin(s, error);
    if (status == OSLER_OK)
        status = saved_search_forget(s, name, error);
    if (status == OSLER_OK)
        status = store_commit(s, error);
    if (status != OSLER_OK)
        store_rollback(s);
    return status;
}
