/* Reading decimal numbers as abstracts print them: "-0.45", "−1·2", ".07", "1,200". */
#ifndef APPRAISE_DECIMALS_H
#define APPRAISE_DECIMALS_H

#include "base/buf.h"
#include "base/str.h"

typedef struct decimal {
    double number;
    str printed; /* lent by the text */
} decimal;

/* Read the number that `c` begins with; the end of it, or NULL when there is none. */
const char *decimal_read(decimal *out, const char *c);

/* Add the number as printed, with an ASCII minus and point. */
void decimal_add(buf *b, const decimal *d);

/* Behind all of `marks`, and spaces of any kind if they hold a space, at `c`. */
const char *decimal_past(const char *c, const char *marks);

/* Behind a hyphen, dash or minus sign; `c` when there is none. */
const char *decimal_past_dash(const char *c);

#endif
