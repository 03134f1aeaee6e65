/* Opening libraries to search them, and reading queries. */
#include "searching.h"

#include "command.h"
#include "output.h"

#include <osler/find.h>
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

bool is_identifier(const char *text)
{
    static const char *const starts[] = {"10.", "osler:", "pmid:", "doi:"};
    if (!*text)
        return false;
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
        if (strncmp(text, starts[i], strlen(starts[i])) == 0)
            return true;
    bool pmc = strncmp(text, "PMC", 3) == 0 && text[3];
    return !text[(pmc ? 3 : 0) + strspn(text + (pmc ? 3 : 0), "0123456789")];
}

static bool names_work(osler_library *library, const char *operand)
{
    osler_citation *citation;
    if (is_identifier(operand))
        return true;
    if (strchr(operand, ' ') || osler_library_get(library, operand, &citation, NULL) != OSLER_OK)
        return false;
    osler_citation_free(citation);
    return true;
}

static int name_found(struct id_list *out, osler_library *library, int argc, char **argv)
{
    osler_find_options how = {.ids_only = true};
    osler_find_result *found;
    osler_error error = {0};
    char *query = join_query(argc, argv);
    int result = EXIT_DONE;
    if (osler_find(&found, library, query, &how, &error) != OSLER_OK) {
        result = report(&error);
        point_at(query, error.column);
    } else {
        for (size_t i = 0; i < found->results.count; i++)
            add_id(out, found->results.items[i].id);
        osler_find_result_free(found);
    }
    free(query);
    return result;
}

int name_works(struct id_list *out, osler_library *library, int argc, char **argv)
{
    bool all = true;
    *out = (struct id_list){0};
    for (int i = 0; all && i < argc; i++)
        all = strcmp(argv[i], "-") == 0 || names_work(library, argv[i]);
    if (!all)
        return name_found(out, library, argc, argv);
    read_ids(out, argc, argv);
    return EXIT_DONE;
}
