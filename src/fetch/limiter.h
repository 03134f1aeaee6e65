/* The pace of requests: when the next one may go out. */
#ifndef FETCH_LIMITER_H
#define FETCH_LIMITER_H

/*
 * NCBI allows 3 requests a second for an address and 10 for a key (NBK25497); gaps of 0.334 s still
 * hit the limit (Biopython's experience), hence a little more.
 */
#define LIMITER_GAP 0.40
#define LIMITER_GAP_WITH_KEY 0.12

enum {
    LIMITER_SLOWEST = 8,        /* times the gap */
    LIMITER_SLOW_SECONDS = 600, /* after the last refusal the usual pace is tried again */
};

/* Times are in seconds on any clock that never goes back.  Start from `limiter l = {0};`. */
typedef struct limiter {
    double gap;        /* between an answer's first byte and the next request */
    double slowness;   /* factor on `gap`; 0 counts as 1 */
    double next;       /* when the next request may go out */
    double slow_until; /* then the slowness ends */
} limiter;

/*
 * Take the next turn: how long to wait from `now` before sending.  Each turn is given once, so that
 * several threads with a lock around this call never send together.
 */
double limiter_take_turn(limiter *l, double now);

/*
 * The server has been heard at `now`: the next request goes out a whole gap later.  Since it had
 * the request before it answered, it never sees two of them less than a gap apart, whatever the
 * network does to either.
 */
void limiter_heard(limiter *l, double now);

/* The server said "too many" at `now`: half the pace for a while, at the least an eighth. */
void limiter_slow_down(limiter *l, double now);

#endif
