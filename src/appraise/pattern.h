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

#include "appraise/program.h"

/* Enter the words of the `index`-th class, separated by spaces. */
void pattern_class(pattern_set *set, size_t index, const char *members);

/* Compile `source` as pattern `row`, looked for in `places` (bits 1 << place). */
bool pattern_add(pattern_set *set, const char *source, unsigned row, unsigned places);

#endif
