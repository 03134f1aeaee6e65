/*
 * Scoring only what can enter the results.  The documents of a segment are cut into stretches in
 * which each list has one block; the bounds of the blocks say which of the things asked for a
 * document must have to be good enough.  Either the documents that have one of these are walked
 * through and looked up in the other lists, or, where that is many, all lists leave their marks on
 * the stretch, and only documents whose marks are enough are looked at.
 */
#include "base/memory.h"
#include "index/rank.h"

#include <math.h>
#include <string.h>

enum {
    LONGEST = 4096,   /* documents of a stretch */
    MOST_MARKS = 6,   /* things asked for that leave marks */
    COST_OF_SEEK = 6, /* looking a document up in a list, measured in marks */
};

struct prune_list {
    postings postings;
    const asked_list *list;
    size_t ahead;   /* the block of the stretch; `blocks` behind the last */
    double scale;   /* from a bound of the segment to one of a weighed frequency */
    double highest; /* of a weighed frequency, whatever the block says */
    bool present;   /* in the document at work */
};

/* One thing asked for. */
struct prune_asked {
    size_t asked;
    struct prune_list *lists;
    size_t count;
    double bound; /* of its part of the score in the stretch */
    /* The same of the document at work, as far as it is known. */
    double part;
    bool present;
};

struct prune {
    rank_work *work;
    reader_segment *segment;
    struct prune_list *lists;
    size_t count;
    struct prune_asked *asked;     /* in the order they were asked in */
    struct prune_asked **by_bound; /* the lowest first */
    size_t asked_count;
    double reckoned;              /* the threshold that `most` was reckoned for */
    int most[2];                  /* headings of a document, by whether it may be a major topic */
    size_t needed;                /* a document must have one of by_bound[needed] and behind */
    double sum;                   /* of all bounds */
    unsigned char marks[LONGEST]; /* of the stretch: a bit for each thing asked for */
    uint16_t chosen[LONGEST];     /* documents of the stretch whose marks are enough */
    bool enough[1 << MOST_MARKS]; /* whether documents of these marks can be good enough */
};

/* How much higher a weighed frequency can be now than when the bounds were written. */
static double growth(const rank_work *w, const reader_segment *s, unsigned fields)
{
    double most = 1;
    for (unsigned f = 0; f < INDEX_MEASURED; f++) {
        double ratio = w->model.averages[f] / coding_average(&s->header.sums, (enum index_field)f);
        if (fields >> f & 1 && ratio > most)
            most = ratio;
    }
    return most;
}

static osler_status open_lists(struct prune *x, const asked_segment *s, osler_error *error)
{
    osler_status status = OSLER_OK;
    for (; x->count < s->count && status == OSLER_OK; x->count++) {
        struct prune_list *l = &x->lists[x->count];
        const score_term *how = &s->items[x->count].how;
        l->list = &s->items[x->count];
        l->scale = how->factor * growth(x->work, x->segment, how->fields) * (1 + 1e-9) /
                   SEGMENT_BOUND_SCALE;
        l->highest = coding_has_positions(how->kind) ? INFINITY : score_most(&x->work->model, how);
        status = asked_open(&l->postings, x->work->index, x->segment, l->list, error);
        struct prune_asked *a = &x->asked[x->asked_count];
        if (x->asked_count && a[-1].asked == l->list->asked) {
            a[-1].count++;
            continue;
        }
        *a = (struct prune_asked){.asked = l->list->asked, .lists = l, .count = 1};
        x->by_bound[x->asked_count++] = a;
    }
    return status;
}

static double weigh_bound(const struct prune_list *l, uint32_t bound)
{
    return bound < CODING_NO_BOUND ? bound * l->scale : l->highest;
}

/* Choose which of the things asked for are needed, from their bounds; false when even all together
 * are not enough. */
static bool choose(struct prune *x)
{
    double threshold = top_threshold(&x->work->top);
    for (size_t k = 1; k < x->asked_count; k++) {
        struct prune_asked *moved = x->by_bound[k];
        size_t at = k;
        for (; at > 0 && x->by_bound[at - 1]->bound > moved->bound; at--)
            x->by_bound[at] = x->by_bound[at - 1];
        x->by_bound[at] = moved;
    }
    x->needed = x->asked_count;
    x->sum = 0;
    for (size_t k = 0; k < x->asked_count; k++) {
        x->sum += x->by_bound[k]->bound;
        if (x->sum >= threshold && x->needed == x->asked_count)
            x->needed = k;
    }
    return x->needed < x->asked_count;
}

/* Set the bounds of the segment as a whole; false when nothing of it is good enough. */
static bool choose_for_all(struct prune *x)
{
    for (size_t k = 0; k < x->asked_count; k++) {
        struct prune_asked *a = &x->asked[k];
        double weighed = 0;
        for (size_t n = 0; n < a->count; n++)
            weighed += weigh_bound(&a->lists[n], a->lists[n].postings.bound);
        a->bound = score_saturate(x->work->lists.idf[a->asked], weighed);
    }
    return choose(x);
}

/* Find the stretch that begins with `from`: its last document, and the bounds in it. */
static uint32_t find_stretch(struct prune *x, uint32_t from)
{
    uint32_t last = x->segment->header.documents - 1;
    if (last - from >= LONGEST)
        last = from + LONGEST - 1;
    for (size_t k = 0; k < x->asked_count; k++) {
        struct prune_asked *a = &x->asked[k];
        double weighed = 0;
        for (size_t n = 0; n < a->count; n++) {
            struct prune_list *l = &a->lists[n];
            if (l->ahead < l->postings.blocks && postings_last(&l->postings, l->ahead) < from)
                l->ahead = postings_find_block(&l->postings, l->ahead, from);
            if (l->ahead == l->postings.blocks)
                continue;
            uint32_t end = postings_last(&l->postings, l->ahead);
            last = end < last ? end : last;
            weighed += weigh_bound(l, postings_bound(&l->postings, l->ahead));
        }
        a->bound = weighed > 0 ? score_saturate(x->work->lists.idf[a->asked], weighed) : 0;
    }
    return last;
}

/* Stand on the first document >= `from` of the block of the stretch; false when the list has no
 * block there. */
static bool enter(struct prune_list *l, uint32_t from, osler_status *status, osler_error *error)
{
    postings *p = &l->postings;
    if (l->ahead == p->blocks)
        return false;
    if (p->block != l->ahead || !p->count)
        *status = postings_load(p, l->ahead, error);
    if (*status)
        return false;
    while (p->documents[p->at] < from)
        p->at++;
    return true;
}

/* Find out which lists have a document, and what that lets its part of the score be at the most. */
static osler_status find_present(struct prune *x, struct prune_asked *a, uint32_t document,
                                 unsigned marks, osler_error *error)
{
    osler_status status = OSLER_OK;
    double weighed = 0;
    a->present = false;
    a->part = 0;
    if (!(marks >> (a - x->asked) & 1))
        return OSLER_OK;
    for (size_t n = 0; n < a->count && status == OSLER_OK; n++) {
        struct prune_list *l = &a->lists[n];
        l->present =
            enter(l, document, &status, error) && postings_document(&l->postings) == document;
        if (!l->present)
            continue;
        a->present = true;
        weighed += weigh_bound(l, postings_bound(&l->postings, l->ahead));
    }
    a->part = !a->present     ? 0
              : a->count == 1 ? a->bound
                              : score_saturate(x->work->lists.idf[a->asked], weighed);
    return status;
}

/* Read what the document has of one thing: its part of the score. */
static osler_status score_part(struct prune *x, struct prune_asked *a, const uint16_t *lengths,
                               osler_error *error)
{
    osler_status status = OSLER_OK;
    score_pool pool = {.used = 0};
    for (size_t n = 0; n < a->count && status == OSLER_OK; n++)
        if (a->lists[n].present)
            status = rank_pool(&a->lists[n].postings, &a->lists[n].list->how, &pool, error);
    a->present = pool.used != 0;
    a->part = a->present ? score_saturate(x->work->lists.idf[a->asked],
                                          score_weigh(&x->work->model, &pool, lengths))
                         : 0;
    return status;
}

/* Score a document: first by what it has, `marks` of which may be known (else all bits), and only
 * if that may be enough by how often and where it has it. */
static osler_status score_document(struct prune *x, uint32_t document, unsigned marks,
                                   osler_error *error)
{
    double threshold = top_threshold(&x->work->top), most = x->sum, score = 0;
    const uint16_t *lengths = NULL;
    bool has = false;
    osler_status status = OSLER_OK;
    for (size_t k = x->asked_count; k-- > 0;) {
        struct prune_asked *a = x->by_bound[k];
        status = find_present(x, a, document, marks, error);
        most += a->part - a->bound;
        if (status || most < threshold)
            return status;
    }
    status = reader_get_lengths(x->work->index, x->segment, document, &lengths, error);
    for (size_t k = x->asked_count; k-- > 0 && status == OSLER_OK;) {
        struct prune_asked *a = x->by_bound[k];
        double before = a->part;
        if (a->present)
            status = score_part(x, a, lengths, error);
        has = has || a->present;
        most += a->part - before;
        if (most < threshold)
            return status;
    }
    for (size_t k = 0; k < x->asked_count; k++)
        score += x->asked[k].part;
    top_scored scored = {document, score_round(score)};
    return status || !has ? status
                          : top_add(&x->work->top, x->work->index, x->segment, scored, error);
}

/* The next document >= `from`, at most `last`, that has something of what is needed. */
static bool next_document(struct prune *x, uint32_t from, uint32_t last, uint32_t *out,
                          osler_status *status, osler_error *error)
{
    bool found = false;
    for (size_t k = x->needed; k < x->asked_count; k++) {
        struct prune_asked *a = x->by_bound[k];
        for (size_t n = 0; n < a->count; n++) {
            if (!enter(&a->lists[n], from, status, error)) {
                if (*status)
                    return false;
                continue;
            }
            uint32_t document = postings_document(&a->lists[n].postings);
            if (document <= last) {
                last = document;
                found = true;
            }
        }
    }
    *out = last;
    return found;
}

/* The first document >= `from` that may be a result; false when there is none up to `last`. */
static bool next_allowed(const struct prune *x, uint32_t from, uint32_t last, uint32_t *out)
{
    index_number member;
    *out = from;
    if (from > last || !x->work->within)
        return from <= last;
    if (!index_set_next(x->work->within, x->segment->first + from, &member))
        return false;
    *out = member - x->segment->first;
    return *out <= last;
}

/* Let the lengths of the documents of the only list be fetched. */
static void prefetch(struct prune *x, uint32_t from, osler_status *status, osler_error *error)
{
    const postings *p = &x->lists[0].postings;
    if (enter(&x->lists[0], from, status, error))
        for (uint32_t at = p->at; at < p->count; at++)
            reader_prefetch_lengths(x->segment, p->documents[at]);
}

/* How many headings a document of the block at work may have to be good enough. */
static int most_headings(struct prune *x)
{
    const struct prune_list *l = &x->lists[0];
    double threshold = top_threshold(&x->work->top);
    bool major = false;
    for (const unsigned char *at = l->postings.payloads.at; at < l->postings.payloads.end; at++)
        major |= *at != 0;
    if (threshold != x->reckoned || x->most[major] < 0) {
        x->most[0] = x->most[1] = -1;
        x->reckoned = threshold;
        x->most[major] = threshold < 0 ? UINT16_MAX
                                       : score_most_headings(&x->work->model, &l->list->how,
                                                             x->work->lists.idf[l->list->asked],
                                                             major, threshold);
    }
    return x->most[major];
}

/* The only list is one of a heading, whose score but for the topic's weight depends on how many
 * headings a document has: most are told by that. */
static osler_status walk_headings(struct prune *x, uint32_t from, uint32_t last, osler_error *error)
{
    osler_status status = OSLER_OK;
    postings *p = &x->lists[0].postings;
    if (!enter(&x->lists[0], from, &status, error))
        return status;
    int most = most_headings(x);
    for (uint32_t at = p->at; at < p->count && p->documents[at] <= last; at++) {
        const uint16_t *lengths;
        uint32_t document = p->documents[at];
        if (!rank_may(x->work, x->segment, document))
            continue;
        status = reader_get_lengths(x->work->index, x->segment, document, &lengths, error);
        if (status == OSLER_OK && lengths[INDEX_HEADINGS] <= most)
            status = score_document(x, document, ~0U, error);
        if (status)
            return status;
    }
    return status;
}

/* Walk through the documents that have something of what is needed. */
static osler_status walk_stretch(struct prune *x, uint32_t from, uint32_t last, osler_error *error)
{
    osler_status status = OSLER_OK;
    uint32_t document;
    if (x->count == 1 && score_is_heading(x->lists[0].list->how.kind))
        return walk_headings(x, from, last, error);
    if (x->count == 1 && !x->work->within)
        prefetch(x, from, &status, error);
    while (status == OSLER_OK && next_allowed(x, from, last, &from) &&
           next_document(x, from, last, &document, &status, error)) {
        if (rank_may(x->work, x->segment, document))
            status = score_document(x, document, ~0U, error);
        if (status)
            break;
        from = document + 1;
    }
    return status;
}

/* Let all lists leave their marks. */
static osler_status mark_stretch(struct prune *x, uint32_t from, uint32_t last, osler_error *error)
{
    osler_status status = OSLER_OK;
    memset(x->marks, 0, last - from + 1);
    for (size_t k = 0; k < x->asked_count; k++) {
        for (size_t n = 0; n < x->asked[k].count; n++) {
            struct prune_list *l = &x->asked[k].lists[n];
            const postings *p = &l->postings;
            if (!enter(l, from, &status, error)) {
                if (status)
                    return status;
                continue;
            }
            for (uint32_t at = p->at; at < p->count && p->documents[at] <= last; at++)
                x->marks[p->documents[at] - from] |= (unsigned char)(1U << k);
        }
    }
    return status;
}

/* Find out which marks are enough. */
static void weigh_marks(struct prune *x)
{
    double threshold = top_threshold(&x->work->top), sums[1 << MOST_MARKS];
    sums[0] = 0;
    x->enough[0] = false;
    for (unsigned marks = 1; marks < 1U << x->asked_count; marks++) {
        sums[marks] = sums[marks & (marks - 1)] + x->asked[__builtin_ctz(marks)].bound;
        x->enough[marks] = sums[marks] >= threshold;
    }
}

static osler_status score_marked(struct prune *x, uint32_t from, uint32_t last, osler_error *error)
{
    osler_status status = mark_stretch(x, from, last, error);
    weigh_marks(x);
    size_t count = 0;
    for (uint32_t k = 0; k <= last - from && status == OSLER_OK; k++) {
        if (!x->enough[x->marks[k]] || !rank_may(x->work, x->segment, from + k))
            continue;
        reader_prefetch_lengths(x->segment, from + k);
        x->chosen[count++] = (uint16_t)k;
    }
    for (size_t k = 0; k < count && status == OSLER_OK; k++)
        status = score_document(x, from + x->chosen[k], x->marks[x->chosen[k]], error);
    return status;
}

/* About how many documents a list has in a stretch of so many. */
static double guess(const struct prune_list *l, uint32_t span)
{
    const postings *p = &l->postings;
    if (l->ahead == p->blocks)
        return 0;
    uint32_t before = l->ahead ? postings_last(p, l->ahead - 1) : 0;
    uint32_t block = postings_last(p, l->ahead) - before + 1;
    return SEGMENT_BLOCK * (double)span / (block < SEGMENT_BLOCK ? SEGMENT_BLOCK : block);
}

/* True when marks cost less than looking up the documents that have something of what is needed. */
static bool should_mark(const struct prune *x, uint32_t span)
{
    double all = 0, needed = 0;
    if (x->asked_count < 2 || x->asked_count > MOST_MARKS)
        return false;
    for (size_t k = 0; k < x->asked_count; k++) {
        const struct prune_asked *a = x->by_bound[k];
        for (size_t n = 0; n < a->count; n++) {
            double share = guess(&a->lists[n], span);
            all += share;
            needed += k >= x->needed ? share : 0;
        }
    }
    return needed * x->work->share * COST_OF_SEEK * (double)(x->asked_count - 1) > all;
}

static osler_status score_stretch(struct prune *x, uint32_t from, uint32_t last, osler_error *error)
{
    return should_mark(x, last - from + 1) ? score_marked(x, from, last, error)
                                           : walk_stretch(x, from, last, error);
}

osler_status rank_prune(rank_work *w, size_t segment, osler_error *error)
{
    const asked_segment *s = &w->lists.segments[segment];
    if (s->count == 0)
        return OSLER_OK;
    struct prune *x = memory_alloc(sizeof *x);
    x->work = w;
    x->segment = &w->index->segments[segment];
    x->lists = memory_alloc(s->count * sizeof *x->lists);
    x->asked = memory_alloc(s->count * sizeof *x->asked);
    x->by_bound = memory_alloc(s->count * sizeof *x->by_bound);
    osler_status status = open_lists(x, s, error);
    uint32_t end = x->segment->header.documents - 1, last;
    bool worth = status == OSLER_OK && choose_for_all(x);
    for (uint32_t from = 0; worth && status == OSLER_OK && next_allowed(x, from, end, &from);
         from = last + 1) {
        last = find_stretch(x, from);
        if (choose(x))
            status = score_stretch(x, from, last, error);
    }
    for (size_t k = 0; k < x->count; k++)
        postings_close(&x->lists[k].postings);
    memory_free(x->lists);
    memory_free(x->asked);
    memory_free(x->by_bound);
    memory_free(x);
    return status;
}
