/* Dates, pages and serial numbers as databases write them. */
#include "formats/tagged/take.h"

#include "base/error.h"
#include "record/dates.h"
#include "record/pages.h"

#include <string.h>

enum { YEAR_DIGITS = 4 };

static int number_in(str text, int most)
{
    unsigned long number;
    return str_number(str_trim(text), &number) && number <= (unsigned long)most ? (int)number : 0;
}

/* What stands behind the day: all of the date, or what the parts before it do not say. */
static void take_rest(struct taking *t, osler_date *date, str rest)
{
    osler_date whole = {0};
    rest = str_trim(rest);
    if (!rest.length)
        return;
    if (date_parse_any(&whole, rest) && whole.year == date->year) {
        whole.kind = date->kind;
        *date = whole;
        return;
    }
    buf text = {0};
    buf_printf(&text, "%d %.*s", date->year, STR_ARG(rest));
    whole = (osler_date){0};
    bool all = date_parse(&whole, rest) && whole.year == date->year;
    if (!all) {
        whole = (osler_date){0};
        all = !date->month && date_parse(&whole, buf_str(&text)) && whole.year == date->year;
    }
    buf_free(&text);
    if (all) {
        whole.kind = date->kind;
        *date = whole;
    } else {
        date->text = builder_keep(&t->build, rest);
    }
}

/* "2019/03/12/Spring", any part empty; false when it is not in that form. */
static bool parse_slashes(struct taking *t, osler_date *date, str text)
{
    str rest = text, year, month = {"", 0}, day = {"", 0};
    if (str_find(text, '/') == text.length || !str_next_field(&rest, '/', &year) ||
        year.length != YEAR_DIGITS || !number_in(year, 9999))
        return false;
    str_next_field(&rest, '/', &month);
    if (!rest.length || !str_next_field(&rest, '/', &day))
        day = (str){"", 0};
    month = str_trim(month);
    day = str_trim(day);
    date->year = number_in(year, 9999);
    date->month = number_in(month, 12);
    if (month.length && !date->month)
        date->month = date_month(month);
    if (date->month)
        date->day = number_in(day, 31);
    if ((month.length && !date->month) || (day.length && !date->day)) {
        *date = (osler_date){.kind = date->kind};
        return false;
    }
    take_rest(t, date, rest);
    return true;
}

/* False when `text` has no year. */
static bool parse_date(struct taking *t, osler_date *date, str text)
{
    text = tagged_line(t, text);
    if (parse_slashes(t, date, text) || date_parse_any(date, text) || date_parse_digits(date, text))
        return date->year != 0;
    if (!date_parse(date, text) && date->year)
        date->text = builder_keep(&t->build, text);
    return date->year != 0;
}

static int precision(const osler_date *date)
{
    return (date->month || date->season) + (date->day != 0) + (date->end_year != 0) +
           (date->text != NULL) + date->circa + date->open_end;
}

/* A date beside the year: "MAR 12" of Web of Science, "2019/03/12", "May 2019". */
static bool parse_beside(struct taking *t, osler_date *date, const osler_date *year, str text)
{
    if (parse_date(t, date, text))
        return true;
    if (!year->year)
        return false;
    buf whole = {0};
    *date = (osler_date){.kind = date->kind};
    buf_printf(&whole, "%d %.*s", year->year, STR_ARG(text));
    bool known = date_parse(date, buf_str(&whole)) && precision(date);
    buf_free(&whole);
    if (!known)
        *date = (osler_date){.kind = date->kind,
                             .year = year->year,
                             .text = builder_keep(&t->build, tagged_line(t, text))};
    return true;
}

void tagged_finish_date(struct taking *t)
{
    osler_date year = {.kind = "issued"}, date = {.kind = "issued"};
    str year_text = tagged_line(t, t->year.text), date_text = tagged_line(t, t->date.text);
    bool has_year = year_text.length && parse_date(t, &year, year_text);
    bool has_date = date_text.length && parse_beside(t, &date, &year, date_text);
    const osler_date *best = has_year ? &year : has_date ? &date : NULL;
    if (year_text.length && !has_year)
        tagged_keep_value(t, &t->year);
    if (has_date && has_year && date.year == year.year && precision(&date) > precision(&year))
        best = &date;
    else if (date_text.length && (!has_date || (has_year && date.year != year.year)))
        tagged_keep_value(t, &t->date);
    osler_date *added = best ? BUILDER_ADD(&t->build, &t->record->dates) : NULL;
    if (added)
        *added = *best;
    added = t->accessed.kind ? BUILDER_ADD(&t->build, &t->record->dates) : NULL;
    if (added)
        *added = t->accessed;
}

void tagged_take_accessed(struct taking *t, const struct tagged_value *value)
{
    osler_date date = {.kind = "accessed"};
    if (t->accessed.kind || !parse_date(t, &date, value->text))
        tagged_keep_value(t, value);
    else
        t->accessed = date;
}

/* "pp. 12-19" and "p12": the pages alone. */
static str without_word(str pages)
{
    size_t at = 0;
    while (at < pages.length && (pages.data[at] == 'p' || pages.data[at] == 'P') && at < 2)
        at++;
    while (at && at < pages.length && (pages.data[at] == '.' || pages.data[at] == ' '))
        at++;
    return at && at < pages.length && char_is_digit(pages.data[at])
               ? str_part(pages, at, pages.length)
               : pages;
}

/* A book's one number is how many pages it has. */
static bool is_count(const osler_record *record, str first, str last)
{
    unsigned long number;
    return record->csl_type && strcmp(record->csl_type, "book") == 0 && !last.length &&
           str_number(first, &number);
}

static void join_pages(struct taking *t, str first, str last)
{
    osler_record *r = t->record;
    const char *begin, *end;
    pages_expand(t->memory, first, &begin, &end);
    const char *expanded = pages_expand_last(t->memory, begin && end ? str_of(begin) : first, last);
    if (begin && end && expanded && strcmp(end, expanded) == 0) { /* SP has said it all */
        r->pages = builder_keep(&t->build, first);
        r->page_first = begin;
        r->page_last = end;
        return;
    }
    str closing = expanded ? str_of(expanded) : last;
    r->page_first = builder_keep(&t->build, first);
    if (str_equal(first, closing)) {
        r->pages = r->page_first;
        return;
    }
    r->page_last = builder_keep(&t->build, closing);
    buf pages = {0};
    buf_add(&pages, first);
    buf_add_byte(&pages, '-');
    buf_add(&pages, closing);
    r->pages = builder_keep(&t->build, buf_str(&pages));
    buf_free(&pages);
}

void tagged_finish_pages(struct taking *t)
{
    osler_record *r = t->record;
    str first = without_word(tagged_line(t, t->first_page.text)), last = t->last_page;
    if (!first.length && last.length) {
        tagged_keep(t, (str)STR("EP"), last);
    } else if (is_count(r, first, last)) {
        tagged_keep(t, (str)STR("number-of-pages"), first);
    } else if (last.length && pages_is_page(first) && pages_is_page(last)) {
        join_pages(t, first, last);
    } else if (first.length) {
        r->pages = builder_keep(&t->build, first);
        pages_expand(t->memory, first, &r->page_first, &r->page_last);
        tagged_keep(t, (str)STR("EP"), last);
    }
    if (r->pages && !r->article_number && pages_is_article_number(str_of(r->pages)))
        r->article_number = r->pages;
}

/* The characters that count of an ISSN or ISBN: digits, and X at the end. */
static size_t count_digits(str word)
{
    size_t digits = 0;
    for (size_t i = 0; i < word.length; i++) {
        char c = word.data[i];
        bool check = (c == 'X' || c == 'x') && digits;
        if (char_is_digit(c) || check)
            digits++;
        else if (c != '-')
            return 0;
    }
    return digits;
}

static bool add_issn(struct taking *t, str word, const char *type)
{
    enum { HALF = 4, WHOLE = 8 };
    char issn[WHOLE + 2];
    size_t length = 0;
    for (size_t i = 0; i < word.length && length <= WHOLE; i++) {
        if (word.data[i] == '-')
            continue;
        if (length == HALF)
            issn[length++] = '-';
        issn[length++] = word.data[i] == 'x' ? 'X' : word.data[i];
    }
    if (t->record->issn)
        return str_equal(str_of(t->record->issn), (str){issn, length});
    t->record->issn = builder_keep(&t->build, (str){issn, length});
    t->record->issn_type = type;
    return true;
}

static bool add_serial_number(struct taking *t, str word, const char *type)
{
    enum { ISSN = 8, ISBN = 10, LONG_ISBN = 13 };
    size_t digits = count_digits(word);
    const osler_text_list *isbns = &t->record->isbn;
    if (digits == ISSN)
        return add_issn(t, word, type);
    if (digits != ISBN && digits != LONG_ISBN)
        return false;
    for (size_t i = 0; i < isbns->count; i++)
        if (str_is(word, isbns->items[i]))
            return true;
    builder_add_text(&t->build, &t->record->isbn, word);
    return true;
}

/* The type that the word in parentheses behind a number names. */
static const char *type_of(str behind)
{
    str note = str_trim(behind);
    if (note.length < 2 || note.data[0] != '(')
        return NULL;
    if (note.data[1] == 'E' || note.data[1] == 'e')
        return "Electronic";
    return note.data[1] == 'P' || note.data[1] == 'p' ? "Print" : NULL;
}

/* "1999-7777(Electronic),0222-6666(Print)", "15731235 10505350", "978-3-16-148410-0" */
void tagged_take_serial_number(struct taking *t, const struct tagged_value *value)
{
    str rest = tagged_line(t, value->text);
    while (rest.length) {
        size_t start = 0, end;
        while (start < rest.length && strchr(" ,;", rest.data[start]))
            start++;
        for (end = start; end < rest.length && !strchr(" ,;(", rest.data[end]);)
            end++;
        str word = str_part(rest, start, end - start);
        rest = str_part(rest, end, rest.length);
        const char *type = type_of(rest);
        if (type || (str_trim(rest).length && str_trim(rest).data[0] == '('))
            rest = str_part(rest, str_find(rest, ')') + 1, rest.length);
        if (word.length && !add_serial_number(t, word, type ? type : value->row->argument))
            tagged_keep(t, str_of(value->row->tag), word);
    }
}
