/* Text in other encodings than UTF-8, on its way into a window. */
#ifndef FORMATS_DECODE_H
#define FORMATS_DECODE_H

#include "base/buf.h"

enum encoding {
    ENCODING_BYTES, /* as they are */
    ENCODING_UTF16_LE,
    ENCODING_UTF16_BE,
    ENCODING_GUESSED, /* UTF-8, and Windows-1252 where it is not */
};

/* UTF-16 by its byte order mark or by the zero beside the first letter, else ENCODING_BYTES. */
enum encoding decode_recognize(str head);

/*
 * Add `bytes` to `out` as UTF-8; how many were used: the rest needs what comes behind it, if this
 * is not the last part.  `*first` is the length of `out` where the first byte was guessed, or
 * DECODE_NONE.
 */
#define DECODE_NONE ((size_t)-1)
size_t decode(buf *out, str bytes, enum encoding encoding, bool last, size_t *first);

#endif
