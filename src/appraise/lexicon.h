/* The words that patterns are made of: each has a number and a set of classes. */
#ifndef APPRAISE_LEXICON_H
#define APPRAISE_LEXICON_H

#include "base/arena.h"
#include "base/str.h"
#include <stdint.h>

enum { LEXICON_SLOTS = 8192 }; /* a power of two, well above the number of words in the tables */

typedef struct lexicon_word {
    str text; /* folded, in American spelling */
    uint32_t id;
    uint64_t classes; /* bit n: member of the n-th class */
} lexicon_word;

/* Start from zeros. */
typedef struct lexicon {
    arena *memory;
    lexicon_word slots[LEXICON_SLOTS];
    uint32_t count; /* ids are 1 to count */
} lexicon;

/* The word as it is compared, entered if it is new; `word` is folded.  NULL when full. */
lexicon_word *lexicon_enter(lexicon *l, str word);

/* The entry of a folded word, or NULL. */
const lexicon_word *lexicon_find(const lexicon *l, str word);

#endif
