/* osler cite: works of the library or of files, as a bibliography or as citations in the text. */
#include "command.h"
#include "json.h"
#include "lines.h"
#include "output.h"
#include "searching.h"

#include <osler/cite.h>
#include <osler/find.h>
#include <stdlib.h>
#include <string.h>

struct settings {
    const char *style, *locale, *format, *group, *query, *list, *from;
    struct texts input;
    struct count limit;
    bool links, annotate, citation, json, verbose;
};

static const struct option options[] = {
    {"style", 's', "STYLE", "a style's name, file or id (default: NLM; see 'osler style list')",
     OPTION_TEXT, offsetof(struct settings, style)},
    {"locale", 0, "LANGUAGE", "the language, such as de or en-GB (default: the style's)",
     OPTION_TEXT, offsetof(struct settings, locale)},
    {"format", 'f', "FORMAT", "text, html, markdown (md), rtf or latex (default: text)",
     OPTION_TEXT, offsetof(struct settings, format)},
    {"citation", 0, NULL, "print citations as they stand in a text, not the bibliography",
     OPTION_FLAG, offsetof(struct settings, citation)},
    {"query", 0, "QUERY", "cite all that a search finds (see 'osler find --help')", OPTION_TEXT,
     offsetof(struct settings, query)},
    {"list", 'l', "NAME", "cite the references of a list, in its order (see 'osler list --help')",
     OPTION_TEXT, offsetof(struct settings, list)},
    {"limit", 'n', "N", "of a search, at most N works (default: all)", OPTION_COUNT,
     offsetof(struct settings, limit)},
    {"input", 'i', "FILE",
     "cite all works of a file, or of - for standard input; no library needed", OPTION_LIST,
     offsetof(struct settings, input)},
    {"from", 0, "FORMAT", "the format of the files (default: found out from their content)",
     OPTION_TEXT, offsetof(struct settings, from)},
    {"links", 0, NULL, "make DOIs, PMIDs and addresses links", OPTION_FLAG,
     offsetof(struct settings, links)},
    {"annotate", 0, NULL,
     "under each entry: design, size, typical level, integrity flags; your notes", OPTION_FLAG,
     offsetof(struct settings, annotate)},
    {"group", 0, "BY",
     "a part for each study design, year or tag (of a work's tags the first by name): design, year "
     "or tag",
     OPTION_TEXT, offsetof(struct settings, group)},
    {"verbose", 'v', NULL,
     "name what the works lack, and what the style has that CSL does not know", OPTION_FLAG,
     offsetof(struct settings, verbose)},
    {"json", 0, NULL, "print one JSON object", OPTION_FLAG, offsetof(struct settings, json)},
    {0},
};

/* One run of the command. */
struct run {
    const struct settings *settings;
    osler_bibliography *bibliography;
    osler_library *library; /* NULL until something is looked for in it */
    uint64_t works, failed;
    bool located; /* an operand had a locator */
    int failure;  /* the exit code of the first failure */
};

static void note_failure(struct run *run, const osler_error *error)
{
    print_error(error);
    run->failed++;
    if (!run->failure)
        run->failure = exit_code_of(error->status);
}

static void complain(void *context, const osler_error *complaint)
{
    const struct run *run = context;
    if (run->settings->verbose)
        print_error(complaint);
}

static void failed_item(void *context, const osler_error *error)
{
    note_failure(context, error);
}

static void guessed(void *context, const char *path, unsigned line)
{
    (void)context;
    print_guessed(path, line);
}

static bool open_library(struct run *run)
{
    osler_error error = {0};
    if (run->library || open_libraries(&run->library, &error) == OSLER_OK)
        return true;
    note_failure(run, &error);
    return false;
}

static void cite_id(struct run *run, const char *id)
{
    osler_error error = {0};
    if (osler_bibliography_add_from(run->bibliography, run->library, id, &error) == OSLER_OK)
        run->works++;
    else
        note_failure(run, &error);
}

/*
 * "18499526@12-15", "smith2020@chapter:3": cut what is behind the last @ off the id, and what it
 * counts from that.  False when there is none.
 */
static bool cut_locator(char *id, osler_cite *cite)
{
    char *at = strrchr(id, '@');
    if (!at || at == id || !at[1])
        return false;
    *at++ = '\0';
    char *colon = strchr(at, ':');
    if (colon && colon[1]) {
        *colon = '\0';
        cite->label = at;
        at = colon + 1;
    }
    cite->locator = at;
    return true;
}

static bool is_known(struct run *run, const char *id)
{
    osler_citation *citation;
    if (osler_library_get(run->library, id, &citation, NULL) != OSLER_OK)
        return false;
    osler_citation_free(citation);
    return true;
}

/* An id of the library, whose locator says nothing in a bibliography. */
static void cite_work(struct run *run, char *id)
{
    osler_cite cite = {0};
    if (strchr(id, '@') && !is_known(run, id) && cut_locator(id, &cite))
        run->located = true;
    cite_id(run, id);
}

static void add_list(struct run *run, const char *name)
{
    osler_error error = {0};
    uint64_t added = 0;
    if (!open_library(run))
        return;
    if (osler_bibliography_add_list(run->bibliography, run->library, name, &added, &error) !=
        OSLER_OK)
        note_failure(run, &error);
    run->works += added;
}

static void add_query(struct run *run, const char *query)
{
    osler_error error = {0};
    osler_find_result *result;
    osler_find_options how = {.limit = run->settings->limit.value, .ids_only = true};
    if (!open_library(run))
        return;
    if (osler_find(&result, run->library, query, &how, &error) != OSLER_OK) {
        note_failure(run, &error);
        point_at(query, error.column);
        return;
    }
    if (!result->count && !common.quiet)
        fprintf(stderr, "osler: the search found nothing in this library\n");
    for (size_t i = 0; i < result->results.count; i++)
        cite_id(run, result->results.items[i].id);
    osler_find_result_free(result);
}

static void add_file(struct run *run, const char *path)
{
    osler_error error = {0};
    uint64_t added = 0;
    if (osler_bibliography_add_file(run->bibliography, path, run->settings->from, &added, &error) !=
        OSLER_OK)
        note_failure(run, &error);
    run->works += added;
}

/* A single operand that names no record and looks like no identifier: it is a query. */
static bool is_query(struct run *run, const char *operand)
{
    const char *at = strrchr(operand, '@');
    if (strcmp(operand, "-") == 0 || is_identifier(operand) || (at && at != operand))
        return false;
    return strchr(operand, ' ') || !is_known(run, operand);
}

/* What an operand cites: the work is added when it comes from the library, by the id that it has
 * there, which is kept in `ids`. */
static bool provide(struct run *run, char *operand, osler_cite *cite, struct id_list *ids)
{
    osler_citation *citation;
    osler_error error = {0};
    cite->id = operand;
    if (run->settings->input.count) {
        if (!osler_bibliography_has(run->bibliography, operand))
            cut_locator(operand, cite);
        return true;
    }
    if (!open_library(run))
        return false;
    if (!is_known(run, operand))
        cut_locator(operand, cite);
    if (osler_library_get(run->library, operand, &citation, &error) != OSLER_OK) {
        note_failure(run, &error);
        return false;
    }
    add_id(ids, citation->id);
    cite->id = ids->items[ids->count - 1];
    osler_citation_free(citation);
    cite_id(run, cite->id);
    return true;
}

static void print_text(const char *text)
{
    fputs(text, stdout);
}

static void print_citation(struct run *run, struct json *json, size_t index)
{
    const char *text = osler_bibliography_citation(run->bibliography, index);
    if (run->settings->json) {
        json_text(json, NULL, text);
        return;
    }
    print_text(text);
    putchar('\n');
}

/* One citation of the works that the operands name. */
static bool cite(struct run *run, char **operands, size_t count)
{
    osler_error error = {0};
    const char *text;
    struct id_list ids = {0};
    osler_cite *cites = need(calloc(count + 1, sizeof *cites));
    bool good = true;
    for (size_t i = 0; i < count; i++)
        good &= provide(run, operands[i], &cites[i], &ids);
    if (good &&
        osler_bibliography_cite(run->bibliography, cites, count, &text, &error) != OSLER_OK) {
        note_failure(run, &error);
        good = false;
    }
    free(cites);
    free_ids(&ids);
    return good;
}

/* A line of ids, apart by spaces, commas or semicolons, as one citation. */
static bool cite_line(struct run *run, char *line)
{
    char *ids[256], *rest = line, *id;
    size_t count = 0;
    while (count < 256 && (id = strtok_r(rest, " \t,;", &rest)))
        ids[count++] = id;
    return count && cite(run, ids, count);
}

/* Every citation of the document; how many there are. */
static size_t cite_all(struct run *run, int argc, char **argv)
{
    size_t count = 0;
    if (argc == 1 && strcmp(argv[0], "-") == 0) {
        struct id_list lines;
        read_ids(&lines, argc, argv);
        for (size_t i = 0; i < lines.count; i++)
            count += cite_line(run, lines.items[i]);
        free_ids(&lines);
        return count;
    }
    return cite(run, argv, (size_t)argc);
}

static void print_citations(struct run *run, size_t count)
{
    struct json json = {.out = stdout};
    if (run->settings->json) {
        json_open_object(&json, NULL);
        json_integer(&json, "osler", 1);
        json_text(&json, "style", osler_bibliography_style(run->bibliography));
        json_open_array(&json, "citations");
    }
    for (size_t i = 0; i < count; i++)
        print_citation(run, &json, i);
    if (run->settings->json) {
        json_close_array(&json);
        json_close_object(&json);
        json_end_line(&json);
    }
}

static void print_json(const struct run *run, const osler_bibliography_list *list)
{
    struct json json = {.out = stdout};
    json_open_object(&json, NULL);
    json_integer(&json, "osler", 1);
    json_text(&json, "style", osler_bibliography_style(run->bibliography));
    json_text(&json, "language", osler_bibliography_language(run->bibliography));
    json_text(&json, "format", run->settings->format ? run->settings->format : "text");
    json_open_array(&json, "entries");
    for (size_t i = 0; i < list->count; i++) {
        const osler_bibliography_entry *entry = &list->items[i];
        json_open_object(&json, NULL);
        json_text(&json, "id", entry->id);
        json_text(&json, "text", entry->text);
        if (entry->annotation)
            json_text(&json, "annotation", entry->annotation);
        if (entry->group)
            json_text(&json, "group", entry->group);
        json_texts(&json, "missing", &entry->missing);
        json_close_object(&json);
    }
    json_close_array(&json);
    json_close_object(&json);
    json_end_line(&json);
}

static void print_missing(const osler_bibliography_entry *entry)
{
    if (!entry->missing.count)
        return;
    fputs("osler: ", stderr);
    print_inert(stderr, entry->id);
    fputs(": the style asks for what this work has not:", stderr);
    for (size_t i = 0; i < entry->missing.count; i++)
        fprintf(stderr, "%s %s", i ? "," : "", entry->missing.items[i]);
    fputc('\n', stderr);
}

static void print_bibliography(const struct run *run)
{
    const osler_bibliography_list *list = osler_bibliography_entries(run->bibliography);
    if (run->settings->json) {
        print_json(run, list);
        return;
    }
    if (!list->count)
        return;
    print_text(list->start);
    for (size_t i = 0; i < list->count; i++) {
        const osler_bibliography_entry *entry = &list->items[i];
        if (entry->heading)
            print_text(entry->heading);
        print_text(entry->text);
        if (entry->annotation)
            print_text(entry->annotation);
        if (run->settings->verbose)
            print_missing(entry);
    }
    print_text(list->end);
    if (*list->end && list->end[strlen(list->end) - 1] != '\n')
        putchar('\n');
}

static int usage(const char *message)
{
    fprintf(stderr, "osler cite: %s (see 'osler cite --help')\n", message);
    return EXIT_BAD_USAGE;
}

static bool known_format(const char *format)
{
    const char *each;
    for (unsigned i = 0; format && (each = osler_cite_format(i)); i++)
        if (strcmp(each, format) == 0)
            return true;
    return !format;
}

static int check(const struct settings *settings, osler_cite_options *how, int argc)
{
    const char *format = settings->format;
    *how = (osler_cite_options){
        .style = settings->style,
        .locale = settings->locale,
        .format = format && strcmp(format, "md") == 0 ? "markdown" : format,
        .links = settings->links,
        .annotate = settings->annotate,
        .complained = complain,
        .failed = failed_item,
        .remarked = print_remark,
        .guessed = guessed,
    };
    if (!known_format(how->format))
        return usage("--format: expected text, html, markdown (md), rtf or latex");
    if (!argc && !settings->query && !settings->list && !settings->input.count)
        return usage("expected ids, a query, --query QUERY, --list NAME or --input FILE");
    if (settings->citation && (settings->query || settings->list))
        return usage("--citation takes ids, no query and no list");
    if (settings->citation && !argc)
        return usage("--citation: expected the ids of the works to cite together");
    if (settings->group && strcmp(settings->group, "design") == 0)
        how->group = OSLER_CITE_BY_DESIGN;
    else if (settings->group && strcmp(settings->group, "year") == 0)
        how->group = OSLER_CITE_BY_YEAR;
    else if (settings->group && strcmp(settings->group, "tag") == 0)
        how->group = OSLER_CITE_BY_TAG;
    else if (settings->group)
        return usage("--group: expected design, year or tag");
    return EXIT_DONE;
}

static void gather(struct run *run, int argc, char **argv)
{
    for (size_t i = 0; i < run->settings->input.count; i++)
        add_file(run, run->settings->input.items[i]);
    if (run->settings->list)
        add_list(run, run->settings->list);
    if (run->settings->query)
        add_query(run, run->settings->query);
    if (run->settings->citation || !argc || !open_library(run))
        return;
    if (argc == 1 && is_query(run, argv[0])) {
        add_query(run, argv[0]);
        return;
    }
    struct id_list ids;
    read_ids(&ids, argc, argv);
    for (size_t i = 0; i < ids.count; i++)
        cite_work(run, ids.items[i]);
    free_ids(&ids);
    if (run->located && !common.quiet)
        fputs("osler cite: a locator (@...) is printed in citations: see --citation\n", stderr);
}

static int run(const void *opaque, int argc, char **argv)
{
    struct run run = {.settings = opaque};
    osler_cite_options how;
    osler_error error = {0};
    int result = check(run.settings, &how, argc);
    if (result != EXIT_DONE)
        return result;
    how.context = &run;
    if (osler_bibliography_new(&run.bibliography, &how, &error) != OSLER_OK)
        return report(&error);
    gather(&run, argc, argv);
    if (run.settings->citation)
        print_citations(&run, cite_all(&run, argc, argv));
    else if (run.works || !run.failed)
        print_bibliography(&run);
    osler_bibliography_free(run.bibliography);
    osler_library_close(run.library);
    return run.failed && run.works ? EXIT_PARTIAL : run.failure;
}

const struct command command_cite = {
    .name = "cite",
    .arguments = "ID... | - | QUERY",
    .summary = "Print a bibliography, or citations, in any style",
    .details =
        "An ID is a PMID, a DOI, a PMC number, osler:17 for a work without a PMID, or a citation\n"
        "key; - reads ids from standard input, one a line.  A single operand that is none of "
        "these\n"
        "is a query, as of 'osler find'.  With --input no library is needed.\n"
        "\n"
        "STYLE is a style of the Citation Style Language: its file name (vancouver, apa, bmj,\n"
        "the-lancet, ...), what people call it (ama, nlm, jama, harvard), its id (a URL), or a\n"
        "file ending in .csl.  Styles come with the package citation-style-language-styles, or\n"
        "lie in ~/.local/share/osler/styles; an NLM style and American English are built in.\n"
        "\n"
        "--citation prints how the works are cited in the text: all ids together as one\n"
        "citation; with -, a line of ids is a citation, and the lines are one document.  An id\n"
        "can carry a locator there: 18499526@12-15 for pages, 18499526@chapter:3 for what else\n"
        "CSL counts.\n"
        "\n"
        "--list prints a list back (osler list); a reference of it that is no work of the library\n"
        "is printed as it was understood, with a line under it that says so.\n"
        "\n"
        "A retracted work always carries its mark.  What a style asks for and a work has not is\n"
        "listed with -v.  Works that cannot be cited are named; then the exit code is 8.",
    .examples = "  osler cite 21385086 26088531 --style ama\n"
                "  osler cite 'tension-type headache[mh] AND 2015:2024[dp]' -s apa -f html\n"
                "  osler cite --input references.nbib --style bmj --annotate\n"
                "  osler cite --list thesis --style bmj -f rtf\n"
                "  osler cite --citation 21385086@12-15 26088531 --style apa",
    .several_libraries = true,
    .shown = true,
    .options = options,
    .settings_size = sizeof(struct settings),
    .run = run,
};
