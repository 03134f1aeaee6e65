/* Reading in two parts: one thread cuts an input into pieces, others make items of them. */
#ifndef FORMATS_READER_H
#define FORMATS_READER_H

#include "formats/format.h"

/* A format under its name. */
struct format_row {
    const struct format *format;
    const char *name, *summary;
};

/* The formats of this module; NULL past the last. */
const struct format_row *reader_format(unsigned index);

/*
 * Open the file at `path`, or the bytes of `in_memory` (then `path` is their name).  Its format is
 * `name` or, when that is NULL, the first that knows the content: those of this module, and then
 * `more`, which another module has for it.  Statuses as of osler_reader_open().
 */
struct reader_request {
    const char *path;
    const str *in_memory; /* NULL: the file */
    const char *name;
    const struct format_row *more;
    unsigned more_count;
};
OSLER_MUST_USE osler_status reader_open(osler_reader **out, const struct reader_request *request,
                                        osler_error *error);

/* The next piece, as osler_reader_next() gives items; use the one or the other on a reader. */
OSLER_MUST_USE osler_status reader_cut(osler_reader *reader, struct piece *out, osler_error *error);

/* What cutting has to say of the piece cut last, or NULL; lent as its bytes are. */
const char *reader_remark(const osler_reader *reader);

/* From another thread: what is being read fails soon, even if the input has nothing to say. */
void reader_stop(osler_reader *reader);

/* A parser for the pieces of `reader`, which outlives it: one a thread.  You own it. */
typedef struct piece_parser piece_parser;
piece_parser *piece_parser_new(const osler_reader *reader);
void piece_parser_free(piece_parser *p);

/* Make an item of a piece, whose bytes it lends; all else in it is in `memory`. */
OSLER_MUST_USE osler_status piece_parse(piece_parser *p, arena *memory, const struct piece *piece,
                                        osler_item *out, osler_error *error);

#endif
