/* What of a record stands in the text of a reference, wherever its labels were put. */
#ifndef LIBRARY_SAID_H
#define LIBRARY_SAID_H

#include "match/match.h"

/*
 * The reference with those fields of the record that its text says word by word, where the fields
 * read from it differ: title and journal, and the authors when none of them was recognized.
 * `*part`: before the title stands "erratum" or the like, or behind it the number of a part.  In
 * `memory`.
 */
const osler_record *said_in_text(arena *memory, str text, const osler_record *reference,
                                 const osler_record *record, const struct match_comparison *pair,
                                 bool *part);

/* Volume and page stand side by side: where the one is read and the other is not, and the record's
 * is nowhere in the text, it is not as the record has it. */
void said_miss(struct match_comparison *pair, arena *memory, str text, const osler_record *record);

#endif
