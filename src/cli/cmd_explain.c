/* osler explain: why a record stands where it stands. */
#include "command.h"
#include "output.h"
#include "ranking.h"
#include "searching.h"

static const struct option options[] = {
    {"for", 0, "INTERVENTION", "as in osler evidence", OPTION_TEXT,
     offsetof(struct ranking_settings, intervention)},
    {"question", 0, "KIND", "as in osler evidence", OPTION_TEXT,
     offsetof(struct ranking_settings, question)},
    {"scheme", 0, "NAME", "as in osler evidence", OPTION_TEXT,
     offsetof(struct ranking_settings, scheme)},
    {"as-of", 0, "DATE", "as in osler evidence", OPTION_TEXT,
     offsetof(struct ranking_settings, as_of)},
    {"json", 0, NULL, "print JSON", OPTION_FLAG, offsetof(struct ranking_settings, json)},
    {0},
};

static void print_all(const osler_evidence *e, const osler_ranked_list *list)
{
    for (size_t i = 0; i < list->count; i++)
        print_explanation(e, &list->items[i]);
}

static void print_text(const osler_evidence *e)
{
    print_ranking_header(e);
    putchar('\n');
    print_all(e, &e->results);
    print_all(e, &e->unscored);
    print_all(e, &e->excluded);
    print_all(e, &e->weak);
    print_level_note(e);
}

static int run(const void *opaque, int argc, char **argv)
{
    const struct ranking_settings *settings = opaque;
    if (argc != 2) {
        fputs("osler explain: expected a condition and the id of a record (see 'osler explain "
              "--help')\n",
              stderr);
        return EXIT_BAD_USAGE;
    }
    osler_evidence_options how = {
        .intervention = settings->intervention,
        .question = settings->question,
        .scheme = settings->scheme,
        .as_of = settings->as_of,
    };
    osler_library *library = NULL;
    osler_evidence *evidence = NULL;
    osler_error error = {0};
    osler_status status = open_libraries(&library, &error);
    if (status == OSLER_OK)
        status = osler_evidence_explain(&evidence, library, argv[0], argv[1], &how, &error);
    if (status != OSLER_OK)
        print_unknown(evidence, &error, settings->json);
    else if (settings->json)
        json_ranking(evidence, true);
    else
        print_text(evidence);
    osler_evidence_free(evidence);
    osler_library_close(library);
    return exit_code_of(status);
}

const struct command command_explain = {
    .name = "explain",
    .arguments = "CONDITION ID",
    .summary = "Say why a record stands where it stands in the ranking",
    .details =
        "Prints every factor of the score with its source; the numbers multiply to the score.\n"
        "For a record that is not ranked it says why.",
    .examples = "  osler explain \"tension headache\" 990000001 --for omt",
    .several_libraries = true,
    .options = options,
    .settings_size = sizeof(struct ranking_settings),
    .run = run,
};
