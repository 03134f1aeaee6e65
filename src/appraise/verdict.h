/* From witnesses to one design with its confidence, its modifiers and what speaks against it. */
#ifndef APPRAISE_VERDICT_H
#define APPRAISE_VERDICT_H

#include "appraise/witnesses.h"

typedef struct verdict {
    claim design;
    double confidence;
    bool modifiers[CLAIM_COUNT];
    osler_text_list conflicts; /* the arena's */
} verdict;

/* Decide; witnesses that are overruled become silent. */
void verdict_of(arena *memory, verdict *out, testimony *t, const osler_record *record);

#endif
