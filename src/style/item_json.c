/*
 * Items from CSL-JSON, the strict and the usual: numbers as texts and texts as numbers, names and
 * dates as plain texts, older names of variables, and variables written into the note.
 */
#include "base/buf.h"
#include "base/error.h"
#include "record/dates.h"
#include "style/item.h"

#include <jansson.h>

struct reading {
    arena *memory;
    struct item *item;
};

static str text_of(const json_t *value)
{
    return (str){json_string_value(value), json_string_length(value)};
}

/* Texts and numbers as text; a list of them is joined by commas.  Empty for what is neither. */
static str plain_text(arena *memory, const json_t *value)
{
    enum { LONGEST_NUMBER = 32 };
    char digits[LONGEST_NUMBER];
    int length = 0;
    if (json_is_string(value))
        return text_of(value);
    if (json_is_integer(value))
        length =
            snprintf(digits, sizeof digits, "%" JSON_INTEGER_FORMAT, json_integer_value(value));
    else if (json_is_real(value))
        length = snprintf(digits, sizeof digits, "%.15g", json_real_value(value));
    return length > 0 ? (str){arena_copy(memory, (str){digits, (size_t)length}), (size_t)length}
                      : (str){NULL, 0};
}

static void add_text(arena *memory, buf *joined, const json_t *value)
{
    str text = plain_text(memory, value);
    if (joined->length && text.length)
        buf_add_text(joined, ", ");
    buf_add(joined, text);
}

static void read_text(const struct reading *r, enum variable variable, const json_t *value)
{
    if (!json_is_array(value)) {
        item_set_text(r->memory, r->item, variable, plain_text(r->memory, value));
        return;
    }
    buf joined = {0};
    for (size_t i = 0; i < json_array_size(value); i++)
        add_text(r->memory, &joined, json_array_get(value, i));
    item_set_text(r->memory, r->item, variable, buf_str(&joined));
    buf_free(&joined);
}

/* true, 1, "true", "1": what people write for yes. */
static bool is_yes(const json_t *value)
{
    if (json_is_string(value))
        return json_string_length(value) && !str_is(text_of(value), "0") &&
               !str_equal_ignoring_case(text_of(value), (str)STR("false"));
    return json_is_true(value) || (json_is_number(value) && json_number_value(value) != 0);
}

static str member_text(const struct reading *r, const json_t *object, const char *key)
{
    return plain_text(r->memory, json_object_get(object, key));
}

/* A group whose name came in the parts of a person's. */
static void make_literal(arena *memory, struct item_name *name)
{
    if (!name->literal.length && name->family.length && name->given.length) {
        char *both = arena_room(memory, name->given.length + name->family.length + 2);
        int length = sprintf(both, "%.*s %.*s", STR_ARG(name->given), STR_ARG(name->family));
        name->literal = (str){both, (size_t)length};
    } else if (!name->literal.length) {
        name->literal = name->family.length ? name->family : name->given;
    }
    *name = (struct item_name){.literal = name->literal};
}

static struct item_name name_of(const struct reading *r, const json_t *value)
{
    if (!json_is_object(value))
        return (struct item_name){.literal = plain_text(r->memory, value)};
    struct item_name name = {
        .family = member_text(r, value, "family"),
        .given = member_text(r, value, "given"),
        .suffix = member_text(r, value, "suffix"),
        .dropping_particle = member_text(r, value, "dropping-particle"),
        .non_dropping_particle = member_text(r, value, "non-dropping-particle"),
        .literal = member_text(r, value, "literal"),
        .comma_suffix = is_yes(json_object_get(value, "comma-suffix")),
        .static_ordering = is_yes(json_object_get(value, "static-ordering")),
    };
    const json_t *parse = json_object_get(value, "parse-names");
    if (is_yes(json_object_get(value, "isInstitution")) || str_trim(name.literal).length)
        make_literal(r->memory, &name);
    else if (!parse || is_yes(parse))
        item_name_parse(r->memory, &name);
    return name;
}

static void read_names(const struct reading *r, enum variable variable, const json_t *value)
{
    struct item_names names = {NULL, 0};
    bool many = json_is_array(value);
    size_t count = many ? json_array_size(value) : 1;
    struct item_name *items = arena_room(r->memory, count * sizeof *items);
    for (size_t i = 0; i < count; i++)
        items[i] = name_of(r, many ? json_array_get(value, i) : value);
    names.items = items;
    names.count = count;
    item_set_names(r->memory, r->item, variable, names);
}

/* A part of a date: a number, or digits as text.  0 for what is none. */
static int date_number(const json_t *value)
{
    enum { LARGEST = 9999999 };
    long long number = 0;
    if (json_is_integer(value)) {
        number = json_integer_value(value);
    } else if (json_is_real(value)) {
        double real = json_real_value(value);
        number = real >= -LARGEST && real <= LARGEST ? (long long)real : 0;
    } else if (json_is_string(value)) {
        str digits = str_trim(text_of(value));
        bool negative = digits.length && digits.data[0] == '-';
        unsigned long read;
        digits = str_part(digits, negative, digits.length);
        if (str_number(digits, &read) && read <= LARGEST)
            number = negative ? -(long long)read : (long long)read;
    }
    return number >= -LARGEST && number <= LARGEST ? (int)number : 0;
}

static void read_day(struct item_day *day, const json_t *parts)
{
    *day = (struct item_day){.year = date_number(json_array_get(parts, 0))};
    item_day_set_month(day, date_number(json_array_get(parts, 1)));
    int number = date_number(json_array_get(parts, 2));
    if (day->month && number >= 1)
        day->day = number;
}

static void read_season(struct item_day *day, const json_t *value)
{
    int season = date_number(value);
    if (!season && json_is_string(value))
        season = date_season(str_trim(text_of(value)));
    enum { FIRST_OF_EDTF = 13 };
    if (day->month || day->season)
        return;
    if (season >= 1 && season <= 4)
        day->season = season;
    else if (season >= FIRST_OF_EDTF)
        item_day_set_month(day, season);
}

/* The date that `text` says, or the text itself. */
static void read_date_text(const struct reading *r, struct item_date *date, str text)
{
    bool circa = date->circa;
    if (!item_date_parse(r->memory, date, text))
        *date = (struct item_date){.literal = text};
    date->circa |= circa;
}

static void read_date_object(const struct reading *r, struct item_date *date, const json_t *value)
{
    const json_t *parts = json_object_get(value, "date-parts");
    str literal = member_text(r, value, "literal"), raw = member_text(r, value, "raw");
    bool flat =
        json_is_array(parts) && json_array_size(parts) && !json_is_array(json_array_get(parts, 0));
    const json_t *from = flat ? parts : json_array_get(parts, 0);
    const json_t *to = flat ? NULL : json_array_get(parts, 1);
    date->circa = is_yes(json_object_get(value, "circa"));
    read_day(&date->from, from);
    read_day(&date->to, to);
    date->is_open = date->from.year && to && !date->to.year;
    if (str_trim(literal).length) {
        *date = (struct item_date){.literal = literal, .circa = date->circa};
        return;
    }
    if (!date->from.year && str_trim(raw).length)
        read_date_text(r, date, raw);
    if (!date->from.year && json_object_get(value, "edtf"))
        read_date_text(r, date, member_text(r, value, "edtf"));
    read_season(&date->from, json_object_get(value, "season"));
}

static void read_date(const struct reading *r, enum variable variable, const json_t *value)
{
    struct item_date date = {0};
    if (json_is_object(value))
        read_date_object(r, &date, value);
    else if (json_is_integer(value))
        date.from.year = date_number(value);
    else if (json_is_string(value))
        read_date_text(r, &date, text_of(value));
    item_set_date(r->memory, r->item, variable, &date);
}

static void read_variable(const struct reading *r, enum variable variable, const json_t *value)
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
    for (int variable = 1; variable < VARIABLE_COUNT; variable++)
        note.given[variable] = item_has(r->item, variable);
    buf braces = {0}, rest = {0};
    read_note_braces(&note, text, &braces);
    read_note_lines(&note, buf_str(&braces), &rest);
    for (int variable = 1; variable < VARIABLE_COUNT; variable++)
        if (note.names[variable].count)
            item_set_names(
                r->memory, r->item, variable,
                (struct item_names){note.names[variable].items, note.names[variable].count});
    item_set_text(r->memory, r->item, VARIABLE_NOTE, str_trim(buf_str(&rest)));
    buf_free(&braces);
    buf_free(&rest);
}

static void read_item(arena *memory, struct item *item, json_t *object)
{
    const struct reading r = {memory, item};
    const char *key;
    json_t *value;
    str id = plain_text(memory, json_object_get(object, "id"));
    item->id = arena_copy(memory, id);
    item->type = work_type_of(text_of(json_object_get(object, "type")));
    json_object_foreach(object, key, value)
    {
        enum variable variable = variable_of(str_of(key));
        if (variable && (str_is(str_of(key), variable_name(variable)) || !item_has(item, variable)))
            read_variable(&r, variable, value);
    }
    read_note(&r);
    item->language = item_text(item, VARIABLE_LANGUAGE);
}

static osler_status read_list(arena *memory, struct item_list *out, json_t *root, const char *name,
                              osler_error *error)
{
    size_t count = json_is_array(root) ? json_array_size(root) : 1;
    out->items = arena_alloc(memory, count * sizeof *out->items);
    out->count = count;
    for (size_t i = 0; i < count; i++) {
        json_t *object = json_is_array(root) ? json_array_get(root, i) : root;
        if (!json_is_object(object))
            return fail_source(error,
                               fail(error, OSLER_EINPUT, 0,
                                    "item %zu is no object with the variables of a work", i + 1),
                               name);
        read_item(memory, &out->items[i], object);
    }
    return OSLER_OK;
}

osler_status items_from_json(arena *memory, struct item_list *out, str json, const char *name,
                             osler_error *error)
{
    json_error_t problem;
    *out = (struct item_list){NULL, 0};
    if (str_starts_with(json, (str)STR("\xEF\xBB\xBF")))
        json = str_part(json, 3, json.length);
    json_t *root = json_loadb(json.data ? json.data : "", json.length, 0, &problem);
    if (!root) {
        fail(error, OSLER_EINPUT, problem.line > 0 ? (unsigned)problem.line : 0,
             "this is no JSON: %s", problem.text);
        if (error && problem.column > 0)
            error->column = (unsigned)problem.column;
        return fail_source(error, OSLER_EINPUT, name);
    }
    osler_status status = read_list(memory, out, root, name, error);
    json_decref(root);
    return status;
}
