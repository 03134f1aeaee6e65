/*
 * Date, volume, issue and pages by their grammar: "2003;138(2):345-75", "12, 345-350 (2003)",
 * "vol. 12, no. 3, pp. 45-67".  Every place where a volume may stand is tried and weighed.
 */
#include "record/dates.h"
#include "record/pages.h"
#include "refs/cues.h"
#include "refs/parse.h"

enum { MOST_ISSUE_TOKENS = 8, ENOUGH = 4, LONGEST_VOLUME = 6 };

/* A locator that was read from a place. */
struct locator {
    struct refs_span volume, issue, pages, date;
    size_t from, end;
    int score;
    bool range;
};

static bool is_volume(const struct refs_parsing *p, size_t i)
{
    str word = refs_word(p, i);
    if (word.length > LONGEST_VOLUME)
        return false;
    if (refs_is_number(p, i))
        return true;
    if (!refs_has_digit(word)) { /* a Roman numeral */
        bool small = refs_is(p, i + 1, ",") || refs_is(p, i + 1, ":");
        for (size_t k = 0; k < word.length; k++)
            if (!strchr(small ? "IVXLCDMivx" : "IVXLCDM", word.data[k]))
                return false;
        return word.length > 1;
    }
    return char_is_digit(word.data[0]) && word.length < 5 &&
           char_is_letter(word.data[word.length - 1]);
}

static bool is_page(const struct refs_parsing *p, size_t i)
{
    return i < p->core && pages_is_page(refs_word(p, i)) && refs_word(p, i).length <= 14;
}

/* "pp.", "p.", "pages", "Article", "art. no.": behind it stand pages. */
static size_t pass_pages_word(const struct refs_parsing *p, size_t i)
{
    static const char *const words[] = {"pp", "p", "pages",   "page", "pgs",
                                        "pg", "S", "article", "art",  "Artikel"};
    size_t start = i;
    for (size_t k = 0; k < sizeof words / sizeof *words; k++) {
        if (!refs_is(p, i, words[k]) || refs_is(p, i, "S") != (words[k][0] == 'S'))
            continue;
        i++;
        i += refs_is(p, i, ".");
        if (refs_is(p, i, "no") || refs_is(p, i, "ID") || refs_is(p, i, "number") ||
            refs_is(p, i, "e"))
            i += 1 + refs_is(p, i + 1, ".");
        i += refs_is(p, i, ":");
        return is_page(p, i) ? i : start;
    }
    return start;
}

/* Pages from `i`: one, a range, several; the end, or `i`. */
static size_t read_pages(const struct refs_parsing *p, size_t i, bool *range)
{
    size_t end = i;
    *range = false;
    while (is_page(p, end)) {
        end++;
        if (refs_is(p, end, ".") && refs_is_glued(p, end) && refs_is_glued(p, end + 1) &&
            is_page(p, end + 1) && char_lower(refs_word(p, end + 1).data[0]) == 'e')
            end += 2; /* "1016.e1" */
        size_t dashes = 0;
        while (dashes < 3 && refs_is_dash(p, end + dashes))
            dashes++;
        if (dashes && is_page(p, end + dashes)) {
            *range = true;
            end += dashes + 1;
            if (refs_is(p, end, ".") && refs_is_glued(p, end) && refs_is_glued(p, end + 1) &&
                is_page(p, end + 1) && refs_has_digit(refs_word(p, end + 1)))
                end += 2; /* "1143-1149.e4" */
        } else if (dashes && end + dashes >= p->core) {
            return end;
        }
        bool more = (refs_is(p, end, ",") || refs_is(p, end, ";") || refs_is(p, end, "&")) &&
                    is_page(p, end + 1) && *range && refs_is_dash(p, end + 2) &&
                    is_page(p, end + 3) && !refs_is_year(p, end + 1);
        if (!more)
            return end;
        end++;
    }
    return end;
}

/* "no. 4", "issue 2-3": the end, or `i`. */
static size_t read_issue_number(const struct refs_parsing *p, size_t i, struct refs_span *issue)
{
    static const char *const words[] = {"no", "issue", "nr", "number", "iss", "n"};
    size_t at = i + 1 + (refs_is(p, i + 1, ".") || refs_is(p, i + 1, "\xC2\xB0"));
    if (!refs_has_digit(refs_word(p, at)))
        return i;
    for (size_t k = 0; k < sizeof words / sizeof *words; k++) {
        if (!refs_is(p, i, words[k]))
            continue;
        size_t end = at + 1;
        if ((refs_is_dash(p, end) || refs_is(p, end, "/")) && refs_is_number(p, end + 1))
            end += 2;
        *issue = (struct refs_span){at, end};
        return end;
    }
    return i;
}

/* "Suppl 1", "Pt 2": the end, or `i`. */
static size_t read_supplement(const struct refs_parsing *p, size_t i, struct refs_span *issue)
{
    static const char *const words[] = {"suppl", "supplement", "supp", "supplementum", "pt", "part",
                                        "spec",  "sup",        "S"};
    for (size_t k = 0; k < sizeof words / sizeof *words; k++) {
        if (!refs_is(p, i, words[k]))
            continue;
        size_t end = i + 1;
        end += refs_is(p, end, ".");
        if (refs_has_digit(refs_word(p, end)) && refs_word(p, end).length <= 4 &&
            !refs_is_dash(p, end + 1))
            end++;
        *issue = (struct refs_span){i, end};
        return end;
    }
    return i;
}

/* True when the issue stands between commas at `i`: "9, 11, 25-26". */
static bool is_between_commas(const struct refs_parsing *p, size_t i)
{
    return refs_is(p, i, ",") && refs_is_number(p, i + 1) && refs_is(p, i + 2, ",") &&
           is_page(p, i + 3) && (refs_is_dash(p, i + 4) || i + 5 >= p->core);
}

/* "(3)", "[Suppl 1]": the end, or `i`. */
static size_t read_bracketed_issue(const struct refs_parsing *p, size_t i, struct refs_span *issue)
{
    if (!refs_is(p, i, "(") && !refs_is(p, i, "["))
        return i;
    size_t close = i + 1;
    while (close < p->core && close - i <= MOST_ISSUE_TOKENS && !refs_is(p, close, ")") &&
           !refs_is(p, close, "]"))
        close++;
    if (close >= p->core || close - i > MOST_ISSUE_TOKENS || close == i + 1 ||
        (close == i + 2 && refs_is_year(p, i + 1)))
        return i;
    *issue = (struct refs_span){i + 1, close};
    return close + 1;
}

/* "Suppl 1", "Pt 2", "(3)", "no. 4", "issue 2": the end, or `i`. */
static size_t read_issue(const struct refs_parsing *p, size_t i, struct refs_span *issue)
{
    size_t word = i + (refs_is(p, i, ",") || refs_is(p, i, "."));
    size_t end = read_issue_number(p, word, issue);
    if (end == word)
        end = read_supplement(p, word, issue);
    if (end > word)
        return end;
    if (is_between_commas(p, i)) {
        *issue = (struct refs_span){i + 1, i + 2};
        return i + 2;
    }
    return read_bracketed_issue(p, i, issue);
}

static bool is_month(const struct refs_parsing *p, size_t i)
{
    return refs_is_word(p, i) && (date_month(refs_word(p, i)) || date_season(refs_word(p, i)));
}

/* The date that ends before `i`: "2003 Jan-Feb 15", "15 March 2003"; `i` when there is none. */
static size_t start_of_date(const struct refs_parsing *p, size_t i)
{
    size_t at = i;
    for (unsigned steps = 0; at && steps < 7; steps++) {
        size_t k = at - 1;
        if (refs_is_year(p, k)) {
            at = k;
            if (at && is_month(p, at - 1) && !refs_is(p, at - 1, "may"))
                at -=
                    at > 1 && refs_is_number(p, at - 2) && refs_word(p, at - 2).length < 3 ? 2 : 1;
            return at;
        }
        bool day = refs_is_number(p, k) && refs_word(p, k).length < 3;
        if (!day && !is_month(p, k) && !refs_is_dash(p, k) && !refs_is(p, k, "/") &&
            !refs_is(p, k, ",") && !(refs_is(p, k, ".") && k && is_month(p, k - 1)))
            return i;
        at = k;
    }
    return i;
}

/* What stands before the volume: its word, a date and what parts them. */
static void look_before(const struct refs_parsing *p, struct locator *l)
{
    size_t at = l->from;
    static const char *const words[] = {"vol", "volume", "v", "bd", "Band", "tome", "t"};
    for (size_t k = 0; k < sizeof words / sizeof *words; k++) {
        size_t back = at > 1 && refs_is(p, at - 1, ".") ? 2 : 1;
        if (at >= back && refs_is(p, at - back, words[k])) {
            l->from = at -= back;
            l->score += 3;
            break;
        }
    }
    if (!at)
        return;
    bool semicolon = refs_is(p, at - 1, ";");
    bool mark =
        semicolon || refs_is(p, at - 1, ",") || refs_is(p, at - 1, ".") || refs_is(p, at - 1, ":");
    size_t end = at - mark;
    bool paren = end > 1 && refs_is(p, end - 1, ")");
    size_t start = start_of_date(p, end - paren);
    if (start == end - paren || start == 0 || (paren && !refs_is(p, start - 1, "(")))
        return;
    l->date = (struct refs_span){start, end - paren};
    l->from = start - paren;
    l->score += semicolon ? 4 : 2;
}

/* Pages that stand behind the date: "12, no. 3 (2003): 45-67". */
static void read_pages_behind(const struct refs_parsing *p, struct locator *l)
{
    if (l->pages.to > l->pages.from || !(refs_is(p, l->end, ":") || refs_is(p, l->end, ",")))
        return;
    size_t pages = pass_pages_word(p, l->end + 1);
    size_t end = read_pages(p, pages, &l->range);
    if (end == pages || (refs_is(p, l->end, ",") && pages == l->end + 1 && !l->range))
        return;
    l->pages = (struct refs_span){pages, end};
    l->end = end;
    l->score += 3;
}

/* "(1979)" or ", 2003" behind the pages. */
static void look_behind(const struct refs_parsing *p, struct locator *l)
{
    size_t at = l->end + (refs_is(p, l->end, ",") || refs_is(p, l->end, "."));
    bool paren = refs_is(p, at, "(");
    size_t start = at + paren, end = start;
    if (l->date.to > l->date.from)
        return;
    while (end < p->core && end - start < 6 && !refs_is_year(p, end) &&
           (is_month(p, end) || refs_is(p, end, ".") || refs_is_number(p, end) ||
            refs_is_dash(p, end) || refs_is(p, end, ",")))
        end++;
    if (!refs_is_year(p, end) || end >= p->core || (!paren && at == l->end))
        return;
    end++;
    if (paren && !refs_is(p, end, ")"))
        return;
    l->date = (struct refs_span){start, end};
    l->end = end + paren;
    l->score += paren ? 4 : 2;
    read_pages_behind(p, l);
}

static bool has_year_before(const struct refs_parsing *p, size_t i)
{
    while (i-- > 0)
        if (refs_is_year(p, i))
            return true;
    return false;
}

/* Behind the volume `i`, and the second one of "12-13(4)". */
static size_t end_of_volumes(const struct refs_parsing *p, size_t i)
{
    size_t at = i + 1;
    bool two = (refs_is_dash(p, at) || refs_is(p, at, "/")) && refs_is_number(p, at + 1) &&
               (refs_is(p, at + 2, "(") || refs_is(p, at + 2, ":") || refs_is(p, at + 2, ",")) &&
               refs_is_number(p, i) && refs_word(p, at + 1).length <= LONGEST_VOLUME;
    return two ? at + 2 : at;
}

/* The issue and its supplement at `at`: the end, or `at`. */
static size_t read_issues(const struct refs_parsing *p, size_t at, struct locator *l)
{
    at = read_issue(p, at, &l->issue);
    if (l->issue.to == l->issue.from)
        return at;
    l->score += 2;
    struct refs_span second = {0, 0};
    size_t next = read_issue(p, at, &second);
    if (second.to == second.from || refs_is(p, at, ","))
        return at;
    l->issue.to = second.to;
    return next;
}

/* What the mark before the pages and their look say for them. */
static int weigh_pages(const struct refs_parsing *p, const struct locator *l, size_t at, bool last)
{
    str first = refs_word(p, l->pages.from);
    bool colon = refs_is(p, at, ":"), comma = refs_is(p, at, ","), stop = refs_is(p, at, ".");
    int score = (colon ? 3 : comma ? 1 : 0) + (l->range ? 2 : 0);
    if (last && !colon && !stop)
        score += 2;
    return score + (first.length > 2 && refs_has_digit(first) && char_is_letter(first.data[0]));
}

/* The pages that stand behind volume and issue, which end before `at`. */
static void read_pages_of(const struct refs_parsing *p, size_t at, struct locator *l)
{
    bool colon = refs_is(p, at, ":");
    bool gap = !colon && !refs_is(p, at, ",") && !refs_is(p, at, ".");
    size_t behind = at + !gap;
    behind += colon && (refs_is(p, behind, ":") || refs_is(p, behind, ","));
    size_t pages = pass_pages_word(p, behind);
    size_t end = read_pages(p, pages, &l->range);
    bool single = end == pages + 1;
    bool year = single && refs_is_year(p, pages) && !colon;
    bool last = end + refs_is(p, end, ".") >= p->core;
    bool code =
        single && char_is_letter(refs_word(p, pages).data[0]) && refs_word(p, pages).length > 4;
    l->end = at;
    if (end == pages || year || (gap && !l->score && !((l->range || code) && last)))
        return;
    l->pages = (struct refs_span){pages, end};
    l->score += weigh_pages(p, l, at, last) + (pages > behind ? 2 : 0);
    l->end = end;
}

/* True when the volume `i` looks like the year of the reference, and no other date was found. */
static bool is_year_itself(const struct refs_parsing *p, size_t i, const struct locator *l)
{
    return refs_is_year(p, i) && refs_word(p, i).length == 4 && l->date.to == l->date.from &&
           !(refs_is(p, i + 1, ":") && has_year_before(p, i));
}

/* The locator whose volume is token `i`. */
static bool read_locator(const struct refs_parsing *p, size_t i, struct locator *l)
{
    *l = (struct locator){.from = i, .volume = {i, i + 1}};
    if (!is_volume(p, i) || (i && refs_is_dash(p, i - 1) && refs_is_glued(p, i)))
        return false;
    l->volume.to = end_of_volumes(p, i);
    read_pages_of(p, read_issues(p, l->volume.to, l), l);
    look_before(p, l);
    look_behind(p, l);
    if (is_year_itself(p, i, l))
        l->score -= 4;
    bool alone = l->pages.to == l->pages.from;
    return l->score >= ENOUGH - (alone ? 0 : 1) &&
           (!alone || l->issue.to > l->issue.from || l->date.to > l->date.from);
}

/* "2012:15-59", "pp. 15-59": pages without a volume. */
static void find_pages_alone(struct refs_parsing *p)
{
    for (size_t i = p->core; i-- > 1;) {
        size_t at = pass_pages_word(p, i);
        bool range;
        if (at == i && refs_is_year(p, i - 1) && refs_is(p, i, ":"))
            at = i + 1;
        if (at == i)
            continue;
        size_t end = read_pages(p, at, &range);
        if (end > at && (range || refs_is(p, i, "p") || refs_is(p, i, "pp"))) {
            p->pages = (struct refs_span){at, end};
            p->pages_are_range = range;
            p->tail = i;
            return;
        }
    }
}

void refs_find_locator(struct refs_parsing *p)
{
    struct locator best = {.score = 0}, l;
    for (size_t i = 1; i < p->core; i++) {
        if (!read_locator(p, i, &l))
            continue;
        l.score += 2 * (l.end + 2 >= p->core) + (i * 2 > p->core);
        if (l.score >= best.score)
            best = l;
    }
    if (!best.score) {
        find_pages_alone(p);
        return;
    }
    p->tail = best.from;
    p->volume = best.volume;
    p->issue = best.issue;
    p->pages = best.pages;
    p->date = best.date;
    p->pages_are_range = best.range;
}

/*
 * The year in parentheses behind the names, before a date that a journal's name ends with:
 * "... (1992) ... J Appl Physiol (1985) 72: 575"; 0 when there is none.
 */
static size_t year_behind_names(const struct refs_parsing *p)
{
    size_t i = p->authors.to;
    while (i < p->core && i < p->authors.to + 3 && !refs_is_year(p, i))
        i++;
    bool found = p->authors.to && refs_is_year(p, i) && i < p->date.from &&
                 p->date.to <= p->volume.from && refs_is(p, i - 1, "(") && refs_is(p, i + 1, ")");
    return found ? i : 0;
}

static bool is_in(struct refs_span span, size_t i)
{
    return i >= span.from && i < span.to;
}

/* True for a year in parentheses, or directly behind the names: nothing else is meant by it. */
static bool is_certain_year(const struct refs_parsing *p, size_t i)
{
    bool open = refs_is(p, i - 1, "(") || refs_is(p, i - 1, "[");
    bool close = refs_is(p, i + 1, ")") || refs_is(p, i + 1, ",") || refs_is(p, i + 1, "]");
    return (open && close) || i == p->authors.to;
}

/* The year that is most likely the reference's; `count` when there is none. */
static size_t find_year(const struct refs_parsing *p)
{
    size_t last = p->count;
    for (size_t i = 1; i < p->core; i++) {
        if (!refs_is_year(p, i) || is_in(p->pages, i) || is_in(p->volume, i))
            continue;
        if (is_certain_year(p, i))
            return i;
        bool part = refs_is_dash(p, i - 1) || refs_is_dash(p, i + 1) || refs_is(p, i - 1, "in");
        bool labeled = p->trained && p->tokens[i].label == REFS_DATE;
        if (labeled || last == p->count || (!part && p->tokens[last].label != REFS_DATE))
            last = i;
    }
    return last;
}

/* Where the year stands when it is not beside the volume: in parentheses, behind the names, last.
 */
void refs_find_date(struct refs_parsing *p)
{
    size_t behind = year_behind_names(p);
    if (behind) {
        p->date = (struct refs_span){behind, behind + 1};
        p->tail = p->volume.from;
        return;
    }
    if (p->date.to > p->date.from)
        return;
    size_t year = find_year(p);
    if (year == p->count)
        return;
    size_t from = start_of_date(p, year + 1), to = year + 1;
    while (to < p->core && to - year < 6 && refs_is(p, year - 1, "(") && !refs_is(p, to, ")"))
        to++;
    if (from > year)
        from = year;
    p->date = (struct refs_span){from, refs_is(p, to, ")") || to == year + 1 ? to : year + 1};
    if (from > p->authors.to + 2 && from < p->tail)
        p->tail = from - refs_is(p, from - 1, "(");
}
