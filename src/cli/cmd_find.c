/* osler find: search the library. */
#include "command.h"
#include "json.h"
#include "listing.h"
#include "output.h"
#include "searching.h"

#include <osler/find.h>
#include <stdlib.h>
#include <string.h>

struct settings {
    struct count limit;
    const char *sort;
    bool ids, json, explain;
};

static const struct option options[] = {
    {"limit", 'n', "N", "at most N results, 0: all (default: 20)", OPTION_COUNT,
     offsetof(struct settings, limit)},
    {"sort", 0, "ORDER", "relevance (default) or date", OPTION_TEXT,
     offsetof(struct settings, sort)},
    {"ids", 0, NULL, "print ids alone, one a line", OPTION_FLAG, offsetof(struct settings, ids)},
    {"json", 0, NULL, "print JSON", OPTION_FLAG, offsetof(struct settings, json)},
    {"explain", 0, NULL, "say how the query was understood and what each term found", OPTION_FLAG,
     offsetof(struct settings, explain)},
    {0},
};

static void print_json(const osler_find_result *found, bool explain)
{
    struct json j = {.out = stdout};
    json_open_object(&j, NULL);
    json_integer(&j, "osler", 1);
    json_integer(&j, "count", (long long)found->count);
    if (explain) {
        json_text(&j, "understood", found->understood);
        json_open_array(&j, "terms");
        for (size_t i = 0; i < found->terms.count; i++) {
            json_open_object(&j, NULL);
            json_text(&j, "term", found->terms.items[i].term);
            json_integer(&j, "count", (long long)found->terms.items[i].count);
            if (found->terms.items[i].note)
                json_text(&j, "note", found->terms.items[i].note);
            json_close_object(&j);
        }
        json_close_array(&j);
    }
    if (found->notes.count)
        json_texts(&j, "notes", &found->notes);
    json_open_array(&j, "results");
    for (size_t i = 0; i < found->results.count; i++) {
        const osler_found *f = &found->results.items[i];
        json_open_object(&j, NULL);
        json_integer(&j, "rank", f->rank);
        json_text(&j, "id", f->id);
        json_text(&j, "pmid", f->pmid);
        json_real(&j, "score", f->score, 4);
        json_listing(&j, f->record, f->appraisal);
        json_close_object(&j);
    }
    json_close_array(&j);
    json_close_object(&j);
    json_end_line(&j);
}

static void print_explanation(const osler_find_result *found)
{
    fputs("understood as ", stdout);
    print_inert(stdout, found->understood);
    putchar('\n');
    for (size_t i = 0; i < found->terms.count; i++) {
        const osler_find_term *t = &found->terms.items[i];
        printf("%10llu  ", (unsigned long long)t->count);
        print_inert(stdout, t->term);
        if (t->note)
            printf("  (%s)", t->note);
        putchar('\n');
    }
    putchar('\n');
}

static void print_list(const osler_find_result *found)
{
    printf("%llu record%s", (unsigned long long)found->count, found->count == 1 ? "" : "s");
    if (found->results.count < found->count)
        printf(", the first %zu of them", found->results.count);
    puts("\n");
    for (size_t i = 0; i < found->results.count; i++) {
        const osler_found *f = &found->results.items[i];
        print_numbered(f->rank, f->id, f->record, f->appraisal);
    }
}

static bool read_order(const char *name, osler_find_order *out)
{
    bool date = name && strcmp(name, "date") == 0;
    *out = date ? OSLER_FIND_DATE : OSLER_FIND_RELEVANCE;
    return !name || date || strcmp(name, "relevance") == 0;
}

static int print(const osler_find_result *found, const struct settings *settings)
{
    if (settings->json) {
        print_json(found, settings->explain);
        return EXIT_DONE;
    }
    if (settings->explain && !settings->ids)
        print_explanation(found);
    fflush(stdout);
    for (size_t i = 0; !common.quiet && i < found->notes.count; i++) {
        fputs("osler find: ", stderr);
        print_inert(stderr, found->notes.items[i]);
        fputc('\n', stderr);
    }
    if (!found->count)
        fputs("osler find: no record matches\n", stderr);
    else if (!settings->ids)
        print_list(found);
    for (size_t i = 0; settings->ids && i < found->results.count; i++)
        puts(found->results.items[i].id);
    return EXIT_DONE;
}

static int run(const void *opaque, int argc, char **argv)
{
    const struct settings *settings = opaque;
    osler_find_options how = {.limit = settings->limit.given ? settings->limit.value : 20,
                              .ids_only = settings->ids && !settings->json,
                              .count_terms = settings->explain && !settings->ids};
    if (settings->ids && settings->json) {
        fputs("osler find: --ids and --json exclude each other\n", stderr);
        return EXIT_BAD_USAGE;
    }
    if (!read_order(settings->sort, &how.order)) {
        fputs("osler find: --sort takes relevance or date\n", stderr);
        return EXIT_BAD_USAGE;
    }
    osler_library *library = NULL;
    osler_find_result *found = NULL;
    osler_error error = {0};
    char *query = join_query(argc, argv);
    osler_status status = open_libraries(&library, &error);
    if (status == OSLER_OK)
        status = osler_find(&found, library, query, &how, &error);
    int result = status == OSLER_OK ? print(found, settings) : report(&error);
    if (status == OSLER_EUSAGE)
        point_at(query, error.column);
    osler_find_result_free(found);
    osler_library_close(library);
    free(query);
    return result;
}

const struct command command_find = {
    .name = "find",
    .arguments = "QUERY",
    .summary = "Search the library",
    .details =
        "QUERY is PubMed's query language: words, \"phrases\", prefix*, AND OR NOT (upper case, "
        "from\n"
        "left to right), parentheses, fields as pain[ti], \"Smith J\"[au], migraine[mh],\n"
        "randomized controlled trial[pt], ranges as 2019:2024[dp].  Beyond PubMed: design:CODE,\n"
        "n:>100, flag:retracted, year:2019:2024, tag:NAME; design: takes words such as rct and\n"
        "reviews too.  Words without field that MeSH knows are looked for as heading, with all\n"
        "below it, too; they mean their families, migraine and migraines.  \"hip pain\"[tiab:~3] "
        "finds\n"
        "words with at most three others between them.  No QUERY: every record.",
    .examples = "  osler find 'migraine AND acupuncture[ti] AND 2015:2024[dp]'\n"
                "  osler find --ids 'design:randomized-trial n:>=100' | osler show -",
    .shown = true,
    .several_libraries = true,
    .options = options,
    .settings_size = sizeof(struct settings),
    .run = run,
};
