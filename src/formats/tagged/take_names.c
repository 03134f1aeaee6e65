/* Names as people write them behind tags: "Roe, Ann B., Jr", "Roe AB", "The Group". */
#include "formats/tagged/take.h"

#include "base/utf8.h"

#include <string.h>

enum { COMMAS_MOST = 3, INITIALS_MOST = 4, SHORT_MOST = 6 };

static bool is_suffix(str word)
{
    static const char *const suffixes[] = {"Jr", "Jr.", "Sr",  "Sr.", "I",   "II", "III", "IV",
                                           "V",  "1st", "2nd", "3rd", "4th", "MD", "PhD"};
    for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++)
        if (str_equal_ignoring_case(word, str_of(suffixes[i])))
            return true;
    return false;
}

/* "JA", "J.A.", "J-A": capitals that stand for given names. */
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

/* "AB" of "Ann B.", "JP" of "Jean-Paul", "JA" of "JA". */
static const char *initials_of(struct taking *t, str given)
{
    buf initials = {0};
    bool start = true;
    bool all = is_initials(given);
    for (size_t i = 0, length; i < given.length; i += length) {
        uint32_t c = utf8_decode(str_part(given, i, given.length), &length);
        bool small = c >= 'a' && c <= 'z';
        if (c == ' ' || c == '.' || c == '-') {
            start = true;
            continue;
        }
        if ((start || all) && !small && c > '9')
            buf_add(&initials, str_part(given, i, length));
        start = false;
    }
    const char *kept = builder_keep(&t->build, buf_str(&initials));
    buf_free(&initials);
    return kept;
}

static size_t commas_in(str text)
{
    size_t commas = 0;
    for (size_t i = 0; i < text.length; i++)
        commas += text.data[i] == ',';
    return commas;
}

/* A person in `family`, `given`, `suffix`. */
static void set_person(struct taking *t, osler_name *name, str family, str given, str suffix)
{
    name->family = tagged_markup(t, family);
    name->given = builder_keep(&t->build, given);
    name->initials = initials_of(t, given);
    name->suffix = tagged_markup(t, suffix);
    name->collective = NULL;
}

/* A comma behind all of it: a group, whatever stands before. */
static bool is_group(str text)
{
    return text.length > 1 && text.data[text.length - 1] == ',';
}

static void set_with_commas(struct taking *t, osler_name *name, str text)
{
    str parts[COMMAS_MOST + 1] = {{"", 0}};
    size_t count = 0;
    for (str rest = text, part; count <= COMMAS_MOST && str_next_field(&rest, ',', &part);)
        parts[count++] = str_trim(part);
    if (is_group(text)) {
        name->collective = tagged_markup(t, str_trim(str_part(text, 0, text.length - 1)));
    } else if (count <= 2) {
        set_person(t, name, parts[0], parts[1], (str){"", 0});
    } else if (is_suffix(parts[1]) && !is_suffix(parts[2])) {
        set_person(t, name, parts[0], parts[2], parts[1]);
    } else if (count == 3) {
        set_person(t, name, parts[0], parts[1], parts[2]);
    } else {
        name->collective = tagged_markup(t, text);
    }
}

/*
 * Without a comma: "Roe AB" is a person by its initials, one word a family name; others are whole,
 * as no one can tell "James Brown" from "Novo Nordisk".
 */
static void set_without_comma(struct taking *t, osler_name *name, str text)
{
    size_t space = text.length;
    while (space && text.data[space - 1] != ' ')
        space--;
    str last = str_part(text, space, text.length), before = str_trim(str_part(text, 0, space));
    bool shouted = is_initials(str_part(before, 0, str_find(before, ' ')));
    if (!space)
        set_person(t, name, text, (str){"", 0}, (str){"", 0});
    else if (is_initials(last) && before.length && !shouted)
        set_person(t, name, before, last, (str){"", 0});
    else
        name->collective = tagged_markup(t, text);
}

static void set_name(struct taking *t, osler_name *name, str text)
{
    text = tagged_decoded(t, text);
    if (commas_in(text))
        set_with_commas(t, name, text);
    else
        set_without_comma(t, name, text);
}

static bool is_others(str text)
{
    return str_equal_ignoring_case(text, (str)STR("et al")) ||
           str_equal_ignoring_case(text, (str)STR("et al.")) ||
           str_equal_ignoring_case(text, (str)STR("others"));
}

/* "," and " ; ": a name of marks that part names is nobody's. */
static bool is_nobody(str text)
{
    for (size_t i = 0; i < text.length; i++)
        if (!strchr(",.;|", text.data[i]) && !char_is_space(text.data[i]))
            return false;
    return true;
}

static void add_name(struct taking *t, const char *role, str text)
{
    if (is_nobody(text))
        return;
    if (is_others(text)) {
        t->record->names_incomplete = true;
        return;
    }
    osler_name *name = BUILDER_ADD(&t->build, &t->record->names);
    if (!name)
        return;
    name->role = role;
    set_name(t, name, text);
    if (name->family || name->given || name->collective)
        t->last_name = name;
    else
        t->record->names.count--; /* a comma alone is nobody */
}

/* The next of several names: apart by lines, semicolons, or " and " between whole ones. */
static bool next_name(struct taking *t, str *lines, str *line, str *name)
{
    static const str and = STR(" and ");
    if (!line->length && !tagged_next_part(t, lines, true, line))
        return false;
    for (size_t i = 0; i + and.length < line->length && !is_group(*line); i++) {
        str before = str_part(*line, 0, i), behind = str_part(*line, i + and.length, line->length);
        if (str_starts_with(str_part(*line, i, line->length), and) && commas_in(before) &&
            commas_in(behind)) {
            *name = str_trim(before);
            *line = str_trim(behind);
            return true;
        }
    }
    *name = *line;
    line->length = 0;
    return true;
}

void tagged_take_names(struct taking *t, const struct tagged_value *value)
{
    str lines = value->text, line = {"", 0}, name;
    while (next_name(t, &lines, &line, &name)) {
        if (commas_in(name) > COMMAS_MOST && !is_group(name))
            tagged_keep(t, str_of(value->row->tag), name);
        else
            add_name(t, value->row->argument, name);
    }
}

void tagged_take_groups(struct taking *t, const struct tagged_value *value)
{
    str rest = value->text, text;
    while (tagged_next_part(t, &rest, false, &text)) {
        osler_name *name = is_nobody(text) ? NULL : BUILDER_ADD(&t->build, &t->record->names);
        if (!name)
            continue;
        name->role = value->row->argument;
        name->collective = tagged_markup(t, text);
    }
}

/* Full names stand in the order of the short ones, whose initials stay. */
void tagged_take_full_names(struct taking *t, const struct tagged_value *value)
{
    str lines = value->text, line = {"", 0}, text;
    osler_name_list *names = &t->record->names;
    while (next_name(t, &lines, &line, &text)) {
        while (t->full_names < names->count &&
               strcmp(names->items[t->full_names].role, value->row->argument) != 0)
            t->full_names++;
        if (t->full_names == names->count) {
            add_name(t, value->row->argument, text);
            t->full_names = names->count;
            continue;
        }
        osler_name *name = &names->items[t->full_names++];
        if (is_nobody(text))
            continue;
        str given = str_of(name->given);
        bool shortened = given.length && given.length <= SHORT_MOST &&
                         str_find(given, ' ') == given.length &&
                         str_find(given, '.') == given.length;
        const char *initials = shortened ? name->given : name->initials;
        *name = (osler_name){.role = name->role};
        set_name(t, name, text);
        name->initials = initials && name->family ? initials : name->initials;
    }
}

void tagged_take_affiliation(struct taking *t, const struct tagged_value *value)
{
    osler_name_list *names = &t->record->names;
    str rest = value->text, place;
    bool alone = names->count == 1;
    if (!t->apart || (!t->last_name && !alone)) {
        tagged_keep_value(t, value);
        return;
    }
    osler_name *name = &names->items[names->count - 1];
    while (tagged_next_part(t, &rest, false, &place)) {
        osler_affiliation *affiliation = BUILDER_ADD(&t->build, &name->affiliations);
        if (affiliation)
            affiliation->text = tagged_markup(t, place);
    }
}
