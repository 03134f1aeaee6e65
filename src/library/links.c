/* Links of works: who is asked for, what records and PubMed say, and both as one list. */
#include "library/links.h"

#include "base/error.h"
#include "base/memory.h"
#include "record/identifiers.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

struct owned {
    osler_links shown; /* first: a pointer to one is a pointer to the other */
    arena memory;
};

struct links_found *links_add(struct links_search *s, size_t from, uint64_t pmid)
{
    size_t place = s->found_count;
    struct links_found *found =
        arena_append(s->memory, &s->found, &s->found_count, sizeof *s->found);
    *found = (struct links_found){.from = from, .place = place, .pmid = pmid};
    return found;
}

bool links_go_on(const struct links_search *s, const char *what)
{
    osler_progress progress = {
        .what = what, .done = s->done, .total = s->total, .retries = s->retries};
    return !s->options->progress || s->options->progress(s->options->context, &progress);
}

/* ---- The works --------------------------------------------------------------------------------
 */

static uint64_t pmid_of(arena *memory, const char *id)
{
    str text = str_of(id);
    unsigned long number;
    if (str_starts_with(text, str_of("pmid:")))
        text = str_part(text, 5, text.length);
    const char *digits = identifier_pmid(memory, text);
    return digits && str_number(str_of(digits), &number) ? number : 0;
}

static osler_status identify(struct links_search *s, struct links_work *work, osler_error *error)
{
    osler_citation *citation;
    osler_status status = OSLER_ENOTFOUND;
    if (s->library)
        status = osler_library_get(s->library, work->id, &citation, error);
    if (status == OSLER_OK) {
        const osler_record *record = citation->record;
        work->known = true;
        work->pmid = record->pmid ? pmid_of(s->memory, record->pmid) : 0;
        work->doi = record->doi ? identifier_doi(s->memory, str_of(record->doi)) : NULL;
        osler_citation_free(citation);
    } else if (status == OSLER_ENOTFOUND) {
        work->pmid = pmid_of(s->memory, work->id);
        status = OSLER_OK;
    }
    if (status == OSLER_OK && !work->known && !(s->options->online && work->pmid))
        work->reason = s->options->online ? "it is not in this library, and no PMID"
                                          : "it is not in this library";
    else if (status == OSLER_OK && s->options->online && !work->pmid)
        work->reason = "it has no PMID: PubMed cannot be asked about it";
    return status;
}

static osler_status take_works(struct links_search *s, const char *const *ids, osler_error *error)
{
    osler_status status = OSLER_OK;
    s->works = arena_alloc(s->memory, (s->count + 1) * sizeof *s->works);
    for (size_t i = 0; status == OSLER_OK && i < s->count; i++) {
        s->works[i].id = arena_copy(s->memory, str_of(ids[i]));
        status = identify(s, &s->works[i], error);
    }
    return status;
}

/* ---- The list ---------------------------------------------------------------------------------
 */

/* The same link side by side, recorded ones first; those without a PMID last. */
static int by_target(const void *one, const void *two)
{
    const struct links_found *a = one, *b = two;
    if (a->from != b->from)
        return a->from < b->from ? -1 : 1;
    if (a->pmid != b->pmid)
        return a->pmid && (!b->pmid || a->pmid < b->pmid) ? -1 : 1;
    return (a->place > b->place) - (a->place < b->place);
}

static int by_place(const void *one, const void *two)
{
    const struct links_found *a = one, *b = two;
    if (a->from != b->from)
        return a->from < b->from ? -1 : 1;
    return (a->place > b->place) - (a->place < b->place);
}

static void merge(struct links_search *s)
{
    size_t kept = 0;
    if (!s->found_count)
        return;
    qsort(s->found, s->found_count, sizeof *s->found, by_target);
    for (size_t i = 0; i < s->found_count; i++) {
        struct links_found *found = &s->found[i], *last = kept ? &s->found[kept - 1] : NULL;
        if (last && found->pmid && last->from == found->from && last->pmid == found->pmid) {
            last->shown.in_pubmed |= found->shown.in_pubmed;
            last->shown.recorded |= found->shown.recorded;
            last->shown.score = last->shown.score ? last->shown.score : found->shown.score;
            continue;
        }
        s->found[kept++] = *found;
    }
    s->found_count = kept;
    qsort(s->found, s->found_count, sizeof *s->found, by_place);
}

/* The id in the library, by PMID, else by DOI. */
static osler_status look_up(struct links_search *s, struct links_found *found, osler_error *error)
{
    const char *keys[] = {found->shown.pmid, found->shown.doi};
    osler_library *library = s->library;
    for (size_t k = 0; k < 2 && library && !found->shown.id; k++) {
        osler_status status = OSLER_ENOTFOUND;
        int64_t id = 0;
        size_t at = 0;
        for (; keys[k] && at < library->count && status == OSLER_ENOTFOUND; at++)
            status = store_lookup(library->stores[at], keys[k], &id, error);
        char name[32];
        if (status == OSLER_OK)
            status = store_get_name(library->stores[at - 1], id, name, error);
        if (status == OSLER_OK)
            found->shown.id = arena_copy(s->memory, str_of(name));
        else if (status != OSLER_ENOTFOUND && status != OSLER_EUSAGE)
            return status;
    }
    return OSLER_OK;
}

static osler_status show(struct links_search *s, osler_links *out, osler_error *error)
{
    osler_status status = OSLER_OK;
    merge(s);
    for (size_t i = 0; status == OSLER_OK && i < s->found_count; i++) {
        struct links_found *found = &s->found[i];
        char pmid[24];
        snprintf(pmid, sizeof pmid, "%" PRIu64, found->pmid);
        found->shown.from = s->works[found->from].id;
        found->shown.pmid = found->pmid ? arena_copy(s->memory, str_of(pmid)) : NULL;
        status = look_up(s, found, error);
        osler_link *link =
            arena_append(s->memory, &out->list.items, &out->list.count, sizeof *link);
        *link = found->shown;
    }
    for (size_t i = 0; i < s->count; i++) {
        if (!s->works[i].reason)
            continue;
        osler_unanswered *one =
            arena_append(s->memory, &out->unanswered.items, &out->unanswered.count, sizeof *one);
        *one = (osler_unanswered){s->works[i].id, s->works[i].reason};
    }
    out->without_scores = s->without_scores;
    out->retries = s->retries;
    return status;
}

osler_status osler_library_links(osler_links **out, osler_library *library, const char *const *ids,
                                 size_t count, const osler_links_options *options,
                                 osler_error *error)
{
    static const osler_links_options defaults;
    struct owned *owned = memory_alloc(sizeof *owned);
    struct links_search s = {.library = library,
                             .options = options ? options : &defaults,
                             .count = count,
                             .memory = &owned->memory};
    osler_error later = {0};
    *out = &owned->shown;
    if (s.options->kind == OSLER_LINK_SIMILAR && !s.options->online)
        return fail(error, OSLER_EUSAGE, 0,
                    "only PubMed knows which works are similar (ask it with --online)");
    osler_status status = take_works(&s, ids, error);
    if (status == OSLER_OK)
        status = links_recorded(&s, error);
    if (status == OSLER_OK && s.options->online)
        status = links_online(&s, error);
    osler_status shown = show(&s, &owned->shown, &later);
    if (status == OSLER_OK && shown != OSLER_OK) {
        status = shown;
        if (error)
            *error = later;
    }
    return status;
}

void osler_links_free(osler_links *links)
{
    if (!links)
        return;
    struct owned *owned = (struct owned *)(void *)links;
    arena_free(&owned->memory);
    memory_free(owned);
}
