/* Counting what of a concept a record has, and how strongly it speaks (evidence reference A4.3). */
#include "query/match.h"

#include "base/buf.h"
#include "record/record.h"

#include <math.h>
#include <string.h>

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

/* Something like: title "migraine" */
static const char *describe(struct matcher *m, enum match_field field, const char *what)
{
    buf b = {0};
    buf_printf(&b, "%s \"%s\"", match_field_name(field), what);
    const char *copy = arena_copy(m->memory, buf_str(&b));
    buf_free(&b);
    return copy;
}

static void strengthen(struct matcher *m, double strength, enum match_field field, const char *what)
{
    if (strength <= m->out->strength && m->out->strongest)
        return;
    if (strength <= 0)
        return;
    m->out->strength = strength;
    m->out->strongest = describe(m, field, what);
}

static void add_hit(struct matcher *m, enum match_field field, const char *what, double tf)
{
    match *out = m->out;
    for (size_t i = 0; i < out->hits.count; i++) {
        match_hit *hit = &out->hits.items[i];
        if (hit->field == field && strcmp(hit->what, what) == 0) {
            hit->times++;
            hit->tf += tf;
            return;
        }
    }
    match_hit *hit =
        arena_append(m->memory, &out->hits.items, &out->hits.count, sizeof *out->hits.items);
    *hit = (match_hit){field, what, 1, tf};
}

static void add_against(struct matcher *m, const char *what, const char *why)
{
    buf b = {0};
    buf_printf(&b, "\"%s\" %s", what, why);
    bool said = false;
    for (size_t i = 0; !said && i < m->out->against.count; i++)
        said = strcmp(m->out->against.items[i], buf_text(&b)) == 0;
    if (!said)
        record_add_text(m->memory, &m->out->against, buf_str(&b));
    buf_free(&b);
}

/* The number of words from `at` on that make the key; 0 when they do not.  Words are compared
 * without what stands between them, so that "tension type" is "tensiontype". */
static size_t length_of(const match_text *t, size_t at, str key)
{
    size_t used = 0, from = at;
    while (used < key.length && at < t->words.count) {
        str form = t->forms[at];
        if (form.length > key.length - used || memcmp(form.data, key.data + used, form.length) != 0)
            return 0;
        if (at > from && t->words.items[at].sentence != t->words.items[from].sentence)
            return 0;
        used += form.length;
        at++;
    }
    return used == key.length ? at - from : 0;
}

/* The best phrase that begins at word `at`: the heaviest, then the longest. */
static const concept_phrase *phrase_at(const struct matcher *m, const match_text *t, size_t at,
                                       size_t *length)
{
    const concept_phrase *best = NULL;
    *length = 0;
    for (size_t i = 0; i < m->concept->phrases.count; i++) {
        const concept_phrase *p = &m->concept->phrases.items[i];
        if (!t->forms[at].length || p->key.data[0] != t->forms[at].data[0])
            continue;
        size_t words = length_of(t, at, p->key);
        if (!words ||
            (best && (p->weight < best->weight || (p->weight == best->weight && words <= *length))))
            continue;
        best = p;
        *length = words;
    }
    return best;
}

static bool is_capital(char c)
{
    return c >= 'A' && c <= 'Z';
}

/* An abbreviation counts in capitals, beside its long form, and not as its mere explanation. */
static bool abbreviation_counts(const struct matcher *m, const match_text *t, size_t at)
{
    const word *w = &t->words.items[at];
    bool capital =
        is_capital(t->text[w->offset]) && w->length > 1 && is_capital(t->text[w->offset + 1]);
    return capital && m->long_forms > 0 && w->gap != '(';
}

/* The strength of a phrase by where it stands. */
static double strength_at(const match_text *t, size_t at)
{
    switch (t->field) {
    case MATCH_TITLE: return in_title;
    case MATCH_KEYWORDS: return in_keywords;
    case MATCH_ABSTRACT:
    case MATCH_OTHER_ABSTRACT: break;
    case MATCH_MESH_MAJOR:
    case MATCH_MESH_MINOR:
    case MATCH_FIELDS: return 0;
    }
    uint32_t sentence = t->words.items[at].sentence;
    bool first = t->first && sentence == 0;
    bool last = t->last && sentence == t->words.items[t->words.count - 1].sentence;
    return first || last ? at_abstract_end : in_abstract;
}

static void add_occurrence(struct matcher *m, const match_text *t, size_t at, size_t length,
                           const concept_phrase *p)
{
    enum match_meaning meaning =
        m->concept->disease ? match_meaning_of(t, at, at + length) : MATCH_MEANT;
    double strength = p->abbreviation ? abbreviated : strength_at(t, at);
    if (!p->exact)
        strength *= major_narrower;
    else
        strength *= p->weight;
    switch (meaning) {
    case MATCH_MEANT:
        m->meant++;
        m->borne_out |= strength_at(t, at) >= at_abstract_end;
        add_hit(m, t->field, p->text, p->weight * t->factor);
        strengthen(m, strength, t->field, p->text);
        break;
    case MATCH_HARM:
        m->harms++;
        add_against(m, p->text, "stands among adverse events");
        strengthen(m, strength + harm, t->field, p->text);
        break;
    case MATCH_EXCLUDED:
        m->excluded++;
        add_against(m, p->text, "is said of those who were left out");
        break;
    case MATCH_ABSENT: add_against(m, p->text, "is said to be absent"); break;
    }
}

static void match_one_text(struct matcher *m, const match_text *t)
{
    for (size_t at = 0; at < t->words.count;) {
        size_t length;
        const concept_phrase *p = phrase_at(m, t, at, &length);
        if (p && (!p->abbreviation || abbreviation_counts(m, t, at)))
            add_occurrence(m, t, at, length, p);
        at += p ? length : 1;
    }
}

/* Whether any text has one of the long forms, and one of the words that mean something else. */
static void look_ahead(struct matcher *m)
{
    const concept *c = m->concept;
    for (size_t i = 0; i < m->document->texts.count; i++) {
        const match_text *t = &m->document->texts.items[i];
        for (size_t at = 0; at < t->words.count; at++) {
            size_t length;
            const concept_phrase *p = phrase_at(m, t, at, &length);
            m->long_forms += p && !p->abbreviation;
            for (size_t k = 0; k < c->without.count; k++)
                m->has_without |= length_of(t, at, c->without.items[k].key) > 0;
        }
    }
}

/* "Headache/chemically induced" and no other subheading: a harm of something. */
static bool is_harm_heading(const osler_heading *h)
{
    if (!h->qualifiers.count)
        return false;
    for (size_t i = 0; i < h->qualifiers.count; i++) {
        const osler_qualifier *q = &h->qualifiers.items[i];
        bool induced = q->ui ? strcmp(q->ui, "Q000139") == 0
                             : q->name && strcmp(q->name, "chemically induced") == 0;
        if (!induced)
            return false;
    }
    return true;
}

static bool is_major(const osler_heading *h)
{
    bool major = h->major;
    for (size_t i = 0; i < h->qualifiers.count; i++)
        major |= h->qualifiers.items[i].major;
    return major;
}

/* What the concept makes of a heading: its place among the concept's headings, or a phrase that is
 * its very name.  False: nothing. */
static bool heading_counts(const struct matcher *m, size_t index, double *weight, int *level)
{
    const concept *c = m->concept;
    const mesh_descriptor *d = m->document->headings[index];
    for (size_t i = 0; d && i < c->headings.count; i++) {
        const concept_heading *h = &c->headings.items[i];
        if (h->descriptor != d)
            continue;
        if ((h->with_text && !m->long_forms) || (m->has_without && !m->long_forms))
            return false;
        *weight = h->weight;
        *level = h->level;
        return true;
    }
    for (size_t i = 0; !d && i < c->phrases.count; i++) {
        const concept_phrase *p = &c->phrases.items[i];
        if (p->abbreviation || !p->exact || !str_equal(p->key, m->document->heading_keys[index]))
            continue;
        *weight = p->weight;
        *level = 0;
        return true;
    }
    return false;
}

static void match_heading(struct matcher *m, size_t index)
{
    const osler_heading *h = &m->document->record->headings.items[index];
    double weight = 1;
    int level = 0;
    if (!heading_counts(m, index, &weight, &level))
        return;
    bool major = is_major(h), harmful = m->concept->disease && is_harm_heading(h);
    enum match_field field = major ? MATCH_MESH_MAJOR : MATCH_MESH_MINOR;
    double strength = !major ? minor_heading : level ? major_narrower : major_exact;
    strength = strength * weight + (harmful ? harm : 0);
    strengthen(m, strength, field, h->name);
    if (harmful)
        add_against(m, h->name, "is indexed as chemically induced");
    if (!harmful || major)
        add_hit(m, field, h->name, weight * pow(CONCEPT_PER_LEVEL, level));
}

/* A heading above the one that is meant says little, and is not counted. */
static void match_broader(struct matcher *m, size_t index)
{
    const mesh_descriptor *d = m->document->headings[index];
    for (size_t i = 0; d && i < m->concept->roots; i++)
        if (mesh_levels_below(d, m->concept->headings.items[i].descriptor) > 0)
            strengthen(m, broader_heading, MATCH_MESH_MINOR, d->name);
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
            add_against(m, hit.what, "is a minor heading, and the text names it as a harm alone");
            continue;
        }
        if (hit.field == MATCH_MESH_MINOR)
            hit.tf *= CONCEPT_PER_LEVEL;
        out->hits.items[kept++] = hit;
    }
    out->hits.count = kept;
}

void match_concept(arena *memory, match *out, const match_document *document, const concept *c)
{
    *out = (match){0};
    struct matcher m = {.memory = memory, .document = document, .concept = c, .out = out};
    look_ahead(&m);
    for (size_t i = 0; i < document->record->headings.count; i++) {
        match_heading(&m, i);
        match_broader(&m, i);
    }
    for (size_t i = 0; i < document->texts.count; i++)
        match_one_text(&m, &document->texts.items[i]);
    if (c->disease && document->has_abstract && !m.borne_out)
        weaken_minor(&m);
    /* Left out as often as meant: the record says what it is not about. */
    if (m.excluded && m.excluded >= m.meant && out->strength > 0) {
        out->strength += negation;
        if (out->strength < 0)
            out->strength = 0;
    }
}
