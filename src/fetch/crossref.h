/* Crossref: the record of a work by its DOI, for what PubMed has not. */
#ifndef FETCH_CROSSREF_H
#define FETCH_CROSSREF_H

#include "base/str.h"
#include <osler/base.h>

typedef struct crossref crossref;
typedef bool (*crossref_keep_going)(void *state, uint64_t retries);

/* As service_open(), the address in OSLER_CROSSREF_URL; NCBI_EMAIL stands in the User-Agent, as
 * Crossref asks for it.  You own `*out`: crossref_close(). */
OSLER_MUST_USE osler_status crossref_open(crossref **out, crossref_keep_going keep_going,
                                          void *state, osler_error *error);
void crossref_close(crossref *c); /* accepts NULL */

/* The host asked; lent. */
const char *crossref_host(const crossref *c);

/*
 * The record of a bare DOI as one object of CSL-JSON; `*out` is lent until the next call.  That its
 * DOI is the one asked for is proved.  OSLER_ENOTFOUND: Crossref has none, or no such DOI can be
 * asked for.  OSLER_EINPUT, OSLER_ELIMIT: what comes for this DOI cannot be used, after all tries,
 * or is of another one (Crossref gives an alias the record of the DOI it stands for).
 * OSLER_ENETWORK, OSLER_ERATE and others as for the E-utilities.
 */
OSLER_MUST_USE osler_status crossref_get(crossref *c, const char *doi, str *out,
                                         osler_error *error);

/* Whether a reply is a record of this DOI; else OSLER_EINPUT. */
OSLER_MUST_USE osler_status crossref_check(str body, const char *doi, osler_error *error);

#endif
