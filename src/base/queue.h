/*
 * An assembly line of threads: one fills items, several work on them, and the caller takes them in
 * the order in which they were filled.  Items go round, so that memory stays bounded.
 */
#ifndef BASE_QUEUE_H
#define BASE_QUEUE_H

#include <osler/base.h>

typedef struct queue queue;

/*
 * What is done, and with what.  An item is in one pair of hands at a time: what one thread wrote to
 * it, the next one sees.
 */
typedef struct queue_plan {
    void *context;
    void **items; /* yours; they go round */
    size_t count; /* of the items: at least 1 */
    size_t most;  /* sizes that may be under way together; a larger item goes alone */
    unsigned workers;

    /* On the filling thread: make `item` anew, say its size.  False: there is nothing more. */
    bool (*fill)(void *context, void *item, size_t *size);

    /* On the thread of the worker with this number, from 0. */
    void (*work)(void *context, unsigned worker, void *item);
} queue_plan;

typedef enum queue_answer {
    QUEUE_ITEM,
    QUEUE_END,  /* all that was filled has been taken */
    QUEUE_LATER /* nothing yet: the caller may look about and ask again */
} queue_answer;

/*
 * Start the threads; no signal is delivered to them.  OSLER_ELIMIT when the system gives none.  You
 * own `*out`: queue_close().
 */
OSLER_MUST_USE osler_status queue_start(queue **out, const queue_plan *plan, osler_error *error);

/* The next item, lent until the next call, which gives it back.  Waits about a tenth of a second.
 */
queue_answer queue_next(queue *q, void **item);

/*
 * Stop wherever the work is and wait until the threads have ended: a call of fill() or work() that
 * is under way is waited for.  Accepts NULL.
 */
void queue_close(queue *q);

/* How many threads can run at the same time on this machine: at least 1. */
unsigned queue_processors(void);

#endif
