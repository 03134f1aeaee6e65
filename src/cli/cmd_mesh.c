/* osler mesh: look into the built-in vocabulary. */
#include "command.h"
#include "json.h"
#include "output.h"

#include <osler/mesh.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct settings {
    bool json;
};

static const struct option options[] = {
    {"json", 0, NULL, "print JSON", OPTION_FLAG, offsetof(struct settings, json)},
    {0},
};

static void print_json(const osler_mesh_entry *entry, bool narrower)
{
    struct json j = {.out = stdout};
    json_open_object(&j, NULL);
    json_integer(&j, "osler", 1);
    json_open_array(&j, "headings");
    for (size_t i = 0; i < entry->headings.count && (narrower || i == 0); i++) {
        const osler_descriptor *d = &entry->headings.items[i];
        json_open_object(&j, NULL);
        json_text(&j, "ui", d->ui);
        json_text(&j, "name", d->name);
        json_integer(&j, "level", d->level);
        json_texts(&j, "tree_numbers", &d->numbers);
        json_texts(&j, "entry_terms", &d->entry_terms);
        if (d->note)
            json_text(&j, "scope_note", d->note);
        json_close_object(&j);
    }
    json_close_array(&j);
    json_texts(&j, "suggestions", &entry->suggestions);
    json_close_object(&j);
    json_end_line(&j);
}

static void print_list(const char *label, const osler_text_list *list)
{
    for (size_t i = 0; i < list->count; i++)
        printf("%-13s %s\n", i ? "" : label, list->items[i]);
}

static void print_heading(const osler_mesh_entry *entry)
{
    const osler_descriptor *d = entry->headings.items;
    printf("%s%s%s  %s\n", style_bold(), d->name, style_end(), d->ui);
    print_list("tree numbers", &d->numbers);
    print_list("entry terms", &d->entry_terms);
    if (d->note) {
        puts("scope note");
        print_wrapped(stdout, d->note, 4);
    }
    if (entry->headings.count > 1)
        printf("%-13s %zu (osler mesh expand %s)\n", "narrower", entry->headings.count - 1, d->ui);
}

static void print_narrower(const osler_mesh_entry *entry)
{
    for (size_t i = 0; i < entry->headings.count; i++) {
        const osler_descriptor *d = &entry->headings.items[i];
        printf("%-10s  %*s%s\n", d->ui, 2 * d->level, "", d->name);
    }
}

static int update(const char *path, bool as_json)
{
    osler_mesh_update_report made;
    osler_error error = {0};
    struct json j = {.out = stdout};
    bool is_year = strlen(path) == 4 && strspn(path, "0123456789") == 4;
    catch_interrupts();
    osler_status status = is_year ? osler_mesh_download((int)strtol(path, NULL, 10), draw_progress,
                                                        NULL, &made, &error)
                                  : osler_mesh_update(path, &made, &error);
    finish_progress();
    if (status != OSLER_OK)
        return report(&error);
    if (!as_json) {
        printf("%llu headings, %llu terms: ", (unsigned long long)made.headings,
               (unsigned long long)made.terms);
        print_inert(stdout, made.path);
        putchar('\n');
        return EXIT_DONE;
    }
    json_open_object(&j, NULL);
    json_integer(&j, "osler", 1);
    json_integer(&j, "headings", (long long)made.headings);
    json_integer(&j, "terms", (long long)made.terms);
    json_text(&j, "path", made.path);
    json_close_object(&j);
    json_end_line(&j);
    return EXIT_DONE;
}

static int run(const void *opaque, int argc, char **argv)
{
    const struct settings *settings = opaque;
    bool expand = argc > 0 && strcmp(argv[0], "expand") == 0;
    int verb = expand || (argc > 0 && strcmp(argv[0], "show") == 0);
    if (argc == 2 && strcmp(argv[0], "update") == 0)
        return update(argv[1], settings->json);
    if (argc != verb + 1) {
        fputs("osler mesh: expected TERM, in quotes, or 'expand TERM' (see 'osler mesh --help')\n",
              stderr);
        return EXIT_BAD_USAGE;
    }
    osler_mesh_entry *entry;
    osler_error error = {0};
    osler_status status = osler_mesh_find(&entry, argv[verb], &error);
    if (entry && settings->json)
        print_json(entry, expand);
    if (status != OSLER_OK || !entry || !entry->headings.count) {
        report(&error);
        for (size_t i = 0; entry && i < entry->suggestions.count; i++)
            fprintf(stderr, "  %s %s\n", i ? "            " : "did you mean",
                    entry->suggestions.items[i]);
    } else if (!settings->json && expand) {
        print_narrower(entry);
    } else if (!settings->json) {
        print_heading(entry);
    }
    osler_mesh_entry_free(entry);
    return exit_code_of(status);
}

const struct command command_mesh = {
    .name = "mesh",
    .arguments = "[show|expand] TERM | update FILE|YEAR",
    .summary = "Look into the MeSH vocabulary, or load NLM's",
    .details =
        "TERM is a heading, an entry term or a UI.  'show', or TERM alone, prints the "
        "heading with its\n"
        "entry terms and tree numbers, 'expand' the headings below it. Built in are headings on\n"
        "headache, neck and back pain and what is done about them; 'update' loads all of MeSH\n"
        "from NLM's descriptor file (desc20NN.xml, plain or gzip, from\n"
        "https://nlmpubs.nlm.nih.gov/projects/mesh/MESH_FILES/xmlmesh/), for every command from\n"
        "then on; a year, such as 2026, downloads it. It is kept in $OSLER_MESH, else in "
        "$XDG_DATA_HOME/osler/mesh.bin;\n"
        "OSLER_MESH=builtin goes back.",
    .examples = "  osler mesh \"tension headache\"\n  osler mesh expand D008881\n  osler mesh "
                "update desc2026.xml\n  osler mesh update 2026",
    .options = options,
    .settings_size = sizeof(struct settings),
    .run = run,
};
