/* Opening files: the formats of records, and reference lists in plain text, which need refs/. */
#include "library/text.h"

static const struct format_row more[] = {
    {&format_text, "text", "reference lists in plain text, in any style: split and labeled"},
};

enum { MORE = sizeof more / sizeof *more };

osler_status osler_reader_open(osler_reader **out, const char *path, const char *format,
                               osler_error *error)
{
    struct reader_request request = {path, NULL, format, more, MORE};
    return reader_open(out, &request, error);
}

osler_status osler_reader_open_bytes(osler_reader **out, const char *bytes, size_t length,
                                     const char *name, const char *format, osler_error *error)
{
    str in_memory = {bytes, length};
    struct reader_request request = {name, &in_memory, format, more, MORE};
    return reader_open(out, &request, error);
}

static const struct format_row *row_of(unsigned index)
{
    unsigned count = 0;
    while (reader_format(count))
        count++;
    if (index < count)
        return reader_format(index);
    return index - count < MORE ? &more[index - count] : NULL;
}

const char *osler_format_name(unsigned index)
{
    const struct format_row *row = row_of(index);
    return row ? row->name : NULL;
}

const char *osler_format_summary(unsigned index)
{
    const struct format_row *row = row_of(index);
    return row ? row->summary : NULL;
}
