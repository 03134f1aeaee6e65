/* Appraising a record in an arena.  The public face is <osler/appraise.h>. */
#ifndef APPRAISE_APPRAISE_H
#define APPRAISE_APPRAISE_H

#include "base/arena.h"
#include <osler/appraise.h>

/* Appraise `record` into `*out`; everything it holds is the arena's or static. */
void appraise(arena *memory, osler_appraisal *out, const osler_record *record,
              const osler_appraise_options *options);

/* The evidence weight (0 to 1) of a design for a question, and of "unknown": hierarchies.def. */
double appraise_weight(const char *question, const osler_appraisal *appraisal);

/* True when `question` is one that the hierarchies know. */
bool appraise_knows_question(const char *question);

#endif
