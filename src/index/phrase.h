/* Finding phrases in one segment. */
#ifndef INDEX_PHRASE_H
#define INDEX_PHRASE_H

#include "index/reader.h"

/* What is done with the living documents that have the phrase. */
typedef struct phrase_found {
    void *context;
    /* Called for them in rising order.  `posting` says in which of the fields it stands and how
     * often; without `times` it is NULL. */
    void (*call)(void *context, uint32_t document, const index_posting *posting);
    bool times;
} phrase_found;

/* Phrases of two words or more. */
OSLER_MUST_USE osler_status phrase_find(index *i, reader_segment *s, const index_phrase *phrase,
                                        const phrase_found *found, osler_error *error);

#endif
