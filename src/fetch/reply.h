/* Telling the replies of the E-utilities apart: sound, to be tried again, or a refusal. */
#ifndef FETCH_REPLY_H
#define FETCH_REPLY_H

#include "fetch/http.h"

/* What to do about a reply; the rows of replies.def. */
typedef enum reply_class {
    REPLY_SOUND,     /* the document asked for, whole from its first tag to its last */
    REPLY_WAIT,      /* too many requests */
    REPLY_TRANSIENT, /* the same request may succeed later */
    REPLY_UNUSABLE,  /* the same request may succeed again, or a smaller one */
    REPLY_BAD_IDS,   /* a smaller request may succeed */
    REPLY_REFUSED,   /* no request will */
} reply_class;

typedef struct reply_verdict {
    reply_class class;
    unsigned tries;      /* requests in all before giving up */
    osler_status status; /* of the failure then */
    const char *what;    /* the rest of a sentence about the server; static; NULL when sound */
} reply_verdict;

/* The verdict on `reply` to a request for an XML document whose root element is `root`; "{":
 * for a JSON object; NULL: for lines of text with bars in them. */
reply_verdict reply_classify(const http_reply *reply, const char *root);

/* The name of the root element of an XML document; empty when it has none. */
str reply_root(str s);

/* The server's own words on its failure, as one line of inert text: at most `size` bytes. */
void reply_excerpt(const http_reply *reply, char *out, size_t size);

/* Overwrite every `secret` in `body` with asterisks, whatever its case.  "" does nothing. */
void reply_redact(buf *body, const char *secret);

#endif
