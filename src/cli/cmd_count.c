/* osler count: how many records a search finds, by year, design, journal, ... */
#include "command.h"
#include "json.h"
#include "output.h"
#include "searching.h"

#include <osler/count.h>
#include <stdlib.h>
#include <string.h>

struct settings {
    const char *by;
    struct count limit;
    bool json;
};

static const struct option options[] = {
    {"by", 0, "FACET", "year (default), design, journal, mesh, type or language", OPTION_TEXT,
     offsetof(struct settings, by)},
    {"limit", 'n', "N", "at most N values, 0: all (default: 20)", OPTION_COUNT,
     offsetof(struct settings, limit)},
    {"json", 0, NULL, "print JSON", OPTION_FLAG, offsetof(struct settings, json)},
    {0},
};

static const char *const facets[] = {
    [OSLER_FACET_YEAR] = "year",       [OSLER_FACET_DESIGN] = "design",
    [OSLER_FACET_JOURNAL] = "journal", [OSLER_FACET_MESH] = "mesh",
    [OSLER_FACET_TYPE] = "type",       [OSLER_FACET_LANGUAGE] = "language",
};
enum { FACETS = sizeof facets / sizeof *facets };

static bool read_facet(const char *name, osler_facet *out)
{
    unsigned i = 0;
    while (name && i < FACETS && strcmp(facets[i], name) != 0)
        i++;
    *out = (osler_facet)i;
    return i < FACETS;
}

static void print_json(const osler_count_result *r, osler_facet by)
{
    struct json j = {.out = stdout};
    json_open_object(&j, NULL);
    json_integer(&j, "osler", 1);
    json_text(&j, "query", r->query);
    json_text(&j, "by", facets[by]);
    json_integer(&j, "count", (long long)r->count);
    json_integer(&j, "without", (long long)r->without);
    json_integer(&j, "values", (long long)r->values);
    if (r->notes.count)
        json_texts(&j, "notes", &r->notes);
    json_open_array(&j, "facets");
    for (size_t i = 0; i < r->facets.count; i++) {
        const osler_facet_count *f = &r->facets.items[i];
        json_open_object(&j, NULL);
        json_text(&j, "value", f->value);
        json_plain(&j, "name", f->name);
        json_integer(&j, "count", (long long)f->count);
        json_close_object(&j);
    }
    json_close_array(&j);
    json_close_object(&j);
    json_end_line(&j);
}

static void print_text(const osler_count_result *r, osler_facet by)
{
    printf("%llu record%s\n\n", (unsigned long long)r->count, r->count == 1 ? "" : "s");
    for (size_t i = 0; i < r->facets.count; i++) {
        const osler_facet_count *f = &r->facets.items[i];
        printf("%10llu  ", (unsigned long long)f->count);
        print_inert(stdout, f->name);
        putchar('\n');
    }
    if (r->without)
        printf("%10llu  without %s\n", (unsigned long long)r->without,
               by == OSLER_FACET_MESH ? "headings" : facets[by]);
    if (r->facets.count < r->values)
        printf("\n%llu more (--limit 0 lists all)\n",
               (unsigned long long)(r->values - r->facets.count));
}

static void print(const osler_count_result *r, const struct settings *settings, osler_facet by)
{
    if (settings->json) {
        print_json(r, by);
        return;
    }
    for (size_t i = 0; !common.quiet && i < r->notes.count; i++) {
        fputs("osler count: ", stderr);
        print_inert(stderr, r->notes.items[i]);
        fputc('\n', stderr);
    }
    if (r->count)
        print_text(r, by);
    else
        fputs("osler count: no record matches\n", stderr);
}

static int run(const void *opaque, int argc, char **argv)
{
    const struct settings *settings = opaque;
    osler_facet by;
    if (!read_facet(settings->by ? settings->by : "year", &by)) {
        fputs("osler count: --by takes year, design, journal, mesh, type or language\n", stderr);
        return EXIT_BAD_USAGE;
    }
    osler_library *library = NULL;
    osler_count_result *counted = NULL;
    osler_error error = {0};
    char *query = join_query(argc, argv);
    osler_status status = open_libraries(&library, &error);
    if (status == OSLER_OK)
        status = osler_count(&counted, library, query, by,
                             settings->limit.given ? settings->limit.value : 20, &error);
    if (status == OSLER_OK)
        print(counted, settings, by);
    else
        report(&error);
    if (status == OSLER_EUSAGE)
        point_at(query, error.column);
    osler_count_result_free(counted);
    osler_library_close(library);
    free(query);
    return exit_code_of(status);
}

const struct command command_count = {
    .name = "count",
    .arguments = "QUERY",
    .summary = "Count what a search finds, by year, design, journal, ...",
    .details = "QUERY is that of 'osler find'; no QUERY: every record.  The most frequent values "
               "come first.\n"
               "A record counts for each of its headings or publication types.",
    .examples = "  osler count migraine --by design\n"
                "  osler count 'headache[mh] AND 2015:2024[dp]' --by journal --limit 10",
    .several_libraries = true,
    .options = options,
    .settings_size = sizeof(struct settings),
    .run = run,
};
