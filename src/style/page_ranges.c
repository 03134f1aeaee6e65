/* Page ranges: expanded, abbreviated, and with the locale's dash (appendix V of CSL). */
#include "style/numbers.h"

enum { MOST_DIGITS = 12 };

/* A page: what stands before its digits, the digits, what stands behind them. */
struct page {
    str prefix, digits, suffix;
};

static bool is_dash_at(str text, size_t i, size_t *length)
{
    if (text.data[i] == '-') {
        *length = i + 1 < text.length && text.data[i + 1] == '-' ? 2 : 1;
        return true;
    }
    str rest = str_part(text, i, 3);
    *length = 3;
    return str_equal(rest, (str){"\xE2\x80\x93", 3}) || str_equal(rest, (str){"\xE2\x80\x94", 3}) ||
           str_equal(rest, (str){"\xE2\x80\x90", 3}) || str_equal(rest, (str){"\xE2\x80\x91", 3});
}

static bool is_roman(str text)
{
    bool lower = true;
    for (size_t i = 0; i < text.length; i++) {
        if (!strchr("ivxlcdmIVXLCDM", text.data[i]) || !text.data[i])
            return false;
        lower = lower && text.data[i] >= 'a';
    }
    return text.length > (lower ? 0 : 1);
}

/* Tell the last run of digits in `text` apart; false when there is none. */
static bool page_read(str text, struct page *page)
{
    size_t end = text.length;
    while (end && !char_is_digit(text.data[end - 1]))
        end--;
    size_t start = end;
    while (start && char_is_digit(text.data[start - 1]))
        start--;
    page->prefix = str_part(text, 0, start);
    page->digits = str_part(text, start, end - start);
    page->suffix = str_part(text, end, text.length);
    return end > start && page->digits.length <= MOST_DIGITS;
}

struct range {
    str first, last;
    struct page from, to;
    bool same; /* prefix and suffix agree: digits can be left out */
};

/* ---- writing ---- */

struct writing {
    arena *memory;
    char *text;
    size_t length, room;
    enum page_range_format format;
    str delimiter;
};

static void write_text(struct writing *w, str text)
{
    if (w->length + text.length > w->room) {
        size_t room = (w->length + text.length) * 2 + 32;
        char *grown = arena_room(w->memory, room);
        if (w->length)
            memcpy(grown, w->text, w->length);
        w->text = grown;
        w->room = room;
    }
    if (text.length)
        memcpy(w->text + w->length, text.data, text.length);
    w->length += text.length;
}

static unsigned long long value_of(str digits)
{
    unsigned long long value = 0;
    for (size_t i = 0; i < digits.length; i++)
        value = value * 10 + (unsigned)(digits.data[i] - '0');
    return value;
}

/* How many of the last digits are written under Chicago's rules. */
static size_t chicago_digits(str first, size_t changed, bool edition_15)
{
    unsigned long long from = value_of(first);
    if (from < 100 || from % 100 == 0)
        return first.length;
    if (edition_15 && first.length == 4 && changed >= 3)
        return first.length;
    if (from % 100 < 10)
        return changed;
    return changed > 2 ? changed : 2;
}

/* How many digits of `last`, as long as `first`, are written. */
static size_t digits_kept(enum page_range_format format, str first, str last)
{
    size_t same = 0;
    while (same < first.length && first.data[same] == last.data[same])
        same++;
    size_t changed = same == first.length ? 1 : first.length - same;
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

static void write_range(struct writing *w, const struct range *range)
{
    write_text(w, range->first);
    write_text(w, w->delimiter);
    str first = range->from.digits, last = range->to.digits;
    if (!range->same || w->format == PAGE_RANGE_NONE) {
        write_text(w, range->last);
        return;
    }
    char full[MOST_DIGITS];
    if (last.length < first.length) {
        size_t lent = first.length - last.length;
        memcpy(full, first.data, lent);
        memcpy(full + lent, last.data, last.length);
        last = (str){full, first.length};
    }
    size_t kept = last.length;
    if (last.length == first.length && str_compare(first, last) <= 0)
        kept = digits_kept(w->format, first, last);
    if (kept == last.length && w->format == PAGE_RANGE_EXPANDED)
        write_text(w, range->from.prefix);
    else if (kept == last.length && last.length != first.length)
        write_text(w, range->to.prefix);
    write_text(w, str_part(last, last.length - kept, kept));
    write_text(w, range->to.suffix);
}

/* ---- reading ---- */

static bool range_read(str first, str last, struct range *range)
{
    *range = (struct range){.first = first, .last = last};
    bool from = page_read(first, &range->from), to = page_read(last, &range->to);
    if (from && to) {
        range->same = str_equal(range->from.prefix, range->to.prefix) &&
                      str_equal(range->from.suffix, range->to.suffix);
        return range->same || (!range->from.prefix.length && !range->to.prefix.length);
    }
    return (from || is_roman(first)) && (to || is_roman(last));
}

/* One word or, with spaces around its dash, one range of a list. */
static void write_element(struct writing *w, str element)
{
    size_t dashes = 0, at = 0, length = 0, found;
    for (size_t i = 0; i < element.length; i += 1) {
        if (element.data[i] == '\\' && i + 1 < element.length)
            i++;
        else if (is_dash_at(element, i, &found)) {
            if (!dashes++) {
                at = i;
                length = found;
            }
            i += found - 1;
        }
    }
    str first = str_trim(str_part(element, 0, at));
    str last = str_trim(str_part(element, at + length, element.length));
    struct range range;
    if (dashes == 1 && range_read(first, last, &range)) {
        write_range(w, &range);
        return;
    }
    for (size_t i = 0; i < element.length; i++)
        if (!(element.data[i] == '\\' && i + 1 < element.length && element.data[i + 1] == '-'))
            write_text(w, str_part(element, i, 1));
}

str page_range_format(arena *memory, str pages, enum page_range_format format,
                      const struct locale *locale)
{
    size_t length;
    bool any = false;
    for (size_t i = 0; i < pages.length && !any; i++)
        any = pages.data[i] == '&' || is_dash_at(pages, i, &length);
    if (!any)
        return pages;
    struct writing w = {.memory = memory, .format = format};
    w.delimiter = locale_text(locale, TERM_PAGE_RANGE_DELIMITER, FORM_LONG, false);
    if (!w.delimiter.length)
        w.delimiter = (str){"\xE2\x80\x93", 3};
    size_t start = 0;
    for (size_t i = 0; i <= pages.length; i++) {
        if (i < pages.length && !strchr(",;&", pages.data[i]))
            continue;
        write_element(&w, str_trim(str_part(pages, start, i - start)));
        if (i < pages.length) {
            if (pages.data[i] == '&')
                write_text(&w, (str){" ", 1});
            write_text(&w, str_part(pages, i, 1));
            write_text(&w, (str){" ", 1});
        }
        start = i + 1;
    }
    return (str){w.text, w.length};
}
