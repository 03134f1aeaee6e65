/* Reading effect estimates: a measure, its value and its interval. */
#ifndef APPRAISE_EFFECTS_H
#define APPRAISE_EFFECTS_H

#include "appraise/fact_rules.h"

enum { MOST_EFFECTS = 100 };

/* Add the estimates of a reading, in the order of the text, up to MOST_EFFECTS. */
void effects_of(arena *memory, osler_effect_list *out, const reading *r);

#endif
