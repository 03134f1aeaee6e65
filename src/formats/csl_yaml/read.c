/*
 * The format "csl-yaml", read: the same works as CSL-JSON, in a sequence, or under "references" as
 * Pandoc has them.  libyaml makes events of the text; each work becomes the bytes of an object of
 * CSL-JSON, which are YAML too.
 */
#include "base/error.h"
#include "base/json.h"
#include "base/limits.h"
#include "base/memory.h"
#include "formats/csl_json/csl_json.h"
#include "record/variables.h"

#include <string.h>
#include <yaml.h>

struct cutting {
    window *input;
    yaml_parser_t yaml;
    size_t item_bytes; /* handed to libyaml since the last work */
    size_t lent;       /* bytes of the window that libyaml has copied */
    bool begun, in_list, over, complete;
    osler_status status; /* of reading */
    osler_error error;
    buf object;
};

static int read_input(void *context, unsigned char *buffer, size_t size, size_t *read)
{
    struct cutting *c = context;
    window_skip(c->input, c->lent);
    c->lent = 0;
    *read = 0;
    while (!window_view(c->input).length && !c->input->ended && c->status == OSLER_OK)
        c->status = window_fill(c->input, &c->error);
    if (c->status != OSLER_OK)
        return 0;
    str view = window_view(c->input);
    c->lent = *read = view.length < size ? view.length : size;
    memcpy(buffer, view.data, *read);
    c->item_bytes += *read;
    if (c->item_bytes > LIMIT_RECORD) {
        c->status =
            fail(&c->error, OSLER_ELIMIT, c->input->line,
                 "this work is larger than %d MB, the most that is read", LIMIT_RECORD >> 20);
        return 0;
    }
    return 1;
}

static void *open_cutting(window *input)
{
    struct cutting *c = memory_alloc(sizeof *c);
    c->input = input;
    if (!yaml_parser_initialize(&c->yaml))
        memory_out(sizeof c->yaml);
    yaml_parser_set_encoding(&c->yaml, YAML_UTF8_ENCODING);
    yaml_parser_set_input(&c->yaml, read_input, c);
    return c;
}

static void close_cutting(void *state)
{
    struct cutting *c = state;
    yaml_parser_delete(&c->yaml);
    buf_free(&c->object);
    memory_free(c);
}

static bool is_complete(const void *state)
{
    return ((const struct cutting *)state)->complete;
}

/* The next event; a failure ends the file, as YAML has no place to go on from. */
static osler_status next(struct cutting *c, yaml_event_t *event, osler_error *error)
{
    if (yaml_parser_parse(&c->yaml, event))
        return OSLER_OK;
    c->over = true;
    if (c->status != OSLER_OK) {
        if (error)
            *error = c->error;
        return c->status;
    }
    const char *problem = c->yaml.problem ? c->yaml.problem : "something else";
    size_t line = c->yaml.problem_mark.line ? c->yaml.problem_mark.line : c->yaml.context_mark.line;
    return fail(error, OSLER_EINPUT, (unsigned)line + 1, "malformed YAML: %s", problem);
}

static str scalar_of(const yaml_event_t *event)
{
    return (str){(const char *)event->data.scalar.value, event->data.scalar.length};
}

static bool is_number(str text)
{
    unsigned long number;
    return str_number(text, &number) && (text.length == 1 || text.data[0] != '0');
}

/* Plain words that YAML 1.1 and 1.2 read alike; "no" and "on" stay words: they are languages. */
static void add_scalar(buf *out, const yaml_event_t *event)
{
    str text = scalar_of(event);
    bool plain = event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
    if (plain && (!text.length || str_is(text, "~") || str_is(text, "null")))
        buf_add_text(out, "null");
    else if (plain && (str_is(text, "true") || str_is(text, "false") || is_number(text)))
        buf_add(out, text);
    else
        json_add_text(out, text);
}

/* Where a collection is being written. */
struct level {
    bool mapping, expects_value, begun;
};

/* What stands before a value or a key. */
static void separate(buf *out, struct level *level)
{
    if (level->expects_value) {
        buf_add_byte(out, ':');
    } else if (level->begun) {
        buf_add_byte(out, ',');
    }
    level->begun = true;
    level->expects_value = level->mapping && !level->expects_value;
}

/* False for an event that no JSON can say. */
static osler_status add_event(struct cutting *c, const yaml_event_t *event, struct level *levels,
                              unsigned *depth, osler_error *error)
{
    unsigned line = (unsigned)event->start_mark.line + 1;
    struct level *level = &levels[*depth];
    bool key = *depth && level->mapping && !level->expects_value;
    switch (event->type) {
    case YAML_SCALAR_EVENT:
        separate(&c->object, level);
        if (key)
            json_add_text(&c->object, scalar_of(event));
        else
            add_scalar(&c->object, event);
        return OSLER_OK;
    case YAML_MAPPING_START_EVENT:
    case YAML_SEQUENCE_START_EVENT:
        if (key || *depth + 1 >= LIMIT_DEPTH)
            return fail(error, key ? OSLER_EINPUT : OSLER_ELIMIT, line,
                        key ? "a text should be the key here, not a list or map"
                            : "nested deeper than is read");
        separate(&c->object, level);
        levels[++*depth] = (struct level){.mapping = event->type == YAML_MAPPING_START_EVENT};
        buf_add_byte(&c->object, levels[*depth].mapping ? '{' : '[');
        return OSLER_OK;
    case YAML_MAPPING_END_EVENT:
    case YAML_SEQUENCE_END_EVENT:
        buf_add_byte(&c->object, level->mapping ? '}' : ']');
        --*depth;
        return OSLER_OK;
    case YAML_ALIAS_EVENT:
        return fail(error, OSLER_EINPUT, line,
                    "an alias (*%.40s) stands here: write out what it repeats",
                    (const char *)event->data.alias.anchor);
    case YAML_NO_EVENT:
    case YAML_STREAM_START_EVENT:
    case YAML_STREAM_END_EVENT:
    case YAML_DOCUMENT_START_EVENT:
    case YAML_DOCUMENT_END_EVENT: break;
    }
    return fail(error, OSLER_EINPUT, line, "the document ends inside a work");
}

/* All events of the value that `first` starts, as JSON in `c->object`. */
static osler_status add_value(struct cutting *c, const yaml_event_t *first, osler_error *error)
{
    struct level levels[LIMIT_DEPTH] = {{0}};
    unsigned depth = 0;
    buf_clear(&c->object);
    osler_status status = add_event(c, first, levels, &depth, error);
    while (status == OSLER_OK && depth) {
        yaml_event_t event;
        status = next(c, &event, error);
        if (status != OSLER_OK)
            return status;
        status = add_event(c, &event, levels, &depth, error);
        yaml_event_delete(&event);
    }
    c->over |= status != OSLER_OK;
    return status;
}

/* Pass the value of a key that is none of ours. */
static osler_status pass_value(struct cutting *c, osler_error *error)
{
    yaml_event_t event;
    osler_status status = next(c, &event, error);
    if (status != OSLER_OK)
        return status;
    status = add_value(c, &event, error);
    yaml_event_delete(&event);
    return status;
}

/* The list under "references". */
static osler_status enter_references(struct cutting *c, osler_error *error)
{
    yaml_event_t list;
    osler_status status = next(c, &list, error);
    if (status != OSLER_OK)
        return status;
    c->in_list = list.type == YAML_SEQUENCE_START_EVENT;
    if (!c->in_list)
        status = fail(error, OSLER_EINPUT, (unsigned)list.start_mark.line + 1,
                      "\"references\" should be a list of works");
    yaml_event_delete(&list);
    return status;
}

/* A mapping at the top: "references" holds the works, or it is a work itself. */
static osler_status enter_mapping(struct cutting *c, bool *alone, osler_error *error)
{
    struct level top = {.mapping = true};
    buf whole = {0};
    bool ends = false;
    osler_status status = OSLER_OK;
    buf_add_byte(&whole, '{');
    while (status == OSLER_OK && !ends && !c->in_list) {
        yaml_event_t key;
        status = next(c, &key, error);
        if (status != OSLER_OK)
            break;
        ends = key.type != YAML_SCALAR_EVENT;
        if (!ends && str_is(scalar_of(&key), "references")) {
            status = enter_references(c, error);
        } else if (!ends) {
            separate(&whole, &top);
            json_add_text(&whole, scalar_of(&key));
            status = pass_value(c, error);
            separate(&whole, &top);
            buf_add(&whole, buf_str(&c->object));
        }
        yaml_event_delete(&key);
    }
    buf_add_byte(&whole, '}');
    *alone = status == OSLER_OK && !c->in_list;
    if (*alone) {
        buf_clear(&c->object);
        buf_add(&c->object, buf_str(&whole));
    }
    c->over |= status != OSLER_OK;
    buf_free(&whole);
    return status;
}

/* Go to the works.  `*alone`: the document is one, in `c->object`. */
static osler_status begin(struct cutting *c, bool *alone, osler_error *error)
{
    *alone = false;
    c->begun = true;
    while (!c->in_list) {
        yaml_event_t event;
        osler_status status = next(c, &event, error);
        if (status != OSLER_OK)
            return status;
        yaml_event_type_t type = event.type;
        unsigned line = (unsigned)event.start_mark.line + 1;
        yaml_event_delete(&event);
        if (type == YAML_STREAM_START_EVENT || type == YAML_DOCUMENT_START_EVENT)
            continue;
        if (type == YAML_MAPPING_START_EVENT)
            return enter_mapping(c, alone, error);
        c->in_list = type == YAML_SEQUENCE_START_EVENT;
        if (!c->in_list) {
            c->over = true;
            return fail(error, OSLER_EINPUT, line, "expected a list of works, or \"references:\"");
        }
    }
    return OSLER_OK;
}

static osler_status cut(void *state, struct piece *out, osler_error *error)
{
    struct cutting *c = state;
    bool alone = false;
    if (c->over)
        return OSLER_END;
    c->item_bytes = 0;
    osler_status status = c->begun ? OSLER_OK : begin(c, &alone, error);
    if (status != OSLER_OK)
        return status;
    if (alone) {
        c->over = c->complete = true;
        *out = (struct piece){buf_str(&c->object), 1, ""};
        return OSLER_OK;
    }
    yaml_event_t event;
    status = next(c, &event, error);
    if (status != OSLER_OK)
        return status;
    unsigned line = (unsigned)event.start_mark.line + 1;
    if (event.type == YAML_SEQUENCE_END_EVENT) {
        c->over = c->complete = true;
        status = OSLER_END;
    } else {
        status = add_value(c, &event, error);
    }
    yaml_event_delete(&event);
    if (status == OSLER_OK)
        *out = (struct piece){buf_str(&c->object), line, ""};
    return status;
}

/* A key of YAML at the start of `line`, behind the dash of a list; empty when there is none. */
static str key_of(str line)
{
    line = str_trim(line);
    if (line.length > 1 && line.data[0] == '-' && line.data[1] == ' ')
        line = str_trim(str_part(line, 1, line.length));
    size_t colon = str_find(line, ':');
    bool ends = colon + 1 == line.length || (colon < line.length && line.data[colon + 1] == ' ');
    return ends ? str_part(line, 0, colon) : (str){"", 0};
}

/* "references:", or a list whose first works have an id or type and variables of CSL. */
static bool recognize(str head)
{
    enum { LINES = 60, ENOUGH = 2 };
    str line;
    int variables = 0;
    bool list = false, id = false, type = false, first = true;
    for (int i = 0; i < LINES && str_next_line(&head, &line); i++) {
        str text = str_trim(line);
        if (!text.length || text.data[0] == '#' || str_is(text, "---") || text.data[0] == '%')
            continue;
        if (first && text.data[0] != '-' && !key_of(line).length)
            return false;
        first = false;
        str key = key_of(line);
        list |= text.data[0] == '-' || str_is(key, "references");
        id |= str_is(key, "id");
        type |= str_is(key, "type");
        variables += variable_of(key) != VARIABLE_NONE;
    }
    return list && (id || type) && variables + id + type >= ENOUGH;
}

static void *new_parser(void)
{
    return format_csl_json.new_parser();
}

static void free_parser(void *parser)
{
    format_csl_json.free_parser(parser);
}

static osler_status parse(void *parser, arena *memory, const struct piece *piece, osler_item *out,
                          osler_error *error)
{
    return format_csl_json.parse(parser, memory, piece, out, error);
}

const struct format format_csl_yaml = {
    .recognize = recognize,
    .open = open_cutting,
    .close = close_cutting,
    .cut = cut,
    .is_complete = is_complete,
    .new_parser = new_parser,
    .free_parser = free_parser,
    .parse = parse,
};
