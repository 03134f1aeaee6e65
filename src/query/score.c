/* The factors of the score beside the topic, and where a record belongs. */
#include "query/score.h"

#include "appraise/appraise.h"
#include "base/buf.h"
#include "base/utf8.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static const double least_strength = 0.3, least_topic = 0.10;
static const double synthesis_half_life = 5, study_half_life = 12, recency_floor = 0.60,
                    recency_unknown = 0.8, days_a_year = 365.25;
static const double size_floor = 0.80, size_unknown = 0.88;
static const double of_concern = 0.4, of_preprint = 0.7, without_abstract = 0.9;

const char *score_text(arena *memory, const char *format, ...)
{
    char text[512];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    size_t length = strlen(text);
    while (length && !utf8_valid((str){text, length}, NULL)) /* cut in a character */
        length--;
    return arena_copy(memory, (str){text, length});
}

static void score_gate(arena *memory, osler_ranked *out, const scorer *by)
{
    out->gate = (osler_factor){1, "every required concept is matched, topic at least 0.10"};
    for (size_t i = 0; i < by->concepts->count; i++) {
        const osler_strength *s = &out->strengths[i];
        if (s->value >= least_strength)
            continue;
        out->gate.value = 0;
        const char *name = by->concepts->items[i].name;
        if (s->by)
            out->gate.source =
                score_text(memory, "%s is matched too weakly: %.2f by %s, at least %.1f is asked",
                           name, s->value, s->by, least_strength);
        else if (s->against.count)
            out->gate.source = score_text(memory, "what it says of %s does not count: %s", name,
                                          s->against.items[0]);
        else
            out->gate.source = score_text(memory, "nothing in this record is about %s", name);
        return;
    }
    if (out->topic.value < least_topic) {
        out->gate.value = 0;
        out->gate.source = score_text(memory, "the topic factor %.6f is below %.2f",
                                      out->topic.value, least_topic);
    }
}

/* The witnesses that speak for the design, shortly. */
static const char *witnesses_of(arena *memory, const osler_appraisal *a)
{
    buf b = {0};
    unsigned shown = 0;
    for (size_t i = 0; i < a->witnesses.count && shown < 3; i++) {
        const osler_witness *w = &a->witnesses.items[i];
        if (!w->design || strcmp(w->design, a->design) != 0)
            continue;
        buf_printf(&b, "%s%s \"%s\"", shown++ ? "; " : "", w->source, w->cue);
    }
    const char *copy = score_text(memory, "%s", shown ? buf_text(&b) : "no witness");
    buf_free(&b);
    return copy;
}

static void score_evidence(arena *memory, osler_ranked *out, const scorer *by,
                           const osler_appraisal *a)
{
    osler_appraisal nothing = *a;
    nothing.design = "unknown";
    double of_design = appraise_weight(by->question, a);
    double of_unknown = appraise_weight(by->question, &nothing);
    double c = score_round(a->confidence);
    out->evidence.value = score_round(c * of_design + (1 - c) * of_unknown);
    out->evidence.source = score_text(memory, "%s for %s: %.6f x %.2f + %.6f x %.2f [%s]",
                                      osler_design_name(a->design), by->question, c, of_design,
                                      1 - c, of_unknown, witnesses_of(memory, a));
}

static bool is_known(const osler_date *date)
{
    return date && date->year > 0;
}

/* The date to count the age from: the electronic one, the printed one, the first of the history. */
static const osler_date *best_date(const osler_record *record)
{
    static const char *const kinds[] = {"epublished", "issued", "history:pubmed", "history:entrez",
                                        "created"};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (is_known(osler_record_date(record, kinds[i])))
            return osler_record_date(record, kinds[i]);
    return NULL;
}

/* Seasons begin in March, June, September and December; a year alone is taken at its middle. */
static int month_of(const osler_date *d)
{
    if (d->month >= 1 && d->month <= 12)
        return d->month;
    return d->season >= 1 && d->season <= 4 ? 3 * d->season : 7;
}

static void score_recency(arena *memory, osler_ranked *out, const scorer *by,
                          const osler_record *record)
{
    const osler_date *d = best_date(record);
    if (!d) {
        out->recency = (osler_factor){recency_unknown, "the date of publication is not known"};
        return;
    }
    int month = month_of(d), day = d->day >= 1 && d->day <= 31 ? d->day : 1;
    double age = (double)(by->as_of - day_number(d->year, month, day)) / days_a_year;
    bool synthesis = strcmp(out->lane, "syntheses") == 0 || strcmp(out->lane, "guidance") == 0;
    double half = synthesis ? synthesis_half_life : study_half_life;
    age = age > 0 ? score_round(age) : 0;
    out->recency.value = score_round(recency_floor + (1 - recency_floor) * exp2(-age / half));
    out->recency.source =
        score_text(memory, "%04d-%02d-%02d (%s), %.6f years old, half-life %.0f years", d->year,
                   month, day, d->kind, age, half);
}

/* Studies that compare or estimate: there more participants say more. */
static bool size_matters(const osler_ranked *out, const osler_appraisal *a)
{
    bool primary = strcmp(out->lane, "trials") == 0 || strcmp(out->lane, "observational") == 0;
    return primary && strcmp(a->design, "qualitative") != 0;
}

static void score_size(arena *memory, osler_ranked *out, const osler_appraisal *a)
{
    bool synthesis = strcmp(out->lane, "syntheses") == 0;
    if (!synthesis && !size_matters(out, a)) {
        out->size = (osler_factor){1, "size does not count for this design"};
        return;
    }
    if (!a->n) {
        out->size = (osler_factor){size_unknown, "n is not stated"};
        return;
    }
    double part = log10((a->n < 10 ? 10 : (double)a->n) / 10) / (synthesis ? 3 : 2);
    out->size.value = score_round(size_floor + (1 - size_floor) * (part < 1 ? part : 1));
    out->size.source =
        score_text(memory, "n %ld (%s): \"%s\"", a->n, a->n_kind ? a->n_kind : "stated",
                   a->n_sentence ? a->n_sentence : "");
}

static void score_integrity(arena *memory, osler_ranked *out, const osler_appraisal *a,
                            bool has_abstract)
{
    double value = has_abstract ? 1 : without_abstract;
    buf b = {0};
    if (osler_appraisal_has_flag(a, "concern")) {
        value *= of_concern;
        buf_printf(&b, "expression of concern %.1f; ", of_concern);
    }
    if (osler_appraisal_has_flag(a, "preprint")) {
        value *= of_preprint;
        buf_printf(&b, "preprint, not peer reviewed %.1f; ", of_preprint);
    }
    if (!has_abstract)
        buf_printf(&b, "no abstract %.1f; ", without_abstract);
    if (osler_appraisal_has_flag(a, "erratum"))
        buf_add_text(&b, "an erratum exists (no change); ");
    if (!b.length)
        buf_add_text(&b, "no flag in this library");
    else
        b.length -= 2;
    out->integrity = (osler_factor){score_round(value), score_text(memory, "%s", buf_text(&b))};
    buf_free(&b);
}

/* Why a record is not ranked at all, or NULL. */
static const char *exclusion_of(arena *memory, const osler_appraisal *a)
{
    static const char *const flags[] = {"retracted",      "withdrawn",      "retraction-notice",
                                        "concern-notice", "erratum-notice", "duplicate",
                                        "superseded"};
    for (size_t i = 0; i < sizeof flags / sizeof *flags; i++) {
        for (size_t k = 0; k < a->flags.count; k++) {
            const osler_flag *f = &a->flags.items[k];
            if (strcmp(f->name, flags[i]) == 0)
                return score_text(memory, "%s (%s)", f->name, f->reason);
        }
    }
    return strcmp(a->design, "notice") == 0 ? "notice: not evidence by itself" : NULL;
}

static enum score_place place_of(arena *memory, osler_ranked *out, const osler_appraisal *a)
{
    if (out->gate.value < 1) {
        out->reason = out->gate.source;
        return SCORE_WEAK;
    }
    out->reason = exclusion_of(memory, a);
    if (out->reason) {
        out->lane = "excluded";
        out->integrity = (osler_factor){0, out->reason};
        return SCORE_EXCLUDED;
    }
    if (strcmp(out->lane, "guidance") == 0)
        out->reason = "guidelines are not scored against studies";
    if (strcmp(out->lane, "protocols") == 0)
        out->reason = "a protocol has no results yet";
    return out->reason ? SCORE_UNSCORED : SCORE_RANKED;
}

enum score_place score_record(arena *memory, osler_ranked *out, const scorer *by,
                              const osler_record *record, const osler_appraisal *appraisal)
{
    match_document document;
    size_t count = by->concepts->count;
    match *matches = arena_alloc(memory, (count + 1) * sizeof *matches);
    match_prepare(memory, &document, record);
    for (size_t i = 0; i < count; i++)
        match_concept(memory, &matches[i], &document, &by->concepts->items[i]);
    const char *lane = osler_design_lane(appraisal->design);
    out->lane = lane ? lane : "background";
    out->level = osler_typical_level(by->scheme, by->question, appraisal);
    out->year = osler_record_year(record);
    out->record = record;
    out->appraisal = appraisal;
    score_topic(memory, out, by, &document, matches);
    score_gate(memory, out, by);
    score_evidence(memory, out, by, appraisal);
    score_recency(memory, out, by, record);
    score_size(memory, out, appraisal);
    score_integrity(memory, out, appraisal, document.has_abstract);
    enum score_place place = place_of(memory, out, appraisal);
    double product = out->gate.value * out->topic.value * out->evidence.value * out->recency.value *
                     out->size.value * out->integrity.value;
    out->score = place == SCORE_RANKED ? round(100 * product * 1e4) / 1e4 : 0;
    return place;
}
