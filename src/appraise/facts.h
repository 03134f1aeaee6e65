/* Reading a record's facts in an arena.  The public face is <osler/facts.h>. */
#ifndef APPRAISE_FACTS_H
#define APPRAISE_FACTS_H

#include "base/arena.h"
#include <osler/facts.h>

/* Read the facts of `record` into `*out`; everything they hold is the arena's or static. */
void facts_of(arena *memory, osler_facts *out, const osler_record *record,
              const osler_appraise_options *options);

#endif
