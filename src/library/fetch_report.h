/* Building the report of a fetch. */
#ifndef LIBRARY_FETCH_REPORT_H
#define LIBRARY_FETCH_REPORT_H

#include "base/arena.h"
#include "fetch/esearch.h"
#include <osler/fetch.h>

/* A report with the memory of what it points to. */
typedef struct fetch_report {
    osler_fetch_report shown; /* first, so that a pointer to one is a pointer to the other */
    arena memory;
} fetch_report;

fetch_report *fetch_report_new(const char *query);

/* Take over what a search says: count, translation, remarks in plain words. */
void fetch_report_add_search(fetch_report *report, const esearch_reply *reply);

/* Whether the search had trouble with words: then another spelling may find more. */
bool fetch_report_wants_spelling(const esearch_reply *reply);
void fetch_report_suggest(fetch_report *report, const char *query);

void fetch_report_warn(fetch_report *report, const char *sentence);

/* Note and count what went wrong with one PMID. */
void fetch_report_add_problem(fetch_report *report, uint64_t pmid, osler_fetch_trouble trouble,
                              const char *message);

#endif
