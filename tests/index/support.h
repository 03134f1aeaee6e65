/* Segments taken apart again, and invented documents to make them of. */
#ifndef INDEX_SUPPORT_H
#define INDEX_SUPPORT_H

#include "base/arena.h"
#include "index/segment.h"
#include "memory_segments.h"

/* What one document has of one term. */
typedef struct row {
    str term;
    int64_t citation;
    str payload, positions;
} row;

/* A family: the key and one of its words. */
typedef struct family_row {
    str key, word;
} family_row;

/* All that a segment, or a list of documents, says: rows by term and citation. */
typedef struct model {
    arena memory;
    row *rows;
    size_t count;
    family_row *families;
    size_t family_count;
    index_facts *facts; /* by citation */
    str *layouts;       /* beside them */
    size_t documents;
    size_t blocks; /* that were read */
} model;
void model_free(model *m);

/* Read a segment from its description in segment.h; every part is checked on the way. */
model model_of_segment(memory_segments *m, int64_t segment);

/* Add a document; model_sort() when all are there. */
void model_add(model *m, const index_document *document);
void model_sort(model *m);

/* True when rows, facts (but for where layouts stand) and layouts agree. */
bool model_same(const model *one, const model *other);
bool model_same_families(const model *one, const model *other);

/* Numbers that are the same in every run. */
uint64_t next_random(void);
void seed_random(uint64_t seed);

/* A document of a citation with about `terms` terms out of `vocabulary`, some many times. */
index_document invent_document(arena *memory, int64_t citation, unsigned terms,
                               unsigned vocabulary);

#endif
