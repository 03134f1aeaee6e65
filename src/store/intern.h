/* Numbers in place of what repeats: the rows of the tables string, journal, heading and type. */
#ifndef STORE_INTERN_H
#define STORE_INTERN_H

#include "store/database.h"

enum intern_table { INTERN_STRING, INTERN_HEADING, INTERN_TYPE, INTERN_JOURNAL, INTERN_TABLES };

/* The number of what repeats; `values` are the columns of the table behind its id.  What was asked
 * for lately is known by heart, up to a ceiling. */
OSLER_MUST_USE osler_status intern_get(store *s, enum intern_table table, store_values values,
                                       int64_t *id, osler_error *error);

/* Numbers given since the transaction began are not to be used any more. */
void intern_forget(store *s);
void intern_free(store *s);

#endif
