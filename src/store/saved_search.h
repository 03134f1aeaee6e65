/* Queries kept under a name. */
#ifndef STORE_SAVED_SEARCH_H
#define STORE_SAVED_SEARCH_H

#include "store/store.h"

/* Keep `query` as `name`, with the fetch that ran it last; one of that name is replaced.  Inside a
 * transaction only. */
OSLER_MUST_USE osler_status store_save_search(store *s, const char *name, const char *query,
                                              int64_t origin, osler_error *error);

#endif
