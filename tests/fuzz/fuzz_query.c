/* The query language on any bytes: a tree that prints, or one clear error with its column. */
#include "query/query.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    arena memory = {0};
    buf printed = {0};
    query_node *tree = NULL;
    osler_error error = {0};
    str text = {(const char *)data, size};
    osler_status status = query_parse(&memory, text, &tree, NULL, &error);
    if (status == OSLER_OK && tree)
        query_print(&printed, tree);
    if (status != OSLER_OK && (!error.message[0] || error.column > size + 1))
        abort();
    buf_free(&printed);
    arena_free(&memory);
    return 0;
}
