/* Differences between moments of the library, for sync. */
#ifndef LIBRARY_HISTORY_H
#define LIBRARY_HISTORY_H

#include "store/store.h"
#include <osler/history.h>

/* As osler_library_diff(), in a reading transaction of its own, for what one origin brought (0:
 * all).
 */
OSLER_MUST_USE osler_status history_compare(store *s, const char *since, int64_t origin,
                                            bool (*each)(void *context,
                                                         const osler_difference *difference),
                                            void *context, osler_error *error);

#endif
