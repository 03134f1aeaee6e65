/* One web service: its address, its pace, and requests that are tried again until they are sound.
 */
#ifndef FETCH_SERVICE_H
#define FETCH_SERVICE_H

#include "base/buf.h"
#include "base/str.h"
#include <osler/base.h>

/* Asked about once a second and between tries; false ends the work with OSLER_EINTERRUPTED. */
typedef bool (*service_keep_going)(void *state, uint64_t retries);

/* What is particular to a service; the texts are static. */
typedef struct service_plan {
    const char *variable;     /* of the environment: another address */
    const char *home, *path;  /* the address, and what an address without a path gets */
    const char *kind;         /* the name of its pace; NULL: that of its host alone */
    double gap, gap_with_key; /* seconds between requests */
    bool has_key;             /* it takes NCBI_API_KEY */
    bool names_user;          /* NCBI_EMAIL stands in the User-Agent, not in the form */
    const char *not_found;    /* in the body of a 404 that is an answer: the thing does not exist */
} service_plan;

typedef struct service service;

/*
 * Get ready.  Read from the environment: the plan's variable, NCBI_API_KEY (never shown, stored or
 * put into an address), NCBI_EMAIL; OSLER_FETCH_TIME_SCALE, for tests alone: a factor from 0.001 to
 * 1 on the waits between tries and on the time limits of a connection (never on the pace of
 * requests).  OSLER_ECONFIG when one of them cannot be used.  You own `*out`: service_close().
 */
OSLER_MUST_USE osler_status service_open(service **out, const service_plan *plan,
                                         service_keep_going keep_going, void *state,
                                         osler_error *error);
void service_close(service *s); /* accepts NULL */

/* The host asked; lent. */
const char *service_host(const service *s);

/* What came last, sound or not; lent until the next request. */
str service_body(const service *s);

/* The HTTP status of what came last; 0: there was none. */
long service_status(const service *s);

/* Requests that had to be repeated so far. */
uint64_t service_retries(const service *s);

/* Add `value` percent-encoded, slashes too. */
void service_encode(buf *out, str value);

/* Start the form of a request, with who is asking; then add "name=value" to it. */
void service_begin(service *s);
void service_add(service *s, const char *name, str value);

/*
 * Send the form to `program` until there is a whole document with this root ("{": JSON, NULL: lines
 * of text), or no hope.  OSLER_ENOTFOUND beside the failures of replies.def: the plan's 404.
 */
OSLER_MUST_USE osler_status service_post(service *s, const char *program, const char *root,
                                         osler_error *error);

/* The same by GET, with the form, unless it is empty, as the query of the address; `target` is
 * percent-encoded. */
OSLER_MUST_USE osler_status service_get(service *s, const char *target, const char *root,
                                        osler_error *error);

/* GET a file, going on where a try broke off. */
struct http_taker;
OSLER_MUST_USE osler_status service_get_file(service *s, const char *target,
                                             struct http_taker *taker, osler_error *error);

/* From now on a reply of which `hopeless` says so is asked for twice at most; NULL: none is. */
void service_expect(service *s, bool (*hopeless)(str body));

/* Count a repetition that the caller decided on, and wait as behind try number `attempt`. */
OSLER_MUST_USE osler_status service_pause(service *s, unsigned attempt, osler_error *error);

#endif
