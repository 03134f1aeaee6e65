/* Numbers as CSL prints them: numeric tests, ordinals, roman numerals, plurals, page ranges. */
#ifndef STYLE_NUMBERS_H
#define STYLE_NUMBERS_H

#include "base/arena.h"
#include "style/locale.h"
#include "style/tree.h"

/* True when `text` is numeric by CSL's definition: "12", "2nd", "D2", "L2d", "1-4", "2, 3 & 4". */
bool number_is_numeric(str text);

/* True when `text` names several: a range or a list ("1-4", "2, 3"; not "1" or "a-b"). */
bool number_is_plural(str text);

/* True for one number, such as "12" or "A7": no range, no list, nothing behind the digits. */
bool number_is_one(str text);

/* The term that an abbreviation in front of a number means: "p.", "vol.", "fig."; 0: none. */
unsigned number_label(str abbreviation);

/* The text of a number variable in `form`; ranges and lists get the locale's delimiters and spaces
 * ("1-4" -> "1–4", "2,3&4" -> "2, 3 & 4"); text that is not numeric stays,
 * but for a label and number behind it ("7, p. 3").  `gender` is that of the
 * noun counted, for ordinals. */
str number_format(arena *memory, str text, enum number_form form, enum gender gender,
                  const struct locale *locale);

/* A page variable or a page locator in `format` (appendix V); what is no range stays, hyphens
 * become the locale's page-range-delimiter. */
str page_range_format(arena *memory, str pages, enum page_range_format format,
                      const struct locale *locale);

/* `number` (1 to 3999) in lower-case Roman numerals; other numbers in digits. */
str number_roman(arena *memory, unsigned number);

#endif
