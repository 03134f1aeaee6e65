/* The best documents so far, in the order of results. */
#ifndef INDEX_TOP_H
#define INDEX_TOP_H

#include "index/reader.h"
#include "index/score.h"

typedef struct top_entry {
    int64_t score; /* rounded: score_round() */
    index_number document;
    uint32_t pmid; /* minus 1: none is the highest */
    int64_t citation;
    uint32_t source;
    uint16_t year;
} top_entry;

/* You own it: top_free().  Start from all zero but `most`, 0: no limit. */
typedef struct top {
    size_t most;
    top_entry *entries; /* a heap, the worst first, once there are `most` */
    size_t count, room;
} top;

void top_free(top *t);

static inline bool top_is_full(const top *t)
{
    return t->most && t->count == t->most;
}

/* The least sum of floating-point parts with which a document might still enter. */
static inline double top_threshold(const top *t)
{
    if (!top_is_full(t))
        return -1;
    return ((double)t->entries[0].score - 0.5) / SCORE_DECIMALS * (1 - 1e-9) - 1e-9;
}

/* A document and its rounded score. */
typedef struct top_scored {
    uint32_t document; /* of the segment */
    int64_t score;
} top_scored;

/* Let a document of a segment in, if it is good enough. */
OSLER_MUST_USE osler_status top_add(top *t, index *i, reader_segment *s, top_scored scored,
                                    osler_error *error);

/* The entries, best first; the arena's. */
index_result *top_results(top *t, arena *memory);

#endif
