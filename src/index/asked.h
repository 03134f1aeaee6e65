/* What a ranking asks for, found in the segments: lists of documents, and how rare they are. */
#ifndef INDEX_ASKED_H
#define INDEX_ASKED_H

#include "index/postings.h"
#include "index/score.h"

/* One alternative in one segment. */
typedef struct asked_list {
    size_t asked; /* which of those asked for it is of */
    score_term how;
    coding_term term;    /* its entry in the dictionary, */
    postings_made *made; /* or what was made of a phrase */
} asked_list;

/* The alternatives that a segment has, in the order they were asked in. */
typedef struct asked_segment {
    asked_list *items;
    size_t count;
} asked_segment;

/* Start from all zero; you own it: asked_free(). */
typedef struct asked_lists {
    asked_segment *segments; /* one for each of the index */
    size_t segment_count;
    double *idf; /* one for each thing asked for */
    size_t count;
    arena memory;
} asked_lists;

OSLER_MUST_USE osler_status asked_find(asked_lists *out, index *i, const index_asked *asked,
                                       size_t count, osler_error *error);
void asked_free(asked_lists *a);

/* Open the postings of an alternative; close them in any case. */
OSLER_MUST_USE osler_status asked_open(postings *p, index *i, reader_segment *s,
                                       const asked_list *list, osler_error *error);

#endif
