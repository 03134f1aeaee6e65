/* References looked for in PubMed: candidates by citation, their records beside the references. */
#include "library/online.h"

#include "base/memory.h"
#include "record/record.h"

#include <stdio.h>
#include <stdlib.h>

/* A record that may be a reference. */
struct candidate {
    uint64_t pmid;
    size_t reference;
};

struct search {
    const struct online_asker *asker;
    struct candidate *candidates; /* by PMID */
    size_t count;
    unsigned *awaited; /* for each reference: its candidates that have not come */
    arena memory;
};

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

uint64_t online_pmid(const osler_record *record)
{
    return record->pmid ? strtoull(record->pmid, NULL, 10) : 0;
}

static int by_pmid(const void *one, const void *two)
{
    const struct candidate *a = one, *b = two;
    int order = (a->pmid > b->pmid) - (a->pmid < b->pmid);
    return order ? order : (a->reference > b->reference) - (a->reference < b->reference);
}

static void add_candidate(struct search *s, uint64_t pmid, size_t reference)
{
    struct candidate *c =
        arena_append(&s->memory, &s->candidates, &s->count, sizeof *s->candidates);
    *c = (struct candidate){pmid, reference};
    s->awaited[reference]++;
}

/* What PubMed finds for each, and the PMID that it prints. */
static void gather_candidates(struct search *s, const osler_fetch_candidates *matches,
                              const struct online_reference *references, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        uint64_t printed = online_pmid(references[i].record);
        for (unsigned k = 0; k < matches[i].count; k++) {
            add_candidate(s, matches[i].pmids[k], i);
            if (matches[i].pmids[k] == printed)
                printed = 0;
        }
        if (printed)
            add_candidate(s, printed, i);
    }
    if (s->count)
        qsort(s->candidates, s->count, sizeof *s->candidates, by_pmid);
}

/* A record that PubMed sent, for each reference that it is a candidate for. */
static void offer(void *context, const osler_record *record)
{
    struct search *s = context;
    uint64_t pmid = online_pmid(record);
    size_t low = 0, high = s->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (s->candidates[middle].pmid < pmid)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < s->count && s->candidates[low].pmid == pmid; low++) {
        size_t reference = s->candidates[low].reference;
        s->awaited[reference] -= s->awaited[reference] > 0;
        s->asker->offered(s->asker->context, reference, record);
    }
}

void online_add_pmid(osler_pmids *list, uint64_t pmid)
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

void online_sort_pmids(osler_pmids *list)
{
    size_t kept = 0;
    if (list->count)
        qsort(list->items, list->count, sizeof *list->items, by_number);
    for (size_t i = 0; i < list->count; i++)
        if (!i || list->items[i] != list->items[kept - 1])
            list->items[kept++] = list->items[i];
    list->count = kept;
}

static bool go_on(void *context, const osler_progress *progress)
{
    const struct search *s = context;
    return !s->asker->progress || s->asker->progress(s->asker->progress_context, progress);
}

static osler_status fetch_candidates(struct search *s, const osler_fetch_options *how,
                                     osler_error *error)
{
    osler_pmids pmids = {0};
    for (size_t i = 0; i < s->count; i++)
        online_add_pmid(&pmids, s->candidates[i].pmid);
    online_sort_pmids(&pmids);
    osler_status status = pmids.count ? osler_fetch_records(&pmids, how, offer, error) : OSLER_OK;
    osler_pmids_free(&pmids);
    return status;
}

osler_status online_ask(struct online_reference *references, size_t count,
                        const struct online_asker *asker, osler_error *error)
{
    struct search s = {.asker = asker};
    osler_fetch_options how = {.progress = go_on, .context = &s};
    if (!count)
        return OSLER_OK;
    osler_printed_citation *citations = arena_alloc(&s.memory, count * sizeof *citations);
    osler_fetch_candidates *matches = arena_alloc(&s.memory, count * sizeof *matches);
    s.awaited = arena_alloc(&s.memory, count * sizeof *s.awaited);
    for (size_t i = 0; i < count; i++)
        print_citation(&s.memory, &citations[i], references[i].record);
    osler_status status = osler_fetch_match(matches, citations, count, &how, error);
    if (status == OSLER_OK) {
        gather_candidates(&s, matches, references, count);
        status = fetch_candidates(&s, &how, error);
        for (size_t i = 0; i < count; i++)
            references[i].answered = status == OSLER_OK || !s.awaited[i];
    }
    arena_free(&s.memory);
    return status;
}
