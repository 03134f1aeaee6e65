/* Scoring one record against the concepts of a query (the formula of <osler/evidence.h>). */
#ifndef QUERY_SCORE_H
#define QUERY_SCORE_H

#include "query/match.h"
#include <osler/evidence.h>

/* A day as a count of days since 0000-03-01, proleptic Gregorian; for differences. */
int64_t day_number(int year, int month, int day);

/* Read "2026-11-20"; false when it is no day. */
bool day_read(const char *text, int64_t *out);

/* What the gate asks for, and what flags and a missing abstract take. */
#define SCORE_LEAST_STRENGTH 0.3
#define SCORE_LEAST_TOPIC 0.10
#define SCORE_OF_CONCERN 0.4
#define SCORE_OF_PREPRINT 0.7
#define SCORE_WITHOUT_ABSTRACT 0.9

enum { SCORE_DESIGNS = 64, SCORE_WEIGHTS = 509 };

/* A design by its number in facts. */
typedef struct score_design {
    const char *code, *lane; /* static */
    bool barred;             /* works of it are never ranked */
} score_design;

/* The weight of a design with modifiers. */
typedef struct score_weight {
    bool filled;
    unsigned design, modifiers, traits;
    double weight;
} score_weight;

/* What all records of one ranking are scored with. */
typedef struct scorer {
    const concept_list *concepts;
    double averages[MATCH_FIELDS]; /* lengths in the library; 0 when no record has the field */
    const char *question, *scheme;
    int64_t as_of; /* day_number() */
    /* the rest is filled in by scorer_prepare() */
    double of_unknown;                   /* the weight of a design that is not known */
    uint32_t barring, concern, preprint; /* flags as facts have them */
    score_design designs[SCORE_DESIGNS];
    score_weight weights[SCORE_WEIGHTS]; /* of what was asked for lately */
} scorer;

/* Make the tables of a scorer whose question is set. */
void scorer_prepare(scorer *by);

/* What the score takes of a record beside its topic. */
typedef struct score_facts {
    const char *design, *lane; /* static */
    double confidence;         /* four decimals, as the index keeps it */
    double of_design;          /* the weight of the design for the question */
    long n;                    /* 0: not stated */
    unsigned recency;          /* the day that its age is counted from as YYYYMMDD; 0: not known */
    bool has_abstract, concern, preprint;
    bool barred; /* a flag or its design keeps it from being ranked */
} score_facts;

/* The facts of a record. */
void score_facts_of(score_facts *out, const scorer *by, const osler_record *record,
                    const osler_appraisal *appraisal);

/* The same of a document of the index. */
void score_facts_of_index(score_facts *out, scorer *by, const index_facts *facts);

/* The `index`-th of the flags that keep a record from being ranked; NULL past the last. */
const char *score_barring_flag(size_t number);

/* The date to count the age from: the electronic one, the printed one, the first of the history. */
const osler_date *score_date(const osler_record *record);

/* The day that `date` (YYYYMMDD) is taken for; a year alone is taken at its middle. */
void score_day(unsigned date, int *year, int *month, int *day);

/* The age in years, and the half-life of such works. */
double score_age(const scorer *by, const score_facts *facts);
double score_half_life(const score_facts *facts);

/* How many powers of ten above 10 make a work a large one; 0: its size does not count.  It counts
 * where studies compare or estimate. */
double score_size_range(const score_facts *facts);

/* Where a record belongs. */
enum score_place { SCORE_RANKED, SCORE_UNSCORED, SCORE_EXCLUDED, SCORE_WEAK };

/* What the score of a document cannot exceed, whatever its topic; from 0 to 100. */
double score_bound(const scorer *by, const score_facts *facts);

/*
 * Match and score a document: the numbers and the lane of `out`, nothing that is said of them.
 * `matches` is as long as the list of concepts.
 */
enum score_place score_document(arena *memory, osler_ranked *out, const scorer *by,
                                const match_document *document, const score_facts *facts,
                                match *matches);

/*
 * Score a record into `out` (rank, id and pmid are left alone), with all that is said of it; all it
 * holds is the arena's, the record's or static.
 */
enum score_place score_record(arena *memory, osler_ranked *out, const scorer *by,
                              const osler_record *record, const osler_appraisal *appraisal);

/* What is known of a scored document when it is to be explained. */
typedef struct score_said {
    const scorer *by;
    match *matches;
    score_facts facts;
    enum score_place place;
} score_said;

/* Say of every factor of `out` where it comes from; what it says is the arena's. */
void score_say(arena *memory, osler_ranked *out, const score_said *what, const osler_record *record,
               const osler_appraisal *appraisal);

/* The topic factor alone, with its contributions. */
void score_topic(arena *memory, osler_ranked *out, const scorer *by, const match_document *document,
                 const match *matches);

/* Six decimals: what is printed is what is multiplied. */
double score_round(double value);

/* The text of a printf format, the arena's. */
__attribute__((format(printf, 2, 3))) const char *score_text(arena *memory, const char *format,
                                                             ...);

#endif
