/* The words that patterns are made of: each has a number and a set of classes. */
#ifndef APPRAISE_LEXICON_H
#define APPRAISE_LEXICON_H

#include "base/arena.h"
#include "base/str.h"
#include <stdint.h>

/* Powers of two: the slots are well above the words, and a slot holds the number of a word. */
enum { LEXICON_SLOTS = 4096, LEXICON_WORDS = 2048 };

typedef struct lexicon_word {
    str text;         /* folded, as base/spelling.h compares it */
    uint64_t classes; /* bit n: member of the n-th class */
    uint32_t id;
    bool counts; /* a number in words can begin with it */
} lexicon_word;

/* Start from zeros. */
typedef struct lexicon {
    arena *memory;
    uint32_t slots[LEXICON_SLOTS]; /* the id of a word and, above it, bits of its hash; 0: free */
    lexicon_word words[LEXICON_WORDS];
    uint32_t count; /* ids are 1 to count */
} lexicon;

/* The word as it is compared, entered if it is new; `word` is folded.  NULL when full. */
lexicon_word *lexicon_enter(lexicon *l, str word);

/* The entry of a folded word, or NULL. */
const lexicon_word *lexicon_find(const lexicon *l, str word);

#endif
