/* What the score takes of a record beside its topic. */
#include "query/score.h"

#include "appraise/appraise.h"

#include <math.h>
#include <string.h>

const char *score_barring_flag(size_t index)
{
    static const char *const flags[] = {"retracted",      "withdrawn",      "retraction-notice",
                                        "concern-notice", "erratum-notice", "duplicate",
                                        "superseded"};
    return index < sizeof flags / sizeof *flags ? flags[index] : NULL;
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
