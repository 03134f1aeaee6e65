/* One journal, many names: full titles, NLM's and ISO 4's abbreviations, former titles. */
#ifndef JOURNALS_JOURNALS_H
#define JOURNALS_JOURNALS_H

#include "base/buf.h"

/*
 * The name as it is compared: case and accents folded, "&" as "and", punctuation, articles and a
 * subtitle in parentheses left out.  Appended to `out`.  UTF-8, plain text (no markup).
 */
void journals_add_key(buf *out, str name);

enum journals_agreement {
    JOURNALS_DIFFERENT,
    JOURNALS_POSSIBLE, /* one can be the other's abbreviation, word by word */
    JOURNALS_SAME,     /* equal keys, or names of one journal by the table */
};
enum journals_agreement journals_compare(str a, str b);

/* Whether a lower-case word stands in journals' names, full or abbreviated ("neurol"). */
bool journals_has_word(str word);

#endif
