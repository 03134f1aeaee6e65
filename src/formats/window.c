/* The moving window: bytes are read behind what is there, which is moved only when room ends. */
#include "formats/window.h"

#include "base/memory.h"

#include <string.h>

enum {
    CHUNK = 256 << 10,
    BLOCK = 64, /* bytes that compilers look at with vectors, as their number is known */
};

osler_status window_fill(window *w, osler_error *error)
{
    if (w->kept != OSLER_OK) {
        osler_status status = w->kept;
        if (error)
            *error = w->kept_error;
        w->kept = OSLER_OK;
        w->ended = true;
        return status;
    }
    if (w->ended)
        return OSLER_OK;
    if (w->capacity - w->end < CHUNK && w->start) {
        memmove(w->data, w->data + w->start, w->end - w->start);
        w->end -= w->start;
        w->start = 0;
    }
    if (w->capacity - w->end < CHUNK) {
        w->capacity = w->capacity ? w->capacity * 2 : (size_t)CHUNK * 2;
        w->data = memory_resize(w->data, w->capacity);
    }
    size_t got;
    osler_status status = source_read(w->source, w->data + w->end, CHUNK, &got, error);
    w->end += got;
    if (status == OSLER_EINPUT && error && !error->line)
        error->line = w->line + window_lines(window_view(w));
    w->ended = status != OSLER_OK || !got;
    return status;
}

void window_keep_failure(window *w, const osler_error *error)
{
    w->kept = error->status;
    w->kept_error = *error;
    w->ended = false;
}

str window_view(const window *w)
{
    return w->data ? (str){w->data + w->start, w->end - w->start} : (str){"", 0};
}

unsigned window_lines(str s)
{
    unsigned lines = 0;
    size_t at = 0;
    for (; s.length - at >= BLOCK; at += BLOCK) {
        unsigned char ends = 0;
        for (size_t i = 0; i < BLOCK; i++)
            ends = (unsigned char)(ends + (s.data[at + i] == '\n'));
        lines += ends;
    }
    for (; at < s.length; at++)
        lines += s.data[at] == '\n';
    return lines;
}

void window_skip(window *w, size_t length)
{
    w->line += window_lines(str_part(window_view(w), 0, length));
    w->start += length;
}

void window_free(window *w)
{
    memory_free(w->data);
    *w = (window){0};
}
