/* Undoing gzip as it arrives, under a ceiling, to its proper end. */
#ifndef FETCH_INFLATE_H
#define FETCH_INFLATE_H

#include "base/buf.h"
#include <zlib.h>

typedef enum inflate_result {
    INFLATE_GOOD,
    INFLATE_DAMAGED,   /* not gzip, or its check sum is wrong */
    INFLATE_TOO_LARGE, /* more than the ceiling */
} inflate_result;

/* Start from `inflater i = {0};`, end with inflater_end(). */
typedef struct inflater {
    z_stream stream;
    bool begun;
    bool in_member; /* between the start and the end of a gzip member */
} inflater;

/* Add what `raw` inflates to, all members, to `out`, which never grows beyond `ceiling` bytes. */
inflate_result inflater_feed(inflater *i, str raw, buf *out, size_t ceiling);

/* True when what has been fed ends where a gzip member ends. */
bool inflater_is_complete(const inflater *i);

void inflater_end(inflater *i);

#endif
