/* Records of the library that a reference may mean, found by keys and never by looking at all. */
#ifndef LIBRARY_CANDIDATES_H
#define LIBRARY_CANDIDATES_H

#include "library/library.h"

enum { CANDIDATES_MOST = 24 }; /* that one way of looking gives */

/* How they are found, the surest way first. */
enum candidates_way {
    CANDIDATES_BY_IDENTIFIER,
    CANDIDATES_BY_PLACE,  /* volume and first page */
    CANDIDATES_BY_TITLE,  /* its rarest words */
    CANDIDATES_BY_AUTHOR, /* first author with the second, or with the year */
    CANDIDATES_BY_TEXT,   /* the rarest words of the whole reference */
    CANDIDATES_WAYS
};

struct candidates {
    index_number items[CANDIDATES_MOST];
    size_t count;
};

/* Those of one way. */
OSLER_MUST_USE osler_status candidates_find(struct candidates *out, const library_view *view,
                                            arena *memory, enum candidates_way way,
                                            const osler_record *reference, osler_error *error);

#endif
