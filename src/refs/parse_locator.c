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

/* "Suppl 1", "Pt 2", "(3)", "no. 4", "issue 2": the end, or `i`. */
static size_t read_issue(const struct refs_parsing *p, size_t i, struct refs_span *issue)
{
    static const char *const supplements[] = {
        "suppl", "supplement", "supp", "supplementum", "pt", "part", "spec", "sup", "S"};
    static const char *const numbers[] = {"no", "issue", "nr", "number", "iss", "n"};
    size_t start = i;
    if (refs_is(p, i, ",") || refs_is(p, i, "."))
        i++;
    for (size_t k = 0; k < sizeof numbers / sizeof *numbers; k++) {
        size_t at = i + 1 + (refs_is(p, i + 1, ".") || refs_is(p, i + 1, "\xC2\xB0"));
        if (!refs_is(p, i, numbers[k]) || !refs_has_digit(refs_word(p, at)))
            continue;
        size_t end = at + 1;
        if ((refs_is_dash(p, end) || refs_is(p, end, "/")) && refs_is_number(p, end + 1))
            end += 2;
        *issue = (struct refs_span){at, end};
        return end;
    }
    for (size_t k = 0; k < sizeof supplements / sizeof *supplements; k++) {
        if (!refs_is(p, i, supplements[k]))
            continue;
        size_t end = i + 1;
        end += refs_is(p, end, ".");
        if (refs_has_digit(refs_word(p, end)) && refs_word(p, end).length <= 4 &&
            !refs_is_dash(p, end + 1))
            end++;
        *issue = (struct refs_span){i, end};
        return end;
    }
    if (refs_is(p, start, ",") && refs_is_number(p, start + 1) && refs_is(p, start + 2, ",") &&
        is_page(p, start + 3) &&
        (refs_is_dash(p, start + 4) || start + 5 >= p->core)) { /* "9, 11, 25-26" */
        *issue = (struct refs_span){start + 1, start + 2};
        return start + 2;
    }
    if (!refs_is(p, start, "(") && !refs_is(p, start, "["))
        return start;
    size_t close = start + 1;
    while (close < p->core && close - start <= MOST_ISSUE_TOKENS && !refs_is(p, close, ")") &&
           !refs_is(p, close, "]"))
        close++;
    if (close >= p->core || close - start > MOST_ISSUE_TOKENS || close == start + 1 ||
        (close == start + 2 && refs_is_year(p, start + 1)))
        return start;
    *issue = (struct refs_span){start + 1, close};
    return close + 1;
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

/* The locator whose volume is token `i`. */
static bool read_locator(const struct refs_parsing *p, size_t i, struct locator *l)
{
    *l = (struct locator){.from = i, .volume = {i, i + 1}};
    if (!is_volume(p, i) || (i && refs_is_dash(p, i - 1) && refs_is_glued(p, i)))
        return false;
    size_t at = i + 1;
    if ((refs_is_dash(p, at) || refs_is(p, at, "/")) && refs_is_number(p, at + 1) &&
        (refs_is(p, at + 2, "(") || refs_is(p, at + 2, ":") || refs_is(p, at + 2, ",")) &&
        refs_is_number(p, i) && refs_word(p, at + 1).length <= LONGEST_VOLUME)
        l->volume.to = at = at + 2; /* "12-13(4)" */
    struct refs_span second = {0, 0};
    at = read_issue(p, at, &l->issue);
    if (l->issue.to > l->issue.from) {
        size_t next = read_issue(p, at, &second);
        if (second.to > second.from && !refs_is(p, at, ",")) {
            l->issue.to = second.to;
            at = next;
        }
        l->score += 2;
    }
    bool colon = refs_is(p, at, ":"), comma = refs_is(p, at, ","), stop = refs_is(p, at, ".");
    bool gap = !colon && !comma && !stop;
    size_t behind = at + !gap;
    behind += colon && (refs_is(p, behind, ":") || refs_is(p, behind, ","));
    size_t pages = pass_pages_word(p, behind);
    size_t end = read_pages(p, pages, &l->range);
    bool year = end == pages + 1 && refs_is_year(p, pages) && !colon;
    bool last = end + refs_is(p, end, ".") >= p->core;
    bool code = end == pages + 1 && char_is_letter(refs_word(p, pages).data[0]) &&
                refs_word(p, pages).length > 4;
    if (end > pages && !year && (!gap || l->score || ((l->range || code) && last))) {
        l->pages = (struct refs_span){pages, end};
        l->score += (colon ? 3 : comma ? 1 : 0) + (l->range ? 2 : 0) + (pages > behind ? 2 : 0);
        str first = refs_word(p, pages);
        l->score += (last && (comma || gap)) * 2;
        l->score += first.length > 2 && refs_has_digit(first) && char_is_letter(first.data[0]);
        l->end = end;
    } else {
        l->end = at;
    }
    look_before(p, l);
    look_behind(p, l);
    if (refs_is_year(p, i) && refs_word(p, i).length == 4 && l->date.to == l->date.from &&
        !(refs_is(p, i + 1, ":") && has_year_before(p, i)))
        l->score -= 4; /* the year itself */
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

/* Where the year stands when it is not beside the volume: in parentheses, behind the names, last.
 */
void refs_find_date(struct refs_parsing *p)
{
    size_t last = p->count, behind = p->authors.to;
    while (behind < p->core && behind < p->authors.to + 3 && !refs_is_year(p, behind))
        behind++;
    if (p->authors.to && refs_is_year(p, behind) && behind < p->date.from &&
        p->date.to <= p->volume.from && refs_is(p, behind - 1, "(") &&
        refs_is(p, behind + 1, ")")) { /* "... (1992) ... J Appl Physiol (1985) 72: 575" */
        p->date = (struct refs_span){behind, behind + 1};
        p->tail = p->volume.from;
        return;
    }
    if (p->date.to > p->date.from)
        return;
    for (size_t i = 1; i < p->core; i++) {
        if (!refs_is_year(p, i) || (i >= p->pages.from && i < p->pages.to) ||
            (i >= p->volume.from && i < p->volume.to))
            continue;
        bool paren = refs_is(p, i - 1, "(") || refs_is(p, i - 1, "[");
        bool part = refs_is_dash(p, i - 1) || refs_is_dash(p, i + 1) || refs_is(p, i - 1, "in");
        if ((paren &&
             (refs_is(p, i + 1, ")") || refs_is(p, i + 1, ",") || refs_is(p, i + 1, "]"))) ||
            i == p->authors.to) {
            last = i;
            break;
        }
        bool labeled = p->trained && p->tokens[i].label == REFS_DATE;
        if (labeled || last == p->count || (!part && p->tokens[last].label != REFS_DATE))
            last = i;
    }
    if (last == p->count)
        return;
    size_t from = start_of_date(p, last + 1), to = last + 1;
    while (to < p->core && to - last < 6 && refs_is(p, last - 1, "(") && !refs_is(p, to, ")"))
        to++;
    if (from > last)
        from = last;
    p->date = (struct refs_span){from, refs_is(p, to, ")") || to == last + 1 ? to : last + 1};
    if (from > p->authors.to + 2 && from < p->tail)
        p->tail = from - refs_is(p, from - 1, "(");
}
