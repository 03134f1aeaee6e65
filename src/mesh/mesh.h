/* The MeSH vocabulary: headings, their entry terms and their places in the tree. */
#ifndef MESH_MESH_H
#define MESH_MESH_H

#include "mesh/descriptor.h"

/* The `index`-th heading in the order of the UIs, or NULL past the last. */
const mesh_descriptor *mesh_at(size_t index);

/* The heading with this UI, or NULL. */
const mesh_descriptor *mesh_by_ui(str ui);

/*
 * The heading that `text` names: a UI, a name or an entry term, whatever its case, accents, number,
 * hyphens, possessives and order around a comma ("Headache, Tension").  NULL when there is none.
 */
const mesh_descriptor *mesh_find(str text);

/* How many levels `heading` stands below `root` in the tree, 0 when they are one, on the shortest
 * way; -1 when it does not stand below it. */
int mesh_levels_below(const mesh_descriptor *root, const mesh_descriptor *heading);

/* A name or entry term like what somebody typed. */
typedef struct mesh_suggestion {
    const char *term; /* lent by the arena it was asked for with */
    unsigned distance;
} mesh_suggestion;

/* Up to `most` names and entry terms that `text` may have been meant for, the nearest first; the
 * number found. */
size_t mesh_suggest(arena *memory, str text, mesh_suggestion *out, size_t most);

/* Suggestions as mesh_suggest() orders them, in an array of `most`. */
typedef struct mesh_suggestion_list {
    mesh_suggestion *items;
    size_t count, most;
} mesh_suggestion_list;

/* Add `term` in its place, if it is near to `text` and nearer than the last of a full list. */
void mesh_consider(arena *memory, mesh_suggestion_list *list, str text, str term);

/* How many letters must be added, dropped, changed or swapped to make `b` of `a`; above `limit`
 * when it is more than that. */
unsigned mesh_distance(str a, str b, unsigned limit);

#endif
