/* How many documents of a set have each value: of the facts, or of a kind of terms. */
#ifndef QUERY_TALLY_H
#define QUERY_TALLY_H

#include "index/index.h"

/* One value. */
typedef struct tally_value {
    str value; /* the arena's */
    uint64_t count;
    index_number example; /* a document that has it */
} tally_value;

typedef struct tally {
    arena *memory; /* owns all of it */
    struct {
        tally_value *items;
        size_t count;
    } values;
    index_set without; /* documents that have no value yet */
} tally;

/* Start: no document of `set` has a value. */
void tally_start(tally *t, arena *memory, const index *i, const index_set *set);

/* Count years of publication, or codes of designs. */
OSLER_MUST_USE osler_status tally_years(tally *t, index *i, const index_set *set,
                                        osler_error *error);
OSLER_MUST_USE osler_status tally_designs(tally *t, index *i, const index_set *set,
                                          osler_error *error);

/* Which terms are counted. */
typedef struct tally_kind {
    enum index_kind kind;
    bool (*takes)(str value); /* NULL: all of the kind */
    bool
        once; /* a document counts for the first of its values alone, and only if it has none yet */
} tally_kind;

OSLER_MUST_USE osler_status tally_terms(tally *t, index *i, const index_set *set,
                                        const tally_kind *kind, osler_error *error);

/* Put the most frequent first, then the lower value. */
void tally_order(tally *t);

#endif
