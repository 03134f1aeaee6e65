/*
 * The format "endnote-xml", read: every <record> is one, whose elements are named values.  Runs of
 * <style> with a face keep it as markup.
 */
#include "base/error.h"
#include "base/limits.h"
#include "base/memory.h"
#include "formats/elements/elements.h"
#include "formats/endnote_xml/endnote_xml.h"

#include <string.h>

enum { PATH_PARTS = 4 };

struct endnote_parser {
    element_parser *elements;
    void *values;
    buf text;
};

static const str item_names[] = {STR("record")};

/* The root is <xml>, or <records> where someone has cut that off. */
static bool recognize(str head)
{
    static const str inside[] = {STR("ref-type"), STR("source-app"), STR("rec-number")};
    str rest;
    str root = elements_root(head, &rest);
    if (!str_is(root, "xml") && !str_is(root, "records") && !str_is(root, "record"))
        return false;
    for (size_t i = 0; i < sizeof inside / sizeof *inside; i++)
        if (elements_has(rest, inside[i]))
            return true;
    str before;
    return str_is(root, "xml") && str_is(elements_root(rest, &before), "records");
}

static void *open_cutter(window *input)
{
    struct element_cutter *c = memory_alloc(sizeof *c);
    *c = (struct element_cutter){.input = input, .names = item_names, .name_count = 1};
    return c;
}

static void close_cutter(void *state)
{
    memory_free(state);
}

static osler_status cut(void *state, struct piece *out, osler_error *error)
{
    return elements_cut(state, out, error);
}

static bool is_complete(const void *state)
{
    return ((const struct element_cutter *)state)->complete;
}

static void *new_parser(void)
{
    struct endnote_parser *p = memory_alloc(sizeof *p);
    p->elements = elements_new_parser();
    p->values = tagged_new_parser(&endnote_xml_dialect);
    return p;
}

static void free_parser(void *parser)
{
    struct endnote_parser *p = parser;
    elements_free_parser(p->elements);
    tagged_free_parser(p->values);
    buf_free(&p->text);
    memory_free(p);
}

static const struct {
    const char *face, *tag;
} faces[] = {
    {"italic", "i"},        {"bold", "b"},        {"underline", "u"},
    {"superscript", "sup"}, {"subscript", "sub"},
};

enum { FACES = sizeof faces / sizeof *faces };

/* Add the text of a <style>, its faces ("bold italic") as tags around it. */
static void add_run(buf *out, const struct element *style)
{
    str face = elements_attribute(style, "face"), word;
    const char *closing[FACES];
    size_t open = 0;
    size_t start = out->length;
    elements_add_text(out, style);
    if (out->length == start)
        return;
    out->length = start;
    while (str_next_field(&face, ' ', &word))
        for (size_t i = 0; i < FACES && open < FACES; i++)
            if (str_is(word, faces[i].face)) {
                buf_printf(out, "<%s>", faces[i].tag);
                closing[open++] = faces[i].tag;
            }
    elements_add_text(out, style);
    while (open)
        buf_printf(out, "</%s>", closing[--open]);
}

/* The text of an element; EndNote parts lines by carriage returns. */
static void add_styled(buf *out, const struct element *e)
{
    for (const struct element *run = e->first; run; run = run->next) {
        if (str_is(run->name, "style"))
            add_run(out, run);
        else
            elements_add_text(out, run);
    }
    for (size_t i = 0; i < out->length; i++)
        if (out->data[i] == '\r')
            out->data[i] = '\n';
}

/* Layout between tags is no text. */
static bool holds_elements(const struct element *e)
{
    for (const struct element *inside = e->first; inside; inside = inside->next)
        if (inside->name.length && !str_is(inside->name, "style"))
            return true;
    return false;
}

static str keep(struct endnote_parser *p, str text)
{
    return (str){arena_copy(tagged_scratch(p->values), text), text.length};
}

/* These hold one value a line, others one value. */
static bool is_list(str tag)
{
    return str_is(tag, "notes") || str_is(tag, "language") || str_is(tag, "work-type");
}

static void add_value(struct endnote_parser *p, str tag, str text)
{
    str line;
    if (!is_list(tag)) {
        tagged_add(p->values, tag, text);
        return;
    }
    while (str_next_line(&text, &line))
        if (str_trim(line).length)
            tagged_add(p->values, tag, line);
}

/* What says where the record came from: the library's own file, which nobody needs. */
static bool is_about_the_file(str path)
{
    static const char *const names[] = {"database",           "source-app",    "foreign-keys/key",
                                        "rec-number",         "modified-date", "added-date",
                                        "dates/modified-date"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (str_is(path, names[i]))
            return true;
    return false;
}

static void take_type(struct endnote_parser *p, const struct element *e)
{
    unsigned long number;
    str name = elements_attribute(e, "name"), text;
    buf_clear(&p->text);
    elements_add_text(&p->text, e);
    text = str_trim(buf_str(&p->text));
    if (!name.length && str_number(text, &number) && number < 1000)
        name = str_of(endnote_xml_name((int)number));
    tagged_add(p->values, e->name, keep(p, name.length ? name : text));
}

/* <pages start="1" end="9"/>, as other programs write them */
static void take_page_attributes(struct endnote_parser *p, const struct element *e)
{
    str start = elements_attribute(e, "start"), end = elements_attribute(e, "end");
    if (str_trim(buf_str(&p->text)).length || !start.length)
        return;
    buf_add(&p->text, start);
    buf_add_text(&p->text, end.length ? "-" : "");
    buf_add(&p->text, end);
}

static void take_element(struct endnote_parser *p, const struct element *e, str path)
{
    if (is_about_the_file(path))
        return;
    if (str_is(path, "ref-type")) {
        take_type(p, e);
        return;
    }
    buf_clear(&p->text);
    add_styled(&p->text, e);
    if (str_is(path, "pages"))
        take_page_attributes(p, e);
    str suffix = elements_attribute(e, "suffix");
    if (suffix.length && str_trim(buf_str(&p->text)).length)
        buf_printf(&p->text, ", %.*s", STR_ARG(suffix));
    if (str_trim(buf_str(&p->text)).length)
        add_value(p, keep(p, path), keep(p, buf_str(&p->text)));
}

/* Walk the elements inside `e`, whose path is `path`. */
static void walk(struct endnote_parser *p, const struct element *e, const char *path, int depth)
{
    buf inner = {0};
    for (const struct element *inside = e->first; inside; inside = inside->next) {
        if (!inside->name.length)
            continue;
        buf_clear(&inner);
        buf_printf(&inner, "%s%s%.*s", path, *path ? "/" : "", STR_ARG(inside->name));
        if (holds_elements(inside) && depth < PATH_PARTS)
            walk(p, inside, buf_text(&inner), depth + 1);
        else
            take_element(p, inside, buf_str(&inner));
    }
    buf_free(&inner);
}

/* The record's number in its file is its key, unless it has a label. */
static void take_number(struct endnote_parser *p, const struct element *record)
{
    const struct element *number = elements_child(record, "rec-number");
    const struct element *label = elements_child(record, "label");
    buf_clear(&p->text);
    if (label)
        elements_add_text(&p->text, label);
    if (!number || str_trim(buf_str(&p->text)).length)
        return;
    buf_clear(&p->text);
    elements_add_text(&p->text, number);
    tagged_add(p->values, number->name, keep(p, buf_str(&p->text)));
}

static osler_status parse(void *parser, arena *memory, const struct piece *piece, osler_item *out,
                          osler_error *error)
{
    struct endnote_parser *p = parser;
    const struct element *record;
    osler_status status = elements_parse(p->elements, &record, piece, error);
    if (status != OSLER_OK)
        return status;
    tagged_forget(p->values);
    take_number(p, record);
    walk(p, record, "", 0);
    return tagged_make(p->values, memory, piece, out, error);
}

const struct format format_endnote_xml = {
    .recognize = recognize,
    .open = open_cutter,
    .close = close_cutter,
    .cut = cut,
    .is_complete = is_complete,
    .new_parser = new_parser,
    .free_parser = free_parser,
    .parse = parse,
};
