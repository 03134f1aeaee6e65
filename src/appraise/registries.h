/* Recognizing the numbers that registries give to trials and reviews. */
#ifndef APPRAISE_REGISTRIES_H
#define APPRAISE_REGISTRIES_H

#include "appraise/claims.h"
#include "base/str.h"

enum { REGISTRY_LONGEST = 40 }; /* bytes of text that need be shown */

typedef struct registry_number {
    str number;           /* as printed; lent by the text */
    const char *registry; /* static */
    claim claim;
    double weight;
} registry_number;

/* Read the number that `text` begins with; `whole`: nothing may follow.  False when none does. */
bool registry_read(registry_number *out, str text, bool whole);

/* The prefix of the `index`-th registry's numbers; NULL past the last.  Static. */
const char *registry_prefix(unsigned index);

#endif
