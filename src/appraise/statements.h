/* Reading registrations, funding and declared interests. */
#ifndef APPRAISE_STATEMENTS_H
#define APPRAISE_STATEMENTS_H

#include "appraise/fact_rules.h"

/* Fill in the registrations, funding and interests of `out`. */
void statements_of(arena *memory, osler_facts *out, const osler_record *record, const reading *r);

#endif
