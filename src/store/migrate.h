/* From one version of the library file to the next. */
#ifndef STORE_MIGRATE_H
#define STORE_MIGRATE_H

#include "store/database.h"

/* The SQL that makes version `to` from the version before it. */
typedef struct store_step {
    int to;
    const char *sql;
} store_step;

/*
 * Take the library from its version through `steps` (in order, without gaps) in one transaction.
 * Before it a copy of the old file is made beside it: PATH.version-N.
 */
OSLER_MUST_USE osler_status store_migrate(store *s, const store_step *steps, size_t count,
                                          osler_error *error);

/* A number that a PRAGMA or a query gives. */
OSLER_MUST_USE osler_status store_number(store *s, const char *sql, int64_t *number,
                                         osler_error *error);

#endif
