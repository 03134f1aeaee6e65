/* What the score takes of a record beside its topic. */
#include "query/score.h"

#include "appraise/appraise.h"
#include "store/facts.h"

#include <math.h>
#include <string.h>

const char *score_barring_flag(size_t number)
{
    static const char *const flags[] = {"retracted",      "withdrawn",      "retraction-notice",
                                        "concern-notice", "erratum-notice", "duplicate",
                                        "superseded"};
    return number < sizeof flags / sizeof *flags ? flags[number] : NULL;
}

static bool is_known(const osler_date *date)
{
    return date && date->year > 0;
}

const osler_date *score_date(const osler_record *record)
{
    static const char *const kinds[] = {"epublished", "issued", "history:pubmed", "history:entrez",
                                        "created"};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (is_known(osler_record_date(record, kinds[i])))
            return osler_record_date(record, kinds[i]);
    return NULL;
}

/* Seasons begin in March, June, September and December. */
static unsigned recency_day(const osler_record *record)
{
    const osler_date *d = score_date(record);
    if (!d)
        return 0;
    int month = d->month >= 1 && d->month <= 12    ? d->month
                : d->season >= 1 && d->season <= 4 ? 3 * d->season
                                                   : 0;
    int day = d->day >= 1 && d->day <= 31 ? d->day : 0;
    return (unsigned)(d->year * 10000 + month * 100 + day);
}

void score_facts_of(score_facts *out, const scorer *by, const osler_record *record,
                    const osler_appraisal *a)
{
    const char *flag;
    const char *lane = osler_design_lane(a->design);
    *out = (score_facts){.design = a->design,
                         .lane = lane ? lane : "background",
                         .confidence = round(a->confidence * 1e4) / 1e4,
                         .of_design = appraise_weight(by->question, a),
                         .n = a->n,
                         .recency = recency_day(record),
                         .concern = osler_appraisal_has_flag(a, "concern"),
                         .preprint = osler_appraisal_has_flag(a, "preprint"),
                         .barred = strcmp(a->design, "notice") == 0};
    for (size_t i = 0; (flag = score_barring_flag(i)); i++)
        out->barred |= osler_appraisal_has_flag(a, flag);
}

void scorer_prepare(scorer *by)
{
    const char *name;
    osler_appraisal unknown = {.design = "unknown"};
    by->of_unknown = appraise_weight(by->question, &unknown);
    for (unsigned i = 0; i < SCORE_DESIGNS; i++) {
        const char *code = osler_design_code(i), *lane = code ? osler_design_lane(code) : NULL;
        by->designs[i].code = code ? code : "unknown";
        by->designs[i].lane = lane ? lane : "background";
        if (code && strcmp(code, "notice") == 0)
            by->designs[i].barred = true;
        if (!code)
            break;
    }
    for (size_t i = 0; (name = score_barring_flag(i)); i++)
        by->barring |= facts_flag(name);
    by->concern = facts_flag("concern");
    by->preprint = facts_flag("preprint");
}

/* The weight of a design with its modifiers, which few different works have. */
static double weight_of(scorer *by, const index_facts *f, const char *design)
{
    unsigned traits = f->traits & FACTS_OF_TRIALS;
    size_t slot = (f->design * 31U + f->modifiers * 2654435761U + traits * 7U) % SCORE_WEIGHTS;
    score_weight *w = &by->weights[slot];
    if (w->filled && w->design == f->design && w->modifiers == f->modifiers && w->traits == traits)
        return w->weight;
    const char *codes[32];
    osler_appraisal a = {.design = design, .synthesis_of_trials = traits};
    a.modifiers.items = codes;
    for (unsigned i = 0; i < 32; i++)
        if (f->modifiers >> i & 1 && facts_modifier_code(i))
            codes[a.modifiers.count++] = facts_modifier_code(i);
    *w = (score_weight){true, f->design, f->modifiers, traits, appraise_weight(by->question, &a)};
    return w->weight;
}

void score_facts_of_index(score_facts *out, scorer *by, const index_facts *f)
{
    const score_design *d = &by->designs[f->design < SCORE_DESIGNS ? f->design : 0];
    *out = (score_facts){.design = d->code,
                         .lane = d->lane,
                         .confidence = f->confidence / 1e4,
                         .of_design = weight_of(by, f, d->code),
                         .n = f->n,
                         .recency = f->recency,
                         .has_abstract = f->lengths[INDEX_ABSTRACT] > 0,
                         .concern = f->flags & by->concern,
                         .preprint = f->flags & by->preprint,
                         .barred = d->barred || f->flags & by->barring};
}
