/*
 * The title, and the journal or book that holds it: by quotation marks, by "In", by the labels or,
 * where these say nothing, at the stop behind which everything looks like the name of a journal.
 */
#include "journals/journals.h"
#include "record/record.h"
#include "refs/cues.h"
#include "refs/parse.h"

enum { LONG_NAME = 9, LONGEST_ABBREVIATION = 6 };

static bool is_sentence_end(const struct refs_parsing *p, size_t i)
{
    return refs_is(p, i, ".") || refs_is(p, i, "?") || refs_is(p, i, "!");
}

static bool is_connector(str word)
{
    static const char *const words[] = {"of",  "the", "and", "in",  "for", "de", "la", "et", "on",
                                        "der", "und", "fur", "für", "&",   "to", "des", "du", "y",
                                        "e",   "di",  "da",  "do",  "en",  "am", "with", "a"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (str_is(word, words[i]))
            return true;
    return false;
}

static bool is_journal_word(str word)
{
    char lower[32];
    if (word.length >= sizeof lower)
        return false;
    for (size_t i = 0; i < word.length; i++)
        lower[i] = char_lower(word.data[i]);
    return journals_has_word((str){lower, word.length});
}

/* A short word with a capital, as abbreviations are: "Proc", "J", "Natl". */
static bool is_abbreviation(const struct refs_parsing *p, size_t i)
{
    str word = refs_word(p, i);
    return refs_is_capital(p, i) && word.length <= LONGEST_ABBREVIATION &&
           (word.length <= 2 || is_journal_word(word)) && !refs_has_digit(word);
}

/* How well the title ends at the mark `at` and a journal's name fills the rest, up to `end`. */
static float weigh(const struct refs_parsing *p, size_t at, size_t end)
{
    float weight = refs_is(p, at, ".") ? 0 : 0.5F;
    size_t words = 0;
    weight += !is_abbreviation(p, at - 1) || refs_is(p, at, "?") ? 1.0F : -1.0F;
    for (size_t i = at + 1; i < end; i++) {
        str word = refs_word(p, i);
        if (refs_is_word(p, i)) {
            words++;
            bool known = is_journal_word(word);
            if (!known && !refs_is_capital(p, i) && !is_connector(word))
                weight -= 1.5F;
            weight += known ? 0.2F : 0;
        } else if (is_sentence_end(p, i) && i + 1 < end && !is_abbreviation(p, i - 1)) {
            weight -= refs_is(p, i, ".") ? 1.5F : 3.0F;
        } else if (refs_is(p, i, ":") || refs_is_number(p, i)) {
            weight -= 1.0F;
        }
    }
    if (words > LONG_NAME)
        weight -= 0.4F * (float)(words - LONG_NAME);
    return words ? weight : -10;
}

/* Where the title ends in the region, by its stops; `to` when there is no such place. */
static size_t end_by_stops(const struct refs_parsing *p, struct refs_span region)
{
    size_t best = region.to;
    float most = -4.0F;
    for (size_t i = region.from + 1; i + 1 < region.to; i++) {
        if (!is_sentence_end(p, i) || (refs_is_glued(p, i + 1) && refs_is(p, i + 1, ".")))
            continue;
        if (refs_is_glued(p, i + 1) && !refs_is_capital(p, i + 1))
            continue;
        float weight = weigh(p, i, region.to);
        if (weight > most) {
            most = weight;
            best = i;
        }
    }
    return best;
}

/* The first and last token of the region that has a label. */
static struct refs_span labeled(const struct refs_parsing *p, struct refs_span region,
                                enum refs_label label)
{
    struct refs_span span = {0, 0};
    for (size_t i = region.from; i < region.to; i++) {
        if (p->tokens[i].label != label)
            continue;
        if (span.to == span.from)
            span.from = i;
        else if (label == REFS_TITLE && i > span.to + 3)
            break;
        span.to = i + 1;
    }
    return span;
}

static bool is_quote(const struct refs_parsing *p, size_t i)
{
    uint32_t c = cue_first(refs_word(p, i));
    return c == '"' || c == 0x201C || c == 0x201D || c == 0x201E || c == 0xAB || c == 0xBB ||
           c == 0x2018 || c == 0x2019 || c == '\'';
}

/* The mark that closes the quotation opened at `from`; `to` when there is none. */
static size_t end_of_quotation(const struct refs_parsing *p, struct refs_span region)
{
    for (size_t i = region.from + 2; i < region.to; i++)
        if (is_quote(p, i) && refs_is_glued(p, i) &&
            (i + 1 >= region.to || !refs_is_glued(p, i + 1) || !refs_is_word(p, i + 1)))
            return i;
    return region.to;
}

/* Where "In:" or "In " announces the book that holds the chapter; `to` when nothing does. */
static size_t find_in(const struct refs_parsing *p, struct refs_span region)
{
    for (size_t i = region.from + 1; i + 2 < region.to; i++) {
        bool behind = is_sentence_end(p, i - 1) || refs_is(p, i - 1, ",") || is_quote(p, i - 1);
        if (str_is(refs_word(p, i), "In") && (refs_is(p, i + 1, ":") || behind))
            return i;
        if (str_is(refs_word(p, i), "in") && refs_is(p, i + 1, ":") && behind)
            return i;
    }
    return region.to;
}

/* Over "(eds.)", "editors", "ed." and what parts them from the book's title. */
static size_t pass_editors(const struct refs_parsing *p, size_t i, size_t end, bool *said)
{
    static const char *const words[] = {"ed",      "eds", "editor", "editors", "edited",
                                        "hrsg",    "(",   ")",      ".",       ",",
                                        "by",      ":",   "[",      "]",       ";",
                                        "trans"};
    for (bool again = true; again && i < end;) {
        again = false;
        for (size_t k = 0; k < sizeof words / sizeof *words; k++)
            if (refs_is(p, i, words[k])) {
                again = true;
                *said = *said || k < 6;
            }
        i += again;
    }
    return i;
}

/* A chapter: its book's editors and title behind "In". */
static void split_chapter(struct refs_parsing *p, struct refs_span region, size_t in)
{
    bool said = false;
    size_t names = p->record->names.count;
    size_t from = in + 1 + refs_is(p, in + 1, ":");
    p->title = (struct refs_span){region.from, in};
    p->in_book = true;
    size_t behind = refs_take_names(p, from, region.to, "editor");
    size_t start = pass_editors(p, behind, region.to, &said);
    if (behind > from && !said) { /* no editors but the title of the book */
        p->record->names.count = names;
        start = behind = from;
    }
    p->editors = (struct refs_span){from, behind};
    size_t end = start;
    while (end < region.to && !refs_is(p, end, ".") && !refs_is(p, end, ";") &&
           !(refs_is(p, end, "(") && (refs_is(p, end + 1, "pp") || refs_is(p, end + 1, "Vol") ||
                                      refs_is(p, end + 1, "ed"))))
        end++;
    p->container = (struct refs_span){start, end};
    struct refs_span book = labeled(p, (struct refs_span){start, region.to}, REFS_CONTAINER);
    if (p->trained && book.to > book.from)
        p->container = book;
}

/* Where the titles are: behind the names, and the date when it stands there. */
static struct refs_span region_of(const struct refs_parsing *p)
{
    struct refs_span region = {p->authors.to, p->tail};
    if (p->date.to > p->date.from && p->date.from < p->authors.to + 3 && p->date.to < p->tail)
        region.from = p->date.to;
    while (region.from < region.to &&
           (refs_is(p, region.from, ".") || refs_is(p, region.from, ",") ||
            refs_is(p, region.from, ")") || refs_is(p, region.from, ":") ||
            refs_is(p, region.from, ";") || refs_is(p, region.from, "]")))
        region.from++;
    while (region.to > region.from && refs_is(p, region.to - 1, "("))
        region.to--;
    return region;
}

/* By the labels, where both are there and in the usual order. */
static bool split_by_labels(struct refs_parsing *p, struct refs_span region)
{
    struct refs_span title = labeled(p, region, REFS_TITLE);
    struct refs_span container = labeled(p, region, REFS_CONTAINER);
    if (!p->trained || title.to == title.from)
        return false;
    if (container.to > container.from && container.from < title.to)
        return false;
    bool located = p->volume.to > p->volume.from;
    if (located && container.to == container.from)
        return false;
    if (located) { /* nothing stands between them and behind them but marks */
        title.from = region.from;
        container.to = region.to;
    }
    p->title = title;
    p->container = container;
    return true;
}

void refs_find_titles(struct refs_parsing *p)
{
    struct refs_span region = region_of(p);
    if (region.from >= region.to)
        return;
    size_t in = find_in(p, region);
    size_t quote = is_quote(p, region.from) ? end_of_quotation(p, region) : region.to;
    if (quote < region.to) {
        p->quoted = true;
        p->title = (struct refs_span){region.from + 1, quote};
        region.from = quote + 1;
        while (region.from < region.to && !refs_is_word(p, region.from))
            region.from++;
        if (in < region.to && in >= quote) {
            struct refs_span title = p->title;
            split_chapter(p, region, in);
            p->title = title;
        } else {
            p->container = region;
        }
    } else if (in < region.to) {
        split_chapter(p, region, in);
    } else if (!split_by_labels(p, region)) {
        size_t end = end_by_stops(p, region);
        if (end < region.to && refs_is(p, end, "."))
            p->title = (struct refs_span){region.from, end};
        else
            p->title = (struct refs_span){region.from, end < region.to ? end + 1 : end};
        if (end < region.to && (p->volume.to > p->volume.from || p->pages.to > p->pages.from ||
                                p->record->doi))
            p->container = (struct refs_span){end + 1, region.to};
    }
}
