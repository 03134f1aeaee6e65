/* osler set: what the user thinks of a work and where the copy is: a rating, a file. */
#include "command.h"
#include "json.h"
#include "output.h"

#include <osler/own.h>
#include <stdlib.h>
#include <string.h>

struct settings {
    bool json;
};

static const struct option options[] = {
    {"json", 0, NULL, "print JSON", OPTION_FLAG, offsetof(struct settings, json)},
    {0},
};

static int print(osler_library *library, const char *id, bool as_json)
{
    osler_own *own;
    osler_error error = {0};
    if (osler_library_own(library, id, &own, &error) != OSLER_OK)
        return report(&error);
    struct json j = {.out = stdout};
    if (as_json) {
        json_open_object(&j, NULL);
        json_integer(&j, "osler", 1);
        json_text(&j, "id", own->id);
        json_open_object(&j, "set");
    }
    for (size_t i = 0; i < own->settings.count; i++) {
        const osler_setting *setting = &own->settings.items[i];
        if (as_json) {
            json_text(&j, setting->field, setting->value);
            continue;
        }
        printf("%s=", setting->field);
        print_inert(stdout, setting->value);
        putchar('\n');
    }
    if (as_json) {
        json_close_object(&j);
        json_close_object(&j);
        json_end_line(&j);
    }
    osler_own_free(own);
    return EXIT_DONE;
}

/* "rating=4"; nothing after the sign takes the value away. */
static int change(osler_library *library, const char *id, int count, char **words)
{
    osler_error error = {0};
    osler_setting *wanted = need(calloc((size_t)count, sizeof *wanted));
    int result = EXIT_DONE;
    for (int i = 0; result == EXIT_DONE && i < count; i++) {
        char *sign = strchr(words[i], '=');
        if (sign) {
            *sign = '\0';
            wanted[i] = (osler_setting){words[i], sign[1] ? sign + 1 : NULL};
        } else {
            fprintf(stderr, "osler set: expected FIELD=VALUE, found '");
            print_inert(stderr, words[i]);
            fputs("'\n", stderr);
            result = EXIT_BAD_USAGE;
        }
    }
    if (result == EXIT_DONE &&
        osler_library_set(library, id, wanted, (size_t)count, &error) != OSLER_OK)
        result = report(&error);
    free(wanted);
    return result;
}

static int run(const void *opaque, int argc, char **argv)
{
    const struct settings *settings = opaque;
    osler_library *library;
    osler_error error = {0};
    if (!argc) {
        fputs("osler set: expected an id (see 'osler set --help')\n", stderr);
        return EXIT_BAD_USAGE;
    }
    if (osler_library_open(&library, common.library,
                           argc > 1 ? OSLER_LIBRARY_CHANGE : OSLER_LIBRARY_READ,
                           &error) != OSLER_OK)
        return report(&error);
    int result = argc > 1 ? change(library, argv[0], argc - 1, argv + 1) : EXIT_DONE;
    if (result == EXIT_DONE && (argc == 1 || settings->json))
        result = print(library, argv[0], settings->json);
    osler_library_close(library);
    return result;
}

const struct command command_set = {
    .name = "set",
    .arguments = "ID [FIELD=VALUE...]",
    .summary = "The rating of a work, and the file of your copy",
    .details =
        "Notes your rating of a work, 1 to 5, and the path of your copy.  The record stays as it\n"
        "came, and no fetch changes what you set.  FIELD= takes it away; without FIELD, what is\n"
        "set is printed.  'osler find rating:5' finds; 'osler undo' takes the last change back.",
    .examples = "  osler set 18499526 rating=4 file=papers/davis.pdf\n"
                "  osler set 18499526 rating=",
    .options = options,
    .settings_size = sizeof(struct settings),
    .run = run,
};
