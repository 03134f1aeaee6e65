/* Putting postings into sets of documents. */
#ifndef INDEX_SETS_H
#define INDEX_SETS_H

#include "index/postings.h"

/* Add the living documents of the segment that have the term in one of `fields`. */
OSLER_MUST_USE osler_status sets_add_postings(postings *p, index_set *set, unsigned fields,
                                              osler_error *error);

/* Add to `*out` how many these are. */
OSLER_MUST_USE osler_status sets_count_postings(postings *p, unsigned fields, uint64_t *out,
                                                osler_error *error);

/* Add a document. */
static inline void sets_add(index_set *set, index_number document)
{
    set->bits[document / 64] |= UINT64_C(1) << (document % 64);
}

#endif
