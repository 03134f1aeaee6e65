/* Keys to sort items by, and their order in a language. */
#ifndef STYLE_SORT_KEYS_H
#define STYLE_SORT_KEYS_H

#include "base/arena.h"

/* The order of texts in a language: case, accents and punctuation do not matter, numbers in a text
 * count as numbers, spaces come before letters. */
struct collation;

/* For "de", "en-US", ...; NULL: English.  collation_free() the result. */
struct collation *collation_new(const char *language);
void collation_free(struct collation *collation);

/* The text as bytes in whose order the texts are; an empty text has an empty key. */
str collation_key(arena *memory, struct collation *collation, str text);

/* The order of two such keys as memcmp() says it: empty ones come last in both directions. */
int sort_key_compare(str a, str b, bool descending);

#endif
