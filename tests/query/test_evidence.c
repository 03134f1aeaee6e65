/* The ranking: what is about a condition and what is not, how changes move a record, and whether
 * the printed numbers give the score. */
#include "check.h"
#include "invented.h"

#include <math.h>
#include <osler/evidence.h>

static const invented rows[] = {
    {.pmid = "990000001",
     .title = "Osteopathic manipulative treatment for tension-type headache: a randomized trial",
     .abstract = "Manual care was compared with rest. A total of 105 patients were randomized. "
                 "Osteopathic manipulative treatment (OMT) was given weekly. OMT eased "
                 "tension-type headache.",
     .headings = "D018781* D026301* D006801",
     .types = "D016449",
     .year = 2024},
    {.pmid = "990000002",
     .title = "A case of tension headache",
     .abstract = "One patient is described.",
     .headings = "D018781* D006801",
     .types = "D002363",
     .year = 2018},
    {.pmid = "990000003", /* without headings: words alone */
     .title = "Chronic tension-type headaches and sleep: a cohort study",
     .abstract = "A cohort of 400 adults was followed.",
     .year = 2022},
    {.pmid = "990000004", /* off topic, whatever it weighs */
     .title = "Guideline for the care of knees",
     .abstract = "Knees are cared for.",
     .types = "D017065",
     .year = 2025},
    {.pmid = "990000005",
     .title = "Guideline for tension-type headache",
     .abstract = "What to do about tension-type headache.",
     .types = "D017065",
     .year = 2025},
    {.pmid = "990000006",
     .title = "Retracted trial of tension-type headache",
     .abstract = "Patients with tension-type headache were randomized.",
     .headings = "D018781*",
     .types = "D016449",
     .retraction = "990000098",
     .year = 2020},
    {.pmid = "990000007", /* headache as a harm */
     .title = "A new drug for high blood pressure: a randomized trial",
     .abstract = "A total of 300 patients were randomized. Blood pressure fell. The most common "
                 "adverse events were headache and dizziness.",
     .headings = "D006261/Q000139",
     .types = "D016449",
     .year = 2021},
    {.pmid = "990000008", /* cluster-randomized, no cluster headache */
     .title = "Neck pain at work: a cluster randomized trial",
     .abstract = "Clusters of workers with neck pain and headache were randomised.",
     .headings = "D019547*",
     .types = "D016449",
     .year = 2019},
    {.pmid = "990000009",
     .title = "Oxygen for cluster headache",
     .abstract = "Patients with cluster headache breathed oxygen.",
     .headings = "D003027*",
     .year = 2016},
    {.pmid = "990000010", /* the heading of cervicogenic headache, and none */
     .title = "Headache after concussion in soldiers",
     .abstract = "Post-traumatic headache was common.",
     .headings = "D051298*",
     .year = 2017},
    {.pmid = "990000011",
     .title = "Manual therapy for cervicogenic headache",
     .abstract = "Cervicogenic headache eased.",
     .headings = "D051298*",
     .year = 2017},
    {.pmid = "990000012", /* excluded patients */
     .title = "Sleep and moods of students",
     .abstract = "Students slept. Those with migraine were excluded. Moods were better.",
     .year = 2017},
    {.pmid = "990000016",
     .title = "Sleep of nurses",
     .abstract = "Nurses slept. Volunteers with migraine, a cold or a recent injury of the neck "
                 "were not included.",
     .year = 2017},
    {.pmid = "990000017", /* left out are others */
     .title = "Sleep and blood pressure",
     .abstract = "Nurses slept. Those with migraine who were pregnant were excluded. In the end "
                 "migraine came with short sleep.",
     .year = 2017},
    {.pmid = "990000013", /* an abbreviation that means something else */
     .title = "OMT after stents",
     .abstract = "Optimal medical therapy (OMT) was continued. OMT was cheap.",
     .year = 2017},
    {.pmid = "990000014",
     .title = "Migraine with aura in twins",
     .abstract = "Twins with migraine with aura were asked.",
     .headings = "D020325*",
     .year = 2014},
    {.pmid = "990000015",
     .title = "H\xC3\xA9micr\xC3\xA1nia and zebras", /* free words */
     .abstract = "Vestibular zebra ataxia is rare. Randomisation was not used for haemophilia.",
     .year = 2014},
};
enum { ROWS = sizeof rows / sizeof *rows };

static osler_evidence *rank(invented_library *l, const char *condition, const char *intervention)
{
    osler_evidence *e = NULL;
    osler_error error = {0};
    osler_evidence_options how = {
        .intervention = intervention, .as_of = "2026-11-20", .weak = true};
    osler_status status = osler_evidence_rank(&e, l->library, condition, &how, &error);
    CHECK(status == OSLER_OK || status == OSLER_ENOTFOUND);
    return e;
}

static const osler_ranked *in_list(const osler_ranked_list *list, const char *pmid)
{
    for (size_t i = 0; i < list->count; i++)
        if (list->items[i].pmid && strcmp(list->items[i].pmid, pmid) == 0)
            return &list->items[i];
    return NULL;
}

/* Where a record stands: "ranked", "unscored", "excluded", "weak" or "absent". */
static const char *place_in(const osler_evidence *e, const char *pmid)
{
    return in_list(&e->results, pmid)    ? "ranked"
           : in_list(&e->unscored, pmid) ? "unscored"
           : in_list(&e->excluded, pmid) ? "excluded"
           : in_list(&e->weak, pmid)     ? "weak"
                                         : "absent";
}

static void check_places(invented_library *l)
{
    static const struct {
        const char *condition, *intervention, *pmid, *place;
    } asked[] = {
        {"tension headache", NULL, "990000001", "ranked"},
        {"Headache, Tension", NULL, "990000001", "ranked"},
        {"tensiontype headaches", NULL, "990000002", "ranked"},
        {"TTH", NULL, "990000003", "ranked"},
        {"D018781", NULL, "990000003", "ranked"},
        {"tension headache", NULL, "990000004", "absent"},
        {"tension headache", NULL, "990000005", "unscored"},
        {"tension headache", NULL, "990000006", "excluded"},
        {"tension headache", "omt", "990000001", "ranked"},
        {"tension headache", "omt", "990000002", "absent"},
        {"tension headache", "sleep", "990000003", "ranked"},
        {"omt", NULL, "990000013", "absent"},
        {"headache", NULL, "990000001", "ranked"},
        {"headache", NULL, "990000014", "ranked"}, /* migraine with aura stands below headache */
        {"headache", NULL, "990000007", "weak"},
        {"headache", NULL, "990000004", "absent"},
        {"neck pain", NULL, "990000008", "ranked"},
        {"cluster headache", NULL, "990000008", "absent"},
        {"cluster headache", NULL, "990000009", "ranked"},
        {"cervicogenic headache", NULL, "990000010", "weak"},
        {"cervicogenic headache", NULL, "990000011", "ranked"},
        {"post-traumatic headache", NULL, "990000010", "ranked"},
        {"post-traumatic headache", NULL, "990000011", "weak"},
        {"migraine", NULL, "990000012", "weak"},
        {"migraine", NULL, "990000016", "weak"},
        {"migraine", NULL, "990000017", "ranked"},
        {"migraine", NULL, "990000014", "ranked"},
        {"D020773", NULL, "990000014", "ranked"},
        {"zebra", NULL, "990000015", "ranked"},
        {"hemicrania and zebras", NULL, "990000015", "ranked"},
        {"vestibular zebra", NULL, "990000015", "ranked"},
        {"hemophilia", NULL, "990000015", "ranked"},
    };
    for (size_t i = 0; i < sizeof asked / sizeof *asked; i++) {
        osler_evidence *e = rank(l, asked[i].condition, asked[i].intervention);
        const char *place = place_in(e, asked[i].pmid);
        if (strcmp(place, asked[i].place) != 0)
            fprintf(stderr, "%s x %s, %s: ", asked[i].condition,
                    asked[i].intervention ? asked[i].intervention : "-", asked[i].pmid);
        CHECK_TEXT(place, asked[i].place);
        CHECK(e->matched == e->ranked + e->unscored_count + e->excluded_count);
        CHECK(e->ranked == e->results.count && e->weak_count == e->weak.count);
        osler_evidence_free(e);
    }
}

TEST(records_stand_where_they_belong)
{
    invented_library l;
    invented_open(&l, rows, ROWS);
    check_places(&l);
    invented_close(&l);
}

/* A number as it is printed. */
static double printed(double value, int decimals)
{
    char text[64];
    snprintf(text, sizeof text, "%.*f", decimals, value);
    return strtod(text, NULL);
}

static void check_numbers(const osler_evidence *e, const osler_ranked *r)
{
    double sum = 0;
    double *tf = calloc(e->concepts.count + 1, sizeof *tf), idf = 0;
    const osler_contribution_list *c = &r->contributions;
    for (size_t i = 0; i < c->count; i++) {
        sum += printed(c->items[i].value, 6);
        tf[c->items[i].concept] +=
            c->items[i].weight * printed(c->items[i].frequency, 6) / printed(c->items[i].norm, 6);
    }
    for (size_t i = 0; i < e->concepts.count; i++)
        idf += printed(e->concepts.items[i].idf, 6);
    sum = sum > 1 ? 1 : sum;
    CHECK(fabs(printed(sum, 6) - printed(r->topic.value, 6)) < 1e-9);
    for (size_t i = 0; i < c->count; i++) { /* each contribution by the formula */
        const osler_contribution *one = &c->items[i];
        double part = one->weight * printed(one->frequency, 6) / printed(one->norm, 6);
        double value = printed(e->concepts.items[one->concept].idf, 6) / idf * part /
                       (1.2 + tf[one->concept]) / (7.0 / 8.2);
        CHECK(fabs(value - printed(one->value, 6)) < 2e-6);
    }
    double product = 100 * printed(r->gate.value, 6) * printed(r->topic.value, 6) *
                     printed(r->evidence.value, 6) * printed(r->recency.value, 6) *
                     printed(r->size.value, 6) * printed(r->integrity.value, 6);
    CHECK(fabs(printed(product, 4) - printed(r->score, 4)) < 1e-9);
    CHECK(r->score > 0 && r->score <= 100);
    free(tf);
}

TEST(what_is_printed_gives_the_score)
{
    invented_library l;
    invented_open(&l, rows, ROWS);
    static const char *const conditions[][2] = {{"headache", NULL},
                                                {"tension headache", "omt"},
                                                {"migraine", NULL},
                                                {"neck pain", "headache"}};
    for (size_t i = 0; i < 4; i++) {
        osler_evidence *e = rank(&l, conditions[i][0], conditions[i][1]);
        CHECK(e->results.count > 0);
        for (size_t k = 0; k < e->results.count; k++) {
            check_numbers(e, &e->results.items[k]);
            CHECK(k == 0 || e->results.items[k - 1].score >= e->results.items[k].score);
            CHECK(e->results.items[k].rank == k + 1);
        }
        osler_evidence_free(e);
    }
    invented_close(&l);
}

/* A library with one record changed or added. */
static osler_evidence *rank_with(const invented *changed, const char *condition,
                                 const char *intervention)
{
    invented copy[ROWS + 1];
    size_t at = 0;
    memcpy(copy, rows, sizeof rows);
    while (at < ROWS && strcmp(rows[at].pmid, changed->pmid) != 0)
        at++;
    copy[at] = *changed;
    size_t count = at < ROWS ? ROWS : ROWS + 1;
    invented_library l;
    invented_open(&l, copy, count);
    osler_evidence *e = rank(&l, condition, intervention);
    invented_close(&l);
    return e;
}

static double score_with(const invented *changed, const char *condition, const char *intervention)
{
    osler_evidence *e = rank_with(changed, condition, intervention);
    const osler_ranked *r = in_list(&e->results, changed->pmid);
    double score = r ? r->score : 0;
    osler_evidence_free(e);
    return score;
}

TEST(what_options_leave_out_is_counted)
{
    invented_library l;
    invented copy[ROWS];
    memcpy(copy, rows, sizeof rows);
    copy[2].year = copy[2].month = -1; /* a cohort study of tension-type headache */
    invented_open(&l, copy, ROWS);
    osler_evidence *all = rank(&l, "tension headache", NULL), *e = NULL;
    osler_evidence_options how = {.as_of = "2026-11-20", .since = 2019};
    CHECK(all->left_out == 0 && all->undated == 0);
    CHECK(osler_evidence_rank(&e, l.library, "tension headache", &how, NULL) == OSLER_OK);
    CHECK(e->undated == 1 && e->left_out >= 2);
    CHECK(e->matched + e->left_out == all->matched);
    CHECK_TEXT(place_in(e, "990000003"), "absent");
    osler_evidence_free(e);
    how = (osler_evidence_options){.as_of = "2026-11-20", .until = 2019, .designs = "rct"};
    CHECK(osler_evidence_rank(&e, l.library, "tension headache", &how, NULL) == OSLER_OK);
    CHECK(e->undated == 0 && e->matched == 0 && e->left_out == all->matched);
    osler_evidence_free(e);
    how = (osler_evidence_options){.designs = "Case reports,RCT", .question = "Harm"};
    CHECK(osler_evidence_rank(&e, l.library, "tension headache", &how, NULL) == OSLER_OK);
    CHECK_TEXT(e->question, "harm");
    CHECK(in_list(&e->results, "990000001") && in_list(&e->results, "990000002"));
    CHECK_TEXT(place_in(e, "990000003"), "absent");
    osler_evidence_free(e);
    osler_evidence_free(all);
    invented_close(&l);
}

TEST(what_cannot_be_meant_is_refused)
{
    invented_library l;
    invented_open(&l, rows, ROWS);
    osler_evidence *e = NULL;
    osler_error error = {0};
    osler_evidence_options how = {.since = 2020, .until = 2010};
    CHECK(osler_evidence_rank(&e, l.library, "migraine", &how, &error) == OSLER_EUSAGE);
    CHECK_TEXT(error.message, "the years are the wrong way round: since 2020, until 2010");
    CHECK(osler_evidence_rank(&e, l.library, "migraine[mh]", NULL, &error) == OSLER_EUSAGE);
    how = (osler_evidence_options){.intervention = "omt[tiab]"};
    CHECK(osler_evidence_rank(&e, l.library, "migraine", &how, &error) == OSLER_EUSAGE);
    how = (osler_evidence_options){.designs = "cohrt"};
    CHECK(osler_evidence_rank(&e, l.library, "migraine", &how, &error) == OSLER_EUSAGE);
    CHECK(strstr(error.message, "'cohort' is near") != NULL);
    CHECK(osler_evidence_rank(&e, l.library, "osteopaty", NULL, &error) == OSLER_ENOTFOUND);
    CHECK(e && e->suggestions.count > 0);
    osler_evidence_free(e);
    invented_close(&l);
}

TEST(a_minor_heading_alone_is_weak)
{
    invented changed = {.pmid = "990000050",
                        .title = "Two drugs for psychosis: a randomized trial",
                        .abstract = "Two drugs were compared. Dizziness was treated. Drug one won.",
                        .headings = "D004244 D006801",
                        .year = 2020};
    double middle = score_with(&changed, "dizziness", NULL);
    changed.abstract = "Two drugs were compared. Moods were better. Drug one eased dizziness.";
    double end = score_with(&changed, "dizziness", NULL);
    CHECK(middle > 0 && middle < end);
    changed.abstract = "Two drugs were compared. Adverse events were dizziness and dry mouth.";
    osler_evidence *e = rank_with(&changed, "dizziness", NULL);
    CHECK_TEXT(place_in(e, "990000050"), "weak");
    osler_evidence_free(e);
}

TEST(a_weaker_type_does_not_rise)
{
    invented changed = rows[0];
    double before = score_with(&changed, "headache", NULL);
    changed.types = "D002363";
    CHECK(score_with(&changed, "headache", NULL) <= before);
    changed = rows[2];
    changed.types = "D016449";
    before = score_with(&changed, "tension headache", NULL);
    changed.types = "D002363";
    CHECK(before > 0 && score_with(&changed, "tension headache", NULL) <= before);
}

TEST(a_major_heading_of_the_condition_does_not_lower)
{
    /* the last is for the record that has no headings: another one would make a list longer */
    static const char *const added[] = {"D018781* ", "D018781* D018781* ", "D008881* D018781* "};
    for (size_t row = 0; row < 3; row++) {
        for (size_t i = 0; i < (rows[row].headings ? 2 : 3); i++) {
            char headings[200];
            invented changed = rows[row];
            snprintf(headings, sizeof headings, "%s%s", added[i],
                     rows[row].headings ? rows[row].headings : "D006801");
            double before = score_with(&changed, "tension headache", NULL);
            double before_both = score_with(&changed, "tension headache", "omt");
            changed.headings = headings;
            CHECK(score_with(&changed, "tension headache", NULL) >= before);
            CHECK(score_with(&changed, "tension headache", "omt") >= before_both);
        }
    }
}

TEST(a_retraction_removes_from_the_ranking)
{
    invented changed = rows[0];
    changed.retraction = "990000097";
    osler_evidence *e = rank_with(&changed, "tension headache", NULL);
    CHECK_TEXT(place_in(e, "990000001"), "excluded");
    CHECK(in_list(&e->excluded, "990000001") &&
          strncmp(in_list(&e->excluded, "990000001")->reason, "retracted", 9) == 0);
    CHECK(e->retracted_count == 2);
    osler_evidence_free(e);
}

TEST(more_participants_do_not_lower)
{
    char abstract[300];
    double last = 0;
    static const int sizes[] = {8, 12, 40, 105, 106, 999, 1000, 20000};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        invented changed = rows[0];
        snprintf(abstract, sizeof abstract,
                 "A total of %d patients with tension-type headache were randomized.", sizes[i]);
        changed.abstract = abstract;
        double score = score_with(&changed, "tension headache", NULL);
        CHECK(score >= last);
        last = score;
    }
    CHECK(last > 0);
}

/* The PMIDs of the results in their order, without one. */
static const char *order_of(const osler_evidence *e, const char *without, char *out, size_t size)
{
    size_t used = 0;
    out[0] = '\0';
    for (size_t i = 0; i < e->results.count && used + 12 < size; i++)
        if (strcmp(e->results.items[i].pmid, without) != 0)
            used += (size_t)snprintf(out + used, size - used, "%s ", e->results.items[i].pmid + 6);
    return out;
}

TEST(a_duplicate_does_not_change_the_order_of_others)
{
    char before[400], after[400];
    invented same = rows[0];
    same.pmid = "990000050";
    osler_evidence *e = rank_with(&rows[0], "headache", NULL);
    order_of(e, "990000050", before, sizeof before);
    osler_evidence_free(e);
    e = rank_with(&same, "headache", NULL);
    CHECK_TEXT(place_in(e, "990000050"), "ranked");
    order_of(e, "990000050", after, sizeof after);
    osler_evidence_free(e);
    CHECK_TEXT(after, before);
}

TEST(the_order_of_import_changes_nothing)
{
    char first[400], other[400];
    invented shuffled[ROWS];
    double score = 0;
    _Static_assert(ROWS == 17, "a prime: then every step gives a permutation");
    for (size_t step = 1; step < ROWS; step += 3) {
        for (size_t i = 0; i < ROWS; i++)
            shuffled[i] = rows[i * step % ROWS];
        invented_library l;
        invented_open(&l, shuffled, ROWS);
        osler_evidence *e = rank(&l, "headache", NULL);
        order_of(e, "", step == 1 ? first : other, sizeof first);
        if (step == 1)
            score = e->results.items[1].score;
        else
            CHECK_TEXT(other, first);
        CHECK(e->results.items[1].score == score);
        osler_evidence_free(e);
        invented_close(&l);
    }
}

TEST(unknown_conditions_get_suggestions)
{
    invented_library l;
    invented_open(&l, rows, ROWS);
    static const struct {
        const char *typed, *meant;
    } asked[] = {{"migrane", "Migraine"},
                 {"tenshun headache", "Tension Headache"},
                 {"clustr headache", "Cluster Headache"}};
    for (size_t i = 0; i < sizeof asked / sizeof *asked; i++) {
        osler_evidence *e = NULL;
        osler_error error = {0};
        CHECK(osler_evidence_rank(&e, l.library, asked[i].typed, NULL, &error) == OSLER_ENOTFOUND);
        bool suggested = false;
        for (size_t k = 0; e && k < e->suggestions.count; k++)
            suggested |= strcmp(e->suggestions.items[k], asked[i].meant) == 0;
        CHECK(suggested);
        osler_evidence_free(e);
    }
    osler_evidence *e = NULL;
    CHECK(osler_evidence_rank(&e, l.library, "  ", NULL, NULL) == OSLER_EUSAGE);
    CHECK(e == NULL);
    /* known to the vocabulary, but not in the library: an empty ranking, no failure */
    CHECK(osler_evidence_rank(&e, l.library, "fibromyalgia", NULL, NULL) == OSLER_OK);
    CHECK(e && e->matched == 0);
    osler_evidence_free(e);
    invented_close(&l);
}

TEST(options_filter_and_fail)
{
    invented_library l;
    invented_open(&l, rows, ROWS);
    osler_evidence *e = NULL;
    osler_evidence_options how = {.as_of = "2026-11-20", .designs = "case-report, cohort"};
    CHECK(osler_evidence_rank(&e, l.library, "tension headache", &how, NULL) == OSLER_OK);
    CHECK(e && e->matched == 2);
    osler_evidence_free(e);
    how = (osler_evidence_options){.as_of = "2026-11-20", .since = 2022, .until = 2024, .limit = 1};
    CHECK(osler_evidence_rank(&e, l.library, "tension headache", &how, NULL) == OSLER_OK);
    CHECK(e && e->ranked == 2 && e->results.count == 1);
    osler_evidence_free(e);
    static const osler_evidence_options bad[] = {{.designs = "miracle"},
                                                 {.question = "why"},
                                                 {.scheme = "grade"},
                                                 {.as_of = "2026-13-01"},
                                                 {.as_of = "yesterday"}};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        CHECK(osler_evidence_rank(&e, l.library, "migraine", &bad[i], NULL) == OSLER_EUSAGE);
        CHECK(e == NULL);
    }
    invented_close(&l);
}

TEST(age_counts_from_the_day_that_is_given)
{
    invented_library l;
    invented_open(&l, rows, ROWS);
    osler_evidence *e = rank(&l, "tension headache", NULL);
    const osler_ranked *r = in_list(&e->results, "990000001");
    /* 2024-05-01 to 2026-11-20 are 933 days */
    double expected = 0.6 + 0.4 * exp2(-(933 / 365.25) / 12);
    CHECK(r && fabs(r->recency.value - expected) < 1e-6);
    osler_evidence_free(e);
    invented_close(&l);
}

TEST(one_record_is_explained_with_its_rank)
{
    invented_library l;
    invented_open(&l, rows, ROWS);
    osler_evidence *all = rank(&l, "headache", NULL), *one = NULL;
    osler_evidence_options how = {.as_of = "2026-11-20"};
    for (size_t i = 0; i < all->results.count; i++) {
        const osler_ranked *r = &all->results.items[i];
        CHECK(osler_evidence_explain(&one, l.library, "headache", r->id, &how, NULL) == OSLER_OK);
        CHECK(one->results.count == 1 && one->results.items[0].rank == r->rank &&
              one->results.items[0].score == r->score);
        osler_evidence_free(one);
    }
    CHECK(osler_evidence_explain(&one, l.library, "headache", "990000004", &how, NULL) == OSLER_OK);
    CHECK(one->weak.count == 1 && one->weak.items[0].reason);
    osler_evidence_free(one);
    CHECK(osler_evidence_explain(&one, l.library, "headache", "1", &how, NULL) == OSLER_ENOTFOUND);
    osler_evidence_free(one);
    osler_evidence_free(all);
    invented_close(&l);
}
