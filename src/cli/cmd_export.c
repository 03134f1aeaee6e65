/* osler export: works of the library as a file in another format. */
#include "command.h"
#include "file_output.h"
#include "lines.h"
#include "output.h"
#include "searching.h"

#include <osler/export.h>
#include <stdlib.h>
#include <string.h>

struct settings {
    const char *to, *tool, *sort, *output;
    struct count limit;
    bool ids;
};

static const struct option options[] = {
    {"to", 0, "FORMAT", "the format to write, such as ris", OPTION_TEXT,
     offsetof(struct settings, to)},
    {"for", 0, "TOOL", "what a tool reads best: rayyan, covidence, asreview, endnote or revman",
     OPTION_TEXT, offsetof(struct settings, tool)},
    {"ids", 0, NULL, "the operands are ids, no query", OPTION_FLAG, offsetof(struct settings, ids)},
    {"sort", 0, "ORDER", "relevance, as 'osler find' has it (default), date or pmid", OPTION_TEXT,
     offsetof(struct settings, sort)},
    {"limit", 'n', "N", "at most N works of a query (default: all)", OPTION_COUNT,
     offsetof(struct settings, limit)},
    {"output", 'o', "FILE",
     "write to FILE, which is replaced once all is written (default: standard output)", OPTION_TEXT,
     offsetof(struct settings, output)},
    {0},
};

/* One run of the command. */
struct run {
    const struct settings *settings;
    osler_library *library;
    osler_export *exporting;
    int failure; /* the exit code of the first failure */
};

static void note_failure(struct run *run, const osler_error *error)
{
    finish_progress();
    print_error(error);
    if (!run->failure)
        run->failure = exit_code_of(error->status);
}

static int usage(const char *message)
{
    fprintf(stderr, "osler export: %s (see 'osler export --help')\n", message);
    return EXIT_BAD_USAGE;
}

static bool read_order(const char *name, osler_export_order *out)
{
    static const char *const names[] = {"relevance", "date", "pmid"};
    static const osler_export_order orders[] = {OSLER_EXPORT_AS_FOUND, OSLER_EXPORT_BY_DATE,
                                                OSLER_EXPORT_BY_PMID};
    *out = OSLER_EXPORT_AS_FOUND;
    for (size_t i = 0; name && i < sizeof names / sizeof *names; i++) {
        if (strcmp(names[i], name) != 0)
            continue;
        *out = orders[i];
        return true;
    }
    return !name;
}

static int check(const struct settings *settings, osler_export_options *how, int argc)
{
    *how = (osler_export_options){.to = settings->to,
                                  .profile = settings->tool,
                                  .limit = settings->limit.value,
                                  .progress = draw_progress};
    if (settings->tool && !knows_name(settings->tool, osler_profile_name))
        return usage_of_names("export: --for: no such profile; known are", osler_profile_name);
    if (!settings->to && !settings->tool)
        return usage_of_names("export: --to is required; known are", osler_writer_name);
    if (settings->to && !knows_name(settings->to, osler_writer_name))
        return usage_of_names("export: --to: no such format; known are", osler_writer_name);
    if (!read_order(settings->sort, &how->order))
        return usage("--sort takes relevance, date or pmid");
    if (settings->ids && !argc)
        return usage("--ids: expected ids, or - for standard input");
    return EXIT_DONE;
}

static void say_note(void *context, const char *sentence)
{
    (void)context;
    if (common.quiet)
        return;
    fputs("osler export: ", stderr);
    print_inert(stderr, sentence);
    fputc('\n', stderr);
}

static void add_query(struct run *run, int argc, char **argv)
{
    uint64_t found = 0;
    osler_error error = {0};
    char *query = join_query(argc, argv);
    if (osler_export_add_query(run->exporting, query, &found, say_note, NULL, &error) != OSLER_OK) {
        note_failure(run, &error);
        point_at(query, error.column);
    } else if (!found && !common.quiet) {
        fputs("osler export: no record matches\n", stderr);
    }
    free(query);
}

static void add_ids(struct run *run, int argc, char **argv)
{
    struct id_list ids;
    read_ids(&ids, argc, argv);
    for (size_t i = 0; i < ids.count; i++) {
        osler_error error = {0};
        if (osler_export_add(run->exporting, ids.items[i], &error) != OSLER_OK)
            note_failure(run, &error);
    }
    free_ids(&ids);
}

/* False when it was interrupted, or when the output took no more. */
static bool write_all(struct run *run, struct file_output *out)
{
    for (;;) {
        const char *text;
        size_t length;
        osler_error error = {0};
        osler_status status = osler_export_next(run->exporting, &text, &length, &error);
        if (status == OSLER_END)
            return true;
        if (status != OSLER_OK)
            note_failure(run, &error);
        if (status == OSLER_EINTERRUPTED)
            return false;
        if (status == OSLER_OK && !write_output(out, text, length))
            return false;
    }
}

static void print_closing(const struct run *run, const osler_export_report *done)
{
    const struct settings *settings = run->settings;
    print_left_out(format_of(settings->to, settings->tool), &done->left_out);
    if (common.quiet || !(done->failed || done->marked || settings->output))
        return;
    fprintf(stderr, "osler: %llu written", (unsigned long long)done->written);
    if (done->marked)
        fprintf(stderr, ", %llu of them retracted and marked so", (unsigned long long)done->marked);
    if (done->failed)
        fprintf(stderr, ", %llu failed", (unsigned long long)done->failed);
    fputc('\n', stderr);
}

static int export_all(struct run *run)
{
    struct file_output out;
    if (!open_output(&out, run->settings->output))
        return EXIT_BAD_INPUT;
    catch_interrupts();
    bool whole = write_all(run, &out);
    osler_export_report done = osler_export_get_report(run->exporting);
    finish_progress();
    if (!close_output(&out, whole && (done.written || !run->failure)))
        return EXIT_PARTIAL;
    if (whole)
        print_closing(run, &done);
    if (!whole)
        return run->failure ? run->failure : EXIT_PARTIAL;
    return run->failure && done.written ? EXIT_PARTIAL : run->failure;
}

static int run(const void *opaque, int argc, char **argv)
{
    struct run run = {.settings = opaque};
    osler_export_options how;
    osler_error error = {0};
    int result = check(run.settings, &how, argc);
    if (result != EXIT_DONE)
        return result;
    bool ids = run.settings->ids || (argc == 1 && strcmp(argv[0], "-") == 0);
    if (open_libraries(&run.library, &error) != OSLER_OK ||
        osler_export_open(&run.exporting, run.library, &how, &error) != OSLER_OK) {
        result = report(&error);
    } else {
        (ids ? add_ids : add_query)(&run, argc, argv);
        bool some = !run.failure || ids;
        result = some ? export_all(&run) : run.failure;
    }
    osler_export_close(run.exporting);
    osler_library_close(run.library);
    return result;
}

const struct command command_export = {
    .name = "export",
    .arguments = "QUERY | --ids ID... | -",
    .summary = "Write works of the library to a file in any format",
    .details =
        "QUERY is that of 'osler find'; none means every record.  With --ids the operands are\n"
        "PMIDs, DOIs, PMC numbers, osler:17 or citation keys; - reads them from standard input,\n"
        "one a line.  Each work is written once.  FILE is written whole or not at all.\n"
        "\n"
        "A retracted work always bears its mark, also where only a notice in the library says\n"
        "that it is retracted: the type \"Retracted Publication\", in CSL-JSON and BibTeX the\n"
        "status, and with --for the title.  A citation key that two works have becomes key-2 in\n"
        "the second.\n"
        "\n"
        "--for chooses the format and what else a tool needs: texts without tags, the mark of\n"
        "retracted works in the title, MeSH headings as keywords.  What the format cannot carry\n"
        "is counted on standard error.  Works that are not in the library are named; then the\n"
        "exit code is 8.",
    .examples = "  osler export 'migraine[mh] AND design:rct' --to bibtex -o migraine.bib\n"
                "  osler find --ids -n 50 'neck pain' | osler export - --for rayyan -o neck.ris\n"
                "  osler export --ids 21385086 26088531 --to csl-json",
    .several_libraries = true,
    .options = options,
    .settings_size = sizeof(struct settings),
    .run = run,
};
