/* The numbers of the score beside the topic, and where a record belongs. */
#include "query/score.h"

#include "appraise/appraise.h"

#include <math.h>
#include <string.h>

static const double synthesis_half_life = 5, study_half_life = 12, recency_floor = 0.60,
                    recency_unknown = 0.8, days_a_year = 365.25;
static const double size_floor = 0.80, size_unknown = 0.88;

/* 1 when every concept is matched and the topic is strong enough, else 0. */
static double gate_of(const osler_ranked *out, const scorer *by, const match *matches)
{
    for (size_t i = 0; i < by->concepts->count; i++)
        if (score_round(matches[i].strength) < SCORE_LEAST_STRENGTH)
            return 0;
    return out->topic.value < SCORE_LEAST_TOPIC ? 0 : 1;
}

static double evidence_of(const scorer *by, const score_facts *facts)
{
    return score_round(facts->confidence * facts->of_design +
                       (1 - facts->confidence) * by->of_unknown);
}

void score_day(unsigned date, int *year, int *month, int *day)
{
    *year = (int)(date / 10000);
    *month = date / 100 % 100 ? (int)(date / 100 % 100) : 7;
    *day = date % 100 ? (int)(date % 100) : 1;
}

double score_half_life(const score_facts *facts)
{
    bool synthesis = strcmp(facts->lane, "syntheses") == 0 || strcmp(facts->lane, "guidance") == 0;
    return synthesis ? synthesis_half_life : study_half_life;
}

double score_age(const scorer *by, const score_facts *facts)
{
    int year, month, day;
    score_day(facts->recency, &year, &month, &day);
    double age = (double)(by->as_of - day_number(year, month, day)) / days_a_year;
    return age > 0 ? score_round(age) : 0;
}

static double recency_of(const scorer *by, const score_facts *facts)
{
    if (!facts->recency)
        return recency_unknown;
    double age = score_age(by, facts);
    return score_round(recency_floor + (1 - recency_floor) * exp2(-age / score_half_life(facts)));
}

double score_size_range(const score_facts *facts)
{
    if (strcmp(facts->lane, "syntheses") == 0)
        return 3;
    bool primary = strcmp(facts->lane, "trials") == 0 || strcmp(facts->lane, "observational") == 0;
    return primary && strcmp(facts->design, "qualitative") != 0 ? 2 : 0;
}

static double size_of(const score_facts *facts)
{
    double range = score_size_range(facts);
    if (range == 0)
        return 1;
    if (!facts->n)
        return size_unknown;
    double part = log10((facts->n < 10 ? 10 : (double)facts->n) / 10) / range;
    return score_round(size_floor + (1 - size_floor) * (part < 1 ? part : 1));
}

static double integrity_of(const score_facts *facts)
{
    double value = facts->has_abstract ? 1 : SCORE_WITHOUT_ABSTRACT;
    if (facts->concern)
        value *= SCORE_OF_CONCERN;
    if (facts->preprint)
        value *= SCORE_OF_PREPRINT;
    return score_round(value);
}

static enum score_place place_of(const osler_ranked *out, const score_facts *facts)
{
    if (out->gate.value < 1)
        return SCORE_WEAK;
    if (facts->barred)
        return SCORE_EXCLUDED;
    bool apart = strcmp(facts->lane, "guidance") == 0 || strcmp(facts->lane, "protocols") == 0;
    return apart ? SCORE_UNSCORED : SCORE_RANKED;
}

double score_bound(const scorer *by, const score_facts *facts)
{
    return 100 * evidence_of(by, facts) * recency_of(by, facts) * size_of(facts) *
           integrity_of(facts);
}

enum score_place score_document(arena *memory, osler_ranked *out, const scorer *by,
                                const match_document *document, const score_facts *facts,
                                match *matches)
{
    for (size_t i = 0; i < by->concepts->count; i++)
        match_concept(memory, &matches[i], document, &by->concepts->items[i]);
    score_topic(memory, out, by, document, matches);
    out->lane = facts->lane;
    out->gate.value = gate_of(out, by, matches);
    out->evidence.value = evidence_of(by, facts);
    out->recency.value = recency_of(by, facts);
    out->size.value = size_of(facts);
    out->integrity.value = integrity_of(facts);
    enum score_place place = place_of(out, facts);
    if (place == SCORE_EXCLUDED) {
        out->lane = "excluded";
        out->integrity.value = 0;
    }
    double product = out->gate.value * out->topic.value * out->evidence.value * out->recency.value *
                     out->size.value * out->integrity.value;
    out->score = place == SCORE_RANKED ? round(100 * product * 1e4) / 1e4 : 0;
    return place;
}
