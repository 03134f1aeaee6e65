/* One limiter a server for the process, through a file for all processes of the user. */
#include "fetch/pace.h"

#include "base/memory.h"
#include "fetch/pace_file.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>

enum { SLOTS = 8 }; /* servers with a pace of their own; those beyond share the last */

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct slot {
    char server[200]; /* "": free */
    bool with_key;
    limiter limiter;
} slots[SLOTS];

static unsigned slot_of(const char *server, bool with_key)
{
    unsigned i = 0;
    for (; i < SLOTS - 1 && slots[i].server[0]; i++)
        if (slots[i].with_key == with_key && strcmp(slots[i].server, server) == 0)
            return i;
    snprintf(slots[i].server, sizeof slots[i].server, "%s", server);
    slots[i].with_key = with_key;
    return i;
}

void pace_open(pace *p, const char *server, bool with_key, double gap)
{
    *p = (pace){.path = pace_file_path(server, with_key), .gap = gap};
    pthread_mutex_lock(&lock);
    p->slot = slot_of(server, with_key);
    pthread_mutex_unlock(&lock);
}

void pace_close(pace *p)
{
    memory_free(p->path);
    *p = (pace){0};
}

/* The limiter, as the file says it is; until leave(). */
static limiter *enter(const pace *p, pace_file *file, double now)
{
    pthread_mutex_lock(&lock);
    limiter *l = &slots[p->slot].limiter;
    l->gap = p->gap;
    *file = pace_file_open(p->path, l, now);
    return l;
}

static void leave(pace_file file, const limiter *l)
{
    pace_file_close(file, l);
    pthread_mutex_unlock(&lock);
}

double pace_take_turn(const pace *p, double now)
{
    pace_file file;
    limiter *l = enter(p, &file, now);
    double wait = limiter_take_turn(l, now);
    leave(file, l);
    return wait;
}

void pace_heard(const pace *p, double now)
{
    pace_file file;
    limiter *l = enter(p, &file, now);
    limiter_heard(l, now);
    leave(file, l);
}

void pace_slow_down(const pace *p, double now)
{
    pace_file file;
    limiter *l = enter(p, &file, now);
    limiter_slow_down(l, now);
    leave(file, l);
}
