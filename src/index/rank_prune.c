/*
 * Scoring only what can enter the results.  The documents of a segment are cut into stretches in
 * which each list has one block; the bounds of the blocks say which of the things asked for a
 * document must have to be good enough, and only documents that have one of these are looked at.
 */
#include "base/memory.h"
#include "index/rank.h"

#include <math.h>
#include <string.h>

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
    score_pool pool;
};

struct prune {
    rank_work *work;
    reader_segment *segment;
    struct prune_list *lists;
    size_t count;
    struct prune_asked *asked;     /* in the order they were asked in */
    struct prune_asked **by_bound; /* the lowest first */
    size_t asked_count;
    size_t needed; /* a document must have one of by_bound[needed] and behind */
    double sum;    /* of all bounds */
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
                                 osler_error *error)
{
    osler_status status = OSLER_OK;
    double weighed = 0;
    a->present = false;
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

/* Read what the document has, and what that lets its part of the score be at the most. */
static osler_status read_pool(struct prune *x, struct prune_asked *a, osler_error *error)
{
    osler_status status = OSLER_OK;
    a->pool.used = 0;
    for (size_t n = 0; n < a->count && status == OSLER_OK; n++)
        if (a->lists[n].present)
            status = rank_pool(&a->lists[n].postings, &a->lists[n].list->how, &a->pool, error);
    double most =
        score_saturate(x->work->lists.idf[a->asked], score_limit(&x->work->model, &a->pool));
    if (most < a->part)
        a->part = most;
    return status;
}

/* Add up the parts of a document, now that it may be good enough. */
static osler_status add_parts(struct prune *x, uint32_t document, osler_error *error)
{
    const uint16_t *lengths;
    rank_work *w = x->work;
    bool has = false;
    double score = 0;
    osler_status status = reader_get_lengths(w->index, x->segment, document, &lengths, error);
    if (status)
        return status;
    for (size_t k = 0; k < x->asked_count; k++) {
        struct prune_asked *a = &x->asked[k];
        if (!a->present || !a->pool.used)
            continue;
        has = true;
        score += score_saturate(w->lists.idf[a->asked], score_weigh(&w->model, &a->pool, lengths));
    }
    top_scored scored = {document, score_round(score)};
    return has ? top_add(&w->top, w->index, x->segment, scored, error) : OSLER_OK;
}

/* Score a document that has something of what is needed: first by what it has, then by how often
 * and where, and only if that is enough by its lengths. */
static osler_status score_document(struct prune *x, uint32_t document, osler_error *error)
{
    double threshold = top_threshold(&x->work->top), most = x->sum;
    for (size_t k = x->asked_count; k-- > 0;) {
        struct prune_asked *a = x->by_bound[k];
        osler_status status = find_present(x, a, document, error);
        if (status)
            return status;
        most += a->part - a->bound;
        if (most < threshold)
            return OSLER_OK;
    }
    for (size_t k = x->asked_count; k-- > 0;) {
        struct prune_asked *a = x->by_bound[k];
        double before = a->part;
        osler_status status = a->present ? read_pool(x, a, error) : OSLER_OK;
        if (status)
            return status;
        most += a->part - before;
        if (most < threshold)
            return OSLER_OK;
    }
    return add_parts(x, document, error);
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

static osler_status score_stretch(struct prune *x, uint32_t from, uint32_t last, osler_error *error)
{
    osler_status status = OSLER_OK;
    uint32_t document;
    while (next_allowed(x, from, last, &from) &&
           next_document(x, from, last, &document, &status, error)) {
        if (rank_may(x->work, x->segment, document))
            status = score_document(x, document, error);
        if (status)
            break;
        from = document + 1;
    }
    return status;
}

osler_status rank_prune(rank_work *w, size_t segment, osler_error *error)
{
    const asked_segment *s = &w->lists.segments[segment];
    if (s->count == 0)
        return OSLER_OK;
    struct prune x = {.work = w, .segment = &w->index->segments[segment]};
    x.lists = memory_alloc(s->count * sizeof *x.lists);
    x.asked = memory_alloc(s->count * sizeof *x.asked);
    x.by_bound = memory_alloc(s->count * sizeof *x.by_bound);
    osler_status status = open_lists(&x, s, error);
    uint32_t end = x.segment->header.documents - 1, last;
    bool worth = status == OSLER_OK && choose_for_all(&x);
    for (uint32_t from = 0; worth && status == OSLER_OK && next_allowed(&x, from, end, &from);
         from = last + 1) {
        last = find_stretch(&x, from);
        if (choose(&x))
            status = score_stretch(&x, from, last, error);
    }
    for (size_t k = 0; k < x.count; k++)
        postings_close(&x.lists[k].postings);
    memory_free(x.lists);
    memory_free(x.asked);
    memory_free(x.by_bound);
    return status;
}
