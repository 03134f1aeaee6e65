/* MD5 (RFC 1321), by which NLM says whether a file arrived whole; no protection against intent. */
#ifndef BASE_MD5_H
#define BASE_MD5_H

#include "base/str.h"

#include <stdint.h>

enum { MD5_HEX = 33 }; /* 32 digits and their end */

typedef struct md5 {
    uint32_t state[4];
    uint64_t length; /* of all bytes so far */
    unsigned char block[64];
} md5;

void md5_begin(md5 *m);
void md5_add(md5 *m, str bytes);

/* The digest of all bytes in small hexadecimal digits. */
void md5_end(md5 *m, char hex[MD5_HEX]);

#endif
