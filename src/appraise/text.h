/* The words of a record: title and abstract, cut once, with numbers read and sections told apart.
 */
#ifndef APPRAISE_TEXT_H
#define APPRAISE_TEXT_H

#include "appraise/lexicon.h"
#include "base/arena.h"
#include "base/str.h"
#include <osler/record.h>
#include <stdint.h>

/* Where a passage stands.  The order is no rank. */
typedef enum place {
    PLACE_TITLE,
    PLACE_DESIGN,  /* a section of its own for the design */
    PLACE_METHODS, /* methods, setting, participants, interventions, outcomes */
    PLACE_RESULTS,
    PLACE_BACKGROUND,
    PLACE_OBJECTIVE,
    PLACE_CONCLUSION,
    PLACE_REGISTRATION,
    PLACE_UNLABELED, /* an abstract in one piece, or a section that says nothing */
    PLACE_LABEL,     /* the label itself */
} place;

/* Marks of tokens: a set of them, with false positives, is a number of 64 bits.  Every token has
 * TEXT_ANY as well; a set that has all of them holds for any token, and for none at all. */
#define TEXT_NUMBER (UINT64_C(1) << 63)
#define TEXT_ANY (UINT64_C(1) << 62)
#define TEXT_ANYTHING UINT64_MAX

/* The mark of a word of the lexicon. */
static inline uint64_t text_mark(uint32_t id)
{
    return UINT64_C(1) << (id % 62);
}

/* One word of a passage, or one number, which may be several words ("one hundred and five"). */
typedef struct token {
    uint32_t id;      /* in the lexicon; 0: a word of no pattern */
    uint64_t classes; /* of the word */
    uint64_t mark;    /* of the word, of a number, and TEXT_ANY */
    long number;      /* -1: no number */
    uint32_t offset;  /* in the passage's text, bytes */
    uint32_t length;
    uint32_t sentence; /* 0-based, in the passage */
    char gap;          /* before it: see base/words.h */
    bool in_digits;    /* a number written in digits */
    bool lead;         /* an unknown word that begins with a lead of the lexicon */
    bool counts;       /* a number that can be a count: no percentage, age, date or decimal */
} token;

typedef struct passage {
    place place;
    const char *label; /* as printed, NULL when none */
    const char *text;  /* plain text */
    token *tokens;
    size_t count;
} passage;

typedef struct passages {
    passage *items; /* the title first, if there is one */
    size_t count;
    bool has_abstract;
} passages;

/* Bytes of title and abstract that are read; the longest abstracts have a quarter of it. */
enum { MOST_TEXT = 64 << 10 };

/* Cut the title and the abstract of `record`, up to MOST_TEXT; all of it is the arena's. */
passages text_of(arena *memory, const lexicon *words, const osler_record *record);

/* A copy of the tokens `from` to `to` (excluded) as printed. */
const char *text_quote(arena *memory, const passage *p, size_t from, size_t to);

/* A copy of the sentence that token `at` stands in. */
const char *text_sentence(arena *memory, const passage *p, size_t at);

#endif
