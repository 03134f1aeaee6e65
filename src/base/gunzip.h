/* Undoing gzip (RFC 1952) piece by piece: by ISA-L where the build has it, else by zlib. */
#ifndef BASE_GUNZIP_H
#define BASE_GUNZIP_H

#include "base/str.h"

typedef struct gunzip gunzip;

typedef enum gunzip_answer {
    GUNZIP_MORE, /* the member goes on */
    GUNZIP_END,  /* of the member, whose checksum is right */
    GUNZIP_DAMAGED
} gunzip_answer;

/* At the start of a member.  You own it. */
gunzip *gunzip_new(void);

/*
 * Inflate what is at the front of `*input`, and take it off, to `buffer`: `*got` of at most `size`
 * bytes, also when the answer is GUNZIP_DAMAGED.  `input` and `size` are not 0.
 */
gunzip_answer gunzip_some(gunzip *g, str *input, char *buffer, size_t size, size_t *got);

/* Start with another member. */
void gunzip_restart(gunzip *g);

void gunzip_free(gunzip *g); /* accepts NULL */

#endif
