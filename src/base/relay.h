/*
 * One thread beside the caller's, and a bounded row of items that one of the two fills and the
 * other takes, in order.  Items go round, so that memory stays bounded.
 */
#ifndef BASE_RELAY_H
#define BASE_RELAY_H

#include <osler/base.h>

typedef struct relay relay;

/*
 * Start a thread that runs `run`; no signal is delivered to it.  The `count` items of `items` are
 * yours; they go round.  OSLER_ELIMIT when the system gives none.  You own `*out`: relay_close().
 */
typedef struct relay_plan {
    void *context;
    void **items;
    size_t count;
    void (*run)(void *context, relay *r);
} relay_plan;
OSLER_MUST_USE osler_status relay_start(relay **out, const relay_plan *plan, osler_error *error);

/* For the side that fills: a free item, waiting for one; NULL when the other side wants no more.
 * Calling it again before relay_put() gives the same one. */
void *relay_room(relay *r);
/* What relay_room() gave is filled. */
void relay_put(relay *r);
/* Nothing more will be put. */
void relay_end(relay *r);
/* Wait until all that was put has been given back. */
void relay_wait(relay *r);

/* For the side that takes: the next item, waiting for it; NULL at the end.  The one before is given
 * back. */
void *relay_take(relay *r);
/* Nothing more will be taken. */
void relay_stop(relay *r);

/* Both of the above, and wait until the thread has ended.  Accepts NULL. */
void relay_close(relay *r);

#endif
