/* The relay: a ring of items, one lock, two reasons to wait. */
#include "base/relay.h"

#include "base/error.h"
#include "base/memory.h"

#include <pthread.h>
#include <signal.h>
#include <string.h>

struct relay {
    relay_plan plan;
    pthread_t thread;
    bool started;
    pthread_mutex_t lock;   /* over all below */
    pthread_cond_t changed; /* anything of it */
    uint64_t puts, takes;   /* items put, given back */
    bool lent;              /* the taker has the item with the number `takes` */
    bool ended, stopped;
};

static void *run(void *opaque)
{
    relay *r = opaque;
    r->plan.run(r->plan.context, r);
    return NULL;
}

osler_status relay_start(relay **out, const relay_plan *plan, osler_error *error)
{
    relay *r = memory_alloc(sizeof *r);
    sigset_t all, before;
    r->plan = *plan;
    pthread_mutex_init(&r->lock, NULL);
    pthread_cond_init(&r->changed, NULL);
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    int result = pthread_create(&r->thread, NULL, run, r);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    r->started = result == 0;
    *out = r;
    if (r->started)
        return OSLER_OK;
    relay_close(r);
    *out = NULL;
    return fail(error, OSLER_ELIMIT, 0, "the system lets no thread start: %s", strerror(result));
}

static void say(relay *r, bool *what)
{
    pthread_mutex_lock(&r->lock);
    *what = true;
    pthread_cond_broadcast(&r->changed);
    pthread_mutex_unlock(&r->lock);
}

void *relay_room(relay *r)
{
    pthread_mutex_lock(&r->lock);
    while (!r->stopped && r->puts - r->takes == r->plan.count)
        pthread_cond_wait(&r->changed, &r->lock);
    void *item = r->stopped ? NULL : r->plan.items[r->puts % r->plan.count];
    pthread_mutex_unlock(&r->lock);
    return item;
}

void relay_put(relay *r)
{
    pthread_mutex_lock(&r->lock);
    r->puts++;
    pthread_cond_broadcast(&r->changed);
    pthread_mutex_unlock(&r->lock);
}

void relay_end(relay *r)
{
    say(r, &r->ended);
}

void relay_stop(relay *r)
{
    say(r, &r->stopped);
}

void relay_wait(relay *r)
{
    pthread_mutex_lock(&r->lock);
    while (r->puts != r->takes && !r->stopped)
        pthread_cond_wait(&r->changed, &r->lock);
    pthread_mutex_unlock(&r->lock);
}

void *relay_take(relay *r)
{
    pthread_mutex_lock(&r->lock);
    if (r->lent) {
        r->takes++;
        r->lent = false;
        pthread_cond_broadcast(&r->changed);
    }
    while (r->puts == r->takes && !r->ended && !r->stopped)
        pthread_cond_wait(&r->changed, &r->lock);
    r->lent = r->puts != r->takes && !r->stopped;
    void *item = r->lent ? r->plan.items[r->takes % r->plan.count] : NULL;
    pthread_mutex_unlock(&r->lock);
    return item;
}

void relay_close(relay *r)
{
    if (!r)
        return;
    relay_stop(r);
    if (r->started)
        pthread_join(r->thread, NULL);
    pthread_cond_destroy(&r->changed);
    pthread_mutex_destroy(&r->lock);
    memory_free(r);
}
