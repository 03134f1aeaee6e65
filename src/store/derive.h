/* The tables made from a record: they follow from it and can be made again. */
#ifndef STORE_DERIVE_H
#define STORE_DERIVE_H

#include "store/database.h"

/* Make the rows of a living citation. */
OSLER_MUST_USE osler_status derive_add(store *s, int64_t id, const osler_record *record,
                                       const osler_appraisal *appraisal, osler_error *error);

/* Delete the rows of a citation, whose PMID was `pmid` (0: none). */
OSLER_MUST_USE osler_status derive_drop(store *s, int64_t id, int64_t pmid, osler_error *error);

/* Delete those rows only that living citations alone have, and its statements about others. */
OSLER_MUST_USE osler_status derive_hide(store *s, int64_t id, int64_t pmid, osler_error *error);

/* The PMID as a number; 0 when the text is none. */
int64_t derive_pmid(const char *text);

/* A DOI as it is compared: bare (identifier_bare_doi()), lower case; into `b`, which is cleared.
 * Empty when it is none. */
str derive_doi(buf *b, const char *doi);

/* A PMCID as it is compared: "PMC" and digits, into `b`.  Empty when it is none. */
str derive_pmcid(buf *b, const char *pmcid);

#endif
