/* Keeping the search index true when a record says something of the integrity of another. */
#ifndef STORE_FLAGGED_H
#define STORE_FLAGGED_H

#include "store/database.h"

/* Before the commit: make the documents of those anew of whom store_note_flagged() told. */
OSLER_MUST_USE osler_status flagged_renew(store *s, osler_error *error);

#endif
