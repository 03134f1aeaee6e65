/* What the resolver offers beside <osler/resolve.h>: records that are not the library's. */
#ifndef LIBRARY_RESOLVER_H
#define LIBRARY_RESOLVER_H

#include "library/library.h"
#include <osler/fetch.h>
#include <osler/resolve.h>

/* What PubMed finds, the record of the PMID that the reference prints, and Crossref's of its DOI.
 */
enum { OFFERED_MOST = OSLER_MATCH_MOST + 2 };

/* Records of PubMed, or one of Crossref, that may be a reference. */
struct offered {
    const osler_record *items[OFFERED_MOST];
    size_t count;
};

/*
 * Decide once more on the reference of the last osler_resolve(), these records compared beside the
 * library's; the resolution lent by it changes.  One that the library has is the library's.
 */
OSLER_MUST_USE osler_status resolver_consider(osler_resolver *r, const osler_record *reference,
                                              const struct offered *offered, osler_error *error);

#endif
