/* osler ids: PMID, PMCID and DOI of works, from any one of them. */
#include "command.h"
#include "json.h"
#include "lines.h"
#include "output.h"
#include "searching.h"

#include <osler/links.h>
#include <string.h>

struct settings {
    const char *to;
    bool online, json;
};

static const struct option options[] = {
    {"to", 0, "KIND", "print one kind alone, one a line: pmid, pmcid or doi", OPTION_TEXT,
     offsetof(struct settings, to)},
    {"online", 0, NULL, "ask NCBI's converter for what the library lacks", OPTION_FLAG,
     offsetof(struct settings, online)},
    {"json", 0, NULL, "print one JSON object a work", OPTION_FLAG, offsetof(struct settings, json)},
    {0},
};

static const char *source_name(osler_ids_source source)
{
    switch (source) {
    case OSLER_IDS_UNKNOWN: return "unknown";
    case OSLER_IDS_LIBRARY: return "library";
    case OSLER_IDS_CONVERTER: return "converter";
    case OSLER_IDS_INVALID: return "invalid";
    }
    return "";
}

static bool is_known(const osler_ids *ids)
{
    return ids->source == OSLER_IDS_LIBRARY || ids->source == OSLER_IDS_CONVERTER;
}

static void print_json(const osler_ids *ids)
{
    struct json j = {stdout, false};
    json_open_object(&j, NULL);
    json_integer(&j, "osler", 1);
    json_text(&j, "asked", ids->asked);
    json_text(&j, "source", source_name(ids->source));
    json_text(&j, "pmid", ids->pmid);
    json_text(&j, "pmcid", ids->pmcid);
    json_text(&j, "doi", ids->doi);
    json_close_object(&j);
    json_end_line(&j);
}

/* In columns; the DOI, which may be long, stands last. */
static void print_row(const char *pmid, const char *pmcid, const char *doi)
{
    printf("%-10s  %-12s  ", pmid ? pmid : "-", pmcid ? pmcid : "-");
    print_inert(stdout, doi ? doi : "-");
    putchar('\n');
}

static const char *one_of(const osler_ids *ids, const char *kind)
{
    return strcmp(kind, "pmid") == 0 ? ids->pmid : strcmp(kind, "doi") == 0 ? ids->doi : ids->pmcid;
}

static void print_list(const struct settings *s, const osler_ids_list *list)
{
    if (!s->json && !s->to && list->count)
        print_row("PMID", "PMCID", "DOI");
    for (size_t i = 0; i < list->count; i++) {
        const osler_ids *ids = &list->items[i];
        if (s->json) {
            print_json(ids);
        } else if (s->to) {
            const char *one = one_of(ids, s->to);
            if (one)
                print_inert(stdout, one);
            if (one)
                putchar('\n');
        } else {
            print_row(ids->pmid, ids->pmcid, ids->doi);
        }
    }
    fflush(stdout);
}

/* Those that cannot be converted, on stderr. */
static size_t print_missing(const struct settings *s, const osler_ids_list *list, bool answered)
{
    size_t missing = 0;
    for (size_t i = 0; i < list->count; i++) {
        const osler_ids *ids = &list->items[i];
        if (s->to ? one_of(ids, s->to) != NULL : is_known(ids))
            continue;
        missing++;
        fputs("osler: ", stderr);
        print_inert(stderr, ids->asked);
        if (ids->source == OSLER_IDS_INVALID)
            fputs(": no PMID, PMCID or DOI, and no work of this library\n", stderr);
        else if (is_known(ids))
            fprintf(stderr, ": no %s is known\n", s->to);
        else
            fprintf(stderr, ": not in this library%s\n",
                    !s->online ? ""
                    : answered ? ", and not in PubMed Central"
                               : ", and the converter did not answer");
    }
    return missing;
}

static bool check_usage(const struct settings *s, int argc)
{
    const char *what = NULL;
    if (argc < 1)
        what = "expected an id: a PMID, PMC1234567 or a DOI";
    else if (s->to && strcmp(s->to, "pmid") != 0 && strcmp(s->to, "pmcid") != 0 &&
             strcmp(s->to, "doi") != 0)
        what = "--to is one of pmid, pmcid and doi";
    else if (s->to && s->json)
        what = "--to and --json exclude each other";
    if (what)
        fprintf(stderr, "osler ids: %s (see 'osler ids --help')\n", what);
    return !what;
}

static int run(const void *opaque, int argc, char **argv)
{
    const struct settings *s = opaque;
    osler_library *library = NULL;
    osler_error error = {0};
    osler_ids_list *list;
    struct id_list ids;
    if (!check_usage(s, argc))
        return EXIT_BAD_USAGE;
    catch_interrupts();
    osler_status status = open_libraries(&library, &error);
    if (status != OSLER_OK && !(s->online && status == OSLER_ENOTFOUND))
        return report(&error);
    error = (osler_error){0};
    read_ids(&ids, argc, argv);
    osler_links_options how = {.online = s->online, .progress = draw_progress};
    status =
        osler_convert_ids(&list, library, (const char *const *)ids.items, ids.count, &how, &error);
    finish_progress();
    print_list(s, list);
    int code = status == OSLER_OK ? EXIT_DONE : report(&error);
    size_t missing = print_missing(s, list, status == OSLER_OK);
    if (missing && missing < list->count && code != EXIT_INTERRUPTED)
        code = EXIT_PARTIAL;
    else if (missing && !code)
        code = EXIT_NOT_FOUND;
    osler_ids_free(list);
    free_ids(&ids);
    osler_library_close(library);
    return code;
}

const struct command command_ids = {
    .name = "ids",
    .arguments = "ID... | -",
    .summary = "PMID, PMCID and DOI of works, from any one of them",
    .details =
        "An ID is a PMID, PMC1234567 or a DOI, or any id of a work of the library; - reads ids\n"
        "from standard input, one a line. The library answers; with --online NCBI's converter is\n"
        "asked for what it lacks, up to 200 works in a request. The converter knows what is in\n"
        "PubMed Central, no more. No library is needed then. Works that nobody knows are named;\n"
        "the exit code is then 8, or 3 when nothing is known.",
    .examples = "  osler ids PMC3531190 10.1093/nar/gks1195\n"
                "  osler ids --online --to pmid - < dois.txt | osler fetch -",
    .several_libraries = true,
    .options = options,
    .settings_size = sizeof(struct settings),
    .run = run,
};
