/* Candidates by sets, their scores by what the index says of them, and their order. */
#include "query/ranking.h"

#include "base/memory.h"
#include "store/facts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { AT_ONCE = 16384 }; /* documents that are read together */

/* idf never falls below this: in a library on one condition its name is in every record, and yet
 * it is what is asked for. */
static const double idf_floor = 1.0;

static const char *const lanes[OSLER_LANES] = {"syntheses",  "trials",   "observational",
                                               "cases",      "guidance", "protocols",
                                               "background", "excluded"};

static void set_averages(ranking *r)
{
    static const struct {
        enum match_field field;
        enum index_field of;
    } fields[] = {
        {MATCH_MESH_MAJOR, INDEX_HEADINGS}, {MATCH_MESH_MINOR, INDEX_HEADINGS},
        {MATCH_TITLE, INDEX_TITLE},         {MATCH_KEYWORDS, INDEX_KEYWORDS},
        {MATCH_ABSTRACT, INDEX_ABSTRACT},   {MATCH_OTHER_ABSTRACT, INDEX_OTHER_ABSTRACT},
    };
    const index_sums *sums = index_get_sums(r->index);
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        int64_t with = sums->with[fields[i].of], words = sums->words[fields[i].of];
        r->by->averages[fields[i].field] = with > 0 ? (double)words / (double)with : 0;
    }
}

/* How many records each concept is in, and what that makes it worth. */
static void weigh_concepts(ranking *r, const index_set *sure)
{
    double all = (double)index_get_sums(r->index)->documents;
    for (size_t i = 0; i < r->concepts->count; i++) {
        concept *c = &r->concepts->items[i];
        c->found = index_set_count(&sure[i]);
        double n = (double)c->found, idf = log(1 + (all - n + 0.5) / (n + 0.5));
        c->idf = score_round(idf > idf_floor ? idf : idf_floor);
    }
}

/* The sets of one ranking, beside the concepts. */
struct sets {
    index_set *sure, *perhaps;
    size_t count;
};

static osler_status find_sets(ranking *r, struct sets *out, osler_error *error)
{
    osler_status status = OSLER_OK;
    out->count = r->concepts->count;
    out->sure = arena_alloc(r->scratch, (out->count + 1) * sizeof *out->sure);
    out->perhaps = arena_alloc(r->scratch, (out->count + 1) * sizeof *out->perhaps);
    for (size_t i = 0; status == OSLER_OK && i < out->count; i++) {
        out->sure[i] = index_set_new(r->index, r->scratch);
        out->perhaps[i] = index_set_new(r->index, r->scratch);
        status = collect_find(&r->collector, r->scratch, &r->concepts->items[i], &out->sure[i],
                              &out->perhaps[i], error);
    }
    return status;
}

/* All documents that must be looked at: where a name must be confirmed, and where all concepts may
 * be. */
static index_set everything(ranking *r, const struct sets *sets)
{
    index_set all = index_set_new(r->index, r->scratch);
    for (size_t k = 0; k < all.words; k++) {
        uint64_t both = UINT64_MAX, perhaps = 0;
        for (size_t i = 0; i < sets->count; i++) {
            both &= sets->sure[i].bits[k] | sets->perhaps[i].bits[k];
            perhaps |= sets->perhaps[i].bits[k];
        }
        all.bits[k] = both | perhaps;
    }
    return all;
}

/* Read all documents of the set, if they are few. */
static osler_status read_few(ranking *r, const index_set *set, bool *out, osler_error *error)
{
    size_t count = (size_t)index_set_count(set), filled = 0;
    *out = count <= AT_ONCE;
    if (!*out)
        return OSLER_OK;
    index_number *documents = arena_alloc(r->scratch, (count + 1) * sizeof *documents), next = 0;
    while (index_set_next(set, next, &next))
        documents[filled++] = next++;
    return collect_read(&r->collector, documents, count, error);
}

bool ranking_wants(const ranking *r, const index_facts *facts, bool *undated)
{
    bool wanted = facts->design < 64 && r->designs >> facts->design & 1;
    bool dated = !(r->since || r->until) || facts->year;
    bool early = r->since && facts->year < r->since, late = r->until && facts->year > r->until;
    *undated = wanted && !dated;
    return wanted && dated && !early && !late;
}

/* Whether the record is asked for; counts those that are not. */
static bool passes(ranking *r, const index_facts *facts, enum score_place place)
{
    bool undated, wanted = ranking_wants(r, facts, &undated);
    r->left_out += !wanted && place != SCORE_WEAK;
    r->undated += undated && place != SCORE_WEAK;
    return wanted;
}

static osler_status document_at(ranking *r, arena *memory, size_t at, index_facts *stored,
                                match_document *out, osler_error *error)
{
    osler_status status = index_get_facts(r->index, r->collector.documents[at], stored, error);
    return status == OSLER_OK ? collect_document(&r->collector, memory, at, stored, out, error)
                              : status;
}

osler_status ranking_read(ranking *r, const index_number *documents, size_t count,
                          osler_error *error)
{
    bool there = true;
    for (size_t i = 0; there && i < count; i++)
        there = collect_place(&r->collector, documents[i]) < r->collector.count;
    return there ? OSLER_OK : collect_read(&r->collector, documents, count, error);
}

osler_status ranking_score(ranking *r, arena *memory, index_number document, osler_ranked *out,
                           score_said *said, osler_error *error)
{
    index_facts stored;
    match_document seen;
    size_t at = collect_place(&r->collector, document);
    said->by = r->by;
    said->matches = arena_alloc(memory, (r->concepts->count + 1) * sizeof *said->matches);
    osler_status status = document_at(r, memory, at, &stored, &seen, error);
    if (status != OSLER_OK)
        return status;
    score_facts_of_index(&said->facts, r->by, &stored);
    said->place = score_document(memory, out, r->by, &seen, &said->facts, said->matches);
    out->year = stored.year;
    return OSLER_OK;
}

static void add_place(ranking *r, index_number document, const index_facts *stored,
                      const osler_ranked *scored, enum score_place place)
{
    ranking_place *p =
        arena_append(r->scratch, &r->places.items, &r->places.count, sizeof *r->places.items);
    *p = (ranking_place){.document = document,
                         .pmid = stored->pmid,
                         .place = place,
                         .score = scored->score,
                         .evidence = scored->evidence.value,
                         .topic = scored->topic.value,
                         .year = stored->year,
                         .retracted = stored->flags & facts_flag("retracted"),
                         .lane = scored->lane};
}

/* Which of the documents that were read are scored. */
struct chosen {
    const index_set *candidates; /* NULL: all */
    const index_set
        *perhaps;    /* those that are in doubt: a name of the one concept may stand in them */
    index_set *sure; /* gets those in which it does */
};

/* False for a document in doubt that needs no closer look. */
static bool may_be_chosen(const ranking *r, const struct chosen *which, arena *memory, size_t at)
{
    index_number number = r->collector.documents[at];
    if (which->candidates && !index_set_has(which->candidates, number))
        return false;
    return !which->perhaps || !index_set_has(which->perhaps, number) ||
           collect_may_be_named(&r->collector, memory, at, &r->concepts->items[0]);
}

/* False for a document in doubt in which the name of the one concept does not stand. */
static bool is_confirmed(const ranking *r, const struct chosen *which, index_number number,
                         const match_document *document)
{
    if (!which->perhaps || !index_set_has(which->perhaps, number))
        return true;
    if (!match_is_named(document, &r->concepts->items[0]))
        return false;
    which->sure->bits[number / 64] |= UINT64_C(1) << (number % 64);
    return true;
}

/* Score documents that were read; `strong` counts those that are more than weak. */
static osler_status score_read(ranking *r, const struct chosen *which, uint64_t *strong,
                               osler_error *error)
{
    arena scratch = {0};
    osler_status status = OSLER_OK;
    match *matches = arena_alloc(r->scratch, (r->concepts->count + 1) * sizeof *matches);
    for (size_t at = 0; status == OSLER_OK && at < r->collector.count; at++) {
        osler_ranked scored = {0};
        score_facts facts;
        index_facts stored;
        enum score_place place;
        match_document document;
        index_number number = r->collector.documents[at];
        arena_clear(&scratch);
        if (!may_be_chosen(r, which, &scratch, at))
            continue;
        status = document_at(r, &scratch, at, &stored, &document, error);
        if (status != OSLER_OK || !is_confirmed(r, which, number, &document))
            continue;
        score_facts_of_index(&facts, r->by, &stored);
        place = score_document(&scratch, &scored, r->by, &document, &facts, matches);
        *strong += status == OSLER_OK && place != SCORE_WEAK;
        if (status == OSLER_OK && passes(r, &stored, place))
            add_place(r, r->collector.documents[at], &stored, &scored, place);
    }
    arena_free(&scratch);
    return status;
}

osler_status ranking_add(ranking *r, const index_number *documents, size_t count, uint64_t *strong,
                         osler_error *error)
{
    osler_status status = collect_read(&r->collector, documents, count, error);
    if (status == OSLER_OK)
        status = score_read(r, &(struct chosen){NULL, NULL, NULL}, strong, error);
    r->collector.count = 0; /* what was read goes with these documents */
    return status;
}

static osler_status score_all(ranking *r, const index_set *candidates, osler_error *error)
{
    index_number *documents = memory_alloc(AT_ONCE * sizeof *documents), next = 0;
    osler_status status = OSLER_OK;
    uint64_t strong = 0;
    for (bool more = true; status == OSLER_OK && more;) {
        size_t filled = 0;
        while (filled < AT_ONCE && (more = index_set_next(candidates, next, &next)))
            documents[filled++] = next++;
        status = ranking_add(r, documents, filled, &strong, error);
    }
    memory_free(documents);
    return status;
}

static int falling(double a, double b)
{
    return (a < b) - (a > b);
}

/* A total order that does not depend on when a record came: score, evidence, topic, year, PMID.
 * Works without PMID stand last, as they stand in the index. */
static int by_score(const void *one, const void *two)
{
    const ranking_place *a = one, *b = two;
    int order = (a->place > b->place) - (a->place < b->place);
    if (!order)
        order = falling(a->score, b->score);
    if (!order && a->place == SCORE_RANKED)
        order = falling(a->evidence, b->evidence);
    if (!order)
        order = falling(a->topic, b->topic);
    if (!order)
        order = falling(a->year, b->year);
    if (!order)
        order = falling(a->pmid != 0, b->pmid != 0);
    if (!order)
        order = (a->pmid > b->pmid) - (a->pmid < b->pmid);
    return order ? order : (a->document > b->document) - (a->document < b->document);
}

/* One concept and few documents: they are confirmed while they are scored. */
static osler_status score_one(ranking *r, const struct sets *sets, const index_set *all,
                              osler_error *error)
{
    uint64_t strong = 0;
    struct chosen which = {all, &sets->perhaps[0], &sets->sure[0]};
    r->concepts->items[0].idf = 1; /* with one concept all scores are the same with any idf */
    osler_status status = score_read(r, &which, &strong, error);
    weigh_concepts(r, sets->sure);
    return status;
}

static osler_status score_some(ranking *r, const struct sets *sets, bool few, osler_error *error)
{
    uint64_t strong = 0;
    weigh_concepts(r, sets->sure);
    index_set candidates = sets->sure[0];
    for (size_t i = 1; i < sets->count; i++)
        index_set_and(&candidates, &sets->sure[i]);
    if (r->most && index_set_count(&candidates) > RANKING_MOST_COUNTED)
        return ranking_cut_short(r, &candidates, error);
    struct chosen which = {&candidates, NULL, NULL};
    return few ? score_read(r, &which, &strong, error) : score_all(r, &candidates, error);
}

/* Find the candidates, and score them. */
static osler_status find_and_score(ranking *r, osler_error *error)
{
    struct sets sets;
    bool few = false;
    osler_status status = find_sets(r, &sets, error);
    if (status != OSLER_OK)
        return status;
    index_set all = everything(r, &sets);
    uint64_t count = index_set_count(&all);
    /* where many are sure, most of them need not be read */
    if (!(r->most && count > RANKING_MOST_COUNTED))
        status = read_few(r, &all, &few, error);
    if (status == OSLER_OK && few && sets.count == 1)
        return score_one(r, &sets, &all, error);
    if (status == OSLER_OK && few)
        status = collect_confirm_read(&r->collector, sets.sure, sets.perhaps, sets.count, error);
    else if (status == OSLER_OK)
        status = collect_confirm(&r->collector, sets.sure, sets.perhaps, sets.count, error);
    return status == OSLER_OK ? score_some(r, &sets, few, error) : status;
}

size_t ranking_lane(const char *lane)
{
    size_t i = 0;
    while (i + 1 < OSLER_LANES && strcmp(lanes[i], lane) != 0)
        i++;
    return i;
}

const char *ranking_lane_name(size_t number)
{
    return lanes[number];
}

static void count_places(ranking *r)
{
    ranking_counts *c = &r->counts;
    for (size_t i = 0; i < r->places.count; i++) {
        const ranking_place *p = &r->places.items[i];
        c->ranked += p->place == SCORE_RANKED;
        c->unscored += p->place == SCORE_UNSCORED;
        c->excluded += p->place == SCORE_EXCLUDED;
        c->weak += p->place == SCORE_WEAK;
        c->retracted += p->place == SCORE_EXCLUDED && p->retracted;
        c->lanes[ranking_lane(p->lane)] += p->place != SCORE_WEAK;
    }
}

osler_status ranking_run(ranking *r, osler_error *error)
{
    concept_prepare(r->memory, r->concepts);
    set_averages(r);
    scorer_prepare(r->by);
    r->by->concepts = r->concepts;
    osler_status status = collect_open(&r->collector, r->index, r->analyzer, r->concepts, error);
    if (status == OSLER_OK)
        status = find_and_score(r, error);
    if (status == OSLER_OK && r->places.count)
        qsort(r->places.items, r->places.count, sizeof *r->places.items, by_score);
    if (status == OSLER_OK && !r->estimated)
        count_places(r);
    return status;
}

void ranking_end(ranking *r)
{
    collect_close(&r->collector);
}
