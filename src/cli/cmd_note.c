/* osler note: the user's notes on a work. */
#include "command.h"
#include "json.h"
#include "output.h"
#include "searching.h"

#include <osler/own.h>
#include <stdlib.h>
#include <string.h>

struct settings {
    struct count rm;
    bool json;
};

static const struct option options[] = {
    {"rm", 0, "N", "remove the work's note number N", OPTION_COUNT, offsetof(struct settings, rm)},
    {"json", 0, NULL, "print JSON", OPTION_FLAG, offsetof(struct settings, json)},
    {0},
};

enum { LONGEST = 1 << 20 /* bytes of a note */ };

static void write_notes(const osler_own *own)
{
    struct json j = {.out = stdout};
    json_open_object(&j, NULL);
    json_integer(&j, "osler", 1);
    json_text(&j, "id", own->id);
    json_open_array(&j, "notes");
    for (size_t i = 0; i < own->notes.count; i++) {
        json_open_object(&j, NULL);
        json_integer(&j, "number", (long long)i + 1);
        json_text(&j, "written", own->notes.items[i].written);
        json_text(&j, "text", own->notes.items[i].text);
        json_close_object(&j);
    }
    json_close_array(&j);
    json_close_object(&j);
    json_end_line(&j);
}

/* Line by line. */
static void print_note(const char *text)
{
    char *copy = need(strdup(text)), *rest = copy, *line;
    while ((line = strtok_r(rest, "\n", &rest)))
        print_wrapped(stdout, line, 5);
    free(copy);
}

static int show_notes(const struct settings *settings, osler_library *library, const char *id)
{
    osler_own *own;
    osler_error error = {0};
    if (osler_library_own(library, id, &own, &error) != OSLER_OK)
        return report(&error);
    if (settings->json)
        write_notes(own);
    for (size_t i = 0; !settings->json && i < own->notes.count; i++) {
        printf("%3zu  %.10s\n", i + 1, own->notes.items[i].written);
        print_note(own->notes.items[i].text);
    }
    osler_own_free(own);
    return EXIT_DONE;
}

/* All of standard input, to be freed; NULL when it is too long. */
static char *read_text(void)
{
    char *text = need(malloc(LONGEST + 2));
    size_t length = fread(text, 1, LONGEST + 1, stdin);
    text[length] = '\0';
    if (length <= LONGEST && strlen(text) == length)
        return text;
    free(text);
    return NULL;
}

static int add_note(osler_library *library, int argc, char **argv)
{
    osler_error error = {0};
    bool from_input = argc == 2 && strcmp(argv[1], "-") == 0;
    char *text = from_input ? read_text() : join_query(argc - 1, argv + 1);
    if (!text) {
        fprintf(stderr, "osler note: a note is text, of at most %d bytes\n", LONGEST);
        return EXIT_BAD_USAGE;
    }
    osler_status status = osler_library_add_note(library, argv[0], text, &error);
    free(text);
    return status == OSLER_OK ? EXIT_DONE : report(&error);
}

static int run(const void *opaque, int argc, char **argv)
{
    const struct settings *settings = opaque;
    osler_library *library;
    osler_error error = {0};
    bool changes = argc > 1 || settings->rm.given;
    if (!argc || (argc > 1 && settings->rm.given)) {
        fputs("osler note: expected an id, and the text to add or --rm N"
              " (see 'osler note --help')\n",
              stderr);
        return EXIT_BAD_USAGE;
    }
    if (osler_library_open(&library, common.library,
                           changes ? OSLER_LIBRARY_CHANGE : OSLER_LIBRARY_READ, &error) != OSLER_OK)
        return report(&error);
    int result = EXIT_DONE;
    if (!changes)
        result = show_notes(settings, library, argv[0]);
    else if (argc > 1)
        result = add_note(library, argc, argv);
    else if (osler_library_remove_note(library, argv[0], settings->rm.value, &error) != OSLER_OK)
        result = report(&error);
    osler_library_close(library);
    return result;
}

const struct command command_note = {
    .name = "note",
    .arguments = "ID [TEXT...|-]",
    .summary = "Write notes on a work, or read them",
    .details = "With TEXT, or - for standard input, a note is added to those of the work; without, "
               "they\n"
               "are printed with their numbers.  'osler cite --annotate' prints them under the "
               "entries.",
    .examples = "  osler note 18499526 'Allocation was not concealed in two of the trials.'\n"
                "  osler note 18499526 --rm 1",
    .options = options,
    .settings_size = sizeof(struct settings),
    .run = run,
};
