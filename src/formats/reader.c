/* Opening an input, finding out its format, and handing on its items. */
#include "formats/reader.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/memory.h"

#include <string.h>

enum { HEAD = 64 << 10 };

static const struct format_row formats[] = {
#define FORMAT(reader, name, summary) {&format_##reader, name, summary},
#include "formats/formats.def"
#undef FORMAT
};

enum { FORMAT_COUNT = sizeof formats / sizeof *formats };

struct osler_reader {
    source *source;
    window input;
    const struct format_row *row; /* of its format */
    void *cutting;                /* of the format */
    piece_parser *parser;
    arena memory; /* of the item given out last */
    osler_item item;
};

struct piece_parser {
    const struct format *format;
    void *state;
    const char *source; /* its name */
};

static osler_status read_head(osler_reader *reader, osler_error *error)
{
    static const str mark = STR("\xEF\xBB\xBF");
    osler_error failure = {0};
    osler_status status = OSLER_OK;
    while (status == OSLER_OK && !reader->input.ended && window_view(&reader->input).length < HEAD)
        status = window_fill(&reader->input, &failure);
    if (status != OSLER_OK && window_view(&reader->input).length) {
        window_keep_failure(&reader->input, &failure);
    } else if (status != OSLER_OK) {
        if (error)
            *error = failure;
        return status;
    }
    window_decode(&reader->input, decode_recognize(window_view(&reader->input)));
    if (str_starts_with(window_view(&reader->input), mark))
        window_skip(&reader->input, mark.length);
    if (!str_trim(window_view(&reader->input)).length && reader->input.ended)
        return fail(error, OSLER_EINPUT, 0, "the file is empty");
    return OSLER_OK;
}

const struct format_row *reader_format(unsigned index)
{
    return index < FORMAT_COUNT ? &formats[index] : NULL;
}

static const struct format_row *row_of(const struct reader_request *request, unsigned index)
{
    if (index < FORMAT_COUNT)
        return &formats[index];
    return index - FORMAT_COUNT < request->more_count ? &request->more[index - FORMAT_COUNT] : NULL;
}

static osler_status choose_format(osler_reader *reader, const struct reader_request *request,
                                  osler_error *error)
{
    str head = str_part(window_view(&reader->input), 0, HEAD);
    const struct format_row *row;
    osler_status status = content_refuse(head, error);
    if (status != OSLER_OK)
        return status;
    str called = str_of(request->name);
    called = str_part(called, 0, str_find(called, ':'));
    for (unsigned i = 0; (row = row_of(request, i)); i++) {
        if (request->name ? str_is(called, row->name) : row->format->recognize(head)) {
            reader->row = row;
            return OSLER_OK;
        }
    }
    if (request->name)
        return fail(error, OSLER_EFORMAT, 0, "no format is called \"%.60s\"", request->name);
    buf names = {0};
    for (unsigned i = 0; (row = row_of(request, i)); i++)
        buf_printf(&names, "%s%s", i ? ", " : "", row->name);
    osler_status unknown =
        fail(error, OSLER_EFORMAT, 0, "the content is of no known format; known are %s",
             buf_text(&names));
    buf_free(&names);
    return unknown;
}

/* What stands behind the name of the format, as in "csv:title=Article Title". */
static osler_status configure(osler_reader *reader, const char *name, osler_error *error)
{
    const struct format *format = reader->row->format;
    str what = str_of(name);
    what = str_part(what, str_find(what, ':'), what.length);
    if (!what.length)
        return OSLER_OK;
    if (!format->configure)
        return fail(error, OSLER_EFORMAT, 0, "nothing can be said behind \"%s:\"",
                    reader->row->name);
    return format->configure(reader->cutting, str_part(what, 1, what.length), error);
}

/* Takes the source, also when it fails. */
static osler_status open_source(osler_reader **out, source *from,
                                const struct reader_request *request, osler_error *error)
{
    osler_reader *reader = memory_alloc(sizeof *reader);
    reader->source = from;
    reader->input = (window){.source = from, .line = 1};
    osler_status status = read_head(reader, error);
    if (status == OSLER_OK)
        status = choose_format(reader, request, error);
    if (status == OSLER_OK) {
        if (reader->row->format->guesses && reader->input.encoding == ENCODING_BYTES)
            window_decode(&reader->input, ENCODING_GUESSED);
        reader->cutting = reader->row->format->open(&reader->input);
        status = configure(reader, request->name, error);
    }
    if (status != OSLER_OK) {
        fail_source(error, status, source_name(from));
        osler_reader_close(reader);
        return status;
    }
    *out = reader;
    return OSLER_OK;
}

osler_status reader_open(osler_reader **out, const struct reader_request *request,
                         osler_error *error)
{
    source *from;
    osler_status status = OSLER_OK;
    *out = NULL;
    if (request->in_memory)
        source_open_memory(&from, *request->in_memory, request->path);
    else
        status = source_open_file(&from, request->path, error);
    return status == OSLER_OK ? open_source(out, from, request, error) : status;
}

osler_status reader_cut(osler_reader *reader, struct piece *out, osler_error *error)
{
    osler_status status = reader->row->format->cut(reader->cutting, out, error);
    return status == OSLER_OK || status == OSLER_END
               ? status
               : fail_source(error, status, source_name(reader->source));
}

const char *reader_remark(const osler_reader *reader)
{
    const struct format *format = reader->row->format;
    return format->remark ? format->remark(reader->cutting) : NULL;
}

void reader_stop(osler_reader *reader)
{
    source_stop(reader->source);
}

piece_parser *piece_parser_new(const osler_reader *reader)
{
    piece_parser *p = memory_alloc(sizeof *p);
    p->format = reader->row->format;
    p->state = p->format->new_parser();
    p->source = source_name(reader->source);
    return p;
}

void piece_parser_free(piece_parser *p)
{
    if (!p)
        return;
    p->format->free_parser(p->state);
    memory_free(p);
}

osler_status piece_parse(piece_parser *p, arena *memory, const struct piece *piece, osler_item *out,
                         osler_error *error)
{
    osler_status status = p->format->parse(p->state, memory, piece, out, error);
    if (status != OSLER_OK)
        return fail_source(error, status, p->source);
    out->line = piece->line;
    out->original = piece->bytes.data;
    out->original_length = piece->bytes.length;
    return OSLER_OK;
}

osler_status osler_reader_next(osler_reader *reader, const osler_item **out, osler_error *error)
{
    struct piece piece;
    *out = NULL;
    osler_status status = reader_cut(reader, &piece, error);
    if (status != OSLER_OK)
        return status;
    if (!reader->parser)
        reader->parser = piece_parser_new(reader);
    arena_clear(&reader->memory);
    status = piece_parse(reader->parser, &reader->memory, &piece, &reader->item, error);
    if (status != OSLER_OK)
        return status;
    if (!reader->item.remark)
        reader->item.remark = reader_remark(reader);
    *out = &reader->item;
    return OSLER_OK;
}

const char *osler_reader_format(const osler_reader *reader)
{
    return reader->row->name;
}

bool osler_reader_is_complete(const osler_reader *reader)
{
    return reader->row->format->is_complete(reader->cutting);
}

unsigned osler_reader_guessed(const osler_reader *reader)
{
    return reader->input.guessed;
}

uint64_t osler_reader_position(const osler_reader *reader)
{
    return source_position(reader->source);
}

uint64_t osler_reader_size(const osler_reader *reader)
{
    return source_size(reader->source);
}

void osler_reader_close(osler_reader *reader)
{
    if (!reader)
        return;
    if (reader->cutting)
        reader->row->format->close(reader->cutting);
    piece_parser_free(reader->parser);
    arena_free(&reader->memory);
    window_free(&reader->input);
    source_close(reader->source);
    memory_free(reader);
}
