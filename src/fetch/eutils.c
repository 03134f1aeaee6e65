/* Asking the E-utilities: their forms, and what of a reply is not to be believed. */
#include "fetch/eutils.h"

#include "base/buf.h"
#include "base/error.h"
#include "base/limits.h"
#include "base/memory.h"
#include "fetch/limiter.h"
#include "fetch/service.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { LISTING_TRIES = 3 /* searches whose list is shorter than their count */ };

struct eutils {
    service *service;
};

static const service_plan plan = {
    .variable = "OSLER_EUTILS_URL",
    .home = "https://eutils.ncbi.nlm.nih.gov/entrez/eutils/",
    .path = "/entrez/eutils/",
    .gap = LIMITER_GAP,
    .gap_with_key = LIMITER_GAP_WITH_KEY,
    .has_key = true,
};

osler_status eutils_open(eutils **out, eutils_keep_going keep_going, void *state,
                         osler_error *error)
{
    service *opened;
    *out = NULL;
    osler_status status = service_open(&opened, &plan, keep_going, state, error);
    if (status != OSLER_OK)
        return status;
    *out = memory_alloc(sizeof **out);
    (*out)->service = opened;
    return OSLER_OK;
}

void eutils_close(eutils *e)
{
    if (!e)
        return;
    service_close(e->service);
    memory_free(e);
}

const char *eutils_host(const eutils *e)
{
    return service_host(e->service);
}

str eutils_body(const eutils *e)
{
    return service_body(e->service);
}

uint64_t eutils_retries(const eutils *e)
{
    return service_retries(e->service);
}

static void form_begin(eutils *e)
{
    service_begin(e->service);
    service_add(e->service, "db", str_of("pubmed"));
    service_add(e->service, "retmode", str_of("xml"));
}

static osler_status ask(eutils *e, const char *program, const char *root, osler_error *error)
{
    return service_post(e->service, program, root, error);
}

/* The list must hold what the count promises; a server in trouble forgets that. */
static bool is_listed(const esearch_reply *reply, unsigned max)
{
    return reply->pmids.count >= (reply->count < max ? reply->count : max);
}

/* A search that stays unusable is a failure of the server, unlike a file that is malformed. */
static osler_status as_network(eutils *e, osler_status status, osler_error *error)
{
    if (status != OSLER_EINPUT && status != OSLER_ELIMIT && status != OSLER_ENOTFOUND)
        return status;
    if (error)
        error->status = OSLER_ENETWORK;
    return fail_source(error, OSLER_ENETWORK, eutils_host(e));
}

static void search_form(eutils *e, const char *query, unsigned max)
{
    char number[16];
    snprintf(number, sizeof number, "%u", max);
    form_begin(e);
    service_add(e->service, "term", str_of(query));
    service_add(e->service, "retmax", str_of(number));
    /* The order by relevance, PubMed's default, changes between calls; the date of publication
     * does not, and with a limit the newest are what a reader wants. */
    service_add(e->service, "sort", str_of("pub_date"));
}

osler_status eutils_search(eutils *e, const char *query, unsigned max, esearch_reply *out,
                           osler_error *error)
{
    *out = (esearch_reply){0};
    if (strlen(query) > LIMIT_QUERY)
        return fail(error, OSLER_EUSAGE, 0, "the query is too long");
    search_form(e, query, max);
    for (unsigned attempt = 1;; attempt++) {
        osler_status status = ask(e, "esearch.fcgi", "eSearchResult", error);
        if (status != OSLER_OK)
            return as_network(e, status, error);
        status = esearch_read(out, eutils_body(e), error);
        if (status == OSLER_OK && (attempt >= LISTING_TRIES || is_listed(out, max)))
            return OSLER_OK;
        if (attempt >= LISTING_TRIES)
            return as_network(e, status, error);
        esearch_reply_free(out);
        status = service_pause(e->service, attempt, error);
        if (status != OSLER_OK)
            return status;
    }
}

osler_status eutils_fetch(eutils *e, const uint64_t *pmids, size_t count, str *out,
                          osler_error *error)
{
    buf ids = {0};
    for (size_t i = 0; i < count; i++)
        buf_printf(&ids, "%s%" PRIu64, i ? "," : "", pmids[i]);
    form_begin(e);
    service_add(e->service, "id", buf_str(&ids));
    buf_free(&ids);
    osler_status status = ask(e, "efetch.fcgi", "PubmedArticleSet", error);
    *out = status == OSLER_OK ? eutils_body(e) : (str){0};
    return status;
}

osler_status eutils_match(eutils *e, str lines, str *out, osler_error *error)
{
    form_begin(e);
    service_add(e->service, "bdata", lines);
    osler_status status = ask(e, "ecitmatch.cgi", NULL, error);
    *out = status == OSLER_OK ? eutils_body(e) : (str){0};
    return as_network(e, status, error);
}

/* ELink fails so for some records again and again, while the service is well. */
static bool failed_inside(str body)
{
    str head = str_part(body, 0, 4096);
    return str_contains_ignoring_case(head, str_of("ncbi c++ exception")) ||
           str_contains_ignoring_case(head, str_of("txclient"));
}

osler_status eutils_link(eutils *e, const uint64_t *pmids, size_t count, const eutils_links *which,
                         elink_reply *out, osler_error *error)
{
    form_begin(e);
    service_add(e->service, "dbfrom", str_of("pubmed"));
    service_add(e->service, "cmd", str_of(which->scored ? "neighbor_score" : "neighbor"));
    service_add(e->service, "linkname", str_of(which->name));
    for (size_t i = 0; i < count; i++) { /* "id=1,2" would mix their links */
        char number[24];
        snprintf(number, sizeof number, "%" PRIu64, pmids[i]);
        service_add(e->service, "id", str_of(number));
    }
    service_expect(e->service, which->scored ? failed_inside : NULL); /* without scores it works */
    osler_status status = ask(e, "elink.fcgi", "eLinkResult", error);
    service_expect(e->service, NULL);
    if (status == OSLER_OK)
        status = elink_read(out, eutils_body(e), which->name, error);
    if (status == OSLER_ENETWORK && failed_inside(eutils_body(e)))
        status = OSLER_EINPUT;
    if (status != OSLER_OK && error)
        error->status = status;
    return status == OSLER_OK ? status : fail_source(error, status, eutils_host(e));
}

osler_status eutils_spell(eutils *e, const char *query, char **out, osler_error *error)
{
    *out = NULL;
    form_begin(e);
    service_add(e->service, "term", str_of(query));
    osler_status status = ask(e, "espell.fcgi", "eSpellResult", error);
    if (status == OSLER_OK)
        status = espell_read(out, eutils_body(e), error);
    return as_network(e, status, error);
}
