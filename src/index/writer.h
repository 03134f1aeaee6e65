/* Writing segments: documents are gathered in memory and written as one segment. */
#ifndef INDEX_WRITER_H
#define INDEX_WRITER_H

#include "index/index.h"
#include "index/segment.h"

/* Documents gathered in memory.  You own it: index_writer_free(). */
typedef struct index_writer index_writer;
index_writer *index_writer_new(void);
void index_writer_free(index_writer *w);

/*
 * Add a document; what it lends is copied.  A document of a citation that was added since the last
 * index_writer_write() takes the place of the earlier one.
 */
void index_writer_add(index_writer *w, const index_document *document);

/* Take the document of a citation out again; false when there is none. */
bool index_writer_remove(index_writer *w, int64_t citation);

/*
 * Give the document of a citation all flags of the bits `flags`: those that it has not get their
 * terms, by `name_of` a bit.  False, and nothing done, when it is not there or has other flags.
 */
bool index_writer_add_flags(index_writer *w, int64_t citation, uint32_t flags,
                            const char *(*name_of)(unsigned bit));

/* The documents gathered, and about how many bytes of memory they take. */
size_t index_writer_count(const index_writer *w);
size_t index_writer_bytes(const index_writer *w);

/* The citations of the gathered documents that have the term, rising, each once; the arena's. */
size_t index_writer_find(index_writer *w, arena *memory, str term, int64_t **out);

/*
 * Write all documents as one segment and forget them.  The same documents give the same bytes in
 * whatever order they were added.
 */
OSLER_MUST_USE osler_status index_writer_write(index_writer *w, const index_sink *sink,
                                               index_header *header, osler_error *error);

/* Forget all documents. */
void index_writer_clear(index_writer *w);

/*
 * Write the living documents of the segments `numbers` of `source` as one new segment, in memory
 * that does not grow with their size.  Their citations may interleave, but no citation may live in
 * two of them.  `header->documents` may be 0: then nothing was put into the sink.
 */
OSLER_MUST_USE osler_status index_merge(const index_source *source, const int64_t *numbers,
                                        size_t count, const index_sink *sink, index_header *header,
                                        osler_error *error);

#endif
