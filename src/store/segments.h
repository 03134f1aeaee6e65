/* The search index in the library file: its segments, written and merged with the records. */
#ifndef STORE_SEGMENTS_H
#define STORE_SEGMENTS_H

#include "index/index.h"
#include "store/database.h"

/* Add the document of a citation that has none, or take out that of one: inside a transaction. */
void segments_add(store *s, const index_document *document);
/* The same; the document stays until store_take_over(). */
void segments_lend(store *s, const index_document *document);
OSLER_MUST_USE osler_status segments_drop(store *s, int64_t citation, osler_error *error);

/* As index_writer_add_flags(), of a document of this transaction. */
bool segments_add_flags(store *s, int64_t citation, uint32_t flags);

/* Write a segment when the gathered documents take much memory. */
OSLER_MUST_USE osler_status segments_flush_full(store *s, osler_error *error);

/* Before the commit: write what was gathered, and merge.  Segments are merged by the power of eight
 * of their documents: eight of one power become one, with all smaller ones; and a segment of which
 * more than a quarter is dead is written anew. */
OSLER_MUST_USE osler_status segments_settle(store *s, osler_error *error);

/* The transaction has ended, or was rolled back. */
void segments_forget(store *s);

/* True when much memory holds what was read of the index. */
bool segments_hold_much(const store *s);
void segments_free(store *s);

/* The living documents that have the term, those of this transaction included: the citations that
 * it stands for, rising; `most` at most, those that the oldest segments name first.  The arena's.
 */
OSLER_MUST_USE osler_status segments_find(store *s, arena *memory, str term, size_t most,
                                          store_ids *out, osler_error *error);

#endif
