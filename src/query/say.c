/* What is said of a score: the source of every factor. */
#include "query/score.h"

#include "appraise/appraise.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "record/record.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

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

static const char *say_topic(arena *memory, const osler_ranked *out)
{
    double sum = 0;
    for (size_t i = 0; i < out->contributions.count; i++)
        sum += out->contributions.items[i].value;
    sum = score_round(sum);
    return score_text(
        memory, sum > 1 ? "contributions of %.6f, cut at 1" : "the sum of the contributions, %.6f",
        sum);
}

/* What was seen of each concept, in words: title "migraine". */
static void say_strengths(arena *memory, osler_ranked *out, const scorer *by, const match *matches)
{
    size_t count = by->concepts->count;
    out->strengths = arena_alloc(memory, (count + 1) * sizeof *out->strengths);
    for (size_t i = 0; i < count; i++) {
        const match *m = &matches[i];
        osler_strength *s = &out->strengths[i];
        s->value = score_round(m->strength);
        if (m->strongest)
            s->by = score_text(memory, "%s \"%s\"", match_field_name(m->stood_in), m->strongest);
        for (size_t k = 0; k < m->against.count; k++)
            record_add_text(memory, &s->against,
                            str_of(score_text(memory, "\"%s\" %s", m->against.items[k].what,
                                              match_objection_text(m->against.items[k].why))));
    }
}

static const char *say_gate(arena *memory, const osler_ranked *out, const scorer *by)
{
    for (size_t i = 0; i < by->concepts->count; i++) {
        const osler_strength *s = &out->strengths[i];
        const char *name = by->concepts->items[i].name;
        if (s->value >= SCORE_LEAST_STRENGTH)
            continue;
        if (s->by)
            return score_text(memory,
                              "%s is matched too weakly: %.2f by %s, at least %.1f is asked", name,
                              s->value, s->by, SCORE_LEAST_STRENGTH);
        if (s->against.count)
            return score_text(memory, "what it says of %s does not count: %s", name,
                              s->against.items[0]);
        return score_text(memory, "nothing in this record is about %s", name);
    }
    if (out->gate.value < 1)
        return score_text(memory, "the topic factor %.6f is below %.2f", out->topic.value,
                          SCORE_LEAST_TOPIC);
    return "every required concept is matched, topic at least 0.10";
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

static const char *say_evidence(arena *memory, const scorer *by, const score_facts *facts,
                                const osler_appraisal *a)
{
    return score_text(memory, "%s for %s: %.6f x %.2f + %.6f x %.2f [%s]",
                      osler_design_name(a->design), by->question, facts->confidence,
                      facts->of_design, 1 - facts->confidence, by->of_unknown,
                      witnesses_of(memory, a));
}

static const char *say_recency(arena *memory, const scorer *by, const score_facts *facts,
                               const osler_record *record)
{
    const osler_date *d = score_date(record);
    if (!d)
        return "the date of publication is not known";
    int year, month, day;
    score_day(facts->recency, &year, &month, &day);
    return score_text(memory, "%04d-%02d-%02d (%s), %.6f years old, half-life %.0f years", year,
                      month, day, d->kind, score_age(by, facts), score_half_life(facts));
}

static const char *say_size(arena *memory, const score_facts *facts, const osler_appraisal *a)
{
    if (score_size_range(facts) == 0)
        return "size does not count for this design";
    if (!a->n)
        return "n is not stated";
    return score_text(memory, "n %ld (%s): \"%s\"", a->n, a->n_kind ? a->n_kind : "stated",
                      a->n_sentence ? a->n_sentence : "");
}

static const char *say_integrity(arena *memory, const score_facts *facts, const osler_appraisal *a)
{
    buf b = {0};
    if (facts->concern)
        buf_printf(&b, "expression of concern %.1f; ", SCORE_OF_CONCERN);
    if (facts->preprint)
        buf_printf(&b, "preprint, not peer reviewed %.1f; ", SCORE_OF_PREPRINT);
    if (!facts->has_abstract)
        buf_printf(&b, "no abstract %.1f; ", SCORE_WITHOUT_ABSTRACT);
    if (osler_appraisal_has_flag(a, "erratum"))
        buf_add_text(&b, "an erratum exists (no change); ");
    if (!b.length)
        buf_add_text(&b, "no flag in this library; ");
    b.length -= 2;
    const char *text = score_text(memory, "%s", buf_text(&b));
    buf_free(&b);
    return text;
}

/* Why a record is not ranked at all, or NULL. */
static const char *exclusion_of(arena *memory, const osler_appraisal *a)
{
    const char *name;
    for (size_t i = 0; (name = score_barring_flag(i)); i++) {
        for (size_t k = 0; k < a->flags.count; k++) {
            const osler_flag *f = &a->flags.items[k];
            if (strcmp(f->name, name) == 0)
                return score_text(memory, "%s (%s)", f->name, f->reason);
        }
    }
    return strcmp(a->design, "notice") == 0 ? "notice: not evidence by itself" : NULL;
}

static const char *say_reason(arena *memory, const osler_ranked *out, enum score_place place,
                              const osler_appraisal *a)
{
    switch (place) {
    case SCORE_WEAK: return out->gate.source;
    case SCORE_EXCLUDED: return exclusion_of(memory, a);
    case SCORE_UNSCORED:
        return strcmp(out->lane, "guidance") == 0 ? "guidelines are not scored against studies"
                                                  : "a protocol has no results yet";
    case SCORE_RANKED: break;
    }
    return NULL;
}

void score_say(arena *memory, osler_ranked *out, const score_said *what, const osler_record *record,
               const osler_appraisal *appraisal)
{
    const scorer *by = what->by;
    const score_facts *facts = &what->facts;
    out->level = osler_typical_level(by->scheme, by->question, appraisal);
    out->year = osler_record_year(record);
    out->record = record;
    out->appraisal = appraisal;
    say_strengths(memory, out, by, what->matches);
    out->topic.source = say_topic(memory, out);
    out->gate.source = say_gate(memory, out, by);
    out->evidence.source = say_evidence(memory, by, facts, appraisal);
    out->recency.source = say_recency(memory, by, facts, record);
    out->size.source = say_size(memory, facts, appraisal);
    out->integrity.source = say_integrity(memory, facts, appraisal);
    out->reason = say_reason(memory, out, what->place, appraisal);
    if (what->place == SCORE_EXCLUDED)
        out->integrity.source = out->reason;
}

enum score_place score_record(arena *memory, osler_ranked *out, const scorer *by,
                              const osler_record *record, const osler_appraisal *appraisal)
{
    match_document document;
    score_said said = {.by = by};
    said.matches = arena_alloc(memory, (by->concepts->count + 1) * sizeof *said.matches);
    match_prepare(memory, &document, by->concepts, record);
    score_facts_of(&said.facts, by, record, appraisal);
    said.facts.has_abstract = document.lengths[MATCH_ABSTRACT] > 0;
    said.place = score_document(memory, out, by, &document, &said.facts, said.matches);
    score_say(memory, out, &said, record, appraisal);
    return said.place;
}
