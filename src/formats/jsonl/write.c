/*
 * The output format "jsonl": one JSON object (RFC 8259) a line, whose members are the fields of
 * <osler/fields.def> under their names, in their order; what a record does not have is left out.
 */
#include "base/json.h"
#include "formats/jsonl/jsonl.h"
#include "formats/writer.h"

#include <string.h>

static void add_texts(buf *out, const osler_text_list *list)
{
    buf_add_byte(out, '[');
    for (size_t i = 0; i < list->count; i++) {
        if (i)
            buf_add_byte(out, ',');
        json_add_text(out, str_of(list->items[i]));
    }
    buf_add_byte(out, ']');
}

static void add_struct(buf *out, const osler_shape *shape, const char *value);

static void add_structs(buf *out, const osler_shape *shape, const osler_text_list *list)
{
    const char *items = (const void *)list->items;
    buf_add_byte(out, '[');
    for (size_t i = 0; i < list->count; i++) {
        if (i)
            buf_add_byte(out, ',');
        add_struct(out, shape, items + i * shape->size);
    }
    buf_add_byte(out, ']');
}

/* All lists are laid out alike: the items, then their number. */
static osler_text_list list_at(const char *member)
{
    osler_text_list list;
    memcpy(&list, member, sizeof list);
    return list;
}

bool jsonl_is_absent(const osler_field *field, const char *member)
{
    switch (field->kind) {
    case OSLER_TEXT:
    case OSLER_MARKUP: return !*(const char *const *)(const void *)member;
    case OSLER_NUMBER: return !*(const int *)(const void *)member;
    case OSLER_FLAG: return !*(const bool *)member;
    case OSLER_TEXTS:
    case OSLER_MANY: return !list_at(member).count;
    }
    return true;
}

static void add_value(buf *out, const osler_field *field, const char *member)
{
    osler_text_list list;
    switch (field->kind) {
    case OSLER_TEXT:
    case OSLER_MARKUP:
        json_add_text(out, str_of(*(const char *const *)(const void *)member));
        break;
    case OSLER_NUMBER: json_add_integer(out, *(const int *)(const void *)member); break;
    case OSLER_FLAG: buf_add_text(out, "true"); break;
    case OSLER_TEXTS:
        list = list_at(member);
        add_texts(out, &list);
        break;
    case OSLER_MANY:
        list = list_at(member);
        add_structs(out, field->of, &list);
        break;
    }
}

/* Names of fields need no escape.  `first` is what stands before the name: a brace or a comma. */
static void add_name(buf *out, char first, const char *name)
{
    size_t length = strlen(name);
    char *to = buf_reserve(out, length + sizeof "{\"\":");
    *to++ = first;
    *to++ = '"';
    memcpy(to, name, length + 1); /* with the NUL, which the quote replaces */
    to += length;
    *to++ = '"';
    *to = ':';
    out->length += length + strlen("{\"\":");
}

static void add_struct(buf *out, const osler_shape *shape, const char *value)
{
    char first = '{';
    for (size_t i = 0; i < shape->count; i++) {
        const osler_field *field = &shape->fields[i];
        const char *member = value + field->offset;
        if (jsonl_is_absent(field, member))
            continue;
        add_name(out, first, field->name);
        add_value(out, field, member);
        first = ',';
    }
    buf_add_text(out, first == '{' ? "{}" : "}");
}

static void write_record(buf *out, const osler_record *record)
{
    add_struct(out, osler_record_shape(), (const char *)record);
    buf_add_byte(out, '\n');
}

const struct writer writer_jsonl = {.write = write_record};
