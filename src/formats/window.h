/* A window that moves over a source: what has been read and not yet been used, and on which line.
 */
#ifndef FORMATS_WINDOW_H
#define FORMATS_WINDOW_H

#include "base/source.h"
#include "formats/decode.h"

typedef struct window {
    source *source; /* lent */
    char *data;
    size_t start, end, capacity;
    unsigned line;     /* 1-based, of the first byte in the window */
    bool ended;        /* the source has no more, or has failed */
    osler_status kept; /* a failure that window_fill() has yet to return, with its story */
    osler_error kept_error;
    enum encoding encoding; /* of what is read from now on */
    buf raw, decoded;       /* read and not yet decoded; decoded, on its way into the window */
    unsigned guessed;       /* the line of the first byte whose encoding was guessed; 0: none */
} window;

/*
 * Read more.  What was in the window keeps its offset from the window's start but not its address.
 * At the end of the source `ended` is set and the window stays as it is; so it is after a failure,
 * which is returned once.
 */
OSLER_MUST_USE osler_status window_fill(window *w, osler_error *error);

/* Have the next window_fill() fail with `error`: what came before the failure can still be used. */
void window_keep_failure(window *w, const osler_error *error);

/* Decode what is in the window, and all that is read from now on. */
void window_decode(window *w, enum encoding encoding);

/* What is in the window; lent until it is filled. */
str window_view(const window *w);

/* Drop the first `length` bytes; `line` moves with them. */
void window_skip(window *w, size_t length);

/* How many lines end in `s`. */
unsigned window_lines(str s);

void window_free(window *w);

#endif
