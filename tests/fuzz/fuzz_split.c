/* Splitting any text: every reference is some of it, and lines are counted upwards. */
#include "base/buf.h"
#include "refs/refs.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct refs_reference *references;
    size_t count;
    arena memory = {0};
    buf list = {0};
    buf_add_repaired(&list, (str){(const char *)data, size});
    if (refs_split(&references, &count, &memory, buf_str(&list), NULL) != OSLER_OK)
        abort();
    for (size_t i = 0; i < count; i++)
        if (!references[i].text.length || (i && references[i].line < references[i - 1].line))
            abort();
    (void)refs_recognize(buf_str(&list));
    buf_free(&list);
    arena_free(&memory);
    return 0;
}
