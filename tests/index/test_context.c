/* What is meant by a name at each word of a text: by example, and against the plain rules read word
 * by word. */
#include "check.h"
#include "index/context.h"
#include "support.h"

#include <stdio.h>
#include <string.h>

/* The marks of a text as letters beside its words: m, h, x (excluded), a (absent). */
static const char *meanings(const char *text, bool harms, bool title)
{
    static char out[400];
    arena memory = {0};
    word_list words = words_of(&memory, str_of(text));
    context_text t = {&words, text, harms, title};
    const unsigned char *marks = context_marks(&memory, &t);
    size_t length = 0;
    for (size_t i = 0; i < words.count && length + 1 < sizeof out; i++)
        out[length++] = "mhxa"[marks[i] & INDEX_MEANING];
    out[length] = '\0';
    arena_free(&memory);
    return out;
}

TEST(names_are_meant_as_a_rule)
{
    CHECK_TEXT(meanings("Acupuncture for migraine", false, false), "mmm");
    CHECK_TEXT(meanings("", false, false), "");
}

TEST(harms_are_what_sentences_about_harms_name)
{
    CHECK_TEXT(meanings("Adverse events were headache and nausea. Pain fell.", false, false),
               "hhhhhhmm");
    CHECK_TEXT(meanings("Toxicity was headache", false, false), "hhh");
    CHECK_TEXT(meanings("Adverse events were headache", false, true), "mmmm"); /* a title */
    CHECK_TEXT(meanings("Headache in two", true, false), "hhh");
    CHECK_TEXT(meanings("Without headache", true, false), "ha");
}

TEST(those_who_are_left_out_are_not_meant)
{
    CHECK_TEXT(meanings("excluding those with migraine", false, false), "mxxx");
    CHECK_TEXT(meanings("headache other than migraine", false, false), "mmxx");
    CHECK_TEXT(meanings("excluding a; migraine", false, false), "mxm");
    CHECK_TEXT(meanings("excluding them. Migraine", false, false), "mxm");
    CHECK_TEXT(meanings("excluding a b c d e f g", false, false), "mxxxxxxm");
    CHECK_TEXT(meanings("exclusion criteria a b c d e f g h", false, false), "mxxxxxxxxx");
    CHECK_TEXT(meanings("Migraine or asthma were excluded", false, true), "xxxmm");
    CHECK_TEXT(meanings("Migraine was not included", false, false), "xmmm");
    CHECK_TEXT(meanings("Migraine was seen. Asthma was excluded", false, false), "mmmxmm");
    CHECK_TEXT(meanings("Migraine was seen and asthma was excluded", false, false), "mxxxxmm");
}

TEST(what_is_absent_is_not_meant)
{
    CHECK_TEXT(meanings("patients without any known migraine", false, false), "mmaaa");
    CHECK_TEXT(meanings("with or without migraine", false, false), "mmmm");
    CHECK_TEXT(meanings("no history of migraine in them", false, false), "maaamm");
    CHECK_TEXT(meanings("non-migraine headache", false, false), "mam");
    CHECK_TEXT(meanings("non migraine", false, false), "mm");
}

TEST(capitals_and_parentheses_are_seen)
{
    arena memory = {0};
    const char *text = "Tension headache (TTH) and Tth; TH (and x) T";
    word_list words = words_of(&memory, str_of(text));
    context_text t = {&words, text, false, false};
    const unsigned char *marks = context_marks(&memory, &t);
    static const unsigned expected[] = {
        0, 0, INDEX_CAPITALS | INDEX_IN_PARENTHESES, 0, 0, INDEX_CAPITALS, INDEX_IN_PARENTHESES,
        0, 0};
    CHECK(words.count == 9);
    for (size_t i = 0; i < words.count && i < 9; i++)
        CHECK(marks[i] == expected[i]);
    arena_free(&memory);
}

/* -- the rules, for one word at a time -----------------------------------------------------------
 */

struct text {
    const word *words;
    size_t count;
};

static bool is(const struct text *t, size_t at, const char *one)
{
    return at < t->count && str_is(t->words[at].folded, one);
}

/* The word is one of those in the list, spaces around each. */
static bool is_among(const struct text *t, size_t at, const char *list)
{
    char one[64];
    if (at >= t->count || t->words[at].folded.length > 40)
        return false;
    snprintf(one, sizeof one, " %.*s ", STR_ARG(t->words[at].folded));
    return strstr(list, one) != NULL;
}

static const char left_out[] = " except exclude excluded excludes excluding exclusion ";
static const char verbs[] = " are been being is was were ";
static const char taken[] = " admitted considered eligible enrolled included invited recruited ";
static const char harm_words[] = " aes saes teaes tolerability toxicities toxicity ";
static const char harm_kinds[] = " adverse emergent side undesirable untoward unwanted ";
static const char harm_things[] =
    " effect effects event events experience experiences reaction reactions ";

/* Everything between the two words is one sentence without a semicolon. */
static bool connected(const struct text *t, size_t from, size_t to)
{
    for (size_t at = from + 1; at <= to; at++)
        if (t->words[at].gap == ';' || t->words[at].sentence != t->words[from].sentence)
            return false;
    return true;
}

static bool is_excluded(const struct text *t, size_t at)
{
    for (size_t cue = at; cue-- > 0 && at - cue <= 40;) {
        if (!connected(t, cue, at))
            continue;
        size_t reach = is(t, cue, "exclusion") && is(t, cue + 1, "criteria") ? 40 : 6;
        bool other = is(t, cue, "other") && is(t, cue + 1, "than");
        if (at - cue <= reach && (is_among(t, cue, left_out) || other))
            return true;
    }
    for (size_t verb = at + 1; verb < t->count && verb <= at + 40; verb++) {
        if (!connected(t, at, verb))
            return false;
        if (is_among(t, verb, verbs))
            return is(t, verb + 1, "excluded") ||
                   (is(t, verb + 1, "not") && is_among(t, verb + 2, taken));
    }
    return false;
}

static bool is_absent(const struct text *t, size_t at)
{
    if (at > 0 && is(t, at - 1, "non") && t->words[at].gap == '-')
        return true;
    for (size_t cue = at; cue-- > 0 && at - cue <= 3;) {
        bool paired = cue > 0 && is_among(t, cue - 1, " or and ");
        if (connected(t, cue, at) &&
            ((is(t, cue, "without") && !paired) || (is(t, cue, "no") && is(t, cue + 1, "history"))))
            return true;
    }
    return false;
}

static bool is_harm(const struct text *t, size_t at)
{
    for (size_t i = 0; i < t->count; i++)
        if (t->words[i].sentence == t->words[at].sentence &&
            (is_among(t, i, harm_words) ||
             (is_among(t, i, harm_kinds) && is_among(t, i + 1, harm_things))))
            return true;
    return false;
}

static unsigned meaning_of(const context_text *text, size_t at)
{
    struct text t = {text->words->items, text->words->count};
    if (is_excluded(&t, at))
        return INDEX_EXCLUDED;
    if (is_absent(&t, at))
        return INDEX_ABSENT;
    return !text->title && (text->harms || is_harm(&t, at)) ? INDEX_HARM : INDEX_MEANT;
}

/* Random texts of words that matter and gaps that matter. */
static void write_text(buf *b)
{
    static const char *const words[] = {
        "pain",     "pain",      "migraine", "a",       "b",      "excluding", "exclusion",
        "criteria", "other",     "than",     "were",    "was",    "is",        "excluded",
        "not",      "included",  "eligible", "without", "or",     "and",       "no",
        "history",  "non",       "adverse",  "events",  "effect", "toxicity",  "of",
        "side",     "recruited", "aes",      "except",  "TH",     "unwanted",  "reactions"};
    static const char *const gaps[] = {" ",  " ",  " ",  " ", " ",  " ",  " ",
                                       ", ", "; ", ". ", "-", " (", ". ", " - "};
    bool rare = next_random() % 2; /* cues far between: their reach ends */
    for (uint64_t left = next_random() % 120; left; left--) {
        const char *w = words[next_random() % (sizeof words / sizeof *words)];
        buf_add_text(b, rare && next_random() % 4 ? "filler" : w);
        const char *gap = gaps[next_random() % (sizeof gaps / sizeof *gaps)];
        buf_add_text(b, rare && next_random() % 5 ? " " : gap);
        if (next_random() % 9 == 0)
            buf_add_text(b, "X");
    }
}

TEST(marks_are_what_the_rules_say_of_each_word)
{
    size_t seen[4] = {0};
    for (unsigned round = 0; round < 4000; round++) {
        arena memory = {0};
        buf b = {0};
        write_text(&b);
        const char *text = buf_text(&b);
        word_list words = words_of(&memory, buf_str(&b));
        context_text t = {&words, text, round % 5 == 0, round % 7 == 0};
        const unsigned char *marks = context_marks(&memory, &t);
        for (size_t i = 0; i < words.count; i++) {
            unsigned meaning = meaning_of(&t, i);
            seen[meaning]++;
            bool agrees = (marks[i] & INDEX_MEANING) == meaning;
            CHECK(agrees);
            if (!agrees)
                fprintf(stderr, "word %zu of: %s\n", i, text);
        }
        buf_free(&b);
        arena_free(&memory);
    }
    for (size_t i = 0; i < 4; i++)
        CHECK(seen[i] > 1000);
}
