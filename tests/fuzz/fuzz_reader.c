/* Every reader of records, on any bytes; the first byte picks the format or leaves it to the
 * content. */
#include "record/record.h"
#include <osler/formats.h>

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Every string is what <osler/record.h> promises; what is marked up, is so validly. */
static void check_struct(const osler_shape *shape, const char *value)
{
    for (size_t i = 0; i < shape->count; i++) {
        const osler_field *field = &shape->fields[i];
        const char *member = value + field->offset;
        if (field->kind == OSLER_MARKUP) {
            const char *text = *(const char *const *)(const void *)member;
            if (text && !markup_valid(str_of(text)))
                abort();
        } else if (field->kind == OSLER_MANY) {
            const osler_text_list *list = (const osler_text_list *)(const void *)member;
            for (size_t k = 0; k < list->count; k++)
                check_struct(field->of, (const char *)list->items + k * field->of->size);
        }
    }
}

/* A failure moves the reader on: failures without end would hang every program. */
static void read_all(osler_reader *reader, size_t size)
{
    const osler_item *item;
    osler_status status;
    size_t calls = 0;
    while ((status = osler_reader_next(reader, &item, NULL)) != OSLER_END) {
        if (++calls > size + 10)
            abort();
        if (status == OSLER_OK && item->kind == OSLER_RECORD)
            check_struct(osler_record_shape(), (const char *)item->record);
        if (status == OSLER_OK && item->kind == OSLER_DELETION && !item->pmid)
            abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const formats[] = {NULL, "pubmed-xml", "nbib", "csl-json"};
    osler_reader *reader;
    if (!size)
        return 0;
    const char *format = formats[data[0] % 4];
    if (osler_reader_open_bytes(&reader, (const char *)data + 1, size - 1, "fuzz", format, NULL) ==
        OSLER_OK) {
        read_all(reader, size);
        osler_reader_close(reader);
    }
    return 0;
}
