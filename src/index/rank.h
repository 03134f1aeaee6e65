/* A ranking at work, segment by segment. */
#ifndef INDEX_RANK_H
#define INDEX_RANK_H

#include "index/asked.h"
#include "index/top.h"

typedef struct rank_work {
    index *index;
    const index_set *within; /* NULL: all */
    double share;            /* of all documents that are in it */
    asked_lists lists;
    score_model model;
    top top;
} rank_work;

/* True when a document of the segment may be among the results. */
static inline bool rank_may(const rank_work *w, const reader_segment *s, uint32_t document)
{
    return !reader_is_dead(s, document) &&
           (!w->within || index_set_has(w->within, s->first + document));
}

/* Add the payload of the document that the postings stand on to a pool, and step over it. Positions
 * cannot be read from these postings any more. */
OSLER_MUST_USE osler_status rank_pool(postings *p, const score_term *how, score_pool *pool,
                                      osler_error *error);

/* Score all documents of a segment. */
OSLER_MUST_USE osler_status rank_scan(rank_work *w, size_t segment, osler_error *error);

/* Score those documents of a segment that can enter the results. */
OSLER_MUST_USE osler_status rank_prune(rank_work *w, size_t segment, osler_error *error);

#endif
