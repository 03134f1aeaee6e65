/*
 * Many candidates, of which the best are wanted.  What a score cannot exceed follows from facts
 * alone: candidates are scored from the highest bound down until no other can enter the list.  How
 * many of the rest are more than weak is estimated from a sample; designs, years and flags of all
 * are known.
 */
#include "query/ranking.h"

#include "base/memory.h"
#include "store/facts.h"

#include <stdlib.h>
#include <string.h>

enum { SAMPLE = 1024, FIRST_BATCH = 512 };

/* A candidate that is not scored yet. */
struct bounded {
    index_number document;
    float bound; /* not below the true one */
};

/* What a group of candidates is by its facts. */
struct group {
    struct bounded *items;
    size_t count;
};

struct large {
    ranking *ranking;
    struct group ranked, others; /* others: unscored or excluded, if they are not weak */
    uint64_t candidates, retracted;
    uint64_t of_lane[OSLER_LANES]; /* of the ranked */
    uint64_t left_out, undated;
    bool all_scored; /* all of `ranked` */
    osler_error *error;
};

/* Sort a candidate by its facts. */
static void place(struct large *l, index_number document, const index_facts *stored)
{
    ranking *r = l->ranking;
    bool undated;
    score_facts facts;
    if (!ranking_wants(r, stored, &undated)) {
        l->left_out++;
        l->undated += undated;
        return;
    }
    score_facts_of_index(&facts, r->by, stored);
    bool apart =
        facts.barred || strcmp(facts.lane, "guidance") == 0 || strcmp(facts.lane, "protocols") == 0;
    struct group *g = apart ? &l->others : &l->ranked;
    double bound = apart ? 0 : score_bound(r->by, &facts);
    g->items[g->count++] = (struct bounded){document, (float)(bound + 0.001)};
    l->of_lane[ranking_lane(facts.lane)] += !apart;
}

static osler_status place_all(struct large *l, const index_set *candidates)
{
    index_number document = 0;
    for (; index_set_next(candidates, document, &document); document++) {
        index_facts stored;
        osler_status status = index_get_facts(l->ranking->index, document, &stored, l->error);
        if (status != OSLER_OK)
            return status;
        place(l, document, &stored);
    }
    return OSLER_OK;
}

static int by_bound(const void *one, const void *two)
{
    const struct bounded *a = one, *b = two;
    int order = (a->bound < b->bound) - (a->bound > b->bound);
    return order ? order : (a->document > b->document) - (a->document < b->document);
}

static int by_number(const void *one, const void *two)
{
    const index_number *a = one, *b = two;
    return (*a > *b) - (*a < *b);
}

/* Score some of the candidates, in whatever order they are. */
static osler_status add(struct large *l, const struct bounded *items, size_t count,
                        uint64_t *strong)
{
    index_number *documents = memory_alloc((count + 1) * sizeof *documents);
    for (size_t i = 0; i < count; i++)
        documents[i] = items[i].document;
    if (count)
        qsort(documents, count, sizeof *documents, by_number);
    osler_status status = ranking_add(l->ranking, documents, count, strong, l->error);
    memory_free(documents);
    return status;
}

static int by_falling(const void *one, const void *two)
{
    const double *a = one, *b = two;
    return (*a < *b) - (*a > *b);
}

/* The score that a candidate must reach to be among those wanted; 0 while there are not enough. */
static double least_score(const ranking *r)
{
    double *scores = memory_alloc((r->places.count + 1) * sizeof *scores), least = 0;
    size_t count = 0;
    for (size_t i = 0; i < r->places.count; i++)
        if (r->places.items[i].place == SCORE_RANKED)
            scores[count++] = r->places.items[i].score;
    if (count)
        qsort(scores, count, sizeof *scores, by_falling);
    if (count >= r->most)
        least = scores[r->most - 1];
    memory_free(scores);
    return least;
}

/* From the highest bound down, in batches that grow. */
static osler_status score_best(struct large *l)
{
    osler_status status = OSLER_OK;
    size_t batch = FIRST_BATCH;
    uint64_t strong = 0;
    for (size_t at = 0; status == OSLER_OK && at < l->ranked.count; batch *= 2) {
        size_t count = l->ranked.count - at < batch ? l->ranked.count - at : batch;
        if (at && l->ranked.items[at].bound < least_score(l->ranking))
            return OSLER_OK;
        status = add(l, &l->ranked.items[at], count, &strong);
        at += count;
    }
    l->all_scored = status == OSLER_OK;
    return status;
}

/* What part of the candidates is more than weak, by every so-manieth of them. */
static osler_status estimate_strong(struct large *l, const index_set *candidates, double *out)
{
    struct bounded *sample = memory_alloc((SAMPLE + 2) * sizeof *sample);
    uint64_t step = l->candidates / SAMPLE + 1, at = step / 2, strong = 0;
    size_t count = 0;
    ranking *r = l->ranking;
    index_number document = 0;
    for (uint64_t i = 0; index_set_next(candidates, document, &document); document++, i++)
        if (i % step == at)
            sample[count++].document = document;
    osler_status status = add(l, sample, count, &strong);
    r->places.count = 0; /* they are scored again where they belong */
    r->left_out = r->undated = 0;
    *out = count ? (double)strong / (double)count : 0;
    memory_free(sample);
    return status;
}

static uint64_t part_of(uint64_t count, double part)
{
    return (uint64_t)((double)count * part + 0.5);
}

/* How many of a lane are ranked: never fewer than were found, and just those when all were scored.
 */
static uint64_t ranked_of(const struct large *l, size_t lane, uint64_t found, double strong)
{
    uint64_t estimate = part_of(l->of_lane[lane], strong);
    return l->all_scored || estimate < found ? found : estimate;
}

static void count(struct large *l, double strong)
{
    ranking *r = l->ranking;
    ranking_counts *c = &r->counts;
    uint64_t found[OSLER_LANES] = {0};
    for (size_t i = 0; i < r->places.count; i++) {
        const ranking_place *p = &r->places.items[i];
        bool excluded = p->place == SCORE_EXCLUDED, unscored = p->place == SCORE_UNSCORED;
        c->excluded += excluded;
        c->unscored += unscored;
        c->retracted += excluded && p->retracted;
        c->lanes[ranking_lane(p->lane)] += excluded || unscored;
        found[ranking_lane(p->lane)] += p->place == SCORE_RANKED;
    }
    for (size_t i = 0; i < OSLER_LANES; i++) {
        uint64_t ranked = ranked_of(l, i, found[i], strong);
        c->ranked += ranked;
        c->lanes[i] += ranked;
    }
    uint64_t wanted = l->ranked.count + l->others.count;
    uint64_t strongly = c->ranked + c->excluded + c->unscored;
    c->weak = wanted > strongly ? wanted - strongly : 0;
    r->left_out = part_of(l->left_out, strong);
    r->undated = part_of(l->undated, strong);
    r->estimated = true;
}

osler_status ranking_cut_short(ranking *r, const index_set *candidates, osler_error *error)
{
    struct large l = {.ranking = r, .candidates = index_set_count(candidates), .error = error};
    double strong = 0;
    uint64_t ignored = 0;
    l.ranked.items = memory_alloc((l.candidates + 1) * sizeof *l.ranked.items);
    l.others.items = memory_alloc((l.candidates + 1) * sizeof *l.others.items);
    osler_status status = place_all(&l, candidates);
    if (status == OSLER_OK)
        status = estimate_strong(&l, candidates, &strong);
    if (status == OSLER_OK && l.ranked.count)
        qsort(l.ranked.items, l.ranked.count, sizeof *l.ranked.items, by_bound);
    if (status == OSLER_OK)
        status = score_best(&l);
    if (status == OSLER_OK)
        status = add(&l, l.others.items, l.others.count, &ignored);
    if (status == OSLER_OK && !(l.all_scored && !l.left_out)) /* or `places` are all there is */
        count(&l, strong);
    memory_free(l.ranked.items);
    memory_free(l.others.items);
    return status;
}
