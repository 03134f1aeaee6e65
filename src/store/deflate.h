/* Deflating small records well: zlib with a dictionary of what PubMed records have in common. */
#ifndef STORE_DEFLATE_H
#define STORE_DEFLATE_H

#include "base/buf.h"
#include <osler/base.h>

/* Start from `struct store_deflater d = {0};`, end with deflater_close(). */
struct store_deflater {
    struct z_stream_s *deflating, *inflating;
    buf dictionary;
};

/*
 * Add `raw` to `out`, deflated; `*raw_size` is what deflater_expand() wants, 0: not deflated.
 * `like` (may be empty) is a text that shares much with `raw`, and is at hand when it is expanded:
 * the packed record, for the bytes that it was read from.
 */
void deflater_pack(struct store_deflater *d, buf *out, str raw, str like, int64_t *raw_size);

/* What was packed: the bytes, the raw size that goes with them, and the text it was packed with. */
typedef struct store_deflated {
    str bytes;
    int64_t raw_size;
    str like;
} store_deflated;

/* Add what was packed to `out`.  False when the bytes are not what deflater_pack() made. */
OSLER_MUST_USE bool deflater_expand(struct store_deflater *d, buf *out, store_deflated packed);

void deflater_close(struct store_deflater *d);

#endif
