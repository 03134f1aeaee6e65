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

typedef struct ranking {
    index *index;
    index_analyzer *analyzer;
    arena *memory;          /* owns what is found */
    concept_list *concepts; /* prepared here; each gets its `found` and `idf` */
    scorer *by;             /* its question, scheme and day are set; the rest is filled in */
    uint64_t designs;       /* as query_designs(): only these */
    int since, until;       /* years; 0: no bound */
    struct {
        ranking_place *items;
        size_t count;
    } places; /* best first: the ranked ones, the unscored, the excluded, the weak */
    uint64_t left_out, undated; /* as osler_evidence says */
    collector collector;
} ranking;

/* Find and order all records that may be about all of the concepts.  End it with ranking_end(),
 * also after a failure. */
OSLER_MUST_USE osler_status ranking_run(ranking *r, osler_error *error);
void ranking_end(ranking *r);

/* Read documents, rising, to show them; they outlive the ranking. */
OSLER_MUST_USE osler_status ranking_read(ranking *r, const index_number *documents, size_t count,
                                         osler_error *error);

/* Score a document that was read again: all numbers of `out`, and what was seen of each concept. */
OSLER_MUST_USE osler_status ranking_score(ranking *r, arena *memory, index_number document,
                                          osler_ranked *out, match **matches, score_facts *facts,
                                          enum score_place *place, osler_error *error);

#endif
