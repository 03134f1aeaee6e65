/* Integrity flags of a record, and what a record says of others. */
#ifndef APPRAISE_FLAGS_H
#define APPRAISE_FLAGS_H

#include "base/arena.h"
#include <osler/appraise.h>

/* The flags of `record`, each name once, in the order of flags.def; all of it the arena's. */
void flags_of(arena *memory, osler_flag_list *out, const osler_record *record);

#endif
