/* How a name is meant where it stands: what a record says about it, or a harm, or an exclusion. */
#include "index/context.h"

/* How far, in words, what is said of names reaches. */
enum { BEFORE = 6, BEFORE_ABSENT = 3, CRITERIA = 40, AFTER = 40 };

/* What a word may do in a sentence about harms or exclusions. */
enum role {
    ROLE_HARM_KIND = 1 << 0,  /* "adverse" before a thing */
    ROLE_HARM_THING = 1 << 1, /* "events" */
    ROLE_HARM = 1 << 2,       /* a word for harms by itself */
    ROLE_LEFT_OUT = 1 << 3,   /* "excluding" */
    ROLE_VERB = 1 << 4,       /* "were" */
    ROLE_TAKEN = 1 << 5,      /* "included" */
    ROLE_EXCLUDED = 1 << 6,   /* from here on: these words themselves */
    ROLE_EXCLUSION = 1 << 7,
    ROLE_CRITERIA = 1 << 8,
    ROLE_OTHER = 1 << 9,
    ROLE_THAN = 1 << 10,
    ROLE_NOT = 1 << 11,
    ROLE_NO = 1 << 12,
    ROLE_HISTORY = 1 << 13,
    ROLE_WITHOUT = 1 << 14,
    ROLE_NON = 1 << 15,
    ROLE_PAIRS = 1 << 16 /* "or", "and" */
};
/* Roles that begin something; without them no word of a text is anything but meant. */
enum {
    ROLES_THAT_BEGIN = ROLE_HARM_KIND | ROLE_HARM | ROLE_LEFT_OUT | ROLE_VERB | ROLE_OTHER |
                       ROLE_NO | ROLE_WITHOUT | ROLE_NON
};

/* By first letter, each list ending with an empty word. */
static const struct role_word {
    str word;
    uint32_t roles;
} a_words[] = {{STR("and"), ROLE_PAIRS},      {STR("are"), ROLE_VERB},
               {STR("aes"), ROLE_HARM},       {STR("adverse"), ROLE_HARM_KIND},
               {STR("admitted"), ROLE_TAKEN}, {{0}, 0}},
  b_words[] = {{STR("been"), ROLE_VERB}, {STR("being"), ROLE_VERB}, {{0}, 0}},
  c_words[] = {{STR("considered"), ROLE_TAKEN}, {STR("criteria"), ROLE_CRITERIA}, {{0}, 0}},
  e_words[] = {{STR("effect"), ROLE_HARM_THING},
               {STR("effects"), ROLE_HARM_THING},
               {STR("eligible"), ROLE_TAKEN},
               {STR("emergent"), ROLE_HARM_KIND},
               {STR("enrolled"), ROLE_TAKEN},
               {STR("event"), ROLE_HARM_THING},
               {STR("events"), ROLE_HARM_THING},
               {STR("except"), ROLE_LEFT_OUT},
               {STR("exclude"), ROLE_LEFT_OUT},
               {STR("excluded"), ROLE_LEFT_OUT | ROLE_EXCLUDED},
               {STR("excludes"), ROLE_LEFT_OUT},
               {STR("excluding"), ROLE_LEFT_OUT},
               {STR("exclusion"), ROLE_LEFT_OUT | ROLE_EXCLUSION},
               {STR("experience"), ROLE_HARM_THING},
               {STR("experiences"), ROLE_HARM_THING},
               {{0}, 0}},
  h_words[] = {{STR("history"), ROLE_HISTORY}, {{0}, 0}},
  i_words[] = {{STR("is"), ROLE_VERB},
               {STR("included"), ROLE_TAKEN},
               {STR("invited"), ROLE_TAKEN},
               {{0}, 0}},
  n_words[] = {{STR("no"), ROLE_NO}, {STR("not"), ROLE_NOT}, {STR("non"), ROLE_NON}, {{0}, 0}},
  o_words[] = {{STR("or"), ROLE_PAIRS}, {STR("other"), ROLE_OTHER}, {{0}, 0}},
  r_words[] = {{STR("reaction"), ROLE_HARM_THING},
               {STR("reactions"), ROLE_HARM_THING},
               {STR("recruited"), ROLE_TAKEN},
               {{0}, 0}},
  s_words[] = {{STR("saes"), ROLE_HARM}, {STR("side"), ROLE_HARM_KIND}, {{0}, 0}},
  t_words[] = {{STR("than"), ROLE_THAN},         {STR("teaes"), ROLE_HARM},
               {STR("tolerability"), ROLE_HARM}, {STR("toxicities"), ROLE_HARM},
               {STR("toxicity"), ROLE_HARM},     {{0}, 0}},
  u_words[] = {{STR("undesirable"), ROLE_HARM_KIND},
               {STR("untoward"), ROLE_HARM_KIND},
               {STR("unwanted"), ROLE_HARM_KIND},
               {{0}, 0}},
  w_words[] = {
      {STR("was"), ROLE_VERB}, {STR("were"), ROLE_VERB}, {STR("without"), ROLE_WITHOUT}, {{0}, 0}};
static const struct role_word *const by_letter['z' - 'a' + 1] = {
    ['a' - 'a'] = a_words, ['b' - 'a'] = b_words, ['c' - 'a'] = c_words, ['e' - 'a'] = e_words,
    ['h' - 'a'] = h_words, ['i' - 'a'] = i_words, ['n' - 'a'] = n_words, ['o' - 'a'] = o_words,
    ['r' - 'a'] = r_words, ['s' - 'a'] = s_words, ['t' - 'a'] = t_words, ['u' - 'a'] = u_words,
    ['w' - 'a'] = w_words};

static uint32_t roles_of(str folded)
{
    if (!folded.length || folded.data[0] < 'a' || folded.data[0] > 'z')
        return 0;
    const struct role_word *row = by_letter[folded.data[0] - 'a'];
    for (; row && row->word.length; row++)
        if (row->word.length == folded.length && str_equal(row->word, folded))
            return row->roles;
    return 0;
}

struct marker {
    const context_text *text;
    const word *words;
    size_t count;
    const uint32_t *roles; /* beside the words, and three of none behind them */
    unsigned char *marks;
};

static bool has(const struct marker *m, size_t at, uint32_t role)
{
    return (m->roles[at] & role) != 0;
}

/* True when the word at `at` goes on with the one before it: in one sentence, no semicolon. */
static bool goes_on(const struct marker *m, size_t at)
{
    const word *w = &m->words[at];
    return at > 0 && w->gap != ';' && w[-1].sentence == w->sentence;
}

static void say(struct marker *m, size_t at, enum index_mark meaning)
{
    unsigned char *mark = &m->marks[at];
    if (meaning == INDEX_EXCLUDED || (*mark & INDEX_MEANING) != INDEX_EXCLUDED)
        *mark = (unsigned char)((*mark & ~(unsigned)INDEX_MEANING) | meaning);
}

/* Say so of the words behind `at`, as far as the sentence and `reach` go. */
static void say_behind(struct marker *m, size_t at, size_t reach, enum index_mark meaning)
{
    for (size_t next = at + 1; next <= at + reach && next < m->count && goes_on(m, next); next++)
        say(m, next, meaning);
}

/* "excluding those with migraine", "other than migraine"; "exclusion criteria were a, b and
 * migraine" */
static void exclude_behind(struct marker *m, size_t at)
{
    if (has(m, at, ROLE_EXCLUSION) && has(m, at + 1, ROLE_CRITERIA))
        say_behind(m, at, CRITERIA, INDEX_EXCLUDED);
    else if (has(m, at, ROLE_LEFT_OUT) || (has(m, at, ROLE_OTHER) && has(m, at + 1, ROLE_THAN)))
        say_behind(m, at, BEFORE, INDEX_EXCLUDED);
}

/* "migraine, a or b were excluded", "were not included": the next verb says it. */
static void exclude_before(struct marker *m, size_t verb)
{
    if (!has(m, verb + 1, ROLE_EXCLUDED) &&
        !(has(m, verb + 1, ROLE_NOT) && has(m, verb + 2, ROLE_TAKEN)))
        return;
    for (size_t next = verb; next + AFTER > verb && goes_on(m, next); next--) {
        say(m, next - 1, INDEX_EXCLUDED);
        if (has(m, next - 1, ROLE_VERB))
            return;
    }
}

/* "without migraine", but not "with or without migraine"; "no history of migraine"; "non-migraine"
 */
static void deny(struct marker *m, size_t at)
{
    if (has(m, at, ROLE_NON) && at + 1 < m->count && m->words[at + 1].gap == '-')
        say(m, at + 1, INDEX_ABSENT);
    bool paired = at > 0 && has(m, at - 1, ROLE_PAIRS);
    if ((has(m, at, ROLE_WITHOUT) && !paired) ||
        (has(m, at, ROLE_NO) && has(m, at + 1, ROLE_HISTORY)))
        say_behind(m, at, BEFORE_ABSENT, INDEX_ABSENT);
}

/* "adverse events included headache": words of sentences about harms that have no other mark. */
static void mark_harms(struct marker *m)
{
    for (size_t start = 0, end; start < m->count; start = end) { /* each sentence */
        bool harms = m->text->harms;
        for (end = start; end < m->count && m->words[end].sentence == m->words[start].sentence;
             end++)
            harms |= has(m, end, ROLE_HARM) ||
                     (has(m, end, ROLE_HARM_KIND) && has(m, end + 1, ROLE_HARM_THING));
        for (size_t at = start; harms && at < end; at++)
            if (!(m->marks[at] & INDEX_MEANING))
                say(m, at, INDEX_HARM);
    }
}

static bool is_capital(char letter)
{
    return letter >= 'A' && letter <= 'Z';
}

static unsigned char spelling_of(const char *text, const word *at)
{
    unsigned mark = at->gap == '(' ? INDEX_IN_PARENTHESES : 0U;
    if (at->length > 1 && is_capital(text[at->offset]) && is_capital(text[at->offset + 1]))
        mark |= INDEX_CAPITALS;
    return (unsigned char)mark;
}

unsigned char *context_marks(arena *memory, const context_text *text)
{
    size_t count = text->words->count;
    uint32_t *found = arena_room(memory, (count + 3) * sizeof *found), all = 0;
    struct marker m = {text, text->words->items, count, found, arena_room(memory, count + 1)};
    for (size_t at = 0; at < count; at++) {
        m.marks[at] = spelling_of(text->text, &m.words[at]);
        found[at] = roles_of(m.words[at].folded);
        all |= found[at];
    }
    found[count] = found[count + 1] = found[count + 2] = 0;
    for (size_t at = 0; all & ROLES_THAT_BEGIN && at < count; at++) {
        if (!(found[at] & ROLES_THAT_BEGIN))
            continue;
        exclude_behind(&m, at);
        if (has(&m, at, ROLE_VERB))
            exclude_before(&m, at);
        deny(&m, at);
    }
    if (!text->title && (text->harms || all & (ROLE_HARM | ROLE_HARM_KIND)))
        mark_harms(&m);
    return m.marks;
}
