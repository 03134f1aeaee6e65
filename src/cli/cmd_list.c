/* osler list: the user's lists of references. */
#include "command.h"
#include "entries.h"
#include "output.h"

#include <osler/lists.h>
#include <stdlib.h>
#include <string.h>

struct settings {
    bool ids, json;
};

static const struct option options[] = {
    {"ids", 0, NULL, "print the ids of the list's works alone, one a line, in its order",
     OPTION_FLAG, offsetof(struct settings, ids)},
    {"json", 0, NULL, "print JSON", OPTION_FLAG, offsetof(struct settings, json)},
    {0},
};

static void write_list(struct json *j, const osler_list *list)
{
    json_text(j, "name", list->name);
    json_text(j, "made", list->made);
    json_text(j, "source", list->source);
    json_integer(j, "count", (long long)list->entries);
    json_integer(j, "in_library", (long long)list->resolved);
}

static void print_lists(const struct settings *settings, const osler_lists *lists)
{
    struct json j = {.out = stdout};
    if (settings->json) {
        json_open_object(&j, NULL);
        json_integer(&j, "osler", 1);
        json_open_array(&j, "lists");
    }
    for (size_t i = 0; i < lists->count; i++) {
        const osler_list *list = &lists->items[i];
        if (settings->json) {
            json_open_object(&j, NULL);
            write_list(&j, list);
            json_close_object(&j);
            continue;
        }
        printf("%7llu  ", (unsigned long long)list->entries);
        print_inert(stdout, list->name);
        printf("  (%llu in the library)\n", (unsigned long long)list->resolved);
    }
    if (settings->json) {
        json_close_array(&j);
        json_close_object(&j);
        json_end_line(&j);
    }
}

static void write_entries(const osler_lists *lists)
{
    struct json j = {.out = stdout};
    json_open_object(&j, NULL);
    json_integer(&j, "osler", 1);
    write_list(&j, &lists->items[0]);
    json_open_array(&j, "entries");
    for (size_t i = 0; i < lists->entry_count; i++)
        write_list_entry(&j, &lists->entries[i]);
    json_close_array(&j);
    json_close_object(&j);
    json_end_line(&j);
}

static int show_list(const struct settings *settings, osler_library *library, const char *name)
{
    osler_lists *lists;
    osler_error error = {0};
    if (osler_library_list(library, name, &lists, &error) != OSLER_OK)
        return report(&error);
    if (settings->json)
        write_entries(lists);
    for (size_t i = 0; settings->ids && i < lists->entry_count; i++)
        if (lists->entries[i].id)
            puts(lists->entries[i].id);
    if (!settings->json && !settings->ids) {
        const osler_list *list = &lists->items[0];
        print_inert(stdout, list->name);
        printf("  %llu reference%s, %llu in the library\n\n", (unsigned long long)list->entries,
               list->entries == 1 ? "" : "s", (unsigned long long)list->resolved);
        for (size_t i = 0; i < lists->entry_count; i++)
            print_list_entry(&lists->entries[i]);
    }
    osler_lists_free(lists);
    return EXIT_DONE;
}

static int show_lists(const struct settings *settings, osler_library *library)
{
    osler_lists *lists;
    osler_error error = {0};
    if (osler_library_lists(library, &lists, &error) != OSLER_OK)
        return report(&error);
    print_lists(settings, lists);
    osler_lists_free(lists);
    return EXIT_DONE;
}

static int run(const void *opaque, int argc, char **argv)
{
    const struct settings *settings = opaque;
    osler_library *library;
    osler_error error = {0};
    bool removes = argc == 2 && strcmp(argv[0], "rm") == 0;
    bool renames = argc == 3 && strcmp(argv[0], "rename") == 0;
    if ((argc > 1 && !removes && !renames) || (settings->ids && (argc != 1 || settings->json))) {
        fputs("osler list: expected a list, 'rm LIST' or 'rename LIST NAME', or nothing"
              " (see 'osler list --help')\n",
              stderr);
        return EXIT_BAD_USAGE;
    }
    osler_status status = osler_library_open(
        &library, common.library, argc > 1 ? OSLER_LIBRARY_CHANGE : OSLER_LIBRARY_READ, &error);
    if (status != OSLER_OK)
        return report(&error);
    if (removes)
        status = osler_library_remove_list(library, argv[1], &error);
    else if (renames)
        status = osler_library_rename_list(library, argv[1], argv[2], &error);
    int result = status != OSLER_OK ? report(&error)
                 : argc > 1         ? EXIT_DONE
                 : argc             ? show_list(settings, library, argv[0])
                                    : show_lists(settings, library);
    osler_library_close(library);
    return result;
}

const struct command command_list = {
    .name = "list",
    .arguments = "[LIST | rm LIST | rename LIST NAME]",
    .summary = "Your lists of references, and what became of each entry",
    .details =
        "'osler import --list NAME' makes a list: of the references pasted into a text file, or "
        "of\n"
        "the records of a file of any format.  It keeps their order, the text as it was pasted,\n"
        "and which record of the library each of them is.  'osler cite --list NAME' prints it in\n"
        "any style, and 'list:NAME' finds its works.\n"
        "\n"
        "Without operands, all lists are named with the number of their references.  Removing a\n"
        "list removes no record; 'osler undo' brings it back.",
    .examples = "  osler list\n"
                "  osler list thesis --ids | osler show -\n"
                "  osler list rename thesis dissertation",
    .options = options,
    .settings_size = sizeof(struct settings),
    .run = run,
};
