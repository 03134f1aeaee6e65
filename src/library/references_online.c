/* References that the library has not: candidates from PubMed, compared before one is kept. */
#include "library/references_online.h"

#include "base/error.h"
#include "base/memory.h"
#include "match/match.h"
#include "record/record.h"

#include <osler/fetch.h>
#include <stdio.h>
#include <stdlib.h>

/* One reference that is looked for. */
struct wanted {
    const osler_record *record;
    uint64_t best; /* the PMID that agrees most; 0: none does */
    double score;
};

/* A record that may be a reference. */
struct candidate {
    uint64_t pmid;
    size_t wanted;
};

struct search {
    const osler_import_options *options;
    struct wanted *wanted;
    osler_printed_citation *citations;
    osler_fetch_candidates *matches;
    size_t count;
    struct candidate *candidates; /* by PMID */
    size_t candidate_count;
    arena memory, scratch;
};

static bool go_on(void *context, const osler_progress *progress)
{
    const struct search *s = context;
    return !s->options->progress || s->options->progress(s->options->context, progress);
}

/* Pairs that score lower are more often two works than one. */
static const double likely = 0.5;

static void print_citation(arena *memory, osler_printed_citation *out, const osler_record *record)
{
    const osler_name *name = osler_record_next_name(record, "author", NULL);
    int year = osler_record_year(record);
    buf text = {0};
    *out = (osler_printed_citation){
        .journal = record->container_title_medline ? record->container_title_medline
                                                   : record->container_title,
        .volume = record->volume,
        .first_page = record->page_first,
        .doi = record->doi,
    };
    if (year) {
        buf_printf(&text, "%d", year);
        out->year = arena_copy(memory, buf_str(&text));
        buf_clear(&text);
    }
    if (name && name->family) {
        buf_printf(&text, "%s%s%s", name->family, name->initials ? " " : "",
                   name->initials ? name->initials : "");
        out->author = arena_copy(memory, buf_str(&text));
        buf_clear(&text);
    }
    if (osler_record_title(record)) {
        markup_add_text(&text, str_of(osler_record_title(record)));
        out->title = arena_copy(memory, buf_str(&text));
    }
    buf_free(&text);
}

static int by_pmid(const void *one, const void *two)
{
    const struct candidate *a = one, *b = two;
    int order = (a->pmid > b->pmid) - (a->pmid < b->pmid);
    return order ? order : (a->wanted > b->wanted) - (a->wanted < b->wanted);
}

static void gather_candidates(struct search *s)
{
    for (size_t i = 0; i < s->count; i++)
        for (unsigned k = 0; k < s->matches[i].count; k++) {
            struct candidate *c = arena_append(&s->memory, &s->candidates, &s->candidate_count,
                                               sizeof *s->candidates);
            *c = (struct candidate){s->matches[i].pmids[k], i};
        }
    if (s->candidate_count)
        qsort(s->candidates, s->candidate_count, sizeof *s->candidates, by_pmid);
}

/* A record that PubMed sent, against each reference that it is a candidate for. */
static void compare(void *context, const osler_record *record)
{
    struct search *s = context;
    uint64_t pmid = record->pmid ? strtoull(record->pmid, NULL, 10) : 0;
    size_t low = 0, high = s->candidate_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (s->candidates[middle].pmid < pmid)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < s->candidate_count && s->candidates[low].pmid == pmid; low++) {
        struct wanted *wanted = &s->wanted[s->candidates[low].wanted];
        struct match_comparison found;
        arena_clear(&s->scratch);
        match_compare(&found, &s->scratch, wanted->record, record);
        if (found.score < likely || found.score <= wanted->score)
            continue;
        wanted->score = found.score;
        wanted->best = pmid;
    }
}

static void add_pmid(osler_pmids *list, uint64_t pmid)
{
    if (list->count == list->capacity) {
        list->capacity = list->capacity ? list->capacity * 2 : 64;
        list->items = memory_resize(list->items, list->capacity * sizeof *list->items);
    }
    list->items[list->count++] = pmid;
}

static int by_number(const void *one, const void *two)
{
    uint64_t a = *(const uint64_t *)one, b = *(const uint64_t *)two;
    return (a > b) - (a < b);
}

static void sort_once(osler_pmids *list)
{
    size_t kept = 0;
    if (list->count)
        qsort(list->items, list->count, sizeof *list->items, by_number);
    for (size_t i = 0; i < list->count; i++)
        if (!i || list->items[i] != list->items[kept - 1])
            list->items[kept++] = list->items[i];
    list->count = kept;
}

static osler_status look_at_candidates(struct search *s, const osler_fetch_options *how,
                                       osler_error *error)
{
    osler_pmids candidates = {0};
    gather_candidates(s);
    for (size_t i = 0; i < s->candidate_count; i++)
        add_pmid(&candidates, s->candidates[i].pmid);
    sort_once(&candidates);
    osler_status status =
        candidates.count ? osler_fetch_records(&candidates, how, compare, error) : OSLER_OK;
    osler_pmids_free(&candidates);
    return status;
}

static osler_status fetch_found(osler_library *library, const struct search *s,
                                const osler_fetch_options *how, uint64_t *fetched,
                                osler_error *error)
{
    osler_pmids found = {0};
    osler_fetch_report *report = NULL;
    for (size_t i = 0; i < s->count; i++)
        if (s->wanted[i].best)
            add_pmid(&found, s->wanted[i].best);
    sort_once(&found);
    osler_status status = OSLER_OK;
    if (found.count)
        status = osler_library_fetch_pmids(library, &found, how, &report, error);
    if (report)
        *fetched = report->added + report->updated;
    osler_fetch_report_free(report);
    osler_pmids_free(&found);
    return status;
}

osler_status references_fetch(osler_library *library, const struct reference_list *list,
                              const osler_import_options *options, uint64_t *fetched,
                              osler_error *error)
{
    struct search s = {.options = options};
    osler_fetch_options how = {.progress = go_on, .context = &s};
    *fetched = 0;
    s.wanted = arena_alloc(&s.memory, (list->count + 1) * sizeof *s.wanted);
    s.citations = arena_alloc(&s.memory, (list->count + 1) * sizeof *s.citations);
    s.matches = arena_alloc(&s.memory, (list->count + 1) * sizeof *s.matches);
    for (size_t i = 0; i < list->count; i++) {
        if (list->items[i].verdict != OSLER_NOT_IN_LIBRARY)
            continue;
        s.wanted[s.count].record = list->items[i].record;
        print_citation(&s.memory, &s.citations[s.count++], list->items[i].record);
    }
    osler_status status = OSLER_OK;
    if (s.count)
        status = osler_fetch_match(s.matches, s.citations, s.count, &how, error);
    if (status == OSLER_OK)
        status = look_at_candidates(&s, &how, error);
    if (status == OSLER_OK)
        status = fetch_found(library, &s, &how, fetched, error);
    arena_free(&s.memory);
    arena_free(&s.scratch);
    return status;
}
