/* Lists and ranges of numbers, cut at their separators. */
#include "style/number_list.h"

#include <string.h>

/* ---- texts in the making ---- */

void joined_add(struct joined *joined, str text)
{
    if (!text.length)
        return;
    if (joined->length + text.length > joined->room) {
        size_t room = (joined->length + text.length) * 2 + 32;
        char *grown = arena_room(joined->memory, room);
        if (joined->length)
            memcpy(grown, joined->text, joined->length);
        joined->text = grown;
        joined->room = room;
    }
    memcpy(joined->text + joined->length, text.data, text.length);
    joined->length += text.length;
}

void joined_add_unescaped(struct joined *joined, str text)
{
    size_t start = 0;
    for (size_t i = 0; i + 1 < text.length; i++) {
        if (text.data[i] != '\\' || text.data[i + 1] != '-')
            continue;
        joined_add(joined, str_part(text, start, i - start));
        start = i + 1;
    }
    joined_add(joined, str_part(text, start, text.length));
}

/* The locale's sign for "and"; "&" where it has only the word. */
static str ampersand(const struct locale *locale)
{
    str symbol = locale_text(locale, TERM_AND, FORM_SYMBOL, false);
    if (symbol.length && !str_equal(symbol, locale_text(locale, TERM_AND, FORM_LONG, false)))
        return symbol;
    return (str){"&", 1};
}

void joined_add_separator(struct joined *joined, enum number_separator separator,
                          const struct locale *locale)
{
    str symbol;
    switch (separator) {
    case SEPARATOR_NONE: break;
    case SEPARATOR_COMMA: joined_add(joined, (str){", ", 2}); break;
    case SEPARATOR_SEMICOLON: joined_add(joined, (str){"; ", 2}); break;
    case SEPARATOR_COMMA_AND: joined_add(joined, (str){", and ", 6}); break;
    case SEPARATOR_AND: joined_add(joined, (str){" and ", 5}); break;
    case SEPARATOR_DASH:
        symbol = locale_text(locale, TERM_PAGE_RANGE_DELIMITER, FORM_LONG, false);
        joined_add(joined, symbol.length ? symbol : (str){"\xE2\x80\x93", 3});
        break;
    case SEPARATOR_AMPERSAND:
        joined_add(joined, (str){" ", 1});
        joined_add(joined, ampersand(locale));
        joined_add(joined, (str){" ", 1});
        break;
    }
}

/* ---- separators ---- */

/* The separator at `i` and its length in bytes. */
static enum number_separator separator_at(str text, size_t i, size_t *length)
{
    str rest = str_part(text, i, text.length);
    *length = 1;
    switch (*rest.data) {
    case ',':
        if (!str_starts_with(rest, (str){", and ", 6}))
            return SEPARATOR_COMMA;
        *length = 6;
        return SEPARATOR_COMMA_AND;
    case ';': return SEPARATOR_SEMICOLON;
    case '&': return SEPARATOR_AMPERSAND;
    case '-':
        if (i && text.data[i - 1] == '\\')
            return SEPARATOR_NONE;
        *length = rest.length > 1 && rest.data[1] == '-' ? 2 : 1;
        return SEPARATOR_DASH;
    case ' ':
        *length = 5;
        return str_starts_with(rest, (str){" and ", 5}) ? SEPARATOR_AND : SEPARATOR_NONE;
    case '\xE2': /* U+2010 to U+2015 but the horizontal bar, and the minus sign */
        *length = 3;
        if (rest.length >= 3 && ((rest.data[1] == '\x80' && (unsigned char)rest.data[2] >= 0x90 &&
                                  (unsigned char)rest.data[2] <= 0x94) ||
                                 (rest.data[1] == '\x88' && rest.data[2] == '\x92')))
            return SEPARATOR_DASH;
        break;
    default: break;
    }
    return SEPARATOR_NONE;
}

bool number_list_next(struct number_list *list, struct number_token *token)
{
    if (list->ended)
        return false;
    token->separator = list->separator;
    str text = list->text;
    size_t end = list->offset, length = 0;
    list->separator = SEPARATOR_NONE;
    while (end < text.length && !(list->separator = separator_at(text, end, &length)))
        end++;
    token->start = list->offset;
    token->end = end;
    token->text = str_trim(str_part(text, list->offset, end - list->offset));
    list->ended = end == text.length;
    list->offset = end + length;
    return true;
}

/* ---- Roman numerals ---- */

static unsigned value_of_letter(char c)
{
    switch (c | 0x20) {
    case 'i': return 1;
    case 'v': return 5;
    case 'x': return 10;
    case 'l': return 50;
    case 'c': return 100;
    case 'd': return 500;
    case 'm': return 1000;
    default: return 0;
    }
}

/* One decimal digit in Roman letters, largest first: one, five and ten of its place. */
static unsigned roman_digit(str *rest, unsigned place)
{
    unsigned ones = 0, value = 0;
    size_t i = 0;
    if (rest->length && value_of_letter(*rest->data) == 5 * place) {
        value = 5 * place;
        i = 1;
    }
    while (i < rest->length && ones < 3 && value_of_letter(rest->data[i]) == place) {
        ones++;
        i++;
    }
    value += ones * place;
    if (ones == 1 && value == place && i < rest->length && place < 1000) {
        unsigned next = value_of_letter(rest->data[i]);
        if (next == 5 * place || next == 10 * place) {
            value = next - place;
            i++;
        }
    }
    *rest = str_part(*rest, i, rest->length);
    return value;
}

unsigned number_of_roman(str text)
{
    if (!text.length)
        return 0;
    bool small = text.data[0] >= 'a';
    for (size_t i = 0; i < text.length; i++)
        if (!value_of_letter(text.data[i]) || (text.data[i] >= 'a') != small)
            return 0;
    unsigned value = 0;
    for (unsigned place = 1000; place; place /= 10)
        value += roman_digit(&text, place);
    return text.length ? 0 : value;
}
