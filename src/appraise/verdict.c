/*
 * Deciding the primary design: witnesses of one claim from different sources are joined by
 * noisy-or; among the designs that are well attested the first in deciding order wins.
 */
#include "appraise/verdict.h"

#include "appraise/conflicts.h"

#include <math.h>
#include <string.h>

/* Attested by a type, the title or a design section; by a heading or the methods; at all. */
static const double tiers[] = {0.85, 0.65};
static const double WORTH_SAYING = 0.30;
static const double MODIFIER_NEEDS = 0.60;
/* What the sentences of an abstract must say together, where it is tagged or calls itself a review;
 * what one on a search alone says; how far either reading is then trusted. */
static const double SYNTHESIS_NEEDS = 0.65, SEARCH_SAYS = 0.45, DEBATABLE = 0.50;

static bool is_claimed(const testimony *t, claim c)
{
    for (size_t i = 0; i < t->count; i++)
        if (t->items[i].claim == c)
            return true;
    return false;
}

/* What the sources say together; `rank`: title and abstract are one author, who does not become
 * more certain by repeating himself. */
static double join(const testimony *t, claim c, bool rank)
{
    if (!is_claimed(t, c))
        return 0;
    double best[SOURCE_COUNT] = {0}, doubt = 1;
    for (size_t i = 0; i < t->count; i++) {
        const witness *w = &t->items[i];
        source s = rank && w->source == SOURCE_ABSTRACT ? SOURCE_TITLE : w->source;
        if (w->claim == c && !w->silent && w->weight > best[s])
            best[s] = w->weight;
    }
    for (size_t i = 0; i < SOURCE_COUNT; i++)
        doubt *= 1 - best[i];
    return 1 - doubt;
}

static double score_of(const testimony *t, claim c)
{
    return join(t, c, true);
}

static bool is_text(const witness *w)
{
    return w->source == SOURCE_TITLE || w->source == SOURCE_ABSTRACT;
}

/* A study on people: what a comment is not, and what animals are no part of. */
static bool is_study(claim c)
{
    return claim_same_lane(c, CLAIM_randomized_trial) || claim_same_lane(c, CLAIM_cohort) ||
           claim_same_lane(c, CLAIM_case_report);
}

static bool is_synthesis(claim c)
{
    return claim_same_lane(c, CLAIM_systematic_review);
}

/* A comment speaks of another's study: its words are no witnesses.  A letter may hold a case. */
static void silence_commentary(testimony *t)
{
    for (size_t i = 0; i < t->count; i++) {
        witness *w = &t->items[i];
        if (!is_text(w) || !(is_study(w->claim) || is_synthesis(w->claim) ||
                             w->claim == CLAIM_protocol || w->claim == CLAIM_guideline))
            continue;
        bool cases = claim_same_lane(w->claim, CLAIM_case_report);
        w->silent |= t->commentary || (t->letter && !t->text.has_abstract && !cases);
    }
}

/* Animals and cells are "randomly divided" too: there the words of trials say nothing. */
static void silence_laboratory(testimony *t)
{
    double animal = score_of(t, CLAIM_animal), cells = score_of(t, CLAIM_in_vitro);
    bool all = t->animals_only;
    bool abstract = animal >= tiers[0] || cells >= tiers[0] ||
                    (t->people < 2 && (animal >= MODIFIER_NEEDS || cells >= MODIFIER_NEEDS));
    for (size_t i = 0; i < t->count; i++) {
        witness *w = &t->items[i];
        if (!is_study(w->claim) || (w->source == SOURCE_MESH && !all))
            continue;
        /* where nobody appears, weak words are no sign of a study on people */
        bool nobody = t->text.has_abstract && t->people == 0 && w->weight < MODIFIER_NEEDS;
        if (all || ((abstract || nobody) && w->source == SOURCE_ABSTRACT) ||
            (animal >= tiers[0] && t->people < 2 && is_text(w)))
            w->silent = true;
        if (w->source == SOURCE_PT && t->animals_only)
            w->silent = true;
    }
}

/* Designs that have a publication type of their own, which an indexed record would carry. */
static bool has_own_type(claim c)
{
    return c == CLAIM_randomized_trial || c == CLAIM_systematic_review ||
           c == CLAIM_meta_analysis || c == CLAIM_protocol || c == CLAIM_guideline ||
           c == CLAIM_case_report || c == CLAIM_narrative_review;
}

static bool tagged(const testimony *t, claim c)
{
    for (size_t i = 0; i < t->count; i++)
        if (t->items[i].source == SOURCE_PT && t->items[i].claim == c)
            return true;
    return false;
}

/* An indexed record without the type needs more than a phrase in the abstract, unless its type is
 * an umbrella (Clinical Trial) that the phrase makes precise. */
static void silence_untagged(testimony *t)
{
    if (!t->has_types || !t->indexed)
        return;
    for (size_t i = 0; i < t->count; i++) {
        witness *w = &t->items[i];
        if (w->source != SOURCE_ABSTRACT || w->design_section || !has_own_type(w->claim) ||
            tagged(t, w->claim))
            continue;
        /* Review stands on systematic reviews too, and before 2019 it stood there alone */
        if (is_synthesis(w->claim) && tagged(t, CLAIM_narrative_review) &&
            t->synthesis >= SYNTHESIS_NEEDS)
            continue;
        bool umbrella = false;
        for (unsigned c = 0; c < DESIGN_COUNT; c++)
            umbrella |= tagged(t, (claim)c) && claim_refines(w->claim, (claim)c) &&
                        claim_same_lane(w->claim, (claim)c);
        w->silent |= !umbrella;
    }
}

/* A synthesis by its type, its journal, its title or its design section. */
static bool is_settled(const testimony *t)
{
    for (size_t i = 0; i < t->count; i++)
        if (is_synthesis(t->items[i].claim) && !t->items[i].silent &&
            (t->items[i].source != SOURCE_ABSTRACT || t->items[i].design_section))
            return true;
    return false;
}

/* One sentence on a search: half a systematic review, and the trials are others'.  Where the record
 * calls itself a review besides, it is no systematic one, and the cohorts are others' too. */
static void weigh_search(testimony *t)
{
    if (t->synthesis < SEARCH_SAYS || t->synthesis >= SYNTHESIS_NEEDS || is_settled(t))
        return;
    t->debatable = score_of(t, CLAIM_narrative_review) >= MODIFIER_NEEDS;
    for (size_t i = 0; i < t->count; i++) {
        witness *w = &t->items[i];
        if (w->source != SOURCE_ABSTRACT)
            continue;
        bool trial = claim_same_lane(w->claim, CLAIM_randomized_trial);
        if (is_synthesis(w->claim)) {
            w->silent |= t->debatable;
            if (t->searched && w->weight > DEBATABLE)
                w->weight = DEBATABLE;
        } else if (t->searched && (trial || (t->debatable && is_study(w->claim)))) {
            w->silent = true;
        }
    }
}

/* "Placebo" and "double-blind" are said of others' trials: where the indexers saw no trial, chance
 * must have assigned. */
static void silence_hearsay(testimony *t)
{
    if (!t->has_types || !t->indexed || t->by_chance)
        return;
    for (size_t i = 0; i < t->count; i++)
        if (t->items[i].source == SOURCE_PT &&
            claim_same_lane(t->items[i].claim, CLAIM_randomized_trial))
            return;
    for (size_t i = 0; i < t->count; i++)
        t->items[i].silent |= is_text(&t->items[i]) && t->items[i].claim == CLAIM_randomized_trial;
}

static claim best_of_tier(const double scores[], double least)
{
    for (unsigned c = 0; c < DESIGN_COUNT; c++)
        if (scores[c] >= least)
            return (claim)c;
    return CLAIM_none;
}

static claim decide(const double scores[])
{
    for (size_t i = 0; i < sizeof tiers / sizeof *tiers; i++) {
        claim c = best_of_tier(scores, tiers[i]);
        if (c == CLAIM_none)
            continue;
        for (unsigned special = 0; special < DESIGN_COUNT; special++)
            if (scores[special] >= tiers[1] && claim_refines((claim)special, c))
                return (claim)special;
        return c;
    }
    claim best = CLAIM_unknown;
    double most = WORTH_SAYING;
    for (unsigned c = 0; c < DESIGN_COUNT; c++) {
        if (scores[c] > most) {
            best = (claim)c;
            most = scores[c];
        }
    }
    return best;
}

/* What a synthesis or a comment says of blinding is said of others, unless its title says it. */
static bool modifier_holds(const testimony *t, claim design, claim modifier)
{
    bool own = is_study(design) || design == CLAIM_protocol;
    if (modifier == CLAIM_of_trials)
        return is_synthesis(design) && score_of(t, modifier) >= MODIFIER_NEEDS;
    if (own)
        return score_of(t, modifier) >= MODIFIER_NEEDS;
    bool wanted = modifier == CLAIM_living || modifier == CLAIM_diagnostic ||
                  modifier == CLAIM_preprint || modifier == CLAIM_veterinary;
    for (size_t i = 0; wanted && i < t->count; i++)
        if (t->items[i].claim == modifier && t->items[i].source <= SOURCE_TITLE &&
            t->items[i].weight >= MODIFIER_NEEDS)
            return true;
    return false;
}

void verdict_of(arena *memory, verdict *out, testimony *t, const osler_record *record)
{
    double scores[DESIGN_COUNT];
    *out = (verdict){.design = CLAIM_unknown};
    silence_commentary(t);
    silence_laboratory(t);
    silence_untagged(t);
    silence_hearsay(t);
    weigh_search(t);
    for (unsigned c = 0; c < DESIGN_COUNT; c++)
        scores[c] = score_of(t, (claim)c);
    out->design = decide(scores);
    out->confidence = out->design == CLAIM_unknown ? 0 : join(t, out->design, false);
    t->debatable &= out->design == CLAIM_narrative_review;
    if (t->debatable && out->confidence > DEBATABLE)
        out->confidence = DEBATABLE;
    out->confidence = round(out->confidence * 1e4) / 1e4; /* so that libraries hold it as it is */
    for (unsigned c = DESIGN_COUNT; c < CLAIM_COUNT; c++)
        out->modifiers[c] = modifier_holds(t, out->design, (claim)c);
    conflicts_of(memory, &out->conflicts, t, out->design, record);
}
