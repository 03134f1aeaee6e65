/* The number of participants, and of studies, that a record states. */
#ifndef APPRAISE_SIZES_H
#define APPRAISE_SIZES_H

#include "appraise/witnesses.h"

typedef struct sizes {
    long n;               /* 0: not stated */
    const char *kind;     /* static */
    const char *sentence; /* the arena's */
    const passage *where; /* of the testimony */
    long studies;         /* of a synthesis; 0: not stated */
    const char *studies_sentence;
    const passage *studies_where;
} sizes;

/* Choose among the matches of sizes.def for a record of this design. */
void sizes_of(arena *memory, sizes *out, const testimony *t, claim design);

#endif
