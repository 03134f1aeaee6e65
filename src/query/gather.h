/* What the index knows of the records that may be about some concepts: where their words stand, and
 * under which headings; no record is read. */
#ifndef QUERY_GATHER_H
#define QUERY_GATHER_H

#include "index/index.h"
#include "query/match.h"

/* A term of the index that stands for a form. */
typedef struct gather_term {
    str term;
    uint32_t form;
    unsigned char span; /* 2: it is two words that a hyphen joins */
} gather_term;

/* A heading of the index that a concept asks for, or one above it. */
typedef struct gather_heading {
    str term;
    const mesh_descriptor *descriptor; /* NULL: known by its name alone */
    size_t name;                       /* in the names of the concepts */
    bool by_name;
} gather_heading;

/* A word or heading seen in one of the documents. */
typedef struct gather_token {
    uint32_t document; /* its place among those that were read */
    match_token token;
} gather_token;

typedef struct gather_seen {
    uint32_t document;
    bool by_name;
    match_heading heading;
} gather_seen;

/* Start with gather_open(). */
typedef struct gather {
    index *index;
    const concept_list *concepts; /* prepared */
    arena memory;                 /* of the terms */
    struct {
        gather_term *items; /* by their form */
        size_t count;
    } terms;
    uint32_t *first; /* beside the forms: where their terms begin; one more at the end */
    struct {
        gather_heading *items;
        size_t count;
    } headings;
    /* what gather_read() found */
    arena batch;
    const index_number *documents;
    size_t count;
    gather_token *tokens; /* by their document */
    size_t token_count, token_room;
    gather_seen *seen;
    size_t seen_count, seen_room;
    uint32_t *first_token, *first_seen; /* beside the documents; one more at the end */
} gather;

/* Look up all forms and headings of the concepts.  End it with gather_close(), also after a
 * failure. */
OSLER_MUST_USE osler_status gather_open(gather *g, index *of, index_analyzer *analyzer,
                                        const concept_list *concepts, osler_error *error);
void gather_close(gather *g);

/*
 * Add to `sure` the documents that have a heading or a name in one word of the concept, and to
 * `perhaps` those that have all words of one of its names.
 */
OSLER_MUST_USE osler_status gather_find(gather *g, arena *memory, const concept *c, index_set *sure,
                                        index_set *perhaps, osler_error *error);

/*
 * Put those of `perhaps[i]` into `sure[i]` in which a name of the `i`-th concept stands indeed, for
 * the first `count` concepts.
 */
OSLER_MUST_USE osler_status gather_confirm(gather *g, index_set *sure, const index_set *perhaps,
                                           size_t count, osler_error *error);

/* Read the words and headings of `documents`, rising, which outlive what is made of them. */
OSLER_MUST_USE osler_status gather_read(gather *g, const index_number *documents, size_t count,
                                        osler_error *error);

/* The `at`-th of the documents that were read, for matching; without lengths when `facts` is NULL.
 */
OSLER_MUST_USE osler_status gather_document(gather *g, arena *memory, size_t at,
                                            const index_facts *facts, match_document *out,
                                            osler_error *error);

#endif
