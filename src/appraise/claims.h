/* What a witness can claim of a record: a design, in deciding order, or a modifier. */
#ifndef APPRAISE_CLAIMS_H
#define APPRAISE_CLAIMS_H

#include <stdbool.h>

typedef enum claim {
#define DESIGN(name, code, words, lane) CLAIM_##name,
#include "appraise/designs.def"
    CLAIM_LAST_DESIGN = CLAIM_unknown,
#define MODIFIER(name, code) CLAIM_##name,
#include "appraise/designs.def"
    CLAIM_COUNT,
    CLAIM_none = CLAIM_COUNT, /* a row that claims nothing */
} claim;

enum { DESIGN_COUNT = CLAIM_LAST_DESIGN + 1 };

bool claim_is_design(claim c);
const char *claim_code(claim c);  /* "randomized-trial", "double-blind" */
const char *claim_words(claim c); /* "randomized trial"; of a modifier its code */

/* The design of a code; CLAIM_none when it is none. */
claim claim_of_design(const char *code);

/* True when `special` replaces `general` (REFINES of designs.def). */
bool claim_refines(claim special, claim general);

/* True when both may be said of one record without contradiction. */
bool claim_agrees(claim kept, claim other);

/* True when the two designs are listed in the same lane. */
bool claim_same_lane(claim a, claim b);

#endif
