/* The format "pubmed-text", read to its end. */
#include "base/str.h"
#include <osler/formats.h>

#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    osler_reader *reader;
    const osler_item *item;
    if (osler_reader_open_bytes(&reader, (const char *)data, size, "fuzz", "pubmed-text", NULL) !=
        OSLER_OK)
        return 0;
    while (osler_reader_next(reader, &item, NULL) != OSLER_END)
        continue;
    osler_reader_close(reader);
    return 0;
}
