/* Every PMID that a query finds, a slice at a time, however many there are. */
#ifndef FETCH_SLICES_H
#define FETCH_SLICES_H

#include "fetch/eutils.h"

typedef struct slices slices;

/*
 * Search for `query`; `limit` PMIDs at most, 0 for all.  PubMed lists the first 9,999 of a search
 * only: a larger one is cut into ranges of PMIDs, which is complete, since every record has exactly
 * one (dates can be missing or move).  Then PMIDs come highest range first; else newest first.
 * `e` must outlive the slices.  You own `*out`: slices_close().
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
