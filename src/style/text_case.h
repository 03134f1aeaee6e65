/* Text case: CSL's seven, on a tree of texts, with ICU for the letters. */
#ifndef STYLE_TEXT_CASE_H
#define STYLE_TEXT_CASE_H

#include "style/output.h"

/*
 * Change the case of all texts in `tree` (new texts are in `memory`), as one running text: nocase
 * parts stay, and so do marked-up parts where CSL says so.  `language` is that of the item, else of
 * the style: title case is for English alone ("en" or empty), other languages stay as they are;
 * Turkish, Azeri, Lithuanian and Greek letters change by their own rules.
 */
void case_apply(arena *memory, struct output *tree, enum text_case text_case, str language);

/* The same for one plain text; the result is lent by `memory` or is `text` itself. */
str case_text(arena *memory, str text, enum text_case text_case, str language);

/* Remove the periods of the tree's texts (strip-periods). */
void strip_periods(arena *memory, struct output *tree);

#endif
