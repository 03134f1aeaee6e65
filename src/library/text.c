/*
 * Reference lists in plain text as an input format: refs/ splits and labels them.  A list is read
 * whole before it is split, for its first references say how the others are laid out.
 */
#include "library/text.h"

#include "base/error.h"
#include "base/limits.h"
#include "base/memory.h"
#include "record/record.h"
#include "refs/refs.h"

#include <stdio.h>
#include <string.h>

/* A piece is a reference and what splitting knows of it, with tabs between, which no text has. */
enum { TEXT, NUMBER, REMARK, TRUNCATED, PARTS };

/* Below this the fields are named that may be wrong. */
static const float unsure = 0.5F;

struct cutting {
    window *input;
    arena memory;
    struct refs_reference *references;
    size_t count, next;
    bool split, over;
    buf piece;
};

static void *open_text(window *input)
{
    struct cutting *c = memory_alloc(sizeof *c);
    c->input = input;
    return c;
}

static void close_text(void *state)
{
    struct cutting *c = state;
    arena_free(&c->memory);
    buf_free(&c->piece);
    memory_free(c);
}

static bool is_complete(const void *state)
{
    const struct cutting *c = state;
    return c->split && c->over;
}

static osler_status split(struct cutting *c, osler_error *error)
{
    osler_status status = OSLER_OK;
    while (status == OSLER_OK && !c->input->ended) {
        if (window_view(c->input).length > LIMIT_FIELD)
            return fail(error, OSLER_ELIMIT, 0, "a reference list of more than %d MB",
                        LIMIT_FIELD >> 20);
        status = window_fill(c->input, error);
    }
    str list = window_view(c->input);
    if (status == OSLER_OK)
        status = content_check_text(list, c->input->line, error);
    if (status == OSLER_OK)
        status = refs_split(&c->references, &c->count, &c->memory, list, error);
    if (status == OSLER_OK && !c->count)
        return fail(error, OSLER_EINPUT, 1, "no reference in the whole list");
    return status;
}

static osler_status cut(void *state, struct piece *out, osler_error *error)
{
    struct cutting *c = state;
    if (!c->split && !c->over) {
        osler_status status = split(c, error);
        c->split = status == OSLER_OK;
        c->over = !c->split;
        if (c->over)
            return status;
    }
    if (c->next == c->count) {
        c->over = true;
        return OSLER_END;
    }
    const struct refs_reference *r = &c->references[c->next++];
    buf_clear(&c->piece);
    buf_add(&c->piece, r->text);
    buf_add_byte(&c->piece, '\t');
    buf_add(&c->piece, r->number);
    buf_printf(&c->piece, "\t%s\t%s", r->remark ? r->remark : "", r->truncated ? "truncated" : "");
    *out = (struct piece){buf_str(&c->piece), r->line, ""};
    return OSLER_OK;
}

static void *new_parser(void)
{
    return NULL;
}

static void free_parser(void *parser)
{
    (void)parser;
}

/* How sure the fields are, as the record carries it. */
static void keep_confidence(arena *memory, osler_record *record, const struct refs_confidence *sure,
                            buf *doubts)
{
    const struct {
        const char *name;
        float confidence;
    } fields[] = {
        {"authors", sure->authors}, {"title", sure->title},   {"container", sure->container},
        {"date", sure->date},       {"volume", sure->volume}, {"issue", sure->issue},
        {"pages", sure->pages},     {"doi", sure->doi},
    };
    buf text = {0};
    buf_printf(&text, "%.2f", (double)sure->whole);
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        if (fields[i].confidence <= 0)
            continue;
        buf_printf(&text, " %s %.2f", fields[i].name, (double)fields[i].confidence);
        if (fields[i].confidence < unsure)
            buf_printf(doubts, "%s%s", doubts->length ? ", " : "", fields[i].name);
    }
    osler_extra *extra = RECORD_ADD(memory, &record->extras);
    extra->tag = "confidence";
    extra->value = arena_copy(memory, buf_str(&text));
    buf_free(&text);
}

/* What is said of the reference, all of it in one sentence; NULL when there is nothing. */
static const char *remark_of(arena *memory, const struct refs_reference *r, str doubts)
{
    buf text = {0};
    if (r->truncated)
        buf_add_text(&text, "the reference breaks off");
    if (r->remark)
        buf_printf(&text, "%s%s", text.length ? "; " : "", r->remark);
    if (doubts.length)
        buf_printf(&text, "%sunsure of: %.*s", text.length ? "; " : "", STR_ARG(doubts));
    const char *kept = text.length ? arena_copy(memory, buf_str(&text)) : NULL;
    buf_free(&text);
    return kept;
}

static osler_status parse(void *parser, arena *memory, const struct piece *piece, osler_item *out,
                          osler_error *error)
{
    (void)parser;
    str rest = piece->bytes, parts[PARTS] = {{"", 0}};
    struct refs_confidence sure;
    osler_record *record;
    for (size_t i = 0; i < PARTS && str_next_field(&rest, '\t', &parts[i]);)
        i++;
    struct refs_reference reference = {
        .text = parts[TEXT],
        .number = parts[NUMBER],
        .line = piece->line,
        .truncated = parts[TRUNCATED].length > 0,
        .remark = parts[REMARK].length ? arena_copy(memory, parts[REMARK]) : NULL,
    };
    osler_status status = refs_parse(&record, &sure, memory, &reference, error);
    if (status != OSLER_OK) {
        if (error && !error->line)
            error->line = piece->line;
        return status;
    }
    buf doubts = {0};
    keep_confidence(memory, record, &sure, &doubts);
    *out = (osler_item){.kind = OSLER_RECORD, .record = record};
    out->remark = remark_of(memory, &reference, buf_str(&doubts));
    buf_free(&doubts);
    return OSLER_OK;
}

const struct format format_text = {
    .recognize = refs_recognize,
    .guesses = true,
    .open = open_text,
    .close = close_text,
    .cut = cut,
    .is_complete = is_complete,
    .new_parser = new_parser,
    .free_parser = free_parser,
    .parse = parse,
};
