/* Looking up the typical level and the weight of a design for a question. */
#include "appraise/appraise.h"
#include "appraise/claims.h"

#include <string.h>

enum { QUESTION_COUNT = 8 };

static const char *const questions[QUESTION_COUNT] = {"treatment",  "harm",      "rare-harm",
                                                      "diagnosis",  "prognosis", "etiology",
                                                      "prevalence", "screening"};

enum { CLAIM_always = CLAIM_none };
enum scheme { SCHEME_OCEBM, SCHEME_NHMRC };

static const struct {
    enum scheme scheme;
    claim design;
    int condition;
    const char *level[QUESTION_COUNT];
} levels[] = {
#define LEVEL(scheme, design, condition, t, h, r, d, p, e, v, s)                                   \
    {SCHEME_##scheme, CLAIM_##design, (int)CLAIM_##condition, {t, h, r, d, p, e, v, s}},
#include "appraise/hierarchies.def"
};

static const struct {
    claim design;
    int condition;
    double weight[QUESTION_COUNT];
} weights[] = {
#define WEIGHT(design, condition, t, h, r, d, p, e, v, s)                                          \
    {CLAIM_##design, (int)CLAIM_##condition, {t, h, r, d, p, e, v, s}},
#include "appraise/hierarchies.def"
};

static int question_index(const char *question)
{
    for (int i = 0; question && i < QUESTION_COUNT; i++)
        if (strcmp(questions[i], question) == 0)
            return i;
    return -1;
}

static bool holds(const osler_appraisal *a, int condition)
{
    if (condition == (int)CLAIM_always)
        return true;
    if (condition == CLAIM_of_trials)
        return a->synthesis_of_trials;
    for (size_t i = 0; i < a->modifiers.count; i++)
        if (strcmp(a->modifiers.items[i], claim_code((claim)condition)) == 0)
            return true;
    return false;
}

const char *osler_typical_level(const char *scheme, const char *question,
                                const osler_appraisal *appraisal)
{
    int q = question_index(question);
    if (q < 0 || !scheme || !appraisal)
        return NULL;
    bool ocebm = strcmp(scheme, "ocebm-2011") == 0;
    if (!ocebm && strcmp(scheme, "nhmrc-2009") != 0)
        return NULL;
    enum scheme wanted = ocebm ? SCHEME_OCEBM : SCHEME_NHMRC;
    claim design = claim_of_design(appraisal->design);
    for (size_t i = 0; i < sizeof levels / sizeof *levels; i++)
        if (levels[i].scheme == wanted && levels[i].design == design &&
            holds(appraisal, levels[i].condition))
            return *levels[i].level[q] ? levels[i].level[q] : NULL;
    return NULL;
}

double appraise_weight(const char *question, const osler_appraisal *appraisal)
{
    int q = question_index(question);
    claim design = claim_of_design(appraisal->design);
    for (size_t i = 0; q >= 0 && i < sizeof weights / sizeof *weights; i++)
        if (weights[i].design == design && holds(appraisal, weights[i].condition))
            return weights[i].weight[q];
    return 0;
}

bool appraise_knows_question(const char *question)
{
    return question_index(question) >= 0;
}

static const char version[] =
#define WEIGHTS_VERSION(text) text
#include "appraise/hierarchies.def"
    ;

const char *appraise_weights_version(void)
{
    return version;
}
