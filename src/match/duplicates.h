/* Which of many records are one work: pairs found by shared keys, judged, and joined to groups. */
#ifndef MATCH_DUPLICATES_H
#define MATCH_DUPLICATES_H

#include "base/arena.h"
#include <osler/dedupe.h>

struct duplicates {
    osler_duplicate_pair *pairs; /* first by `a`, then by `b`; each once */
    size_t count;
    size_t *groups; /* of each record the first one of its group, itself when it is alone */
};

/* Judge one pair; `reason` is static. */
osler_duplicate_verdict duplicates_judge(const char **reason, double *score, arena *scratch,
                                         const osler_record *a, const osler_record *b);

/* All pairs among `records` that are worth a word; what `out` holds is the arena's. */
void duplicates_find(struct duplicates *out, arena *memory, const osler_record *const *records,
                     size_t count);

#endif
