/*
 * Variables written into the note, as people do where their program has no field for them:
 * `{:key: value}` wherever it stands, and lines `key: value` at its start.  What the item has by
 * itself stays; the type does not.  Names are "family || given", one a line.
 */
#include "base/buf.h"
#include "style/item.h"

/* The note in reading.  What an item says by itself comes before what its note says. */
struct note {
    arena *memory;
    struct item *item;
    bool given[VARIABLE_COUNT];
    struct {
        struct item_name *items;
        size_t count;
    } names[VARIABLE_COUNT];
};

/* "Hall || W.C.": a name more of the variable. */
static void add_note_name(struct note *note, enum variable variable, str text)
{
    struct item_name *name = arena_append(note->memory, &note->names[variable].items,
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
    item_name_parse(note->memory, name);
}

/* `key: value`.  False when the key is no variable that the note may set. */
static bool read_note_line(struct note *note, str line)
{
    size_t colon = str_find(line, ':');
    if (colon == line.length)
        return false;
    str key = str_part(line, 0, colon), value = str_trim(str_part(line, colon + 1, line.length));
    if (str_is(key, "type")) {
        enum work_type type = work_type_of(value);
        if (type)
            note->item->type = type;
        return type != TYPE_NONE;
    }
    enum variable variable = variable_of(key);
    if (!variable || variable == VARIABLE_NOTE || note->given[variable] || !value.length)
        return false;
    enum variable_kind kind = variable_kind(variable);
    if (kind == VARIABLE_KIND_NAMES) {
        add_note_name(note, variable, value);
    } else if (kind == VARIABLE_KIND_DATE) {
        struct item_date date;
        if (!item_date_parse(note->memory, &date, value))
            date = (struct item_date){.literal = value};
        item_set_date(note->memory, note->item, variable, &date);
    } else {
        item_set_text(note->memory, note->item, variable, value);
    }
    return true;
}

/* True for a line that looks like `key: value`, of small letters and hyphens or of capitals. */
static bool has_key(str line)
{
    size_t colon = str_find(line, ':'), small = 0, capital = 0;
    for (size_t i = 0; i < colon; i++) {
        small += (line.data[i] >= 'a' && line.data[i] <= 'z') || strchr("-_", line.data[i]) != NULL;
        capital += line.data[i] >= 'A' && line.data[i] <= 'Z';
    }
    return colon && colon < line.length && (small == colon || capital == colon);
}

/* Lines at the start of the note; the first line may be another, and keys that nobody knows. */
static void read_note_lines(struct note *note, str text, buf *rest)
{
    str line;
    for (size_t number = 0; str_next_line(&text, &line); number++) {
        line = str_trim(line);
        if (read_note_line(note, line))
            continue;
        buf_add(rest, line);
        if (text.length)
            buf_add_byte(rest, '\n');
        if (number && !has_key(line))
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

void item_read_note(arena *memory, struct item *item)
{
    str text = item_text(item, VARIABLE_NOTE);
    if (str_find(text, ':') == text.length)
        return;
    struct note note = {.memory = memory, .item = item};
    for (enum variable variable = 1; variable < VARIABLE_COUNT; variable++)
        note.given[variable] = item_has(item, variable);
    buf braces = {0}, rest = {0};
    read_note_braces(&note, text, &braces);
    read_note_lines(&note, buf_str(&braces), &rest);
    for (enum variable variable = 1; variable < VARIABLE_COUNT; variable++)
        if (note.names[variable].count)
            item_set_names(
                memory, item, variable,
                (struct item_names){note.names[variable].items, note.names[variable].count, false});
    item_set_text(memory, item, VARIABLE_NOTE, str_trim(buf_str(&rest)));
    buf_free(&braces);
    buf_free(&rest);
}
