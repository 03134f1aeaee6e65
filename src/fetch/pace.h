/* When this process may send to a server, so that all processes of the user together keep its pace.
 */
#ifndef FETCH_PACE_H
#define FETCH_PACE_H

#include <stdbool.h>

/* The pace of one server; several may be open for the same one.  End with pace_close(). */
typedef struct pace {
    char *path; /* pace_file_path(); NULL: none */
    double gap;
    unsigned slot; /* of this process's limiters */
} pace;

/* `server` is its name and port; seconds between requests in `gap`. */
void pace_open(pace *p, const char *server, bool with_key, double gap);
void pace_close(pace *p);

/*
 * The calls of limiter.h on the one limiter that this process has for the server, under its lock,
 * and through the file (pace_file.h) for all processes of the user.
 */
double pace_take_turn(const pace *p, double now);
void pace_heard(const pace *p, double now);
void pace_slow_down(const pace *p, double now);

#endif
