/* The moving window: bytes are read behind what is there, which is moved only when room ends. */
#include "formats/window.h"

#include "base/memory.h"

#include <string.h>

enum {
    CHUNK = 256 << 10,
    BLOCK = 64, /* bytes that compilers look at with vectors, as their number is known */
};

static void make_room(window *w, size_t room)
{
    if (w->capacity - w->end < room && w->start) {
        memmove(w->data, w->data + w->start, w->end - w->start);
        w->end -= w->start;
        w->start = 0;
    }
    while (w->capacity - w->end < room) {
        w->capacity = w->capacity ? w->capacity * 2 : (size_t)CHUNK * 2;
        w->data = memory_resize(w->data, w->capacity);
    }
}

/* Decode what has been read into the window; what is unfinished stays behind. */
static void take_raw(window *w, bool last)
{
    size_t first;
    buf_clear(&w->decoded);
    size_t used = decode(&w->decoded, buf_str(&w->raw), w->encoding, last, &first);
    memmove(w->raw.data, w->raw.data + used, w->raw.length - used);
    w->raw.length -= used;
    if (first != DECODE_NONE && !w->guessed)
        w->guessed = w->line + window_lines(window_view(w)) +
                     window_lines(str_part(buf_str(&w->decoded), 0, first));
    make_room(w, w->decoded.length + 1);
    memcpy(w->data + w->end, w->decoded.data, w->decoded.length);
    w->end += w->decoded.length;
}

void window_decode(window *w, enum encoding encoding)
{
    if (encoding == w->encoding || !w->data)
        return;
    w->encoding = encoding;
    buf_add(&w->raw, window_view(w));
    w->end = w->start;
    buf_reserve(&w->raw, CHUNK);
    take_raw(w, w->ended);
}

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
    size_t got;
    osler_status status;
    if (w->encoding == ENCODING_BYTES) {
        make_room(w, CHUNK);
        status = source_read(w->source, w->data + w->end, CHUNK, &got, error);
        w->end += got;
    } else {
        status = source_read(w->source, buf_reserve(&w->raw, CHUNK), CHUNK, &got, error);
        w->raw.length += got;
        take_raw(w, status != OSLER_OK || !got);
    }
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
    buf_free(&w->raw);
    buf_free(&w->decoded);
    *w = (window){0};
}
