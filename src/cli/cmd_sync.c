/* osler sync: saved searches run again, and what happened to their records. */
#include "changes.h"
#include "command.h"
#include "json.h"
#include "output.h"

#include <osler/sync.h>
#include <stdlib.h>
#include <string.h>

enum { SHOWN = 20 }; /* records of one kind named for people; --json names all */

struct settings {
    bool json, list, forget, all;
};

static const struct option options[] = {
    {"all", 0, NULL,
     "ask again for every record whose status is not final, also for those asked for lately",
     OPTION_FLAG, offsetof(struct settings, all)},
    {"list", 0, NULL, "list the saved searches; run none", OPTION_FLAG,
     offsetof(struct settings, list)},
    {"forget", 0, NULL, "forget the saved searches named, not the records they found", OPTION_FLAG,
     offsetof(struct settings, forget)},
    {"json", 0, NULL,
     "print a JSON object a line: each record with what happened, then each search", OPTION_FLAG,
     offsetof(struct settings, json)},
    {0},
};

/* By osler_sync_event: the name in JSON, and the words for the sum. */
static const struct {
    const char *name, *words;
} kinds[OSLER_SYNC_EVENTS] = {
    [OSLER_SYNC_NEW] = {"new", "new"},
    [OSLER_SYNC_JOINED] = {"joined", "older and matching now"},
    [OSLER_SYNC_FLAGGED] = {"flagged", "retracted or otherwise flagged"},
    [OSLER_SYNC_INDEXED] = {"indexed", "newly indexed"},
    [OSLER_SYNC_CHANGED] = {"changed", "changed"},
    [OSLER_SYNC_LEFT] = {"left", "left the search"},
    [OSLER_SYNC_GONE] = {"gone", "deleted or merged"},
    [OSLER_SYNC_UNEXPLAINED] = {"unexplained", "unexplained"},
};

struct syncing {
    const struct settings *s;
    unsigned shown[OSLER_SYNC_EVENTS]; /* of the search at hand */
    bool complete;
};

static void print_item_json(const osler_sync_item *item)
{
    struct json j = {.out = stdout};
    char pmid[24];
    snprintf(pmid, sizeof pmid, "%llu", (unsigned long long)item->pmid);
    json_open_object(&j, NULL);
    json_text(&j, "search", item->search);
    json_text(&j, "pmid", pmid);
    json_text(&j, "event", kinds[item->event].name);
    json_bool(&j, "lost", item->lost);
    json_text(&j, "title", item->title);
    if (item->change)
        json_change(&j, item->change);
    json_close_object(&j);
    json_end_line(&j);
}

static void print_item(void *context, const osler_sync_item *item)
{
    struct syncing *sync = context;
    enum { TITLE = 80 };
    finish_progress();
    if (sync->s->json) {
        print_item_json(item);
        return;
    }
    if (++sync->shown[item->event] > SHOWN || common.quiet)
        return;
    printf("  %llu  %s  ", (unsigned long long)item->pmid, kinds[item->event].words);
    print_cut(stdout, item->title, TITLE);
    putchar('\n');
    if (!item->change)
        return;
    fputs("      ", stdout);
    print_change_words(stdout, item->change);
    putchar('\n');
}

static void print_problems(const osler_fetch_report *f)
{
    for (size_t i = 0; i < f->warnings.count; i++) {
        fputs("  note: ", stderr);
        print_inert(stderr, f->warnings.items[i]);
        fputc('\n', stderr);
    }
    for (size_t i = 0; i < f->problems.count && i < SHOWN; i++) {
        fprintf(stderr, "  %llu: ", (unsigned long long)f->problems.items[i].pmid);
        print_inert(stderr, f->problems.items[i].message);
        fputc('\n', stderr);
    }
    if (f->problems.count > SHOWN)
        fprintf(stderr, "  and %zu more\n", f->problems.count - SHOWN);
}

static void print_report_json(const osler_sync_report *r)
{
    struct json j = {.out = stdout};
    json_open_object(&j, NULL);
    json_integer(&j, "osler", 1);
    json_text(&j, "search", r->name);
    json_text(&j, "query", r->query);
    json_text(&j, "translation", r->fetch->translation);
    json_text(&j, "last", *r->last ? r->last : NULL);
    json_integer(&j, "before", (long long)r->before);
    json_integer(&j, "added", (long long)r->added);
    json_integer(&j, "lost", (long long)r->lost);
    json_integer(&j, "now", (long long)r->now);
    json_integer(&j, "count", (long long)r->count);
    json_bool(&j, "balanced", r->balanced);
    json_integer(&j, "asked", (long long)r->fetch->asked);
    json_integer(&j, "got", (long long)r->fetch->got + (long long)r->fetch->before);
    for (size_t i = 0; i < OSLER_SYNC_EVENTS; i++)
        json_integer(&j, kinds[i].name, (long long)r->events[i]);
    json_texts(&j, "warnings", &r->fetch->warnings);
    json_bool(&j, "complete", r->complete);
    json_close_object(&j);
    json_end_line(&j);
}

static void print_report(void *context, const osler_sync_report *r)
{
    struct syncing *sync = context;
    sync->complete &= r->complete;
    finish_progress();
    if (sync->s->json) {
        print_report_json(r);
        return;
    }
    for (size_t i = 0; i < OSLER_SYNC_EVENTS && !common.quiet; i++)
        if (sync->shown[i] > SHOWN)
            printf("  and %u more %s\n", sync->shown[i] - SHOWN, kinds[i].words);
    memset(sync->shown, 0, sizeof sync->shown);
    print_inert(stdout, r->name);
    printf(": %llu before + %llu came - %llu left = %llu now%s\n", (unsigned long long)r->before,
           (unsigned long long)r->added, (unsigned long long)r->lost, (unsigned long long)r->now,
           r->balanced ? "" : ", which does not agree with PubMed's count");
    if (!r->balanced)
        printf("  PubMed counts %llu\n", (unsigned long long)r->count);
    bool any = false;
    for (size_t i = 0; i < OSLER_SYNC_EVENTS; i++) {
        if (!r->events[i])
            continue;
        printf("%s%llu %s", any ? ", " : "  ", (unsigned long long)r->events[i], kinds[i].words);
        any = true;
    }
    puts(any ? "" : "  nothing has changed");
    fflush(stdout);
    print_problems(r->fetch);
}

/* ---- Saved searches ---------------------------------------------------------------------------
 */

static void print_search(void *context, const osler_saved_search *search)
{
    const struct settings *s = context;
    struct json j = {.out = stdout};
    if (s->json) {
        json_open_object(&j, NULL);
        json_text(&j, "search", search->name);
        json_text(&j, "query", search->query);
        json_text(&j, "translation", search->translation);
        json_text(&j, "last", search->last);
        json_integer(&j, "count", (long long)search->count);
        json_close_object(&j);
        json_end_line(&j);
        return;
    }
    print_inert(stdout, search->name);
    if (search->last)
        printf("  %llu records, run %.10s", (unsigned long long)search->count, search->last);
    else
        fputs("  not run to its end yet", stdout);
    fputs("\n    ", stdout);
    print_inert(stdout, search->query);
    putchar('\n');
}

static int manage(const struct settings *s, int argc, char **argv)
{
    osler_library *library = NULL;
    osler_error error = {0};
    osler_status status = osler_library_open(
        &library, common.library, s->forget ? OSLER_LIBRARY_WRITE : OSLER_LIBRARY_READ, &error);
    if (status == OSLER_OK && s->list)
        status = osler_library_searches(library, print_search, (void *)(uintptr_t)s, &error);
    for (int i = 0; status == OSLER_OK && i < argc; i++)
        status = osler_library_forget_search(library, argv[i], &error);
    osler_library_close(library);
    return status == OSLER_OK ? EXIT_DONE : report(&error);
}

static bool check_usage(const struct settings *s, int argc)
{
    const char *wrong = NULL;
    if (s->list && (s->forget || argc))
        wrong = "--list goes without names and without --forget";
    else if (s->forget && !argc)
        wrong = "--forget needs the names of saved searches";
    if (wrong)
        fprintf(stderr, "osler sync: %s (see 'osler sync --help')\n", wrong);
    return !wrong;
}

static int run(const void *opaque, int argc, char **argv)
{
    const struct settings *s = opaque;
    if (!check_usage(s, argc))
        return EXIT_BAD_USAGE;
    if (s->list || s->forget)
        return manage(s, argc, argv);
    struct syncing sync = {.s = opaque, .complete = true};
    osler_text_list names = {(const char **)(void *)argv, (size_t)argc};
    osler_sync_options how = {.all = s->all,
                              .progress = draw_progress,
                              .context = &sync,
                              .item = print_item,
                              .done = print_report};
    osler_library *library = NULL;
    osler_error error = {0};
    catch_interrupts();
    osler_status status = osler_library_open(&library, common.library, OSLER_LIBRARY_WRITE, &error);
    if (status == OSLER_OK)
        status = osler_library_sync(library, &names, &how, &error);
    osler_library_close(library);
    finish_progress();
    if (status != OSLER_OK)
        return report(&error);
    return sync.complete ? EXIT_DONE : EXIT_PARTIAL;
}

const struct command command_sync = {
    .name = "sync",
    .arguments = "[NAME...] | --list | --forget NAME...",
    .summary = "Run saved searches again, and say what happened to their records",
    .details =
        "Searches are saved by osler fetch --save NAME QUERY. The whole result is listed; fetched "
        "is\n"
        "what is new, what PubMed changed or indexed since the last run (with two days of "
        "overlap),\n"
        "what was not final two weeks ago (again after two weeks, later after a quarter of the\n"
        "record's time here, half a year at most; --all: now), retracted works that the library "
        "does\n"
        "not know to be, and what has left the result, to see why. Nothing is taken out of the "
        "library. What came or\n"
        "left although PubMed changed nothing is called unexplained. Exit status 8: the numbers "
        "do\n"
        "not agree, or something could not be fetched.",
    .examples = "  osler sync\n"
                "  osler sync neck --json\n"
                "  osler sync --list",
    .options = options,
    .settings_size = sizeof(struct settings),
    .run = run,
};
