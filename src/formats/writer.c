/* The table of output formats, and writing a single record. */
#include "formats/writer.h"

#include "base/error.h"
#include "base/memory.h"

#include <string.h>

static const struct {
    const struct writer *writer;
    const char *name, *summary;
} writers[] = {
#define WRITER(format, name, summary) {&writer_##format, name, summary},
#include "formats/writers.def"
#undef WRITER
};

enum { WRITER_COUNT = sizeof writers / sizeof *writers };

struct osler_writer {
    const struct writer *writer;
    buf text;
};

osler_status writer_find(const struct writer **out, const char *name, osler_error *error)
{
    *out = NULL;
    for (unsigned i = 0; i < WRITER_COUNT && !*out; i++)
        if (strcmp(writers[i].name, name) == 0)
            *out = writers[i].writer;
    return *out ? OSLER_OK
                : fail(error, OSLER_EFORMAT, 0, "no output format is called \"%.60s\"", name);
}

osler_status osler_writer_new(osler_writer **out, const char *format, osler_error *error)
{
    const struct writer *writer;
    *out = NULL;
    osler_status status = writer_find(&writer, format, error);
    if (status != OSLER_OK)
        return status;
    *out = memory_alloc(sizeof **out);
    (*out)->writer = writer;
    return OSLER_OK;
}

const char *osler_writer_write(osler_writer *writer, const osler_record *record, size_t *length)
{
    buf_clear(&writer->text);
    writer->writer->write(&writer->text, record);
    if (length)
        *length = writer->text.length;
    return buf_text(&writer->text);
}

void osler_writer_free(osler_writer *writer)
{
    if (!writer)
        return;
    buf_free(&writer->text);
    memory_free(writer);
}

const char *osler_writer_name(unsigned index)
{
    return index < WRITER_COUNT ? writers[index].name : NULL;
}

const char *osler_writer_summary(unsigned index)
{
    return index < WRITER_COUNT ? writers[index].summary : NULL;
}
