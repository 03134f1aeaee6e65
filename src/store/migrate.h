/* From one version of the library file to the next. */
#ifndef STORE_MIGRATE_H
#define STORE_MIGRATE_H

#include "store/database.h"

/* What makes version `to` from the version before it: SQL, or a function that is told where the
 * copy of the old file is. */
typedef struct store_step {
    int to;
    const char *sql;
    osler_status (*run)(store *s, const char *copy, osler_error *error);
    bool adds; /* it changes nothing that is there: what was the old version can be read as it is */
} store_step;

/* Make the library anew, in the tables of today, from the copy of version 1. */
OSLER_MUST_USE osler_status migrate_from_1(store *s, const char *copy, osler_error *error);

/* Make all tables of this version. */
OSLER_MUST_USE osler_status store_make_tables(store *s, osler_error *error);

/*
 * Take the library from its version through `steps` (in order, without gaps) in one transaction.
 * Before it a copy of the old file is made beside it, unless the steps only add: PATH.version-N.
 */
OSLER_MUST_USE osler_status store_migrate(store *s, const store_step *steps, size_t count,
                                          osler_error *error);

#endif
