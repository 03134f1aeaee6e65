/* Saying in words where types, headings, title and abstract disagree. */
#include "appraise/conflicts.h"

#include "base/buf.h"
#include "record/record.h"

#include <string.h>

/* Witnesses below this do not contradict anybody. */
static const double SERIOUS = 0.65, STRONG = 0.79;

static const char *article(const char *words)
{
    return strchr("aeiou", words[0]) ? "an" : "a";
}

/* The weightiest witness of a claim, NULL when there is none; `spoken` leaves the silent out. */
static const witness *best(const testimony *t, claim c, bool spoken)
{
    const witness *found = NULL;
    for (size_t i = 0; i < t->count; i++) {
        const witness *w = &t->items[i];
        if (w->claim == c && (!spoken || !w->silent) && (!found || w->weight > found->weight))
            found = w;
    }
    return found;
}

static bool heard_from(const testimony *t, claim c, source s)
{
    for (size_t i = 0; i < t->count; i++)
        if (t->items[i].claim == c && t->items[i].source == s)
            return true;
    return false;
}

/* "the title says 'study protocol'", "tagged as a randomized trial", "indexed under Animals ..." */
static void say(buf *b, const witness *w)
{
    const char *words = claim_words(w->claim);
    switch (w->source) {
    case SOURCE_PT: buf_printf(b, "tagged as %s %s", article(words), words); break;
    case SOURCE_MESH: buf_printf(b, "indexed under %s", w->cue); break;
    case SOURCE_TITLE: buf_printf(b, "the title says '%s'", w->cue); break;
    case SOURCE_ABSTRACT:
        if (w->section)
            buf_printf(b, "the abstract (%s) says '%s'", w->section, w->cue);
        else
            buf_printf(b, "the abstract says '%s'", w->cue);
        break;
    case SOURCE_REGISTRY: buf_printf(b, "it carries the number %s", w->cue); break;
    case SOURCE_JOURNAL: buf_printf(b, "it stands in %s", w->cue); break;
    case SOURCE_STATUS:
    case SOURCE_COUNT: buf_add_text(b, w->cue); break;
    }
}

/* What a protocol, a synthesis, a notice or a comment mentions is said of other studies. */
static bool speaks_of_others(claim design)
{
    return claim_same_lane(design, CLAIM_systematic_review) || design == CLAIM_protocol ||
           design == CLAIM_guideline || design == CLAIM_notice || design == CLAIM_opinion ||
           design == CLAIM_narrative_review;
}

static bool is_text(const witness *w)
{
    return w->source == SOURCE_TITLE || w->source == SOURCE_ABSTRACT;
}

static bool contradicts(const testimony *t, claim design, const witness *own, const witness *other)
{
    if (other->claim == design || other->weight < STRONG || claim_agrees(design, other->claim))
        return false;
    if (other->claim == CLAIM_other)
        return other->source == SOURCE_TITLE && own->source == SOURCE_PT;
    if (claim_refines(other->claim, design))
        return other->source == SOURCE_PT;
    if (is_text(other) && speaks_of_others(design))
        return false;
    /* words for one kind of study are often words for its neighbor too */
    if (is_text(other) && is_text(own) && claim_same_lane(design, other->claim))
        return false;
    /* "Review" stands on most syntheses, and on many guidelines */
    if (other->claim == CLAIM_narrative_review && speaks_of_others(design))
        return false;
    /* "Letter" and "Comment" say where a paper stands, a type of study what it is */
    if (other->claim == CLAIM_opinion && other->source == SOURCE_PT && t->letter)
        return !heard_from(t, design, SOURCE_PT) && !claim_same_lane(design, CLAIM_case_report);
    /* trials are indexed under Prospective Studies, cohorts under several headings at once */
    if (other->source == SOURCE_MESH &&
        (other->claim == CLAIM_cohort || claim_same_lane(design, other->claim)))
        return false;
    return true;
}

static void add_sentence(arena *memory, osler_text_list *out, buf *sentence)
{
    record_add_text(memory, out, buf_str(sentence));
    buf_clear(sentence);
}

static void add_contradictions(arena *memory, osler_text_list *out, const testimony *t,
                               claim design)
{
    buf b = {0};
    const witness *own = best(t, design, true);
    for (unsigned c = 0; own && c < DESIGN_COUNT; c++) {
        const witness *other = best(t, (claim)c, false);
        if (!other || !contradicts(t, design, own, other))
            continue;
        say(&b, other);
        buf_add_text(&b,
                     other->source == SOURCE_PT && own->source == SOURCE_PT ? " and " : ", but ");
        say(&b, own);
        add_sentence(memory, out, &b);
    }
    buf_free(&b);
}

static const char *type_name(claim c)
{
    static const struct {
        claim claim;
        const char *name;
    } names[] = {
        {CLAIM_randomized_trial, "Randomized Controlled Trial"},
        {CLAIM_systematic_review, "Systematic Review"},
        {CLAIM_meta_analysis, "Meta-Analysis"},
        {CLAIM_protocol, "Clinical Trial Protocol"},
        {CLAIM_guideline, "Practice Guideline"},
        {CLAIM_case_report, "Case Reports"},
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (names[i].claim == c)
            return names[i].name;
    return NULL;
}

/* A type that the design makes precise is as good as its own; but Review says too little when the
 * abstract alone makes a systematic one of it. */
static bool has_type_for(const testimony *t, claim design, source own)
{
    for (unsigned c = 0; c < DESIGN_COUNT; c++)
        if (heard_from(t, (claim)c, SOURCE_PT) &&
            ((claim)c == design || (claim_refines(design, (claim)c) &&
                                    (c != CLAIM_narrative_review || own != SOURCE_ABSTRACT))))
            return true;
    return false;
}

/* The verdict rests on words alone, where a type could be expected. */
static void add_missing_type(arena *memory, osler_text_list *out, const testimony *t, claim design,
                             const osler_record *record)
{
    const witness *own = best(t, design, true);
    if (!t->has_types || !type_name(design) || !own || has_type_for(t, design, own->source) ||
        (own->source != SOURCE_TITLE && own->source != SOURCE_ABSTRACT))
        return;
    buf b = {0};
    bool never = record->status && strcmp(record->status, "PubMed-not-MEDLINE") == 0;
    if (t->indexed)
        buf_printf(&b, "indexed without the type %s; ", type_name(design));
    else
        buf_add_text(&b, never ? "not indexed (not in MEDLINE); " : "not indexed yet; ");
    say(&b, own);
    add_sentence(memory, out, &b);
    buf_free(&b);
}

/* The abstract alone claims what the indexers did not see. */
static void add_overruled(arena *memory, osler_text_list *out, const testimony *t, claim design)
{
    static const claim kinds[] = {CLAIM_randomized_trial, CLAIM_systematic_review,
                                  CLAIM_meta_analysis, CLAIM_protocol};
    if (speaks_of_others(design) || t->animals_only)
        return;
    buf b = {0};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        const witness *w = best(t, kinds[i], false);
        if (!w || !w->silent || w->source != SOURCE_ABSTRACT || w->weight < SERIOUS ||
            claim_agrees(design, kinds[i]) || !t->indexed || !t->has_types)
            continue;
        say(&b, w);
        buf_printf(&b, ", but it is indexed without the type %s", type_name(kinds[i]));
        add_sentence(memory, out, &b);
    }
    buf_free(&b);
}

/* A review that tells of a search, but of no more than that. */
static void add_debatable(arena *memory, osler_text_list *out, const testimony *t, claim design)
{
    const witness *own = best(t, design, true), *other = best(t, CLAIM_systematic_review, false);
    if (!own || !other || other->source != SOURCE_ABSTRACT)
        return;
    buf b = {0};
    say(&b, own);
    buf_add_text(&b, own->source == SOURCE_ABSTRACT ? ", and " : ", but ");
    say(&b, other);
    buf_add_text(&b, ": perhaps a systematic review");
    add_sentence(memory, out, &b);
    buf_free(&b);
}

void conflicts_of(arena *memory, osler_text_list *out, const testimony *t, claim design,
                  const osler_record *record)
{
    add_contradictions(memory, out, t, design);
    add_missing_type(memory, out, t, design, record);
    add_overruled(memory, out, t, design);
    if (t->debatable)
        add_debatable(memory, out, t, design);
}
