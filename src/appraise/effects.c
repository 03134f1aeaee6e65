/*
 * Reading effect estimates from the words of a measure on: "odds ratio for relapse 0·62 (95 % CI
 * 0.45-0.86)".  What does not fit the form in every part is not taken.
 */
#include "appraise/effects.h"

#include "appraise/decimals.h"
#include "base/buf.h"
#include "record/record.h"

#include <stdlib.h>
#include <string.h>

enum {
    LONGEST_LINK = 60,     /* between a measure and its value */
    LONGEST_UNIT = 30,     /* between a value and its interval */
    LONGEST_OUTCOME = 200, /* more is no name of an outcome */
    SHORTEST_OUTCOME = 3,
};

static const double LEAST_LEVEL = 50, MOST_LEVEL = 99.99;

/* What is read behind a measure. */
typedef struct estimate {
    str link, unit;
    decimal value, low, high;
    decimal level;
    const char *end;
} estimate;

/* "(OR)", "[aHR]" behind the words of a measure. */
static const char *past_abbreviation(const char *c)
{
    const char *at = decimal_past(c, " ");
    if (*at != '(' && *at != '[')
        return c;
    const char *from = ++at;
    while (char_is_letter(*at))
        at++;
    return at - from >= 2 && at - from <= 5 && (*at == ')' || *at == ']') ? at + 1 : c;
}

/* The words between a measure and its value; NULL when another thing stands there. */
static const char *read_link(const char *c, str *link)
{
    const char *from = c = decimal_past(past_abbreviation(c), " ,:;=([");
    for (; *c && c - from <= LONGEST_LINK; c++) {
        decimal unused;
        if (decimal_read(&unused, c)) {
            *link = str_trim((str){from, (size_t)(c - from)});
            return c;
        }
        if (strchr(".;=:([", *c) && !strchr("=:", *c))
            return NULL;
        if (strchr("=:", *c))
            return decimal_read(&unused, decimal_past(c, " =:")) ? read_link(c, link) : NULL;
    }
    return NULL;
}

/* "P = 0.03, " between a value and its interval. */
static const char *past_p_value(const char *c)
{
    decimal unused;
    if (*c != 'p' && *c != 'P')
        return c;
    const char *at = decimal_past(c + 1, " =<>");
    const char *end = at > c + 1 ? decimal_read(&unused, at) : NULL;
    return end ? decimal_past(end, " ,;") : c;
}

static const char *past_word(const char *c, const char *word)
{
    size_t length = strlen(word);
    return str_starts_with_ignoring_case((str){c, strnlen(c, length)}, str_of(word)) ? c + length
                                                                                     : NULL;
}

/* "CI", "confidence interval [CI]", "CrI"; NULL when no interval is named. */
static const char *past_interval(const char *c)
{
    static const char *const names[] = {"confidence intervals",
                                        "confidence interval",
                                        "confidence limits",
                                        "credible intervals",
                                        "credible interval",
                                        "credibility interval",
                                        "credibility intervals",
                                        "CIs",
                                        "CI",
                                        "CrIs",
                                        "CrI"};
    const char *end = NULL;
    for (size_t i = 0; i < sizeof names / sizeof *names && !end; i++)
        end = past_word(c, names[i]);
    return end && !char_is_letter(*end) ? past_abbreviation(end) : NULL;
}

static const char *past_percent(const char *c)
{
    static const char *const signs[] = {"%", "per cent", "percent"};
    c = decimal_past(c, " ");
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        const char *end = past_word(c, signs[i]);
        if (end)
            return end;
    }
    return NULL;
}

/* "95 % CI", "CI 95%"; NULL when it is none. */
static const char *read_level(const char *c, decimal *level)
{
    const char *first = past_interval(c);
    const char *end = decimal_read(level, first ? decimal_past(first, " ") : c);
    end = end ? past_percent(end) : NULL;
    if (!end || level->number < LEAST_LEVEL || level->number > MOST_LEVEL)
        return NULL;
    return first ? end : past_interval(decimal_past(end, " -"));
}

/* The unit behind a value, up to the interval: "%", " points". */
static const char *read_unit(const char *c, str *unit)
{
    const char *from = c;
    while (*c && c - from <= LONGEST_UNIT && !strchr(",;([.=", *c) && !char_is_digit(*c))
        c++;
    if (!*c || c - from > LONGEST_UNIT || char_is_digit(*c))
        c = from;
    *unit = str_trim((str){from, (size_t)(c - from)});
    return c;
}

/* "%" or the unit again, behind a bound. */
static const char *past_unit(const char *c, str unit)
{
    const char *at = decimal_past(c, " ");
    if (*at == '%')
        return at + 1;
    return unit.length && str_starts_with((str){at, strnlen(at, unit.length)}, unit)
               ? at + unit.length
               : c;
}

static const char *past_between(const char *c)
{
    static const char *const words[] = {"to ", "and ", "through "};
    c = decimal_past(c, " ");
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        const char *end = past_word(c, words[i]);
        if (end)
            return decimal_past(end, " ");
    }
    const char *end = decimal_past_dash(c);
    if (end == c && (*c == ',' || *c == ';'))
        end++;
    return end == c ? NULL : decimal_past(end, " ");
}

static const char *read_bounds(const char *c, estimate *e)
{
    static const char *const words[] = {"from ", "of ", "was ", "between ", "ranging from "};
    c = decimal_past(c, " ,:;=([");
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        const char *end = past_word(c, words[i]);
        c = end ? decimal_past(end, " ([") : c;
    }
    c = decimal_read(&e->low, c);
    c = c ? past_between(past_unit(c, e->unit)) : NULL;
    return c ? decimal_read(&e->high, c) : NULL;
}

static bool is_sound(const estimate *e, int scale)
{
    return e->low.number <= e->value.number && e->value.number <= e->high.number &&
           (scale != SCALE_RATIO || e->low.number > 0) &&
           (scale != SCALE_SHARE || e->low.number >= 0);
}

/* Read the estimate behind a measure that ends at `c`. */
static bool read_estimate(estimate *e, const char *c, int scale)
{
    *e = (estimate){0};
    c = read_link(c, &e->link);
    c = c ? decimal_read(&e->value, c) : NULL;
    if (!c)
        return false;
    c = decimal_past(read_unit(c, &e->unit), " ,;([");
    c = read_level(decimal_past(past_p_value(c), " ([,;"), &e->level);
    e->end = c ? read_bounds(c, e) : NULL;
    return e->end && is_sound(e, scale);
}

/* -- its words ----------------------------------------------------------------------------------
 */

static bool is_capital(const passage *p, const match *m)
{
    const token *last = &p->tokens[m->to - 1];
    for (uint32_t i = last->length >= 3; i < last->length; i++) {
        char c = p->text[last->offset + i];
        if (!(c >= 'A' && c <= 'Z') && !(c == 's' && i + 1 == last->length))
            return false;
    }
    return true;
}

/* The token from which the words of a measure, with its qualifier, are counted. */
static size_t find_qualifier(const reading *r, const match *m, const char **name)
{
    const token *short_form = &m->passage->tokens[m->from];
    *name =
        short_form->length == 3 && m->passage->text[short_form->offset] == 'a' ? "adjusted" : NULL;
    for (size_t i = 0; i < r->matches.count; i++) {
        const match *q = &r->matches.items[i];
        if (reading_is(r, i, FACT_QUALIFIER) && q->passage == m->passage && q->to == m->from) {
            *name = fact_rule_get(q->row)->name;
            return q->from;
        }
    }
    return m->from;
}

static bool is_blank_or_mark(char c)
{
    return char_is_space(c) || strchr(",;:.([-)]%", c);
}

/* The words that stand in front of a measure in its clause. */
static str clause_before(const passage *p, size_t first, const char *after)
{
    size_t start = first;
    while (start > 0 && p->tokens[start - 1].sentence == p->tokens[first].sentence)
        start--;
    const char *from = p->text + p->tokens[start].offset, *to = p->text + p->tokens[first].offset;
    if (after && after > from && after < to)
        from = after;
    for (const char *c = from; c < to; c++)
        if (*c == ';')
            from = c + 1;
    while (from < to && is_blank_or_mark(*from))
        from++;
    const char *and = past_word(from, "and ");
    if (and)
        from = and;
    while (to > from && is_blank_or_mark(to[-1]))
        to--;
    return (str){from, from < to ? (size_t)(to - from) : 0};
}

/* "relapse was" without its verb and marks. */
static str without_verb(str words)
{
    static const char *const verbs[] = {" was", " were", " is", " are", " being"};
    while (words.length && strchr(" ,:=", words.data[words.length - 1]))
        words.length--;
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++) {
        size_t length = strlen(verbs[i]);
        if (words.length > length &&
            str_equal_ignoring_case(str_part(words, words.length - length, length),
                                    str_of(verbs[i])))
            return str_part(words, 0, words.length - length);
    }
    return words;
}

static const char *outcome_of(arena *memory, const match *m, size_t first, str link,
                              const char *after)
{
    static const char *const prepositions[] = {"for ", "of ", "in "};
    for (size_t i = 0; i < sizeof prepositions / sizeof *prepositions; i++) {
        str part = str_of(prepositions[i]);
        if (str_starts_with_ignoring_case(link, part) && link.length > part.length + 2) {
            str words = str_part(link, part.length, link.length);
            words = without_verb(words);
            return words.length < SHORTEST_OUTCOME ? NULL : arena_copy(memory, words);
        }
    }
    str clause = clause_before(m->passage, first, after);
    return clause.length < SHORTEST_OUTCOME || clause.length > LONGEST_OUTCOME
               ? NULL
               : arena_copy(memory, clause);
}

static const char *say(arena *memory, const osler_effect *effect, const estimate *e)
{
    buf b = {0};
    if (effect->qualifier)
        buf_printf(&b, "%s ", effect->qualifier);
    buf_printf(&b, "%s ", effect->measure);
    decimal_add(&b, &e->value);
    if (effect->unit)
        buf_printf(&b, "%s%s", *effect->unit == '%' ? "" : " ", effect->unit);
    buf_add_text(&b, " (");
    decimal_add(&b, &e->level);
    buf_add_text(&b, "% CI ");
    decimal_add(&b, &e->low);
    buf_add_text(&b, " to ");
    decimal_add(&b, &e->high);
    buf_add_byte(&b, ')');
    const char *text = arena_copy(memory, buf_str(&b));
    buf_free(&b);
    return text;
}

static void add_effect(arena *memory, osler_effect_list *out, const reading *r, const match *m,
                       const estimate *e, const char *after)
{
    const fact_rule *rule = fact_rule_get(m->row);
    osler_effect effect = {.measure = rule->name,
                           .value = e->value.number,
                           .low = e->low.number,
                           .high = e->high.number,
                           .level = e->level.number,
                           .is_ratio = rule->detail == SCALE_RATIO,
                           .unit = e->unit.length ? arena_copy(memory, e->unit) : NULL,
                           .sentence = text_sentence(memory, m->passage, m->from),
                           .place = fact_place(memory, m->passage)};
    size_t first = find_qualifier(r, m, &effect.qualifier);
    effect.outcome = outcome_of(memory, m, first, e->link, after);
    effect.text = say(memory, &effect, e);
    *(osler_effect *)RECORD_ADD(memory, out) = effect;
}

/* A match of a measure that can be one where it stands. */
static bool names_measure(const reading *r, size_t i)
{
    const match *m = &r->matches.items[i];
    return reading_is(r, i, FACT_MEASURE) ||
           (reading_is(r, i, FACT_SHORT) && is_capital(m->passage, m));
}

/* An estimate and the measure it was read behind. */
typedef struct candidate {
    const match *match;
    estimate estimate;
} candidate;

/* Of several measures in front of one value the nearest is meant, of those that end together the
 * longest: "standardized mean difference". */
static bool is_better(const match *a, const match *b)
{
    return a->to > b->to || (a->to == b->to && a->from < b->from);
}

static void add_candidate(arena *memory, candidate **items, size_t *count, candidate c)
{
    for (size_t i = 0; i < *count; i++) {
        candidate *other = &(*items)[i];
        if (other->estimate.value.printed.data != c.estimate.value.printed.data)
            continue;
        if (is_better(c.match, other->match))
            *other = c;
        return;
    }
    *(candidate *)arena_append(memory, items, count, sizeof c) = c;
}

static int by_place(const void *a, const void *b)
{
    const candidate *first = a, *second = b;
    const match *m = first->match, *n = second->match;
    if (m->passage != n->passage)
        return m->passage < n->passage ? -1 : 1; /* of one array */
    return (first->estimate.end > second->estimate.end) -
           (first->estimate.end < second->estimate.end);
}

void effects_of(arena *memory, osler_effect_list *out, const reading *r)
{
    candidate *items = NULL;
    size_t count = 0;
    for (size_t i = 0; i < r->matches.count && count < MOST_EFFECTS; i++) {
        candidate c = {.match = &r->matches.items[i]};
        if (!names_measure(r, i))
            continue;
        const passage *p = c.match->passage;
        const token *last = &p->tokens[c.match->to - 1];
        if (read_estimate(&c.estimate, p->text + last->offset + last->length,
                          fact_rule_get(c.match->row)->detail))
            add_candidate(memory, &items, &count, c);
    }
    if (count)
        qsort(items, count, sizeof *items, by_place);
    for (size_t i = 0; i < count; i++) {
        bool follows = i > 0 && items[i - 1].match->passage == items[i].match->passage;
        add_effect(memory, out, r, items[i].match, &items[i].estimate,
                   follows ? items[i - 1].estimate.end : NULL);
    }
}
