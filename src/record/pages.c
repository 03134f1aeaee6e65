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

bool pages_is_page(str printed)
{
    str s = str_trim(printed);
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

/* The number at the end of a tail: 1 of ".e1"; false when there is none behind a letter. */
static bool cut_tail(str tail, str *stem, str *digits)
{
    size_t start = tail.length;
    while (start && char_is_digit(tail.data[start - 1]))
        start--;
    *stem = str_part(tail, 0, start);
    *digits = str_part(tail, start, tail.length);
    return digits->length && start && char_is_letter(tail.data[start - 1]);
}

/* `last` with the leading digits that it lacks, lent by `first`; `last` itself when that is less.
 */
static void add_lent(buf *out, str first, str last)
{
    size_t lent = last.length < first.length ? first.length - last.length : 0;
    buf digits = {0};
    buf_add(&digits, str_part(first, 0, lent));
    buf_add(&digits, last);
    buf_add(out, compare_digits(buf_str(&digits), first) > 0 ? buf_str(&digits) : last);
    buf_free(&digits);
}

/* Pages that only the net has: of "1016.e1-6" and "1016.e1-e6" the last one is 1016.e6. */
static bool add_behind_tail(buf *out, struct page first, struct page last)
{
    enum { PLAIN = 3 /* digits of a page that surely is not the end of such a tail */ };
    str stem, digits;
    if (!cut_tail(first.tail, &stem, &digits) || last.tail.length || !last.digits.length)
        return false;
    str letters = stem.data[0] == '.' ? str_part(stem, 1, stem.length) : stem;
    bool plain = last.digits.length >= PLAIN && last.digits.length >= first.digits.length &&
                 last.digits.length > digits.length &&
                 compare_digits(last.digits, first.digits) > 0;
    if (last.prefix.length ? !str_equal(last.prefix, stem) && !str_equal(last.prefix, letters)
                           : plain)
        return false;
    buf_add(out, str_part(first.whole, 0, first.whole.length - digits.length));
    add_lent(out, digits, last.digits);
    return true;
}

/* The last page with what its first one lends it: "225-6", "e225-6", "S151-3", "123-4S". */
static void add_last(buf *out, struct page first, struct page last)
{
    bool alike = !last.prefix.length ||
                 str_equal_ignoring_case(str_trim(first.prefix), str_trim(last.prefix));
    if (add_behind_tail(out, first, last))
        return;
    if (!alike || !first.digits.length || !last.digits.length) {
        buf_add(out, last.whole);
        return;
    }
    buf digits = {0};
    add_lent(&digits, first.digits, last.digits);
    bool grows = compare_digits(buf_str(&digits), first.digits) > 0;
    if (!last.prefix.length && grows)
        buf_add(out, first.prefix);
    buf_add(out, last.prefix);
    buf_add(out, buf_str(&digits));
    buf_add(out, last.tail);
    buf_free(&digits);
}

const char *pages_expand_last(arena *memory, str first, str printed)
{
    buf last = {0};
    printed = str_trim(printed);
    if (!pages_is_page(printed))
        return NULL;
    add_last(&last, parse_page(str_trim(first)), parse_page(printed));
    const char *result = record_text(memory, buf_str(&last));
    buf_free(&last);
    return result;
}

enum { DASHES = 4 };

/* The first range of `printed`, and where its dashes are; how many of them. */
static size_t find_dashes(str *printed, size_t *places)
{
    size_t end = 0, count = 0;
    while (end < printed->length && printed->data[end] != ';' && printed->data[end] != ',') {
        size_t length = dash_at(str_part(*printed, end, printed->length));
        if (length && count < DASHES)
            places[count++] = end;
        end += length ? length : 1;
    }
    *printed = str_part(*printed, 0, end);
    return count;
}

static str behind_dash(str range, size_t place)
{
    str dash = str_part(range, place, range.length);
    return str_trim(str_part(dash, dash_at(dash), dash.length));
}

void pages_expand(arena *memory, str printed, const char **first, const char **last)
{
    size_t places[DASHES] = {0};
    size_t dashes = find_dashes(&printed, places);
    size_t middle = dashes == 3 ? places[1] : dashes ? places[0] : printed.length;
    str left = str_trim(str_part(printed, 0, middle));
    *first = *last = NULL;
    if (!pages_is_page(left))
        return;
    *first = record_text(memory, left);
    if (!dashes)
        return;
    str right = behind_dash(printed, middle), stem, digits;
    /* "1143-1149.e1-4": what is behind the first dash is a range itself. */
    str inner = str_trim(str_part(printed, middle, dashes == 2 ? places[1] - middle : 0));
    inner = inner.length ? behind_dash(inner, 0) : inner;
    if (inner.length && cut_tail(parse_page(inner).tail, &stem, &digits)) {
        *last = pages_expand_last(memory, inner, behind_dash(printed, places[1]));
        return;
    }
    *last = pages_expand_last(memory, left, right);
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
