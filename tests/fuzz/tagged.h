/* Tagged formats both ways: as many records are read of what was written as had been. */
#include "base/buf.h"
#include "base/str.h"
#include "formats/writer.h"
#include <osler/formats.h>

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* All records of `text`, each as it is written. */
static size_t rewrite(buf *out, str text, const char *format)
{
    osler_reader *reader;
    const struct writer *writer;
    const osler_item *item;
    osler_status status;
    size_t count = 0;
    if (osler_reader_open_bytes(&reader, text.data, text.length, "fuzz", format, NULL) != OSLER_OK)
        return 0;
    if (writer_find(&writer, format, NULL) != OSLER_OK)
        abort();
    buf_add_text(out, writer->head);
    while ((status = osler_reader_next(reader, &item, NULL)) != OSLER_END) {
        if (status != OSLER_OK)
            continue;
        buf_add_text(out, count ? writer->between : NULL);
        writer->write(out, item->record);
        count++;
    }
    buf_add_text(out, writer->tail);
    osler_reader_close(reader);
    return count;
}

/* Every record that is written is read again. */
static int check_rewriting(str text, const char *format)
{
    buf once = {0}, twice = {0};
    size_t count = rewrite(&once, text, format);
    size_t again = rewrite(&twice, buf_str(&once), format);
    if (again != count) {
        fprintf(stderr, "%zu records, then %zu:\n%s\n", count, again, buf_text(&once));
        abort();
    }
    buf_free(&once);
    buf_free(&twice);
    return 0;
}
