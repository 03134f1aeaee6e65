/* Every PMID that a query finds, a slice at a time, however many there are. */
#ifndef FETCH_SLICES_H
#define FETCH_SLICES_H

#include "fetch/eutils.h"

typedef struct slices slices;

/*
 * Search for `query`; `limit` PMIDs at most, 0 for all.  PubMed lists the first 9,999 of a search
 * only: a larger one is cut by halves, by the day PubMed made the records, and where that does not
 * do (a day with more, records without one) by PMID.  The counts of two halves must be that of the
 * whole, and at the end the sum of all slices that of the query; where it is not, the slices that
 * have changed come again: their PMIDs may be handed out twice.  The newest come first. `e` must
 * outlive the slices.  You own `*out`: slices_close().
 */
OSLER_MUST_USE osler_status slices_open(slices **out, eutils *e, const char *query, uint64_t limit,
                                        osler_error *error);

/* The reply to the first search: count, translation, remarks.  Lent. */
const esearch_reply *slices_summary(const slices *s);

/* How many PMIDs will come, if the counts hold. */
uint64_t slices_total(const slices *s);

/* The next PMIDs, at least one and at most EUTILS_MAX_IDS, lent until the next call; or OSLER_END.
 */
OSLER_MUST_USE osler_status slices_next(slices *s, const pmid_set **out, osler_error *error);

/* After OSLER_END: how many PMIDs that PubMed counted it did not list, and what does not add up; ""
 * when all does. */
uint64_t slices_unlisted(const slices *s);
const char *slices_doubt(const slices *s);

void slices_close(slices *s);

#endif
