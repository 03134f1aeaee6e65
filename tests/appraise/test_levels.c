/* Typical levels and weights by question. */
#include "appraise/appraise.h"
#include "check.h"

#include <stdio.h>
#include <string.h>

static const char *const questions[] = {"treatment", "harm",     "rare-harm",  "diagnosis",
                                        "prognosis", "etiology", "prevalence", "screening"};

static osler_appraisal a_study(const char *design, const char *modifier)
{
    static const char *modifiers[1];
    modifiers[0] = modifier;
    return (osler_appraisal){.design = design,
                             .confidence = 1,
                             .modifiers = {modifiers, modifier != NULL},
                             .synthesis_of_trials =
                                 modifier && strcmp(modifier, "of-randomized-trials") == 0};
}

/* OCEBM 2011 and NHMRC 2009 as published; NULL: the hierarchy has no place. */
TEST(levels_are_those_of_the_hierarchies)
{
    static const struct {
        const char *design, *modifier, *question, *ocebm, *nhmrc;
    } cases[] = {
        {"systematic-review", "of-randomized-trials", "treatment", "1", "I"},
        {"systematic-review", NULL, "treatment", "1-3", "I-III"},
        {"randomized-trial", NULL, "treatment", "2", "II"},
        {"randomized-trial", NULL, "harm", "2", "II"},
        {"randomized-trial", NULL, "prognosis", "3", "III-2"},
        {"randomized-trial", NULL, "prevalence", NULL, NULL},
        {"nonrandomized-trial", NULL, "treatment", "3", "III-2"},
        {"nonrandomized-trial", "quasi-randomized", "treatment", "3", "III-1"},
        {"quasi-experimental", "single-arm", "treatment", "4", "IV"},
        {"cohort", NULL, "treatment", "3", "III-2"},
        {"cohort", "inception", "prognosis", "2", "II"},
        {"cohort", "retrospective", "prognosis", "3", "III-3"},
        {"cohort", "prospective", "etiology", NULL, "II"},
        {"case-control", NULL, "treatment", "4", "III-2"},
        {"case-control", NULL, "diagnosis", "4", "III-3"},
        {"case-control", NULL, "rare-harm", NULL, "III-2"},
        {"case-series", NULL, "treatment", "4", "IV"},
        {"cross-sectional", "random-sample", "prevalence", "1", NULL},
        {"cross-sectional", NULL, "prevalence", "3", NULL},
        {"cross-sectional", NULL, "treatment", NULL, NULL},
        {"diagnostic-accuracy", NULL, "diagnosis", "2", "II"},
        {"diagnostic-accuracy", NULL, "treatment", NULL, NULL},
        {"animal", NULL, "treatment", "5", NULL},
        {"guideline", NULL, "treatment", NULL, NULL},
        {"narrative-review", NULL, "treatment", NULL, NULL},
        {"opinion", NULL, "treatment", NULL, NULL},
        {"protocol", NULL, "treatment", NULL, NULL},
        {"unknown", NULL, "treatment", NULL, NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        osler_appraisal a = a_study(cases[i].design, cases[i].modifier);
        const char *ocebm = osler_typical_level("ocebm-2011", cases[i].question, &a);
        const char *nhmrc = osler_typical_level("nhmrc-2009", cases[i].question, &a);
        bool right = !ocebm == !cases[i].ocebm && !nhmrc == !cases[i].nhmrc &&
                     (!ocebm || strcmp(ocebm, cases[i].ocebm) == 0) &&
                     (!nhmrc || strcmp(nhmrc, cases[i].nhmrc) == 0);
        if (!right)
            fprintf(stderr, "  %s, %s: %s and %s\n", cases[i].design, cases[i].question,
                    ocebm ? ocebm : "none", nhmrc ? nhmrc : "none");
        CHECK(right);
    }
}

TEST(unknown_schemes_and_questions_have_no_level)
{
    osler_appraisal a = a_study("randomized-trial", NULL);
    CHECK(!osler_typical_level("ocebm-2009", "treatment", &a));
    CHECK(!osler_typical_level("ocebm-2011", "taste", &a));
    CHECK(!osler_typical_level(NULL, NULL, NULL));
    CHECK(appraise_knows_question("treatment") && !appraise_knows_question("taste"));
    CHECK(!appraise_knows_question(NULL));
    CHECK(appraise_weight("taste", &a) == 0);
    CHECK_TEXT(appraise_weights_version(), "2026-11");
}

TEST(every_scored_design_has_a_weight)
{
    for (size_t q = 0; q < sizeof questions / sizeof *questions; q++) {
        const char *code;
        for (unsigned i = 0; (code = osler_design_code(i)); i++) {
            osler_appraisal a = a_study(code, NULL);
            double w = appraise_weight(questions[q], &a);
            bool unscored = strcmp(code, "guideline") == 0 || strcmp(code, "protocol") == 0 ||
                            strcmp(code, "notice") == 0;
            CHECK(unscored ? w == 0 : w > 0 && w <= 1);
        }
    }
}

/* The order for treatment: each counts at least as much as the next. */
TEST(weights_for_treatment_fall)
{
    static const char *const order[][2] = {
        {"network-meta-analysis", "of-randomized-trials"},
        {"systematic-review", "of-randomized-trials"},
        {"systematic-review", NULL},
        {"randomized-trial", NULL},
        {"randomized-trial", "pilot"},
        {"nonrandomized-trial", NULL},
        {"cohort", "prospective"},
        {"cohort", "retrospective"},
        {"case-control", NULL},
        {"cross-sectional", NULL},
        {"case-series", NULL},
        {"case-report", NULL},
        {"opinion", NULL},
        {"animal", NULL},
        {"in-vitro", NULL},
    };
    double last = 1;
    for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
        osler_appraisal a = a_study(order[i][0], order[i][1]);
        double w = appraise_weight("treatment", &a);
        CHECK(w <= last);
        last = w;
    }
}
