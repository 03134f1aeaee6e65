/* The variables of an item: getting and setting. */
#include "style/item.h"
#include "record/cited.h"

static const void *value_of(const struct item *item, enum variable variable)
{
    unsigned slot = item->slots[variable];
    return slot ? item->values[slot - 1] : NULL;
}

static void set_value(arena *memory, struct item *item, enum variable variable, const void *value)
{
    if (item->slots[variable]) {
        item->values[item->slots[variable] - 1] = value;
        return;
    }
    const void **slot = arena_append(memory, &item->values, &item->count, sizeof *item->values);
    *slot = value;
    item->slots[variable] = (uint8_t)item->count;
}

_Static_assert(VARIABLE_COUNT <= UINT8_MAX, "a slot is one byte");

static bool is_kind(enum variable variable, enum variable_kind kind)
{
    return variable_kind(variable) == kind;
}

static bool is_text(enum variable variable)
{
    return is_kind(variable, VARIABLE_KIND_TEXT) || is_kind(variable, VARIABLE_KIND_NUMBER);
}

str item_text(const struct item *item, enum variable variable)
{
    const str *text = is_text(variable) ? value_of(item, variable) : NULL;
    return text ? *text : (str){NULL, 0};
}

const struct item_names *item_names(const struct item *item, enum variable variable)
{
    return is_kind(variable, VARIABLE_KIND_NAMES) ? value_of(item, variable) : NULL;
}

const struct item_date *item_date(const struct item *item, enum variable variable)
{
    return is_kind(variable, VARIABLE_KIND_DATE) ? value_of(item, variable) : NULL;
}

bool item_has(const struct item *item, enum variable variable)
{
    return value_of(item, variable) != NULL;
}

/* An absent value is NULL, so that a later empty value takes an earlier one away. */
static void unset(struct item *item, enum variable variable)
{
    if (item->slots[variable])
        item->values[item->slots[variable] - 1] = NULL;
}

void item_set_text(arena *memory, struct item *item, enum variable variable, str text)
{
    if (!is_text(variable))
        return;
    if (!str_trim(text).length) {
        unset(item, variable);
        return;
    }
    str *value = arena_room(memory, sizeof *value + text.length + 1);
    char *copy = (char *)(value + 1);
    memcpy(copy, text.data, text.length);
    copy[text.length] = '\0';
    *value = (str){copy, text.length};
    set_value(memory, item, variable, value);
}

static str copied(arena *memory, str text)
{
    return text.length ? (str){arena_copy(memory, text), text.length} : (str){NULL, 0};
}

static bool is_empty(const struct item_name *name)
{
    return !name->family.length && !name->given.length && !name->literal.length;
}

static void copy_name(arena *memory, struct item_name *to, const struct item_name *from)
{
    *to = *from;
    to->literal = copied(memory, from->literal);
    to->family = copied(memory, from->family);
    to->given = copied(memory, from->given);
    to->suffix = copied(memory, from->suffix);
    to->dropping_particle = copied(memory, from->dropping_particle);
    to->non_dropping_particle = copied(memory, from->non_dropping_particle);
}

void item_set_names(arena *memory, struct item *item, enum variable variable,
                    struct item_names names)
{
    if (!is_kind(variable, VARIABLE_KIND_NAMES))
        return;
    struct item_name *copies = arena_room(memory, names.count * sizeof *copies);
    size_t count = 0;
    for (size_t i = 0; i < names.count; i++)
        if (!is_empty(&names.items[i]))
            copy_name(memory, &copies[count++], &names.items[i]);
    if (!count) {
        unset(item, variable);
        return;
    }
    struct item_names *value = arena_room(memory, sizeof *value);
    *value = (struct item_names){copies, count, names.incomplete};
    set_value(memory, item, variable, value);
}

static bool day_is_empty(const struct item_day *day)
{
    return !day->year && !day->month && !day->day && !day->season;
}

void item_set_date(arena *memory, struct item *item, enum variable variable,
                   const struct item_date *date)
{
    if (!is_kind(variable, VARIABLE_KIND_DATE))
        return;
    if (day_is_empty(&date->from) && day_is_empty(&date->to) && !str_trim(date->literal).length) {
        unset(item, variable);
        return;
    }
    struct item_date *value = arena_room(memory, sizeof *value);
    *value = *date;
    value->literal = copied(memory, date->literal);
    set_value(memory, item, variable, value);
}

void item_complete(struct item *item)
{
    item->language = cited_language(item_text(item, VARIABLE_LANGUAGE));
    if (str_is(item_text(item, VARIABLE_STATUS), "retracted") && !item->mark)
        item->mark = "RETRACTED: ";
}
