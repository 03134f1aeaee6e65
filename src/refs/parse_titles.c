/*
 * The title, and the journal or book that holds it: by quotation marks, by "In", by the labels or,
 * where these say nothing, at the stop behind which everything looks like the name of a journal.
 */
#include "journals/journals.h"
#include "record/record.h"
#include "refs/cues.h"
#include "refs/parse.h"

enum { LONG_NAME = 9, LONGEST_ABBREVIATION = 6, LONGEST_DOTTED = 12 };

static bool is_sentence_end(const struct refs_parsing *p, size_t i)
{
    return refs_is(p, i, ".") || refs_is(p, i, "?") || refs_is(p, i, "!");
}

static bool is_connector(str word)
{
    static const char *const words[] = {"of",  "the", "and", "in",  "for", "de", "la",   "et", "on",
                                        "der", "und", "fur", "für", "&",   "to", "des",  "du", "y",
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

/* "2nd", "4th". */
static bool is_ordinal(str word)
{
    return word.length > 2 && word.length < 5 && char_is_digit(word.data[0]) &&
           char_is_letter(word.data[word.length - 1]);
}

/* True when the name of the journal ends in a stop of its own: "Neurosci. Biobehav. Rev. 30". */
static bool is_dotted(const struct refs_parsing *p, size_t end)
{
    return end > 1 && end == p->tail && refs_is(p, end - 1, ".") && refs_is_capital(p, end - 2);
}

/* True for a stop at `i` behind a single word with a capital, which another stop precedes. */
static bool is_dotted_word(const struct refs_parsing *p, size_t i)
{
    return i > 1 && refs_is(p, i, ".") && refs_is_capital(p, i - 1) &&
           refs_word(p, i - 1).length <= LONGEST_DOTTED &&
           (refs_is(p, i - 2, ".") || is_connector(refs_word(p, i - 2)) ||
            (refs_is_capital(p, i - 2) && refs_is(p, i - 3, ".")));
}

/* What a word says for (or, below 0, against) standing in the name of a journal. */
static float weigh_word(const struct refs_parsing *p, size_t i)
{
    str word = refs_word(p, i);
    if (is_journal_word(word))
        return 0.2F;
    return refs_is_capital(p, i) || is_connector(word) ? 0 : -1.5F;
}

/* What a mark or a number says against standing in the name of a journal that ends before `end`. */
static float weigh_mark(const struct refs_parsing *p, size_t i, size_t end)
{
    bool own_stop = refs_is(p, i, ".") && refs_is_capital(p, i - 1) && is_dotted(p, end);
    if (is_sentence_end(p, i) && i + 1 < end && !is_abbreviation(p, i - 1) &&
        !is_dotted_word(p, i) && !own_stop)
        return refs_is(p, i, ".") ? -1.5F : -3.0F;
    return refs_is(p, i, ":") || refs_is_number(p, i) ? -1.0F : 0;
}

/* How well the title ends at the mark `at` and a journal's name fills the rest, up to `end`. */
static float weigh(const struct refs_parsing *p, size_t at, size_t end)
{
    float weight = refs_is(p, at, ".") ? 0 : 0.5F;
    size_t words = 0;
    bool in_name = is_abbreviation(p, at - 1) || is_dotted_word(p, at);
    weight += !in_name || refs_is(p, at, "?") ? 1.0F : -1.0F;
    for (size_t i = at + 1; i < end; i++) {
        bool word = refs_is_word(p, i);
        words += word;
        weight += word ? weigh_word(p, i) : weigh_mark(p, i, end);
    }
    if (words > LONG_NAME)
        weight -= 0.4F * (float)(words - LONG_NAME);
    return words ? weight : -10;
}

/* Where the title ends in the region, by its stops; `to` when there is no such place. */
static size_t end_by_stops(const struct refs_parsing *p, struct refs_span region, float *sure)
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
    *sure = most;
    return best;
}

/* Where the title of a work without volume or pages ends: its first sentence, or its edition. */
static size_t end_of_book(const struct refs_parsing *p, struct refs_span region)
{
    for (size_t i = region.from + 1; i + 1 < region.to; i++) {
        if (is_sentence_end(p, i) && !is_abbreviation(p, i - 1) && !refs_is_glued(p, i + 1) &&
            !(refs_is(p, i, ".") && refs_word(p, i - 1).length < 2))
            return i;
        if (is_ordinal(refs_word(p, i + 1)) &&
            (refs_is(p, i + 2, "ed") || refs_is(p, i + 2, "edn") || refs_is(p, i + 2, "edition")))
            return i + !(refs_is(p, i, ",") || refs_is(p, i, "("));
    }
    return region.to;
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

/* True when the quotation is the whole title: no colon or small word goes on behind it. */
static bool is_whole_title(const struct refs_parsing *p, size_t close, size_t end)
{
    size_t small = 0;
    for (size_t i = close + 1; i < end; i++)
        small += refs_is_word(p, i) && !refs_is_capital(p, i) && !is_connector(refs_word(p, i)) &&
                 !is_journal_word(refs_word(p, i));
    return small < 3 && !refs_is(p, close + 1, ":") && !refs_is_dash(p, close + 1) &&
           (!refs_is_word(p, close + 1) || refs_is_capital(p, close + 1) ||
            str_is(refs_word(p, close + 1), "in"));
}

/* True when editors, or proceedings, are named between the tokens. */
static bool has_editors(const struct refs_parsing *p, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++)
        if (refs_is(p, i, "ed") || refs_is(p, i, "eds") || refs_is(p, i, "editors") ||
            refs_is(p, i, "Proceedings"))
            return true;
    return false;
}

/* Where "In:" or "In " announces the book that holds the chapter; `to` when nothing does. */
static size_t find_in(const struct refs_parsing *p, struct refs_span region)
{
    for (size_t i = region.from + 1; i + 2 < region.to; i++) {
        bool behind = is_sentence_end(p, i - 1) || refs_is(p, i - 1, ",") || is_quote(p, i - 1);
        if (str_is(refs_word(p, i), "In") && (refs_is(p, i + 1, ":") || behind))
            return i;
        if (str_is(refs_word(p, i), "in") && behind &&
            (refs_is(p, i + 1, ":") || (refs_is_capital(p, i + 1) && has_editors(p, i, region.to))))
            return i;
    }
    return region.to;
}

/* Over "(eds.)", "editors", "ed." and what parts them from the book's title. */
static size_t pass_editors(const struct refs_parsing *p, size_t i, size_t end, bool *said)
{
    static const char *const words[] = {"ed", "eds", "editor", "editors", "edited", "hrsg",
                                        "(",  ")",   ".",      ",",       "by",     ":",
                                        "[",  "]",   ";",      "trans"};
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
            (refs_is_year(p, region.from) && region.from == p->date.from) ||
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
    bool untitled = title.to == title.from && container.to > container.from;
    if (!p->trained || (title.to == title.from && !untitled))
        return false;
    if (untitled && p->volume.to == p->volume.from)
        return false;
    if (untitled) {
        p->container = (struct refs_span){container.from, region.to};
        return true;
    }
    if (container.to > container.from && container.from < title.to)
        return false;
    if (p->volume.to > p->volume.from) { /* nothing but marks stands around them */
        if (container.to == container.from)
            return false;
        title.from = region.from;
        container.to = region.to;
    }
    p->title = title;
    p->container = container;
    return true;
}

/* Before a volume the stops say most; elsewhere, and where they say little, the labels do. */
static void split_region(struct refs_parsing *p, struct refs_span region)
{
    bool located = p->volume.to > p->volume.from;
    bool article = located || p->pages.to > p->pages.from || p->record->doi;
    float sure = 1;
    size_t end = article ? end_by_stops(p, region, &sure) : end_of_book(p, region);
    bool untitled = labeled(p, region, REFS_TITLE).to == 0;
    if ((!located || untitled || end == region.to || sure < 0) && split_by_labels(p, region))
        return;
    bool stop = end < region.to && refs_is(p, end, ".");
    p->title = (struct refs_span){region.from, end + (end < region.to && !stop)};
    if (end < region.to && article)
        p->container = (struct refs_span){end + 1, region.to};
}

void refs_find_titles(struct refs_parsing *p)
{
    struct refs_span region = region_of(p);
    if (region.from >= region.to)
        return;
    size_t in = find_in(p, region);
    size_t quote = is_quote(p, region.from) ? end_of_quotation(p, region) : region.to;
    if (quote < region.to && is_whole_title(p, quote, in)) {
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
    } else {
        split_region(p, region);
    }
    while (p->container.to > p->container.from && p->date.to > p->date.from &&
           refs_is_year(p, p->container.to - 1) && p->date.from < p->container.from)
        p->container.to--;
}
