/* What can be made of a record before its place in the library is known: on any thread. */
#ifndef STORE_PREPARE_H
#define STORE_PREPARE_H

#include "store/store.h"

/* One a thread.  It never touches the connection that writes. */
typedef struct store_preparer store_preparer;

/* A record that arrives, what was found in it, and the bytes it came from. */
typedef struct store_incoming {
    const osler_record *record;
    const osler_appraisal *appraisal;
    str original;
} store_incoming;

/* Lent: what it points to lives in the arena it was prepared in, or where the record does. */
typedef struct store_prepared {
    store_incoming incoming;
} store_prepared;

/*
 * Inside a transaction of `s`, on its thread; the preparer may then go to another one.  You own
 * `*out`: store_preparer_free(), before the transaction ends.
 */
OSLER_MUST_USE osler_status store_preparer_new(store_preparer **out, store *s, bool keep_original,
                                               osler_error *error);
void store_preparer_free(store_preparer *p);

/*
 * Before parsing: true when the library holds exactly these bytes as the current version.  Then
 * `out` is all that store_put_prepared() needs.
 */
bool store_prepare_known(store_preparer *p, arena *memory, str original, store_prepared *out);

/*
 * After parsing and appraising a record.  OSLER_ELIMIT: it is too large for a library, and fails
 * alone.
 */
OSLER_MUST_USE osler_status store_prepare(store_preparer *p, arena *memory,
                                          const store_incoming *incoming, store_prepared *out,
                                          osler_error *error);

/* As store_put(), on the thread of `s`; `arrival->original` is not looked at. */
OSLER_MUST_USE osler_status store_put_prepared(store *s, const store_prepared *prepared,
                                               const store_arrival *arrival, store_change *change,
                                               osler_error *error);

#endif
