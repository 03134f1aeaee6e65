/* Records that Crossref has, read, and put into the library. */
#ifndef LIBRARY_CROSSREF_RECORDS_H
#define LIBRARY_CROSSREF_RECORDS_H

#include "fetch/crossref.h"
#include "library/library.h"

/* What is done with a record; it and its bytes are lent. */
typedef osler_status (*crossref_taker)(void *context, const osler_record *record, str original,
                                       osler_error *error);

/* Ask for a bare DOI, and call `take` with its record.  OSLER_ENOTFOUND: Crossref has none;
 * otherwise failures are those of crossref_get() and of `take`. */
OSLER_MUST_USE osler_status crossref_record(crossref *c, const char *doi, crossref_taker take,
                                            void *context, osler_error *error);

/*
 * Questions to Crossref that may never come: the service is opened by the first, and a
 * record that is damaged or hostile counts as one that Crossref has not.  DOIs as they stand in
 * records.  Start from `crossref_session s = {.progress = ...};`.
 */
typedef struct crossref_session {
    osler_progress_callback progress; /* NULL for none */
    void *context;
    crossref *service;
    uint64_t asked;
} crossref_session;

OSLER_MUST_USE osler_status crossref_session_ask(crossref_session *s, const char *doi,
                                                 crossref_taker take, void *context,
                                                 osler_error *error);
void crossref_session_end(crossref_session *s);

/* A record of PubMed that scores so much is the work itself more often than not (match/match.h):
 * then Crossref is not asked. */
#define CROSSREF_LIKELY 0.5

/* Where a record goes, and what became of it. */
struct crossref_stored {
    osler_library *library;
    const char *host;
    store_change change;
    char id[32];
};

/* A taker that puts the record into the library, in a transaction of its own; its context is a
 * struct crossref_stored. */
osler_status crossref_store(void *context, const osler_record *record, str original,
                            osler_error *error);

#endif
