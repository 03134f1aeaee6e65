/* Appraising a record in an arena.  The public face is <osler/appraise.h>. */
#ifndef APPRAISE_APPRAISE_H
#define APPRAISE_APPRAISE_H

#include "base/arena.h"
#include <osler/appraise.h>

/* Appraise `record` into `*out`; everything it holds is the arena's or static. */
void appraise(arena *memory, osler_appraisal *out, const osler_record *record,
              const osler_appraise_options *options);

/* What a record says of another one: a retraction notice of the article it retracts. */
typedef struct appraise_statement {
    const char *pmid;    /* the record it is about: digits, never the record itself */
    const char *flag;    /* the flag that record gets: "retracted", "concern", "superseded", ... */
    const char *by_pmid; /* the record that says so; NULL when it has no PMID */
    const char *reason;  /* "RetractionOf of PMID 123" */
} appraise_statement;

typedef struct appraise_statement_list {
    appraise_statement *items;
    size_t count;
} appraise_statement_list;

/*
 * Add what `record` says of others to `*out`.  A statement holds whether the other record is known
 * already or comes later: a notice often comes years after the article.
 */
void appraise_statements(arena *memory, appraise_statement_list *out, const osler_record *record);

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
