/* Ranking the records of an index by concepts, without reading them. */
#ifndef QUERY_RANKING_H
#define QUERY_RANKING_H

#include "query/collect.h"
#include "query/score.h"

/* One candidate after scoring: enough to order it. */
typedef struct ranking_place {
    index_number document;
    uint32_t pmid; /* 0: none */
    enum score_place place;
    double score, evidence, topic;
    int year;
    bool retracted;
    const char *lane; /* static */
} ranking_place;

/* How many places there are of each kind. */
typedef struct ranking_counts {
    uint64_t ranked, unscored, excluded, weak, retracted;
    uint64_t lanes[OSLER_LANES]; /* by ranking_lane() */
} ranking_counts;

/* The number of a lane, in the order of osler_evidence. */
size_t ranking_lane(const char *lane);
const char *ranking_lane_name(size_t number);

/* With more candidates than this, if only the best are wanted, counts are estimated. */
enum { RANKING_MOST_COUNTED = 10000 };

typedef struct ranking {
    index *index;
    index_analyzer *analyzer;
    arena *memory;          /* owns what a result shows */
    arena *scratch;         /* owns all else that is found */
    concept_list *concepts; /* prepared here; each gets its `found` and `idf` */
    scorer *by;             /* its question, scheme and day are set; the rest is filled in */
    uint64_t designs;       /* as query_designs(): only these */
    int since, until;       /* years; 0: no bound */
    struct {
        ranking_place *items;
        size_t count;
    } places; /* best first: the ranked ones, the unscored, the excluded, the weak */
    uint64_t left_out, undated; /* as osler_evidence says */
    size_t most;                /* so many ranked ones are wanted; 0: all */
    bool estimated; /* the counts below stand for those of `places`, which are not all */
    ranking_counts counts;
    collector collector;
} ranking;

/* Find and order all records that may be about all of the concepts.  End it with ranking_end(),
 * also after a failure. */
OSLER_MUST_USE osler_status ranking_run(ranking *r, osler_error *error);
void ranking_end(ranking *r);

/*
 * Find the best of many candidates without scoring them all, and estimate the counts: for
 * ranking.c. All that may be unscored or excluded are scored.
 */
OSLER_MUST_USE osler_status ranking_cut_short(ranking *r, const index_set *candidates,
                                              osler_error *error);

/* Score those documents, rising, and add those to `places` that pass; how many of them are more
 * than weak, whether they pass or not. */
OSLER_MUST_USE osler_status ranking_add(ranking *r, const index_number *documents, size_t count,
                                        uint64_t *strong, osler_error *error);

/* Whether a work is of the designs and the years that are asked for; `undated`: it is not, for want
 * of a date alone. */
bool ranking_wants(const ranking *r, const index_facts *facts, bool *undated);

/* Read documents, rising, to show them; they outlive the ranking. */
OSLER_MUST_USE osler_status ranking_read(ranking *r, const index_number *documents, size_t count,
                                         osler_error *error);

/* Score a document that was read again: all numbers of `out`, and what was seen of each concept. */
OSLER_MUST_USE osler_status ranking_score(ranking *r, arena *memory, index_number document,
                                          osler_ranked *out, score_said *said, osler_error *error);

#endif
