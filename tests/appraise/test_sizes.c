/* Sample sizes as abstracts state them, and the numbers that are none. */
#include "support.h"

#include "appraise/appraise.h"
#include "appraise/numbers.h"
#include "base/spelling.h"
#include "check.h"

#include <stdio.h>
#include <string.h>

/* The sizes of a trial with this abstract. */
static const struct {
    long n;
    const char *kind; /* NULL: not checked */
    const char *abstract;
} trials[] = {
    {105, "randomized", "A total of 105 patients were randomized."},
    {42, "randomized", "Forty-two women were randomized to mats or none."},
    {122, "randomized", "One hundred and twenty-two adults were randomly assigned."},
    {18804, NULL,
     "We randomised 18\xE2\x80\x89"
     "804 adults."},
    {18804, NULL,
     "We randomised 18\xC2\xA0"
     "804 adults."},
    {18804, NULL,
     "We randomised 18\xE2\x80\xAF"
     "804 adults."},
    {1024, NULL, "We randomised 1,024 adults."},
    {1024, NULL, "We randomised 1024 adults."},
    {60, "randomized", "Of 212 people screened, 60 patients were randomized."},
    {60, "randomized",
     "We screened 300 patients, of whom 90 were eligible and 60 were randomized."},
    {233, "arms-summed", "Adults were randomized to mats (n = 88) or none (n = 145)."},
    {233, NULL, "Adults (N = 233) were randomized to mats (n = 88) or none (n = 145)."},
    {62, NULL, "Women (N = 62) were randomized to mats (n = 31) or none (n = 31)."},
    {41, "arms-summed",
     "RESULTS: 22 women were randomized to mats and 19 to the usual care group."},
    {80, "enrolled", "Mats were tried in 80 adults with back pain."},
    {80, "enrolled", "METHODS: 80 adults with chronic back pain took part."},
    {80, NULL, "In 2015, 80 adults used mats. Of these, 29 patients (2.4%) fell."},
    {150, NULL, "Between 2010 and 2012, 150 adults aged 65 years or more were randomized."},
    {64, NULL, "Sixty-four patients were randomly assigned, 32 to each arm, and 60 completed."},
    {0, NULL, "Adults aged 40 years used mats for 12 weeks; 35% fell."},
    {0, NULL, "In 2019 patients used mats."},
    {0, NULL, "Patients used a mat of 120 cm."},
    {0, NULL, ""},
    {90, NULL, "Phase 3 trial. 90 patients were randomized."},
    {90, NULL, "90 patients (45 men, mean age 54.2 years, range 20-80) were randomized."},
    {2500, NULL, "Two thousand five hundred adults were randomized."},
    /* groups that a number beside them is the sum of */
    {235, NULL,
     "Sleep was measured in 235 women with mild (n = 21), moderate (n = 160) or severe pain (n = "
     "54)."},
    /* shares of a group, and what a group is made of */
    {119, NULL, "There were 119 evaluable adults. Falls occurred in 13 adults (9.3% of mats)."},
    {130, NULL, "Mats were tried in 130 adults (60% women)."},
    /* two trials: which is meant cannot be told */
    {0, NULL,
     "In the first trial, 511 adults with neck pain were randomized. Most of them worked in "
     "offices "
     "and had been in pain for some years before they came to the clinic for care. In the second "
     "trial, 302 adults with neck pain were randomized."},
};

TEST(trials_state_their_size)
{
    for (size_t i = 0; i < sizeof trials / sizeof *trials; i++) {
        arena memory = {0};
        osler_appraisal a;
        osler_record *record = invent(&memory, "Mats: a randomized trial", trials[i].abstract);
        appraise(&memory, &a, record, NULL);
        if (a.n != trials[i].n)
            fprintf(stderr, "  got %ld (%s): %s\n", a.n, a.n_kind ? a.n_kind : "",
                    trials[i].abstract);
        CHECK(a.n == trials[i].n);
        CHECK(!a.n == !a.n_kind && !a.n == !a.n_sentence);
        if (trials[i].kind && a.n_kind)
            CHECK_TEXT(a.n_kind, trials[i].kind);
        CHECK(!a.n_sentence || strstr(trials[i].abstract, a.n_sentence));
        arena_free(&memory);
    }
}

TEST(syntheses_state_studies_and_participants)
{
    arena memory = {0};
    osler_appraisal a;
    appraise(&memory, &a,
             invent(&memory, "Mats: a systematic review and meta-analysis",
                    "RESULTS: Twelve trials with 1,046 participants were included."),
             NULL);
    CHECK(a.studies == 12 && a.n == 1046);
    CHECK_TEXT(a.n_kind, "pooled");
    appraise(&memory, &a,
             invent(&memory, "Mats: a systematic review",
                    "METHODS: We screened 1,900 abstracts. RESULTS: We included 14 studies."),
             NULL);
    CHECK(a.studies == 14 && a.n == 0);
    arena_free(&memory);
}

TEST(opinions_and_animals_have_no_sample)
{
    arena memory = {0};
    osler_appraisal a;
    appraise(&memory, &a, invent(&memory, "Mats in rats", "Sixty Wistar rats and 10 patients."),
             NULL);
    CHECK(a.n == 0);
    appraise(&memory, &a, invent(&memory, "Commentary on: mats", "The trial had 200 patients."),
             NULL);
    CHECK(a.n == 0);
    appraise(&memory, &a,
             invent(&memory, "Mats: protocol for a randomized trial",
                    "METHODS: A total of 180 adults will be randomized."),
             NULL);
    CHECK(a.n == 180);
    CHECK_TEXT(a.n_kind, "planned");
    arena_free(&memory);
}

TEST(numbers_in_words_and_digits)
{
    static const struct {
        const char *text;
        long value;
        size_t used;
        bool counts;
    } cases[] = {
        {"seven", 7, 1, true},
        {"seventy-five men", 75, 2, true},
        {"one hundred and five men", 105, 4, true},
        {"hundred", 100, 1, true},
        {"three thousand ten", 3010, 3, true},
        {"two and a half", 2, 1, true},
        {"18,804 men", 18804, 2, true},
        {"1,234,567", 1234567, 3, true},
        {"12, 345", 12, 1, true},
        {"35% of", 35, 1, false},
        {"35 percent", 35, 1, false},
        {"54.2", 54, 1, false},
        {"12 weeks", 12, 1, false},
        {"42-year-old", 42, 1, false},
        {"007", 7, 1, false},
        {"10-20 men", 10, 1, false},
        {"99999999999999999999 men", -1, 1, true},
        {"men", -1, 1, true},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        arena memory = {0};
        size_t used;
        word_list list = words_of(&memory, str_of(cases[i].text));
        long value = number_read(&list, str_of(cases[i].text), 0, &used);
        CHECK(value == cases[i].value && used == cases[i].used);
        if (value >= 0)
            CHECK(number_counts(&list, str_of(cases[i].text), 0, used) == cases[i].counts);
        arena_free(&memory);
    }
}

TEST(both_spellings_are_one)
{
    static const char *const pairs[][2] = {
        {"randomised", "randomized"},
        {"randomisation", "randomization"},
        {"randomising", "randomizing"},
        {"analyse", "analyze"},
        {"analysed", "analyzed"},
        {"enrol", "enroll"},
        {"enrolment", "enrollment"},
        {"centre", "center"},
        {"multicentre", "multicenter"},
        {"paediatric", "pediatric"},
        {"labour", "labor"},
        {"tumours", "tumors"},
        {"programme", "program"},
        {"hours", "hours"},
        {"four", "four"},
        {"analyses", "analyses"},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        char room[2][SPELLING_ROOM + 4];
        CHECK(str_equal(spelling_key(str_of(pairs[i][0]), room[0]),
                        spelling_key(str_of(pairs[i][1]), room[1])));
    }
}
