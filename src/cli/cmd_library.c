/* osler library: the file itself: what it holds, whether it is sound, a copy of it. */
#include "command.h"
#include "json.h"
#include "output.h"

#include <osler/library.h>

#include <string.h>

struct settings {
    bool json, force;
};

static const struct option options[] = {
    {"force", 0, NULL, "backup: replace the file that has the name", OPTION_FLAG,
     offsetof(struct settings, force)},
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

static int back_up(const struct settings *settings, osler_library *library, const char *path,
                   osler_error *error)
{
    if (osler_library_backup(library, path, settings->force, error) != OSLER_OK)
        return report(error);
    if (!common.quiet) {
        fputs("copied to ", stdout);
        print_inert(stdout, path);
        putchar('\n');
    }
    return EXIT_DONE;
}

static int vacuum(osler_library *library, osler_error *error)
{
    osler_library_statistics before, after;
    osler_status status = osler_library_count(library, &before, error);
    if (status == OSLER_OK)
        status = osler_library_vacuum(library, error);
    if (status == OSLER_OK)
        status = osler_library_count(library, &after, error);
    if (status != OSLER_OK)
        return report(error);
    if (!common.quiet)
        printf("%llu bytes, %llu before\n", (unsigned long long)after.bytes,
               (unsigned long long)before.bytes);
    return EXIT_DONE;
}

/* What can be done with the file. */
enum action { STATISTICS, VERIFY, VACUUM, BACKUP, ACTIONS };

static const struct {
    const char *name;
    int arguments; /* its own name is one */
} actions[ACTIONS] = {{"stats", 1}, {"verify", 1}, {"vacuum", 1}, {"backup", 2}};

static int run(const void *opaque, int argc, char **argv)
{
    const struct settings *settings = opaque;
    osler_library *library;
    osler_error error = {0};
    enum action action = STATISTICS;
    while (action < ACTIONS &&
           (argc != actions[action].arguments || strcmp(argv[0], actions[action].name) != 0))
        action++;
    if (action == ACTIONS) {
        fputs("osler library: expected stats, verify, backup FILE or vacuum (see 'osler library "
              "--help')\n",
              stderr);
        return EXIT_BAD_USAGE;
    }
    osler_status status = osler_library_open(&library, common.library, OSLER_LIBRARY_READ, &error);
    if (status == OSLER_OK && action == VACUUM) { /* none is made to be emptied */
        osler_library_close(library);
        status = osler_library_open(&library, common.library, OSLER_LIBRARY_WRITE, &error);
    }
    if (status != OSLER_OK)
        return report(&error);
    int result = action == VERIFY   ? verify(settings, library, &error)
                 : action == VACUUM ? vacuum(library, &error)
                 : action == BACKUP ? back_up(settings, library, argv[1], &error)
                                    : print_statistics(settings, library, &error);
    osler_library_close(library);
    return result;
}

const struct command command_library = {
    .name = "library",
    .arguments = "stats|verify|backup FILE|vacuum",
    .summary = "What the library file holds, and whether it is sound",
    .details =
        "verify checks the file's structure, the references between its tables, every version of\n"
        "every record with the bytes it came from, and the search index against the records;\n"
        "it exits with 7 when something is wrong.\n"
        "\n"
        "backup copies the library to a file of its own while others read and write it; the copy "
        "is\n"
        "checked before it takes its name.  vacuum gives back the room that changes left free.",
    .examples = "  osler library backup thesis-2026-11-24.db\n"
                "  osler library verify --library thesis-2026-11-24.db",
    .options = options,
    .settings_size = sizeof(struct settings),
    .run = run,
};
