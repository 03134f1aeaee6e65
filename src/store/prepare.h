/* What can be made of a record before its place in the library is known: on any thread. */
#ifndef STORE_PREPARE_H
#define STORE_PREPARE_H

#include "base/digest.h"
#include "index/document.h"
#include "store/store.h"

/* One a thread.  It never touches the connection that writes. */
typedef struct store_preparer store_preparer;

/* A record that arrives, what was found in it, and the bytes it came from. */
typedef struct store_incoming {
    const osler_record *record;
    const osler_appraisal *appraisal;
    str original;
} store_incoming;

/* The originals of several records, or several packed records, compressed as one. */
typedef struct store_block {
    str data;
    int64_t id; /* of its row; 0 until the first of its records is put */
} store_block;

/* Lent: what it points to lives in the arena it was prepared in, or where the record does. */
typedef struct store_prepared {
    store_incoming
        incoming; /* record NULL: known, nothing but the digests and the citation is set */
    int64_t citation;
    digest digest, original_digest;     /* of the packed record; of the original, if there is one */
    str packed;                         /* not compressed as long as it waits for a block */
    store_block *together;              /* what it is compressed in with others; NULL: alone */
    size_t packed_start, packed_length; /* its place in there */
    index_document document;            /* its citation is not set */
    store_block *block;                 /* NULL: the original is not kept */
    size_t start;                       /* of the original in the block */
    bool keep_original;                 /* of a known one, if it is read after all */
    bool stays;                         /* the document: until store_take_over() gets its arena */
} store_prepared;

/*
 * Inside a transaction of `s`, on its thread; the preparer may then go to another one.  You own
 * `*out`: store_preparer_free(), before the transaction ends.
 */
OSLER_MUST_USE osler_status store_preparer_new(store_preparer **out, store *s, bool keep_original,
                                               osler_error *error);
void store_preparer_free(store_preparer *p);

/*
 * Before parsing: true when the library holds a record with exactly these bytes as the current
 * version of its PMID, and read and appraised it by the rules of today (STORE_RULES); the bytes
 * too, if the preparer keeps them.  Then `out` is all that store_put_prepared() needs; `original`
 * must outlive it.
 */
bool store_prepare_known(store_preparer *p, arena *memory, str original, store_prepared *out);

/*
 * After parsing and appraising a record.  Its document lives in `documents`, which may be `memory`.
 * OSLER_ELIMIT: it is too large for a library, and fails alone.
 */
OSLER_MUST_USE osler_status store_prepare(store_preparer *p, arena *memory, arena *documents,
                                          const store_incoming *incoming, store_prepared *out,
                                          osler_error *error);

/*
 * Make one block of the originals of `count` prepared records, and of their packed records as many
 * as are good to read; known ones and those without are passed over.  The blocks are the arena's.
 * Without it nothing that a preparer of store_preparer_new() has prepared may be put.  What stands
 * together here decides the bytes of the library: it must not depend on the timing of threads.
 */
void store_prepare_blocks(store_preparer *p, arena *memory, store_prepared *const *items,
                          size_t count);

/*
 * As store_put(), on the thread of `s`; `arrival->original` is not looked at.  The first record of
 * a block that is put writes it.
 */
OSLER_MUST_USE osler_status store_put_prepared(store *s, const store_prepared *prepared,
                                               const store_arrival *arrival, store_change *change,
                                               osler_error *error);

/*
 * All documents put since the last call whose records said that they stay live in `memory`, which
 * is exchanged for an arena without anything in it: they are indexed while others are put.
 */
void store_take_over(store *s, arena *memory);

/* The preparer of a store's own, and what makes documents in it. */
store_preparer *prepare_own(store *s);
struct facts_maker *prepare_own_facts(store *s);

/* Where a version belongs that another library has told of: for migrations. */
typedef struct store_place {
    enum { STORE_PLACE_CURRENT, STORE_PLACE_PAST, STORE_PLACE_DELETION } kind;
    int64_t citation, number, origin, first_origin;
    int64_t deleted; /* the origin that said so; 0: alive */
    unsigned line;
} store_place;

/* Put a version there, and nowhere else; the current one makes the citation. */
OSLER_MUST_USE osler_status store_put_version(store *s, const store_prepared *prepared,
                                              const store_place *place, osler_error *error);

#endif
