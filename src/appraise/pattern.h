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

typedef struct pattern_op pattern_op;
typedef struct pattern_start pattern_start;

/* Start from zeros, with `memory` and `words` set. */
typedef struct pattern_set {
    arena *memory;
    lexicon *words;
    pattern_op *ops;
    size_t op_count;
    pattern_start *starts;
    size_t start_count;
    uint32_t *first; /* by word id: 1 + the first of its starts; made by patterns_finish() */
    const char *const *class_names;
    size_t class_count;
    struct pattern_class {
        uint32_t *ids; /* of the members */
        size_t count;
    } classes[64];
    uint64_t breakers; /* classes of words that ~~ does not pass */
} pattern_set;

/* Enter the words of the `index`-th class, separated by spaces. */
void pattern_class(pattern_set *set, size_t index, const char *members);

/* Compile `source` as pattern `row`, looked for in `places` (bits 1 << place). */
bool pattern_add(pattern_set *set, const char *source, unsigned row, unsigned places);

/* No more patterns: make the index. */
void patterns_finish(pattern_set *set);

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

/* Many times what an abstract gives: what is found is compared pair by pair. */
enum { MOST_MATCHES = 4000 };

/* Add to `out` (the arena's) every match of every pattern in `p`, up to MOST_MATCHES in all. */
void patterns_match(const pattern_set *set, arena *memory, match_list *out, const passage *p);

#endif
