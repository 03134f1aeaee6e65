/* The versions of records, as they were seen. */
#ifndef STORE_HISTORY_H
#define STORE_HISTORY_H

#include "base/buf.h"
#include "store/store.h"

/* One version; texts and records are the arena's. */
typedef struct history_version {
    int64_t number, origin;
    const char *name, *started; /* of the origin */
    bool deletion, current, has_original;
    osler_record *record; /* NULL for a deletion */
} history_version;

typedef struct history_versions {
    history_version *items;
    size_t count;
} history_versions;

/* All versions of a citation, in the order seen.  Inside a reading transaction. */
OSLER_MUST_USE osler_status history_get(store *s, arena *memory, int64_t citation,
                                        history_versions *out, osler_error *error);

/* The bytes that a version came from.  OSLER_ENOTFOUND: there are none. */
OSLER_MUST_USE osler_status history_get_original(store *s, int64_t citation, int64_t number,
                                                 buf *out, osler_error *error);

/* Citations that an origin brought, changed or deleted, if it began at `since` or later and is
 * `origin` (0: any), the lowest first. */
typedef struct history_ids {
    int64_t *items;
    size_t count;
} history_ids;
OSLER_MUST_USE osler_status history_get_changed(store *s, arena *memory, const char *since,
                                                int64_t origin, history_ids *out,
                                                osler_error *error);

#endif
