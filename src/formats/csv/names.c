/* Several names in one cell, however the program parts them, as lines of "Family, Given". */
#include "formats/csv/names.h"
#include "base/buf.h"

#include <string.h>

enum { INITIALS_MOST = 5 };

/* "DK", "M.E.", "A.-B." */
static bool is_initials(str word)
{
    size_t letters = 0;
    for (size_t i = 0; i < word.length; i++) {
        if (word.data[i] >= 'A' && word.data[i] <= 'Z')
            letters++;
        else if (word.data[i] != '.' && word.data[i] != '-')
            return false;
    }
    return letters && letters <= INITIALS_MOST;
}

static bool has(str text, char c)
{
    return str_find(text, c) < text.length;
}

static str last_word(str text)
{
    size_t start = text.length;
    while (start && text.data[start - 1] != ' ')
        start--;
    return str_part(text, start, text.length);
}

/* "Roe AB": a family name with initials behind it. */
static bool is_short(str name)
{
    str last = last_word(name);
    return last.length < name.length && is_initials(last);
}

/* "Roe, A., Doe, B. C.": every second part is initials. */
static bool is_in_pairs(str text)
{
    str rest = text, part;
    size_t count = 0;
    while (str_next_field(&rest, ',', &part)) {
        str initials = str_trim(part), word;
        while (count % 2 && str_next_field(&initials, ' ', &word))
            if (word.length && !is_initials(word))
                return false;
        count++;
    }
    return count > 2 && count % 2 == 0;
}

/* "Roe AB, Doe C": every part is a name of its own. */
static bool is_all_short(str text)
{
    str part;
    while (str_next_field(&text, ',', &part))
        if (!is_short(str_trim(part)))
            return false;
    return true;
}

/* " and " between names, not within one: each has a comma, or initials. */
static bool is_parted_by_and(str text)
{
    static const str word = STR(" and ");
    bool found = false;
    size_t start = 0;
    for (size_t at = 0; at <= text.length; at++) {
        bool ends = at == text.length || str_starts_with(str_part(text, at, word.length), word);
        if (!ends)
            continue;
        str name = str_trim(str_part(text, start, at - start));
        if (!has(name, ',') && !is_short(name))
            return false;
        found |= at < text.length;
        start = at + word.length;
    }
    return found;
}

static bool is_particle(str word)
{
    static const char *const particles[] = {"de", "van", "von", "der", "den", "la",
                                            "le", "di",  "da",  "del", "dos", "du",
                                            "el", "al",  "bin", "ter", "ten", "della"};
    for (size_t i = 0; i < sizeof particles / sizeof *particles; i++)
        if (str_equal_ignoring_case(word, str_of(particles[i])))
            return true;
    return false;
}

/* Add "Given van Family" as "van Family, Given". */
static void add_turned(buf *out, str name)
{
    str family = last_word(name), given = str_trim(str_part(name, 0, name.length - family.length));
    for (str before = last_word(given); before.length < given.length && is_particle(before);
         before = last_word(given)) {
        family = str_part(name, given.length - before.length, name.length);
        given = str_trim(str_part(given, 0, given.length - before.length));
    }
    buf_add(out, family);
    buf_add_text(out, ", ");
    buf_add(out, given);
}

/* "Roe, Ann (57190394669)", "and Roe, Ann": the name alone. */
static str without_number(str name)
{
    static const str word = STR("and ");
    name = str_trim(name);
    if (str_starts_with(name, word))
        name = str_trim(str_part(name, word.length, name.length));
    size_t open = name.length;
    if (!open || name.data[open - 1] != ')')
        return name;
    open--;
    while (open && char_is_digit(name.data[open - 1]))
        open--;
    bool digits = name.length - open > 1 && open && name.data[open - 1] == '(';
    return digits ? str_trim(str_part(name, 0, open - 1)) : name;
}

static void add_line(buf *out, str name, bool turn)
{
    name = without_number(name);
    if (!name.length)
        return;
    if (turn && !has(name, ',') && has(name, ' '))
        add_turned(out, name);
    else
        buf_add(out, name);
    buf_add_byte(out, '\n');
}

/* Names as they are spoken: two or more, none with a comma or with initials behind it. */
static bool is_spoken(str text, char separator)
{
    size_t count = 0;
    str name;
    while (str_next_field(&text, separator, &name)) {
        name = str_trim(name);
        if (has(name, ',') || is_short(name) || (name.length && !has(name, ' ')))
            return false;
        count += name.length != 0;
    }
    return count > 1;
}

static void add_parted(buf *out, str text, char separator, bool spoken)
{
    bool turn = spoken || is_spoken(text, separator);
    str name;
    while (str_next_field(&text, separator, &name))
        add_line(out, name, turn);
}

static void add_by_and(buf *out, str text)
{
    static const str word = STR(" and ");
    size_t start = 0;
    for (size_t at = 0; at <= text.length; at++) {
        if (at < text.length && !str_starts_with(str_part(text, at, word.length), word))
            continue;
        add_line(out, str_part(text, start, at - start), false);
        start = at + word.length;
    }
}

static void add_pairs(buf *out, str text)
{
    str family, given;
    while (str_next_field(&text, ',', &family) && str_next_field(&text, ',', &given)) {
        buf_add(out, str_trim(family));
        buf_add_text(out, ", ");
        buf_add(out, str_trim(given));
        buf_add_byte(out, '\n');
    }
}

/* PubMed puts a full stop behind the last of several names. */
static str without_stop(str text)
{
    size_t length = text.length;
    bool stop = length > 2 && text.data[length - 1] == '.';
    bool initials = stop && text.data[length - 2] >= 'A' && text.data[length - 2] <= 'Z';
    char before = initials ? text.data[length - 3] : '.';
    bool others = has(str_part(text, 0, length - stop), '.');
    return initials && !others && (before == ' ' || (before >= 'A' && before <= 'Z'))
               ? str_part(text, 0, length - 1)
               : text;
}

void csv_add_names(buf *out, str text, bool spoken)
{
    if (has(text, ';'))
        add_parted(out, text, ';', spoken);
    else if (has(text, '\n'))
        add_parted(out, text, '\n', spoken);
    else if (has(text, '|'))
        add_parted(out, text, '|', spoken);
    else if (is_parted_by_and(text))
        add_by_and(out, text);
    else if (has(text, ',') && is_all_short(text))
        add_parted(out, without_stop(text), ',', false);
    else if (is_in_pairs(text))
        add_pairs(out, text);
    else
        add_line(out, text, spoken);
}
