/* The reply to a search: how many, which, and how PubMed understood the query; other spellings. */
#ifndef FETCH_ESEARCH_H
#define FETCH_ESEARCH_H

#include "base/arena.h"
#include "base/str.h"
#include <osler/base.h>

/* A list of PMIDs that grows.  Start from `pmid_set s = {0};`, end with pmid_set_free(). */
typedef struct pmid_set {
    uint64_t *items;
    size_t count, capacity;
} pmid_set;

void pmid_set_add(pmid_set *set, uint64_t pmid);
void pmid_set_free(pmid_set *set);

/* A remark of PubMed on the query. */
typedef struct esearch_remark {
    const char *kind; /* PhraseNotFound, FieldNotFound, PhraseIgnored, QuotedPhraseNotFound,
                         OutputMessage */
    const char *text;
} esearch_remark;

/* Start from `esearch_reply r = {0};`, end with esearch_reply_free(). */
typedef struct esearch_reply {
    arena memory;
    uint64_t count;          /* records that match */
    pmid_set pmids;          /* those listed, in the server's order */
    const char *translation; /* the query as PubMed understood it; NULL when not given */
    esearch_remark *remarks;
    size_t remark_count;
} esearch_reply;

/* Read an eSearchResult document.  OSLER_EINPUT: it is malformed, or has no count. */
OSLER_MUST_USE osler_status esearch_read(esearch_reply *out, str body, osler_error *error);

void esearch_reply_free(esearch_reply *reply);

/* Read an eSpellResult document: the corrected query, yours (memory_free()), or NULL when there is
 * none.  OSLER_EINPUT: it is malformed. */
OSLER_MUST_USE osler_status espell_read(char **out, str body, osler_error *error);

#endif
