/* One limiter for the process, through a file for all processes of the user. */
#include "fetch/pace.h"

#include "fetch/pace_file.h"

#include <pthread.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static limiter shared;

double pace_take_turn(const char *path, double gap, double now)
{
    pthread_mutex_lock(&lock);
    shared.gap = gap;
    pace_file file = pace_file_open(path, &shared, now);
    double wait = limiter_take_turn(&shared, now);
    pace_file_close(file, &shared);
    pthread_mutex_unlock(&lock);
    return wait;
}

void pace_heard(const char *path, double now)
{
    pthread_mutex_lock(&lock);
    pace_file file = pace_file_open(path, &shared, now);
    limiter_heard(&shared, now);
    pace_file_close(file, &shared);
    pthread_mutex_unlock(&lock);
}

void pace_slow_down(const char *path, double now)
{
    pthread_mutex_lock(&lock);
    pace_file file = pace_file_open(path, &shared, now);
    limiter_slow_down(&shared, now);
    pace_file_close(file, &shared);
    pthread_mutex_unlock(&lock);
}
