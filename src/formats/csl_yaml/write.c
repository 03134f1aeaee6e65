/*
 * The format "csl-yaml", written: the works of the writer of CSL-JSON as the YAML that Pandoc reads
 * in a bibliography.  Texts stand in quotation marks: what they hold is then beyond doubt.
 */
#include "base/json.h"
#include "formats/writer.h"

/* The values inside `value`, each on its line behind `indent` spaces. */
static void add_inside(buf *out, const struct json_value *value, int indent);

static void add_spaces(buf *out, int count)
{
    while (count-- > 0)
        buf_add_byte(out, ' ');
}

static bool holds_values(const struct json_value *value)
{
    return (value->kind == JSON_IS_OBJECT || value->kind == JSON_IS_ARRAY) && value->count;
}

/* True for a list of plain values, which stands on one line: [2004, 6, 14]. */
static bool is_flat(const struct json_value *value)
{
    if (value->kind != JSON_IS_ARRAY)
        return false;
    for (const struct json_value *item = value->first; item; item = item->next)
        if (item->kind == JSON_IS_OBJECT || (item->kind == JSON_IS_ARRAY && !is_flat(item)))
            return false;
    return true;
}

static void add_members(buf *out, const struct json_value *object, int indent, bool first_here)
{
    for (const struct json_value *m = object->first; m; m = m->next) {
        if (!first_here)
            add_spaces(out, indent);
        first_here = false;
        buf_add(out, m->key);
        buf_add_byte(out, ':');
        if (holds_values(m) && !is_flat(m)) {
            buf_add_byte(out, '\n');
            add_inside(out, m, indent + 2);
            continue;
        }
        buf_add_byte(out, ' ');
        json_add_value(out, m);
        buf_add_byte(out, '\n');
    }
}

static void add_inside(buf *out, const struct json_value *value, int indent)
{
    if (value->kind == JSON_IS_OBJECT) {
        add_members(out, value, indent, false);
        return;
    }
    for (const struct json_value *item = value->first; item; item = item->next) {
        add_spaces(out, indent);
        buf_add_text(out, "- ");
        if (item->kind == JSON_IS_OBJECT && item->count) {
            add_members(out, item, indent + 2, true);
            continue;
        }
        json_add_value(out, item);
        buf_add_byte(out, '\n');
    }
}

static void write_record(buf *out, const osler_record *record)
{
    buf json = {0};
    arena memory = {0};
    const struct json_value *object;
    writer_csl_json.write(&json, record);
    struct json_stream stream = {.text = buf_str(&json)};
    if (json_next(&stream, &memory, &object, NULL) == OSLER_OK) {
        buf_add_text(out, object->count ? "- " : "- {}\n");
        add_members(out, object, 2, true);
    }
    arena_free(&memory);
    buf_free(&json);
}

const struct writer writer_csl_yaml = {
    .write = write_record, .head = "---\nreferences:\n", .tail = "...\n"};
