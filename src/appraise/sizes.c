/* Choosing the sample size among all the numbers of an abstract. */
#include "appraise/sizes.h"

#include "appraise/rules.h"

#include <string.h>

enum {
    LEAST_N = 2,
    YEAR_FIRST = 1900,
    YEAR_LAST = 2035,
    SURE = 8,   /* trust from which a number is taken as the total, whatever the arms say */
    TOTAL = 6,  /* trust from which it is taken unless the arms sum to more */
    WORTH = 3,  /* trust below which nothing is told */
    SMALL = 10, /* numbers below are seldom a sample */
    MOST_ARMS = 8,
};

static const char *const kind_names[] = {
    [SIZE_randomized] = "randomized", [SIZE_enrolled] = "enrolled", [SIZE_analyzed] = "analyzed",
    [SIZE_stated] = "stated",         [SIZE_arm] = "arms-summed",   [SIZE_pooled] = "pooled",
};

typedef struct candidate {
    const match *match;
    const token *number;
    int trust;
    size_kind kind;
} candidate;

/* Behind "(9.3%" the parenthesis ends, or goes on as that of a share does, not as "(60% women". */
static bool goes_on_as_share(const char *c)
{
    static const char *const words[] = {"of ", "in ", "group ", "vs", "versus ", "and "};
    while (*c == ' ')
        c++;
    if (*c == ')' || *c == ']' || *c == ';')
        return true;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strncmp(c, words[i], strlen(words[i])) == 0)
            return true;
    return false;
}

/* At `c` a parenthesis opens that holds a share and no more, or that begins with a percentage. */
static bool share_at(const char *c, bool alone)
{
    while (*c == ' ')
        c++;
    if (*c != '(' && *c != '[')
        return false;
    for (c++; char_is_digit(*c) || *c == '.' || *c == ' ' || (unsigned char)*c >= 0x80;)
        c++;
    return *c == '%' && (!alone || goes_on_as_share(c + 1));
}

static const char *behind(const passage *p, const token *t)
{
    return p->text + t->offset + t->length;
}

/* "29 patients (2.4%)", "29 (2.4%) patients": a part. */
static bool is_share(const match *m)
{
    const passage *p = m->passage;
    return share_at(behind(p, &p->tokens[m->to - 1]), true) ||
           share_at(behind(p, &p->tokens[m->number]), false);
}

/* "(n = 53, 82%)": events in a group, not its size. */
static bool share_beside(const passage *p, const token *number)
{
    const char *c = p->text + number->offset + number->length;
    for (size_t i = 0; i < 14 && *c && *c != ')' && *c != ']'; i++, c++)
        if (*c == '%')
            return true;
    return false;
}

/* A number of four digits alone may be a year; with a separator of thousands it is none. */
static bool may_be_year(const token *t)
{
    return t->in_digits && t->length == 4 && t->number >= YEAR_FIRST && t->number <= YEAR_LAST;
}

static bool is_equation(const rule *r)
{
    return strstr(r->pattern, "n #n") != NULL;
}

/* A row says that `number` is no sample; what was randomized only the strict ones can deny. */
static bool is_vetoed(const testimony *t, const token *number, bool randomized)
{
    for (size_t i = 0; i < t->matches.count; i++) {
        const match *m = &t->matches.items[i];
        const rule *r = rule_get(m->row);
        if (r->kind == RULE_SIZE && r->size == SIZE_veto && m->number < m->to &&
            (r->trust || !randomized) && &m->passage->tokens[m->number] == number)
            return true;
    }
    return false;
}

/*
 * "100 were screened, 60 enrolled": a verb behind another number is that number's.  Numbers in
 * parentheses in between do not matter, but a number in parentheses has no verb outside:
 * "90 patients (45 men) were randomized".
 */
static bool passes_number(const match *m)
{
    const passage *p = m->passage;
    const token *number = &p->tokens[m->number];
    int depth = 0;
    uint32_t at = number->offset + number->length;
    for (size_t i = m->number + 1; i < m->to; i++) {
        for (; at < p->tokens[i].offset && depth >= 0; at++)
            depth += p->text[at] == '(' || p->text[at] == '['   ? 1
                     : p->text[at] == ')' || p->text[at] == ']' ? -1
                                                                : 0;
        if (depth < 0 || (depth == 0 && p->tokens[i].counts && p->tokens[i].number >= SMALL))
            return true;
    }
    return false;
}

/* The trust of a match, 0 when its number cannot be meant. */
static int weigh(const testimony *t, const rule *r, const match *m)
{
    const token *number = &m->passage->tokens[m->number];
    int trust = r->trust;
    if (!number->counts || number->number < LEAST_N ||
        is_vetoed(t, number, r->size == SIZE_randomized))
        return 0;
    if (may_be_year(number) && (r->trust < SURE || r->size == SIZE_arm))
        return 0;
    if ((number->gap == '=') != is_equation(r))
        return 0;
    if (is_equation(r) && share_beside(m->passage, number))
        return 0;
    if (r->size != SIZE_pooled && r->size != SIZE_studies && !is_equation(r) && passes_number(m))
        return 0;
    if (r->size == SIZE_arm || r->size == SIZE_studies)
        return trust;
    if (m->passage->place == PLACE_BACKGROUND || m->passage->place == PLACE_CONCLUSION)
        trust -= 3;
    if (m->passage->place == PLACE_RESULTS && r->size != SIZE_randomized)
        trust -= 1;
    if (number->number < SMALL)
        trust -= 4;
    return is_share(m) && trust > 2 ? 2 : trust;
}

/* The matches of sizes.def, weighed once. */
typedef struct numbers {
    const testimony *t;
    int *trust; /* of each match; 0: no size, or none that counts */
} numbers;

static numbers weigh_all(arena *memory, const testimony *t)
{
    numbers all = {t, arena_alloc(memory, (t->matches.count + 1) * sizeof *all.trust)};
    for (size_t i = 0; i < t->matches.count; i++) {
        const match *m = &t->matches.items[i];
        const rule *r = rule_get(m->row);
        if (r->kind == RULE_SIZE && r->size != SIZE_veto && m->number < m->to)
            all.trust[i] = weigh(t, r, m);
    }
    return all;
}

/* Two numbers are both said to have been randomized in as many words: two trials, or two stages of
 * one; which is meant cannot be told unless the groups sum to it. */
static bool is_contested(const numbers *all, const candidate *c)
{
    for (size_t i = 0; i < all->t->matches.count && c->kind == SIZE_randomized; i++) {
        const match *m = &all->t->matches.items[i];
        if (all->trust[i] == c->trust && rule_get(m->row)->size == SIZE_randomized &&
            m->passage->tokens[m->number].number != c->number->number)
            return true;
    }
    return false;
}

/* The best number of one of the kinds (bits); false when none is worth telling. */
static bool choose(const numbers *all, unsigned kinds, candidate *out)
{
    *out = (candidate){.trust = 0};
    for (size_t i = 0; i < all->t->matches.count; i++) {
        const match *m = &all->t->matches.items[i];
        const rule *r = rule_get(m->row);
        if (all->trust[i] > out->trust && (kinds >> r->size & 1))
            *out = (candidate){m, &m->passage->tokens[m->number], all->trust[i], r->size};
    }
    return out->trust >= WORTH;
}

typedef struct arms {
    const passage *passage;
    const token *items[MOST_ARMS];
    size_t count;
    long sum;
} arms;

static bool holds(const arms *a, const token *number)
{
    for (size_t i = 0; i < a->count; i++)
        if (a->items[i] == number)
            return true;
    return false;
}

/* The `i`-th match is a group, told as "n = 88" or in words. */
static bool is_arm(const numbers *all, size_t i, bool equation)
{
    const rule *r = rule_get(all->t->matches.items[i].row);
    return all->trust[i] > 0 && r->size == SIZE_arm && is_equation(r) == equation;
}

/* The groups in the sentence of `first`, all as "n = 88" or all in words. */
static void gather_arms(const numbers *all, const match *first, bool equations, arms *out)
{
    uint32_t sentence = first->passage->tokens[first->from].sentence;
    *out = (arms){.passage = first->passage};
    for (size_t i = 0; i < all->t->matches.count; i++) {
        const match *m = &all->t->matches.items[i];
        if (m->passage != first->passage || !is_arm(all, i, equations))
            continue;
        const token *number = &m->passage->tokens[m->number];
        if (number->sentence != sentence || holds(out, number))
            continue;
        if (out->count == MOST_ARMS) {
            *out = (arms){.passage = first->passage};
            return;
        }
        out->items[out->count++] = number;
        out->sum += number->number;
    }
}

/* The sentence of the groups states `number` as a count. */
static bool is_printed_beside(const arms *a, long number)
{
    const passage *p = a->passage;
    uint32_t sentence = a->items[0]->sentence;
    for (size_t i = 0; i < p->count; i++)
        if (p->tokens[i].counts && p->tokens[i].number == number &&
            p->tokens[i].sentence == sentence && !holds(a, &p->tokens[i]))
            return true;
    return false;
}

/* "(N = 62) ... (n = 31) ... (n = 31)": one that is as large as the others together is their
 * total, or the whole that they are a part of; unless "235 women" stands beside "(n = 21) ...
 * (n = 160) ... (n = 54)". */
static long total_of(const arms *a)
{
    if (a->count && is_printed_beside(a, a->sum))
        return a->sum;
    for (size_t i = 0; a->count > 2 && i < a->count; i++)
        if (a->items[i]->number * 2 >= a->sum)
            return a->items[i]->number;
    return a->sum;
}

/* Some groups side by side sum to `number`: it is their total, and no group. */
static bool is_sum_of(const arms *a, long number)
{
    for (size_t i = 0; i < a->count; i++) {
        long sum = a->items[i]->number;
        for (size_t k = i + 1; k < a->count && sum < number; k++) {
            sum += a->items[k]->number;
            if (sum == number)
                return true;
        }
    }
    return false;
}

/* The first sentence with two groups or more. */
static bool find_arms(const numbers *all, bool equations, arms *out)
{
    for (size_t i = 0; i < all->t->matches.count; i++) {
        if (!is_arm(all, i, equations))
            continue;
        gather_arms(all, &all->t->matches.items[i], equations, out);
        if (out->count >= 2)
            return true;
    }
    return false;
}

/* The groups that `number` is one of, in its sentence. */
static bool arms_around(const numbers *all, const candidate *c, arms *out)
{
    for (int equations = 0; equations < 2; equations++) {
        gather_arms(all, c->match, equations, out);
        if (is_sum_of(out, c->number->number))
            return false;
    }
    gather_arms(all, c->match, c->number->gap == '=', out);
    return out->count >= 2 && holds(out, c->number);
}

static void settle(arena *memory, sizes *out, const candidate *c)
{
    out->n = c->number->number;
    out->kind = kind_names[c->kind];
    out->sentence = text_sentence(memory, c->match->passage, c->match->from);
    out->where = c->match->passage;
}

static void size_of_synthesis(arena *memory, sizes *out, const numbers *all)
{
    candidate c;
    if (choose(all, 1U << SIZE_studies, &c)) {
        out->studies = c.number->number;
        out->studies_sentence = text_sentence(memory, c.match->passage, c.match->from);
        out->studies_where = c.match->passage;
    }
    if (choose(all, 1U << SIZE_pooled, &c))
        settle(memory, out, &c);
}

static void settle_arms(arena *memory, sizes *out, const arms *a)
{
    size_t at = (size_t)(a->items[0] - a->passage->tokens);
    out->n = total_of(a);
    out->kind = kind_names[SIZE_arm];
    out->sentence = text_sentence(memory, a->passage, at);
    out->where = a->passage;
}

static void size_of_study(arena *memory, sizes *out, const numbers *all)
{
    candidate c;
    arms a;
    bool found = choose(
        all, 1U << SIZE_randomized | 1U << SIZE_enrolled | 1U << SIZE_analyzed | 1U << SIZE_stated,
        &c);
    if (found && arms_around(all, &c, &a)) {
        settle_arms(memory, out, &a);
        return;
    }
    bool summed = find_arms(all, true, &a) || (!found && find_arms(all, false, &a));
    /* a total below the sum of the groups is one of them, or a part of the sample */
    if (summed &&
        (!found || c.trust < TOTAL || (c.trust < SURE && c.number->number < total_of(&a))))
        settle_arms(memory, out, &a);
    else if (found && !is_contested(all, &c))
        settle(memory, out, &c);
}

void sizes_of(arena *memory, sizes *out, const testimony *t, claim design)
{
    numbers all = weigh_all(memory, t);
    *out = (sizes){0};
    switch ((int)design) {
    case CLAIM_umbrella_review:
    case CLAIM_network_meta_analysis:
    case CLAIM_meta_analysis:
    case CLAIM_systematic_review:
    case CLAIM_scoping_review: size_of_synthesis(memory, out, &all); break;
    case CLAIM_notice:
    case CLAIM_guideline:
    case CLAIM_narrative_review:
    case CLAIM_opinion:
    case CLAIM_animal:
    case CLAIM_in_vitro: break; /* what they count is no sample of people */
    default: size_of_study(memory, out, &all); break;
    }
    if (out->n && design == CLAIM_protocol)
        out->kind = "planned";
}
