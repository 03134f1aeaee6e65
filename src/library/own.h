/* Changing the user's own data: a transaction that is a step of the journal. */
#ifndef LIBRARY_OWN_H
#define LIBRARY_OWN_H

#include "library/library.h"
#include "store/own.h"

/* Begin a transaction whose changes are one step; `summary` is lent until it ends. */
OSLER_MUST_USE osler_status own_start(osler_library *library, const char *summary,
                                      osler_error *error);
/* Commit when `status` is OSLER_OK and `keep`, else roll back.  Returns `status`, or the failure of
 * the commit. */
OSLER_MUST_USE osler_status own_finish(osler_library *library, osler_status status, bool keep,
                                       osler_error *error);

/* The id that users see of a citation, in the arena. */
OSLER_MUST_USE osler_status own_get_id(osler_library *library, arena *memory, int64_t citation,
                                       const char **id, osler_error *error);

#endif
