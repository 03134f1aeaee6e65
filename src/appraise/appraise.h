/* Appraising a record in an arena.  The public face is <osler/appraise.h>. */
#ifndef APPRAISE_APPRAISE_H
#define APPRAISE_APPRAISE_H

#include "appraise/flags.h"
#include "base/arena.h"
#include <osler/appraise.h>

/* Appraise `record` into `*out`; everything it holds is the arena's or static. */
void appraise(arena *memory, osler_appraisal *out, const osler_record *record,
              const osler_appraise_options *options);

/*
 * The evidence weight (0 to 1) of the appraisal's design for a question, from hierarchies.def, not
 * yet weighed by its confidence; ask with the design "unknown" for the weight of nothing known.
 * Designs with lanes of their own (guideline, protocol, notice) have 0.
 */
double appraise_weight(const char *question, const osler_appraisal *appraisal);

/* True when `question` is one that the hierarchies know. */
bool appraise_knows_question(const char *question);

/* The version of the tables in hierarchies.def, such as "2026-11".  Static. */
const char *appraise_weights_version(void);

#endif
