/* Printing what differs between versions of a record. */
#ifndef CLI_CHANGES_H
#define CLI_CHANGES_H

#include "json.h"

#include <osler/history.h>

/* The words for it on one line: "retracted; newly indexed; status Publisher to MEDLINE; ...". Empty
 * when nothing differs. */
void print_change_words(FILE *out, const osler_record_change *change);

/* The fields with what was removed and added, one a line. */
void print_change_fields(const osler_record_change *change);

/* The same as members of the object at hand. */
void json_change(struct json *j, const osler_record_change *change);

#endif
