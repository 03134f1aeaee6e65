/* The best documents so far: a heap of them, and their total order. */
#include "index/top.h"

#include "base/memory.h"

#include <stdlib.h>

void top_free(top *t)
{
    memory_free(t->entries);
}

/* Negative when `a` stands before `b` in the results. */
static int compare(const top_entry *a, const top_entry *b)
{
    if (a->score != b->score)
        return a->score > b->score ? -1 : 1;
    if (a->year != b->year)
        return a->year > b->year ? -1 : 1;
    if (a->pmid != b->pmid)
        return a->pmid < b->pmid ? -1 : 1;
    if (a->source != b->source)
        return a->source < b->source ? -1 : 1;
    if (a->citation != b->citation)
        return a->citation < b->citation ? -1 : 1;
    return (a->document > b->document) - (a->document < b->document);
}

static int compare_entries(const void *left, const void *right)
{
    return compare(left, right);
}

/* Put `e` into the heap from place `at` down, where there is a hole. */
static void sift_down(top *t, size_t at, top_entry e)
{
    for (size_t child; (child = 2 * at + 1) < t->count; at = child) {
        if (child + 1 < t->count && compare(&t->entries[child + 1], &t->entries[child]) > 0)
            child++;
        if (compare(&t->entries[child], &e) <= 0)
            break;
        t->entries[at] = t->entries[child];
    }
    t->entries[at] = e;
}

osler_status top_add(top *t, index *i, reader_segment *s, top_scored scored, osler_error *error)
{
    bool full = top_is_full(t);
    const unsigned char *facts;
    if (full && scored.score < t->entries[0].score)
        return OSLER_OK;
    osler_status status = OSLER_OK;
    if (full && scored.score == t->entries[0].score && s->header.form > 1) {
        index_date date; /* quicker to read than the facts, and mostly enough */
        status = reader_get_date(i, s, scored.document, &date, error);
        if (status || date.year < t->entries[0].year)
            return status;
    }
    status = reader_get_facts(i, s, scored.document, &facts, error);
    if (status)
        return status;
    top_entry e = {.score = scored.score,
                   .document = s->first + scored.document,
                   .pmid = coding_get_u32(facts + FACTS_PMID) - 1,
                   .citation = (int64_t)coding_get_u64(facts + FACTS_CITATION),
                   .source = (uint32_t)s->source_number,
                   .year = (uint16_t)coding_get_u16(facts + FACTS_YEAR)};
    if (full) {
        if (compare(&e, &t->entries[0]) < 0)
            sift_down(t, 0, e);
        return OSLER_OK;
    }
    if (t->count == t->room) {
        t->room = t->room ? t->room * 2 : 64;
        t->entries = memory_resize(t->entries, t->room * sizeof *t->entries);
    }
    t->entries[t->count++] = e;
    if (top_is_full(t))
        for (size_t at = t->count / 2; at-- > 0;)
            sift_down(t, at, t->entries[at]);
    return OSLER_OK;
}

index_result *top_results(top *t, arena *memory)
{
    index_result *results = arena_alloc(memory, (t->count + 1) * sizeof *results);
    if (t->count)
        qsort(t->entries, t->count, sizeof *t->entries, compare_entries);
    for (size_t k = 0; k < t->count; k++)
        results[k] =
            (index_result){t->entries[k].document, (double)t->entries[k].score / SCORE_DECIMALS};
    return results;
}
