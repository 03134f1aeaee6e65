/* Entries of dictionaries that were looked up: a ranking asks for the same terms again and again.
 */
#ifndef INDEX_MEMO_H
#define INDEX_MEMO_H

#include "base/arena.h"
#include "index/coding.h"

/* What was found of a term of a segment. */
typedef struct memo_found {
    str term;            /* empty: a free slot */
    const void *segment; /* which one: its address */
    osler_status status; /* OSLER_OK or OSLER_ENOTFOUND */
    coding_term entry;
} memo_found;

/* Start from zeroes; end with memo_free(). */
typedef struct memo {
    arena memory;
    memo_found *slots; /* open addressing */
    size_t size, count;
} memo;

/* What was found of it; NULL: not looked up yet.  Lent until the next memo_keep(). */
const memo_found *memo_find(const memo *m, const void *segment, str term);

/* Remember what was not there; once there is much, no more. */
void memo_keep(memo *m, const memo_found *found);

void memo_free(memo *m);

#endif
