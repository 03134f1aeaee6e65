/* osler library: the file itself: what it holds, and whether it is sound. */
#include "command.h"
#include "json.h"
#include "output.h"

#include <osler/library.h>

#include <string.h>

struct settings {
    bool json;
};

static const struct option options[] = {
    {"json", 0, NULL, "print JSON", OPTION_FLAG, offsetof(struct settings, json)},
    {0},
};

static int print_statistics(const struct settings *settings, osler_library *library,
                            osler_error *error)
{
    osler_library_statistics s;
    if (osler_library_count(library, &s, error) != OSLER_OK)
        return report(error);
    if (settings->json) {
        struct json j = {.out = stdout};
        json_open_object(&j, NULL);
        json_integer(&j, "osler", 1);
        json_text(&j, "library", osler_library_path(library));
        json_integer(&j, "records", (long long)s.citations);
        json_integer(&j, "deleted", (long long)s.deleted);
        json_integer(&j, "versions", (long long)s.versions);
        json_integer(&j, "origins", (long long)s.origins);
        json_integer(&j, "bytes", (long long)s.bytes);
        json_text(&j, "last_change", s.last_change[0] ? s.last_change : NULL);
        json_close_object(&j);
        json_end_line(&j);
        return EXIT_DONE;
    }
    fputs("library      ", stdout);
    print_inert(stdout, osler_library_path(library));
    printf("\nrecords      %llu\ndeleted      %llu\nversions     %llu\nimports      %llu\n"
           "bytes        %llu\nlast change  %s\n",
           (unsigned long long)s.citations, (unsigned long long)s.deleted,
           (unsigned long long)s.versions, (unsigned long long)s.origins,
           (unsigned long long)s.bytes, s.last_change[0] ? s.last_change : "never");
    return EXIT_DONE;
}

struct findings {
    struct json json;
    bool as_json;
    unsigned long count;
};

static void print_finding(void *context, const char *sentence)
{
    struct findings *f = context;
    f->count++;
    if (f->as_json) {
        json_text(&f->json, NULL, sentence);
        return;
    }
    print_inert(stdout, sentence);
    putchar('\n');
}

static int verify(const struct settings *settings, osler_library *library, osler_error *error)
{
    struct findings f = {.json = {.out = stdout}, .as_json = settings->json};
    if (f.as_json) {
        json_open_object(&f.json, NULL);
        json_integer(&f.json, "osler", 1);
        json_open_array(&f.json, "findings");
    }
    osler_status status = osler_library_verify(library, print_finding, &f, error);
    if (f.as_json) {
        json_close_array(&f.json);
        json_bool(&f.json, "sound", status == OSLER_OK && !f.count);
        json_close_object(&f.json);
        json_end_line(&f.json);
    }
    if (status != OSLER_OK) {
        print_error(error);
        return exit_code_of(status) == EXIT_LIBRARY ? EXIT_LIBRARY : EXIT_NOT_CHECKED;
    }
    if (!f.as_json && !common.quiet && !f.count)
        puts("the library is sound");
    return f.count ? EXIT_LIBRARY : EXIT_DONE;
}

static int run(const void *opaque, int argc, char **argv)
{
    const struct settings *settings = opaque;
    osler_library *library;
    osler_error error = {0};
    bool verifying = argc == 1 && strcmp(argv[0], "verify") == 0;
    if (!verifying && !(argc == 1 && strcmp(argv[0], "stats") == 0)) {
        fputs("osler library: expected stats or verify (see 'osler library --help')\n", stderr);
        return EXIT_BAD_USAGE;
    }
    osler_status status = osler_library_open(&library, common.library, OSLER_LIBRARY_READ, &error);
    if (status != OSLER_OK)
        return report(&error);
    int result =
        verifying ? verify(settings, library, &error) : print_statistics(settings, library, &error);
    osler_library_close(library);
    return result;
}

const struct command command_library = {
    .name = "library",
    .arguments = "stats|verify",
    .summary = "What the library file holds, and whether it is sound",
    .details =
        "verify checks the file's structure, the references between its tables, every version of\n"
        "every record with the bytes it came from, and the search index against the records;\n"
        "it exits with 7 when something is wrong.",
    .options = options,
    .settings_size = sizeof(struct settings),
    .run = run,
};
