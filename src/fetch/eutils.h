/* NCBI's E-utilities: searching PubMed and fetching its records, with patience and manners. */
#ifndef FETCH_EUTILS_H
#define FETCH_EUTILS_H

#include "fetch/elink.h"
#include "fetch/esearch.h"

enum {
    EUTILS_BATCH = 200,    /* ids in one fetch: far larger ones fail (easyPubMed #13) */
    EUTILS_MAX_IDS = 9999, /* ids in the reply to one search; 10,000 is promised, 9,999 given */
};

/* Requests to the E-utilities of one server, one after the other. */
typedef struct eutils eutils;

/* Asked about once a second and between tries; false ends the work with OSLER_EINTERRUPTED. */
typedef bool (*eutils_keep_going)(void *state, uint64_t retries);

/*
 * Get ready: service_open() for the address in OSLER_EUTILS_URL, with NCBI_API_KEY.  You own
 * `*out`: eutils_close().
 */
OSLER_MUST_USE osler_status eutils_open(eutils **out, eutils_keep_going keep_going, void *state,
                                        osler_error *error);
void eutils_close(eutils *e);

/* The host asked; lent. */
const char *eutils_host(const eutils *e);

/* Requests that had to be repeated so far. */
uint64_t eutils_retries(const eutils *e);

/*
 * Search PubMed for `query` and list at most `max` PMIDs (up to EUTILS_MAX_IDS), those published
 * last first.  `*out` is filled on OSLER_OK: esearch_reply_free().
 */
OSLER_MUST_USE osler_status eutils_search(eutils *e, const char *query, unsigned max,
                                          esearch_reply *out, osler_error *error);

/*
 * Fetch records as a PubmedArticleSet document; `*out` is lent until the next call.  On OSLER_OK
 * the document has its root's end tag, no more is promised: which records are in it, the caller
 * must see.  OSLER_EINPUT or OSLER_ELIMIT: the reply cannot be used after all tries, but a request
 * for fewer of these ids may succeed.  Other failures concern every request.
 */
OSLER_MUST_USE osler_status eutils_fetch(eutils *e, const uint64_t *pmids, size_t count, str *out,
                                         osler_error *error);

/* What came last, sound or not; lent until the next request. */
str eutils_body(const eutils *e);

/* Ask ECitMatch; `lines` as citmatch_add_line() makes them.  `*out` is lent until the next call. */
OSLER_MUST_USE osler_status eutils_match(eutils *e, str lines, str *out, osler_error *error);

enum { EUTILS_LINK_BATCH = 100 /* records in one request for links */ };

/* Which links: "pubmed_pubmed_refs"; with their scores? */
typedef struct eutils_links {
    const char *name;
    bool scored;
} eutils_links;

/*
 * Ask ELink for the links of up to EUTILS_LINK_BATCH records, one set
 * for each, and add them to `out`.  The failures are those of
 * eutils_fetch(): OSLER_EINPUT and OSLER_ELIMIT, and OSLER_ENETWORK when the server fails inside,
 * may end with a request for fewer records, or one without scores.
 */
OSLER_MUST_USE osler_status eutils_link(eutils *e, const uint64_t *pmids, size_t count,
                                        const eutils_links *which, elink_reply *out,
                                        osler_error *error);

/* What ESpell makes of a query, in `*out`, which is yours: memory_free().  NULL: it has nothing
 * better. */
OSLER_MUST_USE osler_status eutils_spell(eutils *e, const char *query, char **out,
                                         osler_error *error);

#endif
