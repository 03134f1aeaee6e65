/* Expanding page ranges by comparing digits, never by arithmetic: "4002.e26" is a text. */
#include "record/pages.h"

#include "record/record.h"

#include <string.h>

/* A page: letters, digits, and what follows ("1021.e6"). */
struct page {
    str whole, prefix, digits, tail;
};

static struct page parse_page(str s)
{
    size_t letters = 0, digits;
    while (letters < s.length && !char_is_digit(s.data[letters]))
        letters++;
    for (digits = letters; digits < s.length && char_is_digit(s.data[digits]);)
        digits++;
    return (struct page){s, str_part(s, 0, letters), str_part(s, letters, digits - letters),
                         str_part(s, digits, s.length)};
}

/* The length of the dash at the start of `s`: '-' or U+2010 to U+2015 or U+2212; else 0. */
static size_t dash_at(str s)
{
    if (s.length && s.data[0] == '-')
        return 1;
    if (s.length < 3 || s.data[0] != '\xE2')
        return 0;
    unsigned char second = (unsigned char)s.data[1], third = (unsigned char)s.data[2];
    return (second == 0x80 && third >= 0x90 && third <= 0x95) || (second == 0x88 && third == 0x92)
               ? 3
               : 0;
}

/* Small and capital Roman numerals: "iii", "XIV". */
static bool is_roman(str s)
{
    for (size_t i = 0; i < s.length; i++)
        if (!strchr("ivxlcdmIVXLCDM", s.data[i]) || !s.data[i])
            return false;
    return s.length > 0;
}

static bool is_page(str s)
{
    if (is_roman(s))
        return true;
    bool digit = false;
    for (size_t i = 0; i < s.length; i++) {
        if (char_is_space(s.data[i]))
            return false;
        digit |= char_is_digit(s.data[i]);
    }
    return digit;
}

/* -1, 0, 1: by value, for digits of any length. */
static int compare_digits(str a, str b)
{
    while (a.length > 1 && a.data[0] == '0')
        a = str_part(a, 1, a.length);
    while (b.length > 1 && b.data[0] == '0')
        b = str_part(b, 1, b.length);
    if (a.length != b.length)
        return a.length < b.length ? -1 : 1;
    return a.length ? memcmp(a.data, b.data, a.length) : 0;
}

/* The last page with what its first one lends it: "225-6", "e225-6", "S151-3". */
static const char *expand_last(arena *memory, struct page first, struct page last)
{
    bool alike = !last.prefix.length ||
                 str_equal_ignoring_case(str_trim(first.prefix), str_trim(last.prefix));
    if (!alike || !first.digits.length || !last.digits.length)
        return record_text(memory, last.whole);
    bool shorter = last.digits.length < first.digits.length &&
                   (!last.tail.length || str_equal(last.tail, first.tail));
    size_t lent = shorter ? first.digits.length - last.digits.length : 0;
    buf digits = {0}, page = {0};
    buf_add(&digits, str_part(first.digits, 0, lent));
    buf_add(&digits, last.digits);
    const char *result;
    if (compare_digits(buf_str(&digits), first.digits) > 0 || (lent == 0 && last.prefix.length)) {
        buf_add(&page, last.prefix.length ? last.prefix : first.prefix);
        buf_add(&page, buf_str(&digits));
        buf_add(&page, last.tail);
        result = record_text(memory, buf_str(&page));
    } else {
        result = record_text(memory, last.whole);
    }
    buf_free(&digits);
    buf_free(&page);
    return result;
}

void pages_expand(arena *memory, str printed, const char **first, const char **last)
{
    *first = *last = NULL;
    size_t end = 0, dash = 0, dash_length = 0;
    while (end < printed.length && printed.data[end] != ';' && printed.data[end] != ',') {
        size_t length = dash_at(str_part(printed, end, printed.length));
        if (length && !dash_length) {
            dash = end;
            dash_length = length;
        }
        end += length ? length : 1;
    }
    str range = str_part(printed, 0, end);
    str left = str_trim(dash_length ? str_part(range, 0, dash) : range);
    if (!is_page(left))
        return;
    *first = record_text(memory, left);
    if (!dash_length)
        return;
    str right = str_trim(str_part(range, dash + dash_length, range.length));
    if (is_page(right))
        *last = expand_last(memory, parse_page(left), parse_page(right));
}

bool pages_is_article_number(str printed)
{
    printed = str_trim(printed);
    size_t letters = 0, digits = 0;
    if (printed.length > 20)
        return false;
    for (size_t i = 0; i < printed.length; i++) {
        letters += char_is_letter(printed.data[i]);
        digits += char_is_digit(printed.data[i]);
    }
    if (letters + digits != printed.length || !digits)
        return false;
    if (!letters)
        return digits >= 6 || (digits >= 4 && printed.data[0] == '0');
    /* "S151" and "H12" are pages of a supplement; "e17" may be either and is kept as a page. */
    return digits >= 4 || (letters >= 2 && digits >= 3) ||
           (char_lower(printed.data[0]) == 'e' && digits >= 3);
}
