/* Queries kept under a name. */
#ifndef STORE_SAVED_SEARCH_H
#define STORE_SAVED_SEARCH_H

#include "store/store.h"

/* Keep `query` as `name`, with the fetch that ran it last; one of that name is replaced.  Inside a
 * transaction only. */
OSLER_MUST_USE osler_status store_save_search(store *s, const char *name, const char *query,
                                              int64_t origin, osler_error *error);

/* A saved search, with what is known of its last run. */
typedef struct saved_search {
    const char *name, *query;
    const char *ran;   /* when the last run began; NULL: never to its end */
    const char *since; /* the day two days before that */
    const char *translation;
    uint64_t count; /* of its result then */
} saved_search;

typedef struct saved_searches {
    saved_search *items;
    size_t count;
} saved_searches;

/* All of them, by name. */
OSLER_MUST_USE osler_status saved_search_get_all(store *s, arena *memory, saved_searches *out,
                                                 osler_error *error);

/* Call `each` with every PMID that it found last. */
OSLER_MUST_USE osler_status saved_search_read(store *s, const char *name,
                                              void (*each)(void *context, uint64_t pmid),
                                              void *context, osler_error *error);

/* Call `each` with the PMID of every record whose status was not final when it came, two weeks ago
 * or earlier, and that was not asked for again lately: within a quarter of that time, at least two
 * weeks and at most half a year.  `all`: with every record whose status is not final. */
OSLER_MUST_USE osler_status saved_search_read_unsettled(store *s, bool all,
                                                        void (*each)(void *context, uint64_t pmid),
                                                        void *context, osler_error *error);

/* True into `*answer` when the library has a record of this PMID, and (`retracted`) knows that it
 * is retracted. */
OSLER_MUST_USE osler_status saved_search_knows(store *s, uint64_t pmid, bool retracted,
                                               bool *answer, osler_error *error);

/* The rest is for transactions only. */

/* Forget it and what it found.  OSLER_ENOTFOUND. */
OSLER_MUST_USE osler_status saved_search_forget(store *s, const char *name, osler_error *error);

/* This PMID is in the result of `name` now, or not any more. */
OSLER_MUST_USE osler_status saved_search_set(store *s, const char *name, uint64_t pmid, bool in,
                                             osler_error *error);

/* PubMed has been asked again for this PMID, whose status was not final. */
OSLER_MUST_USE osler_status saved_search_note_unsettled(store *s, uint64_t pmid,
                                                        osler_error *error);

/* The whole result of `name` was listed by the fetch `origin`. */
OSLER_MUST_USE osler_status saved_search_settle(store *s, const char *name, const char *translation,
                                                uint64_t count, int64_t origin, osler_error *error);

#endif
