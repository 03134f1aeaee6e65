/* Replies of the ID Converter: an id that is taken has the form of its kind. */
#include "fetch/idconv.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    arena memory = {0};
    idconv_row rows[] = {{.asked = "990000001"}, {.asked = "990000001"}, {.asked = "10.9999/a,b"}};
    if (idconv_read(rows, 3, (str){(const char *)data, size}, &memory, NULL) == OSLER_OK)
        for (size_t i = 0; i < 3; i++) {
            const idconv_row *row = &rows[i];
            if ((row->pmid && strspn(row->pmid, "0123456789") != strlen(row->pmid)) ||
                (row->pmcid && strncmp(row->pmcid, "PMC", 3) != 0) ||
                (row->doi && strncmp(row->doi, "10.", 3) != 0))
                abort();
        }
    arena_free(&memory);
    return 0;
}
