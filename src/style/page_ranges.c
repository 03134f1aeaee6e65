/* Page ranges: expanded, abbreviated, and with the locale's dash (appendix V of CSL). */
#include "style/number_list.h"
#include "style/numbers.h"

enum { MOST_DIGITS = 12, MOST_TOKENS = 4 };

/* A page: what stands before its digits, the last digits in it, what stands behind them. */
struct page {
    str text, prefix, digits, suffix;
};

static bool page_read(str text, struct page *page)
{
    size_t end = text.length;
    while (end && !char_is_digit(text.data[end - 1]))
        end--;
    size_t start = end;
    while (start && char_is_digit(text.data[start - 1]))
        start--;
    *page = (struct page){text, str_part(text, 0, start), str_part(text, start, end - start),
                          str_part(text, end, text.length)};
    return end > start && page->digits.length <= MOST_DIGITS;
}

/* Two pages with a dash between them. */
struct range {
    struct page first, last;
    bool alike; /* the same letters around the digits: digits can be lent and left out */
};

/*
 * True for a range: digits with the same letters around them or none in front, or Roman numerals.
 * "N110-5" is none: it may be a page of its own.
 */
static bool range_read(str first, str last, struct range *range)
{
    bool from = page_read(first, &range->first), to = page_read(last, &range->last);
    range->alike = false;
    if (from && to) {
        bool same_prefix = str_equal(range->first.prefix, range->last.prefix);
        str prefix = range->first.prefix;
        range->alike = same_prefix && str_equal(range->first.suffix, range->last.suffix) &&
                       (!prefix.length || char_is_letter(prefix.data[prefix.length - 1]));
        return same_prefix;
    }
    return (from || number_of_roman(first)) && (to || number_of_roman(last)) &&
           first.length + last.length > 2;
}

/* ---- abbreviations ---- */

/* How many of the last digits are written by Chicago's rules when `changed` of them differ. */
static size_t chicago_digits(str first, size_t changed, bool edition_15)
{
    unsigned long long number = 0;
    for (size_t i = 0; i < first.length; i++)
        number = number * 10 + (unsigned)(first.data[i] - '0');
    if (number < 100 || number % 100 == 0)
        return first.length;
    if (edition_15 && first.length == 4 && changed >= 3)
        return first.length;
    if (number % 100 < 10)
        return changed;
    return changed > 2 ? changed : 2;
}

/* How many digits of `last` are written; it has as many as `first`. */
static size_t digits_written(enum page_range_format format, str first, str last)
{
    size_t same = 0;
    while (same + 1 < first.length && first.data[same] == last.data[same])
        same++;
    size_t changed = first.length - same;
    switch (format) {
    case PAGE_RANGE_MINIMAL: return changed;
    case PAGE_RANGE_MINIMAL_TWO: return changed == 1 && first.length > 1 ? 2 : changed;
    case PAGE_RANGE_CHICAGO_15: return chicago_digits(first, changed, true);
    case PAGE_RANGE_CHICAGO_16: return chicago_digits(first, changed, false);
    case PAGE_RANGE_NONE:
    case PAGE_RANGE_EXPANDED: break;
    }
    return first.length;
}

struct pages {
    struct joined joined;
    enum page_range_format format;
    const struct locale *locale;
};

static void add_last(struct pages *pages, const struct range *range)
{
    str first = range->first.digits, last = range->last.digits;
    char full[MOST_DIGITS];
    if (last.length < first.length) {
        size_t lent = first.length - last.length;
        memcpy(full, first.data, lent);
        memcpy(full + lent, last.data, last.length);
        last = (str){full, first.length};
    }
    size_t written = last.length;
    if (last.length == first.length && str_compare(first, last) <= 0)
        written = digits_written(pages->format, first, last);
    if (pages->format == PAGE_RANGE_EXPANDED)
        joined_add(&pages->joined, range->last.prefix);
    joined_add(&pages->joined, str_part(last, last.length - written, written));
    joined_add(&pages->joined, range->last.suffix);
}

static void add_range(struct pages *pages, const struct range *range)
{
    joined_add_unescaped(&pages->joined, range->first.text);
    joined_add_separator(&pages->joined, SEPARATOR_DASH, pages->locale);
    if (range->alike && pages->format != PAGE_RANGE_NONE)
        add_last(pages, range);
    else
        joined_add_unescaped(&pages->joined, range->last.text);
}

/* ---- lists ---- */

/* What stands between two separators other than dashes: texts with dashes between them. */
struct element {
    str tokens[MOST_TOKENS];
    size_t count; /* above MOST_TOKENS: there were more */
    str whole;
};

static str joined_by_hyphen(arena *memory, str first, str second)
{
    struct joined joined = {.memory = memory};
    joined_add(&joined, first);
    joined_add(&joined, (str){"-", 1});
    joined_add(&joined, second);
    return (str){joined.text, joined.length};
}

/* Two texts with a dash between them: the range is between the words at the dash. */
static void add_pair(struct pages *pages, str first, str last)
{
    size_t start = first.length, end = str_find(last, ' ');
    while (start && first.data[start - 1] != ' ')
        start--;
    struct range range;
    bool is_range =
        range_read(str_part(first, start, first.length), str_part(last, 0, end), &range);
    if (!is_range) {
        joined_add_unescaped(&pages->joined, first);
        joined_add(&pages->joined, (str){"-", 1});
        joined_add_unescaped(&pages->joined, last);
        return;
    }
    joined_add_unescaped(&pages->joined, str_part(first, 0, start));
    add_range(pages, &range);
    joined_add_unescaped(&pages->joined, str_part(last, end, last.length));
}

static void add_element(struct pages *pages, const struct element *element)
{
    arena *memory = pages->joined.memory;
    const str *tokens = element->tokens;
    if (element->count == 1)
        joined_add_unescaped(&pages->joined, tokens[0]);
    else if (element->count == 2)
        add_pair(pages, tokens[0], tokens[1]);
    else if (element->count == 4)
        add_pair(pages, joined_by_hyphen(memory, tokens[0], tokens[1]),
                 joined_by_hyphen(memory, tokens[2], tokens[3]));
    else
        joined_add_unescaped(&pages->joined, element->whole);
}

/* Read the next element and what separates it from the one before. */
static bool next_element(struct number_list *list, struct element *element,
                         enum number_separator *separator)
{
    struct number_token token;
    if (!number_list_next(list, &token))
        return false;
    *separator = token.separator;
    size_t start = token.start;
    element->count = 1;
    element->tokens[0] = token.text;
    while (list->separator == SEPARATOR_DASH && number_list_next(list, &token)) {
        if (element->count < MOST_TOKENS)
            element->tokens[element->count] = token.text;
        element->count++;
    }
    element->whole = str_trim(str_part(list->text, start, token.end - start));
    if (!element->tokens[0].length || (element->count == 2 && !element->tokens[1].length))
        element->count = MOST_TOKENS + 1; /* a dash without two sides */
    return true;
}

str page_range_format(arena *memory, str pages, enum page_range_format format,
                      const struct locale *locale)
{
    size_t i = 0;
    while (i < pages.length && (char_is_digit(pages.data[i]) || char_is_letter(pages.data[i])))
        i++;
    if (i == pages.length)
        return pages;
    struct pages made = {.joined = {.memory = memory}, .format = format, .locale = locale};
    struct number_list list = {.text = str_trim(pages)};
    struct element element;
    enum number_separator separator;
    while (next_element(&list, &element, &separator)) {
        joined_add_separator(&made.joined, separator, locale);
        add_element(&made, &element);
    }
    return (str){made.joined.text, made.joined.length};
}
