/* Looking for all patterns in a passage. */
#ifndef APPRAISE_MATCHING_H
#define APPRAISE_MATCHING_H

#include "appraise/program.h"

typedef struct match {
    unsigned row;
    const passage *passage;
    size_t from, to; /* tokens; `to` is excluded */
    size_t number;   /* the token of #n; `to` when there is none */
} match;

typedef struct match_list {
    match *items;
    size_t count;
} match_list;

/* Many times what an abstract gives: what is found is compared pair by pair. */
enum { MOST_MATCHES = 4000 };

/* Add to `out` (the arena's) every match of every pattern in `p`, up to MOST_MATCHES in all. */
void patterns_match(const pattern_set *set, arena *memory, match_list *out, const passage *p);

#endif
