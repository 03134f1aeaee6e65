/* When this process may send, so that all processes of the user together keep the pace. */
#ifndef FETCH_PACE_H
#define FETCH_PACE_H

/*
 * The calls of limiter.h on the one limiter of this process, under its lock, and through the file
 * at `path` (pace_file.h; NULL: none) for all processes of the user.
 */
double pace_take_turn(const char *path, double gap, double now);
void pace_heard(const char *path, double now);
void pace_slow_down(const char *path, double now);

#endif
