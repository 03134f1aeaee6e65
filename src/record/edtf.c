/*
 * Dates in any writing: EDTF levels 0 and 1 (ISO 8601-2), else as people write them.
 *
 *   2004-06-14T10:00Z  the time is left out           2004-06?  2004~  2004%   circa
 *   2004/2005          a range; "1987/.." is open     2004-XX   what is unknown is left out
 *   2004-21            a season, 21 spring to 24 winter; 25 to 32 are seasons of a hemisphere
 *   -0043              44 BC: ISO 8601 has a year 0   Y-17000   a long year
 *
 * People: "14 June 2004", "June 14-16, 2004", "6/14/2004" (the month first, unless it cannot be),
 * "14.6.2004", "Spring 2004", "c. 1850", "[1965]", "44 BC", "AD 79".
 */
#include "record/dates.h"

/* One side of a range. */
struct side {
    int year, month, day, season;
};

struct range {
    struct side from, to;
    bool circa, is_open;
};

void date_split_month(int number, int *month, int *season)
{
    enum { MONTHS = 12, FIRST_SEASON = 21, LAST_SEASON = 32, SEASONS = 4 };
    *month = number >= 1 && number <= MONTHS ? number : 0;
    if (number > MONTHS && number <= LAST_SEASON)
        *season = (number - FIRST_SEASON + 2 * SEASONS) % SEASONS + 1;
}

enum { SHORTEST_YEAR = 4, LONGEST_YEAR = 7 };

/* Cut `digits` digits off; X stands for one that is unknown, and the number is then 0. */
static bool cut_digits(str *rest, size_t digits, int *number, bool *unknown)
{
    *number = 0;
    *unknown = false;
    if (rest->length < digits)
        return false;
    for (size_t i = 0; i < digits; i++) {
        char c = rest->data[i];
        if (c == 'X' || c == 'u')
            *unknown = true;
        else if (char_is_digit(c))
            *number = *number * 10 + (c - '0');
        else
            return false;
    }
    *rest = str_part(*rest, digits, rest->length);
    if (*unknown)
        *number = 0;
    return true;
}

static bool cut_char(str *rest, char c)
{
    if (!rest->length || rest->data[0] != c)
        return false;
    *rest = str_part(*rest, 1, rest->length);
    return true;
}

static bool cut_year(str *rest, struct side *out)
{
    bool unknown, is_long = cut_char(rest, 'Y') || cut_char(rest, 'y');
    bool before_christ = cut_char(rest, '-');
    size_t digits = 0;
    while (digits < rest->length && char_is_digit(rest->data[digits]))
        digits++;
    if (is_long ? digits <= SHORTEST_YEAR || digits > LONGEST_YEAR : digits != SHORTEST_YEAR)
        return false;
    if (!cut_digits(rest, digits, &out->year, &unknown))
        return false;
    if (before_christ || !out->year)
        out->year = -out->year - 1;
    return true;
}

/* One date of EDTF, all of `text`. */
static bool read_edtf_day(str text, struct range *out, struct side *day)
{
    bool unknown;
    int number;
    if (text.length && strchr("?~%", text.data[text.length - 1])) {
        out->circa = true;
        text.length--;
    }
    if (!cut_year(&text, day))
        return false;
    if (!text.length)
        return true;
    if (!cut_char(&text, '-') || !cut_digits(&text, 2, &number, &unknown))
        return false;
    if (!unknown && (number < 1 || number > 32 || (number > 12 && number < 21)))
        return false;
    date_split_month(number, &day->month, &day->season);
    if (!text.length)
        return true;
    if (!cut_char(&text, '-') || !cut_digits(&text, 2, &number, &unknown) || number > 31)
        return false;
    day->day = day->month ? number : 0;
    return !text.length || text.data[0] == 'T';
}

static bool read_edtf(str text, struct range *out)
{
    size_t slash = str_find(text, '/');
    if (!read_edtf_day(str_part(text, 0, slash), out, &out->from))
        return false;
    if (slash == text.length)
        return true;
    str end = str_part(text, slash + 1, text.length);
    if (!end.length || str_is(end, "..")) {
        out->is_open = true;
        return true;
    }
    return read_edtf_day(end, out, &out->to);
}

/* Two or three numbers of digits with the same separator between them. */
struct numbers {
    unsigned long items[3];
    size_t lengths[3], count;
    char separator;
};

static bool cut_numbers(str text, struct numbers *out)
{
    *out = (struct numbers){.count = 0};
    for (;;) {
        size_t digits = 0;
        while (digits < text.length && char_is_digit(text.data[digits]))
            digits++;
        if (out->count == 3 || !str_number(str_part(text, 0, digits), &out->items[out->count]))
            return false;
        out->lengths[out->count++] = digits;
        text = str_part(text, digits, text.length);
        if (!text.length)
            return out->count > 1;
        char separator = text.data[0];
        if (!strchr("/.-", separator) || (out->separator && out->separator != separator))
            return false;
        out->separator = separator;
        text = str_part(text, 1, text.length);
        if (separator == '.') /* "14. 6. 2004" */
            cut_char(&text, ' ');
    }
}

/* "6/14/2004", "14.6.2004", "6/2004", "2004/6/14", all of `text`. */
static bool read_digits(str text, struct range *out)
{
    enum { MONTHS = 12, DAYS = 31 };
    struct numbers n;
    if (!cut_numbers(text, &n))
        return false;
    bool year_first = n.lengths[0] == SHORTEST_YEAR, whole = n.count == 3;
    bool day_first = n.separator == '.' || (n.items[0] > MONTHS && n.items[1] <= MONTHS);
    size_t year = year_first ? 0 : n.count - 1, month = year_first, day = 2;
    if (whole && !year_first) {
        day = !day_first;
        month = day_first;
    }
    if (n.lengths[year] != SHORTEST_YEAR || n.items[month] < 1 || n.items[month] > MONTHS ||
        (whole && (n.items[day] < 1 || n.items[day] > DAYS)))
        return false;
    out->from = (struct side){.year = (int)n.items[year], .month = (int)n.items[month]};
    if (whole)
        out->from.day = (int)n.items[day];
    return true;
}

/* Cut `word` and the space behind it off the start. */
static bool cut_word(str *text, const char *word)
{
    if (!str_starts_with_ignoring_case(*text, str_of(word)))
        return false;
    str rest = str_part(*text, strlen(word), text->length);
    if (rest.length && rest.data[0] != ' ' && !char_is_digit(rest.data[0]))
        return false;
    *text = str_trim(rest);
    return true;
}

static bool cut_words(str *text, const char *const *words)
{
    for (; *words; words++)
        if (cut_word(text, *words))
            return true;
    return false;
}

/* "44 BC", "AD 79": a year with its era. */
static bool read_era(str text, struct range *out)
{
    static const char *const before[] = {"BCE", "B.C.E.", "BC", "B.C.", NULL};
    static const char *const after[] = {"CE", "C.E.", "AD", "A.D.", NULL};
    unsigned long year;
    bool marked = cut_words(&text, after);
    size_t digits = 0;
    while (digits < text.length && char_is_digit(text.data[digits]))
        digits++;
    if (!digits || digits > LONGEST_YEAR || !str_number(str_part(text, 0, digits), &year) || !year)
        return false;
    text = str_trim(str_part(text, digits, text.length));
    bool negative = !marked && cut_words(&text, before);
    if (!marked && !negative && !cut_words(&text, after))
        return false;
    if (text.length)
        return false;
    out->from.year = negative ? -(int)year : (int)year;
    return true;
}

static bool read_words(str text, struct range *out)
{
    osler_date date = {0};
    if (!date_parse(&date, text))
        return false;
    out->from = (struct side){date.year, date.month, date.day, date.season};
    out->to = (struct side){date.end_year, date.end_month, date.end_day, date.end_season};
    if (out->from.day && !out->from.month) /* "14-16 June 2004" */
        out->from.month = out->to.month;
    return true;
}

static bool read_any(str text, struct range *out)
{
    static const char *const about[] = {"circa", "ca.", "ca", "c.", "about", NULL};
    if (read_edtf(text, out))
        return true;
    *out = (struct range){0};
    if (text.length > 2 && text.data[0] == '[' && text.data[text.length - 1] == ']')
        text = str_trim(str_part(text, 1, text.length - 2));
    out->circa = cut_words(&text, about);
    if (text.length && text.data[text.length - 1] == '?') {
        out->circa = true;
        text = str_trim(str_part(text, 0, text.length - 1));
    }
    return read_digits(text, out) || read_era(text, out) || read_words(text, out);
}

bool date_parse_any(osler_date *date, str text)
{
    struct range range = {0};
    if (!read_any(str_trim(text), &range))
        return false;
    date->year = range.from.year;
    date->month = range.from.month;
    date->day = range.from.day;
    date->season = range.from.season;
    date->end_year = range.to.year;
    date->end_month = range.to.month;
    date->end_day = range.to.day;
    date->end_season = range.to.season;
    date->circa = range.circa;
    date->open_end = range.is_open;
    return true;
}
