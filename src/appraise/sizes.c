/* Choosing the sample size among all the numbers of an abstract. */
#include "appraise/sizes.h"

#include "appraise/rules.h"

#include <string.h>

enum { LEAST_N = 2, YEAR_FIRST = 1900, YEAR_LAST = 2035, SURE = 8, WORTH = 3, MOST_ARMS = 8 };

static const char *const kind_names[] = {
    [SIZE_randomized] = "randomized", [SIZE_enrolled] = "enrolled", [SIZE_analyzed] = "analyzed",
    [SIZE_arm] = "arms-summed",       [SIZE_unclear] = "stated",    [SIZE_studies] = "studies",
    [SIZE_pooled] = "pooled",
};

typedef struct candidate {
    const match *match;
    const token *number;
    int trust;
    size_kind kind;
} candidate;

/* "29 patients (2.4%)": a part of the whole, not the whole. */
static bool share_follows(const match *m)
{
    const passage *p = m->passage;
    size_t end = p->tokens[m->to - 1].offset + p->tokens[m->to - 1].length;
    const char *c = p->text + end;
    while (*c == ' ')
        c++;
    if (*c != '(' && *c != '[')
        return false;
    for (c++; char_is_digit(*c) || *c == '.' || *c == ' ' || (unsigned char)*c >= 0x80;)
        c++;
    return *c == '%';
}

/* A number of four digits alone may be a year; with a separator of thousands it is none. */
static bool may_be_year(const token *t)
{
    return t->in_digits && t->length == 4 && t->number >= YEAR_FIRST && t->number <= YEAR_LAST;
}

/* Conclusions and background speak of others; the results, of parts. */
static int trust_at(const rule *r, const match *m)
{
    int trust = r->trust;
    if (m->passage->place == PLACE_BACKGROUND || m->passage->place == PLACE_CONCLUSION)
        trust -= 3;
    if (r->size != SIZE_studies && r->size != SIZE_arm && share_follows(m))
        trust = 2;
    return trust;
}

static bool usable(const rule *r, const match *m, const token *number)
{
    if (!number->counts || number->number < LEAST_N)
        return false;
    if (may_be_year(number) && r->trust < SURE)
        return false;
    bool equation = number > m->passage->tokens && number->gap == '=';
    bool wants_equation = strstr(r->pattern, "n #n") != NULL;
    return !wants_equation || equation;
}

/* The same number in a match that says "screened" or "invited" is not the sample. */
static bool is_discounted(const testimony *t, const token *number)
{
    for (size_t i = 0; i < t->matches.count; i++) {
        const match *m = &t->matches.items[i];
        const rule *r = rule_get(m->row);
        if (r->kind == RULE_SIZE && r->trust == 1 && m->number < m->to &&
            &m->passage->tokens[m->number] == number)
            return true;
    }
    return false;
}

/* The best number of one of the kinds (bits); false when none is worth telling. */
static bool choose(const testimony *t, unsigned kinds, candidate *out)
{
    *out = (candidate){.trust = 0};
    for (size_t i = 0; i < t->matches.count; i++) {
        const match *m = &t->matches.items[i];
        const rule *r = rule_get(m->row);
        if (r->kind != RULE_SIZE || !(kinds >> r->size & 1) || m->number >= m->to)
            continue;
        const token *number = &m->passage->tokens[m->number];
        if (!usable(r, m, number))
            continue;
        int trust = trust_at(r, m);
        if (r->size != SIZE_randomized && trust > 1 && is_discounted(t, number))
            trust = 1;
        if (trust > out->trust)
            *out = (candidate){m, number, trust, r->size};
    }
    return out->trust >= WORTH;
}

/* The sum of "(n = 88) ... (n = 145)" in the first sentence that has two or more of them. */
static long sum_arms(const testimony *t, const match **where)
{
    for (size_t i = 0; i < t->matches.count; i++) {
        const match *first = &t->matches.items[i];
        long sum = 0;
        size_t arms = 0;
        const token *last = NULL;
        for (size_t k = i; k < t->matches.count; k++) {
            const match *m = &t->matches.items[k];
            const rule *r = rule_get(m->row);
            if (m->passage != first->passage || r->kind != RULE_SIZE || r->size != SIZE_arm ||
                m->number >= m->to)
                continue;
            const token *number = &m->passage->tokens[m->number];
            if (number->sentence != first->passage->tokens[first->from].sentence ||
                number == last || !usable(r, m, number) || strstr(r->pattern, "n #n") == NULL)
                continue;
            last = number;
            sum += number->number;
            arms++;
        }
        if (arms >= 2 && arms <= MOST_ARMS) {
            *where = first;
            return sum;
        }
    }
    return 0;
}

static void settle(arena *memory, sizes *out, const candidate *c)
{
    out->n = c->number->number;
    out->kind = kind_names[c->kind];
    out->sentence = text_sentence(memory, c->match->passage, c->match->from);
}

static void size_of_synthesis(arena *memory, sizes *out, const testimony *t)
{
    candidate c;
    if (choose(t, 1U << SIZE_studies, &c))
        out->studies = c.number->number;
    if (choose(t, 1U << SIZE_pooled, &c))
        settle(memory, out, &c);
}

static void size_of_study(arena *memory, sizes *out, const testimony *t)
{
    candidate c;
    const match *where = NULL;
    long sum = sum_arms(t, &where);
    bool found = choose(t, 1U << SIZE_randomized | 1U << SIZE_enrolled | 1U << SIZE_analyzed |
                               1U << SIZE_unclear, &c);
    /* a total below the sum of the arms is one of the arms, or a part of the sample */
    if (sum && (!found || c.trust < 6 || (c.trust < SURE && c.number->number < sum))) {
        out->n = sum;
        out->kind = kind_names[SIZE_arm];
        out->sentence = text_sentence(memory, where->passage, where->from);
    } else if (found) {
        settle(memory, out, &c);
    }
}

void sizes_of(arena *memory, sizes *out, const testimony *t, claim design)
{
    *out = (sizes){0};
    switch ((int)design) {
    case CLAIM_umbrella_review:
    case CLAIM_network_meta_analysis:
    case CLAIM_meta_analysis:
    case CLAIM_systematic_review:
    case CLAIM_scoping_review: size_of_synthesis(memory, out, t); break;
    case CLAIM_notice:
    case CLAIM_guideline:
    case CLAIM_narrative_review:
    case CLAIM_opinion:
    case CLAIM_animal:
    case CLAIM_in_vitro: break; /* what they count is no sample of people */
    default: size_of_study(memory, out, t); break;
    }
    if (out->n && design == CLAIM_protocol)
        out->kind = "planned";
}
