/* What one input format provides.  One format is one file (or folder) and one row in formats.def.
 */
#ifndef FORMATS_FORMAT_H
#define FORMATS_FORMAT_H

#include "formats/window.h"
#include <osler/formats.h>

struct format {
    /* True when `head`, the first bytes of an input without byte order mark, is of this format. */
    bool (*recognize)(str head);

    /* The reader's own state over `input`, which outlives it. */
    void *(*open)(window *input);

    /*
     * The next item, as osler_reader_next(): a failure is of one item, and the next call goes on
     * behind it.  Whoever calls adds the source's name to the error.
     */
    osler_status (*next)(void *state, osler_item *out, osler_error *error);

    /* True when the input has ended as the format says it must. */
    bool (*is_complete)(const void *state);

    void (*close)(void *state);
};

#define FORMAT(reader, name, summary) extern const struct format format_##reader;
#include "formats/formats.def"
#undef FORMAT

/*
 * Why bytes that start with `head` can never be records: a web page, an error reply of NCBI,
 * UTF-16, PDF, ...  OSLER_OK when nothing is known against them.
 */
osler_status content_refuse(str head, osler_error *error);

#endif
