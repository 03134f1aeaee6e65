/* The reply of ELink: from which record to which. */
#ifndef FETCH_ELINK_H
#define FETCH_ELINK_H

#include "base/str.h"
#include <osler/base.h>

typedef struct elink_link {
    uint64_t from, to;
    uint64_t score; /* 0: not said */
} elink_link;

/* Start from `elink_reply r = {0};`, end with elink_reply_free(). */
typedef struct elink_reply {
    elink_link *links; /* in the server's order */
    size_t count, capacity;
    uint64_t *sources; /* the records that were answered for, those without links too */
    size_t source_count, source_capacity;
} elink_reply;

/*
 * Add what an eLinkResult document says under `name` ("pubmed_pubmed_refs") to `out`.
 * OSLER_EINPUT: it is malformed, or a set of links is of several records together, so that nobody
 * can say of which.
 */
OSLER_MUST_USE osler_status elink_read(elink_reply *out, str body, const char *name,
                                       osler_error *error);

void elink_reply_free(elink_reply *reply);

#endif
