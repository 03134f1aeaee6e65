/* Looking up in the dictionaries of segments: one key, or all that begin with some bytes. */
#ifndef INDEX_DICTIONARY_H
#define INDEX_DICTIONARY_H

#include "index/reader.h"

/* The entry of `term` in a segment, lent by its chunk; OSLER_ENOTFOUND when there is none. */
OSLER_MUST_USE osler_status dictionary_find(index *i, const reader_segment *s, str term,
                                            coding_term *out, osler_error *error);

/* A walk through the terms of a segment that begin with `prefix`, which outlives it. */
typedef struct dictionary_walk {
    index *index;
    const reader_segment *segment;
    str prefix;
    uint64_t chunk; /* the number of the next */
    coding_bytes left;
    buf key, before;
    coding_term term; /* of `key` */
    bool ended;
} dictionary_walk;

/* Start before the first term; dictionary_end() in any case. */
OSLER_MUST_USE osler_status dictionary_start(dictionary_walk *w, index *i, const reader_segment *s,
                                             str prefix, osler_error *error);
/* The next term, in `key` and `term`; OSLER_END behind the last. */
OSLER_MUST_USE osler_status dictionary_next(dictionary_walk *w, osler_error *error);
void dictionary_end(dictionary_walk *w);

#endif
