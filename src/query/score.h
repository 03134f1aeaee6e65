/* Scoring one record against the concepts of a query (the formula of <osler/evidence.h>). */
#ifndef QUERY_SCORE_H
#define QUERY_SCORE_H

#include "query/match.h"
#include "store/search.h"
#include <osler/evidence.h>

/* A day as a count of days since 0000-03-01, proleptic Gregorian; for differences. */
int64_t day_number(int year, int month, int day);

/* Read "2026-11-20"; false when it is no day. */
bool day_read(const char *text, int64_t *out);

/* What all records of one ranking are scored with. */
typedef struct scorer {
    const concept_list *concepts;
    store_averages averages;
    const char *question, *scheme;
    int64_t as_of; /* day_number() */
} scorer;

/* Where a record belongs. */
enum score_place { SCORE_RANKED, SCORE_UNSCORED, SCORE_EXCLUDED, SCORE_WEAK };

/*
 * Score a record into `out` (rank, id and pmid are left alone); all it holds is the arena's, the
 * record's or static.
 */
enum score_place score_record(arena *memory, osler_ranked *out, const scorer *by,
                              const osler_record *record, const osler_appraisal *appraisal);

/* The topic factor alone: its contributions, and the strengths of all concepts. */
void score_topic(arena *memory, osler_ranked *out, const scorer *by, const match_document *document,
                 const match *matches);

/* Six decimals: what is printed is what is multiplied. */
double score_round(double value);

/* The text of a printf format, the arena's. */
__attribute__((format(printf, 2, 3))) const char *score_text(arena *memory, const char *format,
                                                             ...);

#endif
