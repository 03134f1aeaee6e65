/* The pace of requests. */
#include "fetch/limiter.h"

static double pace(const limiter *l)
{
    return l->gap * (l->slowness > 1 ? l->slowness : 1);
}

double limiter_take_turn(limiter *l, double now)
{
    if (now > l->slow_until)
        l->slowness = 1;
    double turn = l->next > now ? l->next : now;
    l->next = turn + pace(l);
    return turn - now;
}

void limiter_heard(limiter *l, double now)
{
    if (now + pace(l) > l->next)
        l->next = now + pace(l);
}

void limiter_slow_down(limiter *l, double now)
{
    l->slowness = l->slowness > 1 ? l->slowness * 2 : 2;
    if (l->slowness > LIMITER_SLOWEST)
        l->slowness = LIMITER_SLOWEST;
    l->slow_until = now + LIMITER_SLOW_SECONDS;
}
