/*
 * A file on its way through several threads: one cuts it into batches of pieces, others work on
 * them, and the caller takes them in the order of the file.  Memory is bounded.
 */
#ifndef LIBRARY_PIPELINE_H
#define LIBRARY_PIPELINE_H

#include "base/queue.h"
#include "formats/batch.h"

typedef struct pipeline pipeline;

/* A load is a batch and what is made of it: a struct whose first member is a `batch`. */
typedef struct pipeline_plan {
    osler_reader *reader; /* lent */
    unsigned workers;
    size_t load_size; /* loads start from zeroes, and come again as they were left */
    void *context;

    /* On the thread of the worker with this number, whose parser it is. */
    void (*work)(void *context, unsigned worker, piece_parser *parser, void *load);

    /* Give back what a load has beside its batch; may be NULL. */
    void (*free_load)(void *load);
} pipeline_plan;

/* How many workers there are to be when `threads` were asked for; 0: one a processor. */
unsigned pipeline_workers(unsigned threads);

/* Start.  You own `*out`: pipeline_close(), also in the middle. */
OSLER_MUST_USE osler_status pipeline_open(pipeline **out, const pipeline_plan *plan,
                                          osler_error *error);

/* As queue_next(): the next load, lent until the next call. */
queue_answer pipeline_next(pipeline *p, void **load);

void pipeline_close(pipeline *p); /* accepts NULL */

#endif
