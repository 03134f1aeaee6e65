/* The PMC ID Converter: PMID, PMCID and DOI of an article from one of them, for what is in PMC. */
#ifndef FETCH_IDCONV_H
#define FETCH_IDCONV_H

#include "base/arena.h"
#include "base/str.h"
#include <osler/base.h>

enum {
    IDCONV_BATCH = 200,  /* ids in one request, of one kind */
    IDCONV_BYTES = 2000, /* of them together: the request is an address */
};

typedef enum idconv_kind { IDCONV_PMID, IDCONV_PMCID, IDCONV_DOI } idconv_kind;

/* An id, and what is known of its article; NULL: nothing.  The texts live in the caller's arena. */
typedef struct idconv_row {
    const char *asked; /* without a prefix but PMC; free of commas and white space */
    const char *pmid, *pmcid, *doi;
    bool found;
} idconv_row;

typedef struct idconv idconv;
typedef bool (*idconv_keep_going)(void *state, uint64_t retries);

/* As service_open(), the address in OSLER_IDCONV_URL.  You own `*out`: idconv_close(). */
OSLER_MUST_USE osler_status idconv_open(idconv **out, idconv_keep_going keep_going, void *state,
                                        osler_error *error);
void idconv_close(idconv *c); /* accepts NULL */

/* Fill in `count` rows of one kind, at most IDCONV_BATCH and IDCONV_BYTES.  Failures as those of
 * the E-utilities. */
OSLER_MUST_USE osler_status idconv_ask(idconv *c, idconv_kind kind, idconv_row *rows, size_t count,
                                       arena *memory, osler_error *error);

/* Read a reply for them.  OSLER_EINPUT: it is malformed, or says that the request failed. */
OSLER_MUST_USE osler_status idconv_read(idconv_row *rows, size_t count, str body, arena *memory,
                                        osler_error *error);

#endif
