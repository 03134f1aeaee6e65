/* osler key: the citation keys of works. */
#include "command.h"
#include "json.h"
#include "lines.h"
#include "output.h"

#include <osler/own.h>
#include <string.h>

struct settings {
    bool json;
};

static const struct option options[] = {
    {"json", 0, NULL, "print JSON", OPTION_FLAG, offsetof(struct settings, json)},
    {0},
};

static int print_key(struct json *j, bool as_json, osler_library *library, const char *id)
{
    osler_own *own;
    osler_error error = {0};
    if (osler_library_own(library, id, &own, &error) != OSLER_OK)
        return report(&error);
    if (as_json) {
        json_open_object(j, NULL);
        json_text(j, "id", own->id);
        json_text(j, "key", own->key);
        json_close_object(j);
    } else {
        puts(own->key);
    }
    osler_own_free(own);
    return EXIT_DONE;
}

static int print_keys(const struct settings *settings, osler_library *library,
                      const struct id_list *ids)
{
    struct json j = {.out = stdout};
    int result = EXIT_DONE;
    if (settings->json) {
        json_open_object(&j, NULL);
        json_integer(&j, "osler", 1);
        json_open_array(&j, "keys");
    }
    for (size_t i = 0; result == EXIT_DONE && i < ids->count; i++)
        result = print_key(&j, settings->json, library, ids->items[i]);
    if (settings->json) {
        json_close_array(&j);
        json_close_object(&j);
        json_end_line(&j);
    }
    return result;
}

static int run(const void *opaque, int argc, char **argv)
{
    osler_library *library;
    osler_error error = {0};
    struct id_list ids;
    if (argc < 1 || argc > 2) {
        fputs("osler key: expected an id, with or without a key for it (see 'osler key --help')\n",
              stderr);
        return EXIT_BAD_USAGE;
    }
    if (osler_library_open(&library, common.library, OSLER_LIBRARY_CHANGE, &error) != OSLER_OK)
        return report(&error);
    read_ids(&ids, 1, argv);
    osler_status status =
        argc == 2
            ? osler_library_set_key(library, argv[0], argv[1], &error)
            : osler_library_pin_keys(library, (const char *const *)ids.items, ids.count, &error);
    int result = status == OSLER_OK ? print_keys(opaque, library, &ids) : report(&error);
    free_ids(&ids);
    osler_library_close(library);
    return result;
}

const struct command command_key = {
    .name = "key",
    .arguments = "ID|- [KEY]",
    .summary = "The citation key of a work",
    .details =
        "Prints the key by which manuscripts cite the work.  One that has none gets the family\n"
        "name of its first author and the year, smith2020, with letters (smith2020a, ...) where\n"
        "that names another work; from then on it is the work's, whatever becomes of the record.\n"
        "With KEY, the work goes by that one; former keys still name it.  - reads ids from\n"
        "standard input, one a line.",
    .examples = "  osler key 18499526\n"
                "  osler key 18499526 davis-acupuncture",
    .options = options,
    .settings_size = sizeof(struct settings),
    .run = run,
};
