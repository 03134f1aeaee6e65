/* What the index knows of the records that may be about some concepts: where their words stand, and
 * under which headings; no record is read. */
#ifndef QUERY_COLLECT_H
#define QUERY_COLLECT_H

#include "index/index.h"
#include "query/match.h"

/* A term of the index that stands for a form. */
typedef struct collect_term {
    str term;
    uint32_t form;
    unsigned char span; /* 2: it is two words that a hyphen joins */
} collect_term;

/* A heading of the index that a concept asks for, or one above it. */
typedef struct collect_heading {
    str term;
    const mesh_descriptor *descriptor; /* NULL: known by its name alone */
    size_t name;                       /* in the names of the concepts */
    bool by_name;
} collect_heading;

/* A word or heading seen in one of the documents. */
typedef struct collect_token {
    uint32_t document; /* its place among those that were read */
    match_token token;
} collect_token;

typedef struct collect_seen {
    uint32_t document;
    bool by_name;
    match_heading heading;
} collect_seen;

/* Start with collect_open(). */
typedef struct collector {
    index *index;
    const concept_list *concepts; /* prepared */
    arena memory;                 /* of the terms */
    struct {
        collect_term *items; /* by their form */
        size_t count;
    } terms;
    uint32_t *first; /* beside the forms: where their terms begin; one more at the end */
    struct {
        collect_heading *items;
        size_t count;
    } headings;
    const concept_pattern **uses; /* by the forms that stand in them */
    uint32_t *first_use; /* beside the forms: where their uses begin; one more at the end */
    uint32_t *order;     /* of the forms: the rarest first */
    size_t order_count;
    /* what collect_read() found */
    arena batch;
    const index_number *documents;
    size_t count;
    collect_token *tokens; /* by their document */
    size_t token_count, token_room;
    collect_seen *seen;
    size_t seen_count, seen_room;
    uint32_t *first_token, *first_seen; /* beside the documents; one more at the end */
} collector;

/* Look up all forms and headings of the concepts.  End it with collect_close(), also after a
 * failure. */
OSLER_MUST_USE osler_status collect_open(collector *g, index *of, index_analyzer *analyzer,
                                         const concept_list *concepts, osler_error *error);
void collect_close(collector *g);

/*
 * Add to `sure` the documents that have a heading or a name in one word of the concept, and to
 * `perhaps` those that have all words of one of its names.
 */
OSLER_MUST_USE osler_status collect_find(collector *g, arena *memory, const concept *c,
                                         index_set *sure, index_set *perhaps, osler_error *error);

/*
 * Put those of `perhaps[i]` into `sure[i]` in which a name of the `i`-th concept stands indeed, for
 * the first `count` concepts.
 */
OSLER_MUST_USE osler_status collect_confirm(collector *g, index_set *sure, const index_set *perhaps,
                                            size_t count, osler_error *error);

/* The same for the documents that were read, and no others. */
OSLER_MUST_USE osler_status collect_confirm_read(collector *g, index_set *sure,
                                                 const index_set *perhaps, size_t count,
                                                 osler_error *error);

/* Read the words and headings of `documents`, rising, which outlive what is made of them. */
OSLER_MUST_USE osler_status collect_read(collector *g, const index_number *documents, size_t count,
                                         osler_error *error);

/* The place of a document among those that were read; their number when it is none of them. */
size_t collect_place(const collector *g, index_number document);

/* The `at`-th of the documents that were read, for matching; without lengths when `facts` is NULL.
 */
OSLER_MUST_USE osler_status collect_document(collector *g, arena *memory, size_t at,
                                             const index_facts *facts, match_document *out,
                                             osler_error *error);

#endif
