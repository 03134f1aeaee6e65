/* A vocabulary as a file that is used where it lies in memory. */
#ifndef MESH_COMPILED_H
#define MESH_COMPILED_H

#include "mesh/descriptor.h"
#include <osler/base.h>

#include <stdint.h>

/* A key (base/form.h) of a name or entry term, and the place of its heading. */
typedef struct vocabulary_key {
    const char *text;
    uint32_t descriptor;
} vocabulary_key;

typedef struct vocabulary {
    const mesh_descriptor *items; /* by UI */
    size_t count;
    const vocabulary_key *keys; /* rising, each once */
    size_t key_count;
    bool is_loaded; /* it is not the built-in one */
} vocabulary;

/*
 * Map the file at `path`.  False when it is not there, is not one of ours, or is damaged; it is
 * made on the machine that uses it, in that machine's order of bytes.  What it gives lives as long
 * as the process.
 */
bool compiled_open(vocabulary *out, const char *path);

/* A vocabulary that is being gathered.  Start from `compiled_draft g = {0};`. */
typedef struct compiled_draft {
    arena memory;
    struct drafted {
        mesh_descriptor descriptor;
        const char *permuted; /* '|' between them */
    } * items;
    size_t count;
} compiled_draft;

/* Write it, complete or not at all.  OSLER_EIO. */
OSLER_MUST_USE osler_status compiled_write(const char *path, compiled_draft *g, size_t *terms,
                                           osler_error *error);
void compiled_draft_free(compiled_draft *g);

#endif
