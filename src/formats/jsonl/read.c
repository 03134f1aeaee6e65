/*
 * The input format "jsonl": what the output format of that name writes, one object a line (or in an
 * array), read back as the same record.  A member that is no field is kept as an extra.
 */
#include "base/error.h"
#include "base/json.h"
#include "base/memory.h"
#include "formats/builder.h"
#include "formats/csl_json/csl_json.h"
#include "formats/jsonl/jsonl.h"
#include "record/record.h"

#include <limits.h>
#include <string.h>

struct reading {
    builder b;
    unsigned line;
    osler_error *error;
};

/* The members of the first object in `head`, directly in it, that are in `head`. */
static bool next_member(str head, size_t *at, unsigned *depth, str *name)
{
    while (*at < head.length) {
        char c = head.data[*at];
        size_t start = ++*at;
        *depth += c == '{' || c == '[';
        *depth -= (c == '}' || c == ']') && *depth;
        if (!*depth)
            return false;
        if (c != '"')
            continue;
        while (*at < head.length && head.data[*at] != '"')
            *at += head.data[*at] == '\\' ? 2 : 1;
        str text = str_part(head, start, *at - start);
        ++*at;
        if (*depth == 1 && *at < head.length && head.data[*at] == ':') {
            *name = text;
            return true;
        }
    }
    return false;
}

/* Objects whose members are fields of a record, and one of them a name that only Osler has. */
static bool recognize(str head)
{
    static const char *const own[] = {"csl_type",    "container_title",   "names",       "dates",
                                      "identifiers", "publication_types", "pmid_version"};
    size_t at = 0;
    unsigned depth = 0;
    str name;
    bool found = false;
    while (at < head.length && (char_is_space(head.data[at]) || (head.data[at] == '[' && !depth)))
        at++;
    if (at >= head.length || head.data[at] != '{')
        return false;
    while (!found && next_member(head, &at, &depth, &name))
        for (size_t i = 0; i < sizeof own / sizeof *own; i++)
            found |= str_is(name, own[i]);
    return found;
}

static osler_status complain(struct reading *r, const char *name, const char *expected)
{
    return fail(r->error, OSLER_EINPUT, r->line, "the member \"%s\" should be %s", name, expected);
}

static osler_status read_struct(struct reading *r, const osler_shape *shape, char *into,
                                const struct json_value *object, osler_record *record);

/* What is no markup of Osler's is plain text. */
static const char *keep_markup(struct reading *r, str text)
{
    return markup_valid(text) ? builder_keep(&r->b, text) : builder_keep_markup(&r->b, text);
}

static osler_status read_number(struct reading *r, const osler_field *field, int *into,
                                const struct json_value *value)
{
    str digits = value->text;
    unsigned long number;
    bool negative = digits.length && digits.data[0] == '-';
    digits = str_part(digits, negative, digits.length);
    if (value->kind != JSON_IS_NUMBER || !str_number(digits, &number) ||
        number > (unsigned long)INT_MAX + negative)
        return complain(r, field->name, "a whole number");
    *into = negative ? (int)-(long)number : (int)number;
    return OSLER_OK;
}

static osler_status read_list(struct reading *r, const osler_field *field, char *into,
                              const struct json_value *value)
{
    if (value->kind != JSON_IS_ARRAY)
        return complain(r, field->name, "an array");
    for (const struct json_value *item = value->first; item; item = item->next) {
        bool many = field->kind == OSLER_MANY;
        if (item->kind != (many ? JSON_IS_OBJECT : JSON_IS_TEXT))
            return complain(r, field->name, many ? "an array of objects" : "an array of texts");
        if (!many) {
            builder_add_text(&r->b, (osler_text_list *)(void *)into, item->text);
            continue;
        }
        char *added = builder_add(&r->b, into, field->of->size);
        osler_status status = added ? read_struct(r, field->of, added, item, NULL) : OSLER_OK;
        if (status != OSLER_OK)
            return status;
    }
    return OSLER_OK;
}

static osler_status read_field(struct reading *r, const osler_field *field, char *into,
                               const struct json_value *value)
{
    switch (field->kind) {
    case OSLER_TEXT:
    case OSLER_MARKUP:
        if (value->kind != JSON_IS_TEXT)
            return complain(r, field->name, "a text");
        *(const char **)(void *)into = field->kind == OSLER_TEXT ? builder_keep(&r->b, value->text)
                                                                 : keep_markup(r, value->text);
        return OSLER_OK;
    case OSLER_NUMBER: return read_number(r, field, (int *)(void *)into, value);
    case OSLER_FLAG:
        if (value->kind != JSON_IS_TRUE && value->kind != JSON_IS_FALSE)
            return complain(r, field->name, "true or false");
        *(bool *)into = value->kind == JSON_IS_TRUE;
        return OSLER_OK;
    case OSLER_TEXTS:
    case OSLER_MANY: return read_list(r, field, into, value);
    }
    return OSLER_OK;
}

static void keep_unknown(struct reading *r, osler_record *record, const struct json_value *value)
{
    osler_extra *extra = record ? BUILDER_ADD(&r->b, &record->extras) : NULL;
    buf text = {0};
    if (!extra)
        return;
    if (value->kind == JSON_IS_TEXT)
        buf_add(&text, value->text);
    else
        json_add_value(&text, value);
    extra->tag = builder_keep(&r->b, value->key);
    extra->value = builder_keep(&r->b, buf_str(&text));
    buf_free(&text);
}

static const osler_field *find_field(const osler_shape *shape, str name)
{
    for (size_t i = 0; i < shape->count; i++)
        if (str_is(name, shape->fields[i].name))
            return &shape->fields[i];
    return NULL;
}

/* `record` is where unknown members go; in parts of a record there is no place for them. */
/* NOLINTNEXTLINE(misc-no-recursion): the shape of a record has an end */
static osler_status read_struct(struct reading *r, const osler_shape *shape, char *into,
                                const struct json_value *object, osler_record *record)
{
    for (const struct json_value *value = object->first; value; value = value->next) {
        const osler_field *field = find_field(shape, value->key);
        if (value->kind == JSON_IS_NULL || (!field && record))
            continue;
        if (!field)
            return fail(r->error, OSLER_EINPUT, r->line, "the member \"%.*s\" is no field of a %s",
                        (int)(value->key.length < 60 ? value->key.length : 60), value->key.data,
                        shape->name);
        osler_status status = read_field(r, field, into + field->offset, value);
        if (status != OSLER_OK)
            return status;
    }
    /* Behind the fields, as the list of extras may itself be one of the members. */
    for (const struct json_value *value = object->first; value && record; value = value->next)
        if (value->kind != JSON_IS_NULL && !find_field(shape, value->key))
            keep_unknown(r, record, value);
    return OSLER_OK;
}

static bool is_empty(const osler_record *record)
{
    const osler_shape *shape = osler_record_shape();
    for (size_t i = 0; i < shape->count; i++)
        if (!jsonl_is_absent(&shape->fields[i], (const char *)record + shape->fields[i].offset))
            return false;
    return true;
}

static void *new_parser(void)
{
    return memory_alloc(sizeof(arena));
}

static void free_parser(void *parser)
{
    arena_free(parser);
    memory_free(parser);
}

static osler_status parse(void *parser, arena *memory, const struct piece *piece, osler_item *out,
                          osler_error *error)
{
    arena *scratch = parser;
    struct json_stream stream = {.text = piece->bytes};
    const struct json_value *object;
    struct reading r = {.line = piece->line, .error = error};
    arena_clear(scratch);
    osler_status status = json_next(&stream, scratch, &object, error);
    if (status != OSLER_OK) {
        if (error && error->line == 1)
            error->column = 0; /* where the item starts on its line is not known */
        if (error && error->line)
            error->line += piece->line - 1;
        return status;
    }
    if (object->kind != JSON_IS_OBJECT || !object->first)
        return fail(error, OSLER_EINPUT, piece->line,
                    "expected an object with the fields of a record");
    osler_record *record = builder_start(&r.b, memory);
    status = read_struct(&r, osler_record_shape(), (char *)record, object, record);
    if (status != OSLER_OK)
        return status;
    if (r.b.exceeded)
        return fail(error, OSLER_ELIMIT, piece->line, "%s", r.b.exceeded);
    if (is_empty(record))
        return fail(error, OSLER_EINPUT, piece->line, "no member of this object says anything");
    *out = (osler_item){.kind = OSLER_RECORD, .record = record};
    return OSLER_OK;
}

const struct format format_jsonl = {
    .recognize = recognize,
    .open = csl_json_open,
    .close = csl_json_close,
    .cut = csl_json_cut,
    .is_complete = csl_json_is_complete,
    .new_parser = new_parser,
    .free_parser = free_parser,
    .parse = parse,
};
