/* Cutting a search by days of creation and ranges of PMIDs, with the counts checked at every cut.
 */
#include "fetch/slices.h"

#include "base/buf.h"
#include "base/error.h"
#include "base/memory.h"

#include <inttypes.h>
#include <stdio.h>

enum {
    HIGHEST_PMID = 999999999, /* PMIDs have eight digits in 2026; a ninth is room for ever */
    FIRST_DAY = -25567,       /* 1900-01-01, counted from 1970-01-01: PubMed began in 1996 */
    LAST_DAY = 47481,         /* 2099-12-31 */
    COUNT_ROUNDS = 3,         /* searches again when the halves do not add up */
    LISTED_BELOW = 4 * EUTILS_MAX_IDS, /* the halves of a larger slice are only counted first */
};

/* Records by the day PubMed made them, and by PMID. */
struct range {
    long first_day, last_day;
    uint64_t low, high;
    bool dated;     /* days say something; else all of them */
    bool by_number; /* days have been given up, or there is only one */
    bool listed;    /* `pmids` holds them */
    uint64_t count;
    pmid_set pmids;
};

struct slices {
    eutils *service;
    char *query;
    uint64_t limit; /* 0: none */
    uint64_t given; /* PMIDs handed out */
    uint64_t unlisted;
    esearch_reply first;
    bool cut;              /* into ranges */
    struct range *waiting; /* the next on top */
    size_t depth, waiting_room;
    struct range *done; /* without their PMIDs */
    size_t done_count, done_room;
    unsigned rounds; /* of looking again at what has changed */
    pmid_set current;
    char doubt[240];
};

static uint64_t smaller(uint64_t a, uint64_t b)
{
    return a < b ? a : b;
}

static void add_range(struct range **list, size_t *count, size_t *room, struct range range)
{
    if (*count == *room) {
        *room = *room ? *room * 2 : 64;
        *list = memory_resize(*list, *room * sizeof **list);
    }
    (*list)[(*count)++] = range;
}

static void push(struct slices *s, struct range range)
{
    add_range(&s->waiting, &s->depth, &s->waiting_room, range);
}

uint64_t slices_total(const slices *s)
{
    return s->limit ? smaller(s->limit, s->first.count) : s->first.count;
}

osler_status slices_open(slices **out, eutils *e, const char *query, uint64_t limit,
                         osler_error *error)
{
    unsigned max = EUTILS_MAX_IDS;
    if (limit && limit < max)
        max = (unsigned)limit;
    slices *s = memory_alloc(sizeof *s);
    *out = NULL;
    s->service = e;
    s->query = memory_copy_text(query);
    s->limit = limit;
    osler_status status = eutils_search(e, query, max, &s->first, error);
    if (status != OSLER_OK) {
        slices_close(s);
        return status;
    }
    s->cut = slices_total(s) > EUTILS_MAX_IDS;
    push(s, (struct range){.first_day = FIRST_DAY,
                           .last_day = LAST_DAY,
                           .low = 1,
                           .high = HIGHEST_PMID,
                           .count = s->first.count,
                           .listed = !s->cut});
    if (!s->cut) {
        s->waiting[0].pmids = s->first.pmids;
        s->first.pmids = (pmid_set){0};
    }
    *out = s;
    return OSLER_OK;
}

void slices_close(slices *s)
{
    if (!s)
        return;
    while (s->depth)
        pmid_set_free(&s->waiting[--s->depth].pmids);
    pmid_set_free(&s->current);
    esearch_reply_free(&s->first);
    memory_free(s->waiting);
    memory_free(s->done);
    memory_free(s->query);
    memory_free(s);
}

const esearch_reply *slices_summary(const slices *s)
{
    return &s->first;
}

uint64_t slices_unlisted(const slices *s)
{
    return s->unlisted;
}

const char *slices_doubt(const slices *s)
{
    return s->doubt;
}

/* ---- Asking -----------------------------------------------------------------------------------
 */

/* A day of the Gregorian calendar, as PubMed writes it. */
static void add_day(buf *out, long day)
{
    static const unsigned char lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    long year = 1900, month = 0, left = day - FIRST_DAY;
    for (;; year++) {
        bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        if (left < 365 + leap)
            break;
        left -= 365 + leap;
    }
    bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    while (left >= lengths[month] + (month == 1 && leap)) {
        left -= lengths[month] + (month == 1 && leap);
        month++;
    }
    buf_printf(out, "\"%04ld/%02ld/%02ld\"[crdt]", year, month + 1, left + 1);
}

static void make_query(const slices *s, const struct range *range, buf *out)
{
    buf_printf(out, "(%s)", s->query);
    if (range->dated) {
        buf_add_text(out, " AND (");
        add_day(out, range->first_day);
        buf_add_text(out, " : ");
        add_day(out, range->last_day);
        buf_add_text(out, ")");
    }
    if (range->low > 1 || range->high < HIGHEST_PMID)
        buf_printf(out, " AND %" PRIu64 ":%" PRIu64 "[uid]", range->low, range->high);
}

/* Count a range and, when it is small enough and `list` says so, list it.  PMIDs outside it are
 * dropped. */
static osler_status count_range(slices *s, struct range *range, bool list, osler_error *error)
{
    buf query = {0};
    esearch_reply reply;
    pmid_set_free(&range->pmids);
    make_query(s, range, &query);
    osler_status status =
        eutils_search(s->service, buf_text(&query), list ? EUTILS_MAX_IDS : 0, &reply, error);
    buf_free(&query);
    if (status != OSLER_OK)
        return status;
    range->count = reply.count;
    range->listed = list && reply.count <= EUTILS_MAX_IDS;
    for (size_t i = 0; i < reply.pmids.count && range->listed; i++)
        if (reply.pmids.items[i] >= range->low && reply.pmids.items[i] <= range->high)
            pmid_set_add(&range->pmids, reply.pmids.items[i]);
    esearch_reply_free(&reply);
    return OSLER_OK;
}

/* ---- Cutting ----------------------------------------------------------------------------------
 */

/* By the days of creation until there is but one, then by PMID. */
static void make_halves(const struct range *whole, struct range *lower, struct range *upper)
{
    *lower = *upper = *whole;
    lower->pmids = upper->pmids = (pmid_set){0};
    if (whole->by_number) {
        lower->high = whole->low + (whole->high - whole->low) / 2;
        upper->low = lower->high + 1;
        return;
    }
    long middle = whole->first_day + (whole->last_day - whole->first_day) / 2;
    lower->dated = upper->dated = true;
    lower->last_day = middle;
    upper->first_day = middle + 1;
    lower->by_number = lower->first_day == lower->last_day;
    upper->by_number = upper->first_day == upper->last_day;
}

/* Count both; true into `*sum` when they have what the whole has, which may have changed. */
static osler_status count_halves(slices *s, struct range *whole, struct range *lower,
                                 struct range *upper, bool *sum, osler_error *error)
{
    bool list = whole->count <= LISTED_BELOW;
    osler_status status = OSLER_OK;
    *sum = false;
    for (int round = 0; status == OSLER_OK && round < COUNT_ROUNDS && !*sum; round++) {
        status = count_range(s, upper, list, error);
        if (status == OSLER_OK)
            status = count_range(s, lower, list, error);
        *sum = lower->count + upper->count == whole->count;
        if (status == OSLER_OK && !*sum)
            status = count_range(s, whole, false, error);
        *sum = lower->count + upper->count == whole->count;
    }
    return status;
}

static osler_status refuse_counts(const struct range *whole, const struct range *lower,
                                  const struct range *upper, osler_error *error)
{
    return fail(error, OSLER_ENETWORK, 0,
                "the server's counts do not add up: %" PRIu64 " PMIDs from %" PRIu64 " to %" PRIu64
                ", but %" PRIu64 " and %" PRIu64 " in the halves",
                whole->count, whole->low, whole->high, lower->count, upper->count);
}

/* Put the two halves of `whole` on the stack, the upper one on top. */
static osler_status halve(slices *s, struct range whole, osler_error *error)
{
    struct range lower, upper;
    bool sum;
    if (whole.by_number && whole.low >= whole.high)
        return fail(error, OSLER_ENETWORK, 0, "the server counts many records with one PMID");
    make_halves(&whole, &lower, &upper);
    osler_status status = count_halves(s, &whole, &lower, &upper, &sum, error);
    pmid_set_free(&whole.pmids);
    if (status == OSLER_OK && sum) {
        push(s, lower);
        push(s, upper);
        return OSLER_OK;
    }
    pmid_set_free(&lower.pmids);
    pmid_set_free(&upper.pmids);
    if (status != OSLER_OK)
        return status;
    if (whole.by_number)
        return refuse_counts(&whole, &lower, &upper, error);
    whole.by_number = true; /* records without a date of creation: every record has a PMID */
    push(s, whole);
    return OSLER_OK;
}

/* ---- Proving ----------------------------------------------------------------------------------
 */

/* Look again at every range; what has changed waits once more. */
static osler_status look_again(slices *s, osler_error *error)
{
    size_t kept = 0;
    osler_status status = OSLER_OK;
    for (size_t i = 0; i < s->done_count; i++) {
        struct range range = s->done[i];
        uint64_t before = range.count;
        if (status == OSLER_OK)
            status = count_range(s, &range, false, error);
        if (status == OSLER_OK && range.count != before)
            push(s, range);
        else
            s->done[kept++] = s->done[i];
    }
    s->done_count = kept;
    return status;
}

static uint64_t sum_of_done(const slices *s)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < s->done_count; i++)
        sum += s->done[i].count;
    return sum;
}

/* All ranges are done: does the whole still add up?  What changed goes on the stack. */
static osler_status check_total(slices *s, osler_error *error)
{
    esearch_reply after;
    if (!s->cut || s->limit)
        return OSLER_OK;
    osler_status status = eutils_search(s->service, s->query, 0, &after, error);
    if (status != OSLER_OK)
        return status;
    uint64_t count = after.count, sum = sum_of_done(s);
    esearch_reply_free(&after);
    if (sum == count)
        return OSLER_OK;
    if (s->rounds++ < COUNT_ROUNDS)
        status = look_again(s, error);
    if (status == OSLER_OK && !s->depth)
        snprintf(s->doubt, sizeof s->doubt,
                 "PubMed changed meanwhile: it counted %" PRIu64 " records before and %" PRIu64
                 " after, and %" PRIu64 " by slices",
                 s->first.count, count, sum);
    return status;
}

static void note_unlisted(slices *s, const struct range *range)
{
    uint64_t expected = range->count;
    if (!s->cut)
        expected = slices_total(s);
    if (range->pmids.count >= expected)
        return;
    s->unlisted += expected - range->pmids.count;
    snprintf(s->doubt, sizeof s->doubt,
             "PubMed counted %" PRIu64 " records more than it listed, even when asked again",
             s->unlisted);
}

/* ---- Handing out ------------------------------------------------------------------------------
 */

/* The PMIDs of a range, as many as the limit leaves. */
static void hand_out(slices *s, struct range range)
{
    note_unlisted(s, &range);
    pmid_set_free(&s->current);
    s->current = range.pmids;
    range.pmids = (pmid_set){0};
    add_range(&s->done, &s->done_count, &s->done_room, range);
    if (s->limit)
        s->current.count = (size_t)smaller(s->current.count, s->limit - s->given);
    s->given += s->current.count;
}

osler_status slices_next(slices *s, const pmid_set **out, osler_error *error)
{
    osler_status status = OSLER_OK;
    *out = NULL;
    while (status == OSLER_OK && !(s->limit && s->given >= s->limit)) {
        if (!s->depth) {
            status = check_total(s, error);
            if (status != OSLER_OK || !s->depth)
                break;
        }
        struct range range = s->waiting[--s->depth];
        if (range.count <= EUTILS_MAX_IDS && !range.listed)
            status = count_range(s, &range, true, error);
        if (status == OSLER_OK && s->cut && range.count > EUTILS_MAX_IDS) {
            status = halve(s, range, error);
            continue;
        }
        if (status != OSLER_OK) {
            pmid_set_free(&range.pmids);
            break;
        }
        hand_out(s, range);
        if (!s->current.count)
            continue;
        *out = &s->current;
        return OSLER_OK;
    }
    return status == OSLER_OK ? OSLER_END : status;
}
