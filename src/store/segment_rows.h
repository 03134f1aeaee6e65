/* Segments as rows of the tables index_segment, index_chunk and index_key. */
#ifndef STORE_SEGMENT_ROWS_H
#define STORE_SEGMENT_ROWS_H

#include "index/segment.h"
#include "store/database.h"

/* The number of the row of a chunk. */
int64_t segment_row_key(int64_t segment, enum index_part part, uint64_t number);

/* Where one segment is written to; it outlives the sink. */
struct segment_rows {
    store *s;
    int64_t segment;
};
index_sink segment_rows_sink(struct segment_rows *rows);

OSLER_MUST_USE osler_status segment_row_add(store *s, int64_t number, const index_header *header,
                                            osler_error *error);
OSLER_MUST_USE osler_status segment_row_bury(store *s, int64_t number, str tombstones,
                                             const index_sums *dead, osler_error *error);
/* The segment with all its chunks. */
OSLER_MUST_USE osler_status segment_row_drop(store *s, int64_t number, osler_error *error);

/* A row of STATEMENT_ALL_SEGMENTS; `tombstones` is filled.  False when it is damaged. */
OSLER_MUST_USE bool segment_row_read(sqlite3_stmt *row, int64_t *number, index_header *header,
                                     buf *tombstones, index_sums *dead);

/* A source over the library as this connection sees it.  You own it: segment_reader_free(). */
typedef struct segment_reader segment_reader;
segment_reader *segment_reader_new(store *s);
/* What it has read is not released. */
void segment_reader_keep(segment_reader *r);
void segment_reader_free(segment_reader *r);
/* The bytes that it has lent. */
size_t segment_reader_held(const segment_reader *r);
index_source segment_reader_source(segment_reader *r);

/* How much it has lent and not got back. */
size_t segment_reader_bytes(const segment_reader *r);

#endif
