/* Links as PubMed has them: in batches, each halved down to the one work that cannot be answered.
 */
#include "library/links.h"

#include "base/error.h"
#include "fetch/eutils.h"

#include <stdlib.h>

enum { MAX_UNUSABLE = 30 /* unusable replies in a row: the server is broken, not one work */ };

static const char *const link_names[] = {
    [OSLER_LINK_REFS] = "pubmed_pubmed_refs",
    [OSLER_LINK_CITEDBY] = "pubmed_pubmed_citedin",
    [OSLER_LINK_SIMILAR] = "pubmed_pubmed",
};

/* A PMID that is asked about, and the place of one of its works. */
struct asked {
    uint64_t pmid;
    size_t place;
    bool answered;
};

struct asking {
    struct links_search *search;
    eutils *service;
    struct asked *asked; /* by PMID, then by place */
    size_t count;
    unsigned unusable; /* replies in a row */
};

static bool keep_going(void *state, uint64_t retries)
{
    struct asking *a = state;
    a->search->retries = retries;
    return links_go_on(a->search, "PubMed");
}

static int by_pmid(const void *one, const void *two)
{
    const struct asked *a = one, *b = two;
    int order = (a->pmid > b->pmid) - (a->pmid < b->pmid);
    return order ? order : (a->place > b->place) - (a->place < b->place);
}

static void gather(struct asking *a)
{
    const struct links_search *s = a->search;
    a->asked = arena_alloc(s->memory, (s->count + 1) * sizeof *a->asked);
    for (size_t i = 0; i < s->count; i++)
        if (s->works[i].pmid)
            a->asked[a->count++] = (struct asked){s->works[i].pmid, i, false};
    qsort(a->asked, a->count, sizeof *a->asked, by_pmid);
}

/* The first that has this PMID; `count` when none does. */
static size_t find(const struct asking *a, uint64_t pmid)
{
    size_t low = 0, high = a->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (a->asked[middle].pmid < pmid)
            low = middle + 1;
        else
            high = middle;
    }
    return low < a->count && a->asked[low].pmid == pmid ? low : a->count;
}

/* Sources nobody asked for are passed over; a work is no link of itself. */
static void take_reply(struct asking *a, const elink_reply *reply)
{
    for (size_t i = 0; i < reply->source_count; i++)
        for (size_t k = find(a, reply->sources[i]);
             k < a->count && a->asked[k].pmid == reply->sources[i]; k++)
            a->asked[k].answered = true;
    for (size_t i = 0; i < reply->count; i++) {
        const elink_link *link = &reply->links[i];
        for (size_t k = find(a, link->from); k < a->count && a->asked[k].pmid == link->from; k++) {
            if (link->to == link->from)
                continue;
            struct links_found *found = links_add(a->search, a->asked[k].place, link->to);
            found->shown.in_pubmed = true;
            found->shown.score = link->score;
        }
    }
}

static void give_up(struct asking *a, uint64_t pmid, const osler_error *error)
{
    for (size_t k = find(a, pmid); k < a->count && a->asked[k].pmid == pmid; k++) {
        a->search->works[a->asked[k].place].reason =
            arena_copy(a->search->memory, str_of(error->message));
        a->asked[k].answered = true;
    }
}

static osler_status ask_once(struct asking *a, const uint64_t *pmids, size_t count, bool scored,
                             osler_error *error)
{
    elink_reply reply = {0};
    eutils_links which = {link_names[a->search->options->kind], scored};
    osler_status status = eutils_link(a->service, pmids, count, &which, &reply, error);
    if (status == OSLER_OK)
        take_reply(a, &reply);
    elink_reply_free(&reply);
    return status;
}

static bool is_about_these(osler_status status)
{
    return status == OSLER_EINPUT || status == OSLER_ELIMIT || status == OSLER_ENOTFOUND;
}

/*
 * Ask for `count` works; for fewer at a time when the reply cannot be used.  The scores of a work
 * that is like very many make ELink fail inside, where the links alone still come.
 */
static osler_status ask(struct asking *a, const uint64_t *pmids, size_t count, osler_error *error)
{
    osler_error failure = {0};
    bool scored = a->search->options->kind == OSLER_LINK_SIMILAR;
    osler_status status = ask_once(a, pmids, count, scored, &failure);
    if (is_about_these(status) && ++a->unusable <= MAX_UNUSABLE) {
        size_t half = count / 2;
        if (count > 1) {
            status = ask(a, pmids, half, error);
            return status == OSLER_OK ? ask(a, pmids + half, count - half, error) : status;
        }
        if (scored) {
            status = ask_once(a, pmids, count, false, &failure);
            a->search->without_scores += status == OSLER_OK;
        }
        if (is_about_these(status)) {
            give_up(a, *pmids, &failure);
            return OSLER_OK;
        }
    }
    if (status == OSLER_OK)
        a->unusable = 0;
    else if (error)
        *error = failure;
    if (is_about_these(status)) { /* it is the server */
        status = OSLER_ENETWORK;
        if (error)
            error->status = status;
    }
    return status;
}

/* The PMIDs without an answer, each once, from `*at` on. */
static size_t next_batch(const struct asking *a, size_t *at, uint64_t *pmids)
{
    size_t count = 0;
    for (; *at < a->count && count < EUTILS_LINK_BATCH; ++*at) {
        const struct asked *asked = &a->asked[*at];
        if (!asked->answered && (!count || pmids[count - 1] != asked->pmid))
            pmids[count++] = asked->pmid;
    }
    return count;
}

/* All that has no answer yet. */
static osler_status ask_all(struct asking *a, osler_error *error)
{
    uint64_t pmids[EUTILS_LINK_BATCH];
    size_t at = 0, count;
    osler_status status = OSLER_OK;
    while (status == OSLER_OK && (count = next_batch(a, &at, pmids)) > 0) {
        status = ask(a, pmids, count, error);
        a->search->done = at;
    }
    return status;
}

osler_status links_online(struct links_search *s, osler_error *error)
{
    static const osler_error silent = {.message = "PubMed did not answer for it, asked twice"};
    struct asking a = {.search = s};
    gather(&a);
    s->done = 0;
    s->total = a.count;
    if (!a.count)
        return OSLER_OK;
    osler_status status = eutils_open(&a.service, keep_going, &a, error);
    if (status == OSLER_OK)
        status = ask_all(&a, error);
    if (status == OSLER_OK) /* works that a reply passed over */
        status = ask_all(&a, error);
    for (size_t i = 0; status == OSLER_OK && i < a.count; i++)
        if (!a.asked[i].answered)
            give_up(&a, a.asked[i].pmid, &silent);
    if (a.service)
        s->retries = eutils_retries(a.service);
    eutils_close(a.service);
    return status;
}
