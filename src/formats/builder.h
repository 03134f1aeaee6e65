/* Building a record in an arena of the caller's, with a ceiling that hostile input meets. */
#ifndef FORMATS_BUILDER_H
#define FORMATS_BUILDER_H

#include "base/arena.h"
#include <osler/record.h>

typedef struct builder {
    arena *memory;        /* lent; what is built lives in it and needs the builder no more */
    size_t spent;         /* bytes of it, about */
    const char *exceeded; /* why nothing more is taken, in words; NULL while all is well */
} builder;

/* A new zeroed record in `memory`, which nothing has been counted of yet. */
osler_record *builder_start(builder *b, arena *memory);

/* A copy of `text`; NULL when it is empty or a limit is exceeded. */
const char *builder_keep(builder *b, str text);

/* The same for plain text that becomes markup, and with white space collapsed. */
const char *builder_keep_markup(builder *b, str plain);

/* A new zeroed item of `size` bytes in the list at `list`; NULL when a limit is exceeded. */
void *builder_add(builder *b, void *list, size_t size);
#define BUILDER_ADD(b, list) builder_add((b), (list), sizeof *(list)->items)

/* Add a copy of `text` to a list of texts, unless it is empty. */
void builder_add_text(builder *b, osler_text_list *list, str text);

/* A copy in ASCII lower case; NULL for NULL. */
const char *builder_lower_case(builder *b, const char *text);

#endif
