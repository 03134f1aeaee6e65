/* Counting what of a concept a record has, and how strongly it speaks (evidence reference A4.3). */
#include "query/match.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The weight of a conclusion against the rest of an abstract. */
static const double conclusions_factor = 1.3;

/* How strongly one sign says that a record is about the concept. */
static const double major_exact = 1.0, major_narrower = 0.95, minor_heading = 0.75,
                    broader_heading = 0.35, in_title = 0.9, in_keywords = 0.6,
                    at_abstract_end = 0.6, in_abstract = 0.4, abbreviated = 0.5, harm = -0.4,
                    negation = -0.5;

const char *match_field_name(enum match_field field)
{
    static const char *const names[MATCH_FIELDS] = {"mesh_major", "mesh_minor", "title",
                                                    "keywords",   "abstract",   "other_abstract"};
    return field < MATCH_FIELDS ? names[field] : "";
}

const char *match_objection_text(enum match_objection why)
{
    switch (why) {
    case MATCH_IS_HARM: return "stands among adverse events";
    case MATCH_IS_EXCLUDED: return "is said of those who were left out";
    case MATCH_IS_ABSENT: return "is said to be absent";
    case MATCH_IS_INDUCED: return "is indexed as chemically induced";
    case MATCH_IS_HARM_ALONE: return "is a minor heading, and the text names it as a harm alone";
    }
    return "";
}

double match_factor(enum match_field field, bool conclusions)
{
    return conclusions && field == MATCH_ABSTRACT ? conclusions_factor : 1;
}

/* One matching. */
struct matcher {
    arena *memory;
    const match_document *document;
    const concept *concept;
    match *out;
    unsigned long_forms; /* phrases in full seen in the texts, whatever is meant by them */
    unsigned meant, excluded, harms;
    bool borne_out;   /* meant in the title, a keyword, or at an end of the abstract */
    bool has_without; /* a phrase of concept->without was seen */
};

static void strengthen(struct matcher *m, double strength, enum match_field field, const char *what)
{
    if (strength <= m->out->strength || strength <= 0)
        return;
    m->out->strength = strength;
    m->out->strongest = what;
    m->out->stood_in = field;
}

/* `times` is how often it stands there, `tf` the same, weighed. */
static void add_hit(struct matcher *m, enum match_field field, const char *what, unsigned times,
                    double tf)
{
    match *out = m->out;
    for (size_t i = 0; i < out->hits.count; i++) {
        match_hit *hit = &out->hits.items[i];
        if (hit->field == field && (hit->what == what || strcmp(hit->what, what) == 0)) {
            hit->times += times;
            hit->tf += tf;
            return;
        }
    }
    match_hit *hit =
        arena_append(m->memory, &out->hits.items, &out->hits.count, sizeof *out->hits.items);
    *hit = (match_hit){field, what, times, tf};
}

static void add_against(struct matcher *m, const char *what, enum match_objection why)
{
    match *out = m->out;
    for (size_t i = 0; i < out->against.count; i++)
        if (out->against.items[i].why == why && strcmp(out->against.items[i].what, what) == 0)
            return;
    match_against *one = arena_append(m->memory, &out->against.items, &out->against.count,
                                      sizeof *out->against.items);
    *one = (match_against){what, why};
}

/* The tokens of one text. */
struct stretch {
    const match_token *items;
    size_t count;
};

static struct stretch stretch_of(const struct matcher *m, const match_text *t)
{
    return (struct stretch){m->document->tokens.items + t->first, t->count};
}

/* The number of words from token `at` on that make the pattern; 0 when they do not. */
static uint32_t length_of(struct stretch t, size_t at, const concept_pattern *p)
{
    uint32_t from = t.items[at].position, next = from;
    for (uint32_t i = 0; i < p->count; i++) {
        while (at < t.count && (t.items[at].position < next ||
                                (t.items[at].position == next && t.items[at].form != p->forms[i])))
            at++;
        if (at == t.count || t.items[at].position != next)
            return 0;
        next += t.items[at].span;
    }
    return next - from;
}

/* The best phrase that begins at the position of token `at`: the heaviest, then the longest. */
static const concept_phrase *phrase_at(struct matcher *m, struct stretch t, size_t at,
                                       uint32_t *length)
{
    const concept *c = m->concept;
    const concept_phrase *best = NULL;
    *length = 0;
    for (size_t i = at; i < t.count && t.items[i].position == t.items[at].position; i++) {
        uint32_t form = t.items[i].form;
        for (uint32_t k = c->first[form]; k < c->first[form + 1]; k++) {
            const concept_pattern *pattern = &c->patterns.items[k];
            uint32_t words = length_of(t, i, pattern);
            if (pattern->without) {
                m->has_without |= words > 0;
                continue;
            }
            const concept_phrase *p = &c->phrases.items[pattern->phrase];
            if (!words || (best && (p->weight < best->weight ||
                                    (p->weight == best->weight && words <= *length))))
                continue;
            best = p;
            *length = words;
        }
    }
    return best;
}

/* An abbreviation counts in capitals, beside its long form, and not as its mere explanation. */
static bool abbreviation_counts(const struct matcher *m, const match_token *t)
{
    return t->marks & INDEX_CAPITALS && m->long_forms > 0 && !(t->marks & INDEX_IN_PARENTHESES);
}

/* The strength of a phrase by where it stands. */
static double strength_at(const struct matcher *m, enum match_field field, uint32_t position)
{
    switch (field) {
    case MATCH_TITLE: return in_title;
    case MATCH_KEYWORDS: return in_keywords;
    case MATCH_ABSTRACT:
    case MATCH_OTHER_ABSTRACT: break;
    case MATCH_MESH_MAJOR:
    case MATCH_MESH_MINOR:
    case MATCH_FIELDS: return 0;
    }
    const match_document *d = m->document;
    size_t which = field == MATCH_OTHER_ABSTRACT;
    bool first = position < d->first_sentence_end[which];
    bool last = position >= d->last_sentence_start[which];
    return first || last ? at_abstract_end : in_abstract;
}

static void add_occurrence(struct matcher *m, const match_text *t, const match_token *at,
                           const concept_phrase *p)
{
    unsigned meaning = m->concept->disease ? at->marks & INDEX_MEANING : INDEX_MEANT;
    double place = strength_at(m, t->field, at->position);
    double strength = p->abbreviation ? abbreviated : place;
    strength *= p->exact ? p->weight : major_narrower;
    switch (meaning) {
    case INDEX_MEANT:
        m->meant++;
        m->borne_out |= place >= at_abstract_end;
        add_hit(m, t->field, p->text, 1, p->weight * t->factor);
        strengthen(m, strength, t->field, p->text);
        break;
    case INDEX_HARM:
        m->harms++;
        add_against(m, p->text, MATCH_IS_HARM);
        strengthen(m, strength + harm, t->field, p->text);
        break;
    case INDEX_EXCLUDED:
        m->excluded++;
        add_against(m, p->text, MATCH_IS_EXCLUDED);
        break;
    default: add_against(m, p->text, MATCH_IS_ABSENT); break;
    }
}

static void match_one_text(struct matcher *m, const match_text *t)
{
    struct stretch s = stretch_of(m, t);
    for (size_t at = 0; at < s.count;) {
        uint32_t length;
        const concept_phrase *p = phrase_at(m, s, at, &length);
        if (p && (!p->abbreviation || abbreviation_counts(m, &s.items[at])))
            add_occurrence(m, t, &s.items[at], p);
        uint32_t next = s.items[at].position + (p ? length : 1);
        while (at < s.count && s.items[at].position < next)
            at++;
    }
}

/* Whether any text has one of the long forms, and one of the words that mean something else. */
static void look_ahead(struct matcher *m)
{
    for (size_t i = 0; i < m->document->texts.count; i++) {
        struct stretch s = stretch_of(m, &m->document->texts.items[i]);
        for (size_t at = 0; at < s.count; at++) {
            uint32_t length;
            if (at > 0 && s.items[at].position == s.items[at - 1].position)
                continue;
            const concept_phrase *p = phrase_at(m, s, at, &length);
            m->long_forms += p && !p->abbreviation;
        }
    }
}

/* Headings in an order that does not depend on the record's. */
static int by_name(const void *one, const void *two)
{
    const match_heading *a = one, *b = two;
    int order =
        strcmp(a->descriptor ? a->descriptor->ui : "", b->descriptor ? b->descriptor->ui : "");
    return order ? order : (a->name > b->name) - (a->name < b->name);
}

void match_order_headings(match_document *d)
{
    size_t kept = 0;
    if (d->headings.count > 1)
        qsort(d->headings.items, d->headings.count, sizeof *d->headings.items, by_name);
    for (size_t i = 0; i < d->headings.count; i++) {
        match_heading *last = kept ? &d->headings.items[kept - 1] : NULL;
        const match_heading *h = &d->headings.items[i];
        if (last && by_name(last, h) == 0) {
            last->major |= h->major;
            last->minor |= h->minor;
            last->harm |= h->harm;
        } else {
            d->headings.items[kept++] = *h;
        }
    }
    d->headings.count = kept;
}

/* What the concept makes of a heading: its place among the concept's headings, or a phrase that is
 * its very name.  False: nothing. */
static bool heading_counts(const struct matcher *m, const match_heading *heading, double *weight,
                           int *level)
{
    const concept *c = m->concept;
    for (size_t i = 0; heading->descriptor && i < c->headings.count; i++) {
        const concept_heading *h = &c->headings.items[i];
        if (h->descriptor != heading->descriptor)
            continue;
        if ((h->with_text || m->has_without) && !m->long_forms)
            return false;
        *weight = h->weight;
        *level = h->level;
        return true;
    }
    for (size_t i = 0; !heading->descriptor && i < c->names.count; i++) {
        if (c->names.items[i].name != heading->name)
            continue;
        *weight = c->phrases.items[c->names.items[i].phrase].weight;
        *level = 0;
        return true;
    }
    return false;
}

static void match_heading_of(struct matcher *m, const match_heading *h)
{
    double weight = 1;
    int level = 0;
    if (!heading_counts(m, h, &weight, &level))
        return;
    bool harmful = m->concept->disease && h->harm;
    double tf = weight * pow(CONCEPT_PER_LEVEL, level), against = harmful ? harm : 0;
    if (harmful)
        add_against(m, h->text, MATCH_IS_INDUCED);
    if (h->major) {
        double strength = level ? major_narrower : major_exact;
        strengthen(m, strength * weight + against, MATCH_MESH_MAJOR, h->text);
        add_hit(m, MATCH_MESH_MAJOR, h->text, 1, tf);
    }
    if (h->minor)
        strengthen(m, minor_heading * weight + against, MATCH_MESH_MINOR, h->text);
    if (h->minor && !harmful)
        add_hit(m, MATCH_MESH_MINOR, h->text, 1, tf);
}

/* A heading above the one that is meant says little, and is not counted. */
static void match_broader(struct matcher *m, const match_heading *h)
{
    const concept *c = m->concept;
    for (size_t i = 0; h->descriptor && i < c->broader.count; i++)
        if (c->broader.items[i] == h->descriptor)
            strengthen(m, broader_heading, MATCH_MESH_MINOR, h->descriptor->name);
}

/* A minor heading that the text does not bear out: where the text speaks of harms alone the heading
 * does so too; else it is as far off as a heading one level away. */
static void weaken_minor(struct matcher *m)
{
    match *out = m->out;
    bool harm_alone = m->harms && !m->meant;
    size_t kept = 0;
    for (size_t i = 0; i < out->hits.count; i++) {
        match_hit hit = out->hits.items[i];
        if (hit.field == MATCH_MESH_MINOR && harm_alone) {
            add_against(m, hit.what, MATCH_IS_HARM_ALONE);
            continue;
        }
        if (hit.field == MATCH_MESH_MINOR)
            hit.tf *= CONCEPT_PER_LEVEL;
        out->hits.items[kept++] = hit;
    }
    out->hits.count = kept;
}

bool match_is_named(const match_document *document, const concept *c)
{
    struct matcher m = {.document = document, .concept = c};
    look_ahead(&m);
    return m.long_forms > 0;
}

void match_concept(arena *memory, match *out, const match_document *document, const concept *c)
{
    *out = (match){0};
    struct matcher m = {.memory = memory, .document = document, .concept = c, .out = out};
    look_ahead(&m);
    for (size_t i = 0; i < document->headings.count; i++) {
        match_heading_of(&m, &document->headings.items[i]);
        match_broader(&m, &document->headings.items[i]);
    }
    for (size_t i = 0; i < document->texts.count; i++)
        match_one_text(&m, &document->texts.items[i]);
    if (c->disease && document->lengths[MATCH_ABSTRACT] > 0 && !m.borne_out)
        weaken_minor(&m);
    /* Left out as often as meant: the record says what it is not about. */
    if (m.excluded && m.excluded >= m.meant && out->strength > 0) {
        out->strength += negation;
        if (out->strength < 0)
            out->strength = 0;
    }
}
