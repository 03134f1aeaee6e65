/* Who is it?  What the library knows of the work that a record is about. */
#ifndef STORE_KNOWN_H
#define STORE_KNOWN_H

#include "store/database.h"
#include "store/prepare.h"

/* The citation that a record is about; id 0: none is known. */
struct known {
    int64_t id, pmid, version, revised, origin;
    bool deleted;
};

OSLER_MUST_USE osler_status known_by_pmid(store *s, int64_t pmid, struct known *out,
                                          osler_error *error);

/* As store_put() says. */
OSLER_MUST_USE osler_status known_find(store *s, const store_prepared *prepared, struct known *out,
                                       osler_error *error);

/* The living citations that carry an identifier ("doi:10.5555/abc"), at most a hundred (the first
 * that the segments of the index name): first those with a PMID.  Only those `apart`: all without
 * a PMID. */
OSLER_MUST_USE osler_status known_carriers(store *s, arena *memory, str identifier, bool apart,
                                           store_ids *out, osler_error *error);

/* The name of an identifier, into `b`; empty when the value is. */
str known_identifier(buf *b, const char *scheme, str value);

/* The value under which a work without PMID is found by its digest; into `b`. */
str known_digest_name(buf *b, const digest *made);

#endif
