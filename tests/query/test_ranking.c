/* The index and the records themselves give the same numbers, to the last digit; and the best of
 * many candidates are the best of all. */
#include "check.h"
#include "random.h"

#include "query/query.h"
#include "query/ranking.h"

#include <osler/evidence.h>

static const char *const asked[][2] = {
    {"migraine", NULL},         {"headache", NULL},    {"tension headache", "acupuncture"},
    {"low back pain", NULL},    {"pain", NULL},        {"post-traumatic headache", NULL},
    {"cluster headache", NULL}, {"neck pain", "omt"},  {"hemophilia", NULL},
    {"aura", "patients"},       {"headache", "trial"}, {"cervicogenic headache", NULL},
};
enum { ASKED = sizeof asked / sizeof *asked };

/* A ranking by hand. */
struct trial {
    library_view view;
    arena memory;
    concept_list concepts;
    scorer scorer;
    ranking ranking;
};

static bool start(struct trial *t, osler_library *library, const char *const names[2])
{
    const char *unknown;
    *t = (struct trial){.scorer = {.question = "treatment", .scheme = "ocebm-2011"}};
    CHECK(library_begin_reading(&t->view, library, NULL) == OSLER_OK);
    CHECK(day_read("2026-11-20", &t->scorer.as_of));
    index_analyzer *analyzer = index_analyzer_new();
    concept_resolver resolver = {t->view.index, analyzer, &t->memory};
    bool known = true;
    for (int i = 0; i < 2 && names[i]; i++)
        known &= concept_resolve(&resolver, str_of(names[i]), i == 0, &t->concepts, &unknown,
                                 NULL) == OSLER_OK;
    t->ranking = (ranking){.index = t->view.index,
                           .analyzer = analyzer,
                           .memory = &t->memory,
                           .scratch = &t->memory,
                           .concepts = &t->concepts,
                           .by = &t->scorer,
                           .designs = UINT64_MAX};
    if (known)
        CHECK(ranking_run(&t->ranking, NULL) == OSLER_OK);
    return known;
}

static void end(struct trial *t)
{
    ranking_end(&t->ranking);
    index_analyzer_free((index_analyzer *)t->ranking.analyzer);
    library_end_reading(&t->view);
    arena_free(&t->memory);
}

static bool same_contributions(const osler_ranked *a, const osler_ranked *b)
{
    bool same = a->contributions.count == b->contributions.count;
    for (size_t i = 0; same && i < a->contributions.count; i++) {
        const osler_contribution *x = &a->contributions.items[i], *y = &b->contributions.items[i];
        same = x->concept == y->concept && strcmp(x->field, y->field) == 0 &&
               strcmp(x->what, y->what) == 0 && x->times == y->times &&
               x->frequency == y->frequency && x->length == y->length && x->norm == y->norm &&
               x->value == y->value;
    }
    return same;
}

static bool same_numbers(const osler_ranked *a, const osler_ranked *b)
{
    return a->score == b->score && a->gate.value == b->gate.value &&
           a->topic.value == b->topic.value && a->evidence.value == b->evidence.value &&
           a->recency.value == b->recency.value && a->size.value == b->size.value &&
           a->integrity.value == b->integrity.value && strcmp(a->lane, b->lane) == 0 &&
           same_contributions(a, b);
}

/* The record of a place, read and scored, against what the index says of it. */
static void compare(struct trial *t, const ranking_place *place)
{
    arena memory = {0};
    index_facts facts;
    store_citation c;
    osler_ranked from_index = {0}, from_record = {0};
    score_said said;
    enum score_place there;
    CHECK(index_get_facts(t->view.index, place->document, &facts, NULL) == OSLER_OK);
    CHECK(store_get(t->view.library->store, &memory, facts.citation, &c, NULL) == OSLER_OK);
    there = score_record(&memory, &from_record, &t->scorer, &c.record, &c.appraisal);
    CHECK(ranking_read(&t->ranking, &place->document, 1, NULL) == OSLER_OK);
    CHECK(ranking_score(&t->ranking, &memory, place->document, &from_index, &said, NULL) ==
          OSLER_OK);
    bool same = same_numbers(&from_index, &from_record) && said.place == there &&
                said.place == place->place && from_index.score == place->score;
    for (size_t i = 0; i < t->concepts.count; i++)
        same &= score_round(said.matches[i].strength) == from_record.strengths[i].value &&
                said.matches[i].against.count == from_record.strengths[i].against.count;
    if (!same)
        fprintf(stderr, "PMID %s: %s\n", c.record.pmid, c.record.title);
    CHECK(same);
    arena_free(&memory);
}

static void compare_all(osler_library *library)
{
    size_t compared = 0;
    for (size_t i = 0; i < ASKED; i++) {
        struct trial t;
        if (start(&t, library, asked[i]))
            for (size_t k = 0; k < t.ranking.places.count; k++, compared++)
                compare(&t, &t.ranking.places.items[k]);
        end(&t);
    }
    CHECK(compared > 200);
}

TEST(index_and_records_agree_on_invented_records)
{
    for (uint64_t seed = 1; seed <= 3; seed++) {
        random_source r = {.state = seed};
        invented_library l;
        invented_open(&l, random_records(&r, 300), 300);
        compare_all(l.library);
        invented_close(&l);
        arena_free(&r.memory);
    }
}

TEST(index_and_records_agree_on_the_sample)
{
    static const char *const files[] = {"sample-bib/headache.xml", "sample-bib/invented.xml",
                                        "sample-bib/muscle-relaxants.nbib"};
    invented_library l;
    invented_open(&l, NULL, 0);
    for (size_t i = 0; i < 3; i++) {
        osler_import_report report;
        CHECK(osler_library_import(l.library, files[i], NULL, &report, NULL) == OSLER_OK);
    }
    compare_all(l.library);
    invented_close(&l);
}

/* Whether every concept has something that counts; a heading above it alone does not make a record
 * a candidate. */
static bool has_all(const osler_ranked *r, size_t concepts)
{
    unsigned long seen = 0;
    for (size_t i = 0; i < r->contributions.count; i++)
    seen |= 1UL << r->contributions.items[i].concept;
    return seen == (1UL << concepts) - 1;
}

/* Every record that the concepts may be about is a candidate: none is missed. */
TEST(no_record_is_missed)
{
    random_source r = {.state = 99};
    invented_library l;
    invented *rows = random_records(&r, 300);
    invented_open(&l, rows, 300);
    for (size_t i = 0; i < ASKED; i++) {
        struct trial t;
        size_t strong = 0, ranked = 0;
        bool known = start(&t, l.library, asked[i]);
        for (size_t k = 0; known && k < 300; k++) {
            arena memory = {0};
            osler_ranked scored = {0};
            osler_appraisal appraisal;
            osler_record record = invented_record(&memory, &rows[k]);
            appraise(&memory, &appraisal, &record, NULL);
            bool weak =
                score_record(&memory, &scored, &t.scorer, &record, &appraisal) == SCORE_WEAK;
            strong += !weak && has_all(&scored, t.concepts.count);
            arena_free(&memory);
        }
        for (size_t k = 0; k < t.ranking.places.count; k++)
            ranked += t.ranking.places.items[k].place != SCORE_WEAK;
        if (ranked < strong)
            fprintf(stderr, "%s: %zu of %zu\n", asked[i][0], ranked, strong);
        CHECK(ranked >= strong);
        end(&t);
    }
    invented_close(&l);
    arena_free(&r.memory);
}

/* Three records among many that only mention it, which a sample of every twelfth misses: no count
 * denies them. */
TEST(few_among_many_are_counted)
{
    enum { MANY = RANKING_MOST_COUNTED + 2000, FEW = 3 };
    random_source r = {.state = 11};
    invented_library l;
    invented *rows = random_records(&r, MANY);
    for (size_t i = 0; i < MANY; i++)
        rows[i] = (invented){.pmid = rows[i].pmid,
                             .title = "Walking (invented).",
                             .types = "D002363",
                             .abstract = "Students slept. Those with migraine were excluded."};
    for (size_t i = 0; i < FEW; i++) {
        rows[4003 + i].title = "Migraine (invented): a meta-analysis of randomized trials.";
        rows[4003 + i].keywords = "migraine";
        rows[4003 + i].types = "D017418";
    }
    invented_open(&l, rows, MANY);
    for (size_t limit = FEW - 1; limit <= FEW + 1; limit += 2) {
        osler_evidence *e = NULL;
        osler_evidence_options how = {.limit = limit, .as_of = "2026-11-20"};
        size_t listed = limit < FEW ? limit : FEW;
        CHECK(osler_evidence_rank(&e, l.library, "migraine", &how, NULL) == OSLER_OK);
        CHECK(e->results.count == listed && e->ranked >= listed && e->matched == e->ranked);
        CHECK(e->lanes[0].count == e->ranked && e->ranked + e->weak_count == MANY);
        CHECK(e->estimated == (limit < FEW) && (e->estimated || e->ranked == FEW));
        osler_evidence_free(e);
    }
    invented_close(&l);
    arena_free(&r.memory);
}

/* More candidates than are counted: the best are found all the same. */
TEST(the_best_of_many_are_exact)
{
    enum { MANY = RANKING_MOST_COUNTED + 2000 };
    random_source r = {.state = 7};
    invented_library l;
    invented *rows = random_records(&r, MANY);
    for (size_t i = 0; i < MANY; i++)
        rows[i].keywords = "pain";
    invented_open(&l, rows, MANY);
    osler_evidence *best = NULL, *all = NULL;
    osler_evidence_options how = {.limit = 50, .as_of = "2026-11-20"}, every = {.as_of = how.as_of};
    CHECK(osler_evidence_rank(&best, l.library, "pain", &how, NULL) == OSLER_OK);
    CHECK(osler_evidence_rank(&all, l.library, "pain", &every, NULL) == OSLER_OK);
    CHECK(best->estimated && !all->estimated && best->results.count == 50);
    for (size_t i = 0; i < 50; i++) {
        CHECK_TEXT(best->results.items[i].id, all->results.items[i].id);
        CHECK(best->results.items[i].score == all->results.items[i].score);
        CHECK(best->results.items[i].rank == i + 1);
    }
    for (size_t i = 0; i < best->unscored.count; i++)
        CHECK_TEXT(best->unscored.items[i].id, all->unscored.items[i].id);
    CHECK(best->excluded_count == all->excluded_count);
    double ratio = (double)best->ranked / (double)all->ranked;
    CHECK(ratio > 0.9 && ratio < 1.1);
    osler_evidence_free(best);
    osler_evidence_free(all);
    invented_close(&l);
    arena_free(&r.memory);
}
