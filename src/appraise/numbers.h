/* Reading numbers as abstracts write them: "18 804", "1,024", "one hundred and twenty-two". */
#ifndef APPRAISE_NUMBERS_H
#define APPRAISE_NUMBERS_H

#include "base/str.h"
#include "base/words.h"

enum { NUMBER_LARGEST = 99999999 };

/*
 * The number that starts at word `at` of `list`, cut from `text`; -1 when there is none, or when
 * it is larger than NUMBER_LARGEST.  `*used` is the number of words it takes (at least 1).
 * Groups of three digits may be separated by a comma, a point-free space, or a thin, narrow or
 * no-break space; a plain space separates groups only when the first group has one to three digits.
 */
long number_read(const word_list *list, str text, size_t at, size_t *used);

/* The `index`-th word that a number in words can begin with; NULL past the last.  Static. */
const char *number_word(unsigned index);

/* True when the number in words `at` to `at + used` can be a count of people or studies: it is no
 * percentage, no part of a decimal, a range, a ratio, an age, a dose or a span of time. */
bool number_counts(const word_list *list, str text, size_t at, size_t used);

#endif
