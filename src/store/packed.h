/*
 * Packed records as the library holds them: compressed each alone, or as a place in a block of
 * several that were compressed together, which takes less room and time.
 */
#ifndef STORE_PACKED_H
#define STORE_PACKED_H

#include "store/database.h"

/* Add to `b` the place of a record: what tables have in the place of its compressed bytes. */
void packed_add_place(buf *b, int64_t block, size_t start, size_t length);

/* Expand what a table has of a record into s->current; false into `*sound` when it cannot be. */
OSLER_MUST_USE osler_status packed_expand(store *s, str data, bool *sound, osler_error *error);

/* The block that was read last may be another one now. */
void packed_forget(store *s);

#endif
