/*
 * A text cut into folded words with their places: what cues, concepts and numbers are looked for
 * in.  The text is plain (no markup).
 */
#ifndef BASE_WORDS_H
#define BASE_WORDS_H

#include "base/arena.h"
#include "base/str.h"
#include <stdint.h>

enum { WORD_READABLE = 8 };

/*
 * One word: a run of letters, digits and marks, folded (base/fold.h).  An apostrophe inside a word
 * is dropped with a following s ("author's" -> "author"), else dropped alone ("d'origine" -> two
 * words is not tried).
 */
typedef struct word {
    str folded;        /* lent by the arena; WORD_READABLE bytes from its start can be read */
    uint32_t offset;   /* in bytes, in the text */
    uint32_t length;   /* in bytes, in the text */
    uint32_t sentence; /* 0-based number of the sentence */
    char gap;          /* what stands before it: ' ' white space or nothing, '-' a hyphen or dash
                          alone, '.' a sentence end, else the first other character as ASCII, or
                          '*' when it is not ASCII */
} word;

typedef struct word_list {
    word *items;
    size_t count;
} word_list;

/* Cut `text` (UTF-8) into words; `text` need not outlive the list, the arena must. */
word_list words_of(arena *memory, str text);

#endif
