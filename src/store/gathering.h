/*
 * The documents of a transaction that are in no segment yet.  Those of a bulk load are gathered,
 * and written, on threads of their own; the result is the same bytes as without them.
 */
#ifndef STORE_GATHERING_H
#define STORE_GATHERING_H

#include "index/writer.h"

typedef struct gathering gathering;

/* You own it: gathering_free(). */
gathering *gathering_new(void);
void gathering_free(gathering *g); /* accepts NULL */

/* Add a document, of which nothing is needed afterwards. */
void gathering_add(gathering *g, const index_document *document);

/* Add a document that stays as it is until gathering_take_over() gets the arena it lives in. */
void gathering_lend(gathering *g, const index_document *document);

/* All that was lent lives in `memory`, which is exchanged for an arena without anything in it. */
void gathering_take_over(gathering *g, arena *memory);

/* What has been added, all of it, until the next call of another function. */
index_writer *gathering_writer(gathering *g);

/* About how many bytes of memory the documents take: it depends on them alone. */
size_t gathering_weight(const gathering *g);

/* index_writer_write(); `sink` is called on this thread. */
OSLER_MUST_USE osler_status gathering_write(gathering *g, const index_sink *sink,
                                            index_header *header, osler_error *error);

/* Forget all documents. */
void gathering_clear(gathering *g);

#endif
