/* Segments of an index kept in memory: a sink to write them to and a source to read them from. */
#ifndef INDEX_MEMORY_SEGMENTS_H
#define INDEX_MEMORY_SEGMENTS_H

#include "index/segment.h"

/* You own it: memory_segments_free(). */
typedef struct memory_segments memory_segments;
memory_segments *memory_segments_new(void);
void memory_segments_free(memory_segments *m);

/* Start a segment: the sink writes to the one that was started last.  Its number, from 1. */
int64_t memory_segments_start(memory_segments *m);
index_sink memory_segments_sink(memory_segments *m);

/* All segments that hold something. */
index_source memory_segments_source(memory_segments *m);

/* Mark a document of a segment as dead; false when it is dead already or there is none. */
bool memory_segments_kill(memory_segments *m, int64_t segment, uint32_t document);

/* Take a segment out. */
void memory_segments_remove(memory_segments *m, int64_t segment);

/* The bytes of a part, all its chunks, keys of dictionaries not counted. */
size_t memory_segments_bytes(const memory_segments *m, int64_t segment, enum index_part part);
/* True when two segments hold the same chunks. */
bool memory_segments_same(const memory_segments *m, int64_t one, int64_t other);
/* Chunks lent by the source and not yet released; the most that there were at a time. */
size_t memory_segments_lent(const memory_segments *m);
size_t memory_segments_most_lent(const memory_segments *m);
/* Make the sink fail after so many further chunks; SIZE_MAX: never. */
void memory_segments_fail_after(memory_segments *m, size_t chunks);
/* The bytes of a chunk, to damage them; NULL when there is none. */
char *memory_segments_chunk(memory_segments *m, int64_t segment, enum index_part part,
                            uint64_t number, size_t *length);
/* Cut a chunk to its first bytes; false when there is none. */
bool memory_segments_cut(memory_segments *m, int64_t segment, enum index_part part, uint64_t number,
                         size_t length);

#endif
