/* osler classify: what kind of study each record of a file is, how large, with which flags. */
#include "command.h"
#include "facts.h"
#include "json.h"
#include "lines.h"
#include "output.h"
#include "witnesses.h"

#include <osler/formats.h>

#include <stdlib.h>
#include <string.h>

struct settings {
    const char *from, *without;
    bool json, witnesses;
};

static const struct option options[] = {
    {"from", 0, "FORMAT", "the format of the files (default: found out from their content)",
     OPTION_TEXT, offsetof(struct settings, from)},
    {"without", 0, "WITNESSES",
     "leave witnesses out: pt (publication types), mesh (headings) or both, as pt,mesh",
     OPTION_TEXT, offsetof(struct settings, without)},
    {"witnesses", 'v', NULL,
     "show what speaks for each design, what contradicts it, and the facts that are stated",
     OPTION_FLAG, offsetof(struct settings, witnesses)},
    {"json", 0, NULL, "print one JSON object a line", OPTION_FLAG, offsetof(struct settings, json)},
    {0},
};

enum { ID_COLUMNS = 10, DESIGN_COLUMNS = 24, N_COLUMNS = 7, LEAST_TITLE = 20 };

/* One run of the command. */
struct run {
    const struct settings *settings;
    osler_appraise_options how;
    struct json json;
    uint64_t records, failed;
    int result; /* of the first file that could not be read, else partial */
};

/* The record's PMID, else the id it has in its source, else its number in the file. */
static const char *id_of(const osler_record *record, uint64_t number, char room[24])
{
    if (record->pmid)
        return record->pmid;
    if (record->key)
        return record->key;
    snprintf(room, 24, "%llu", (unsigned long long)number);
    return room;
}

static void print_padded(const char *text, int columns)
{
    int used = print_cut(stdout, text, columns);
    printf("%*s  ", columns - used, "");
}

static void print_flags(const osler_appraisal *a)
{
    for (size_t i = 0; i < a->flags.count; i++)
        printf("%s%s%s ", style_warn(), a->flags.items[i].name, style_end());
}

static int flag_columns(const osler_appraisal *a)
{
    int columns = 0;
    for (size_t i = 0; i < a->flags.count; i++)
        columns += text_columns(a->flags.items[i].name) + 1;
    return columns;
}

static void print_row(const char *id, const osler_record *record, const osler_appraisal *a)
{
    const char *name = osler_design_name(a->design);
    print_padded(id, ID_COLUMNS);
    print_padded(name ? name : a->design, DESIGN_COLUMNS);
    printf("%4.2f  ", a->confidence);
    if (a->n)
        printf("%*ld  ", N_COLUMNS, a->n);
    else
        printf("%*s  ", N_COLUMNS, "");
    print_flags(a);
    char *title = plain_copy(osler_record_title(record));
    int left = terminal_columns() - ID_COLUMNS - DESIGN_COLUMNS - N_COLUMNS - 12 - flag_columns(a);
    print_cut(stdout, title, left < LEAST_TITLE ? LEAST_TITLE : left);
    putchar('\n');
    free(title);
}

static void print_reasons(const osler_appraisal *a)
{
    print_witnesses(a);
    if (a->n) {
        printf("    n = %ld (%s): ", a->n, a->n_kind);
        print_inert(stdout, a->n_sentence);
        putchar('\n');
    }
    for (size_t i = 0; i < a->flags.count; i++) {
        printf("    %s: ", a->flags.items[i].name);
        print_inert(stdout, a->flags.items[i].reason);
        if (a->flags.items[i].pmid) {
            fputs(", PMID ", stdout);
            print_inert(stdout, a->flags.items[i].pmid);
        }
        putchar('\n');
    }
    for (size_t i = 0; i < a->conflicts.count; i++) {
        fputs("    conflict: ", stdout);
        print_inert(stdout, a->conflicts.items[i]);
        putchar('\n');
    }
}

static void print_heading(void)
{
    fputs(style_dim(), stdout);
    print_padded("id", ID_COLUMNS);
    print_padded("design", DESIGN_COLUMNS);
    printf("conf  %*s  title%s\n", N_COLUMNS, "n", style_end());
}

static void classify_record(struct run *run, const osler_record *record, uint64_t number)
{
    char room[24];
    const char *id = id_of(record, number, room);
    osler_appraisal *appraisal = NULL;
    osler_facts *facts = NULL;
    osler_appraise(&appraisal, record, &run->how);
    if (run->settings->json || run->settings->witnesses)
        osler_facts_read(&facts, record, &run->how);
    if (run->settings->json) {
        json_open_object(&run->json, NULL);
        json_text(&run->json, "id", id);
        json_appraisal(&run->json, appraisal);
        json_facts(&run->json, facts);
        json_close_object(&run->json);
        json_end_line(&run->json);
    } else {
        if (run->records == 0)
            print_heading();
        print_row(id, record, appraisal);
        if (run->settings->witnesses) {
            print_reasons(appraisal);
            print_facts(facts);
        }
    }
    run->records++;
    osler_facts_free(facts);
    osler_appraisal_free(appraisal);
}

static void note(struct run *run, int result)
{
    if (run->result == EXIT_DONE || run->result == EXIT_PARTIAL)
        run->result = result;
}

/* False when the user asked to stop. */
static bool classify_file(struct run *run, const char *path)
{
    osler_reader *reader = NULL;
    osler_error error = {0};
    uint64_t number = 0, sound = run->records;
    osler_status status = osler_reader_open(&reader, path, run->settings->from, &error);
    if (status != OSLER_OK) {
        note(run, report(&error));
        return true;
    }
    for (;;) {
        const osler_item *item;
        error = (osler_error){0};
        status = osler_reader_next(reader, &item, &error);
        if (status == OSLER_END || was_interrupted())
            break;
        if (status == OSLER_OK && item->kind != OSLER_RECORD)
            continue;
        number++;
        if (status == OSLER_OK) {
            classify_record(run, item->record, number);
        } else {
            run->failed++;
            print_error(&error);
        }
    }
    if (run->failed)
        note(run, number && run->records == sound ? EXIT_BAD_INPUT : EXIT_PARTIAL);
    if (osler_reader_guessed(reader))
        print_guessed(path, osler_reader_guessed(reader));
    osler_reader_close(reader);
    return !was_interrupted();
}

/* "pt,mesh"; false after a message when there is another word in it. */
static bool read_without(osler_appraise_options *how, const char *list)
{
    while (list && *list) {
        size_t length = strcspn(list, ",");
        if (length == 2 && strncmp(list, "pt", 2) == 0) {
            how->without_pt = true;
        } else if (length == 4 && strncmp(list, "mesh", 4) == 0) {
            how->without_mesh = true;
        } else {
            fputs("osler classify: --without: expected pt, mesh or pt,mesh, not '", stderr);
            print_inert(stderr, list);
            fputs("'\n", stderr);
            return false;
        }
        list += length + (list[length] == ',');
    }
    return true;
}

static int run(const void *opaque, int argc, char **argv)
{
    const struct settings *settings = opaque;
    struct run run = {.settings = settings, .json = {.out = stdout}};
    if (argc < 1) {
        fputs("osler classify: name at least one file, or - for standard input "
              "(see 'osler classify --help')\n",
              stderr);
        return EXIT_BAD_USAGE;
    }
    if (!read_without(&run.how, settings->without))
        return EXIT_BAD_USAGE;
    catch_interrupts();
    bool more = true;
    for (int i = 0; i < argc && more; i++)
        more = classify_file(&run, argv[i]);
    if (run.failed && !common.quiet)
        fprintf(stderr, "osler: %llu classified, %llu failed\n", (unsigned long long)run.records,
                (unsigned long long)run.failed);
    return more ? run.result : EXIT_INTERRUPTED;
}

const struct command command_classify = {
    .name = "classify",
    .arguments = "FILE... | -",
    .summary = "Tell the study design, size and flags of each record in a file",
    .details =
        "No library is needed.  The design is what the record says of itself, read from its\n"
        "publication types, MeSH headings, registry numbers, title and abstract; it is no\n"
        "appraisal of quality.  n is the number randomized, else enrolled, else analyzed, as the\n"
        "abstract states it.  Records that cannot be read are named with their line; then the\n"
        "exit code is 8.",
    .examples = "  osler classify pubmed-set.xml\n"
                "  osler classify --json --without pt,mesh references.nbib",
    .options = options,
    .settings_size = sizeof(struct settings),
    .run = run,
};
