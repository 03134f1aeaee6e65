/* Reading what was tried, and against what, from a title. */
#ifndef APPRAISE_INTERVENTIONS_H
#define APPRAISE_INTERVENTIONS_H

#include "appraise/claims.h"
#include "appraise/fact_rules.h"

typedef struct interventions {
    osler_fact intervention, comparator; /* zeros when the title does not name them */
} interventions;

/* Read the title of a record of this design. */
interventions interventions_of(arena *memory, const reading *r, claim design);

#endif
