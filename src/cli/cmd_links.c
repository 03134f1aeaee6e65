/* osler links: what works cite, what cites them, what is like them. */
#include "command.h"
#include "json.h"
#include "lines.h"
#include "output.h"
#include "searching.h"

#include <osler/fetch.h>
#include <osler/links.h>
#include <stdlib.h>
#include <string.h>

struct settings {
    struct count limit;
    bool online, fetch, ids, json;
};

static const struct option options[] = {
    {"online", 0, NULL, "ask PubMed, beside what the records of the library say", OPTION_FLAG,
     offsetof(struct settings, online)},
    {"fetch", 0, NULL, "fetch the linked works that the library has not from PubMed", OPTION_FLAG,
     offsetof(struct settings, fetch)},
    {"limit", 'n', "N", "at most N links of each work (default: all)", OPTION_COUNT,
     offsetof(struct settings, limit)},
    {"ids", 0, NULL, "print the PMIDs alone, each once, one a line", OPTION_FLAG,
     offsetof(struct settings, ids)},
    {"json", 0, NULL, "print one JSON object", OPTION_FLAG, offsetof(struct settings, json)},
    {0},
};

static const struct {
    const char *name, *heading;
} kinds[] = {
    [OSLER_LINK_REFS] = {"refs", "cites"},
    [OSLER_LINK_CITEDBY] = {"citedby", "is cited by"},
    [OSLER_LINK_SIMILAR] = {"similar", "is like"},
};

struct run {
    const struct settings *settings;
    osler_link_kind kind;
    osler_library *library; /* NULL: there is none */
    osler_links *links;
    osler_fetch_report *fetched;
};

/* ---- Choosing ---------------------------------------------------------------------------------
 */

/* Keep the first of each work. */
static void limit_links(struct run *run)
{
    osler_link_list *list = &run->links->list;
    unsigned long most = run->settings->limit.value, of_work = 0;
    size_t kept = 0;
    for (size_t i = 0; most && i < list->count; i++) {
        bool same = i && list->items[i].from == list->items[i - 1].from;
        of_work = same ? of_work + 1 : 1;
        if (of_work <= most)
            list->items[kept++] = list->items[i];
    }
    if (most)
        list->count = kept;
}

static int by_text(const void *one, const void *two)
{
    return strcmp(*(const char *const *)one, *(const char *const *)two);
}

/* The PMIDs that are not in the library, each once, with a space between them; free() it. */
static char *missing_pmids(const osler_link_list *list)
{
    const char **pmids = need(calloc(list->count + 1, sizeof *pmids));
    size_t count = 0, used = 0, length = 1;
    for (size_t i = 0; i < list->count; i++)
        if (list->items[i].pmid && !list->items[i].id)
            pmids[count++] = list->items[i].pmid;
    qsort(pmids, count, sizeof *pmids, by_text);
    for (size_t i = 0; i < count; i++)
        length += strlen(pmids[i]) + 1;
    char *text = need(calloc(1, length));
    for (size_t i = 0; i < count; i++)
        if (!i || strcmp(pmids[i], pmids[i - 1]) != 0)
            used += (size_t)snprintf(text + used, length - used, "%s ", pmids[i]);
    free(pmids);
    return text;
}

/* ---- Fetching ---------------------------------------------------------------------------------
 */

static int fetch_missing(struct run *run)
{
    char *text = missing_pmids(&run->links->list);
    osler_fetch_options how = {.progress = draw_progress};
    osler_pmids pmids = {0};
    osler_error error = {0};
    osler_library *library = NULL;
    osler_status status = osler_pmids_parse(&pmids, text, strlen(text), NULL, &error);
    free(text);
    if (status == OSLER_OK && pmids.count)
        status = osler_library_open(&library, common.library, OSLER_LIBRARY_WRITE, &error);
    if (library)
        status = osler_library_fetch_pmids(library, &pmids, &how, &run->fetched, &error);
    finish_progress();
    osler_library_close(library);
    osler_pmids_free(&pmids);
    if (status != OSLER_OK)
        return report(&error);
    return !run->fetched || run->fetched->complete ? EXIT_DONE : EXIT_PARTIAL;
}

static void print_fetched(const struct run *run)
{
    const osler_fetch_report *r = run->fetched;
    if (!run->settings->fetch || common.quiet)
        return;
    if (!r) {
        fputs("osler: nothing to fetch\n", stderr);
        return;
    }
    fprintf(stderr, "osler: asked %llu, got %llu: %llu new; %llu missing, %llu failed\n",
            (unsigned long long)r->asked, (unsigned long long)r->got, (unsigned long long)r->added,
            (unsigned long long)r->missing, (unsigned long long)r->failed);
    for (size_t i = 0; i < r->problems.count; i++) {
        fprintf(stderr, "  %llu: ", (unsigned long long)r->problems.items[i].pmid);
        print_inert(stderr, r->problems.items[i].message);
        fputc('\n', stderr);
    }
}

/* ---- Printing ---------------------------------------------------------------------------------
 */

static void print_ids(const osler_link_list *list)
{
    const char **pmids = need(calloc(list->count + 1, sizeof *pmids));
    size_t count = 0;
    for (size_t i = 0; i < list->count; i++)
        if (list->items[i].pmid)
            pmids[count++] = list->items[i].pmid;
    /* Only what comes from several works can come twice. */
    const char **sorted = need(calloc(count + 1, sizeof *sorted));
    bool *printed = need(calloc(count + 1, sizeof *printed));
    memcpy(sorted, pmids, count * sizeof *pmids);
    qsort(sorted, count, sizeof *sorted, by_text);
    for (size_t i = 0; i < count; i++) {
        size_t low = 0, high = count;
        while (low < high) {
            size_t middle = low + (high - low) / 2;
            if (strcmp(sorted[middle], pmids[i]) < 0)
                low = middle + 1;
            else
                high = middle;
        }
        if (!printed[low])
            puts(pmids[i]);
        printed[low] = true;
    }
    free(printed);
    free(sorted);
    free(pmids);
}

static void print_known(const struct run *run, const osler_link *link)
{
    osler_citation *citation;
    if (osler_library_get(run->library, link->id, &citation, NULL) != OSLER_OK)
        return;
    print_title(citation->record, 6);
    print_authors(citation->record, 6, 3);
    print_place(citation->record, 6);
    osler_citation_free(citation);
}

static void print_link(const struct run *run, const osler_link *link, unsigned number)
{
    printf("%3u  ", number);
    if (link->pmid)
        printf("PMID %s", link->pmid);
    else
        print_inert(stdout, link->id ? link->id : link->doi ? link->doi : "no identifier");
    if (link->score)
        printf(" · score %llu", (unsigned long long)link->score);
    fputs(link->id ? "" : " · not in this library", stdout);
    if (link->in_pubmed && link->recorded)
        fputs(" · the record and PubMed say so", stdout);
    putchar('\n');
    if (link->id && run->library)
        print_known(run, link);
    else if (link->text)
        print_wrapped(stdout, link->text, 6);
}

static void print_links(const struct run *run)
{
    const osler_link_list *list = &run->links->list;
    unsigned number = 0;
    for (size_t i = 0; i < list->count; i++) {
        const osler_link *link = &list->items[i];
        bool first = !i || link->from != list->items[i - 1].from;
        if (first) {
            printf("%s%s", i ? "\n" : "", style_bold());
            print_inert(stdout, link->from);
            printf(" %s%s\n", kinds[run->kind].heading, style_end());
        }
        number = first ? 1 : number + 1;
        print_link(run, link, number);
    }
}

static void print_json(const struct run *run, osler_status status, const osler_error *error)
{
    struct json j = {stdout, false};
    json_open_object(&j, NULL);
    json_integer(&j, "osler", 1);
    json_text(&j, "kind", kinds[run->kind].name);
    json_bool(&j, "online", run->settings->online);
    json_open_array(&j, "links");
    for (size_t i = 0; i < run->links->list.count; i++) {
        const osler_link *link = &run->links->list.items[i];
        json_open_object(&j, NULL);
        json_text(&j, "from", link->from);
        json_text(&j, "id", link->id);
        json_text(&j, "pmid", link->pmid);
        json_text(&j, "doi", link->doi);
        json_plain(&j, "text", link->text);
        if (link->score)
            json_integer(&j, "score", (long long)link->score);
        json_bool(&j, "recorded", link->recorded);
        json_bool(&j, "in_pubmed", link->in_pubmed);
        json_close_object(&j);
    }
    json_close_array(&j);
    json_open_array(&j, "unanswered");
    for (size_t i = 0; i < run->links->unanswered.count; i++) {
        json_open_object(&j, NULL);
        json_text(&j, "id", run->links->unanswered.items[i].id);
        json_text(&j, "reason", run->links->unanswered.items[i].reason);
        json_close_object(&j);
    }
    json_close_array(&j);
    json_integer(&j, "without_scores", (long long)run->links->without_scores);
    json_text(&j, "error", status == OSLER_OK ? NULL : error->message);
    json_close_object(&j);
    json_end_line(&j);
}

static void print_unanswered(const struct run *run, osler_status status)
{
    const osler_links *links = run->links;
    for (size_t i = 0; i < links->unanswered.count; i++) {
        fputs("osler: ", stderr);
        print_inert(stderr, links->unanswered.items[i].id);
        fputs(": ", stderr);
        print_inert(stderr, links->unanswered.items[i].reason);
        fputc('\n', stderr);
    }
    if (links->without_scores && !common.quiet)
        fprintf(stderr, "osler: PubMed gave no scores of %llu of these works\n",
                (unsigned long long)links->without_scores);
    if (status == OSLER_OK && !links->list.count && !links->unanswered.count && !common.quiet)
        fprintf(stderr, "osler: no links are known%s\n",
                run->settings->online ? "" : " to this library (--online asks PubMed)");
}

/* ---- The work ---------------------------------------------------------------------------------
 */

static int look(struct run *run, const struct id_list *ids)
{
    const struct settings *s = run->settings;
    osler_links_options how = {.kind = run->kind, .online = s->online, .progress = draw_progress};
    osler_error error = {0};
    osler_status status = osler_library_links(
        &run->links, run->library, (const char *const *)ids->items, ids->count, &how, &error);
    finish_progress();
    limit_links(run);
    if (s->json)
        print_json(run, status, &error);
    else if (s->ids)
        print_ids(&run->links->list);
    else
        print_links(run);
    fflush(stdout);
    print_unanswered(run, status);
    size_t unanswered = run->links->unanswered.count;
    if (status != OSLER_OK)
        return report(&error);
    int code = s->fetch ? fetch_missing(run) : EXIT_DONE;
    print_fetched(run);
    if (!code && unanswered)
        code = unanswered < ids->count ? EXIT_PARTIAL : EXIT_NOT_FOUND;
    return code;
}

static bool all_digits(int argc, char **argv)
{
    for (int i = 0; i < argc; i++)
        if (!*argv[i] || strspn(argv[i], "0123456789") != strlen(argv[i]))
            return false;
    return true;
}

static bool read_kind(struct run *run, int argc, char **argv)
{
    for (size_t i = 0; argc > 1 && i < sizeof kinds / sizeof *kinds; i++) {
        if (strcmp(argv[0], kinds[i].name) != 0)
            continue;
        run->kind = (osler_link_kind)i;
        return true;
    }
    fputs("osler links: expected refs, citedby or similar, then ids or a query "
          "(see 'osler links --help')\n",
          stderr);
    return false;
}

static int run(const void *opaque, int argc, char **argv)
{
    struct run run = {.settings = opaque};
    osler_error error = {0};
    struct id_list ids;
    if (!read_kind(&run, argc, argv))
        return EXIT_BAD_USAGE;
    if (run.settings->ids && run.settings->json) {
        fputs("osler links: --ids and --json exclude each other\n", stderr);
        return EXIT_BAD_USAGE;
    }
    catch_interrupts();
    osler_status status = open_libraries(&run.library, &error);
    bool without =
        status == OSLER_ENOTFOUND && run.settings->online && all_digits(argc - 1, argv + 1);
    if (status != OSLER_OK && !without)
        return report(&error);
    int code = EXIT_DONE;
    if (run.library)
        code = name_works(&ids, run.library, argc - 1, argv + 1);
    else
        read_ids(&ids, argc - 1, argv + 1);
    if (!code)
        code = look(&run, &ids);
    free_ids(&ids);
    osler_links_free(run.links);
    osler_fetch_report_free(run.fetched);
    osler_library_close(run.library);
    return code;
}

const struct command command_links = {
    .name = "links",
    .arguments = "refs|citedby|similar ID...|QUERY|-",
    .summary = "What works cite, what cites them, what is like them",
    .details =
        "refs are the works that a work cites, citedby those that cite it, similar those that\n"
        "PubMed finds like it, with its score. The works are named by ids (see 'osler show\n"
        "--help'), or by a query to the library.\n\n"
        "The records of the library answer: their reference lists, read from either end. Records\n"
        "of PubMed often have none, so that no link says nothing. With --online PubMed is asked "
        "as\n"
        "well (refs only of what is in PubMed Central); it alone knows what is similar. A PMID "
        "then\n"
        "need not be in the library. With --fetch the linked works that the library has not are\n"
        "fetched, with all that 'osler fetch' proves. Works that could not be answered for are\n"
        "named; the exit code is then 8, or 3 when there was no answer at all.",
    .examples = "  osler links refs 21385086\n"
                "  osler links citedby --online --ids 21385086 | osler fetch -\n"
                "  osler links similar --online --limit 20 --fetch 21385086",
    .several_libraries = true,
    .options = options,
    .settings_size = sizeof(struct settings),
    .run = run,
};
