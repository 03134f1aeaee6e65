/* The rows of effects.def, follow_up.def, interventions.def and statements.def, compiled once, and
 * what they find in a record. */
#ifndef APPRAISE_FACT_RULES_H
#define APPRAISE_FACT_RULES_H

#include "appraise/matching.h"
#include "appraise/text.h"
#include <osler/facts.h>

typedef enum fact_kind {
    FACT_MEASURE,
    FACT_SHORT,
    FACT_QUALIFIER,
    FACT_FOLLOW_UP,
    FACT_TITLE_PART,
    FACT_CONTROL,
    FACT_LABELED,
    FACT_SAID,
} fact_kind;

typedef enum title_part {
    PART_opens,
    PART_compares,
    PART_splits,
    PART_either,
    PART_joins,
    PART_ends,
    PART_denies,
} title_part;

enum { SCALE_RATIO, SCALE_DIFFERENCE, SCALE_SHARE };
enum { STATED_funding, STATED_interests };

typedef struct fact_rule {
    fact_kind kind;
    int detail;       /* a title_part, a scale, a trust, or what is stated */
    const char *name; /* of a measure, a qualifier or a comparator */
    const char *pattern;
} fact_rule;

/* The words of a record and what the rows find there; all of it is the arena's. */
typedef struct reading {
    passages text;
    match_list matches; /* passage by passage */
} reading;

void reading_of(arena *room, reading *out, const osler_record *record);

const fact_rule *fact_rule_get(unsigned row); /* NULL past the last */

/* The `i`-th match of a reading is of this kind. */
bool reading_is(const reading *r, size_t i, fact_kind kind);

/* Where `p` stands, as osler_fact says it. */
const char *fact_place(arena *room, const passage *p);

/* A fact read at token `at` of `p`; `text` is `room`'s. */
osler_fact fact_at(arena *room, const passage *p, size_t at, const char *text);

/* The first row whose pattern does not compile, or NULL: for the tests. */
const fact_rule *fact_rules_fault(void);

#endif
