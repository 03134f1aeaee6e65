/* The format "pubmed-xml": items cut out of the stream, each parsed alone. */
#include "base/memory.h"
#include "formats/format.h"
#include "formats/pubmed_xml/parser.h"
#include "formats/pubmed_xml/split.h"

struct reading {
    splitter splitter;
    pubmed_parser *parser;
    arena memory; /* of the record given out last */
};

static void *open_reading(window *input)
{
    struct reading *r = memory_alloc(sizeof *r);
    r->splitter.input = input;
    r->parser = pubmed_parser_new();
    return r;
}

static osler_status read_next(void *state, osler_item *out, osler_error *error)
{
    struct reading *r = state;
    struct piece piece;
    osler_status status = split_next(&r->splitter, &piece, error);
    if (status != OSLER_OK)
        return status;
    pubmed_parser *p = r->parser;
    arena_clear(&r->memory);
    status = pubmed_parse(p, &r->memory, piece.bytes, piece.line, r->splitter.encoding, error);
    if (status != OSLER_OK)
        return status;
    *out = (osler_item){
        .kind = p->deletion ? OSLER_DELETION : OSLER_RECORD,
        .record = p->deletion ? NULL : p->record,
        .pmid = p->deletion ? p->record->pmid : NULL,
        .pmid_version = p->deletion ? p->record->pmid_version : 0,
        .line = piece.line,
        .original = piece.bytes.data,
        .original_length = piece.bytes.length,
    };
    return OSLER_OK;
}

static bool is_complete(const void *state)
{
    return ((const struct reading *)state)->splitter.complete;
}

static void close_reading(void *state)
{
    struct reading *r = state;
    pubmed_parser_free(r->parser);
    arena_free(&r->memory);
    memory_free(r);
}

const struct format format_pubmed_xml = {split_recognize, open_reading, read_next, is_complete,
                                         close_reading};
