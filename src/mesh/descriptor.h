/* A heading, and the keys by which it is found. */
#ifndef MESH_DESCRIPTOR_H
#define MESH_DESCRIPTOR_H

#include "base/arena.h"
#include "base/str.h"

/* A heading; everything in it lives as long as the process. */
typedef struct mesh_descriptor {
    const char *ui;
    const char *name;
    const char *numbers; /* tree numbers, '|' between them */
    const char *terms;   /* entry terms without permuted ones, '|' between them */
    const char *note;    /* the scope note; "" in the built-in vocabulary */
} mesh_descriptor;

/* The key of "B A" for "A, B" (base/form.h); empty when `text` has no comma or more than one. */
str mesh_inverted_key(arena *memory, str text);

#endif
