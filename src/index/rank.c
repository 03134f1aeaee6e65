/* Ranking: what is asked for is looked up once, then segment by segment the best are kept. */
#include "index/rank.h"

#include "base/memory.h"

/*
 * Bounds of more lists than these seldom leave a document out: adding up the scores of all is then
 * faster.  tests/bench/bench_index.c: with 8 lists both take as long, with 10 pruning is faster yet
 * where some words are common, with 14 of two families likewise, with 20 it takes twice as long.
 */
enum { MOST_PRUNED = 15 };

/* Step over payloads up to that of the document at work, eight bytes at a time where no field
 * stands more than seven times; false when they end too early. */
static bool step_over(postings *p)
{
    const unsigned char *at = p->payloads.at, *end = p->payloads.end;
    uint32_t left = p->at - p->payload_at;
    while (left) {
        if (left >= 8 && end - at >= 8) {
            const uint64_t tops = UINT64_C(0x8080808080808080);
            uint64_t eight = coding_get_u64(at), ends = ~eight & tops;
            if (!(((eight & UINT64_C(0x7070707070707070)) + UINT64_C(0x1010101010101010)) & tops)) {
                left -= (uint32_t)((ends >> 7) * UINT64_C(0x0101010101010101) >> 56);
                at += 8;
                continue;
            }
        }
        if (at == end)
            return false;
        unsigned first = *at++;
        if ((first >> CODING_FIELD_BITS & CODING_MANY) == CODING_MANY) {
            coding_bytes rest = {at, end};
            if (!coding_skip_varints(&rest, 1))
                return false;
            at = rest.at;
        }
        left -= !(first & CODING_MORE);
    }
    p->payloads.at = at;
    return true;
}

osler_status rank_pool(postings *p, const score_term *how, score_pool *pool, osler_error *error)
{
    if (!step_over(p) || !score_add(pool, how, &p->payloads))
        return reader_damaged(p->segment, "documents of a term cannot be", error);
    p->payload_at = p->at + 1;
    return OSLER_OK;
}

/* Let the members that have nothing of what is asked in, with score 0. */
static osler_status add_members(rank_work *w, osler_error *error)
{
    arena memory = {0};
    index_set known = index_set_new(w->index, &memory);
    osler_status status = OSLER_OK;
    size_t k = 0; /* the segment of the member at hand */
    for (size_t e = 0; e < w->top.count; e++) {
        index_number document = w->top.entries[e].document;
        known.bits[document / 64] |= UINT64_C(1) << (document % 64);
    }
    for (index_number document = 0; index_set_next(w->within, document, &document); document++) {
        while (document - w->index->segments[k].first >= w->index->segments[k].header.documents)
            k++;
        reader_segment *s = &w->index->segments[k];
        if (index_set_has(&known, document) || reader_is_dead(s, document - s->first))
            continue;
        status = top_add(&w->top, w->index, s, (top_scored){document - s->first, 0}, error);
        if (status)
            break;
    }
    arena_free(&memory);
    return status;
}

osler_status index_rank(index *i, arena *memory, const index_ranking *ranking, index_result **out,
                        size_t *count, osler_error *error)
{
    rank_work w = {.index = i, .within = ranking->within, .top = {.most = ranking->most}};
    w.share = w.within && i->size ? (double)index_set_count(w.within) / i->size : 1;
    score_model_start(&w.model, &i->sums);
    osler_status status = asked_find(&w.lists, i, ranking->asked, ranking->count, error);
    bool prune = !ranking->exhaustive && ranking->most;
    for (size_t k = 0; k < i->count && status == OSLER_OK; k++)
        status = prune && w.lists.segments[k].count <= MOST_PRUNED ? rank_prune(&w, k, error)
                                                                   : rank_scan(&w, k, error);
    if (status == OSLER_OK && w.within && (!top_is_full(&w.top) || w.top.entries[0].score == 0))
        status = add_members(&w, error);
    *count = status == OSLER_OK ? w.top.count : 0;
    *out = status == OSLER_OK ? top_results(&w.top, memory) : NULL;
    asked_free(&w.lists);
    top_free(&w.top);
    return status;
}
