/*
 * Items from CSL-JSON, the strict and the usual: numbers as texts and texts as numbers, names and
 * dates as plain texts, older names of variables, and variables written into the note.
 */
#include "base/error.h"
#include "base/json.h"
#include "record/csl_json.h"
#include "style/item.h"

#include <stddef.h>

enum { KNOWN_KEYS = 64 };

struct reading {
    arena *memory;
    arena *scratch; /* for what an item's setters copy; cleared after each item */
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
    size_t first = (unsigned char)key.data[0], last = (unsigned char)key.data[key.length - 1];
    size_t place = (key.length * 31 + first * 7 + last) % KNOWN_KEYS;
    if (str_equal(r->known[place].key, key))
        return r->known[place].variable;
    enum variable variable = variable_of(key);
    if (variable) {
        r->known[place].key = (str){arena_copy(r->memory, key), key.length};
        r->known[place].variable = variable;
    }
    return variable;
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
        str text = str_trim(csl_json_text(member));
        memcpy((char *)name + name_parts[i].offset, &text, sizeof text);
        return;
    }
    if (str_is(member->key, "comma-suffix"))
        name->comma_suffix = csl_json_yes(member);
    else if (str_is(member->key, "static-ordering"))
        name->static_ordering = csl_json_yes(member);
    else if (str_is(member->key, "isInstitution"))
        manner->institution = csl_json_yes(member);
    else if (str_is(member->key, "parse-names"))
        manner->unparsed = !csl_json_yes(member);
}

static struct item_name name_of(const struct reading *r, const struct json_value *value)
{
    if (value->kind != JSON_IS_OBJECT)
        return (struct item_name){.literal = str_trim(csl_json_text(value))};
    struct item_name name = {0};
    struct name_manner manner = {false, false};
    for (const struct json_value *member = value->first; member; member = member->next)
        read_name_member(&name, &manner, member);
    if (manner.institution || name.literal.length)
        make_literal(r->scratch, &name);
    else if (!manner.unparsed)
        item_name_parse(r->scratch, &name);
    return name;
}

static void read_names(const struct reading *r, enum variable variable,
                       const struct json_value *value)
{
    bool many = value->kind == JSON_IS_ARRAY;
    size_t count = 0;
    struct item_name *items = arena_room(r->scratch, (many ? value->count : 1) * sizeof *items);
    for (const struct json_value *one = many ? value->first : value; one;
         one = many ? one->next : NULL)
        items[count++] = name_of(r, one);
    item_set_names(r->memory, r->item, variable, (struct item_names){items, count, false});
}

static void read_date(const struct reading *r, enum variable variable,
                      const struct json_value *value)
{
    osler_date date = {0};
    csl_json_date(r->scratch, &date, value);
    struct item_date made = item_date_of(&date);
    item_set_date(r->memory, r->item, variable, &made);
}

static void read_variable(const struct reading *r, enum variable variable,
                          const struct json_value *value)
{
    switch (variable_kind(variable)) {
    case VARIABLE_KIND_TEXT:
    case VARIABLE_KIND_NUMBER:
        item_set_text(r->memory, r->item, variable, csl_json_joined(r->scratch, value));
        break;
    case VARIABLE_KIND_DATE: read_date(r, variable, value); break;
    case VARIABLE_KIND_NAMES: read_names(r, variable, value); break;
    case VARIABLE_KIND_NONE: break;
    }
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
            id = csl_json_text(member);
        else if (str_is(member->key, "type"))
            item->type = work_type_of(csl_json_text(member));
        enum variable variable = variable_of_key(r, member->key);
        if (variable && (is_its_name(member->key, variable) || !item_has(item, variable)))
            read_variable(r, variable, member);
    }
    item->id = arena_copy(r->memory, id);
    item_read_note(r->memory, item);
    item_complete(item);
}

osler_status items_from_json(arena *memory, struct item_list *out, str json, const char *name,
                             osler_error *error)
{
    struct json_stream stream = {.text = json};
    const struct json_value *value;
    arena scratch = {0};
    struct reading r = {.memory = memory, .scratch = &scratch};
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
