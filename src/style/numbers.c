/* Numbers: what counts as numeric, plurals, ordinals and Roman numerals. */
#include "style/numbers.h"
#include "style/number_list.h"

#include <stdio.h>

enum { LARGEST_ROMAN = 3999, MOST_DIGITS = 9 };

static bool has_digit(str text)
{
    for (size_t i = 0; i < text.length; i++)
        if (char_is_digit(text.data[i]))
            return true;
    return false;
}

/* Digits with letters before or behind: "2", "D2", "2b", "L2d", "2/3"; or a small Roman numeral. */
static bool is_number(str text)
{
    if (!has_digit(text))
        return text.length && *text.data >= 'a' && number_of_roman(text);
    for (size_t i = 0; i < text.length; i++) {
        char c = text.data[i];
        bool escaped = c == '\\' || (c == '-' && i && text.data[i - 1] == '\\');
        if (!char_is_digit(c) && !char_is_letter(c) && (unsigned char)c < 0x80 && c != '/' &&
            !escaped)
            return false;
    }
    return true;
}

bool number_is_numeric(str text)
{
    struct number_list list = {.text = str_trim(text)};
    struct number_token token;
    while (number_list_next(&list, &token))
        if (!is_number(token.text) || token.separator == SEPARATOR_SEMICOLON)
            return false;
    return true;
}

/* "IV-VI": not numeric, but a range none the less. */
static bool is_roman_list(str text)
{
    struct number_list list = {.text = text};
    struct number_token token;
    size_t letters = 0, count = 0;
    for (; number_list_next(&list, &token); count++) {
        if (!number_of_roman(token.text))
            return false;
        letters += token.text.length;
    }
    return letters > count;
}

/* True when the text begins with a number of a list or a range: "12", "S7 passim", "xii". */
static bool begins_with_number(str text)
{
    str word = str_part(text, 0, str_find(text, ' '));
    if (has_digit(word))
        return true;
    return number_of_roman(word) && (word.length > 1 || strchr("ivx", *word.data));
}

bool number_is_one(str text)
{
    for (size_t i = 0; i < text.length; i++)
        if (!char_is_digit(text.data[i]) && !char_is_letter(text.data[i]))
            return false;
    return text.length && char_is_digit(text.data[text.length - 1]);
}

bool number_is_plural(str text)
{
    struct number_list list = {.text = str_trim(text)};
    struct number_token token;
    size_t numbers = 0;
    while (numbers < 2 && number_list_next(&list, &token)) {
        if (!token.text.length)
            continue;
        if (str_starts_with(token.text, (str){"and ", 4})) /* "2, and 3" */
            token.text = str_trim(str_part(token.text, 4, token.text.length));
        if (!begins_with_number(token.text))
            break;
        numbers++;
    }
    return numbers > 1;
}

/* ---- labels ---- */

/* The abbreviations that are labels. */
static const struct {
    str text;
    unsigned term;
} labels[] = {
    {STR("art."), TERM_ARTICLE_LOCATOR},
    {STR("bk."), TERM_BOOK},
    {STR("ch."), TERM_CHAPTER},
    {STR("chap."), TERM_CHAPTER},
    {STR("chaps."), TERM_CHAPTER},
    {STR("col."), TERM_COLUMN},
    {STR("fig."), TERM_FIGURE},
    {STR("figs."), TERM_FIGURE},
    {STR("fol."), TERM_FOLIO},
    {STR("l."), TERM_LINE},
    {STR("ll."), TERM_LINE},
    {STR("n."), TERM_NOTE},
    {STR("nn."), TERM_NOTE},
    {STR("no."), TERM_ISSUE},
    {STR("op."), TERM_OPUS},
    {STR("p."), TERM_PAGE},
    {STR("pp."), TERM_PAGE},
    {STR("para."), TERM_PARAGRAPH},
    {STR("pt."), TERM_PART},
    {STR("sec."), TERM_SECTION},
    {STR("s.v."), TERM_SUB_VERBO},
    {STR("vol."), TERM_VOLUME},
    {STR("vols."), TERM_VOLUME},
    {STR("\xC2\xA7"), TERM_SECTION},
    {STR("\xC2\xA7\xC2\xA7"), TERM_SECTION},
};

unsigned number_label(str abbreviation)
{
    if (!abbreviation.length || char_is_digit(*abbreviation.data))
        return TERM_NONE;
    for (size_t i = 0; i < sizeof labels / sizeof *labels; i++)
        if (str_equal(abbreviation, labels[i].text))
            return labels[i].term;
    return TERM_NONE;
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
    size_t length = 0;
    if (!number || number > LARGEST_ROMAN)
        length = (size_t)snprintf(text, sizeof text, "%u", number);
    else
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
    if (digits.length > MOST_DIGITS)
        return 0;
    for (size_t i = 0; i < digits.length; i++) {
        if (!char_is_digit(digits.data[i]))
            return 0;
        value = value * 10 + (unsigned)(digits.data[i] - '0');
    }
    return value;
}

struct wanted {
    enum number_form form;
    enum gender gender;
    const struct locale *locale;
};

static void add_number(struct joined *joined, str number, const struct wanted *wanted)
{
    unsigned value = wanted->form == NUMBER_NUMERIC ? 0 : value_of(number);
    if (!value) {
        joined_add_unescaped(joined, number);
        return;
    }
    if (wanted->form == NUMBER_ROMAN) {
        joined_add(joined, number_roman(joined->memory, value));
        return;
    }
    str word = {"", 0};
    if (wanted->form == NUMBER_LONG_ORDINAL)
        word = locale_long_ordinal(wanted->locale, value, wanted->gender);
    if (word.length) {
        joined_add(joined, word);
        return;
    }
    joined_add(joined, number);
    joined_add(joined, locale_ordinal_suffix(wanted->locale, value, wanted->gender));
}

static void add_list(struct joined *joined, str text, const struct wanted *wanted)
{
    struct number_list list = {.text = text};
    struct number_token token;
    while (number_list_next(&list, &token)) {
        joined_add_separator(joined, token.separator, wanted->locale);
        add_number(joined, token.text, wanted);
    }
}

/* A number with another behind it that has its own label: "7, p. 3-8".  False when it is not so. */
static bool add_labelled(struct joined *joined, str text, struct wanted *wanted)
{
    size_t comma = str_find(text, ',');
    str head = str_part(text, 0, comma), rest = str_trim(str_part(text, comma + 1, text.length));
    size_t space = str_find(rest, ' ');
    unsigned label = space < rest.length ? number_label(str_part(rest, 0, space)) : TERM_NONE;
    str tail = str_trim(str_part(rest, space, rest.length));
    if (!label || !number_is_numeric(head) || !number_is_numeric(tail))
        return false;
    add_list(joined, head, wanted);
    joined_add(joined, (str){", ", 2});
    joined_add(joined, locale_text(wanted->locale, label, FORM_SHORT, number_is_plural(tail)));
    joined_add(joined, (str){" ", 1});
    wanted->form = NUMBER_NUMERIC;
    add_list(joined, tail, wanted);
    return true;
}

str number_format(arena *memory, str text, enum number_form form, enum gender gender,
                  const struct locale *locale)
{
    struct wanted wanted = {form, gender, locale};
    struct joined joined = {.memory = memory};
    text = str_trim(text);
    if (number_is_numeric(text) || is_roman_list(text))
        add_list(&joined, text, &wanted);
    else if (!add_labelled(&joined, text, &wanted) && str_find(text, '\\') < text.length)
        joined_add_unescaped(&joined, text);
    return joined.text ? (str){joined.text, joined.length} : text;
}
