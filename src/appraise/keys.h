/* Finding the rows of a table by a key, compared without ASCII case. */
#ifndef APPRAISE_KEYS_H
#define APPRAISE_KEYS_H

#include "base/str.h"
#include <stdint.h>

/* Rows are numbers below KEYS_ROWS; KEYS_NONE is none. */
enum { KEYS_ROWS = 256, KEYS_SLOTS = 512, KEYS_NONE = KEYS_ROWS };

/* Start from zeros; filled once, then only read. */
typedef struct keys {
    uint16_t slots[KEYS_SLOTS]; /* 1 more than the first row of a key; 0: free */
    uint16_t next[KEYS_ROWS];   /* the next row of the same key, the same way */
    str text[KEYS_ROWS];
} keys;

/* `row` has this key (static), behind rows that have it already; "" adds nothing. */
void keys_add(keys *k, const char *key, unsigned row);

/* The first row of the key; KEYS_NONE when there is none. */
unsigned keys_find(const keys *k, str key);

/* The next row that has the key of `row`, or KEYS_NONE. */
unsigned keys_next(const keys *k, unsigned row);

#endif
