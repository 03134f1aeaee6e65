/*
 * Sets of living citations: what the tables of the library answer and no search index holds.
 * Everything asked for is bound as a parameter, so that no query text reaches SQL as syntax.
 */
#ifndef STORE_SEARCH_H
#define STORE_SEARCH_H

#include "base/arena.h"
#include "base/str.h"
#include "store/store.h"

/* What can be asked of the tables: rows of searches.def. */
enum store_question {
#define SEARCH(name, sql) STORE_##name,
#include "store/searches.def"
#undef SEARCH
};

/* The parameters of a question; each row of searches.def says what it takes. */
typedef struct store_asked {
    str text;
    int64_t low, high;
} store_asked;

OSLER_MUST_USE osler_status store_search(store *s, arena *memory, enum store_question question,
                                         const store_asked *asked, store_ids *out,
                                         osler_error *error);

#endif
