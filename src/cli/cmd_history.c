/* osler history: every version of a record that the library has seen. */
#include "changes.h"
#include "command.h"
#include "output.h"
#include "searching.h"

#include <osler/history.h>
#include <stdlib.h>
#include <string.h>

struct settings {
    struct count original;
    bool json;
};

static const struct option options[] = {
    {"original", 0, "N", "print the very bytes that version N came from", OPTION_COUNT,
     offsetof(struct settings, original)},
    {"json", 0, NULL, "print one JSON object for each record", OPTION_FLAG,
     offsetof(struct settings, json)},
    {0},
};

static void print_version(const osler_version_seen *v)
{
    printf("  %u  %.10s  ", v->number, v->seen);
    if (v->deletion) {
        puts("deleted by PubMed");
        return;
    }
    printf("%s", v->current ? "current"
                 : v->older ? "older than yours, kept beside it"
                            : "replaced");
    if (v->status) {
        fputs(", ", stdout);
        print_inert(stdout, v->status);
    }
    if (v->revised)
        printf(", revised %s", v->revised);
    fputs("  from ", stdout);
    print_inert(stdout, v->origin);
    if (v->change.fields.count) {
        fputs("\n    ", stdout);
        print_change_words(stdout, &v->change);
    }
    putchar('\n');
    print_change_fields(&v->change);
}

static void print_text(const osler_history *h)
{
    printf("%s%s%s  ", style_bold(), h->id, style_end());
    print_inert(stdout, h->title);
    putchar('\n');
    for (size_t i = 0; i < h->count; i++)
        print_version(&h->items[i]);
}

static void print_json(const osler_history *h)
{
    struct json j = {.out = stdout};
    json_open_object(&j, NULL);
    json_integer(&j, "osler", 1);
    json_text(&j, "id", h->id);
    json_text(&j, "title", h->title);
    json_open_array(&j, "versions");
    for (size_t i = 0; i < h->count; i++) {
        const osler_version_seen *v = &h->items[i];
        json_open_object(&j, NULL);
        json_integer(&j, "number", v->number);
        json_text(&j, "seen", v->seen);
        json_text(&j, "origin", v->origin);
        json_text(&j, "kind", v->deletion ? "deletion" : "record");
        json_bool(&j, "current", v->current);
        json_bool(&j, "older", v->older);
        json_bool(&j, "original", v->has_original);
        json_text(&j, "status", v->status);
        json_text(&j, "revised", v->revised);
        json_change(&j, &v->change);
        json_close_object(&j);
    }
    json_close_array(&j);
    json_close_object(&j);
    json_end_line(&j);
}

static int print_original(osler_library *library, const char *id, unsigned number)
{
    char *bytes;
    size_t length;
    osler_error error = {0};
    osler_status status = osler_library_get_original(library, id, number, &bytes, &length, &error);
    if (status != OSLER_OK)
        return report(&error);
    fwrite(bytes, 1, length, stdout);
    osler_history_free_bytes(bytes);
    return EXIT_DONE;
}

static int print_one(const struct settings *s, osler_library *library, const char *id)
{
    osler_history *history;
    osler_error error = {0};
    if (s->original.value)
        return print_original(library, id, (unsigned)s->original.value);
    if (osler_library_history(library, id, &history, &error) != OSLER_OK)
        return report(&error);
    if (s->json)
        print_json(history);
    else
        print_text(history);
    osler_history_free(history);
    return EXIT_DONE;
}

static int run(const void *opaque, int argc, char **argv)
{
    const struct settings *s = opaque;
    osler_library *library = NULL;
    osler_error error = {0};
    int code = EXIT_DONE;
    if (argc < 1 || (s->original.value && (argc > 1 || s->json))) {
        fputs(
            "osler history: expected ids of records, with --original one alone (see 'osler history "
            "--help')\n",
            stderr);
        return EXIT_BAD_USAGE;
    }
    if (open_libraries(&library, &error) != OSLER_OK)
        code = report(&error);
    for (int i = 0; library && i < argc; i++) {
        int one = print_one(s, library, argv[i]);
        code = one == EXIT_DONE ? code : one;
    }
    osler_library_close(library);
    return code;
}

const struct command command_history = {
    .name = "history",
    .arguments = "ID...",
    .summary = "Show every version of a record, and what changed",
    .details =
        "Versions are numbered in the order the library saw them. Each is held against the one "
        "before\n"
        "it: integrity flags, indexing, status, study design, then every field that differs. With\n"
        "--original the bytes that a version came from are printed as they came.",
    .examples = "  osler history 25056061\n"
                "  osler history --original 1 25056061",
    .several_libraries = true,
    .options = options,
    .settings_size = sizeof(struct settings),
    .run = run,
};
