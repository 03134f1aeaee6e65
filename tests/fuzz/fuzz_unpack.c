/* Unpacking any bytes as a stored record: refused, or a record that packs and unpacks again. */
#include "record/pack.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    arena memory = {0};
    buf packed = {0};
    osler_record record, again;
    if (record_unpack(&memory, &record, (str){(const char *)data, size}, NULL) == OSLER_OK) {
        record_pack(&packed, &record);
        if (record_unpack(&memory, &again, buf_str(&packed), NULL) != OSLER_OK)
            abort();
    }
    buf_free(&packed);
    arena_free(&memory);
    return 0;
}
