/*
 * The format "jats": the references of an article, or the article itself where it has none.  Each
 * citation of a <ref> is an item.
 */
#include "formats/jats/jats.h"

#include "base/error.h"
#include "base/memory.h"

#include <stdio.h>
#include <string.h>

static const str item_names[] = {STR("ref"), STR("front")};
enum { REF, FRONT };

struct cutting {
    struct element_cutter elements;
    buf front; /* of the article at work, while no reference of it has come */
    unsigned front_line;
    bool has_front;
    buf whole, piece; /* a <ref> with several citations, and the next of them */
    size_t at;        /* in `whole`: behind the citation given out last; 0: none is at work */
    unsigned line;
};

static bool recognize(str head)
{
    str rest;
    str root = elements_root(head, &rest);
    static const char *const roots[] = {"article", "articles", "pmc-articleset", "ref-list",
                                        "back",    "ref",      "front",          "OAI-PMH"};
    for (size_t i = 0; i < sizeof roots / sizeof *roots; i++)
        if (str_is(root, roots[i]))
            return !str_is(root, "OAI-PMH") || elements_has(rest, (str)STR("article"));
    return false;
}

static void *open_cutter(window *input)
{
    struct cutting *c = memory_alloc(sizeof *c);
    c->elements = (struct element_cutter){.input = input, .names = item_names, .name_count = 2};
    return c;
}

static void close_cutter(void *state)
{
    struct cutting *c = state;
    buf_free(&c->front);
    buf_free(&c->whole);
    buf_free(&c->piece);
    memory_free(c);
}

static bool is_complete(const void *state)
{
    return ((const struct cutting *)state)->elements.complete;
}

static size_t find_text(str s, size_t from, const char *needle)
{
    str what = str_of(needle);
    for (size_t at = from; at < s.length; at++) {
        at += str_find(str_part(s, at, s.length), what.data[0]);
        if (at < s.length && str_starts_with(str_part(s, at, s.length), what))
            return at;
    }
    return s.length;
}

/* The next citation in a <ref>, from its start tag to behind its end tag; false when none is. */
static bool next_citation(str ref, size_t from, size_t *start, size_t *end)
{
    for (size_t at = from; at < ref.length; at++) {
        at += str_find(str_part(ref, at, ref.length), '<');
        str rest = str_part(ref, at + 1, ref.length);
        for (size_t i = 0; jats_citations[i]; i++) {
            size_t length = strlen(jats_citations[i]);
            if (!str_starts_with(rest, str_of(jats_citations[i])) || rest.length <= length ||
                (rest.data[length] != '>' && !char_is_space(rest.data[length])))
                continue;
            char closing[40];
            size_t close = (size_t)snprintf(closing, sizeof closing, "</%s>", jats_citations[i]);
            *start = at;
            *end = find_text(ref, at, closing) + close;
            return *end <= ref.length;
        }
    }
    return false;
}

/* The next of several citations in `whole`, with the tags of its <ref> around it. */
static bool next_of_several(struct cutting *c, struct piece *out)
{
    str ref = buf_str(&c->whole);
    size_t start, end;
    if (!c->at || !next_citation(ref, c->at, &start, &end)) {
        c->at = 0;
        return false;
    }
    unsigned lines = window_lines(str_part(ref, 0, start));
    buf_clear(&c->piece);
    buf_add(&c->piece, str_part(ref, 0, str_find(ref, '>') + 1));
    buf_add(&c->piece, str_part(ref, start, end - start));
    buf_add_text(&c->piece, "</ref>");
    c->at = end;
    *out = (struct piece){buf_str(&c->piece), c->line + lines, c->elements.encoding};
    return true;
}

/* True when a <ref> holds several works, and not one in several ways. */
static bool holds_several(str ref)
{
    size_t start, end, second;
    return next_citation(ref, 0, &start, &end) && next_citation(ref, end, &second, &end) &&
           !elements_has(ref, (str)STR("citation-alternatives"));
}

/* The article before had no references: it is what its file has to say. */
static osler_status give_front(struct cutting *c, struct piece *out)
{
    buf_clear(&c->piece);
    buf_add(&c->piece, buf_str(&c->front));
    *out = (struct piece){buf_str(&c->piece), c->front_line, c->elements.encoding};
    c->has_front = false;
    return OSLER_OK;
}

/* Keep the <front> of an article until its first reference; true when another was waiting: `*piece`
 * is that. */
static bool keep_front(struct cutting *c, struct piece *piece)
{
    struct piece before;
    bool waiting = c->has_front;
    if (waiting)
        give_front(c, &before);
    buf_clear(&c->front);
    buf_add(&c->front, piece->bytes);
    c->front_line = piece->line;
    c->has_front = true;
    if (waiting)
        *piece = before;
    return waiting;
}

static osler_status cut(void *state, struct piece *out, osler_error *error)
{
    struct cutting *c = state;
    if (next_of_several(c, out))
        return OSLER_OK;
    for (;;) {
        osler_status status = elements_cut(&c->elements, out, error);
        if (status == OSLER_END && c->has_front)
            return give_front(c, out);
        if (status != OSLER_OK)
            return status;
        if (c->elements.name == FRONT) {
            if (keep_front(c, out))
                return OSLER_OK;
            continue;
        }
        c->has_front = false;
        if (!holds_several(out->bytes))
            return OSLER_OK;
        buf_clear(&c->whole);
        buf_add(&c->whole, out->bytes);
        c->line = out->line;
        c->at = 1;
        next_of_several(c, out);
        return OSLER_OK;
    }
}

static void *new_parser(void)
{
    return elements_new_parser();
}

static osler_status parse(void *parser, arena *memory, const struct piece *piece, osler_item *out,
                          osler_error *error)
{
    const struct element *root;
    struct jats j = {.memory = memory, .scratch = elements_memory(parser)};
    osler_status status = elements_parse(parser, &root, piece, error);
    if (status != OSLER_OK)
        return status;
    j.record = builder_start(&j.b, memory);
    if (str_is(root->name, "front"))
        jats_take_article(&j, root);
    else
        jats_take_reference(&j, root);
    if (j.b.exceeded)
        return fail(error, OSLER_ELIMIT, piece->line, "%s", j.b.exceeded);
    const osler_record *r = j.record;
    if (!r->title && !r->container_title && !r->names.count && !r->notes.count &&
        !r->identifiers.count)
        return fail(error, OSLER_EINPUT, piece->line,
                    "this <%.*s> has no citation that says anything", STR_ARG(root->name));
    *out = (osler_item){.kind = OSLER_RECORD, .record = r};
    return OSLER_OK;
}

const struct format format_jats = {
    .recognize = recognize,
    .open = open_cutter,
    .close = close_cutter,
    .cut = cut,
    .is_complete = is_complete,
    .new_parser = new_parser,
    .free_parser = elements_free_parser,
    .parse = parse,
};
