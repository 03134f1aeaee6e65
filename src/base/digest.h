/* Digests: 128 bits that stand for a text, to see whether it is the one we had. */
#ifndef BASE_DIGEST_H
#define BASE_DIGEST_H

#include "base/str.h"

enum { DIGEST_SIZE = 16 };

typedef struct digest {
    unsigned char bytes[DIGEST_SIZE];
} digest;

/*
 * The digest of `text`: the same on every machine, and kept in libraries, so that the way it is
 * computed never changes.  Not cryptographic: among n texts that nobody made for the purpose, two
 * have one digest with a chance of about n^2 / 2^129; who wants to can make such a pair.
 */
digest digest_of(str text);

bool digest_equal(const digest *a, const digest *b);

#endif
