/* The pace of all processes of a user: when the next request may go out, in a file. */
#ifndef FETCH_PACE_FILE_H
#define FETCH_PACE_FILE_H

#include "fetch/limiter.h"

#include <stdbool.h>

/*
 * The file for this server, with a key or without, in $XDG_RUNTIME_DIR, else $XDG_CACHE_HOME, else
 * ~/.cache, in a folder "osler" that only the user can enter.  You own the path: memory_free().
 * NULL when there is no such place: then each process has its own pace.
 */
char *pace_file_path(const char *host, bool with_key);

/* An open file, locked: nobody else changes the pace until pace_file_close(). */
typedef struct pace_file {
    int number; /* negative: it could not be had */
} pace_file;

/* Read the pace into `l`; the gap of `l` stays.  A file of another boot, or nonsense, is passed
 * over.  `path` may be NULL. */
pace_file pace_file_open(const char *path, limiter *l, double now);

/* Write `l` back and let others in. */
void pace_file_close(pace_file file, const limiter *l);

#endif
