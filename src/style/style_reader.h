/* What the readers of a style's parts share: the style in the making and its macros' calls. */
#ifndef STYLE_STYLE_READER_H
#define STYLE_STYLE_READER_H

#include "style/values.h"

/* A place where a macro is called: its node, or a sort key's. */
struct macro_call {
    struct node *node; /* gets the macro's children; NULL for a sort key */
    unsigned caller;   /* a macro's place, or macro_count: the areas */
    unsigned callee;
    unsigned depth, line;
};

struct style_reader {
    struct style *style;
    arena *memory;
    struct complaints complaints;
    struct macro *macros;           /* in the order of the file */
    const struct macro **by_name;   /* the same, sorted, the first of each name only */
    size_t macro_count, name_count; /* of `macros`; of `by_name` */
    struct macro_call *calls;
    size_t call_count;
    struct macro_extent *extents; /* of each macro, and of the areas */
    unsigned caller, depth;       /* of the element being read */
};

/* The elements of one macro or of the areas, without what they call: how deep, how many. */
struct macro_extent {
    unsigned depth;
    size_t size;
    bool started, ended; /* while calls are followed */
};

/* By style_nodes.c: the rendering elements below `parent`. */
void read_nodes(struct style_reader *r, const struct element *parent, struct nodes *out);

/* By style_areas.c: cs:citation and cs:bibliography. */
void read_area(struct style_reader *r, const struct element *element, struct area *out);

/* By style_macros.c: find and number all macros of the style; their bodies are not read yet. */
void collect_macros(struct style_reader *r, const struct element *root);

/* The macro of that name, its call noted; NULL, after a complaint, when there is none. */
const struct macro *call_macro(struct style_reader *r, const struct element *element, str name,
                               struct node *node);

/* Read the macros' bodies, and give each call its macro's children.  Fails for a macro that calls
 * itself, and when calls make the style too deep or too large. */
void read_macros(struct style_reader *r, const struct element *root);
osler_status resolve_calls(struct style_reader *r, osler_error *error);

#endif
