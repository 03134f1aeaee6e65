/* osler convert: files of any known format as one text in another; no library is needed. */
#include "command.h"
#include "output.h"

#include <osler/convert.h>
#include <osler/formats.h>

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct settings {
    const char *from, *to, *output;
    struct count threads;
};

static const struct option options[] = {
    {"to", 0, "FORMAT", "the format to write, such as jsonl", OPTION_TEXT,
     offsetof(struct settings, to)},
    {"from", 0, "FORMAT", "the format of the files (default: found out from their content)",
     OPTION_TEXT, offsetof(struct settings, from)},
    {"output", 'o', "FILE",
     "write to FILE, which is replaced once all is written (default: standard output)", OPTION_TEXT,
     offsetof(struct settings, output)},
    {"threads", 0, "N", "threads that parse and write (default: one a processor)", OPTION_COUNT,
     offsetof(struct settings, threads)},
    {0},
};

enum { MOST_THREADS = 256, SUFFIX = 40 };

/* Where the text goes. */
struct output {
    FILE *file;
    const char *path; /* NULL: standard output */
    char *part;       /* what is written until all is there; NULL: the path itself */
    int number;       /* errno of the first failure */
};

/* A device or a pipe is written to; a file is replaced at the end. */
static bool open_output(struct output *out, const char *path)
{
    struct stat about;
    *out = (struct output){.file = stdout, .path = path};
    if (!path)
        return true;
    if (stat(path, &about) == 0 && !S_ISREG(about.st_mode)) {
        out->file = fopen(path, "wb");
    } else {
        size_t size = strlen(path) + SUFFIX;
        out->part = need(malloc(size));
        snprintf(out->part, size, "%s.part-%ld", path, (long)getpid());
        out->file = fopen(out->part, "wbx");
    }
    if (out->file)
        return true;
    fputs("osler: ", stderr);
    print_inert(stderr, path);
    fprintf(stderr, ": cannot write: %s\n", strerror(errno));
    free(out->part);
    return false;
}

/* False when not all could be written: then a file is as it was before. */
static bool close_output(struct output *out, bool keep)
{
    int number = out->number;
    if (!out->path)
        return fflush(stdout) == 0; /* main() says what went wrong */
    if (fclose(out->file) != 0 && !number)
        number = errno;
    if (out->part && keep && !number && rename(out->part, out->path) != 0)
        number = errno;
    if (out->part && (!keep || number))
        unlink(out->part);
    free(out->part);
    if (!number)
        return true;
    fputs("osler: ", stderr);
    print_inert(stderr, out->path);
    fprintf(stderr, ": cannot write: %s\n", strerror(number));
    return false;
}

static bool known(const char *format, const char *(*name)(unsigned index))
{
    size_t length = strcspn(format, ":"); /* csv:title=Article Title */
    for (unsigned i = 0; name(i); i++)
        if (strncmp(name(i), format, length) == 0 && !name(i)[length])
            return true;
    return false;
}

static bool usage(const char *what, const char *(*name)(unsigned index))
{
    fprintf(stderr, "osler convert: %s", what);
    for (unsigned i = 0; name && name(i); i++)
        fprintf(stderr, " %s", name(i));
    fputs(name ? "\n" : " (see 'osler convert --help')\n", stderr);
    return false;
}

static bool usable(const struct settings *settings, int argc)
{
    const struct count *threads = &settings->threads;
    if (argc < 1)
        return usage("name at least one file, or - for standard input", NULL);
    if (!settings->to)
        return usage("--to is required; known are", osler_writer_name);
    if (!known(settings->to, osler_writer_name))
        return usage("--to: no such format; known are", osler_writer_name);
    if (settings->from && !known(settings->from, osler_format_name))
        return usage("--from: no such format; known are", osler_format_name);
    if (threads->given && (threads->value < 1 || threads->value > MOST_THREADS))
        return usage("--threads: expected a number from 1 to 256", NULL);
    return true;
}

/* All of the text to the output; the exit code of what failed on the way. */
static int write_all(osler_conversion *conversion, struct output *out)
{
    int failure = EXIT_DONE;
    for (;;) {
        const char *text;
        size_t length;
        osler_error error = {0};
        osler_status status = osler_conversion_next(conversion, &text, &length, &error);
        if (status == OSLER_END)
            return failure;
        if (status == OSLER_OK && fwrite(text, 1, length, out->file) != length) {
            out->number = errno;
            return EXIT_PARTIAL;
        }
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
    struct output out;
    osler_error error = {0};
    osler_convert_options how = {
        .from = settings->from,
        .to = settings->to,
        .threads = (unsigned)settings->threads.value,
        .progress = draw_progress,
    };
    if (!usable(settings, argc))
        return EXIT_BAD_USAGE;
    if (osler_conversion_open(&conversion, (const char *const *)argv, (size_t)argc, &how, &error) !=
        OSLER_OK)
        return report(&error);
    if (!open_output(&out, settings->output)) {
        osler_conversion_close(conversion);
        return EXIT_BAD_INPUT;
    }
    catch_interrupts();
    int result = write_all(conversion, &out);
    osler_convert_report done = osler_conversion_report(conversion);
    finish_progress();
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
        "ris, enw, isi: tagged lines for reference managers and review tools.  MeSH headings go "
        "out\n"
        "as keywords; fields of the source without a tag here become notes (in isi, NT).  A\n"
        "retracted work has the type \"Retracted Publication\".",
    .examples = "  osler convert pubmed-set.xml.gz --to jsonl | jq -r .title\n"
                "  osler convert *.xml.gz --to jsonl -o pubmed.jsonl\n"
                "  osler convert export.nbib --to ris -o references.ris",
    .options = options,
    .settings_size = sizeof(struct settings),
    .run = run,
};
