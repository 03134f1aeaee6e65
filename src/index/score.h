/*
 * The arithmetic of ranking.  All scores are computed here, in one order, so that a document has
 * the same score to the last bit however it was found.
 */
#ifndef INDEX_SCORE_H
#define INDEX_SCORE_H

#include "index/coding.h"
#include "index/index.h"

enum {
    SCORE_HEADING = INDEX_FIELDS, /* slots of a pool beside the fields */
    SCORE_OTHER,
    SCORE_SLOTS,
    SCORE_DECIMALS = 10000
};

/* How terms are weighed in this index. */
typedef struct score_model {
    double averages[INDEX_MEASURED];
    double flat[INDEX_MEASURED], slope[INDEX_MEASURED]; /* of the length's norm */
} score_model;

void score_model_start(score_model *m, const index_sums *sums);

/* Alternatives in one document, added up by fields. */
typedef struct score_pool {
    unsigned used; /* a bit for each slot */
    double slots[SCORE_SLOTS];
} score_pool;

/* How the payloads of a term count. */
typedef struct score_term {
    char kind;       /* the first byte of the term */
    unsigned fields; /* that count, of words */
    double factor;
} score_term;

static inline void score_add_slot(score_pool *pool, unsigned slot, double value)
{
    pool->slots[slot] = pool->used >> slot & 1 ? pool->slots[slot] + value : value;
    pool->used |= 1U << slot;
}

/* Add a payload to a pool; false when it cannot be read.  Steps over it. */
bool score_add(score_pool *pool, const score_term *term, coding_bytes *payload);

/* The weighed frequency of a pool in a document of these lengths. */
double score_weigh(const score_model *m, const score_pool *pool, const uint16_t *lengths);

/* The greatest weighed frequency that a term of another kind than words can have. */
double score_most(const score_model *m, const score_term *term);

/* The greatest number of headings with which a document that has only this heading, as its minor or
 * perhaps its major topic, can score `threshold`; -1: none.  Not for other kinds. */
int score_most_headings(const score_model *m, const score_term *term, double idf, bool major,
                        double threshold);
bool score_is_heading(char kind);

/* What a weighed frequency, maybe infinite, adds to the score. */
double score_saturate(double idf, double weighed);

/* The weight of what `n` of `documents` have. */
double score_idf(int64_t documents, uint64_t n);

/* A score in units of the last decimal. */
static inline int64_t score_round(double score)
{
    return (int64_t)(score * SCORE_DECIMALS + 0.5);
}

#endif
