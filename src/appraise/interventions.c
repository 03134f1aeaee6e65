/* Cutting a title at the words of interventions.def. */
#include "appraise/interventions.h"

#include <string.h>

enum { MOST_WORDS = 14 };

/* A stretch of tokens; empty when from == to. */
typedef struct span {
    size_t from, to;
} span;

typedef struct cutting {
    const reading *reading;
    const passage *title;
    bool trial, synthesis; /* of interventions on people; of such studies */
} cutting;

/* The first part of this kind in `where`, and of these the longest; NULL when none. */
static const match *find_part(const cutting *c, title_part part, span where)
{
    const match *found = NULL;
    for (size_t i = 0; i < c->reading->matches.count; i++) {
        const match *m = &c->reading->matches.items[i];
        if (m->passage != c->title || !reading_is(c->reading, i, FACT_TITLE_PART) ||
            fact_rule_get(m->row)->detail != (int)part || m->from < where.from || m->to > where.to)
            continue;
        if (!found || m->from < found->from || (m->from == found->from && m->to > found->to))
            found = m;
    }
    return found;
}

/* `s` up to the first word of the kind. */
static span before_part(const cutting *c, title_part part, span s)
{
    const match *m = find_part(c, part, s);
    return m ? (span){s.from, m->from} : s;
}

static span after(const match *m, span s)
{
    return (span){m->to, s.to};
}

/* Titles break at colons, question marks, full stops and dashes between spaces. */
static bool breaks(const passage *p, size_t at)
{
    char gap = p->tokens[at].gap;
    if (gap == ':' || gap == '?' || gap == '.' || gap == ';')
        return true;
    return p->tokens[at].sentence != p->tokens[at - 1].sentence;
}

/* The articles and small words that a span need not begin with. */
static span trim(const passage *p, span s)
{
    static const char *const small[] = {"the",   "a",   "an",  "of",   "either", "adding",
                                        "using", "two", "and", "with", "both"};
    for (bool again = true; again && s.from < s.to;) {
        const token *t = &p->tokens[s.from];
        again = false;
        for (size_t i = 0; i < sizeof small / sizeof *small && !again; i++)
            again =
                str_equal_ignoring_case((str){p->text + t->offset, t->length}, str_of(small[i]));
        s.from += again;
    }
    return s;
}

/* What the span says, NULL when it can be no intervention. */
static const char *said(arena *memory, const cutting *c, span s)
{
    s = trim(c->title, s);
    if (s.from >= s.to || s.to - s.from > MOST_WORDS || find_part(c, PART_denies, s))
        return NULL;
    return text_quote(memory, c->title, s.from, s.to);
}

static osler_fact fact_of(arena *memory, const cutting *c, span s)
{
    const char *text = said(memory, c, s);
    return text ? fact_at(memory, c->title, s.from, text) : (osler_fact){0};
}

/* The word that parts intervention and comparator in `s`. */
static const match *find_split(const cutting *c, span s, bool compared)
{
    const match *split = find_part(c, PART_splits, s);
    if (!split && compared)
        split = find_part(c, PART_joins, s);
    if (!split && c->trial)
        split = find_part(c, PART_either, before_part(c, PART_ends, s));
    return split;
}

/* Read one stretch of the title; false when it names no intervention. */
static bool read_stretch(arena *memory, const cutting *c, span s, interventions *out)
{
    const match *opener = find_part(c, PART_opens, s), *comparison = find_part(c, PART_compares, s);
    const match *split = find_part(c, PART_splits, s);
    bool compared = comparison && (!opener || comparison->from < opener->from) &&
                    !(split && split->from <= comparison->from);
    span rest = compared ? after(comparison, s) : opener ? after(opener, s) : s;
    split = find_split(c, rest, compared);
    if (!split && !opener && !(c->trial || c->synthesis))
        return false;
    span first = before_part(c, PART_ends, rest);
    if (!split && !opener && first.to == s.to) /* a title that is but a name */
        return false;
    if (split && split->from < first.to)
        first.to = split->from;
    out->intervention = fact_of(memory, c, first);
    if (split && out->intervention.text)
        out->comparator = fact_of(memory, c, before_part(c, PART_ends, after(split, rest)));
    return out->intervention.text != NULL;
}

static void find_control(arena *memory, const cutting *c, interventions *out)
{
    for (size_t i = 0; i < c->reading->matches.count && !out->comparator.text; i++) {
        const match *m = &c->reading->matches.items[i];
        if (reading_is(c->reading, i, FACT_CONTROL))
            out->comparator = fact_at(memory, m->passage, m->from, fact_rule_get(m->row)->name);
    }
}

/* What animals and cells were given is no intervention on people, a notice tries nothing. */
static bool can_intervene(claim design)
{
    return design != CLAIM_animal && design != CLAIM_in_vitro && design != CLAIM_notice;
}

interventions interventions_of(arena *memory, const reading *r, claim design)
{
    interventions out = {0};
    const passage *title = r->text.count ? &r->text.items[0] : NULL;
    if (!title || title->place != PLACE_TITLE || !can_intervene(design))
        return out;
    cutting c = {.reading = r,
                 .title = title,
                 .trial =
                     claim_same_lane(design, CLAIM_randomized_trial) || design == CLAIM_protocol,
                 .synthesis = claim_same_lane(design, CLAIM_systematic_review)};
    size_t from = 0;
    for (size_t i = 1; i <= title->count; i++) {
        if (i < title->count && !breaks(title, i))
            continue;
        if (read_stretch(memory, &c, (span){from, i}, &out))
            break;
        from = i;
    }
    if (c.trial && out.intervention.text)
        find_control(memory, &c, &out);
    return out;
}
