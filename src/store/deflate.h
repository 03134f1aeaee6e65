/* Deflating small records well: zlib with a dictionary of what PubMed records have in common. */
#ifndef STORE_DEFLATE_H
#define STORE_DEFLATE_H

#include "base/buf.h"
#include <osler/base.h>

/* Start from `struct store_deflater d = {0};`, end with deflater_close(). */
struct store_deflater {
    struct z_stream_s *deflating, *inflating;
};

/* Add `raw` to `out`, deflated; `*raw_size` is what deflater_expand() wants, 0: not deflated. */
void deflater_pack(struct store_deflater *d, buf *out, str raw, int64_t *raw_size);

/* Add what was packed to `out`.  False when the bytes are not what deflater_pack() made. */
OSLER_MUST_USE bool deflater_expand(struct store_deflater *d, buf *out, str packed,
                                    int64_t raw_size);

void deflater_close(struct store_deflater *d);

#endif
