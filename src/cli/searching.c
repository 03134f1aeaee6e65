/* Opening libraries to search them, and reading queries. */
#include "searching.h"

#include "command.h"
#include "output.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

osler_status open_libraries(osler_library **out, osler_error *error)
{
    const struct texts *paths = &common.libraries;
    osler_status status =
        osler_library_open(out, paths->count ? paths->items[0] : NULL, OSLER_LIBRARY_READ, error);
    for (size_t i = 1; status == OSLER_OK && i < paths->count; i++)
        status = osler_library_add(*out, paths->items[i], error);
    return status;
}

void point_at(const char *query, unsigned column)
{
    if (!column || strlen(query) > 2000 || strpbrk(query, "\n\r\t"))
        return;
    char before[2001];
    snprintf(before, sizeof before, "%.*s", (int)column - 1, query);
    fputs("  ", stderr);
    print_inert(stderr, query);
    fprintf(stderr, "\n  %*s^\n", text_columns(before), "");
}

char *join_query(int argc, char **argv)
{
    size_t length = 1;
    for (int i = 0; i < argc; i++)
        length += strlen(argv[i]) + 1;
    char *query = need(calloc(length, 1));
    size_t used = 0;
    for (int i = 0; i < argc; i++)
        used += (size_t)snprintf(query + used, length - used, "%s%s", i ? " " : "", argv[i]);
    return query;
}
