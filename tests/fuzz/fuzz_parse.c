/* Parsing any text as one reference: what becomes of it can be packed and written. */
#include "base/buf.h"
#include "record/record.h"
#include "refs/refs.h"
#include <osler/formats.h>

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct refs_confidence sure;
    osler_record *record;
    arena memory = {0};
    buf text = {0};
    buf_add_repaired(&text, (str){(const char *)data, size});
    struct refs_reference reference = {.text = buf_str(&text)};
    osler_status status = refs_parse(&record, &sure, &memory, &reference, NULL);
    if (status == OSLER_OK && record->title && !markup_valid(str_of(record->title)))
        abort();
    if (status != OSLER_OK && status != OSLER_ELIMIT)
        abort();
    buf_free(&text);
    arena_free(&memory);
    return 0;
}
