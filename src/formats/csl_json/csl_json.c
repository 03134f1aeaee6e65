/*
 * The format "csl-json": an array of works, one work, or works behind each other (JSON Lines), with
 * the variables of CSL 1.0.2 as their members.
 */
#include "formats/csl_json/csl_json.h"

#include "base/error.h"
#include "base/memory.h"
#include "record/variables.h"

/* What the members of a first object say of the format. */
struct looks {
    bool known_type, has_type, has_id, other;
    int variables;
};

static size_t skip_space(str head, size_t at)
{
    while (at < head.length && char_is_space(head.data[at]))
        at++;
    return at;
}

/* The text whose quotation mark is at `at`, as it is written; `*end` is behind it. */
static str text_at(str head, size_t at, size_t *end)
{
    size_t close = at + 1;
    while (close < head.length && head.data[close] != '"')
        close += head.data[close] == '\\' ? 2 : 1;
    *end = close < head.length ? close + 1 : head.length;
    return str_part(head, at + 1, close - at - 1);
}

static void look_at_member(struct looks *looks, str key, str value)
{
    enum variable variable = variable_of(key);
    looks->variables += variable != VARIABLE_NONE;
    looks->has_id |= str_is(key, "id");
    looks->has_type |= str_is(key, "type");
    looks->known_type |= str_is(key, "type") && work_type_of(value);
    /* Osler's own lines of JSON, and Zotero's */
    looks->other |= str_is(key, "csl_type") || str_is(key, "itemType");
}

/* The members of the object at `at`, those that are in `head`. */
static void look_at_object(struct looks *looks, str head, size_t at)
{
    unsigned depth = 0;
    while (at < head.length) {
        char c = head.data[at];
        if (c == '"') {
            str value = {"", 0}, text = text_at(head, at, &at);
            size_t colon = skip_space(head, at), after;
            if (depth != 1 || colon >= head.length || head.data[colon] != ':')
                continue;
            after = skip_space(head, colon + 1);
            at = colon + 1;
            if (after < head.length && head.data[after] == '"')
                value = text_at(head, after, &at);
            look_at_member(looks, text, value);
            continue;
        }
        at++;
        depth += c == '{' || c == '[';
        depth -= (c == '}' || c == ']') && depth;
        if (!depth)
            return;
    }
}

/*
 * A list without anything, or objects with a type of CSL; or with an id or a type of another's, and
 * variables of CSL.
 */
static bool recognize(str head)
{
    size_t at = skip_space(head, 0);
    bool list = at < head.length && head.data[at] == '[';
    struct looks looks = {0};
    at = skip_space(head, at + list);
    if (list && at < head.length && head.data[at] == ']')
        return true;
    if (at >= head.length || head.data[at] != '{')
        return false;
    look_at_object(&looks, head, at);
    return !looks.other && (looks.known_type || (looks.has_id && looks.variables) ||
                            (looks.has_type && looks.variables > 1));
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
    builder build;
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
                    "expected an object with the variables of a work");
    osler_record *record = csl_json_record(&build, memory, object);
    if (build.exceeded)
        return fail(error, OSLER_ELIMIT, piece->line, "%s", build.exceeded);
    *out = (osler_item){.kind = OSLER_RECORD, .record = record};
    return OSLER_OK;
}

const struct format format_csl_json = {
    .recognize = recognize,
    .open = csl_json_open,
    .close = csl_json_close,
    .cut = csl_json_cut,
    .is_complete = csl_json_is_complete,
    .new_parser = new_parser,
    .free_parser = free_parser,
    .parse = parse,
};
