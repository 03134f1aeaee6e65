/* The facts that titles and abstracts state, and what only looks like one. */
#include "support.h"

#include "appraise/fact_rules.h"
#include "appraise/facts.h"
#include "check.h"
#include "record/record.h"

#include <stdio.h>
#include <string.h>

static const char trial_title[] = "Mats for neck pain: a randomized trial";

static void read_facts(arena *memory, osler_facts *out, const char *title, const char *abstract)
{
    facts_of(memory, out, invent(memory, title, abstract), NULL);
}

/* Both NULL, or the same text. */
static void check_said(const char *got, const char *wanted, const char *of)
{
    if (!got != !wanted || (got && strcmp(got, wanted) != 0))
        fprintf(stderr, "  got %s: %s\n", got ? got : "nothing", of);
    CHECK(!got == !wanted);
    if (got && wanted)
        CHECK_TEXT(got, wanted);
}

TEST(every_rule_compiles)
{
    CHECK(!fact_rules_fault());
}

/* One estimate, or none where `text` is NULL. */
static const struct {
    const char *text, *outcome;
    bool is_ratio;
    const char *abstract;
} estimates[] = {
    {"odds ratio 0.62 (95% CI 0.45 to 0.86)", "relapse", true,
     "The odds ratio for relapse was 0.62 (95% CI 0.45 to 0.86)."},
    {"odds ratio 0.62 (95% CI 0.45 to 0.86)", "Relapse was rarer with mats", true,
     "Relapse was rarer with mats (OR 0\xC2\xB7"
     "62, 95% CI 0\xC2\xB7"
     "45\xE2\x80\x93"
     "0\xC2\xB7"
     "86)."},
    {"adjusted hazard ratio 1.4 (99% CI 1.1 to 1.8)", "Death", true,
     "Death: adjusted hazard ratio 1.4, 99% confidence interval 1.1-1.8."},
    {"mean difference -8 points (95% CI -12 to -4)", NULL, false,
     "The mean difference was -8 points (95% CI, -12 to -4)."},
    {"standardized mean difference -0.5 (95% CI -0.7 to -0.3)", NULL, false,
     "Standardised mean difference \xE2\x88\x92"
     "0.5 [95% CI \xE2\x88\x92"
     "0.7 to \xE2\x88\x92"
     "0.3]."},
    {"risk ratio 0.8 (95% CI 0.7 to 0.9)", NULL, true, "RR = 0.8 (P = 0.01; 95% CI: 0.7, 0.9)."},
    {"number needed to treat 7 (95% CI 4 to 15)", NULL, false,
     "The number needed to treat was 7 (95% CI 4 to 15)."},
    {"sensitivity 91% (95% CI 80 to 97)", NULL, false, "Sensitivity was 91% (95% CI 80% to 97%)."},
    /* no interval, no level, an interval without its value, a word that is no measure */
    {NULL, NULL, false, "The odds ratio was 0.62 (P = 0.01)."},
    {NULL, NULL, false, "The odds ratio was 0.62 (0.45 to 0.86)."},
    {NULL, NULL, false, "The odds ratio was 2.62 (95% CI 0.45 to 0.86)."},
    {NULL, NULL, false, "The odds ratio was 0.2 (95% CI -0.4 to 0.8)."},
    {NULL, NULL, false, "Mats or 3 pillows (95% CI 2 to 4) were used."},
    {NULL, NULL, false, "Sensitivity was -0.1 (95% CI -0.4 to 0.8)."},
};

TEST(estimates_have_value_interval_and_level)
{
    for (size_t i = 0; i < sizeof estimates / sizeof *estimates; i++) {
        arena memory = {0};
        osler_facts facts;
        read_facts(&memory, &facts, trial_title, estimates[i].abstract);
        CHECK(facts.effects.count == (estimates[i].text ? 1 : 0));
        const osler_effect *e = facts.effects.count ? &facts.effects.items[0] : NULL;
        check_said(e ? e->text : NULL, estimates[i].text, estimates[i].abstract);
        if (e) {
            CHECK_TEXT(e->sentence, estimates[i].abstract);
            CHECK_TEXT(e->place, "abstract");
            CHECK(e->is_ratio == estimates[i].is_ratio);
            CHECK(e->low <= e->value && e->value <= e->high);
            if (estimates[i].outcome)
                check_said(e->outcome, estimates[i].outcome, estimates[i].abstract);
        }
        arena_free(&memory);
    }
}

TEST(several_estimates_keep_their_order_and_words)
{
    arena memory = {0};
    osler_facts facts;
    read_facts(&memory, &facts, trial_title,
               "Falls (RR 0.80, 95% CI 0.70-0.91) and fractures (RR 0.90, 95% CI 0.60-1.35) fell.");
    CHECK(facts.effects.count == 2);
    if (facts.effects.count == 2) {
        check_said(facts.effects.items[0].outcome, "Falls", "the first");
        check_said(facts.effects.items[1].outcome, "fractures", "the second");
        CHECK_TEXT(facts.effects.items[1].text, "risk ratio 0.90 (95% CI 0.60 to 1.35)");
    }
    arena_free(&memory);
}

static const struct {
    const char *intervention, *comparator, *title;
} titles[] = {
    {"Heat packs", NULL, "Heat packs for neck pain: a randomised trial."},
    {"Heat packs", "cold packs", "Heat packs versus cold packs for neck pain: a randomized trial."},
    {"heat packs", "cold packs",
     "Comparison of heat packs and cold packs in neck pain: a randomized trial."},
    {"heat packs", NULL, "Effect of heat packs on neck pain: a randomized trial."},
    {"heat packs", "usual care",
     "Efficacy and safety of heat packs compared with usual care in adults: a randomized trial."},
    {"invented drug A", "placebo",
     "Effect of invented drug A on migraine: a randomised, placebo-controlled trial."},
    {"spinal manipulation", NULL, "The effectiveness of spinal manipulation for headache."},
    {NULL, NULL, "Risk factors for neck pain: a cohort study."},
    {NULL, NULL, "Neck pain."},
    {NULL, NULL, "Prevalence of migraine among nurses."},
    {NULL, NULL, "Effect of invented drug A on neurons in rats."},
};

TEST(titles_name_intervention_and_comparator)
{
    for (size_t i = 0; i < sizeof titles / sizeof *titles; i++) {
        arena memory = {0};
        osler_facts facts;
        read_facts(&memory, &facts, titles[i].title, NULL);
        check_said(facts.intervention.text, titles[i].intervention, titles[i].title);
        check_said(facts.comparator.text, titles[i].comparator, titles[i].title);
        if (facts.intervention.text)
            CHECK_TEXT(facts.intervention.place, "title");
        arena_free(&memory);
    }
}

static const struct {
    const char *follow_up, *abstract;
} spans[] = {
    {"12 months", "Patients were followed for 12 months."},
    {"3.5 years", "Median follow-up was 3.5 years."},
    {"24-month", "Pain was the same at 24-month follow-up."},
    {"six weeks", "Patients were followed up for six weeks."},
    {NULL, "Adults aged 40 years took part."},
    {NULL, "Follow-up was complete."},
};

TEST(abstracts_tell_how_long_they_followed)
{
    for (size_t i = 0; i < sizeof spans / sizeof *spans; i++) {
        arena memory = {0};
        osler_facts facts;
        read_facts(&memory, &facts, trial_title, spans[i].abstract);
        check_said(facts.follow_up.text, spans[i].follow_up, spans[i].abstract);
        arena_free(&memory);
    }
}

TEST(registrations_are_told_once)
{
    arena memory = {0};
    osler_facts facts;
    read_facts(&memory, &facts, trial_title,
               "Registered as NCT01234567. Trial registration: NCT01234567; ISRCTN 12345678.");
    CHECK(facts.registrations.count == 2);
    if (facts.registrations.count == 2) {
        CHECK_TEXT(facts.registrations.items[0].text, "NCT01234567");
        CHECK_TEXT(facts.registrations.items[0].name, "ClinicalTrials.gov");
        CHECK_TEXT(facts.registrations.items[1].text, "ISRCTN12345678");
    }
    arena_free(&memory);
}

TEST(funding_and_interests_are_quoted)
{
    arena memory = {0};
    osler_facts facts;
    read_facts(&memory, &facts, trial_title,
               "Pain fell. The trial was funded by the Invented Foundation. "
               "The authors declare no competing interests.");
    CHECK(facts.funding.count == 1 && facts.interests.count == 1);
    if (facts.funding.count == 1)
        CHECK_TEXT(facts.funding.items[0].text, "The trial was funded by the Invented Foundation.");
    read_facts(&memory, &facts, trial_title, "Pain fell among adults.");
    CHECK(facts.funding.count == 0 && facts.interests.count == 0);
    arena_free(&memory);
}

TEST(a_record_without_words_states_nothing)
{
    osler_facts *facts = NULL;
    osler_record record = {0};
    osler_facts_read(&facts, &record, NULL);
    CHECK(!facts->n && !facts->intervention.text && !facts->effects.count &&
          !facts->registrations.count);
    osler_facts_free(facts);
    osler_facts_free(NULL);
}
