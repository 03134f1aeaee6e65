/* Replies of Crossref: what passes for the record of a DOI names it. */
#include "fetch/crossref.h"

#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    str body = {(const char *)data, size};
    if (crossref_check(body, "10.9999/A", NULL) == OSLER_OK &&
        crossref_check(body, "10.9999/b", NULL) == OSLER_OK)
        abort();
    return 0;
}
