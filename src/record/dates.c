/* Reading printed dates: words and numbers on the two sides of a dash. */
#include "record/dates.h"

#include <string.h>

static const char *const months[] = {"january",   "february", "march",    "april",
                                     "may",       "june",     "july",     "august",
                                     "september", "october",  "november", "december"};

static const struct {
    const char *name;
    int season;
} seasons[] = {{"spring", 1}, {"summer", 2}, {"autumn", 3}, {"fall", 3}, {"winter", 4}};

static str without_stop(str word)
{
    if (word.length && word.data[word.length - 1] == '.')
        word.length--;
    return word;
}

int date_month(str word)
{
    word = without_stop(word);
    if (word.length < 3)
        return 0;
    for (int i = 0; i < 12; i++)
        if (str_starts_with_ignoring_case(str_of(months[i]), word))
            return i + 1;
    return 0;
}

int date_season(str word)
{
    word = without_stop(word);
    for (size_t i = 0; i < sizeof seasons / sizeof *seasons; i++)
        if (str_equal_ignoring_case(word, str_of(seasons[i].name)))
            return seasons[i].season;
    return 0;
}

/* One side of a range. */
struct side {
    int year, month, day, season;
};

/* One word or number of the text, or the dash between two sides. */
struct token {
    str text;
    bool dash;
};

/* The length of the dash at the start of `s`: ASCII '-' and '/', or U+2010 to U+2015; else 0. */
static size_t dash_at(str s)
{
    if (s.data[0] == '-' || s.data[0] == '/')
        return 1;
    if (s.length >= 3 && memcmp(s.data, "\xE2\x80", 2) == 0 && (unsigned char)s.data[2] >= 0x90 &&
        (unsigned char)s.data[2] <= 0x95)
        return 3;
    return 0;
}

static bool next_token(str *rest, struct token *token)
{
    while (rest->length && (char_is_space(rest->data[0]) || rest->data[0] == ','))
        *rest = str_part(*rest, 1, rest->length);
    if (!rest->length)
        return false;
    size_t length = dash_at(*rest);
    token->dash = length > 0;
    if (!token->dash) {
        bool digit = char_is_digit(rest->data[0]);
        /* "1998Dec" is two words, as is "Dec1998". */
        while (length < rest->length && !char_is_space(rest->data[length]) &&
               rest->data[length] != ',' && char_is_digit(rest->data[length]) == digit &&
               !dash_at(str_part(*rest, length, rest->length)))
            length++;
        /* "1st" is neither a day nor a month. */
        while (digit && length <= 3 && length < rest->length && char_is_letter(rest->data[length]))
            length++;
    }
    token->text = str_part(*rest, 0, length);
    *rest = str_part(*rest, length, rest->length);
    return true;
}

static bool is_year(unsigned long number)
{
    return number >= 1600 && number <= 2099;
}

/* A number behind the dash: "1998-99" and "2009-10" are years, "2015-03" is a month. */
static bool take_short_number(struct side *first, struct side *second, int number)
{
    bool only_year = first->year && !first->month && !first->day && !first->season;
    int last_digits = first->year % 100;
    if (only_year && number <= 99 && (number > 12 || number == last_digits + 1)) {
        second->year = first->year - last_digits + number;
        return number > last_digits;
    }
    if (only_year && number >= 1 && number <= 12) {
        first->month = number;
        return true;
    }
    if (number < 1 || number > 31)
        return false;
    second->day = number;
    return true;
}

/* Take one word or number; false when it says nothing that a date holds. */
static bool take(struct side *first, struct side *side, str word)
{
    unsigned long number;
    int month = date_month(word), season = date_season(word);
    if (month && !side->month) {
        side->month = month;
        return true;
    }
    if (season && !side->season) {
        side->season = season;
        return true;
    }
    if (!str_number(word, &number))
        return false;
    if (word.length == 4 && is_year(number) && !side->year) {
        side->year = (int)number;
        return true;
    }
    if (word.length > 2)
        return false;
    if (side != first && !side->month && !side->day)
        return take_short_number(first, side, (int)number);
    if (number < 1 || number > 31 || side->day || (side->year && !side->month && number > 12))
        return false;
    if (side->year && !side->month) /* "2016 05 25" */
        side->month = (int)number;
    else
        side->day = (int)number;
    return true;
}

static bool is_empty(const struct side *side)
{
    return !side->year && !side->month && !side->day && !side->season;
}

/* What one side leaves out the other one says. */
static void complete(struct side *first, struct side *second)
{
    if (!first->year)
        first->year = second->year;
    if (!second->year)
        second->year = first->year;
    if (second->day && !second->month)
        second->month = first->month;
    /* "Winter 2016-2017" is one season, and so is "2016-2017 Winter". */
    if (first->season && !second->season && !second->month && second->year != first->year)
        second->season = first->season;
    if (second->season && !first->season && !first->month && second->year != first->year)
        first->season = second->season;
}

/* No month of that year has such a day: it is left out. */
static bool drop_false_day(struct side *side)
{
    static const int most[] = {31, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap =
        !side->year || (side->year % 4 == 0 && (side->year % 100 != 0 || side->year % 400 == 0));
    if (side->day <= most[side->month] - (side->month == 2 && !leap))
        return false;
    side->day = 0;
    return true;
}

bool date_parse(osler_date *date, str text)
{
    struct side sides[2] = {{0}, {0}}, *side = sides;
    struct token token;
    bool exact = true;
    int dashes = 0;
    while (next_token(&text, &token)) {
        if (!token.dash)
            exact &= take(&sides[0], side, token.text);
        else if (dashes++ == 0)
            side = &sides[1];
        else if (sides[1].year || sides[1].month || sides[1].season)
            exact = false;
    }
    /* "2016-05-25": the number behind the first dash was a month, that behind the second a day. */
    if (dashes == 2 && sides[0].month && sides[1].day && !sides[1].year && !sides[1].month) {
        sides[0].day = sides[1].day;
        sides[1] = (struct side){0};
    } else if (dashes > 1) {
        exact = false;
    }
    if (!is_empty(&sides[1]))
        complete(&sides[0], &sides[1]);
    exact &= !drop_false_day(&sides[0]);
    exact &= !drop_false_day(&sides[1]);
    date->year = sides[0].year;
    date->month = sides[0].month;
    date->day = sides[0].day;
    date->season = sides[0].season;
    date->end_year = sides[1].year;
    date->end_month = sides[1].month;
    date->end_day = sides[1].day;
    date->end_season = sides[1].season;
    return exact && date->year;
}

/* Cut off up to `most` digits; false when there are none. */
static bool cut_number(str *rest, size_t most, int *number)
{
    size_t length = 0;
    *number = 0;
    while (length < rest->length && length < most && char_is_digit(rest->data[length]))
        *number = *number * 10 + (rest->data[length++] - '0');
    *rest = str_part(*rest, length, rest->length);
    return length > 0;
}

static void skip_separator(str *rest)
{
    if (rest->length && strchr("/-:.T ", rest->data[0]))
        *rest = str_part(*rest, 1, rest->length);
}

bool date_parse_digits(osler_date *date, str text)
{
    str rest = str_trim(text);
    int year, month = 0, day = 0, hour = -1, minute = -1;
    if (rest.length < 4 || !cut_number(&rest, 4, &year) || !is_year((unsigned long)year))
        return false;
    skip_separator(&rest);
    if (rest.length && (!cut_number(&rest, 2, &month) || month > 12))
        return false;
    skip_separator(&rest);
    if (rest.length && (!cut_number(&rest, 2, &day) || day > 31))
        return false;
    skip_separator(&rest);
    if (rest.length && (!cut_number(&rest, 2, &hour) || hour > 23))
        return false;
    skip_separator(&rest);
    if (rest.length && (!cut_number(&rest, 2, &minute) || minute > 59))
        return false;
    struct side side = {.year = year, .month = month, .day = day};
    if (drop_false_day(&side))
        return false;
    date->year = year;
    date->month = month;
    date->day = month ? day : 0;
    date->hour = hour + 1;
    date->minute = minute + 1;
    return true;
}
