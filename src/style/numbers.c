/* Numbers: what counts as numeric, lists and ranges, ordinals and Roman numerals. */
#include "style/numbers.h"
#include "base/buf.h"

#include <stdio.h>

enum { LARGEST_ROMAN = 3999, MOST_DIGITS = 9 };

/* ---- one number ---- */

static size_t leading_letters(str text)
{
    size_t i = 0;
    while (i < text.length && !char_is_digit(text.data[i]) && !char_is_space(text.data[i]))
        i++;
    return i;
}

static bool is_roman_letter(char c)
{
    return c && strchr("ivxlcdm", c);
}

/* True for a Roman numeral in small letters. */
static bool is_roman(str text)
{
    if (!text.length)
        return false;
    for (size_t i = 0; i < text.length; i++)
        if (!is_roman_letter(text.data[i]))
            return false;
    return true;
}

/* Digits with letters before or behind: "2", "D2", "2b", "L2d"; or a small Roman numeral. */
static bool is_number(str text)
{
    size_t start = leading_letters(text);
    if (start == text.length)
        return is_roman(text);
    for (size_t i = 0; i < text.length; i++) {
        unsigned char c = (unsigned char)text.data[i];
        if (!char_is_digit((char)c) && !char_is_letter((char)c) && c < 0x80)
            return false;
    }
    return true;
}

/* ---- lists and ranges ---- */

/* The length of the separator at `offset`: a comma, an ampersand, a hyphen, an en dash; 0: none. */
static size_t separator_at(str text, size_t offset)
{
    char c = text.data[offset];
    if (c == ',' || c == '&' || c == '-')
        return 1;
    str rest = str_part(text, offset, text.length);
    return str_starts_with(rest, (str){"\xE2\x80\x93", 3}) ? 3 : 0;
}

struct token {
    str number;     /* trimmed */
    char separator; /* in front of it: ',', '&', '-' (dashes too), or 0 for the first */
};

/* Cut the next number and the separator before it off `*rest`.  False at the end. */
static bool next_token(str text, size_t *offset, struct token *token)
{
    if (*offset > text.length)
        return false;
    token->separator = 0;
    if (*offset) {
        size_t length = separator_at(text, *offset - 1);
        char c = text.data[*offset - 1];
        token->separator = c == ',' || c == '&' ? c : '-';
        *offset += length ? length - 1 : 0;
    }
    size_t end = *offset;
    while (end < text.length && !separator_at(text, end))
        end++;
    token->number = str_trim(str_part(text, *offset, end - *offset));
    *offset = end + 1;
    return true;
}

bool number_is_numeric(str text)
{
    struct token token;
    size_t offset = 0;
    while (next_token(text, &offset, &token))
        if (!is_number(token.number))
            return false;
    return text.length > 0;
}

bool number_is_plural(str text)
{
    struct token token;
    size_t offset = 0, numbers = 0;
    while (next_token(text, &offset, &token)) {
        if (str_starts_with(token.number, (str){"and ", 4}))
            token.number = str_trim(str_part(token.number, 4, token.number.length));
        size_t word = str_find(token.number, ' ');
        if (token.number.length && is_number(str_part(token.number, 0, word)))
            numbers++;
    }
    return numbers > 1;
}

/* ---- forms ---- */

str number_roman(arena *memory, unsigned number)
{
    static const struct {
        unsigned value;
        const char *letters;
    } parts[] = {{1000, "m"}, {900, "cm"}, {500, "d"}, {400, "cd"}, {100, "c"},
                 {90, "xc"},  {50, "l"},   {40, "xl"}, {10, "x"},   {9, "ix"},
                 {5, "v"},    {4, "iv"},   {1, "i"}};
    char text[24];
    if (!number || number > LARGEST_ROMAN) {
        size_t length = (size_t)snprintf(text, sizeof text, "%u", number);
        return (str){arena_copy(memory, (str){text, length}), length};
    }
    size_t length = 0;
    for (size_t i = 0; number; i++)
        for (; number >= parts[i].value; number -= parts[i].value)
            for (const char *letter = parts[i].letters; *letter; letter++)
                text[length++] = *letter;
    return (str){arena_copy(memory, (str){text, length}), length};
}

/* The value of plain digits that fit; 0 else. */
static unsigned value_of(str digits)
{
    unsigned value = 0;
    if (!digits.length || digits.length > MOST_DIGITS)
        return 0;
    for (size_t i = 0; i < digits.length; i++) {
        if (!char_is_digit(digits.data[i]))
            return 0;
        value = value * 10 + (unsigned)(digits.data[i] - '0');
    }
    return value;
}

struct writing {
    arena *memory;
    const struct locale *locale;
    enum number_form form;
    enum gender gender;
    char *text;
    size_t length, room;
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

static void write_number(struct writing *w, str number)
{
    unsigned value = w->form == NUMBER_NUMERIC ? 0 : value_of(number);
    if (!value) {
        write_text(w, number);
        return;
    }
    if (w->form == NUMBER_ROMAN) {
        write_text(w, number_roman(w->memory, value));
        return;
    }
    str written = {"", 0};
    if (w->form == NUMBER_LONG_ORDINAL)
        written = locale_long_ordinal(w->locale, value, w->gender);
    if (written.length) {
        write_text(w, written);
        return;
    }
    write_text(w, number);
    write_text(w, locale_ordinal_suffix(w->locale, value, w->gender));
}

/* The locale's range delimiter; an en dash when it has none. */
static str range_delimiter(const struct locale *locale)
{
    str delimiter = locale_text(locale, TERM_PAGE_RANGE_DELIMITER, FORM_LONG, false);
    return delimiter.length ? delimiter : (str){"\xE2\x80\x93", 3};
}

static void write_separator(struct writing *w, char separator)
{
    if (separator == ',') {
        write_text(w, (str){", ", 2});
    } else if (separator == '&') {
        str ampersand = locale_text(w->locale, TERM_AND, FORM_SYMBOL, false);
        write_text(w, (str){" ", 1});
        write_text(w, ampersand.length ? ampersand : (str){"&", 1});
        write_text(w, (str){" ", 1});
    } else if (separator) {
        write_text(w, range_delimiter(w->locale));
    }
}

str number_format(arena *memory, str text, enum number_form form, enum gender gender,
                  const struct locale *locale)
{
    if (!number_is_numeric(text))
        return text;
    struct writing w = {.memory = memory, .locale = locale, .form = form, .gender = gender};
    struct token token;
    size_t offset = 0;
    while (next_token(text, &offset, &token)) {
        write_separator(&w, token.separator);
        write_number(&w, token.number);
    }
    return (str){w.text, w.length};
}
