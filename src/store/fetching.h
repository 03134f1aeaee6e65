/* What fetching keeps in the library: interrupted fetches, records that could not be read. */
#ifndef STORE_FETCHING_H
#define STORE_FETCHING_H

#include "store/store.h"

enum { FETCHING_KEPT_BYTES = 1 << 20, FETCHING_DAYS = 7 };

/* An interrupted fetch. */
typedef struct fetching_job {
    int64_t origin;
    char started[24];
    int64_t added, updated, unchanged; /* by what it has done so far */
} fetching_job;

/* The last fetch of `request` (NULL: of anything) that was interrupted within FETCHING_DAYS.
 * OSLER_END: there is none. */
OSLER_MUST_USE osler_status fetching_find(store *s, const char *request, fetching_job *out,
                                          osler_error *error);

/* What a fetch asked for: a query, or PMIDs (then the query is NULL). */
typedef struct fetching_wanted {
    const char *query, *request;
    uint64_t *pmids;
    size_t count;
} fetching_wanted;
OSLER_MUST_USE osler_status fetching_get_wanted(store *s, arena *memory, int64_t origin,
                                                fetching_wanted *out, osler_error *error);

/* The rest is for transactions only. */

/* A fetch begins: those of the same request and those too old to go on with are forgotten. */
OSLER_MUST_USE osler_status fetching_begin(store *s, int64_t origin, const char *request,
                                           const uint64_t *wanted, size_t count,
                                           osler_error *error);

/* These PMIDs are in the library now; `job` has the counts so far. */
OSLER_MUST_USE osler_status fetching_note(store *s, const fetching_job *job, const uint64_t *pmids,
                                          size_t count, osler_error *error);

/* Call `each` with every PMID noted. */
OSLER_MUST_USE osler_status fetching_read(store *s, int64_t origin,
                                          void (*each)(void *context, uint64_t pmid), void *context,
                                          osler_error *error);

/* The fetch is finished. */
OSLER_MUST_USE osler_status fetching_end(store *s, int64_t origin, osler_error *error);

/* Keep what came in place of a record. */
OSLER_MUST_USE osler_status fetching_keep_failure(store *s, int64_t origin, uint64_t pmid,
                                                  const char *message, str bytes,
                                                  osler_error *error);

#endif
