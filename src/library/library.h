/* The open library, as the use cases in this folder see it. */
#ifndef LIBRARY_LIBRARY_H
#define LIBRARY_LIBRARY_H

#include "index/index.h"
#include "store/store.h"
#include <osler/library.h>

struct osler_library {
    store *store;   /* the first */
    store **stores; /* all: those behind the first are for reading */
    size_t count;
    arena scratch; /* of the work at hand; kept, so that its memory is used again */
};

/* What the library and those beside it have at one moment: library_end_reading() ends it. */
typedef struct library_view {
    osler_library *library;
    index *index;          /* over all of them */
    index_source *sources; /* NULL when there is one library: then the index is its store's */
} library_view;
OSLER_MUST_USE osler_status library_begin_reading(library_view *out, osler_library *library,
                                                  osler_error *error);
void library_end_reading(library_view *view);

#endif
