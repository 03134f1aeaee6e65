/* The cites of one citation, between being rendered and being joined. */
#ifndef STYLE_CLUSTER_H
#define STYLE_CLUSTER_H

#include "style/document.h"

/* A cite as rendered, in order of printing. */
struct cluster_cite {
    const struct placed_cite *placed;
    struct output *tree;   /* ROLE_CITE: its prefix, what the layout made, its suffix */
    struct output *layout; /* what the layout made */
    const char *names;     /* the text of its first cs:names; empty: none */
    str delimiter;         /* what stands before it, unless it is the first */
};

struct cluster {
    processor *p;
    struct cluster_cite *cites;
    size_t count;
};

/* A term that the tree begins with, behind brackets or its number, gets a capital: "Ibid.", "(N.d."
 * The style's own text-case stays. */
void cluster_capitalize_term(struct output *tree, arena *memory);

/* By collapse.c: bring cites of the same names together, leave out what they share, make ranges;
 * choose the delimiters.  Cites that vanish in a range leave the list. */
void cluster_collapse(struct cluster *cluster);

#endif
