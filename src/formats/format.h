/* What one input format provides.  One format is one file (or folder) and one row in formats.def.
 */
#ifndef FORMATS_FORMAT_H
#define FORMATS_FORMAT_H

#include "base/arena.h"
#include "formats/window.h"
#include <osler/formats.h>

/* One item as it stands in the input. */
struct piece {
    str bytes;            /* lent until the next call of cut() */
    unsigned line;        /* of its start */
    const char *encoding; /* "" for UTF-8; lent as the bytes are */
};

/*
 * Reading is in two parts, so that several threads can parse what one has cut.  cut() is cheap: it
 * looks for the end of an item and no further.  Where only parsing shows the end, or where an item
 * depends on those before it, cut() parses too, and hands on bytes that parse() can read alone.
 */
struct format {
    /* True when `head`, the first bytes of an input without byte order mark, is of this format. */
    bool (*recognize)(str head);

    /* Bytes that are not UTF-8 are taken for Windows-1252, where nothing says what they are. */
    bool guesses;

    /* The state of cutting `input`, which outlives it. */
    void *(*open)(window *input);
    void (*close)(void *state);

    /* Take what the user says of the input behind the format's name, "csv:WHAT"; or NULL. */
    osler_status (*configure)(void *state, str what, osler_error *error);

    /*
     * The next piece.  Statuses as of osler_reader_next(): a failure is of one item, and the next
     * call goes on behind it.  Whoever calls adds the source's name to the error.
     */
    osler_status (*cut)(void *state, struct piece *out, osler_error *error);

    /* What is to be said of the piece cut last, though it can be read; or NULL.  Lent as its bytes
     * are.  May be missing. */
    const char *(*remark)(const void *state);

    /* True when the input has ended as the format says it must. */
    bool (*is_complete)(const void *state);

    /* A parser of pieces; parsers share nothing. */
    void *(*new_parser)(void);
    void (*free_parser)(void *parser);

    /*
     * Make an item of a piece: its kind, and the record or the deletion, all in `memory`.  Whoever
     * calls fills in the rest from the piece.
     */
    osler_status (*parse)(void *parser, arena *memory, const struct piece *piece, osler_item *out,
                          osler_error *error);
};

#define FORMAT(reader, name, summary) extern const struct format format_##reader;
#include "formats/formats.def"
#undef FORMAT

/*
 * Why bytes that start with `head` can never be records: a web page, an error reply of NCBI,
 * PDF, ...  OSLER_OK when nothing is known against them.
 */
osler_status content_refuse(str head, osler_error *error);

/* Why the text `bytes`, which starts on `line`, cannot be read: not UTF-8, or a NUL in it. */
osler_status content_check_text(str bytes, unsigned line, osler_error *error);

#endif
