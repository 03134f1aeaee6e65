/* osler resolve: which record of the library each reference of a list means. */
#include "command.h"
#include "json.h"
#include "lines.h"
#include "output.h"
#include "searching.h"

#include <osler/formats.h>
#include <osler/resolve.h>
#include <stdlib.h>
#include <string.h>

struct settings {
    const char *from, *to;
    bool patch, json, online;
};

static const struct option options[] = {
    {"from", 0, "FORMAT", "the format of the files (default: found out from their content)",
     OPTION_TEXT, offsetof(struct settings, from)},
    {"patch", 0, NULL, "print the list with its repairable references corrected, nothing else",
     OPTION_FLAG, offsetof(struct settings, patch)},
    {"to", 0, "FORMAT",
     "the format of the corrected list (default: that of the file, else csl-json)", OPTION_TEXT,
     offsetof(struct settings, to)},
    {"online", 0, NULL,
     "look in PubMed, then in Crossref, for what the library has not; nothing is stored",
     OPTION_FLAG, offsetof(struct settings, online)},
    {"json", 0, NULL, "print one JSON object a reference", OPTION_FLAG,
     offsetof(struct settings, json)},
    {0},
};

enum { VERDICTS = OSLER_NOT_IN_LIBRARY + 1, INDENT = 6 };

/* One run of the command. */
struct run {
    const struct settings *settings;
    osler_resolver *resolver;
    osler_online_list *list; /* with --online; else NULL */
    bool answered;           /* PubMed was asked for the reference at hand, and has answered */
    osler_writer *writer;    /* with --patch; made for the first file */
    bool is_array;           /* the writer's records are items of a JSON array */
    struct json json;
    uint64_t references, counts[VERDICTS], flagged, failed, in_pubmed, in_crossref, known;
    int failure; /* the exit code of the first failure */
};

static void note_failure(struct run *run, const osler_error *error)
{
    print_error(error);
    run->failed++;
    if (!run->failure)
        run->failure = exit_code_of(error->status);
}

/* -- text ---------------------------------------------------------------------------------------
 */

static const char *verdict_in_words(osler_verdict verdict)
{
    static const char *const words[VERDICTS] = {
        [OSLER_EXACT] = "exact",
        [OSLER_REPAIRABLE] = "repairable",
        [OSLER_CHIMERA] = "chimera: title and authors are of different works",
        [OSLER_AMBIGUOUS] = "ambiguous: several records may be meant",
        [OSLER_NOT_IN_LIBRARY] = "not in this library",
    };
    return words[verdict];
}

static void print_difference(const osler_difference *d)
{
    printf("%*s%-8s ", INDENT, "", d->field);
    print_inert(stdout, *d->given ? d->given : "(nothing)");
    printf("\n%*s%8s -> ", INDENT - 3, "", "");
    print_inert(stdout, *d->record ? d->record : "(nothing)");
    putchar('\n');
}

static void print_candidate(const osler_candidate *c)
{
    printf("%*s", INDENT, "");
    if (c->pmid)
        printf("PMID %s", c->pmid);
    else
        print_inert(stdout, c->id);
    fputs(c->agrees.count ? "  agrees in " : "", stdout);
    for (size_t i = 0; i < c->agrees.count; i++)
        printf("%s%s", i ? ", " : "", c->agrees.items[i]);
    if (!c->in_library)
        printf("  (in %s, not in this library)", c->pmid ? "PubMed" : "Crossref");
    putchar('\n');
    print_title(c->record, INDENT + 2);
    print_authors(c->record, INDENT + 2, 3);
    print_place(c->record, INDENT + 2);
}

static void print_resolution(const struct run *run, const osler_record *reference,
                             const osler_resolution *r)
{
    printf("%3llu  %s%s%s", (unsigned long long)run->references,
           r->verdict == OSLER_EXACT ? "" : style_bold(), verdict_in_words(r->verdict),
           r->verdict == OSLER_EXACT ? "" : style_end());
    if (r->id) {
        fputs(r->pmid ? " · PMID " : " · ", stdout);
        print_inert(stdout, r->id);
    }
    if (r->id && !r->in_library)
        printf(" · in %s, not in this library", r->pmid ? "PubMed" : "Crossref");
    if (run->list && r->verdict == OSLER_NOT_IN_LIBRARY)
        fputs(run->answered ? ", not found in PubMed" : ", PubMed did not answer", stdout);
    for (size_t i = 0; i < r->flags.count; i++)
        printf(" · %s%s%s", style_warn(), r->flags.items[i].name, style_end());
    putchar('\n');
    print_wrapped(stdout, osler_resolver_text(run->resolver, reference), INDENT);
    for (size_t i = 0; i < r->differences.count; i++)
        print_difference(&r->differences.items[i]);
    if (r->verdict == OSLER_NOT_IN_LIBRARY && r->candidates.count)
        printf("%*scomes near, but is another work as far as its fields say:\n", INDENT, "");
    for (size_t i = 0; i < r->candidates.count; i++)
        print_candidate(&r->candidates.items[i]);
}

/* -- JSON ---------------------------------------------------------------------------------------
 */

static void json_candidates(struct json *j, const osler_candidate_list *list, bool online)
{
    json_open_array(j, "candidates");
    for (size_t i = 0; i < list->count; i++) {
        const osler_candidate *c = &list->items[i];
        json_open_object(j, NULL);
        json_text(j, "id", c->id);
        json_text(j, "pmid", c->pmid);
        json_real(j, "score", c->score, 4);
        if (online)
            json_bool(j, "in_library", c->in_library);
        json_texts(j, "agrees", &c->agrees);
        json_plain(j, "title", osler_record_title(c->record));
        json_close_object(j);
    }
    json_close_array(j);
}

static void json_resolution(struct run *run, const osler_record *reference,
                            const osler_resolution *r)
{
    struct json *j = &run->json;
    json_open_object(j, NULL);
    json_integer(j, "index", (long long)run->references);
    json_text(j, "text", osler_resolver_text(run->resolver, reference));
    json_text(j, "verdict", osler_verdict_name(r->verdict));
    json_text(j, "id", r->id);
    json_text(j, "pmid", r->pmid);
    json_real(j, "score", r->score, 4);
    json_open_array(j, "differences");
    for (size_t i = 0; i < r->differences.count; i++) {
        const osler_difference *d = &r->differences.items[i];
        json_open_object(j, NULL);
        json_text(j, "field", d->field);
        json_text(j, "given", d->given);
        json_text(j, "record", d->record);
        json_close_object(j);
    }
    json_close_array(j);
    json_open_array(j, "flags");
    for (size_t i = 0; i < r->flags.count; i++)
        json_text(j, NULL, r->flags.items[i].name);
    json_close_array(j);
    json_candidates(j, &r->candidates, run->list);
    if (run->list) {
        json_bool(j, "in_library", r->in_library);
        json_bool(j, "pubmed_answered", run->answered);
    }
    json_close_object(j);
    json_end_line(j);
}

/* -- the corrected list -------------------------------------------------------------------------
 */

static bool open_writer(struct run *run, const char *format)
{
    osler_error error = {0};
    if (run->writer)
        return true;
    if (run->settings->to)
        format = run->settings->to;
    osler_status status = osler_writer_new(&run->writer, format, &error);
    if (status == OSLER_EFORMAT && !run->settings->to) {
        format = "csl-json";
        status = osler_writer_new(&run->writer, format, &error);
    }
    if (status != OSLER_OK) {
        note_failure(run, &error);
        return false;
    }
    run->is_array = strcmp(format, "csl-json") == 0;
    return true;
}

static void print_corrected(struct run *run, const osler_record *record)
{
    if (run->is_array)
        fputs(run->references == 1 ? "[\n" : ",\n", stdout);
    else if (run->references > 1)
        putchar('\n');
    fputs(osler_writer_write(run->writer, record, NULL), stdout);
}

/* -- files --------------------------------------------------------------------------------------
 */

static void print_result(struct run *run, const osler_record *reference, const osler_resolution *r)
{
    run->references++;
    run->counts[r->verdict]++;
    run->flagged += r->flags.count > 0;
    run->known += !run->list || run->answered || r->verdict != OSLER_NOT_IN_LIBRARY;
    run->in_pubmed += r->pmid && !r->in_library;
    run->in_crossref += r->id && !r->pmid && !r->in_library;
    if (run->settings->patch)
        print_corrected(run, r->corrected ? r->corrected : reference);
    else if (run->settings->json)
        json_resolution(run, reference, r);
    else
        print_resolution(run, reference, r);
}

static void resolve(struct run *run, const osler_record *reference)
{
    osler_error error = {0};
    const osler_resolution *r = NULL;
    osler_status status = run->list ? osler_online_list_add(run->list, reference, &error)
                                    : osler_resolve(run->resolver, reference, &r, &error);
    if (status != OSLER_OK)
        note_failure(run, &error);
    else if (r)
        print_result(run, reference, r);
}

/* All that was read, with what PubMed says; when it fails, with what is known. */
static void resolve_online(struct run *run)
{
    osler_error error = {0};
    osler_status status = osler_online_list_ask(run->list, draw_progress, NULL, &error);
    finish_progress();
    if (status != OSLER_OK)
        note_failure(run, &error);
    while (!was_interrupted()) {
        const osler_record *reference;
        const osler_resolution *r;
        error = (osler_error){0};
        status = osler_online_list_next(run->list, &reference, &r, &run->answered, &error);
        if (status == OSLER_END)
            break;
        if (status != OSLER_OK)
            note_failure(run, &error);
        else
            print_result(run, reference, r);
    }
}

static void resolve_file(struct run *run, const char *path)
{
    osler_reader *reader = NULL;
    osler_error error = {0};
    if (osler_reader_open(&reader, path, run->settings->from, &error) != OSLER_OK) {
        note_failure(run, &error);
        return;
    }
    bool ready = !run->settings->patch || open_writer(run, osler_reader_format(reader));
    while (ready && !was_interrupted()) {
        const osler_item *item;
        error = (osler_error){0};
        osler_status status = osler_reader_next(reader, &item, &error);
        if (status == OSLER_END)
            break;
        if (status != OSLER_OK)
            note_failure(run, &error);
        else if (item->kind == OSLER_RECORD)
            resolve(run, item->record);
    }
    if (osler_reader_guessed(reader))
        print_guessed(path, osler_reader_guessed(reader));
    osler_reader_close(reader);
}

static void print_sums(const struct run *run)
{
    fprintf(stderr, "osler: %llu reference%s", (unsigned long long)run->references,
            run->references == 1 ? "" : "s");
    for (unsigned v = 0; v < VERDICTS; v++)
        if (run->counts[v])
            fprintf(stderr, " · %llu %s", (unsigned long long)run->counts[v],
                    osler_verdict_name((osler_verdict)v));
    if (run->in_pubmed)
        fprintf(stderr, " · %llu of these in PubMed only", (unsigned long long)run->in_pubmed);
    if (run->in_crossref)
        fprintf(stderr, " · %llu in Crossref only", (unsigned long long)run->in_crossref);
    if (run->flagged)
        fprintf(stderr, " · %llu with integrity flags", (unsigned long long)run->flagged);
    if (run->failed)
        fprintf(stderr, " · %llu failed", (unsigned long long)run->failed);
    fputc('\n', stderr);
}

static int exit_code(const struct run *run)
{
    if (was_interrupted())
        return EXIT_INTERRUPTED;
    if (run->failure)
        return run->known ? EXIT_PARTIAL : run->failure;
    return run->counts[OSLER_EXACT] == run->references && !run->flagged ? EXIT_DONE : EXIT_FINDINGS;
}

static int run(const void *opaque, int argc, char **argv)
{
    const struct settings *settings = opaque;
    struct run run = {.settings = settings, .json = {.out = stdout}};
    osler_library *library;
    osler_error error = {0};
    if (argc < 1) {
        fputs("osler resolve: name at least one file, or - for standard input "
              "(see 'osler resolve --help')\n",
              stderr);
        return EXIT_BAD_USAGE;
    }
    catch_interrupts();
    osler_status status = open_libraries(&library, &error);
    if (status != OSLER_OK)
        return report(&error);
    status = osler_resolver_open(&run.resolver, library, &error);
    if (status != OSLER_OK)
        note_failure(&run, &error);
    if (run.resolver && settings->online)
        osler_online_list_new(&run.list, run.resolver);
    for (int i = 0; i < argc && run.resolver && !was_interrupted(); i++)
        resolve_file(&run, argv[i]);
    if (run.list && !was_interrupted())
        resolve_online(&run);
    if (run.writer && run.is_array && run.references)
        fputs("\n]\n", stdout);
    if (!common.quiet)
        print_sums(&run);
    osler_writer_free(run.writer);
    osler_online_list_free(run.list);
    osler_resolver_close(run.resolver);
    osler_library_close(library);
    return exit_code(&run);
}

const struct command command_resolve = {
    .name = "resolve",
    .arguments = "FILE... | -",
    .summary = "Find the record that each reference of a list means, and what differs",
    .details =
        "The library answers; only --online looks elsewhere.  Each reference is exact,\n"
        "repairable (one record is meant, but fields differ: both values are printed), a chimera\n"
        "(the title of one work with the authors of another), ambiguous, or not in this library,\n"
        "which says nothing about whether it exists.  An abbreviated journal, 'et al.', initials,\n"
        "short page ranges, case and accents are no differences.  Integrity flags of the record\n"
        "are named.  Nothing is taken from a record that does not match.  The exit code is 1\n"
        "unless all are exact and without flags.\n"
        "\n"
        "With --online PubMed is asked for those that are not in this library (the citation, its\n"
        "DOI and its title go to NCBI), and what agrees is said to be in PubMed.  Of what PubMed\n"
        "has not, Crossref is asked for the DOI, where the reference prints one.  When one fails\n"
        "all that is known is printed; the exit code is 8, or 5 or 6 when nothing is known.",
    .examples = "  osler resolve references.ris\n"
                "  osler resolve --json references.bib\n"
                "  osler resolve --online references.txt\n"
                "  osler resolve --patch references.bib >corrected.bib",
    .several_libraries = true,
    .options = options,
    .settings_size = sizeof(struct settings),
    .run = run,
};
