/* Fields of a reference beside those of a record: which differ, what each says, and the repair. */
#ifndef LIBRARY_DIFFERENCES_H
#define LIBRARY_DIFFERENCES_H

#include "base/buf.h"
#include "match/match.h"
#include <osler/resolve.h>

/* The fields in which the two differ, in the order of enum match_field; in `memory`. */
void differences_list(osler_difference_list *out, arena *memory,
                      const struct match_comparison *comparison, const osler_record *reference,
                      const osler_record *record);

/* The fields that agree, by name. */
void differences_agreeing(osler_text_list *out, arena *memory,
                          const struct match_comparison *comparison);

/* The reference with those fields taken from the record. */
const osler_record *differences_mend(arena *memory, const struct match_comparison *comparison,
                                     const osler_record *reference, const osler_record *record);

/* The reference in one line of plain text: the text it was read from, else made of its fields. */
void differences_add_text(buf *out, const osler_record *reference);

/* The text that the reference was read from; empty when it was read from fields. */
str differences_source(const osler_record *reference);

#endif
