/*
 * Phrase patterns over words, compiled once and looked for by their first word.
 *
 *   word            that word, in any spelling that base/spelling.h brings together
 *   meta-analysis   its parts as two words, with a hyphen, or as one
 *   @people         any word of that class (WORDS rows of cues.def)
 *   #               a number, in digits or words       #n   the same, and it is the one reported
 *   ~5              up to five words between
 *   ~~5             the same within a noun phrase: over no number above 9, no breaking word, no
 *                   punctuation but commas; a short parenthesis does not count
 *   ( a b | c )     one of these
 *   ( a b )?        this or nothing; the same after a class or a number
 *   letters?        the word with or without its last letter
 *   ^  $  :         the start, the end of the passage; a colon before the next word
 *
 * A match lies within one sentence.
 */
#ifndef APPRAISE_PATTERN_H
#define APPRAISE_PATTERN_H

#include "appraise/lexicon.h"
#include "appraise/text.h"
#include <stdint.h>

/*
 * A set of words with false positives, to see at once that a sentence cannot hold a pattern: one
 * bit a word.
 */
typedef struct pattern_sieve {
    uint64_t bits[2];
} pattern_sieve;

/* A program, made by patterns_finish() from what pattern_add() wrote down: see program.h. */
enum { PATTERN_TITLE, PATTERN_LABEL, PATTERN_TEXT, PATTERN_GROUPS };

/* The starts of the patterns of one group of places, by what they begin with. */
typedef struct pattern_group {
    uint32_t *first;   /* by the id of a word, 0: a number; up to the first of the id above */
    uint64_t *seconds; /* of each start: the marks of what can come next, or TEXT_ANYTHING */
    struct pattern_start *starts;
} pattern_group;

/* Start from zeros, with `memory`, `words` and the names of classes set. */
typedef struct pattern_set {
    arena *memory;
    lexicon *words;
    const char *const *class_names;
    size_t class_count;
    struct pattern_class {
        uint32_t *ids; /* of the members */
        size_t count;
    } classes[64];
    uint64_t breakers; /* classes of words that ~~ does not pass */
    pattern_group groups[PATTERN_GROUPS];
    struct pattern_op *ops;
    uint16_t *choices; /* the words of OP_ONE_OF */
    size_t op_count, choice_count;
    arena drafting; /* what stands below is gone after patterns_finish() */
    struct pattern_draft *drafts;
    struct pattern_entry *entries;
    size_t draft_count, entry_count;
} pattern_set;

/* Enter the words of the `index`-th class, separated by spaces. */
void pattern_class(pattern_set *set, size_t index, const char *members);

/* Compile `source` as pattern `row`, looked for in `places` (bits 1 << place). */
bool pattern_add(pattern_set *set, const char *source, unsigned row, unsigned places);

/* No more patterns: make the program; false when it is too large. */
bool patterns_finish(pattern_set *set);

typedef struct match {
    unsigned row;
    const passage *passage;
    size_t from, to; /* tokens; `to` is excluded */
    size_t number;   /* the token of #n; `to` when there is none */
} match;

typedef struct match_list {
    match *items;
    size_t count;
} match_list;

static inline void pattern_sieve_add(pattern_sieve *s, uint32_t id)
{
    s->bits[id >> 6 & 1] |= UINT64_C(1) << (id & 63);
}

/* Many times what an abstract gives: what is found is compared pair by pair. */
enum { MOST_MATCHES = 4000 };

/* Add to `out` (the arena's) every match of every pattern in `p`, up to MOST_MATCHES in all. */
void patterns_match(const pattern_set *set, arena *memory, match_list *out, const passage *p);

#endif
