/* UTF-8: checking, reading and writing code points (Unicode 15, table 3-7). */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include "base/str.h"
#include <stdint.h>

enum { UTF8_REPLACEMENT = 0xFFFD };

/* True when `s` is well-formed UTF-8; else `*offset` (may be NULL) is where it stops being so. */
bool utf8_valid(str s, size_t *offset);

/*
 * The code point at the start of `s` and its length in bytes.  An ill-formed byte gives
 * UTF8_REPLACEMENT and length 1.  `s` must not be empty.
 */
uint32_t utf8_decode(str s, size_t *length);

/* Write `codepoint` to `out` (4 bytes of room); its length.  No code point gives U+FFFD. */
size_t utf8_encode(uint32_t codepoint, char *out);

#endif
