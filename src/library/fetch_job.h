/* A fetch at work: what it has done, what it still wants, and how it goes on after an interruption.
 */
#ifndef LIBRARY_FETCH_JOB_H
#define LIBRARY_FETCH_JOB_H

#include "fetch/eutils.h"
#include "fetch/pmid_marks.h"
#include "fetch/slices.h"
#include "library/fetch_report.h"
#include "store/fetching.h"

typedef struct fetch_job {
    store *store;
    const osler_fetch_options *options;
    fetch_report *report;
    eutils *service;
    store_origin origin;
    fetching_job state;   /* what the library knows of it */
    pmid_marks done;      /* in the library by this fetch, before an interruption too */
    pmid_marks asked;     /* handed to fetch_list() */
    pmid_marks failed;    /* those that did not come, or cannot be used */
    const char *purpose;  /* what makes two jobs the same, in place of the query or the PMIDs */
    pmid_marks strangers; /* PMIDs sent without being asked for, each named once */
    uint64_t passed;      /* asked for now, and done before the interruption */
    unsigned unusable;    /* documents in a row */
} fetch_job;

/* Get ready; the environment is read.  End with fetch_job_close(), whatever the status. */
OSLER_MUST_USE osler_status fetch_job_open(fetch_job **out, osler_library *library,
                                           const char *query, const osler_fetch_options *options,
                                           osler_error *error);

/* Hand the report out. */
osler_status fetch_job_close(fetch_job *j, osler_fetch_report **out, osler_status status);

/*
 * Begin to store, or go on with the same request where it was interrupted: then what it did is
 * marked as done.  `wanted` is NULL for a query.
 */
OSLER_MUST_USE osler_status fetch_job_begin(fetch_job *j, const char *name, const uint64_t *wanted,
                                            size_t count, osler_error *error);

/* All has been asked for. */
OSLER_MUST_USE osler_status fetch_job_finish(fetch_job *j, osler_error *error);

/*
 * Fetch and store PMIDs, except those done.  A batch is stored only when its document is whole,
 * every record in it can be read, and the PMIDs asked for have been held against those that came; a
 * batch that cannot be used is fetched again, then halved down to the one bad PMID.
 */
OSLER_MUST_USE osler_status fetch_job_list(fetch_job *j, const uint64_t *pmids, size_t count,
                                           osler_error *error);

/* Everything that a search finds. */
OSLER_MUST_USE osler_status fetch_job_slices(fetch_job *j, slices *s, osler_error *error);

#endif
