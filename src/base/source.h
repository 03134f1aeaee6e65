/* Bytes pulled from a file, standard input or memory; gzip is undone on the way. */
#ifndef BASE_SOURCE_H
#define BASE_SOURCE_H

#include "base/str.h"
#include <osler/base.h>

typedef struct source source;

/*
 * Open `path` for reading, "-" for standard input.  Gzip is known by its first two bytes and
 * undone, all its members; a damaged or cut gzip stream is OSLER_EINPUT on reading.
 * You own `*out`: source_close().
 */
OSLER_MUST_USE osler_status source_open_file(source **out, const char *path, osler_error *error);

/* Read from `bytes`, which must outlive the source; gzip is undone as above. */
void source_open_memory(source **out, str bytes, const char *name);

/* Up to `size` bytes; `*got` is 0 only at the end. */
OSLER_MUST_USE osler_status source_read(source *s, char *buffer, size_t size, size_t *got,
                                        osler_error *error);

/* From another thread: reading ends soon with OSLER_EINTERRUPTED, even if nothing ever comes. */
void source_stop(source *s);

/* The path or name it was opened with; lent. */
const char *source_name(const source *s);

/* The size of the file in bytes as stored, and how many of them have been read; 0 if not known. */
uint64_t source_size(const source *s);
uint64_t source_position(const source *s);

void source_close(source *s);

/* What tells a file from others, and from what it was, without reading it. */
typedef struct source_stamp {
    int64_t size, modified; /* in bytes; in nanoseconds since 1970 */
} source_stamp;

/* The stamp of the file at `path`.  False, and zeroes, when it is no regular file. */
bool source_stamp_of(const char *path, source_stamp *out);

#endif
