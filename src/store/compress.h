/* Compressing records and the bytes they came from, by zstd (RFC 8878). */
#ifndef STORE_COMPRESS_H
#define STORE_COMPRESS_H

#include "base/buf.h"
#include <osler/base.h>

/* What is compressed: expanding needs to be told the same. */
enum compress_what {
    COMPRESS_RECORD,  /* one packed record: with a dictionary of what they have in common */
    COMPRESS_ORIGINAL /* the bytes of many records */
};

/* One a thread: start from `struct compressor c = {0};`, end with compress_close(). */
struct compressor {
    struct ZSTD_CCtx_s *packing;
    struct ZSTD_DCtx_s *expanding;
    struct ZSTD_CDict_s *packing_dictionary;
    struct ZSTD_DDict_s *expanding_dictionary;
};

/* Add `raw` to `out`, compressed. */
void compress_add(struct compressor *c, enum compress_what what, buf *out, str raw);

/* Add what was compressed to `out`.  False when the bytes are not what compress_add() made. */
OSLER_MUST_USE bool compress_expand(struct compressor *c, enum compress_what what, buf *out,
                                    str packed);

void compress_close(struct compressor *c);

#endif
