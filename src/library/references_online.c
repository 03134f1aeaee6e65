/* References that the library has not: what agrees with one in PubMed, or else in Crossref, is
 * fetched. */
#include "library/references_online.h"

#include "library/crossref_records.h"
#include "library/online.h"
#include "match/match.h"

/* The record that agrees most with one reference. */
struct best {
    uint64_t pmid; /* 0: none does */
    double score;
};

struct search {
    struct online_reference *wanted;
    struct best *best; /* beside each */
    size_t count;
    arena memory, scratch;
};

/* Pairs that score lower are more often two works than one. */
static const double likely = 0.5;

static void compare(void *context, size_t reference, const osler_record *record)
{
    struct search *s = context;
    struct best *best = &s->best[reference];
    struct match_comparison found;
    arena_clear(&s->scratch);
    match_compare(&found, &s->scratch, s->wanted[reference].record, record);
    if (found.score >= likely && found.score > best->score)
        *best = (struct best){online_pmid(record), found.score};
}

/* A record of Crossref's, to be held against the reference that prints its DOI. */
struct agreeing {
    const osler_record *reference;
    arena *scratch;
    struct crossref_stored *stored;
};

static osler_status store_agreeing(void *context, const osler_record *record, str original,
                                   osler_error *error)
{
    const struct agreeing *a = context;
    struct match_comparison found;
    arena_clear(a->scratch);
    match_compare(&found, a->scratch, a->reference, record);
    return found.score >= likely ? crossref_store(a->stored, record, original, error) : OSLER_OK;
}

static osler_status fetch_found(osler_library *library, const struct search *s,
                                const osler_import_options *options, uint64_t *fetched,
                                osler_error *error)
{
    osler_fetch_options how = {.progress = options->progress, .context = options->context};
    osler_pmids found = {0};
    osler_fetch_report *report = NULL;
    for (size_t i = 0; i < s->count; i++)
        if (s->best[i].pmid)
            online_add_pmid(&found, s->best[i].pmid);
    online_sort_pmids(&found);
    osler_status status = OSLER_OK;
    if (found.count)
        status = osler_library_fetch_pmids(library, &found, &how, &report, error);
    if (report)
        *fetched = report->added + report->updated;
    osler_fetch_report_free(report);
    osler_pmids_free(&found);
    return status;
}

/* Crossref's records of what PubMed lacks, by the DOIs that the references print. */
static osler_status fetch_others(osler_library *library, struct search *s,
                                 const osler_import_options *options, uint64_t *fetched,
                                 osler_error *error)
{
    crossref_session session = {.progress = options->progress, .context = options->context};
    osler_status status = OSLER_OK;
    for (size_t i = 0; status == OSLER_OK && i < s->count; i++) {
        struct crossref_stored stored = {.library = library, .host = "Crossref"};
        const osler_record *reference = s->wanted[i].record;
        if (s->best[i].pmid || !s->wanted[i].answered || !reference->doi)
            continue;
        struct agreeing agreeing = {reference, &s->scratch, &stored};
        status = crossref_session_ask(&session, reference->doi, store_agreeing, &agreeing, error);
        *fetched += status == OSLER_OK && stored.id[0] &&
                    (stored.change == STORE_NEW || stored.change == STORE_UPDATED);
        if (status == OSLER_ENOTFOUND)
            status = OSLER_OK;
    }
    crossref_session_end(&session);
    return status;
}

osler_status references_fetch(osler_library *library, const struct reference_list *list,
                              const osler_import_options *options, uint64_t *fetched,
                              osler_error *error)
{
    struct search s = {0};
    struct online_asker asker = {options->progress, options->context, compare, &s};
    *fetched = 0;
    s.wanted = arena_alloc(&s.memory, (list->count + 1) * sizeof *s.wanted);
    s.best = arena_alloc(&s.memory, (list->count + 1) * sizeof *s.best);
    for (size_t i = 0; i < list->count; i++)
        if (list->items[i].verdict == OSLER_NOT_IN_LIBRARY)
            s.wanted[s.count++].record = list->items[i].record;
    osler_status status = online_ask(s.wanted, s.count, &asker, error);
    if (status == OSLER_OK)
        status = fetch_found(library, &s, options, fetched, error);
    if (status == OSLER_OK)
        status = fetch_others(library, &s, options, fetched, error);
    arena_free(&s.memory);
    arena_free(&s.scratch);
    return status;
}
