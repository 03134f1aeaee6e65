/*
 * Items from CSL-JSON, the strict and the usual: numbers as texts and texts as numbers, names and
 * dates as plain texts, older names of variables, and variables written into the note.
 */
#include "base/buf.h"
#include "base/error.h"
#include "base/json.h"
#include "record/dates.h"
#include "style/item.h"

#include <stddef.h>
#include <stdlib.h>

enum { KNOWN_KEYS = 64 };

struct reading {
    arena *memory;
    struct item *item;
    /* Keys met before and their variables: the items of a file are alike. */
    struct {
        str key;
        enum variable variable;
    } known[KNOWN_KEYS];
};

static enum variable variable_of_key(struct reading *r, str key)
{
    if (!key.length)
        return VARIABLE_NONE;
    size_t place = (key.length * 31 + (unsigned char)key.data[0] * 7 +
                    (unsigned char)key.data[key.length - 1]) %
                   KNOWN_KEYS;
    if (str_equal(r->known[place].key, key))
        return r->known[place].variable;
    enum variable variable = variable_of(key);
    if (variable) {
        r->known[place].key = (str){arena_copy(r->memory, key), key.length};
        r->known[place].variable = variable;
    }
    return variable;
}

static bool is_text(const struct json_value *value)
{
    return value && value->kind == JSON_IS_TEXT;
}

static bool is_array(const struct json_value *value)
{
    return value && value->kind == JSON_IS_ARRAY;
}

/* Texts, and numbers as they are written.  Empty for what is neither. */
static str plain_text(const struct json_value *value)
{
    bool has_text = value && (value->kind == JSON_IS_TEXT || value->kind == JSON_IS_NUMBER);
    return has_text ? value->text : (str){NULL, 0};
}

static void read_text(const struct reading *r, enum variable variable,
                      const struct json_value *value)
{
    if (value->kind != JSON_IS_ARRAY) {
        item_set_text(r->memory, r->item, variable, plain_text(value));
        return;
    }
    buf joined = {0};
    for (const struct json_value *part = value->first; part; part = part->next) {
        str text = plain_text(part);
        if (joined.length && text.length)
            buf_add_text(&joined, ", ");
        buf_add(&joined, text);
    }
    item_set_text(r->memory, r->item, variable, buf_str(&joined));
    buf_free(&joined);
}

/* true, 1, "true", "1": what people write for yes. */
static bool is_yes(const struct json_value *value)
{
    str text = str_trim(plain_text(value));
    return (value && value->kind == JSON_IS_TRUE) ||
           (text.length && !str_is(text, "0") && !str_equal_ignoring_case(text, (str)STR("false")));
}

/* A group whose name came in the parts of a person's. */
static void make_literal(arena *memory, struct item_name *name)
{
    str literal = name->literal;
    if (!literal.length && name->family.length && name->given.length) {
        char *both = arena_room(memory, name->given.length + name->family.length + 1);
        memcpy(both, name->given.data, name->given.length);
        both[name->given.length] = ' ';
        memcpy(both + name->given.length + 1, name->family.data, name->family.length);
        literal = (str){both, name->given.length + name->family.length + 1};
    } else if (!literal.length) {
        literal = name->family.length ? name->family : name->given;
    }
    *name = (struct item_name){.literal = literal};
}

static const struct {
    str key;
    size_t offset;
} name_parts[] = {
    {STR("family"), offsetof(struct item_name, family)},
    {STR("given"), offsetof(struct item_name, given)},
    {STR("suffix"), offsetof(struct item_name, suffix)},
    {STR("literal"), offsetof(struct item_name, literal)},
    {STR("dropping-particle"), offsetof(struct item_name, dropping_particle)},
    {STR("non-dropping-particle"), offsetof(struct item_name, non_dropping_particle)},
};

/* What a name is besides its parts. */
struct name_manner {
    bool institution, unparsed;
};

static void read_name_member(struct item_name *name, struct name_manner *manner,
                             const struct json_value *member)
{
    for (size_t i = 0; i < sizeof name_parts / sizeof *name_parts; i++) {
        if (!str_equal(member->key, name_parts[i].key))
            continue;
        str text = str_trim(plain_text(member));
        memcpy((char *)name + name_parts[i].offset, &text, sizeof text);
        return;
    }
    if (str_is(member->key, "comma-suffix"))
        name->comma_suffix = is_yes(member);
    else if (str_is(member->key, "static-ordering"))
        name->static_ordering = is_yes(member);
    else if (str_is(member->key, "isInstitution"))
        manner->institution = is_yes(member);
    else if (str_is(member->key, "parse-names"))
        manner->unparsed = !is_yes(member);
}

static struct item_name name_of(const struct reading *r, const struct json_value *value)
{
    if (value->kind != JSON_IS_OBJECT)
        return (struct item_name){.literal = str_trim(plain_text(value))};
    struct item_name name = {0};
    struct name_manner manner = {false, false};
    for (const struct json_value *member = value->first; member; member = member->next)
        read_name_member(&name, &manner, member);
    if (manner.institution || name.literal.length)
        make_literal(r->memory, &name);
    else if (!manner.unparsed)
        item_name_parse(r->memory, &name);
    return name;
}

static void read_names(const struct reading *r, enum variable variable,
                       const struct json_value *value)
{
    bool many = is_array(value);
    size_t count = 0;
    struct item_name *items = arena_room(r->memory, (many ? value->count : 1) * sizeof *items);
    for (const struct json_value *one = many ? value->first : value; one;
         one = many ? one->next : NULL)
        items[count++] = name_of(r, one);
    item_set_names(r->memory, r->item, variable, (struct item_names){items, count});
}

/* A part of a date: a number, or its digits as text.  0 for what is none. */
static int date_number(const struct json_value *value)
{
    enum { LONGEST = 7 };
    str text = str_trim(plain_text(value));
    bool negative = text.length && text.data[0] == '-';
    text = str_part(text, negative, text.length);
    text = str_part(text, 0, str_find(text, '.')); /* 2004.0 */
    unsigned long number;
    if (text.length > LONGEST || !str_number(text, &number))
        return 0;
    return negative ? -(int)number : (int)number;
}

static void read_day(struct item_day *day, const struct json_value *parts)
{
    *day = (struct item_day){.year = date_number(json_item(parts, 0))};
    item_day_set_month(day, date_number(json_item(parts, 1)));
    int number = date_number(json_item(parts, 2));
    if (day->month && number >= 1)
        day->day = number;
}

static void read_season(struct item_day *day, const struct json_value *value)
{
    enum { SEASONS = 4, FIRST_MONTH_NUMBER = 13 };
    int season = date_number(value);
    if (!season && is_text(value))
        season = date_season(str_trim(value->text));
    if (day->month || day->season)
        return;
    if (season >= 1 && season <= SEASONS)
        day->season = season;
    else if (season >= FIRST_MONTH_NUMBER)
        item_day_set_month(day, season);
}

/* The date that `text` says, or the text itself. */
static void read_date_text(const struct reading *r, struct item_date *date, str text)
{
    bool circa = date->circa;
    if (!item_date_parse(r->memory, date, text))
        *date = (struct item_date){.literal = str_trim(text)};
    date->circa |= circa;
}

static void read_date_object(const struct reading *r, struct item_date *date,
                             const struct json_value *value)
{
    const struct json_value *parts = json_member(value, "date-parts");
    str literal = str_trim(plain_text(json_member(value, "literal")));
    str raw = str_trim(plain_text(json_member(value, "raw")));
    bool flat = is_array(parts) && parts->first && !is_array(parts->first);
    const struct json_value *from = flat ? parts : json_item(parts, 0);
    const struct json_value *to = flat ? NULL : json_item(parts, 1);
    date->circa = is_yes(json_member(value, "circa"));
    if (literal.length) {
        date->literal = literal;
        return;
    }
    read_day(&date->from, from);
    read_day(&date->to, to);
    date->is_open = date->from.year && to && !date->to.year;
    if (!date->from.year && raw.length)
        read_date_text(r, date, raw);
    read_season(&date->from, json_member(value, "season"));
}

static void read_date(const struct reading *r, enum variable variable,
                      const struct json_value *value)
{
    struct item_date date = {0};
    if (value->kind == JSON_IS_OBJECT)
        read_date_object(r, &date, value);
    else if (value->kind == JSON_IS_NUMBER)
        date.from.year = date_number(value);
    else if (is_text(value))
        read_date_text(r, &date, value->text);
    item_set_date(r->memory, r->item, variable, &date);
}

static void read_variable(const struct reading *r, enum variable variable,
                          const struct json_value *value)
{
    switch (variable_kind(variable)) {
    case VARIABLE_KIND_TEXT:
    case VARIABLE_KIND_NUMBER: read_text(r, variable, value); break;
    case VARIABLE_KIND_DATE: read_date(r, variable, value); break;
    case VARIABLE_KIND_NAMES: read_names(r, variable, value); break;
    case VARIABLE_KIND_NONE: break;
    }
}

/* The note in reading.  What an item says by itself comes before what its note says. */
struct note {
    const struct reading *r;
    bool given[VARIABLE_COUNT];
    struct {
        struct item_name *items;
        size_t count;
    } names[VARIABLE_COUNT];
};

/* "Hall || W.C.": a name more of the variable. */
static void add_note_name(struct note *note, enum variable variable, str text)
{
    arena *memory = note->r->memory;
    struct item_name *name = arena_append(memory, &note->names[variable].items,
                                          &note->names[variable].count, sizeof *name);
    size_t bars = 0;
    while (bars + 1 < text.length && (text.data[bars] != '|' || text.data[bars + 1] != '|'))
        bars++;
    if (bars + 1 >= text.length) {
        name->literal = text;
        return;
    }
    name->family = str_trim(str_part(text, 0, bars));
    name->given = str_trim(str_part(text, bars + 2, text.length));
    item_name_parse(memory, name);
}

/* `key: value`.  False when the key is no variable that the note may set. */
static bool read_note_line(struct note *note, str line)
{
    const struct reading *r = note->r;
    size_t colon = str_find(line, ':');
    if (colon == line.length)
        return false;
    str key = str_part(line, 0, colon), value = str_trim(str_part(line, colon + 1, line.length));
    if (str_is(key, "type")) {
        enum work_type type = work_type_of(value);
        if (type)
            r->item->type = type;
        return type != TYPE_NONE;
    }
    enum variable variable = variable_of(key);
    if (!variable || variable == VARIABLE_NOTE || note->given[variable] || !value.length)
        return false;
    enum variable_kind kind = variable_kind(variable);
    if (kind == VARIABLE_KIND_NAMES) {
        add_note_name(note, variable, value);
    } else if (kind == VARIABLE_KIND_DATE) {
        struct item_date date = {0};
        read_date_text(r, &date, value);
        item_set_date(r->memory, r->item, variable, &date);
    } else {
        item_set_text(r->memory, r->item, variable, value);
    }
    return true;
}

/* Lines at the start of the note; the first line may be another. */
static void read_note_lines(struct note *note, str text, buf *rest)
{
    str line;
    for (size_t number = 0; str_next_line(&text, &line); number++) {
        if (read_note_line(note, str_trim(line)))
            continue;
        buf_add(rest, line);
        if (text.length)
            buf_add_byte(rest, '\n');
        if (number)
            break;
    }
    buf_add(rest, text);
}

/* `{:key: value}` wherever it stands. */
static void read_note_braces(struct note *note, str text, buf *rest)
{
    while (text.length) {
        size_t start = str_find(text, '{');
        buf_add(rest, str_part(text, 0, start));
        text = str_part(text, start, text.length);
        if (!text.length)
            return;
        size_t end = str_find(text, '}');
        bool taken = end < text.length && text.length > 2 && text.data[1] == ':' &&
                     read_note_line(note, str_part(text, 2, end - 2));
        if (!taken)
            buf_add_byte(rest, '{');
        text = str_part(text, taken ? end + 1 : 1, text.length);
    }
}

static void read_note(const struct reading *r)
{
    str text = item_text(r->item, VARIABLE_NOTE);
    if (str_find(text, ':') == text.length)
        return;
    struct note note = {.r = r};
    for (enum variable variable = 1; variable < VARIABLE_COUNT; variable++)
        note.given[variable] = item_has(r->item, variable);
    buf braces = {0}, rest = {0};
    read_note_braces(&note, text, &braces);
    read_note_lines(&note, buf_str(&braces), &rest);
    for (enum variable variable = 1; variable < VARIABLE_COUNT; variable++)
        if (note.names[variable].count)
            item_set_names(
                r->memory, r->item, variable,
                (struct item_names){note.names[variable].items, note.names[variable].count});
    item_set_text(r->memory, r->item, VARIABLE_NOTE, str_trim(buf_str(&rest)));
    buf_free(&braces);
    buf_free(&rest);
}

/* True when the key is the variable's name of today, which wins over older ones. */
static bool is_its_name(str key, enum variable variable)
{
    return str_is(key, variable_name(variable));
}

static void read_item(struct reading *r, const struct json_value *object)
{
    struct item *item = r->item;
    str id = {NULL, 0};
    for (const struct json_value *member = object->first; member; member = member->next) {
        if (str_is(member->key, "id"))
            id = plain_text(member);
        else if (str_is(member->key, "type"))
            item->type = work_type_of(plain_text(member));
        enum variable variable = variable_of_key(r, member->key);
        if (variable && (is_its_name(member->key, variable) || !item_has(item, variable)))
            read_variable(r, variable, member);
    }
    item->id = arena_copy(r->memory, id);
    read_note(r);
    item->language = item_text(item, VARIABLE_LANGUAGE);
}

osler_status items_from_json(arena *memory, struct item_list *out, str json, const char *name,
                             osler_error *error)
{
    struct json_stream stream = {.text = json};
    struct reading r = {.memory = memory};
    const struct json_value *value;
    arena scratch = {0};
    osler_status status;
    *out = (struct item_list){NULL, 0};
    while ((status = json_next(&stream, &scratch, &value, error)) == OSLER_OK) {
        if (value->kind != JSON_IS_OBJECT) {
            status = fail(error, OSLER_EINPUT, 0,
                          "item %zu is no object with the variables of a work", out->count + 1);
            break;
        }
        r.item = arena_append(memory, &out->items, &out->count, sizeof *r.item);
        read_item(&r, value);
        arena_clear(&scratch);
    }
    arena_free(&scratch);
    return status == OSLER_END ? OSLER_OK : fail_source(error, status, name);
}
