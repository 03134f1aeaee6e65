/* The assembly line: a ring of items, one lock, three reasons to wait. */
#include "base/queue.h"

#include "base/error.h"
#include "base/memory.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { PATIENCE = 100000000 /* ns */, SECOND = 1000000000 };

/* An item on its way; the one with number n is at n modulo the count. */
struct place {
    size_t size;
    bool worked;
};

struct queue {
    queue_plan plan;
    struct place *places;
    pthread_t *threads;
    unsigned started;

    pthread_mutex_t lock;  /* over all below */
    pthread_cond_t room;   /* an item was given back: the filling thread waits */
    pthread_cond_t filled; /* an item was filled, or none will be: the workers wait */
    pthread_cond_t worked; /* an item was worked on, or none will be filled: the caller waits */
    uint64_t fills, works, takes; /* items filled, begun to be worked on, given back */
    size_t weight;                /* sizes of the items filled and not given back */
    bool ended;                   /* nothing more is filled */
    bool stopping;
    bool lent;     /* the caller has the item with the number `takes` */
    unsigned next; /* number of the next worker that starts */
};

static struct place *place_of(queue *q, uint64_t number)
{
    return &q->places[number % q->plan.count];
}

static void *item_of(const queue *q, uint64_t number)
{
    return q->plan.items[number % q->plan.count];
}

static bool is_full(const queue *q)
{
    return q->fills - q->takes == q->plan.count;
}

static bool is_heavy(const queue *q, size_t size)
{
    return q->fills != q->takes && (size > q->plan.most || q->weight > q->plan.most - size);
}

/* Only this thread raises `fills`, so that its item is its own while the lock is open. */
static void *fill_items(void *opaque)
{
    queue *q = opaque;
    pthread_mutex_lock(&q->lock);
    while (!q->stopping && !q->ended) {
        if (is_full(q)) {
            pthread_cond_wait(&q->room, &q->lock);
            continue;
        }
        void *item = item_of(q, q->fills);
        size_t size = 0;
        pthread_mutex_unlock(&q->lock);
        bool more = q->plan.fill(q->plan.context, item, &size);
        pthread_mutex_lock(&q->lock);
        while (more && !q->stopping && is_heavy(q, size))
            pthread_cond_wait(&q->room, &q->lock);
        q->ended = !more;
        if (more) {
            *place_of(q, q->fills++) = (struct place){.size = size};
            q->weight += size;
            pthread_cond_signal(&q->filled);
        }
    }
    q->ended = true;
    pthread_cond_broadcast(&q->filled);
    pthread_cond_signal(&q->worked);
    pthread_mutex_unlock(&q->lock);
    return NULL;
}

static void *work_items(void *opaque)
{
    queue *q = opaque;
    pthread_mutex_lock(&q->lock);
    unsigned worker = q->next++;
    while (!q->stopping) {
        if (q->works == q->fills) {
            if (q->ended)
                break;
            pthread_cond_wait(&q->filled, &q->lock);
            continue;
        }
        uint64_t number = q->works++;
        pthread_mutex_unlock(&q->lock);
        q->plan.work(q->plan.context, worker, item_of(q, number));
        pthread_mutex_lock(&q->lock);
        place_of(q, number)->worked = true;
        if (number == q->takes) /* nobody waits for another one */
            pthread_cond_signal(&q->worked);
    }
    pthread_mutex_unlock(&q->lock);
    return NULL;
}

/* The same clock as the one that the condition waits by. */
static struct timespec soon(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    time.tv_nsec += PATIENCE;
    if (time.tv_nsec >= SECOND) {
        time.tv_sec++;
        time.tv_nsec -= SECOND;
    }
    return time;
}

static void give_back(queue *q)
{
    if (!q->lent)
        return;
    q->weight -= place_of(q, q->takes++)->size;
    q->lent = false;
    pthread_cond_signal(&q->room);
}

queue_answer queue_next(queue *q, void **item)
{
    queue_answer answer = QUEUE_LATER;
    struct timespec end = soon();
    int result = 0;
    *item = NULL;
    pthread_mutex_lock(&q->lock);
    give_back(q);
    while (answer == QUEUE_LATER && result != ETIMEDOUT) {
        if (q->takes < q->fills && place_of(q, q->takes)->worked)
            answer = QUEUE_ITEM;
        else if (q->takes == q->fills && q->ended)
            answer = QUEUE_END;
        else
            result = pthread_cond_timedwait(&q->worked, &q->lock, &end);
    }
    if (answer == QUEUE_ITEM) {
        *item = item_of(q, q->takes);
        q->lent = true;
    }
    pthread_mutex_unlock(&q->lock);
    return answer;
}

static void make_conditions(queue *q)
{
    pthread_condattr_t attributes;
    pthread_condattr_init(&attributes);
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    pthread_mutex_init(&q->lock, NULL);
    pthread_cond_init(&q->room, NULL);
    pthread_cond_init(&q->filled, NULL);
    pthread_cond_init(&q->worked, &attributes);
    pthread_condattr_destroy(&attributes);
}

osler_status queue_start(queue **out, const queue_plan *plan, osler_error *error)
{
    queue *q = memory_alloc(sizeof *q);
    sigset_t all, before;
    q->plan = *plan;
    q->places = memory_alloc(plan->count * sizeof *q->places);
    q->threads = memory_alloc((plan->workers + 1) * sizeof *q->threads);
    make_conditions(q);
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    int result = pthread_create(&q->threads[0], NULL, fill_items, q);
    for (q->started = result == 0; result == 0 && q->started <= plan->workers;
         q->started += result == 0)
        result = pthread_create(&q->threads[q->started], NULL, work_items, q);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    *out = q;
    if (q->started > 1) /* fewer workers than were wanted do the same work */
        return OSLER_OK;
    queue_close(q);
    *out = NULL;
    return fail(error, OSLER_ELIMIT, 0, "the system lets no thread start: %s", strerror(result));
}

void queue_close(queue *q)
{
    if (!q)
        return;
    pthread_mutex_lock(&q->lock);
    q->stopping = true;
    pthread_cond_signal(&q->room);
    pthread_cond_broadcast(&q->filled);
    pthread_mutex_unlock(&q->lock);
    for (unsigned i = 0; i < q->started; i++)
        pthread_join(q->threads[i], NULL);
    pthread_cond_destroy(&q->room);
    pthread_cond_destroy(&q->filled);
    pthread_cond_destroy(&q->worked);
    pthread_mutex_destroy(&q->lock);
    memory_free(q->places);
    memory_free(q->threads);
    memory_free(q);
}

unsigned queue_processors(void)
{
    long count = sysconf(_SC_NPROCESSORS_ONLN);
    return count < 1 ? 1 : count > 256 ? 256 : (unsigned)count;
}
