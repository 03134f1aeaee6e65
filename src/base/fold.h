/* Folding for search and comparison: case, diacritics, compatibility forms and odd characters. */
#ifndef BASE_FOLD_H
#define BASE_FOLD_H

#include "base/buf.h"
#include "base/str.h"

/*
 * Add `s` (UTF-8) to `b` in folded form: compatibility-decomposed (NFKD), without combining marks,
 * case folded; typographic dashes and minus become '-', quotes become ' or ", every kind of space
 * becomes ' ', soft hyphens and zero-width characters vanish; German sharp s becomes "ss", the
 * ligatures and stroked letters of Latin become their plain letters.  ASCII is only lower-cased.
 * Independent of the locale.
 */
void fold_add(buf *b, str s);

/* The one code point's folding, as fold_add() would add it. */
void fold_add_codepoint(buf *b, uint32_t codepoint);

/* True when the code point is a letter, a digit or a mark of any script. */
bool fold_is_word(uint32_t codepoint);

#endif
