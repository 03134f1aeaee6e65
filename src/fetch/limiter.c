/* The pace of requests, for the whole process. */
#include "fetch/limiter.h"

#include <pthread.h>

static double pace(const limiter *l)
{
    return l->gap * (l->slowness > 1 ? l->slowness : 1);
}

double limiter_take_turn(limiter *l, double now)
{
    double turn = l->next > now ? l->next : now;
    l->next = turn + pace(l);
    return turn - now;
}

void limiter_heard(limiter *l, double now)
{
    if (now + pace(l) > l->next)
        l->next = now + pace(l);
}

void limiter_slow_down(limiter *l)
{
    l->slowness = l->slowness > 1 ? l->slowness * 2 : 2;
    if (l->slowness > 8)
        l->slowness = 8;
}

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static limiter shared;

double limiter_shared_take_turn(double gap, double now)
{
    pthread_mutex_lock(&lock);
    shared.gap = gap;
    double wait = limiter_take_turn(&shared, now);
    pthread_mutex_unlock(&lock);
    return wait;
}

void limiter_shared_heard(double now)
{
    pthread_mutex_lock(&lock);
    limiter_heard(&shared, now);
    pthread_mutex_unlock(&lock);
}

void limiter_shared_slow_down(void)
{
    pthread_mutex_lock(&lock);
    limiter_slow_down(&shared);
    pthread_mutex_unlock(&lock);
}
