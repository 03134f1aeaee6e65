/* A buffer that grows: text and bytes are built here. */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include "base/str.h"
#include <stdint.h>

/* Start from `buf b = {0};`, end with buf_free(). */
typedef struct buf {
    char *data;
    size_t length, capacity;
} buf;

void buf_add(buf *b, str s);
void buf_add_text(buf *b, const char *text); /* NULL adds nothing */
void buf_add_byte(buf *b, char c);
void buf_add_codepoint(buf *b, uint32_t codepoint); /* as UTF-8 */
void buf_add_repaired(buf *b, str s); /* ill-formed UTF-8 becomes U+FFFD, NUL is left out */
__attribute__((format(printf, 2, 3))) void buf_printf(buf *b, const char *format, ...);

/* Room for `size` more bytes, not counted yet; add what you used to `length`. */
char *buf_reserve(buf *b, size_t size);

/* The content as a view, lent until the buffer changes. */
str buf_str(const buf *b);

/* The content with a NUL behind it, lent until the buffer changes. */
const char *buf_text(buf *b);

void buf_clear(buf *b); /* forget the content, keep the memory */
void buf_free(buf *b);

#endif
