/* The words that patterns are made of: each has a number and a set of classes. */
#ifndef APPRAISE_LEXICON_H
#define APPRAISE_LEXICON_H

#include "base/arena.h"
#include "base/str.h"
#include <stdint.h>

/* The slots are a power of two well above the forms, of which a word has one or a few. */
enum { LEXICON_WORDS = 2048, LEXICON_FORMS = 4096, LEXICON_SLOTS = 8192 };

typedef struct lexicon_word {
    str text;         /* folded, as base/spelling.h compares it */
    uint64_t classes; /* bit n: member of the n-th class */
    uint32_t id;
    bool counts; /* a number in words can begin with it */
} lexicon_word;

/* A word as it is written: in American or in British spelling. */
typedef struct lexicon_form {
    str text;
    uint32_t id;
} lexicon_form;

/* Start from zeros, with `memory` set; fill it, finish it, then only read it. */
typedef struct lexicon {
    arena *memory;
    lexicon_word words[LEXICON_WORDS];
    uint32_t count; /* ids are 1 to count */
    uint32_t form_count;
    uint32_t
        slots[LEXICON_SLOTS]; /* the number of a form and, above it, bits of its hash; 0: free */
    lexicon_form forms[LEXICON_FORMS];
    uint64_t leads[4]; /* a set of the first three letters of words, with false positives */
    bool finished;
} lexicon;

/* The word as it is compared, entered if it is new; `word` is folded.  NULL when full. */
lexicon_word *lexicon_enter(lexicon *l, str word);

/* Have lexicon_has_lead() tell words that begin with the first three letters of `lead`. */
void lexicon_add_lead(lexicon *l, const char *lead);

/* No more words: enter the spellings of all; false when there are too many. */
bool lexicon_finish(lexicon *l);

/* The entry of a folded word of base/words.h, or NULL; `ligatures`: words with "ae" are looked for
 * in both spellings, which need not be asked of a text that has none. */
const lexicon_word *lexicon_find(const lexicon *l, str word, bool ligatures);

/* The word, of base/words.h, may begin with one of the leads. */
bool lexicon_has_lead(const lexicon *l, str word);

#endif
