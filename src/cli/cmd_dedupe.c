/* osler dedupe: which records of files are one work; no library is needed. */
#include "command.h"
#include "json.h"
#include "output.h"

#include <osler/dedupe.h>
#include <osler/formats.h>

#include "file_output.h"

#include <stdlib.h>

struct settings {
    const char *from;
    bool json, tsv;
};

static const struct option options[] = {
    {"from", 0, "FORMAT", "the format of the files (default: found out from their content)",
     OPTION_TEXT, offsetof(struct settings, from)},
    {"tsv", 0, NULL, "print the pairs as lines of tab-separated values", OPTION_FLAG,
     offsetof(struct settings, tsv)},
    {"json", 0, NULL, "print groups and uncertain pairs as one JSON object", OPTION_FLAG,
     offsetof(struct settings, json)},
    {0},
};

static const char *const verdicts[] = {"not", "linked", "review", "merge"};

static void write_member(struct json *j, const osler_duplicate_record *record)
{
    char number[32];
    snprintf(number, sizeof number, "%zu", record->index);
    json_open_object(j, NULL);
    json_text(j, "file", record->file);
    json_integer(j, "index", (long long)record->index);
    json_text(j, "id", record->id ? record->id : number);
    json_close_object(j);
}

/* Groups in the order of their first records; the numbers of members are linked to a chain. */
static void write_groups(struct json *j, const osler_duplicate_record *records, size_t count)
{
    size_t *next = need(calloc(count + 1, sizeof *next));
    size_t *last = need(calloc(count + 1, sizeof *last));
    for (size_t i = 0; i < count; i++) {
        size_t first = records[i].first;
        if (first != i)
            next[last[first] ? last[first] : first] = i;
        last[first] = i;
    }
    json_open_array(j, "groups");
    for (size_t i = 0; i < count; i++) {
        if (records[i].first != i || !next[i])
            continue;
        json_open_array(j, NULL);
        write_member(j, &records[i]);
        for (size_t k = next[i]; k; k = next[k])
            write_member(j, &records[k]);
        json_close_array(j);
    }
    json_close_array(j);
    free(next);
    free(last);
}

static void write_pairs(struct json *j, const char *key, osler_duplicate_verdict verdict,
                        const osler_duplicates *d)
{
    size_t count, pairs;
    const osler_duplicate_record *records = osler_duplicates_records(d, &count);
    const osler_duplicate_pair *pair = osler_duplicates_pairs(d, &pairs);
    json_open_array(j, key);
    for (size_t i = 0; i < pairs; i++, pair++) {
        if (pair->verdict != verdict)
            continue;
        json_open_object(j, NULL);
        json_open_array(j, "records");
        write_member(j, &records[pair->a]);
        write_member(j, &records[pair->b]);
        json_close_array(j);
        json_text(j, "reason", pair->reason);
        json_real(j, "score", pair->score, 3);
        json_close_object(j);
    }
    json_close_array(j);
}

static void print_json(const osler_duplicates *d)
{
    size_t count;
    const osler_duplicate_record *records = osler_duplicates_records(d, &count);
    struct json j = {stdout, false};
    json_open_object(&j, NULL);
    json_integer(&j, "osler", 1);
    write_groups(&j, records, count);
    write_pairs(&j, "review", OSLER_DUPLICATE_REVIEW, d);
    write_pairs(&j, "linked", OSLER_DUPLICATE_LINKED, d);
    json_close_object(&j);
    json_end_line(&j);
}

static void print_pairs(const osler_duplicates *d, bool tsv)
{
    size_t count, pairs;
    const osler_duplicate_record *records = osler_duplicates_records(d, &count);
    const osler_duplicate_pair *pair = osler_duplicates_pairs(d, &pairs);
    if (tsv)
        puts("verdict\tfile\tindex\tfile\tindex\tscore\treason");
    for (size_t i = 0; i < pairs; i++, pair++) {
        const osler_duplicate_record *a = &records[pair->a], *b = &records[pair->b];
        printf(tsv ? "%s\t" : "%-7s ", verdicts[pair->verdict]);
        print_inert(stdout, a->file);
        printf(tsv ? "\t%zu\t" : ":%zu ", a->index);
        print_inert(stdout, b->file);
        printf(tsv ? "\t%zu\t%.3f\t%s\n" : ":%zu  %.3f  %s\n", b->index, pair->score, pair->reason);
    }
}

static size_t count_merged(const osler_duplicates *d)
{
    size_t count, merged = 0;
    const osler_duplicate_record *records = osler_duplicates_records(d, &count);
    for (size_t i = 0; i < count; i++)
        merged += records[i].first != i;
    if (!common.quiet)
        fprintf(stderr, "osler: %zu records, %zu of them duplicates of an earlier one\n", count,
                merged);
    return merged;
}

static int run(const void *opaque, int argc, char **argv)
{
    const struct settings *settings = opaque;
    int result = EXIT_DONE;
    size_t failed = 0;
    if (argc < 1) {
        fprintf(stderr, "osler dedupe: name at least one file (see 'osler dedupe --help')\n");
        return EXIT_BAD_USAGE;
    }
    if (settings->from && !knows_name(settings->from, osler_format_name))
        return usage_of_names("dedupe: --from: no such format; known are", osler_format_name);
    osler_duplicates *d = osler_duplicates_new();
    for (int i = 0; i < argc && result == EXIT_DONE; i++) {
        osler_error error = {0};
        if (osler_duplicates_read(d, argv[i], settings->from, &failed, print_error, &error) !=
            OSLER_OK)
            result = report(&error);
    }
    if (result == EXIT_DONE) {
        osler_duplicates_find(d);
        if (settings->json)
            print_json(d);
        else
            print_pairs(d, settings->tsv);
        result = count_merged(d) ? EXIT_FINDINGS : EXIT_DONE;
        result = failed ? EXIT_PARTIAL : result;
    }
    osler_duplicates_close(d);
    return result;
}

const struct command command_dedupe = {
    .name = "dedupe",
    .arguments = "FILE...",
    .summary = "Find the records of files that are one work",
    .details =
        "No library is needed; the files are not changed.  merge: one work.  review: perhaps one,\n"
        "a person decides.  linked: two works that belong together, such as a preprint and its\n"
        "article.  Records with two PMIDs are never merged.  The exit code is 1 when there are\n"
        "duplicates.",
    .examples = "  osler dedupe medline.nbib embase.ris\n"
                "  osler dedupe medline.nbib embase.ris --json | jq .groups",
    .options = options,
    .settings_size = sizeof(struct settings),
    .run = run,
};
