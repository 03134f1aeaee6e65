/* How a name of a condition is meant: what a record says about it, or a harm, or an exclusion. */
#include "index/context.h"

#include <string.h>

enum { BEFORE = 6, BEFORE_ABSENT = 3, CRITERIA = 40, AFTER = 40 };

/* What a word may do in a sentence about harms or exclusions. */
enum role {
    ROLE_HARM_KIND = 1 << 0,  /* "adverse" before a thing */
    ROLE_HARM_THING = 1 << 1, /* "events" */
    ROLE_HARM = 1 << 2,       /* a word for harms by itself */
    ROLE_LEFT_OUT = 1 << 3,   /* "excluding" */
    ROLE_VERB = 1 << 4,       /* "were" */
    ROLE_TAKEN = 1 << 5,      /* "included" */
    ROLE_IN_HARMS = 1 << 6    /* stands in a sentence about harms */
};

static const struct {
    const char *word;
    unsigned roles;
} roles[] = {
    {"admitted", ROLE_TAKEN},
    {"adverse", ROLE_HARM_KIND},
    {"aes", ROLE_HARM},
    {"are", ROLE_VERB},
    {"been", ROLE_VERB},
    {"being", ROLE_VERB},
    {"considered", ROLE_TAKEN},
    {"effect", ROLE_HARM_THING},
    {"effects", ROLE_HARM_THING},
    {"eligible", ROLE_TAKEN},
    {"emergent", ROLE_HARM_KIND},
    {"enrolled", ROLE_TAKEN},
    {"event", ROLE_HARM_THING},
    {"events", ROLE_HARM_THING},
    {"except", ROLE_LEFT_OUT},
    {"exclude", ROLE_LEFT_OUT},
    {"excluded", ROLE_LEFT_OUT},
    {"excludes", ROLE_LEFT_OUT},
    {"excluding", ROLE_LEFT_OUT},
    {"exclusion", ROLE_LEFT_OUT},
    {"experience", ROLE_HARM_THING},
    {"experiences", ROLE_HARM_THING},
    {"included", ROLE_TAKEN},
    {"invited", ROLE_TAKEN},
    {"is", ROLE_VERB},
    {"reaction", ROLE_HARM_THING},
    {"reactions", ROLE_HARM_THING},
    {"recruited", ROLE_TAKEN},
    {"saes", ROLE_HARM},
    {"side", ROLE_HARM_KIND},
    {"teaes", ROLE_HARM},
    {"tolerability", ROLE_HARM},
    {"toxicities", ROLE_HARM},
    {"toxicity", ROLE_HARM},
    {"undesirable", ROLE_HARM_KIND},
    {"untoward", ROLE_HARM_KIND},
    {"unwanted", ROLE_HARM_KIND},
    {"was", ROLE_VERB},
    {"were", ROLE_VERB},
};

static unsigned roles_of(str folded)
{
    size_t low = 0, high = sizeof roles / sizeof *roles;
    while (low < high) {
        size_t middle = (low + high) / 2;
        int order = str_compare(folded, str_of(roles[middle].word));
        if (order == 0)
            return roles[middle].roles;
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return 0;
}

/* The text at work. */
struct reading {
    const word_list *words;
    unsigned char *roles; /* beside the words */
};

static bool is(const struct reading *t, size_t at, const char *one)
{
    return at < t->words->count && str_is(t->words->items[at].folded, one);
}

static bool has(const struct reading *t, size_t at, unsigned role)
{
    return at < t->words->count && t->roles[at] & role;
}

static void mark_roles(arena *memory, struct reading *t)
{
    size_t count = t->words->count;
    t->roles = arena_alloc(memory, count + 1);
    for (size_t i = 0; i < count; i++)
        t->roles[i] = (unsigned char)roles_of(t->words->items[i].folded);
    for (size_t start = 0, end; start < count; start = end) { /* each sentence */
        bool harms = false; /* "adverse events included headache" */
        for (end = start;
             end < count && t->words->items[end].sentence == t->words->items[start].sentence; end++)
            harms |= has(t, end, ROLE_HARM) ||
                     (has(t, end, ROLE_HARM_KIND) && has(t, end + 1, ROLE_HARM_THING));
        for (size_t i = start; harms && i < end; i++)
            t->roles[i] |= ROLE_IN_HARMS;
    }
}

/* True when the word at `at` goes on with the one before it: in one sentence, no semicolon. */
static bool goes_on(const struct reading *t, size_t at)
{
    const word *w = &t->words->items[at];
    return at > 0 && w->gap != ';' && w[-1].sentence == w->sentence;
}

/* "excluding those with migraine", "other than migraine"; "exclusion criteria were a, b and
 * migraine"
 */
static bool excluded_before(const struct reading *t, size_t from)
{
    for (size_t back = 1; back <= CRITERIA && back <= from; back++) {
        size_t at = from - back;
        if (!goes_on(t, at + 1))
            return false;
        if (has(t, at, ROLE_LEFT_OUT) &&
            (back <= BEFORE || (is(t, at, "exclusion") && is(t, at + 1, "criteria"))))
            return true;
        if (back <= BEFORE && is(t, at, "other") && is(t, at + 1, "than"))
            return true;
    }
    return false;
}

/* "migraine, a or b were excluded", "were not included": the next verb says it. */
static bool excluded_after(const struct reading *t, size_t to)
{
    for (size_t at = to; at < t->words->count && at < to + AFTER; at++) {
        if (!goes_on(t, at))
            return false;
        if (has(t, at, ROLE_VERB))
            return is(t, at + 1, "excluded") ||
                   (is(t, at + 1, "not") && has(t, at + 2, ROLE_TAKEN));
    }
    return false;
}

/* "without migraine", but not "with or without migraine"; "no history of migraine"; "non-migraine"
 */
static bool absent(const struct reading *t, size_t from)
{
    if (from > 0 && is(t, from - 1, "non") && t->words->items[from].gap == '-')
        return true;
    for (size_t back = 1; back <= BEFORE_ABSENT && back <= from; back++) {
        size_t at = from - back;
        if (!goes_on(t, at + 1))
            return false;
        bool paired = at > 0 && (is(t, at - 1, "or") || is(t, at - 1, "and"));
        if (is(t, at, "without") && !paired)
            return true;
        if (is(t, at, "no") && is(t, at + 1, "history"))
            return true;
    }
    return false;
}

static unsigned meaning_of(const struct reading *t, const context_text *text, size_t at)
{
    if (excluded_before(t, at) || excluded_after(t, at + 1))
        return INDEX_EXCLUDED;
    if (absent(t, at))
        return INDEX_ABSENT;
    if (text->title)
        return INDEX_MEANT;
    return text->harms || has(t, at, ROLE_IN_HARMS) ? INDEX_HARM : INDEX_MEANT;
}

static bool is_capital(char c)
{
    return c >= 'A' && c <= 'Z';
}

unsigned char *context_marks(arena *memory, const context_text *text)
{
    struct reading t = {text->words, NULL};
    unsigned char *marks = arena_alloc(memory, text->words->count + 1);
    mark_roles(memory, &t);
    for (size_t i = 0; i < text->words->count; i++) {
        const word *w = &text->words->items[i];
        bool capitals = w->length > 1 && is_capital(text->text[w->offset]) &&
                        is_capital(text->text[w->offset + 1]);
        marks[i] = (unsigned char)(meaning_of(&t, text, i) | (capitals ? INDEX_CAPITALS : 0) |
                                   (w->gap == '(' ? INDEX_IN_PARENTHESES : 0));
    }
    return marks;
}
