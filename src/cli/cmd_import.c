/* osler import: files of any known format into the library, with a report. */
#include "command.h"
#include "entries.h"
#include "file_output.h"
#include "output.h"

#include <osler/library.h>

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct settings {
    const char *from, *list, *keep_original;
    struct count threads;
    bool json, resume, online, out_of_order;
};

static const struct option options[] = {
    {"from", 0, "FORMAT", "the format of the files (default: found out from their content)",
     OPTION_TEXT, offsetof(struct settings, from)},
    {"list", 'l', "NAME",
     "keep the order of the file as a list of this name, in the place of one that has it; of a "
     "text it is needed with standard input alone (see 'osler list --help')",
     OPTION_TEXT, offsetof(struct settings, list)},
    {"online", 0, NULL,
     "look in PubMed for the references of a text that the library has not, and fetch them, "
     "without asking; on a terminal import asks first, elsewhere it does not look",
     OPTION_FLAG, offsetof(struct settings, online)},
    {"keep-original", 0, "WHEN",
     "always (the default) or never: keep the bytes that each record came from, so that it can be "
     "read again by a later Osler; without them the library is over a quarter smaller",
     OPTION_TEXT, offsetof(struct settings, keep_original)},
    {"threads", 0, "N",
     "threads that read records, beside the one that writes (default: one a processor); the "
     "library is the same with any number",
     OPTION_COUNT, offsetof(struct settings, threads)},
    {"resume", 0, NULL,
     "go on where an import was stopped: pass over each file of which the library has imported one "
     "with the same name, size and time of last change",
     OPTION_FLAG, offsetof(struct settings, resume)},
    {"out-of-order", 0, NULL, "take an NLM file although one that comes after it has been imported",
     OPTION_FLAG, offsetof(struct settings, out_of_order)},
    {"json", 0, NULL, "print the report as JSON", OPTION_FLAG, offsetof(struct settings, json)},
    {0},
};

enum { SHOWN = 20, KEPT = 1000 /* failures of one file: printed, and in JSON */ };
enum { MOST_THREADS = 256 };

/* The failures of the file at work, as far as they are kept. */
struct failures {
    osler_error *items;
    size_t count, most;
};

enum { NAME_LONGEST = 200 };

/* One run of the command. */
struct run {
    const struct settings *settings;
    osler_library *library; /* opened when the first file can be read */
    int name_width;
    struct json json;
    struct failures failures;
    char list[NAME_LONGEST + 1]; /* of the file at work, if it is a text; else "" */
    osler_import_report total;
    int result;                           /* exit code so far */
    unsigned taken, refused, passed_over; /* files */
    uint64_t size, size_done;             /* bytes of all files, 0 when not known; of those done */
    int refusal;                          /* exit code of the first file refused */
};

static void keep_failure(void *context, const osler_error *error)
{
    struct run *run = context;
    struct failures *f = &run->failures;
    if (f->count == f->most)
        return;
    f->items = need(realloc(f->items, (f->count + 1) * sizeof *f->items));
    f->items[f->count++] = *error;
}

/* Over all files. */
static bool show_progress(void *context, const osler_progress *progress)
{
    const struct run *run = context;
    osler_progress all = *progress;
    all.done += run->total.read;
    all.read += run->size_done;
    all.size = run->size;
    return draw_progress(NULL, &all);
}

/* 0 when it is not a file. */
static uint64_t size_of(const char *path)
{
    struct stat about;
    return stat(path, &about) == 0 && S_ISREG(about.st_mode) ? (uint64_t)about.st_size : 0;
}

static void sum_sizes(struct run *run, int argc, char **argv)
{
    for (int i = 0; i < argc; i++) {
        uint64_t size = size_of(argv[i]);
        run->size = i && !run->size ? 0 : size ? run->size + size : 0;
    }
}

/* What is passed over takes no time, and says nothing about the time left. */
static void count_size(struct run *run, const char *path, bool passed_over)
{
    uint64_t size = size_of(path);
    if (!passed_over)
        run->size_done += size;
    else if (run->size > size)
        run->size -= size;
}

static const char *shown_name(const char *path)
{
    return strcmp(path, "-") == 0 ? "(standard input)" : path;
}

static void add_report(osler_import_report *to, const osler_import_report *r)
{
    to->read += r->read;
    to->added += r->added;
    to->updated += r->updated;
    to->unchanged += r->unchanged;
    to->older += r->older;
    to->deleted += r->deleted;
    to->deletions_of_unknown += r->deletions_of_unknown;
    to->failed += r->failed;
}

/* True for formats whose items become entries of a list. */
static bool holds_references(const char *format)
{
    return format && (strcmp(format, "text") == 0 || strcmp(format, "pmids") == 0);
}

static void print_count(uint64_t count, const char *what)
{
    if (count)
        printf(" \xC2\xB7 %llu %s", (unsigned long long)count, what);
}

static void print_report(const struct run *run, const char *name, const osler_import_report *r)
{
    int columns = text_columns(name);
    print_inert(stdout, name);
    if (columns > run->name_width) { /* a long name has a line of its own */
        putchar('\n');
        columns = 0;
    }
    printf("%*s  %-11s %7llu %s  %llu new", run->name_width - columns, "",
           r->format ? r->format : "", (unsigned long long)r->read,
           r->read == 1 ? "record " : "records", (unsigned long long)r->added);
    print_count(r->updated, "updated");
    print_count(r->unchanged, "unchanged");
    print_count(r->older, "older or poorer than yours");
    print_count(r->listed, "listed");
    print_count(r->deleted, "deleted");
    print_count(r->deletions_of_unknown, "not there to be deleted");
    if (r == &run->total)
        print_count(run->passed_over, "passed over");
    if (r == &run->total)
        print_count(run->refused, run->refused == 1 ? "file not taken" : "files not taken");
    if (r->failed)
        fputs(style_warn(), stdout);
    print_count(r->failed, "failed");
    if (r->failed)
        fputs(style_end(), stdout);
    putchar('\n');
}

static void print_passed_over(const struct run *run, const char *name, const char *imported)
{
    print_inert(stdout, name);
    printf("%*s  passed over: imported %.10s\n",
           text_columns(name) < run->name_width ? run->name_width - text_columns(name) : 0, "",
           imported);
}

static void print_failures(const struct run *run, const osler_import_report *r)
{
    const struct failures *f = &run->failures;
    if (r->guessed)
        printf("  line %u: %s\n", r->guessed, guessed_encoding);
    for (size_t i = 0; i < f->count; i++) {
        fputs("  ", stdout);
        if (f->items[i].line)
            printf("line %u: ", f->items[i].line);
        print_inert(stdout, f->items[i].message);
        putchar('\n');
    }
    if (r->failed > f->count)
        printf("  ... and %llu more\n", (unsigned long long)(r->failed - f->count));
}

static void write_counts(struct json *j, const osler_import_report *r)
{
    json_integer(j, "read", (long long)r->read);
    json_integer(j, "new", (long long)r->added);
    json_integer(j, "updated", (long long)r->updated);
    json_integer(j, "unchanged", (long long)r->unchanged);
    json_integer(j, "older", (long long)r->older);
    json_integer(j, "deleted", (long long)r->deleted);
    json_integer(j, "deletions_of_unknown", (long long)r->deletions_of_unknown);
    json_integer(j, "failed", (long long)r->failed);
    if (r->listed)
        json_integer(j, "listed", (long long)r->listed);
    if (r->exact + r->repairable + r->chimeras + r->ambiguous + r->not_in_library) {
        json_integer(j, "exact", (long long)r->exact);
        json_integer(j, "repairable", (long long)r->repairable);
        json_integer(j, "chimera", (long long)r->chimeras);
        json_integer(j, "ambiguous", (long long)r->ambiguous);
        json_integer(j, "not_in_library", (long long)r->not_in_library);
        json_integer(j, "fetched", (long long)r->fetched);
    }
    if (r->guessed)
        json_integer(j, "guessed_encoding_from_line", r->guessed);
}

static void write_error(struct json *j, const char *key, const osler_error *error)
{
    json_open_object(j, key);
    if (key)
        json_text(j, "status", osler_status_name(error->status));
    if (error->line)
        json_integer(j, "line", error->line);
    if (error->column)
        json_integer(j, "column", error->column);
    json_text(j, "message", error->message);
    json_close_object(j);
}

/* The references of a list, one by one. */
static void each_reference(struct run *run, const char *list)
{
    osler_lists *made;
    osler_error error = {0};
    if (osler_library_list(run->library, list, &made, &error) != OSLER_OK) {
        run->result = report(&error);
        return;
    }
    for (size_t i = 0; i < made->entry_count; i++) {
        if (run->settings->json)
            write_list_entry(&run->json, &made->entries[i]);
        else
            print_list_entry(&made->entries[i]);
    }
    osler_lists_free(made);
}

static void write_report(struct run *run, const char *path, const osler_import_report *r,
                         const osler_error *error)
{
    struct json *j = &run->json;
    json_open_object(j, NULL);
    json_text(j, "file", path);
    json_text(j, "format", r->format);
    write_counts(j, r);
    if (r->passed_over) {
        json_bool(j, "passed_over", true);
        json_text(j, "imported", r->imported);
    }
    json_open_array(j, "failures");
    for (size_t i = 0; i < run->failures.count; i++)
        write_error(j, NULL, &run->failures.items[i]);
    json_close_array(j);
    if (error)
        write_error(j, "error", error);
    const char *list = run->settings->list ? run->settings->list : run->list;
    if (!error && holds_references(r->format)) {
        json_text(j, "list", list);
        json_open_array(j, "entries");
        each_reference(run, list);
        json_close_array(j);
    }
    json_close_object(j);
}

static void print_references(struct run *run, const char *path, const char *list,
                             const osler_import_report *r)
{
    if (!common.quiet)
        each_reference(run, list);
    print_inert(stdout, shown_name(path));
    printf("  %s  %llu reference%s in the list ", r->format, (unsigned long long)r->listed,
           r->listed == 1 ? "" : "s");
    print_inert(stdout, list);
    print_count(r->exact, "exact");
    print_count(r->repairable, "repairable");
    print_count(r->chimeras, r->chimeras == 1 ? "chimera" : "chimeras");
    print_count(r->ambiguous, "ambiguous");
    print_count(r->not_in_library, "not in this library");
    print_count(r->fetched, "fetched from PubMed");
    print_count(r->failed, "failed");
    putchar('\n');
}

/* A file that could not be imported: the others go on, unless the library itself has failed. */
static bool refuse(struct run *run, const char *path, osler_import_report *report,
                   const osler_error *error)
{
    bool own = error->status == OSLER_ELOCKED || error->status == OSLER_EDAMAGED ||
               error->status == OSLER_EINTERRUPTED || error->status == OSLER_ELIBRARY;
    print_error(error);
    if (run->settings->json) {
        uint64_t failed = report->failed;
        *report = (osler_import_report){.format = report->format, .failed = failed};
        write_report(run, path, report, error);
    } else if (report->failed > 1) {
        fprintf(stderr, "osler: %llu records failed, none was imported\n",
                (unsigned long long)report->failed);
    }
    if (own)
        run->result = exit_code_of(error->status);
    else if (!run->refused++)
        run->refusal = exit_code_of(error->status);
    return !own;
}

/* The name of the file, without folder and ending, for the list of a text. */
static void name_list(struct run *run, const char *path)
{
    const char *slash = strrchr(path, '/'), *start = slash ? slash + 1 : path;
    start += strspn(start, "+-. ");
    size_t length = strcspn(start, ".");
    snprintf(run->list, sizeof run->list, "%.*s", (int)(length < 80 ? length : 80),
             length ? start : "list");
    for (char *c = run->list; *c; c++)
        if ((unsigned char)*c < ' ' || strchr("\"()[]*,;\x7F", *c))
            *c = '-';
}

/* No library is made for the sake of a file that cannot be read. */
static osler_status open_library(struct run *run, const char *path, osler_error *error)
{
    osler_reader *reader = NULL;
    osler_status status = OSLER_OK;
    run->list[0] = '\0';
    if (strcmp(path, "-") != 0) {
        status = osler_reader_open(&reader, path, run->settings->from, error);
        if (status == OSLER_OK && holds_references(osler_reader_format(reader)))
            name_list(run, path);
    }
    osler_reader_close(reader);
    if (status == OSLER_OK && !run->library)
        status = osler_library_open(&run->library, common.library, OSLER_LIBRARY_WRITE, error);
    return status;
}

/* Asked on the terminal; no is what silence means, for the references would leave this machine. */
static bool may_ask_pubmed(void *context, uint64_t missing)
{
    char answer[16];
    (void)context;
    finish_progress();
    fprintf(stderr,
            "%" PRIu64 " reference%s not in this library.  Look in PubMed and fetch? [y/N] ",
            missing, missing == 1 ? " is" : "s are");
    fflush(stderr);
    if (!fgets(answer, sizeof answer, stdin)) {
        fputc('\n', stderr);
        return false;
    }
    return answer[0] == 'y' || answer[0] == 'Y';
}

/* Somebody sits there who can answer: the text itself is no answer. */
static bool can_ask(const struct settings *settings, const char *path)
{
    return strcmp(path, "-") != 0 && !settings->json && !common.quiet && isatty(STDIN_FILENO) &&
           isatty(STDERR_FILENO);
}

/* False when no other file is to be tried. */
static bool import_file(struct run *run, const char *path)
{
    osler_error error = {0};
    osler_import_report report = {0};
    const char *keep = run->settings->keep_original;
    osler_import_options how = {
        .format = run->settings->from,
        .forget_original = keep && strcmp(keep, "never") == 0,
        .online = run->settings->online,
        .may_ask_pubmed = can_ask(run->settings, path) ? may_ask_pubmed : NULL,
        .threads = (unsigned)run->settings->threads.value,
        .resume = run->settings->resume,
        .out_of_order = run->settings->out_of_order,
        .progress = show_progress,
        .context = run,
        .failed = keep_failure,
        .remarked = print_remark,
    };
    run->failures.count = 0;
    osler_status status = open_library(run, path, &error);
    bool no_library = status != OSLER_OK && !run->library;
    how.list = run->settings->list ? run->settings->list : *run->list ? run->list : NULL;
    if (status == OSLER_OK)
        status = osler_library_import(run->library, path, &how, &report, &error);
    finish_progress();
    count_size(run, path, report.passed_over);
    if (status != OSLER_OK)
        return refuse(run, path, &report, &error) || no_library;
    run->taken += !report.passed_over;
    run->passed_over += report.passed_over;
    add_report(&run->total, &report);
    if (report.failed && run->result == EXIT_DONE)
        run->result = EXIT_PARTIAL;
    if (report.online_failure.status != OSLER_OK) {
        print_error(&report.online_failure);
        run->result = EXIT_PARTIAL;
    }
    bool text = holds_references(report.format);
    if (run->settings->json) {
        write_report(run, path, &report, NULL);
    } else if (text) {
        print_references(run, path, how.list, &report);
        print_failures(run, &report);
    } else if (report.passed_over) {
        print_passed_over(run, shown_name(path), report.imported);
    } else {
        print_report(run, shown_name(path), &report);
        print_failures(run, &report);
    }
    fflush(stdout);
    return true;
}

static int widest(int argc, char **argv)
{
    int width = argc > 1 ? (int)strlen("total") : 0;
    for (int i = 0; i < argc; i++) {
        int columns = text_columns(shown_name(argv[i]));
        width = columns > width ? columns : width;
    }
    return width < 40 ? width : 40;
}

static bool usable(const struct settings *settings, int argc)
{
    const char *keep = settings->keep_original;
    if (argc < 1) {
        fputs("osler import: name at least one file, or - for standard input "
              "(see 'osler import --help')\n",
              stderr);
        return false;
    }
    if (settings->list && (argc > 1 || settings->resume)) {
        fputs("osler import: --list takes one file, and no --resume\n", stderr);
        return false;
    }
    if (keep && strcmp(keep, "always") != 0 && strcmp(keep, "never") != 0) {
        fputs("osler import: --keep-original: expected always or never\n", stderr);
        return false;
    }
    if (settings->threads.given &&
        (settings->threads.value < 1 || settings->threads.value > MOST_THREADS)) {
        fprintf(stderr, "osler import: --threads: expected a number from 1 to %d\n", MOST_THREADS);
        return false;
    }
    if (settings->from && !knows_name(settings->from, osler_format_name)) {
        (void)usage_of_names("import: --from: no such format; known are", osler_format_name);
        return false;
    }
    return true;
}

static int run(const void *opaque, int argc, char **argv)
{
    const struct settings *settings = opaque;
    struct run run = {.settings = settings, .json = {.out = stdout}};
    if (!usable(settings, argc))
        return EXIT_BAD_USAGE;
    run.name_width = widest(argc, argv);
    run.failures.most = settings->json ? KEPT : SHOWN;
    sum_sizes(&run, argc, argv);
    catch_interrupts();
    if (settings->json) {
        json_open_object(&run.json, NULL);
        json_integer(&run.json, "osler", 1);
        json_open_array(&run.json, "files");
    }
    for (int i = 0; i < argc && import_file(&run, argv[i]); i++)
        ;
    /* With some files in and some not, the whole is partial. */
    if (run.refused && (run.result == EXIT_DONE || run.result == EXIT_PARTIAL))
        run.result = run.taken || run.passed_over ? EXIT_PARTIAL : run.refusal;
    if (settings->json) {
        json_close_array(&run.json);
        json_open_object(&run.json, "total");
        write_counts(&run.json, &run.total);
        if (settings->resume)
            json_integer(&run.json, "passed_over", run.passed_over);
        json_close_object(&run.json);
        json_close_object(&run.json);
        json_end_line(&run.json);
    } else if (argc > 1 && !common.quiet) {
        print_report(&run, "total", &run.total);
    }
    osler_library_close(run.library);
    free(run.failures.items);
    return run.result;
}

const struct command command_import = {
    .name = "import",
    .arguments = "FILE... | -",
    .summary = "Take the records of files into the library",
    .details =
        "Each file is taken in whole or not at all: interrupted or killed anywhere, the library "
        "is\n"
        "as before that file or as after it.  Records that cannot be read are left out and named\n"
        "with their line; the sound ones are kept, and the exit code is 8.  Gzip is undone.\n"
        "A record that the library has is updated when it differs, and its former version is "
        "kept;\n"
        "PubMed's own record stays current against an older one, or one without PMID.\n"
        "\n"
        "Of a reference list in plain text, pasted from anywhere, no records come in: each\n"
        "reference is looked for in the library, and they are kept in their order as a list, by\n"
        "the name of the file or --list NAME.  'osler cite --list NAME' prints it in any style.\n"
        "On a terminal import asks whether to look in PubMed for those that the library has not;\n"
        "--online does it without asking.  Nothing of them leaves this machine else.\n"
        "\n"
        "Files are taken in the order given, and each is in the library before the next one is\n"
        "begun.  After an interruption or a crash the same command with --resume goes on with the\n"
        "first file that was not finished.  A file is known by its name without the folder, its\n"
        "size and the time it was changed last; its content is not compared.\n"
        "\n"
        "NLM's baseline and update files (pubmed26n1335.xml.gz) are held against the .md5 beside\n"
        "them, and come in the order of their numbers: one is refused when a later one has been\n"
        "imported.  What PubMed has deleted keeps its versions and all that is yours of it.",
    .examples = "  osler import pubmed-set.xml references.nbib\n"
                "  osler import --from nbib - < saved.txt\n"
                "  osler import thesis-references.txt --list thesis --online\n"
                "  osler import --resume --keep-original never baseline/*.xml.gz",
    .shown = true,
    .options = options,
    .settings_size = sizeof(struct settings),
    .run = run,
};
