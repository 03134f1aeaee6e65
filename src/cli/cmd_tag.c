/* osler tag: the user's tags: add, take away, list. */
#include "command.h"
#include "json.h"
#include "lines.h"
#include "output.h"
#include "searching.h"

#include <osler/own.h>
#include <stdlib.h>
#include <string.h>

struct settings {
    bool dry_run, json;
};

static const struct option options[] = {
    {"dry-run", 0, NULL, "change nothing, and say what would be changed", OPTION_FLAG,
     offsetof(struct settings, dry_run)},
    {"json", 0, NULL, "print JSON", OPTION_FLAG, offsetof(struct settings, json)},
    {0},
};

/* One line of a batch, or the command line: tags, and the works that they are for. */
struct line {
    char *text; /* NULL: the command line */
    char **tags;
    size_t tag_count;
    struct id_list ids;
};

struct lines {
    struct line *items;
    size_t count;
};

static int usage(const char *message)
{
    fprintf(stderr, "osler tag: %s (see 'osler tag --help')\n", message);
    return EXIT_BAD_USAGE;
}

static int list_tags(const struct settings *settings, osler_library *library)
{
    osler_tags *tags;
    osler_error error = {0};
    if (osler_library_tags(library, &tags, &error) != OSLER_OK)
        return report(&error);
    struct json j = {.out = stdout};
    if (settings->json) {
        json_open_object(&j, NULL);
        json_integer(&j, "osler", 1);
        json_open_array(&j, "tags");
    }
    for (size_t i = 0; i < tags->count; i++) {
        if (settings->json) {
            json_open_object(&j, NULL);
            json_text(&j, "tag", tags->items[i].name);
            json_integer(&j, "count", (long long)tags->items[i].count);
            json_close_object(&j);
            continue;
        }
        printf("%7llu  ", (unsigned long long)tags->items[i].count);
        print_inert(stdout, tags->items[i].name);
        putchar('\n');
    }
    if (settings->json) {
        json_close_array(&j);
        json_close_object(&j);
        json_end_line(&j);
    }
    osler_tags_free(tags);
    return EXIT_DONE;
}

/* Tags first, then what names the works. */
static int read_words(struct line *line, osler_library *library, int argc, char **argv)
{
    int tags = 0;
    while (tags < argc && strchr("+-", *argv[tags]) && argv[tags][0] && argv[tags][1])
        tags++;
    line->tags = argv;
    line->tag_count = (size_t)tags;
    if (!tags)
        return usage("expected +TAG or -TAG before the works");
    if (tags == argc || (argc == tags + 1 && !*argv[tags]))
        return usage("expected the works to tag: ids, - or a query");
    return name_works(&line->ids, library, argc - tags, argv + tags);
}

/* "+rct -unread -- QUERY", cut into words; the query is one of them. */
static int read_line(struct line *line, osler_library *library)
{
    char *words[128], *rest = line->text;
    int count = 0;
    for (;;) {
        rest += strspn(rest, " \t");
        bool sign = (*rest == '+' || *rest == '-') && strncmp(rest, "-- ", 3) != 0;
        if (!sign || count == 126)
            break;
        words[count++] = rest;
        rest += strcspn(rest, " \t");
        if (*rest)
            *rest++ = '\0';
    }
    if (strncmp(rest, "-- ", 3) == 0)
        rest += 3 + strspn(rest + 3, " \t");
    char **kept = need(calloc((size_t)count + 128, sizeof *kept));
    int tags = count;
    for (int i = 0; i < count; i++)
        kept[i] = words[i];
    if (!strpbrk(rest, " \t") || !is_identifier(rest)) { /* one id, or a query */
        kept[count++] = rest;
    } else {
        for (char *word; count < tags + 127 && (word = strtok_r(rest, " \t", &rest));)
            kept[count++] = word;
    }
    int result = read_words(line, library, count, kept);
    line->tags = kept;
    return result;
}

static struct line *new_line(struct lines *lines)
{
    lines->items = need(realloc(lines->items, (lines->count + 1) * sizeof *lines->items));
    lines->items[lines->count] = (struct line){0};
    return &lines->items[lines->count++];
}

/* The lines of standard input; empty ones and comments are passed over. */
static int read_batch(struct lines *lines, osler_library *library)
{
    char dash[] = "-", *operand = dash;
    struct id_list read;
    int result = EXIT_DONE;
    read_ids(&read, 1, &operand);
    for (size_t i = 0; result == EXIT_DONE && i < read.count; i++) {
        struct line *line = new_line(lines);
        line->text = need(strdup(read.items[i]));
        result = read_line(line, library);
    }
    free_ids(&read);
    return result;
}

static void print_report(const struct settings *settings, const osler_tag_report *r)
{
    if (settings->json) {
        struct json j = {.out = stdout};
        json_open_object(&j, NULL);
        json_integer(&j, "osler", 1);
        json_integer(&j, "works", (long long)r->works);
        json_integer(&j, "added", (long long)r->added);
        json_integer(&j, "removed", (long long)r->removed);
        json_bool(&j, "dry_run", settings->dry_run);
        json_close_object(&j);
        json_end_line(&j);
    } else if (!common.quiet) {
        printf("%llu work%s \xC2\xB7 %llu tag%s added \xC2\xB7 %llu removed%s\n",
               (unsigned long long)r->works, r->works == 1 ? "" : "s", (unsigned long long)r->added,
               r->added == 1 ? "" : "s", (unsigned long long)r->removed,
               settings->dry_run ? " (would be: nothing was changed)" : "");
    }
}

static int apply(const struct settings *settings, osler_library *library, const struct lines *lines)
{
    osler_tag_report done;
    osler_error error = {0};
    osler_tagging *taggings = need(calloc(lines->count + 1, sizeof *taggings));
    for (size_t i = 0; i < lines->count; i++)
        taggings[i] = (osler_tagging){
            (const char *const *)lines->items[i].tags, lines->items[i].tag_count,
            (const char *const *)lines->items[i].ids.items, lines->items[i].ids.count};
    osler_status status =
        osler_library_tag(library, taggings, lines->count, settings->dry_run, &done, &error);
    free(taggings);
    if (status != OSLER_OK)
        return report(&error);
    print_report(settings, &done);
    return EXIT_DONE;
}

static int change(const struct settings *settings, osler_library *library, int argc, char **argv)
{
    struct lines lines = {0};
    bool batch = argc == 1 && strcmp(argv[0], "-") == 0;
    int result =
        batch ? read_batch(&lines, library) : read_words(new_line(&lines), library, argc, argv);
    if (result == EXIT_DONE)
        result = apply(settings, library, &lines);
    for (size_t i = 0; i < lines.count; i++) {
        free_ids(&lines.items[i].ids);
        if (batch)
            free(lines.items[i].tags);
        free(lines.items[i].text);
    }
    free(lines.items);
    return result;
}

static int run(const void *opaque, int argc, char **argv)
{
    osler_library *library;
    osler_error error = {0};
    if (osler_library_open(&library, common.library,
                           argc ? OSLER_LIBRARY_CHANGE : OSLER_LIBRARY_READ, &error) != OSLER_OK)
        return report(&error);
    int result = argc ? change(opaque, library, argc, argv) : list_tags(opaque, library);
    osler_library_close(library);
    return result;
}

const struct command command_tag = {
    .name = "tag",
    .arguments = "[+TAG -TAG... [--] ID...|-|QUERY]",
    .summary = "Add and remove tags, or list them",
    .details =
        "+rct adds the tag rct, -unread removes the tag unread, from the works that follow: ids,\n"
        "- for ids on standard input, or a query, as of 'osler find'.  All of it is done or\n"
        "nothing.  Tags are words; case does not matter, and the spelling that came first stays.\n"
        "'tag:rct' finds them.  'osler undo' takes the last change back.\n"
        "\n"
        "Without operands, all tags are listed with their counts.  'osler tag -' reads changes\n"
        "from standard input, one a line, as '+rct -unread -- QUERY'; all lines are one change, "
        "and\n"
        "all queries are answered before it.",
    .examples = "  osler tag +rct -unread -- 'design:randomized-trial year:2020:2024'\n"
                "  osler find --ids migraine | osler tag +migraine -\n"
                "  osler tag --dry-run +old -- year:1900:1999",
    .signs = true,
    .options = options,
    .settings_size = sizeof(struct settings),
    .run = run,
};
