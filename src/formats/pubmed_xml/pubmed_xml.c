/* The format "pubmed-xml": items cut out of the stream, each parsed alone. */
#include "base/memory.h"
#include "formats/format.h"
#include "formats/pubmed_xml/parser.h"
#include "formats/pubmed_xml/split.h"

static void *open_splitter(window *input)
{
    splitter *s = memory_alloc(sizeof *s);
    s->input = input;
    return s;
}

static void close_splitter(void *state)
{
    memory_free(state);
}

static osler_status cut(void *state, struct piece *out, osler_error *error)
{
    return split_next(state, out, error);
}

static bool is_complete(const void *state)
{
    return ((const splitter *)state)->complete;
}

static void *new_parser(void)
{
    return pubmed_parser_new();
}

static void free_parser(void *parser)
{
    pubmed_parser_free(parser);
}

static osler_status parse(void *parser, arena *memory, const struct piece *piece, osler_item *out,
                          osler_error *error)
{
    pubmed_parser *p = parser;
    osler_status status =
        pubmed_parse(p, memory, piece->bytes, piece->line, piece->encoding, error);
    if (status != OSLER_OK)
        return status;
    *out = (osler_item){
        .kind = p->deletion ? OSLER_DELETION : OSLER_RECORD,
        .record = p->deletion ? NULL : p->record,
        .pmid = p->deletion ? p->record->pmid : NULL,
        .pmid_version = p->deletion ? p->record->pmid_version : 0,
    };
    return OSLER_OK;
}

const struct format format_pubmed_xml = {
    .recognize = split_recognize,
    .open = open_splitter,
    .close = close_splitter,
    .cut = cut,
    .is_complete = is_complete,
    .new_parser = new_parser,
    .free_parser = free_parser,
    .parse = parse,
};
