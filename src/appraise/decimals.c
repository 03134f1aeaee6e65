/* Decimal numbers with the signs, points and spaces that journals print. */
#include "appraise/decimals.h"

#include <string.h>

enum { MOST_DIGITS = 12 };

/* The length of the first of `forms` that `c` begins with; 0 when none. */
static size_t form_at(const char *c, const char *const *forms)
{
    for (; *forms; forms++) {
        size_t length = strlen(*forms);
        if (strncmp(c, *forms, length) == 0)
            return length;
    }
    return 0;
}

/* Hyphen-minus, hyphen, no-break hyphen, figure dash, en dash, em dash, minus. */
static const char *const dashes[] = {"-",
                                     "\xE2\x80\x90",
                                     "\xE2\x80\x91",
                                     "\xE2\x80\x92",
                                     "\xE2\x80\x93",
                                     "\xE2\x80\x94",
                                     "\xE2\x88\x92",
                                     NULL};
/* Full stop, middle dot, bullet operator, dot operator. */
static const char *const points[] = {".", "\xC2\xB7", "\xE2\x88\x99", "\xE2\x8B\x85", NULL};
/* No-break, thin, hair and narrow no-break space. */
static const char *const spaces[] = {"\xC2\xA0", "\xE2\x80\x89", "\xE2\x80\x8A", "\xE2\x80\xAF",
                                     NULL};

const char *decimal_past(const char *c, const char *marks)
{
    bool blank = strchr(marks, ' ') != NULL;
    for (;;) {
        size_t wide = blank ? form_at(c, spaces) : 0;
        bool mark = *c && (strchr(marks, *c) || (blank && char_is_space(*c)));
        if (!wide && !mark)
            return c;
        c += wide ? wide : 1;
    }
}

const char *decimal_past_dash(const char *c)
{
    return c + form_at(c, dashes);
}

static const char *read_digits(const char *c, double *number, double scale)
{
    for (; char_is_digit(*c); c++) {
        int digit = *c - '0';
        if (scale < 1) {
            *number += digit * scale;
            scale /= 10;
        } else {
            *number = *number * 10 + digit;
        }
    }
    return c;
}

/* "1,200": a comma that separates thousands. */
static bool separates_thousands(const char *from, const char *c)
{
    return *c == ',' && c > from && c - from <= 3 && *from != '0' && char_is_digit(c[1]) &&
           char_is_digit(c[2]) && char_is_digit(c[3]) && !char_is_digit(c[4]);
}

const char *decimal_read(decimal *out, const char *c)
{
    const char *first = c;
    c = decimal_past_dash(c);
    bool negative = c != first;
    double number = 0;
    const char *from = c;
    c = read_digits(c, &number, 1);
    while (separates_thousands(from, c)) {
        from = c + 1;
        c = read_digits(from, &number, 1);
    }
    size_t point = form_at(c, points);
    if (point && char_is_digit(c[point]))
        c = read_digits(c + point, &number, 0.1);
    if (c == first + negative || c - first > MOST_DIGITS || !char_is_digit(c[-1]))
        return NULL;
    *out = (decimal){negative ? -number : number, {first, (size_t)(c - first)}};
    return c;
}

void decimal_add(buf *b, const decimal *d)
{
    const char *c = d->printed.data, *end = c + d->printed.length;
    while (c < end) {
        size_t dash = form_at(c, dashes), point = form_at(c, points);
        if (dash || point)
            buf_add_byte(b, dash ? '-' : '.');
        else if (*c != ',')
            buf_add_byte(b, *c);
        c += dash ? dash : point ? point : 1;
    }
}
