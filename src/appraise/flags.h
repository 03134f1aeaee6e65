/* Integrity flags of a record, and what a record says of others. */
#ifndef APPRAISE_FLAGS_H
#define APPRAISE_FLAGS_H

#include "base/arena.h"
#include <osler/appraise.h>

/* The flags of `record`, each name once, in the order of flags.def; all of it the arena's. */
void flags_of(arena *memory, osler_flag_list *out, const osler_record *record);

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

#endif
