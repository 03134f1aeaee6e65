/* subsequent-author-substitute, from entry to entry of a bibliography. */
#ifndef STYLE_SUBSEQUENT_AUTHORS_H
#define STYLE_SUBSEQUENT_AUTHORS_H

#include "style/document.h"

/* The names of an entry as they were rendered. */
struct entry_names {
    arena memory;
    const char *whole; /* NULL: the entry has none */
    const char **each; /* of the first list, for the partial rules */
    size_t count;
};

/* This entry's names and those of the one before, in turn.  Start from zeroed memory. */
struct subsequent_authors {
    struct entry_names entries[2];
    bool turn;
};

/* Replace what the style wants replaced in the next entry of the bibliography. */
void subsequent_authors(processor *p, struct subsequent_authors *walk, struct output *entry);

void subsequent_authors_free(struct subsequent_authors *walk);

#endif
