/* A buffer that grows by doubling. */
#include "base/buf.h"

#include "base/memory.h"
#include "base/utf8.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

char *buf_reserve(buf *b, size_t size)
{
    if (size > SIZE_MAX / 4 - b->length)
        memory_out(size);
    if (!b->data || b->capacity - b->length < size) {
        size_t capacity = b->capacity ? b->capacity : 64;
        while (capacity - b->length < size)
            capacity *= 2;
        b->data = memory_resize(b->data, capacity);
        b->capacity = capacity;
    }
    return b->data + b->length;
}

void buf_add(buf *b, str s)
{
    if (!s.length)
        return;
    memcpy(buf_reserve(b, s.length), s.data, s.length);
    b->length += s.length;
}

void buf_add_text(buf *b, const char *text)
{
    buf_add(b, str_of(text));
}

void buf_add_byte(buf *b, char c)
{
    *buf_reserve(b, 1) = c;
    b->length++;
}

void buf_add_codepoint(buf *b, uint32_t codepoint)
{
    b->length += utf8_encode(codepoint, buf_reserve(b, 4));
}

void buf_add_repaired(buf *b, str s)
{
    while (s.length) {
        size_t length;
        uint32_t codepoint = utf8_decode(s, &length);
        if (codepoint)
            buf_add_codepoint(b, codepoint);
        s = str_part(s, length, s.length);
    }
}

void buf_printf(buf *b, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    if (length < 0)
        return;
    char *room = buf_reserve(b, (size_t)length + 1);
    va_start(arguments, format);
    vsnprintf(room, (size_t)length + 1, format, arguments);
    va_end(arguments);
    b->length += (size_t)length;
}

str buf_str(const buf *b)
{
    return (str){b->data, b->length};
}

const char *buf_text(buf *b)
{
    *buf_reserve(b, 1) = '\0';
    return b->data;
}

void buf_clear(buf *b)
{
    b->length = 0;
}

void buf_free(buf *b)
{
    memory_free(b->data);
    *b = (buf){0};
}
