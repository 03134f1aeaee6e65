/* Packing records by the tables of shape.c, and unpacking what may be damaged. */
#include "record/pack.h"

#include "base/error.h"
#include "base/limits.h"
#include "base/utf8.h"

#include <limits.h>
#include <string.h>

enum { LONGEST_VARINT = 10 };

/* Write `value` to `at`; where it ends. */
static char *put_varint(char *at, uint64_t value)
{
    for (; value >= 0x80; value >>= 7)
        *at++ = (char)(value | 0x80);
    *at++ = (char)value;
    return at;
}

static void add_varint(buf *b, uint64_t value)
{
    char *end = put_varint(buf_reserve(b, LONGEST_VARINT), value);
    b->length = (size_t)(end - b->data);
}

/* Two at once: a field's number and what follows it. */
static void add_varints(buf *b, uint64_t first, uint64_t second)
{
    char *end = put_varint(buf_reserve(b, (size_t)2 * LONGEST_VARINT), first);
    b->length = (size_t)(put_varint(end, second) - b->data);
}

static void add_text(buf *b, const char *text, unsigned number)
{
    str s = str_of(text);
    char *at = buf_reserve(b, (size_t)2 * LONGEST_VARINT + s.length);
    if (number)
        at = put_varint(at, number);
    at = put_varint(at, s.length);
    if (s.length)
        memcpy(at, s.data, s.length);
    b->length = (size_t)(at + s.length - b->data);
}

static uint64_t zigzag(int value)
{
    return value < 0 ? ((uint64_t)(-(int64_t)value) << 1) - 1 : (uint64_t)value << 1;
}

/* The lists of fields.def all have this layout; their item type is known by the shape. */
struct any_list {
    void *items;
    size_t count;
};

static struct any_list list_at(const char *member)
{
    struct any_list list;
    memcpy(&list.items, member + offsetof(osler_text_list, items), sizeof list.items);
    memcpy(&list.count, member + offsetof(osler_text_list, count), sizeof list.count);
    return list;
}

static void pack_struct(buf *b, const osler_shape *shape, const char *value);

static void pack_texts(buf *b, unsigned number, const osler_text_list *list)
{
    if (!list->count)
        return;
    add_varints(b, number, list->count);
    for (size_t i = 0; i < list->count; i++)
        add_text(b, list->items[i], 0);
}

static void pack_many(buf *b, const osler_field *field, const char *member)
{
    struct any_list list = list_at(member);
    if (!list.count)
        return;
    add_varints(b, field->number, list.count);
    for (size_t i = 0; i < list.count; i++)
        pack_struct(b, field->of, (const char *)list.items + i * field->of->size);
}

static void pack_field(buf *b, const osler_field *field, const char *member)
{
    switch (field->kind) {
    case OSLER_TEXT:
    case OSLER_MARKUP: {
        const char *text = *(const char *const *)(const void *)member;
        if (text)
            add_text(b, text, field->number);
        break;
    }
    case OSLER_NUMBER: {
        int number = *(const int *)(const void *)member;
        if (number)
            add_varints(b, field->number, zigzag(number));
        break;
    }
    case OSLER_FLAG:
        if (*(const bool *)member)
            add_varint(b, field->number);
        break;
    case OSLER_TEXTS:
        pack_texts(b, field->number, (const osler_text_list *)(const void *)member);
        break;
    case OSLER_MANY: pack_many(b, field, member); break;
    }
}

static void pack_struct(buf *b, const osler_shape *shape, const char *value)
{
    for (size_t i = 0; i < shape->count; i++)
        pack_field(b, &shape->fields[i], value + shape->fields[i].offset);
    add_varint(b, 0);
}

void record_pack(buf *b, const osler_record *record)
{
    pack_struct(b, osler_record_shape(), (const char *)record);
}

struct unpacker {
    arena *memory;
    str rest;
    osler_error *error;
};

static osler_status damaged(struct unpacker *u, const char *what)
{
    return fail(u->error, OSLER_EDAMAGED, 0, "a stored record is damaged: %s", what);
}

static osler_status get_varint(struct unpacker *u, uint64_t *value)
{
    *value = 0;
    for (unsigned shift = 0; shift < 64 && u->rest.length; shift += 7) {
        unsigned char byte = (unsigned char)u->rest.data[0];
        u->rest = str_part(u->rest, 1, u->rest.length);
        *value |= (uint64_t)(byte & 0x7F) << shift;
        if (!(byte & 0x80))
            return OSLER_OK;
    }
    return damaged(u, "it ends early");
}

static osler_status get_text(struct unpacker *u, const char **text)
{
    uint64_t length;
    osler_status status = get_varint(u, &length);
    if (status != OSLER_OK)
        return status;
    if (length > u->rest.length || length > LIMIT_PACKED)
        return damaged(u, "a text is longer than the record");
    str view = str_part(u->rest, 0, (size_t)length);
    if (memchr(view.data ? view.data : "", '\0', view.length) || !utf8_valid(view, NULL))
        return damaged(u, "a text is not UTF-8");
    *text = arena_copy(u->memory, view);
    u->rest = str_part(u->rest, view.length, u->rest.length);
    return OSLER_OK;
}

static osler_status get_count(struct unpacker *u, uint64_t *count)
{
    osler_status status = get_varint(u, count);
    if (status == OSLER_OK && (*count > u->rest.length || *count > LIMIT_LIST))
        return damaged(u, "a list is longer than the record");
    return status;
}

static osler_status get_texts(struct unpacker *u, osler_text_list *list)
{
    uint64_t count;
    osler_status status = get_count(u, &count);
    for (uint64_t i = 0; i < count && status == OSLER_OK; i++)
        status =
            get_text(u, arena_append(u->memory, &list->items, &list->count, sizeof *list->items));
    return status;
}

static osler_status get_struct(struct unpacker *u, const osler_shape *shape, char *value,
                               unsigned depth);

static osler_status get_many(struct unpacker *u, const osler_field *field, char *member,
                             unsigned depth)
{
    uint64_t count;
    osler_status status = get_count(u, &count);
    if (status != OSLER_OK || !count)
        return status;
    /* A struct takes at least one byte packed but more in memory: grow with what is really there.
     */
    void *items = NULL;
    size_t used = 0;
    while (used < count && status == OSLER_OK) {
        char *item = arena_append(u->memory, &items, &used, field->of->size);
        status = get_struct(u, field->of, item, depth + 1);
    }
    memcpy(member + offsetof(osler_text_list, items), &items, sizeof items);
    memcpy(member + offsetof(osler_text_list, count), &used, sizeof used);
    return status;
}

static osler_status get_field(struct unpacker *u, const osler_field *field, char *member,
                              unsigned depth)
{
    uint64_t number;
    osler_status status;
    switch (field->kind) {
    case OSLER_TEXT:
    case OSLER_MARKUP: return get_text(u, (const char **)(void *)member);
    case OSLER_NUMBER:
        status = get_varint(u, &number);
        if (status == OSLER_OK && (number >> 1) > INT_MAX)
            return damaged(u, "a number is too large");
        if (status == OSLER_OK)
            *(int *)(void *)member = number & 1 ? -(int)(number >> 1) - 1 : (int)(number >> 1);
        return status;
    case OSLER_FLAG: *(bool *)member = true; return OSLER_OK;
    case OSLER_TEXTS: return get_texts(u, (osler_text_list *)(void *)member);
    case OSLER_MANY: return get_many(u, field, member, depth);
    }
    return damaged(u, "a field has no kind");
}

static osler_status get_struct(struct unpacker *u, const osler_shape *shape, char *value,
                               unsigned depth)
{
    if (depth > LIMIT_DEPTH)
        return damaged(u, "it is nested too deeply");
    size_t at = 0;
    for (;;) {
        uint64_t number;
        osler_status status = get_varint(u, &number);
        if (status != OSLER_OK || !number)
            return status;
        /* Fields come in the order of the table; each at most once. */
        while (at < shape->count && shape->fields[at].number != number)
            at++;
        if (at == shape->count)
            return damaged(u, "it holds a field that this version does not know");
        const osler_field *field = &shape->fields[at++];
        status = get_field(u, field, value + field->offset, depth);
        if (status != OSLER_OK)
            return status;
    }
}

osler_status record_unpack(arena *memory, osler_record *record, str packed, osler_error *error)
{
    struct unpacker u = {memory, packed, error};
    *record = (osler_record){0};
    if (packed.length > LIMIT_PACKED)
        return fail(error, OSLER_EDAMAGED, 0, "a stored record is larger than %d bytes",
                    LIMIT_PACKED);
    osler_status status = get_struct(&u, osler_record_shape(), (char *)record, 0);
    if (status == OSLER_OK && u.rest.length)
        return damaged(&u, "bytes follow its end");
    return status;
}
