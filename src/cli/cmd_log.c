/* osler log: the journal of what the user changed. */
#include "command.h"
#include "json.h"
#include "output.h"

#include <osler/own.h>
#include <stdlib.h>
#include <string.h>

struct settings {
    struct count limit;
    bool json;
};

static const struct option options[] = {
    {"limit", 'n', "N", "the last N steps, 0: all (default: 20)", OPTION_COUNT,
     offsetof(struct settings, limit)},
    {"json", 0, NULL, "print JSON", OPTION_FLAG, offsetof(struct settings, json)},
    {0},
};

static void print_step(const osler_step *step)
{
    printf("%5llu  %.10s %.5s  ", (unsigned long long)step->number, step->made, step->made + 11);
    print_inert(stdout, step->summary);
    printf("  %llu change%s", (unsigned long long)step->changes, step->changes == 1 ? "" : "s");
    if (step->undone)
        printf("  (taken back by %llu)", (unsigned long long)step->undone);
    putchar('\n');
}

static void write_step(struct json *j, const osler_step *step)
{
    json_open_object(j, NULL);
    json_integer(j, "step", (long long)step->number);
    json_text(j, "made", step->made);
    json_text(j, "summary", step->summary);
    json_integer(j, "changes", (long long)step->changes);
    if (step->undoes)
        json_integer(j, "undoes", (long long)step->undoes);
    if (step->undone)
        json_integer(j, "undone", (long long)step->undone);
    json_close_object(j);
}

/* What the value of a note is begins with the time at which it was written. */
static const char *value_of(const osler_step_change *change, const char *value)
{
    return value && strcmp(change->what, "note") == 0 && strlen(value) > 20 ? value + 20 : value;
}

static void print_change(const osler_step_change *change)
{
    const char *before = value_of(change, change->before), *after = value_of(change, change->after);
    bool list = strcmp(change->what, "list") == 0, note = strcmp(change->what, "note") == 0;
    if (change->id)
        printf("  %-12s  ", change->id);
    else
        fputs("  ", stdout);
    printf("%s %s ", before && after ? "~" : after ? "+" : "-", change->what);
    if (!list && !note)
        print_inert(stdout, change->subject);
    if (before && *before) {
        fputs(list || note ? "" : ": ", stdout);
        print_inert(stdout, before);
    }
    if (before && after)
        fputs(" \xE2\x86\x92 ", stdout);
    else if (after && *after && !list && !note)
        fputs(": ", stdout);
    print_inert(stdout, after ? after : "");
    putchar('\n');
}

static void write_change(struct json *j, const osler_step_change *change)
{
    json_open_object(j, NULL);
    json_text(j, "what", change->what);
    json_text(j, "id", change->id);
    json_text(j, "subject", change->subject);
    json_text(j, "before", value_of(change, change->before));
    json_text(j, "after", value_of(change, change->after));
    json_close_object(j);
}

static void print_log(const struct settings *settings, const osler_log *log, bool steps)
{
    struct json j = {.out = stdout};
    if (settings->json) {
        json_open_object(&j, NULL);
        json_integer(&j, "osler", 1);
        json_open_array(&j, steps ? "steps" : "changes");
    }
    for (size_t i = 0; i < log->step_count; i++) {
        if (settings->json)
            write_step(&j, &log->steps[i]);
        else
            print_step(&log->steps[i]);
    }
    for (size_t i = 0; i < log->change_count; i++) {
        if (settings->json)
            write_change(&j, &log->changes[i]);
        else
            print_change(&log->changes[i]);
    }
    if (settings->json) {
        json_close_array(&j);
        json_close_object(&j);
        json_end_line(&j);
    }
}

static int run(const void *opaque, int argc, char **argv)
{
    const struct settings *settings = opaque;
    osler_library *library;
    osler_log *log = NULL;
    osler_error error = {0};
    char *end = NULL;
    unsigned long step = argc ? strtoul(argv[0], &end, 10) : 0;
    if (argc > 1 || (argc && (*end || !step || *argv[0] == '-'))) {
        fputs("osler log: expected the number of a step, or nothing (see 'osler log --help')\n",
              stderr);
        return EXIT_BAD_USAGE;
    }
    osler_status status = osler_library_open(&library, common.library, OSLER_LIBRARY_READ, &error);
    if (status != OSLER_OK)
        return report(&error);
    status = step ? osler_library_log_step(library, step, &log, &error)
                  : osler_library_log(library, settings->limit.given ? settings->limit.value : 20,
                                      &log, &error);
    if (status == OSLER_OK)
        print_log(settings, log, !step);
    osler_log_free(log);
    osler_library_close(library);
    return status == OSLER_OK ? EXIT_DONE : report(&error);
}

const struct command command_log = {
    .name = "log",
    .arguments = "[N]",
    .summary = "What you changed: tags, notes, keys, lists",
    .details = "Each line is a step, the last first: its number, when it was, and what it did.  "
               "With the\n"
               "number of a step, all it changed is listed.  'osler undo N' takes it back.",
    .options = options,
    .settings_size = sizeof(struct settings),
    .run = run,
};
