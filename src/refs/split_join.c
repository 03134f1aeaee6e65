/*
 * Joining wrapped lines.  A hyphen at the end of a line is dropped when it parts a word and kept
 * when it belongs to it: the list itself, and what compounds are made of, say which.
 */
#include "refs/cues.h"
#include "refs/split.h"

#include "base/fold.h"
#include "base/utf8.h"

#include <stdlib.h>

/* The list's words in lower case, sorted. */
struct refs_words {
    const char **items;
    size_t count;
};

enum { LONGEST_WORD = 60, LONGEST_SCHEME = 200 };

/* Where a hyphen stays: the first part ... */
static const char *const firsts[] = {
    "well",    "self",   "non",   "long",   "short", "high",   "low",      "double",  "single",
    "follow",  "cross",  "case",  "age",    "dose",  "health", "evidence", "time",    "half",
    "quasi",   "meta",   "post",  "pre",    "anti",  "semi",   "co",       "placebo", "type",
    "year",    "month",  "week",  "day",    "two",   "three",  "four",     "five",    "first",
    "second",  "third",  "large", "small",  "early", "late",   "open",     "risk",    "cost",
    "patient", "people", "life",  "drug",   "new",   "old",    "mid",      "multi",   "inter",
    "intra",   "whole",  "full",  "real",   "one",   "broad",  "wide",     "fast",    "slow",
    "end",     "on",     "off",   "in",     "out",   "up",     "down",     "over",    "under",
    "x",       "t",      "e",     "by",     "state", "left",   "right",    "hand",    "sex",
    "school",  "home",   "work",  "family", "group", "cell",   "blood",    "heart",   "brain",
    "protein", "gene",   "ligand"};
/* ... and the second. */
static const char *const seconds[] = {"based",
                                      "related",
                                      "induced",
                                      "specific",
                                      "dependent",
                                      "like",
                                      "term",
                                      "control",
                                      "controlled",
                                      "up",
                                      "blind",
                                      "blinded",
                                      "known",
                                      "free",
                                      "positive",
                                      "negative",
                                      "associated",
                                      "reported",
                                      "effectiveness",
                                      "effective",
                                      "regression",
                                      "analysis",
                                      "analyses",
                                      "of",
                                      "to",
                                      "the",
                                      "and",
                                      "in",
                                      "on",
                                      "year",
                                      "old",
                                      "week",
                                      "month",
                                      "day",
                                      "type",
                                      "mediated",
                                      "resistant",
                                      "sensitive",
                                      "label",
                                      "risk",
                                      "level",
                                      "scale",
                                      "related",
                                      "derived",
                                      "driven",
                                      "dose",
                                      "income",
                                      "quality",
                                      "care",
                                      "line",
                                      "art",
                                      "wide",
                                      "life",
                                      "sectional",
                                      "linked",
                                      "binding",
                                      "activated",
                                      "treated",
                                      "independent",
                                      "rich",
                                      "deficient",
                                      "guided",
                                      "assisted",
                                      "centered",
                                      "centred",
                                      "reactive",
                                      "response",
                                      "item",
                                      "point",
                                      "free",
                                      "onset",
                                      "stage",
                                      "phase",
                                      "group",
                                      "by",
                                      "being",
                                      "out",
                                      "off",
                                      "down",
                                      "bound",
                                      "fold",
                                      "limb",
                                      "density",
                                      "hip",
                                      "making",
                                      "seeking",
                                      "use",
                                      "user",
                                      "users",
                                      "aged",
                                      "born"};
enum { FIRSTS = sizeof firsts / sizeof *firsts, SECONDS = sizeof seconds / sizeof *seconds };

static bool is_one_of(str word, const char *const *list, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (str_equal_ignoring_case(word, str_of(list[i])))
            return true;
    return false;
}

static bool is_hyphen(uint32_t c)
{
    return c == '-' || c == 0x2010 || c == 0x2011;
}

/* The next run of letters and hyphens in `s` from `*at`. */
static str next_word(str s, size_t *at)
{
    size_t start = *at, end, length;
    bool in = false;
    for (end = *at; end < s.length; end += length) {
        uint32_t c = utf8_decode(str_part(s, end, s.length), &length);
        bool part = cue_is_letter(c) || is_hyphen(c);
        if (part && !in) {
            start = end;
            in = true;
        } else if (!part && in) {
            break;
        }
    }
    *at = end;
    return in ? str_part(s, start, end - start) : (str){"", 0};
}

/* In lower case, with plain hyphens. */
static void add_plain(buf *out, str word)
{
    for (size_t at = 0, length; at < word.length; at += length) {
        uint32_t c = utf8_decode(str_part(word, at, word.length), &length);
        if (is_hyphen(c))
            buf_add_byte(out, '-');
        else if (length == 1)
            buf_add_byte(out, char_lower(word.data[at]));
        else
            buf_add(out, str_part(word, at, length));
    }
}

static int compare_texts(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

struct refs_words *refs_words_of(arena *memory, const struct refs_lines *lines)
{
    struct refs_words *words = arena_alloc(memory, sizeof *words);
    bool hyphenates = false;
    for (size_t i = 0; i < lines->count && !hyphenates; i++) {
        uint32_t last = cue_last(lines->items[i].text);
        hyphenates = is_hyphen(last);
    }
    buf word = {0};
    for (size_t i = 0; i < lines->count && hyphenates; i++) {
        str text = lines->items[i].text;
        for (size_t at = 0; at < text.length;) {
            str found = next_word(text, &at);
            if (!found.length || found.length > LONGEST_WORD || is_hyphen(cue_last(found)))
                continue;
            buf_clear(&word);
            add_plain(&word, found);
            const char **kept =
                arena_append(memory, &words->items, &words->count, sizeof *words->items);
            *kept = arena_copy(memory, buf_str(&word));
        }
    }
    buf_free(&word);
    if (words->count)
        qsort(words->items, words->count, sizeof *words->items, compare_texts);
    return words;
}

static bool has_word(const struct refs_words *words, buf *word)
{
    const char *text = buf_text(word);
    return words->count &&
           bsearch(&text, words->items, words->count, sizeof *words->items, compare_texts);
}

/* Whether the hyphen between the two halves stays. */
static bool is_compound(str first, str second, const struct refs_words *words)
{
    buf word = {0};
    add_plain(&word, first);
    buf_add_byte(&word, '-');
    add_plain(&word, second);
    bool hyphenated = has_word(words, &word);
    buf_clear(&word);
    add_plain(&word, first);
    add_plain(&word, second);
    bool whole = has_word(words, &word);
    buf_free(&word);
    if (hyphenated != whole)
        return hyphenated;
    return is_one_of(first, firsts, FIRSTS) || is_one_of(second, seconds, SECONDS);
}

/* The letters and hyphens at the end of `s`. */
static str last_letters(str s)
{
    size_t start = s.length;
    while (start) {
        size_t at = start - 1, length;
        while (at && ((unsigned char)s.data[at] & 0xC0) == 0x80)
            at--;
        uint32_t c = utf8_decode(str_part(s, at, s.length), &length);
        if (!cue_is_letter(c) || s.length - at > LONGEST_WORD)
            break;
        start = at;
    }
    return str_part(s, start, s.length - start);
}

/* True when the last word of `s` is an address or a DOI that the next line may go on with. */
static bool ends_in_address(str s)
{
    static const str http = STR("http"), www = STR("www."), doi = STR("10.");
    size_t start = s.length;
    while (start && s.data[start - 1] != ' ' && s.length - start < LONGEST_SCHEME)
        start--;
    str word = str_part(s, start, s.length - start);
    size_t prefix = 0;
    while (prefix + doi.length < word.length && !str_starts_with(str_part(word, prefix, 3), doi))
        prefix++;
    bool slash = str_find(str_part(word, prefix, word.length), '/') < word.length - prefix;
    return str_contains_ignoring_case(word, http) || str_starts_with_ignoring_case(word, www) ||
           (prefix + doi.length < word.length && slash);
}

/* True when an address broken behind "/" or "." goes on with `next`: no word of a sentence. */
static bool goes_on_with(uint32_t last, str line)
{
    str word = cue_first_word(line);
    bool digit = false;
    for (size_t i = 0; i < word.length; i++)
        digit = digit || char_is_digit(word.data[i]);
    if (last == '.')
        return digit && !cue_is_capital(cue_first(word)) && word.length > 4;
    return cue_is_letter(cue_first(word)) || digit;
}

static void drop_last(buf *text, uint32_t c)
{
    char bytes[4];
    text->length -= utf8_encode(c, bytes);
}

void refs_join(buf *text, str line, const struct refs_words *words)
{
    str before = buf_str(text);
    uint32_t last = cue_last(before), next = cue_first(line);
    if (!before.length || !line.length) {
        buf_add(text, line);
        return;
    }
    size_t none = 0;
    bool apart = true;
    if (last == 0xAD) {
        drop_last(text, last);
        apart = false;
    } else if (ends_in_address(before)) {
        apart = !strchr("/.-_=?&#%", last < 0x80 ? (int)last : 'x') || !goes_on_with(last, line);
    } else if (is_hyphen(last)) {
        char bytes[4];
        str first = last_letters(str_part(before, 0, before.length - utf8_encode(last, bytes)));
        apart = !cue_is_letter(next) && !char_is_digit((char)next);
        if (first.length && cue_is_small(next) &&
            !is_compound(first, next_word(line, &none), words))
            drop_last(text, last);
    } else if (last == 0x2013 || last == 0x2014) {
        apart = next > 0x7F || !char_is_digit((char)next);
    }
    if (apart)
        buf_add_byte(text, ' ');
    buf_add(text, line);
}
