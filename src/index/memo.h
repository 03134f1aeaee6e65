/* What was looked up in dictionaries: a ranking asks for the same terms again and again. */
#ifndef INDEX_MEMO_H
#define INDEX_MEMO_H

#include "index/coding.h"
#include <osler/base.h>

typedef struct memo memo;
void memo_free(memo *m);

/* What was found for a term of a segment, or that it was not found; false: it was not looked up.
 * `m` may be NULL. */
bool memo_find(const memo *m, const void *segment, str term, coding_term *out,
               osler_status *status);

/* Keep it; `*m` is made when it is NULL. */
void memo_add(memo **m, const void *segment, str term, const coding_term *entry,
              osler_status status);

#endif
