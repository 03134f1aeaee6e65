/* Reading how long a study followed its participants. */
#ifndef APPRAISE_FOLLOW_UP_H
#define APPRAISE_FOLLOW_UP_H

#include "appraise/fact_rules.h"

/* The time that is most surely the follow-up; zeros when none is stated. */
osler_fact follow_up_of(arena *memory, const reading *r);

#endif
