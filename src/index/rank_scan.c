/* Scoring all documents: scores are added up for a window of documents after the other. */
#include "base/memory.h"
#include "index/rank.h"

#include <string.h>

enum {
    WINDOW = 2048,
    AHEAD = 8 /* documents whose lengths are fetched in advance */
};

struct scan_list {
    postings postings;
    const asked_list *list;
    bool ended;
};

struct scan {
    rank_work *work;
    reader_segment *segment;
    struct scan_list *lists;
    size_t count;
    uint32_t start, end; /* the window: from `start`, before `end` */
    double scores[WINDOW];
    uint64_t touched[WINDOW / 64]; /* the documents of the window that have a score */
    /* The alternatives of one thing asked for, pooled in the documents that have any. */
    score_pool *pools;
    uint16_t *pooled;         /* place in the window of each pool */
    uint16_t pool_of[WINDOW]; /* the pool of a document, plus 1 */
    size_t pool_count;
};

static osler_status add_score(struct scan *x, size_t asked, uint32_t document,
                              const score_pool *pool, osler_error *error)
{
    const uint16_t *lengths;
    uint32_t place = document - x->start;
    if (!pool->used)
        return OSLER_OK;
    osler_status status = reader_get_lengths(x->work->index, x->segment, document, &lengths, error);
    if (status)
        return status;
    uint64_t bit = UINT64_C(1) << (place % 64);
    double part =
        score_saturate(x->work->lists.idf[asked], score_weigh(&x->work->model, pool, lengths));
    x->scores[place] = x->touched[place / 64] & bit ? x->scores[place] + part : part;
    x->touched[place / 64] |= bit;
    return OSLER_OK;
}

/* Stand on the first document of the window; false when the list has none there. */
static bool enter_window(struct scan *x, struct scan_list *l, osler_status *status,
                         osler_error *error)
{
    *status = OSLER_OK;
    if (l->ended)
        return false;
    *status = postings_seek(&l->postings, x->start, error);
    l->ended = *status == OSLER_END;
    if (l->ended)
        *status = OSLER_OK;
    return *status == OSLER_OK && !l->ended && postings_document(&l->postings) < x->end;
}

/* The pool of a document. */
static score_pool *pool_of(struct scan *x, uint32_t document)
{
    uint32_t place = document - x->start;
    if (!x->pool_of[place]) {
        x->pooled[x->pool_count] = (uint16_t)place;
        x->pools[x->pool_count].used = 0;
        x->pool_of[place] = (uint16_t)++x->pool_count;
    }
    return &x->pools[x->pool_of[place] - 1];
}

/* Go through the documents of a list in the window: score them, or pool them when others follow. */
static osler_status scan_list(struct scan *x, struct scan_list *l, bool alone, osler_error *error)
{
    osler_status status;
    for (bool more = enter_window(x, l, &status, error); more;) {
        uint32_t document = postings_document(&l->postings);
        if (document >= x->end)
            break;
        if (l->postings.at + AHEAD < l->postings.count)
            reader_prefetch_lengths(x->segment, l->postings.documents[l->postings.at + AHEAD]);
        if (rank_may(x->work, x->segment, document)) {
            score_pool own = {0}, *pool = alone ? &own : pool_of(x, document);
            status = rank_pool(&l->postings, &l->list->how, pool, error);
            if (status == OSLER_OK && alone)
                status = add_score(x, l->list->asked, document, pool, error);
        }
        if (status == OSLER_OK)
            status = postings_next(&l->postings, error);
        l->ended = status == OSLER_END;
        more = status == OSLER_OK;
    }
    return status == OSLER_END ? OSLER_OK : status;
}

/* Score what was pooled. */
static osler_status add_pools(struct scan *x, size_t asked, osler_error *error)
{
    osler_status status = OSLER_OK;
    for (size_t k = 0; k < x->pool_count; k++) {
        if (status == OSLER_OK)
            status = add_score(x, asked, x->start + x->pooled[k], &x->pools[k], error);
        x->pool_of[x->pooled[k]] = 0;
    }
    x->pool_count = 0;
    return status;
}

/* Hand the scores of the window on. */
static osler_status finish_window(struct scan *x, osler_error *error)
{
    rank_work *w = x->work;
    for (uint32_t k = 0; k < WINDOW / 64; k++) {
        for (; x->touched[k]; x->touched[k] &= x->touched[k] - 1) {
            uint32_t place = k * 64 + (uint32_t)__builtin_ctzll(x->touched[k]);
            top_scored scored = {x->start + place, score_round(x->scores[place])};
            osler_status status = top_add(&w->top, w->index, x->segment, scored, error);
            if (status)
                return status;
        }
    }
    return OSLER_OK;
}

static osler_status scan_window(struct scan *x, osler_error *error)
{
    osler_status status = OSLER_OK;
    for (size_t k = 0, next; k < x->count && status == OSLER_OK; k = next) {
        size_t asked = x->lists[k].list->asked;
        for (next = k + 1; next < x->count && x->lists[next].list->asked == asked; next++)
            ;
        for (size_t n = k; n < next && status == OSLER_OK; n++)
            status = scan_list(x, &x->lists[n], next - k == 1, error);
        osler_status pooled = add_pools(x, asked, status ? NULL : error);
        status = status ? status : pooled;
    }
    return status ? status : finish_window(x, error);
}

/* The first document >= `from` that a window may begin with; `documents` when there is none. */
static uint32_t next_start(const struct scan *x, uint32_t from)
{
    uint32_t documents = x->segment->header.documents;
    index_number member;
    if (!x->work->within)
        return from;
    if (!index_set_next(x->work->within, x->segment->first + from, &member) ||
        member - x->segment->first >= documents)
        return documents;
    return member - x->segment->first;
}

osler_status rank_scan(rank_work *w, size_t segment, osler_error *error)
{
    const asked_segment *s = &w->lists.segments[segment];
    if (s->count == 0)
        return OSLER_OK;
    struct scan *x = memory_alloc(sizeof *x);
    osler_status status = OSLER_OK;
    x->work = w;
    x->segment = &w->index->segments[segment];
    x->lists = memory_alloc(s->count * sizeof *x->lists);
    x->pools = memory_alloc(WINDOW * sizeof *x->pools);
    x->pooled = memory_alloc(WINDOW * sizeof *x->pooled);
    for (; x->count < s->count && status == OSLER_OK; x->count++) {
        x->lists[x->count].list = &s->items[x->count];
        status = asked_open(&x->lists[x->count].postings, w->index, x->segment, &s->items[x->count],
                            error);
    }
    uint32_t documents = x->segment->header.documents;
    for (uint32_t at = 0; status == OSLER_OK && (at = next_start(x, at)) < documents; at = x->end) {
        x->start = at;
        x->end = documents - at < WINDOW ? documents : at + WINDOW;
        status = scan_window(x, error);
    }
    for (size_t k = 0; k < x->count; k++)
        postings_close(&x->lists[k].postings);
    memory_free(x->lists);
    memory_free(x->pools);
    memory_free(x->pooled);
    memory_free(x);
    return status;
}
