/* osler fetch 10.1/x: works by their DOIs, from PubMed or from Crossref. */
#include "fetch_dois.h"

#include "command.h"
#include "json.h"
#include "output.h"

#include <osler/fetch.h>
#include <string.h>

bool are_dois(int argc, char **argv)
{
    static const char *const starts[] = {"10.", "doi:10.", "https://doi.org/10.",
                                         "http://dx.doi.org/10.", "https://dx.doi.org/10."};
    for (int i = 0; i < argc; i++) {
        bool starts_so = false;
        for (size_t k = 0; k < sizeof starts / sizeof *starts; k++)
            starts_so = starts_so || strncmp(argv[i], starts[k], strlen(starts[k])) == 0;
        if (!starts_so || !strchr(argv[i], '/') || strpbrk(argv[i], " \t\n"))
            return false;
    }
    return argc > 0;
}

static const char *outcome_name(osler_doi_outcome outcome)
{
    switch (outcome) {
    case OSLER_DOI_NOT_ASKED: return "not-asked";
    case OSLER_DOI_PUBMED: return "pubmed";
    case OSLER_DOI_CROSSREF: return "crossref";
    case OSLER_DOI_NOT_FOUND: return "not-found";
    case OSLER_DOI_FAILED: return "failed";
    }
    return "";
}

static size_t count_of(const osler_doi_report *r, osler_doi_outcome outcome)
{
    size_t count = 0;
    for (size_t i = 0; i < r->count; i++)
        count += r->items[i].outcome == outcome;
    return count;
}

static void print_json(const osler_doi_report *r, osler_status status, const osler_error *error)
{
    struct json j = {.out = stdout};
    json_open_object(&j, NULL);
    json_integer(&j, "osler", 1);
    json_open_array(&j, "dois");
    for (size_t i = 0; i < r->count; i++) {
        json_open_object(&j, NULL);
        json_text(&j, "doi", r->items[i].doi);
        json_text(&j, "outcome", outcome_name(r->items[i].outcome));
        json_text(&j, "id", r->items[i].id);
        json_text(&j, "message", r->items[i].message);
        json_close_object(&j);
    }
    json_close_array(&j);
    json_integer(&j, "new", (long long)r->added);
    json_integer(&j, "changed", (long long)r->updated);
    json_integer(&j, "unchanged", (long long)r->unchanged);
    json_text(&j, "error", status == OSLER_OK ? NULL : error->message);
    json_close_object(&j);
    json_end_line(&j);
}

static void print_sums(FILE *out, const osler_doi_report *r)
{
    fprintf(out,
            "asked %zu, got %zu from PubMed and %zu from Crossref: %llu new, %llu changed, %llu "
            "unchanged; %zu not found, %zu failed\n",
            r->count, count_of(r, OSLER_DOI_PUBMED), count_of(r, OSLER_DOI_CROSSREF),
            (unsigned long long)r->added, (unsigned long long)r->updated,
            (unsigned long long)r->unchanged, count_of(r, OSLER_DOI_NOT_FOUND),
            count_of(r, OSLER_DOI_FAILED));
}

static void print_trouble(const osler_doi_report *r)
{
    for (size_t i = 0; i < r->count; i++) {
        const osler_doi_result *one = &r->items[i];
        if (one->outcome != OSLER_DOI_NOT_FOUND && one->outcome != OSLER_DOI_FAILED)
            continue;
        fputs("  ", stderr);
        print_inert(stderr, one->doi);
        fputs(": ", stderr);
        print_inert(stderr,
                    one->message ? one->message : "neither PubMed nor Crossref has a record of it");
        fputc('\n', stderr);
    }
}

static int finish(osler_doi_report *r, bool ids, bool json, osler_status status,
                  const osler_error *error)
{
    size_t got = count_of(r, OSLER_DOI_PUBMED) + count_of(r, OSLER_DOI_CROSSREF);
    for (size_t i = 0; ids && i < r->count; i++)
        if (r->items[i].outcome == OSLER_DOI_PUBMED || r->items[i].outcome == OSLER_DOI_CROSSREF)
            puts(r->items[i].id);
    if (json)
        print_json(r, status, error);
    else if (!common.quiet && (status == OSLER_OK || got))
        print_sums(ids ? stderr : stdout, r);
    fflush(stdout);
    if (!json)
        print_trouble(r);
    int code = got == r->count ? EXIT_DONE : got ? EXIT_PARTIAL : EXIT_NOT_FOUND;
    if (count_of(r, OSLER_DOI_FAILED))
        code = EXIT_PARTIAL;
    if (status != OSLER_OK)
        code = report(error);
    osler_doi_report_free(r);
    return code;
}

int fetch_dois(int argc, char **argv, bool ids, bool json)
{
    osler_library *library = NULL;
    osler_doi_report *r;
    osler_error error = {0};
    osler_fetch_options how = {.progress = draw_progress};
    catch_interrupts();
    if (osler_library_open(&library, common.library, OSLER_LIBRARY_WRITE, &error) != OSLER_OK)
        return report(&error);
    osler_status status = osler_library_fetch_dois(library, (const char *const *)argv, (size_t)argc,
                                                   &how, &r, &error);
    osler_library_close(library);
    finish_progress();
    return finish(r, ids, json, status, &error);
}
