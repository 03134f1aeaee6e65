/*
 * Invented libraries: plain documents, the same put into segments in memory, and slow answers from
 * the plain ones that the index must agree with.
 */
#ifndef INDEX_MEMORY_LIBRARY_H
#define INDEX_MEMORY_LIBRARY_H

#include "index/index.h"
#include "memory_segments.h"

/* A stream of numbers that looks random; the same seed gives the same. */
typedef struct plain_random {
    uint64_t state;
} plain_random;
uint32_t plain_next(plain_random *r, uint32_t below);

typedef struct plain_text {
    enum index_field field;
    uint32_t start; /* position of the first word */
    uint32_t count;
    uint32_t *words; /* numbers: plain_word() spells them */
} plain_text;

/* A term that is no word. */
typedef struct plain_term {
    const char *term; /* with its kind */
    unsigned fields;
} plain_term;

enum { PLAIN_TEXTS = 12, PLAIN_TERMS = 8 };

typedef struct plain_document {
    index_facts facts;
    plain_text texts[PLAIN_TEXTS];
    size_t text_count, topic_count; /* the first are in the layout */
    plain_term terms[PLAIN_TERMS];
    size_t term_count;
    uint32_t end; /* of the layout */
    /* Where it is. */
    size_t source;
    int64_t segment;
    index_number number;
    bool dead;
} plain_document;

/* What documents look like. */
typedef struct plain_shape {
    const uint32_t *words; /* picked from evenly: common words stand in it more often */
    uint32_t word_count;
    uint32_t title, abstract; /* about so many words */
} plain_shape;

/* The spelling of word `number`, different for all numbers; the arena's. */
const char *plain_word(arena *memory, uint32_t number);

void plain_make(plain_document *out, arena *memory, plain_random *random, const plain_shape *shape);

/* As the writer takes it. */
void plain_index(const plain_document *document, arena *memory, index_document *out);

/* What the document says of a term: as index_cursor_get() and index_cursor_get_places(); the places
 * are the arena's. */
index_posting plain_posting(const plain_document *document, str term);
size_t plain_places(const plain_document *document, str term, arena *memory, index_place **out);

/* Where a phrase stands and how often, in its fields. */
index_posting plain_phrase(const plain_document *document, const index_phrase *phrase);

/* Libraries of small documents with few words, in several segments each, some of them dead. */
typedef struct plain_library {
    arena memory;
    plain_document *documents;
    size_t count;
    memory_segments *segments[3];
    index_source sources[3];
    size_t source_count;
    uint32_t vocabulary;
} plain_library;

typedef struct plain_size {
    uint64_t seed;
    size_t documents, sources, segments; /* segments: of each source */
    uint32_t vocabulary;
    unsigned dead; /* percent */
} plain_size;
void plain_library_make(plain_library *l, const plain_size *size);
void plain_library_free(plain_library *l);

/* The term of word `number`, with its kind; the arena's. */
str plain_library_term(arena *memory, uint32_t number);

#endif
