/* Looking for damage in the search index. */
#ifndef STORE_VERIFY_H
#define STORE_VERIFY_H

#include "store/store.h"

/*
 * Compare the index with the records: every living citation has one living document, whose facts,
 * layout and terms are those of a fresh analysis.  `found` as of store_verify().
 */
OSLER_MUST_USE osler_status verify_index(store *s,
                                         void (*found)(void *context, const char *sentence),
                                         void *context, osler_error *error);

#endif
