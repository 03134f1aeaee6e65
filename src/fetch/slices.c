/* Cutting a search into ranges of PMIDs by halves, with the counts checked at every cut. */
#include "fetch/slices.h"

#include "base/buf.h"
#include "base/error.h"
#include "base/memory.h"

#include <inttypes.h>
#include <stdio.h>

enum {
    HIGHEST_PMID = 999999999, /* PMIDs have eight digits in 2026; a ninth is room for ever */
    MAX_RANGES = 64,          /* waiting at once: one more than halvings of HIGHEST_PMID would do */
    COUNT_ROUNDS = 3,         /* searches again when the halves do not add up */
};

struct range {
    uint64_t low, high;
    uint64_t count;
    pmid_set pmids; /* listed when there are no more than EUTILS_MAX_IDS */
};

struct slices {
    eutils *service;
    char *query;
    uint64_t limit; /* 0: none */
    uint64_t given; /* PMIDs handed out */
    uint64_t unlisted;
    esearch_reply first;
    bool cut;                         /* into ranges */
    struct range waiting[MAX_RANGES]; /* the next on top */
    size_t depth;
    pmid_set current;
    char doubt[240];
};

static uint64_t smaller(uint64_t a, uint64_t b)
{
    return a < b ? a : b;
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
    s->waiting[s->depth++] = (struct range){1, HIGHEST_PMID, s->first.count, {0}};
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

/* Count a range and, when it is small enough, list it.  PMIDs outside it are dropped. */
static osler_status count_range(slices *s, struct range *range, osler_error *error)
{
    buf query = {0};
    esearch_reply reply;
    pmid_set_free(&range->pmids);
    buf_printf(&query, "(%s) AND %" PRIu64 ":%" PRIu64 "[uid]", s->query, range->low, range->high);
    osler_status status =
        eutils_search(s->service, buf_text(&query), EUTILS_MAX_IDS, &reply, error);
    buf_free(&query);
    if (status != OSLER_OK)
        return status;
    range->count = reply.count;
    for (size_t i = 0; i < reply.pmids.count && reply.count <= EUTILS_MAX_IDS; i++)
        if (reply.pmids.items[i] >= range->low && reply.pmids.items[i] <= range->high)
            pmid_set_add(&range->pmids, reply.pmids.items[i]);
    esearch_reply_free(&reply);
    return OSLER_OK;
}

/* Put the two halves of `whole` on the stack, the upper one on top. */
static osler_status halve(slices *s, struct range whole, osler_error *error)
{
    uint64_t middle = whole.low + (whole.high - whole.low) / 2;
    struct range lower = {whole.low, middle, 0, {0}}, upper = {middle + 1, whole.high, 0, {0}};
    osler_status status = OSLER_OK;
    for (int round = 0; round < COUNT_ROUNDS; round++) {
        status = count_range(s, &upper, error);
        if (status == OSLER_OK)
            status = count_range(s, &lower, error);
        if (status != OSLER_OK || lower.count + upper.count == whole.count)
            break;
        status = count_range(s, &whole, error); /* PubMed may have changed meanwhile */
        if (status != OSLER_OK || lower.count + upper.count == whole.count)
            break;
    }
    pmid_set_free(&whole.pmids);
    if (status == OSLER_OK && lower.count + upper.count == whole.count &&
        s->depth + 2 <= MAX_RANGES) {
        s->waiting[s->depth++] = lower;
        s->waiting[s->depth++] = upper;
        return OSLER_OK;
    }
    pmid_set_free(&lower.pmids);
    pmid_set_free(&upper.pmids);
    if (status != OSLER_OK)
        return status;
    return fail(error, OSLER_ENETWORK, 0,
                "the server's counts do not add up: %" PRIu64 " PMIDs from %" PRIu64 " to %" PRIu64
                ", but %" PRIu64 " and %" PRIu64 " in the halves",
                whole.count, whole.low, whole.high, lower.count, upper.count);
}

/* All ranges are done: does the whole still add up? */
static osler_status check_total(slices *s, osler_error *error)
{
    esearch_reply after;
    uint64_t listed = s->given + s->unlisted, before = s->first.count;
    if (!s->cut || s->limit)
        return OSLER_OK;
    osler_status status = eutils_search(s->service, s->query, 0, &after, error);
    if (status != OSLER_OK)
        return status;
    if (listed != before && listed != after.count)
        snprintf(s->doubt, sizeof s->doubt,
                 "PubMed changed meanwhile: it counted %" PRIu64 " records before and %" PRIu64
                 " after, and %" PRIu64 " by ranges",
                 before, after.count, listed);
    esearch_reply_free(&after);
    return OSLER_OK;
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

osler_status slices_next(slices *s, const pmid_set **out, osler_error *error)
{
    *out = NULL;
    while (s->depth && !(s->limit && s->given >= s->limit)) {
        struct range range = s->waiting[--s->depth];
        if (s->cut && range.count > EUTILS_MAX_IDS) {
            osler_status status = range.low < range.high
                                      ? halve(s, range, error)
                                      : fail(error, OSLER_ENETWORK, 0,
                                             "the server counts many records with one PMID");
            if (status != OSLER_OK)
                return status;
            continue;
        }
        note_unlisted(s, &range);
        pmid_set_free(&s->current);
        s->current = range.pmids;
        if (s->limit)
            s->current.count = (size_t)smaller(s->current.count, s->limit - s->given);
        s->given += s->current.count;
        if (!s->current.count)
            continue;
        *out = &s->current;
        return OSLER_OK;
    }
    osler_status status = s->depth ? OSLER_OK : check_total(s, error);
    return status == OSLER_OK ? OSLER_END : status;
}
