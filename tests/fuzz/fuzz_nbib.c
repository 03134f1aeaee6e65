/* NBIB on any bytes: it ends, and what was read can be written in every format. */
#include <osler/formats.h>

#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void write_all(const osler_record *record)
{
    for (unsigned i = 0; osler_writer_name(i); i++) {
        osler_writer *writer;
        if (osler_writer_new(&writer, osler_writer_name(i), NULL) != OSLER_OK ||
            !osler_writer_write(writer, record, NULL))
            abort();
        osler_writer_free(writer);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    osler_reader *reader;
    const osler_item *item;
    osler_status status;
    size_t calls = 0;
    if (osler_reader_open_bytes(&reader, (const char *)data, size, "fuzz", "nbib", NULL) !=
        OSLER_OK)
        return 0;
    while ((status = osler_reader_next(reader, &item, NULL)) != OSLER_END) {
        if (++calls > size + 10) /* failures without end would hang every program */
            abort();
        if (status == OSLER_OK && item->kind == OSLER_RECORD)
            write_all(item->record);
    }
    osler_reader_close(reader);
    return 0;
}
