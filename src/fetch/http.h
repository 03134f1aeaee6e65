/* One HTTP server, asked by POST or GET: the only door to the network. */
#ifndef FETCH_HTTP_H
#define FETCH_HTTP_H

#include "base/buf.h"
#include "base/str.h"
#include <osler/base.h>

typedef struct http http;

/* How a connection behaves. */
typedef struct http_settings {
    long stall_seconds;              /* give up after so long at under 100 bytes a second */
    long total_seconds;              /* give up after so long in any case */
    bool (*keep_going)(void *state); /* asked about once a second; false ends the request */
    void *state;
    const char *variable;   /* the environment variable that may hold the address */
    const char *user_agent; /* NULL: Osler's name and version alone */
} http_settings;

/* What became of a request. */
typedef enum http_outcome {
    HTTP_ANSWERED,      /* a reply arrived, of any status; its framing and gzip are sound */
    HTTP_UNREACHED,     /* no connection, or no answer in time */
    HTTP_BROKEN,        /* the connection broke or stalled in the middle of the reply */
    HTTP_DAMAGED,       /* the reply arrived, but its gzip data are not sound */
    HTTP_TOO_LARGE,     /* more than LIMIT_RESPONSE */
    HTTP_UNTRUSTED,     /* the server's certificate cannot be trusted */
    HTTP_MISCONFIGURED, /* the certificate file of this machine cannot be used */
    HTTP_STOPPED,       /* keep_going said so */
} http_outcome;

/* A reply.  Start from `http_reply r = {0};`, use it again and again, end with http_reply_free().
 */
typedef struct http_reply {
    http_outcome outcome;
    long status;        /* 0: none was read */
    double retry_after; /* seconds; negative when the server does not say */
    double rate_gap; /* seconds between requests that the server asks for in X-Rate-Limit-Limit and
                        -Interval; 0: it does not say */
    double heard;    /* seconds from the call to the first byte of the reply, or to its end */
    char content_type[80], content_encoding[40];
    char redirect_host[120]; /* where a redirect points; "" without one */
    char problem[200];       /* in words, when the outcome is not HTTP_ANSWERED */
    buf body;                /* inflated; whole only when the outcome is HTTP_ANSWERED */
} http_reply;

/*
 * Get ready to ask the server at `address`.  OSLER_ECONFIG unless it is https, or http to a
 * loopback address (127.0.0.0/8, ::1, localhost).  An address without a path gets `default_path`.
 * You own `*out`: http_close().
 */
OSLER_MUST_USE osler_status http_open(http **out, const char *address, const char *default_path,
                                      const http_settings *settings, osler_error *error);
void http_close(http *h);

/* The host asked, with its port unless that is the usual one; lent. */
const char *http_host(const http *h);

/*
 * POST `form` (application/x-www-form-urlencoded) to `program` below the address.  Redirects are
 * not followed.  Never fails as such: the reply says what happened.
 */
void http_post(http *h, const char *program, str form, http_reply *reply);

/* The same by GET; `target` is percent-encoded. */
void http_get(http *h, const char *target, http_reply *reply);

/* Where the bytes of a file go. */
typedef struct http_taker {
    uint64_t from; /* so many of them are there already: the server is asked for the rest */
    /* `first`: the first bytes of a reply, which begins at byte `from`, or, when it is `whole`, at
     * the start of the file.  Moves `from` on.  False ends the request. */
    bool (*take)(struct http_taker *taker, bool first, bool whole, str bytes);
} http_taker;

/* GET a file as it is, without a limit on the time while it keeps coming.  The body of a reply with
 * the status 200 or 206 goes to `taker`, any other to `reply`. */
void http_get_file(http *h, const char *target, http_taker *taker, http_reply *reply);

void http_reply_free(http_reply *reply);

#endif
