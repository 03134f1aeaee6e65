/* osler convert: files of any known format as one text in another; no library is needed. */
#include "command.h"
#include "file_output.h"
#include "output.h"

#include <osler/convert.h>
#include <osler/formats.h>

#include <stdlib.h>
#include <string.h>

struct settings {
    const char *from, *to, *tool, *output;
    struct count threads;
};

static const struct option options[] = {
    {"to", 0, "FORMAT", "the format to write, such as jsonl", OPTION_TEXT,
     offsetof(struct settings, to)},
    {"for", 0, "TOOL", "what a tool reads best: rayyan, covidence, asreview, endnote or revman",
     OPTION_TEXT, offsetof(struct settings, tool)},
    {"from", 0, "FORMAT", "the format of the files (default: found out from their content)",
     OPTION_TEXT, offsetof(struct settings, from)},
    {"output", 'o', "FILE",
     "write to FILE, which is replaced once all is written (default: standard output)", OPTION_TEXT,
     offsetof(struct settings, output)},
    {"threads", 0, "N", "threads that parse and write (default: one a processor)", OPTION_COUNT,
     offsetof(struct settings, threads)},
    {0},
};

enum { MOST_THREADS = 256 };

static int usage(const char *message)
{
    fprintf(stderr, "osler convert: %s (see 'osler convert --help')\n", message);
    return EXIT_BAD_USAGE;
}

static int check(const struct settings *settings, int argc)
{
    const struct count *threads = &settings->threads;
    if (argc < 1)
        return usage("name at least one file, or - for standard input");
    if (settings->tool && !knows_name(settings->tool, osler_profile_name))
        return usage_of_names("convert: --for: no such profile; known are", osler_profile_name);
    if (!settings->to && !settings->tool)
        return usage_of_names("convert: --to is required; known are", osler_writer_name);
    if (settings->to && !knows_name(settings->to, osler_writer_name))
        return usage_of_names("convert: --to: no such format; known are", osler_writer_name);
    if (settings->from && !knows_name(settings->from, osler_format_name))
        return usage_of_names("convert: --from: no such format; known are", osler_format_name);
    if (threads->given && (threads->value < 1 || threads->value > MOST_THREADS))
        return usage("--threads: expected a number from 1 to 256");
    return EXIT_DONE;
}

/* All of the text to the output; the exit code of what failed on the way. */
static int write_all(osler_conversion *conversion, struct file_output *out)
{
    int failure = EXIT_DONE;
    for (;;) {
        const char *text;
        size_t length;
        osler_error error = {0};
        osler_status status = osler_conversion_next(conversion, &text, &length, &error);
        if (status == OSLER_END)
            return failure;
        if (status == OSLER_OK && !write_output(out, text, length))
            return EXIT_PARTIAL;
        if (status == OSLER_OK)
            continue;
        finish_progress();
        print_error(&error);
        if (status == OSLER_EINTERRUPTED)
            return EXIT_INTERRUPTED;
        if (failure == EXIT_DONE)
            failure = exit_code_of(status);
    }
}

static void print_closing_line(const osler_convert_report *r)
{
    if (r->guessed)
        print_guessed(r->guessed_path, r->guessed_line);
    if (common.quiet || !(r->failed || r->refused || r->deletions))
        return;
    fprintf(stderr, "osler: %llu written", (unsigned long long)r->written);
    if (r->failed)
        fprintf(stderr, ", %llu failed", (unsigned long long)r->failed);
    if (r->refused)
        fprintf(stderr, ", %llu %s not taken", (unsigned long long)r->refused,
                r->refused == 1 ? "file" : "files");
    if (r->deletions)
        fprintf(stderr, ", %llu %s left out", (unsigned long long)r->deletions,
                r->deletions == 1 ? "deletion" : "deletions");
    fputc('\n', stderr);
}

static int run(const void *opaque, int argc, char **argv)
{
    const struct settings *settings = opaque;
    osler_conversion *conversion;
    struct file_output out;
    osler_error error = {0};
    osler_convert_options how = {
        .from = settings->from,
        .to = settings->to,
        .profile = settings->tool,
        .threads = (unsigned)settings->threads.value,
        .progress = draw_progress,
        .remarked = print_remark,
    };
    int result = check(settings, argc);
    if (result != EXIT_DONE)
        return result;
    if (osler_conversion_open(&conversion, (const char *const *)argv, (size_t)argc, &how, &error) !=
        OSLER_OK)
        return report(&error);
    if (!open_output(&out, settings->output)) {
        osler_conversion_close(conversion);
        return EXIT_BAD_INPUT;
    }
    catch_interrupts();
    result = write_all(conversion, &out);
    osler_convert_report done = osler_conversion_report(conversion);
    finish_progress();
    print_left_out(format_of(settings->to, settings->tool), &done.left_out);
    osler_conversion_close(conversion);
    if (result != EXIT_DONE && result != EXIT_INTERRUPTED && done.written)
        result = EXIT_PARTIAL;
    bool keep = result == EXIT_DONE || (result == EXIT_PARTIAL && done.written);
    if (!close_output(&out, keep))
        return EXIT_PARTIAL;
    print_closing_line(&done);
    return result;
}

const struct command command_convert = {
    .name = "convert",
    .arguments = "FILE... | -",
    .summary = "Write the records of files in another format",
    .details =
        "No library is needed, and memory stays small however large the files are; gzip is\n"
        "undone.  Records come in the order of the files.  What cannot be read is left out and\n"
        "named with its line on standard error; then the exit code is 8, or 4 when no record was\n"
        "sound.  PubMed's deletions are no records and are left out.\n"
        "\n"
        "jsonl: one JSON object a line, in UTF-8.  Its members are the fields of\n"
        "<osler/fields.def> (pmid, title, names, dates, abstract, headings, ...) that the record\n"
        "has, under their names and in their order, as 'osler show --json' has them in "
        "\"record\".\n"
        "Titles, abstracts and some names keep their markup: the tags i b u sub sup span and the\n"
        "entities &lt; &gt; &amp;.  Fields may come to be added; none changes its meaning.\n"
        "\n"
        "csl-json: an array with one work a record, whose members are the variables of CSL 1.0.2.\n"
        "Titles come without the period that PubMed puts behind them; translated ones keep their\n"
        "brackets.  A retracted work has the status \"retracted\".\n"
        "\n"
        "markdown, html: numbered lists for people, with links; html has abstracts too.\n"
        "\n"
        "What the format cannot carry is counted and named on standard error.\n"
        "\n"
        "ris, enw, isi: tagged lines for reference managers and review tools.  MeSH headings go "
        "out\n"
        "as keywords; fields of the source without a tag here become notes (in isi, NT).  A\n"
        "retracted work has the type \"Retracted Publication\".\n"
        "\n"
        "csv, tsv: read with the columns of many programs; for others, say behind the format's\n"
        "name which column is which field: --from 'csv:title=Headline,year=When'.  Written with\n"
        "always the same columns; a cell that starts like a formula gets an apostrophe before it.",
    .examples = "  osler convert pubmed-set.xml.gz --to jsonl | jq -r .title\n"
                "  osler convert *.xml.gz --to jsonl -o pubmed.jsonl\n"
                "  osler convert export.nbib --to ris -o references.ris",
    .options = options,
    .settings_size = sizeof(struct settings),
    .run = run,
};
