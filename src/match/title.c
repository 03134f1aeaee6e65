/* Titles: their common form, and how alike two of them are. */
#include "match/parts.h"

#include "base/fold.h"
#include "base/spelling.h"
#include "base/utf8.h"
#include "record/record.h"

enum { LEAST_BEGINNING = 16, ROMAN_LETTERS = 5 };

static const char *greek(uint32_t letter)
{
    static const char *const names[] = {
        "alpha", "beta",   "gamma",   "delta", "epsilon", "zeta",    "eta",  "theta", "iota",
        "kappa", "lambda", "mu",      "nu",    "xi",      "omicron", "pi",   "rho",   "sigma",
        "sigma", "tau",    "upsilon", "phi",   "chi",     "psi",     "omega"};
    enum { ALPHA = 0x3B1, OMEGA = 0x3C9 };
    return letter >= ALPHA && letter <= OMEGA ? names[letter - ALPHA] : NULL;
}

/* Folded text as words of letters and digits with one space behind each. */
static void add_words(buf *out, str folded)
{
    size_t length;
    bool inside = false;
    for (size_t at = 0; at < folded.length; at += length) {
        uint32_t letter = utf8_decode(str_part(folded, at, folded.length), &length);
        const char *name = greek(letter);
        if (name) {
            buf_add_text(out, name);
        } else if (letter == '\'') {
            continue;
        } else if (fold_is_word(letter)) {
            buf_add(out, str_part(folded, at, length));
        } else {
            if (inside)
                buf_add_byte(out, ' ');
            if (letter == '&')
                buf_add_text(out, "and ");
            inside = false;
            continue;
        }
        inside = true;
    }
    if (inside)
        buf_add_byte(out, ' ');
}

str match_letters(arena *memory, str text)
{
    buf folded = {0}, words = {0}, joined = {0};
    str word;
    fold_add(&folded, text);
    add_words(&words, buf_str(&folded));
    str rest = buf_str(&words);
    while (str_next_field(&rest, ' ', &word))
        buf_add(&joined, word);
    str made = {arena_copy(memory, buf_str(&joined)), joined.length};
    buf_free(&folded);
    buf_free(&words);
    buf_free(&joined);
    return made;
}

/* Numbers, Roman ones, single letters but "a". */
static bool decides(str word)
{
    bool roman = word.length <= ROMAN_LETTERS;
    for (size_t i = 0; i < word.length; i++) {
        if (char_is_digit(word.data[i]))
            return true;
        roman = roman && strchr("ivx", word.data[i]) != NULL;
    }
    return roman || (word.length == 1 && word.data[0] != 'a');
}

/* What a paper about another paper begins with; empty for others. */
static str notice_of(str words)
{
    static const char *const notices[] = {"erratum",
                                          "errata",
                                          "corrigendum",
                                          "corrigenda",
                                          "correction ",
                                          "corrections ",
                                          "retraction",
                                          "comment on",
                                          "comments on",
                                          "commentary on",
                                          "reply",
                                          "re ",
                                          "response to",
                                          "in reply",
                                          "author reply",
                                          "authors reply",
                                          "authors response",
                                          "editorial comment",
                                          "expression of concern",
                                          "addendum",
                                          "the authors reply",
                                          "letter to the editor",
                                          "letter re",
                                          "withdrawn",
                                          "commentary ",
                                          "invited commentary",
                                          "update to"};
    for (size_t i = 0; i < sizeof notices / sizeof *notices; i++)
        if (str_starts_with(words, str_of(notices[i])))
            return str_of(notices[i]);
    return (str){0};
}

/* The marks that citation styles put before the titles of retracted papers are not the title's. */
static str without_mark(str words)
{
    static const char *const marks[] = {"retracted article ", "retracted ", "withdrawn article "};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        str mark = str_of(marks[i]);
        if (str_starts_with(words, mark) && words.length > mark.length)
            return str_part(words, mark.length, words.length);
    }
    return words;
}

static void take_words(struct match_title *out, arena *memory, str words)
{
    buf joined = {0}, deciding = {0};
    char room[SPELLING_ROOM + 4];
    str word;
    out->notice = notice_of(words);
    while (str_next_field(&words, ' ', &word)) {
        if (decides(word)) {
            buf_add(&deciding, word);
            buf_add_byte(&deciding, ' ');
        }
        buf_add(&joined, spelling_key(word, room));
        out->words++;
    }
    out->joined = (str){arena_copy(memory, buf_str(&joined)), joined.length};
    out->deciding = (str){arena_copy(memory, buf_str(&deciding)), deciding.length};
    buf_free(&joined);
    buf_free(&deciding);
}

void match_title_make(struct match_title *out, arena *memory, const char *markup)
{
    buf plain = {0}, folded = {0}, words = {0};
    *out = (struct match_title){0};
    if (!markup)
        return;
    markup_add_text(&plain, str_of(markup));
    fold_add(&folded, buf_str(&plain));
    add_words(&words, buf_str(&folded));
    take_words(out, memory, without_mark(buf_str(&words)));
    buf_free(&plain);
    buf_free(&folded);
    buf_free(&words);
}

static double share(size_t distance, size_t length)
{
    return distance >= length ? 0 : 1.0 - (double)distance / (double)length;
}

/* The deciding words of a title that breaks off are the first ones of the whole. */
static bool deciding_agree(str a, str b, bool open)
{
    return str_equal(a, b) || (open && (str_starts_with(a, b) || str_starts_with(b, a)));
}

static void compare_unequal(struct match_likeness *out, str a, str b)
{
    size_t shorter = a.length < b.length ? a.length : b.length;
    size_t longer = a.length < b.length ? b.length : a.length;
    size_t most = longer / 4 + 1;
    size_t distance = match_distance(a, b, most, false);
    out->share = distance > most ? 0 : share(distance, longer);
    if (shorter < LEAST_BEGINNING || longer - shorter < 4)
        return;
    double beginning = share(match_distance(a, b, shorter / 10 + 1, true), shorter);
    if (beginning >= 0.93 && beginning - 0.05 > out->share) {
        out->truncated = a.length < b.length;
        out->share = beginning - 0.05;
    }
}

void match_titles(struct match_likeness *out, const struct match_title *reference,
                  const struct match_title *record)
{
    str a = reference->joined, b = record->joined;
    *out = (struct match_likeness){0};
    if (!a.length || !b.length)
        return;
    if (str_equal(a, b)) {
        out->share = 1;
        out->same = true;
        return;
    }
    compare_unequal(out, a, b);
    out->notices = !str_equal(reference->notice, record->notice);
    out->parts = !deciding_agree(reference->deciding, record->deciding, out->truncated);
}
