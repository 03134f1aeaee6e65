/* osler diff: what is new, changed or deleted in the library since a day. */
#include "changes.h"
#include "command.h"
#include "output.h"
#include "searching.h"

#include <osler/history.h>
#include <stdlib.h>

struct settings {
    const char *since;
    bool json, ids;
};

static const struct option options[] = {
    {"since", 0, "DATE", "by imports and fetches from that day on (YYYY-MM-DD)", OPTION_TEXT,
     offsetof(struct settings, since)},
    {"json", 0, NULL, "print one JSON object a line", OPTION_FLAG, offsetof(struct settings, json)},
    {"ids", 0, NULL, "print the ids alone, one a line", OPTION_FLAG,
     offsetof(struct settings, ids)},
    {0},
};

struct printing {
    const struct settings *s;
    unsigned long long counts[3];
};

static const char *const kinds[] = {"new", "changed", "deleted"};

static void print_text(const osler_difference *d)
{
    enum { TITLE = 100 };
    printf("%s%s%s  %s  ", style_bold(), d->id, style_end(), kinds[d->kind]);
    print_cut(stdout, d->title, TITLE);
    putchar('\n');
    if (d->kind != OSLER_DIFFERENCE_CHANGED)
        return;
    fputs("    ", stdout);
    print_change_words(stdout, &d->change);
    putchar('\n');
}

static void print_json(const osler_difference *d)
{
    struct json j = {.out = stdout};
    json_open_object(&j, NULL);
    json_text(&j, "id", d->id);
    json_text(&j, "kind", kinds[d->kind]);
    json_text(&j, "when", d->when);
    json_text(&j, "title", d->title);
    if (d->kind == OSLER_DIFFERENCE_CHANGED)
        json_change(&j, &d->change);
    json_close_object(&j);
    json_end_line(&j);
}

static bool print_one(void *context, const osler_difference *d)
{
    struct printing *p = context;
    p->counts[d->kind]++;
    if (p->s->ids)
        puts(d->id);
    else if (p->s->json)
        print_json(d);
    else
        print_text(d);
    return !was_interrupted();
}

static int run(const void *opaque, int argc, char **argv)
{
    const struct settings *s = opaque;
    struct printing p = {.s = s};
    osler_library *library = NULL;
    osler_error error = {0};
    (void)argv;
    if (argc || !s->since || (s->json && s->ids)) {
        fputs("osler diff: expected --since DATE, and --json or --ids (see 'osler diff --help')\n",
              stderr);
        return EXIT_BAD_USAGE;
    }
    catch_interrupts();
    osler_status status = open_libraries(&library, &error);
    if (status == OSLER_OK)
        status = osler_library_diff(library, s->since, print_one, &p, &error);
    osler_library_close(library);
    if (status != OSLER_OK)
        return report(&error);
    fflush(stdout);
    if (!common.quiet && !s->json && !s->ids)
        printf("%llu new, %llu changed, %llu deleted since %s\n", p.counts[0], p.counts[1],
               p.counts[2], s->since);
    return EXIT_DONE;
}

const struct command command_diff = {
    .name = "diff",
    .arguments = "--since DATE",
    .summary = "Say which records are new, changed or deleted since a day",
    .details =
        "DATE is the day (UTC) of imports and fetches, not of the records: everything that they\n"
        "brought from then on is held against what the library had before.",
    .examples = "  osler diff --since 2026-11-01\n"
                "  osler diff --since 2026-11-01 --json",
    .options = options,
    .settings_size = sizeof(struct settings),
    .run = run,
};
