/* BibTeX both ways: what was read and written reads again, as many records. */
#include "base/buf.h"
#include "base/str.h"
#include <osler/formats.h>

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* All records of `text`, each written on its own, one behind the other. */
static size_t rewrite(buf *out, str text)
{
    osler_reader *reader;
    osler_writer *writer;
    const osler_item *item;
    osler_status status;
    size_t count = 0;
    if (osler_reader_open_bytes(&reader, text.data, text.length, "fuzz", "bibtex", NULL) !=
        OSLER_OK)
        return 0;
    if (osler_writer_new(&writer, "bibtex", NULL) != OSLER_OK)
        abort();
    while ((status = osler_reader_next(reader, &item, NULL)) != OSLER_END) {
        if (status != OSLER_OK)
            continue;
        buf_add_text(out, osler_writer_write(writer, item->record, NULL));
        count++;
    }
    osler_writer_free(writer);
    osler_reader_close(reader);
    return count;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    buf first = {0}, second = {0};
    size_t count = rewrite(&first, (str){(const char *)data, size});
    if (count && rewrite(&second, buf_str(&first)) != count) {
        fprintf(stderr, "%s%s", buf_text(&first), buf_text(&second));
        abort();
    }
    buf_free(&first);
    buf_free(&second);
    return 0;
}
