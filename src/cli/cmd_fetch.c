/* osler fetch: from PubMed into the library, every record or its name. */
#include "command.h"
#include "fetch_baseline.h"
#include "fetch_dois.h"
#include "json.h"
#include "output.h"

#include <osler/fetch.h>
#include <stdlib.h>
#include <string.h>

enum { SHOWN = 400 }; /* troubled PMIDs named in the report for people; --json names all */

struct settings {
    struct count limit;
    const char *save, *filter, *baseline;
    bool dry_run, json, ids, resume, restart;
};

static const struct option options[] = {
    {"limit", 'n', "N", "fetch at most N records, the newest; 0: all (the default)", OPTION_COUNT,
     offsetof(struct settings, limit)},
    {"save", 0, "NAME", "keep the query in the library under this name", OPTION_TEXT,
     offsetof(struct settings, save)},
    {"filter", 0, "NAME",
     "narrow the query by a filter of PubMed's Clinical Queries, such as therapy/narrow; list: "
     "print them",
     OPTION_TEXT, offsetof(struct settings, filter)},
    {"baseline", 0, "DIR|URL",
     "take in NLM's baseline or update files of a folder here or on the web, in their order",
     OPTION_TEXT, offsetof(struct settings, baseline)},
    {"resume", 0, NULL, "go on with the last fetch that was interrupted, whatever it was",
     OPTION_FLAG, offsetof(struct settings, resume)},
    {"restart", 0, NULL, "begin anew although the same fetch was interrupted", OPTION_FLAG,
     offsetof(struct settings, restart)},
    {"dry-run", 0, NULL, "show the count and how PubMed reads the query; fetch nothing",
     OPTION_FLAG, offsetof(struct settings, dry_run)},
    {"json", 0, NULL, "print the report as JSON", OPTION_FLAG, offsetof(struct settings, json)},
    {"ids", 0, NULL, "print the PMIDs that arrived, one a line", OPTION_FLAG,
     offsetof(struct settings, ids)},
    {0},
};

/* The report for people goes to stdout unless data go there. */
static FILE *report_stream(const struct settings *s)
{
    return s->ids || s->json ? stderr : stdout;
}

static void print_number(FILE *out, uint64_t number)
{
    if (number >= 1000) {
        print_number(out, number / 1000);
        fprintf(out, ",%03u", (unsigned)(number % 1000));
    } else {
        fprintf(out, "%u", (unsigned)number);
    }
}

static void print_counted(FILE *out, uint64_t number, const char *one, const char *many)
{
    print_number(out, number);
    fprintf(out, " %s", number == 1 ? one : many);
}

/* "2026-11-20T09:30:00Z" for people. */
static void print_time(FILE *out, const char *time)
{
    fprintf(out, "%.10s %.5s UTC", time, strlen(time) > 11 ? time + 11 : "");
}

/* ---- After the search -------------------------------------------------------------------------
 */

static void show_search(void *context, const osler_fetch_report *r)
{
    const struct settings *s = context;
    FILE *out = report_stream(s);
    finish_progress();
    if (common.quiet)
        return;
    if (*r->resumed) {
        fputs("going on with the fetch of ", out);
        print_time(out, r->resumed);
        fputs(": ", out);
        print_counted(out, r->before, "record is", "records are");
        fputs(" in the library already\n", out);
    }
    if (!r->query)
        return;
    fputs("PubMed finds ", out);
    print_counted(out, r->count, "record", "records");
    if (r->asked < r->count) {
        fputs(", of which the newest ", out);
        print_number(out, r->asked);
        fputs(s->dry_run ? " would be fetched" : " are fetched", out);
    }
    fputc('\n', out);
    if (r->translation && *r->translation) {
        fputs("  read as: ", out);
        print_inert(out, r->translation);
        fputc('\n', out);
    }
    for (size_t i = 0; i < r->warnings.count; i++) {
        fputs("  note: ", out);
        print_inert(out, r->warnings.items[i]);
        fputc('\n', out);
    }
    if (r->suggestion) {
        fputs("  did you mean: ", out);
        print_inert(out, r->suggestion);
        fputc('\n', out);
    }
    fflush(out);
}

static void show_ids(void *context, const uint64_t *pmids, size_t count)
{
    (void)context;
    for (size_t i = 0; i < count; i++)
        printf("%llu\n", (unsigned long long)pmids[i]);
    fflush(stdout);
}

/* ---- The report -------------------------------------------------------------------------------
 */

static void print_closing_line(FILE *out, const osler_fetch_report *r)
{
    fputs("asked ", out);
    print_number(out, r->asked);
    fputs(", got ", out);
    print_number(out, r->got);
    if (r->before) {
        fputs(" and before the interruption ", out);
        print_number(out, r->before);
    }
    fputs(": ", out);
    print_number(out, r->added);
    fputs(" new, ", out);
    print_number(out, r->updated);
    fputs(" changed, ", out);
    print_number(out, r->unchanged);
    fputs(" unchanged", out);
    if (r->older) {
        fputs(", ", out);
        print_number(out, r->older);
        fputs(" older than yours", out);
    }
    fputs("; ", out);
    print_number(out, r->missing);
    fputs(" missing, ", out);
    print_number(out, r->failed);
    fputs(" failed\n", out);
}

/* The PMIDs with one kind of trouble, with the reason when each has its own. */
static void print_trouble(const osler_fetch_report *r, osler_fetch_trouble trouble,
                          const char *label, bool reasons)
{
    uint64_t shown = 0, all = 0;
    for (size_t i = 0; i < r->problems.count; i++) {
        const osler_fetch_problem *p = &r->problems.items[i];
        if (p->trouble != trouble || ++all > SHOWN)
            continue;
        if (reasons || shown == 0)
            fprintf(stderr, "%s  %s", reasons && shown ? "\n" : "", label);
        fprintf(stderr, " %llu", (unsigned long long)p->pmid);
        if (reasons) {
            fputs(": ", stderr);
            print_inert(stderr, p->message);
        }
        shown++;
    }
    if (all > shown) {
        fprintf(stderr, "%s and ", reasons ? "\n " : "");
        print_number(stderr, all - shown);
        fputs(" more (--json names all)", stderr);
    }
    if (all)
        fputc('\n', stderr);
}

static void print_report(const struct settings *s, const osler_fetch_report *r)
{
    FILE *out = report_stream(s);
    if (!common.quiet)
        print_closing_line(out, r);
    fflush(out);
    print_trouble(r, OSLER_FETCH_MISSING, "missing (PubMed sent no record for it):", false);
    print_trouble(r, OSLER_FETCH_FAILED, "failed:", true);
    print_trouble(r, OSLER_FETCH_UNEXPECTED, "sent although not asked for, not stored:", false);
    if (r->unlisted) {
        fputs("  PubMed counted ", stderr);
        print_counted(stderr, r->unlisted, "record", "records");
        fputs(" more than it listed\n", stderr);
    }
}

static const char *trouble_name(osler_fetch_trouble trouble)
{
    switch (trouble) {
    case OSLER_FETCH_MISSING: return "missing";
    case OSLER_FETCH_FAILED: return "failed";
    case OSLER_FETCH_UNEXPECTED: return "unexpected";
    }
    return "";
}

static void print_problem(struct json *j, const osler_fetch_problem *problem)
{
    char pmid[24];
    snprintf(pmid, sizeof pmid, "%llu", (unsigned long long)problem->pmid);
    json_open_object(j, NULL);
    json_text(j, "pmid", problem->pmid ? pmid : NULL);
    json_text(j, "trouble", trouble_name(problem->trouble));
    json_text(j, "message", problem->message);
    json_close_object(j);
}

static void print_json(const struct settings *s, const osler_fetch_report *r, osler_status status,
                       const osler_error *error)
{
    struct json j = {.out = stdout};
    json_open_object(&j, NULL);
    json_integer(&j, "osler", 1);
    json_text(&j, "query", r->query);
    json_text(&j, "translation", r->translation);
    json_text(&j, "suggestion", r->suggestion);
    json_integer(&j, "count", (long long)r->count);
    json_texts(&j, "warnings", &r->warnings);
    json_integer(&j, "asked", (long long)r->asked);
    if (!s->dry_run) {
        json_integer(&j, "got", (long long)r->got);
        json_integer(&j, "before", (long long)r->before);
        json_text(&j, "resumed", *r->resumed ? r->resumed : NULL);
        json_integer(&j, "new", (long long)r->added);
        json_integer(&j, "changed", (long long)r->updated);
        json_integer(&j, "unchanged", (long long)r->unchanged);
        json_integer(&j, "older", (long long)r->older);
        json_integer(&j, "missing", (long long)r->missing);
        json_integer(&j, "failed", (long long)r->failed);
        json_integer(&j, "unexpected", (long long)r->unexpected);
        json_integer(&j, "unlisted", (long long)r->unlisted);
        json_integer(&j, "retries", (long long)r->retries);
        json_bool(&j, "complete", r->complete);
        json_open_array(&j, "problems");
        for (size_t i = 0; i < r->problems.count; i++)
            print_problem(&j, &r->problems.items[i]);
        json_close_array(&j);
    }
    json_text(&j, "error", status == OSLER_OK ? NULL : error->message);
    json_close_object(&j);
    json_end_line(&j);
}

/* ---- The work ---------------------------------------------------------------------------------
 */

static bool is_pmid_list(int argc, char **argv)
{
    for (int i = 0; i < argc; i++)
        if (strspn(argv[i], "0123456789,") != strlen(argv[i]) || !*argv[i])
            return false;
    return true;
}

/* The operands with one space between them; free() it. */
static char *joined(int argc, char **argv)
{
    size_t length = 1;
    for (int i = 0; i < argc; i++)
        length += strlen(argv[i]) + 1;
    char *text = need(calloc(1, length)), *end = text;
    for (int i = 0; i < argc; i++)
        end += sprintf(end, "%s%s", i ? " " : "", argv[i]);
    return text;
}

static int list_filters(void)
{
    const osler_clinical_filter *filter;
    puts("name               sensitivity  specificity  source of the two");
    for (unsigned i = 0; (filter = osler_clinical_filter_at(i)) != NULL; i++) {
        printf("%-17s  %11s  %11s  %s\n", filter->name,
               *filter->sensitivity ? filter->sensitivity : "-",
               *filter->specificity ? filter->specificity : "-", filter->source);
        print_wrapped(stdout, filter->query, 4);
    }
    puts("Percent of what the developers of each filter measured; not of your search.");
    return EXIT_DONE;
}

/* The operands as a query, under the filter if there is one; free() it.  NULL: there is no such
 * filter. */
static char *filtered(const char *name, int argc, char **argv, osler_error *error)
{
    const osler_clinical_filter *filter;
    char *query = joined(argc, argv);
    if (!name)
        return query;
    char *whole = NULL;
    if (osler_clinical_filter_find(&filter, name, error) == OSLER_OK) {
        size_t size = strlen(query) + strlen(filter->query) + sizeof "() AND ";
        whole = need(calloc(1, size));
        snprintf(whole, size, "(%s) AND %s", query, filter->query);
    }
    free(query);
    return whole;
}

static osler_status read_pmids(osler_pmids *list, int argc, char **argv, osler_error *error)
{
    if (argc == 1 && strcmp(argv[0], "-") == 0)
        return osler_pmids_read(list, "-", error);
    char *text = joined(argc, argv);
    osler_status status = osler_pmids_parse(list, text, strlen(text), NULL, error);
    free(text);
    return status;
}

static int finish(const struct settings *s, osler_fetch_report *r, osler_status status,
                  const osler_error *error)
{
    finish_progress();
    if (!r)
        return report(error);
    int code = s->dry_run || r->complete ? EXIT_DONE : EXIT_PARTIAL;
    if (s->json)
        print_json(s, r, status, error);
    else if (!s->dry_run && (status == OSLER_OK || r->got))
        print_report(s, r);
    fflush(stdout);
    if (status != OSLER_OK)
        code = report(error);
    if (status != OSLER_OK && r->got && !common.quiet)
        fputs("What was got is in the library; the same command goes on with the rest.\n", stderr);
    osler_fetch_report_free(r);
    return code;
}

/* `pmids` is NULL for a query, both are when an interrupted fetch goes on. */
static int fetch(const struct settings *s, const char *query, const osler_pmids *pmids)
{
    osler_fetch_options how = {.limit = s->limit.value,
                               .save = s->save,
                               .restart = s->restart,
                               .progress = draw_progress,
                               .context = (void *)(uintptr_t)s,
                               .found = s->json ? NULL : show_search,
                               .stored = s->ids ? show_ids : NULL};
    osler_fetch_report *r = NULL;
    osler_library *library = NULL;
    osler_error error = {0};
    osler_status status;
    catch_interrupts();
    if (s->dry_run) {
        status = osler_pubmed_count(query, &how, &r, &error);
        return finish(s, r, status, &error);
    }
    if (osler_library_open(&library, common.library, OSLER_LIBRARY_WRITE, &error) != OSLER_OK)
        return report(&error);
    if (s->resume)
        status = osler_library_fetch_resume(library, &how, &r, &error);
    else
        status = pmids ? osler_library_fetch_pmids(library, pmids, &how, &r, &error)
                       : osler_library_fetch(library, query, &how, &r, &error);
    osler_library_close(library);
    return finish(s, r, status, &error);
}

static bool usage_error(const char *what)
{
    fprintf(stderr, "osler fetch: %s (see 'osler fetch --help')\n", what);
    return false;
}

static bool check_usage(const struct settings *s, int argc, bool listed)
{
    if (s->filter && (s->resume || listed))
        return usage_error("--filter needs a query");
    if (s->resume && (argc || s->restart || s->dry_run || s->save || s->limit.value))
        return usage_error("--resume goes alone: the interrupted fetch says what is asked for");
    if (argc < 1 && !s->resume)
        return usage_error("a query or PMIDs must follow");
    if (s->ids && s->json)
        return usage_error("--ids and --json exclude each other");
    if (s->dry_run && (listed || s->ids))
        return usage_error("--dry-run needs a query and prints no PMIDs");
    if (s->save && (listed || s->dry_run))
        return usage_error("--save needs a query that is fetched");
    if (s->save && !*s->save)
        return usage_error("--save needs a name");
    return true;
}

static bool check_baseline(const struct settings *s, int argc)
{
    if (argc || s->filter || s->save || s->limit.given || s->resume || s->restart || s->dry_run ||
        s->ids)
        return usage_error("--baseline goes alone, or with --json");
    return true;
}

static bool check_dois(const struct settings *s, bool dois)
{
    if (dois && (s->limit.given || s->save || s->filter || s->dry_run || s->restart))
        return usage_error("with DOIs only --ids and --json have a meaning");
    return true;
}

static int run(const void *opaque, int argc, char **argv)
{
    const struct settings *s = opaque;
    osler_error error = {0};
    osler_pmids pmids = {0};
    bool listed = (argc && is_pmid_list(argc, argv)) || (argc == 1 && strcmp(argv[0], "-") == 0);
    int code;
    if (s->filter && strcmp(s->filter, "list") == 0)
        return list_filters();
    if (s->baseline)
        return check_baseline(s, argc) ? fetch_baseline(s->baseline, s->json) : EXIT_BAD_USAGE;
    bool dois = are_dois(argc, argv);
    if (!check_usage(s, argc, listed) || !check_dois(s, dois))
        return EXIT_BAD_USAGE;
    if (dois) {
        code = fetch_dois(argc, argv, s->ids, s->json);
    } else if (s->resume) {
        code = fetch(s, NULL, NULL);
    } else if (listed) {
        code = read_pmids(&pmids, argc, argv, &error) == OSLER_OK ? fetch(s, NULL, &pmids)
                                                                  : report(&error);
    } else {
        char *query = filtered(s->filter, argc, argv, &error);
        code = query ? fetch(s, query, NULL) : report(&error);
        free(query);
    }
    osler_pmids_free(&pmids);
    return code;
}

const struct command command_fetch = {
    .name = "fetch",
    .arguments = "QUERY | PMID... | DOI... | -",
    .summary = "Fetch records from PubMed into the library",
    .details =
        "QUERY is a search in PubMed's own language; several arguments are joined. Arguments of\n"
        "digits alone are PMIDs; - reads PMIDs from standard input (digits, 'PMID: 123' or PubMed\n"
        "addresses; # begins a comment). All records are fetched unless --limit says otherwise;\n"
        "their count is shown first. Every PMID is either in the library afterwards or named:\n"
        "exit status 8 says that some are missing or failed. A fetch that was interrupted, however "
        "it\n"
        "ended, goes on where it was when the same command is given within seven days.\n\n"
        "Arguments that are all DOIs are looked for in PubMed, and what PubMed has not is fetched\n"
        "from Crossref; those that neither has are named.\n\n"
        "--baseline takes in NLM's baseline and update files (pubmed26n0001.xml.gz), each held\n"
        "against its .md5 and in the order of their numbers; the same command goes on where it\n"
        "was.  The first that is damaged or lacking is named, and those behind it wait.\n\n"
        "When PubMed finds nothing, or not all phrases of the query, its own spelling of the "
        "query\n"
        "is suggested. --filter adds a published search filter to the query: of the records of a\n"
        "kind of study, its sensitivity is the part that it lets through, as its developers\n"
        "measured.\n\n"
        "NCBI asks for your address in NCBI_EMAIL. With a key in NCBI_API_KEY eight requests a\n"
        "second are made in place of two and a half.",
    .examples = "  osler fetch 'tension-type headache AND manipulation[ti]'\n"
                "  osler fetch --limit 100 --save neck 'neck pain AND randomized[tiab]'\n"
                "  osler fetch --filter therapy/narrow 'tension-type headache'\n"
                "  osler fetch 25056061 17984275\n"
                "  osler fetch 10.1093/nar/gks1195\n"
                "  osler fetch - < pmids.txt\n"
                "  osler fetch --baseline https://ftp.ncbi.nlm.nih.gov/pubmed/updatefiles/",
    .shown = true,
    .options = options,
    .settings_size = sizeof(struct settings),
    .run = run,
};
