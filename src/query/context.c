/* How a name of a condition is meant: what a record says about it, or a harm, or an exclusion. */
#include "query/match.h"

#include <string.h>

enum { BEFORE = 6, BEFORE_ABSENT = 3, CRITERIA = 40, AFTER = 40 };

static bool is(const match_text *t, size_t at, const char *one)
{
    return at < t->words.count && str_is(t->words.items[at].folded, one);
}

static bool is_any(const match_text *t, size_t at, const char *const *list)
{
    for (; *list; list++)
        if (is(t, at, *list))
            return true;
    return false;
}

/* True when two words stand in one sentence with no semicolon before the second. */
static bool joined(const match_text *t, size_t a, size_t b)
{
    if (t->words.items[a].sentence != t->words.items[b].sentence)
        return false;
    for (size_t i = a + 1; i <= b; i++)
        if (t->words.items[i].gap == ';')
            return false;
    return true;
}

/* "adverse events included headache": the sentence is about harms. */
static bool in_harms(const match_text *t, size_t from)
{
    static const char *const kinds[] = {"adverse",  "side",     "undesirable", "unwanted",
                                        "untoward", "emergent", NULL};
    static const char *const things[] = {"event",      "events",      "effect",
                                         "effects",    "reaction",    "reactions",
                                         "experience", "experiences", NULL};
    static const char *const alone[] = {"aes",        "saes",         "teaes", "toxicity",
                                        "toxicities", "tolerability", NULL};
    uint32_t sentence = t->words.items[from].sentence;
    size_t start = from;
    while (start > 0 && t->words.items[start - 1].sentence == sentence)
        start--;
    for (size_t i = start; i < t->words.count && t->words.items[i].sentence == sentence; i++)
        if ((is_any(t, i, kinds) && is_any(t, i + 1, things)) || is_any(t, i, alone))
            return true;
    return false;
}

/* "excluding those with migraine", "other than migraine"; "exclusion criteria were a, b and
 * migraine"
 */
static bool excluded_before(const match_text *t, size_t from)
{
    static const char *const signs[] = {"exclude",   "excludes", "excluded", "excluding",
                                        "exclusion", "except",   NULL};
    for (size_t back = 1; back <= CRITERIA && back <= from; back++) {
        size_t at = from - back;
        if (!joined(t, at, from))
            return false;
        if (is(t, at, "exclusion") && is(t, at + 1, "criteria"))
            return true;
        if (back <= BEFORE &&
            (is_any(t, at, signs) || (is(t, at, "other") && is(t, at + 1, "than"))))
            return true;
    }
    return false;
}

/* "migraine, a or b were excluded", "were not included": the next verb says it. */
static bool excluded_after(const match_text *t, size_t to)
{
    static const char *const verbs[] = {"was", "were", "are", "is", "been", "being", NULL};
    static const char *const taken[] = {"included",  "eligible", "enrolled",   "invited",
                                        "recruited", "admitted", "considered", NULL};
    for (size_t at = to; at < t->words.count && at < to + AFTER; at++) {
        if (!joined(t, to - 1, at))
            return false;
        if (is_any(t, at, verbs))
            return is(t, at + 1, "excluded") || (is(t, at + 1, "not") && is_any(t, at + 2, taken));
    }
    return false;
}

/* "without migraine", but not "with or without migraine"; "no history of migraine"; "non-migraine"
 */
static bool absent(const match_text *t, size_t from)
{
    if (from > 0 && is(t, from - 1, "non") && t->words.items[from].gap == '-')
        return true;
    for (size_t back = 1; back <= BEFORE_ABSENT && back <= from; back++) {
        size_t at = from - back;
        if (!joined(t, at, from))
            return false;
        bool paired = at > 0 && (is(t, at - 1, "or") || is(t, at - 1, "and"));
        if (is(t, at, "without") && !paired)
            return true;
        if (is(t, at, "no") && is(t, at + 1, "history"))
            return true;
    }
    return false;
}

enum match_meaning match_meaning_of(const match_text *t, size_t from, size_t to)
{
    if (excluded_before(t, from) || excluded_after(t, to))
        return MATCH_EXCLUDED;
    if (absent(t, from))
        return MATCH_ABSENT;
    if (t->field == MATCH_TITLE || t->field == MATCH_KEYWORDS)
        return MATCH_MEANT;
    return t->harms || in_harms(t, from) ? MATCH_HARM : MATCH_MEANT;
}
