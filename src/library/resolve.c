/*
 * Which record a reference means: candidates are compared one by one, the surest way of finding
 * them first, until one is the work; else what comes near decides between chimera and nothing.
 */
#include "library/candidates.h"
#include "library/differences.h"
#include "library/library.h"
#include "library/resolver.h"
#include "library/said.h"

#include "appraise/appraise.h"
#include "base/memory.h"
#include "record/record.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_COMPARED = 64, MOST_SHOWN = 5 };
#define NOT_INDEXED ((index_number)-1)

/* A candidate with its comparison. */
struct compared {
    index_number document; /* of the library; else NOT_INDEXED */
    const store_citation *citation;
    const osler_record *said; /* the reference as it was compared with it */
    struct match_comparison pair;
    size_t differing;
};

struct osler_resolver {
    library_view view;
    arena memory; /* of the resolution lent */
    buf text;
    osler_resolution resolution;
    struct compared compared[MOST_COMPARED];
    size_t count;
};

const char *osler_verdict_name(osler_verdict verdict)
{
    static const char *const names[] = {"exact", "repairable", "chimera", "ambiguous",
                                        "not-in-library"};
    return names[verdict];
}

osler_status osler_resolver_open(osler_resolver **out, osler_library *library, osler_error *error)
{
    osler_resolver *r = memory_alloc(sizeof *r);
    osler_status status = library_begin_reading(&r->view, library, error);
    *out = r;
    if (status != OSLER_OK) {
        osler_resolver_close(r);
        *out = NULL;
    }
    return status;
}

void osler_resolver_close(osler_resolver *resolver)
{
    if (!resolver)
        return;
    library_end_reading(&resolver->view);
    arena_free(&resolver->memory);
    buf_free(&resolver->text);
    memory_free(resolver);
}

const char *osler_resolver_text(osler_resolver *resolver, const osler_record *reference)
{
    buf_clear(&resolver->text);
    differences_add_text(&resolver->text, reference);
    return buf_text(&resolver->text);
}

/* -- comparing ----------------------------------------------------------------------------------
 */

static size_t count_differing(const struct match_comparison *c)
{
    size_t count = 0;
    for (size_t f = 0; f < MATCH_FIELD_COUNT; f++)
        count += c->fields[f] == MATCH_DIFFERENT || c->fields[f] == MATCH_NEAR;
    return count;
}

static bool is_known(const osler_resolver *r, index_number document)
{
    for (size_t i = 0; i < r->count; i++)
        if (r->compared[i].document == document)
            return true;
    return false;
}

/* Compare once more by what the text of the reference says, where its fields were read amiss. */
static void hear_text(osler_resolver *r, const osler_record *reference, struct compared *c)
{
    bool part;
    const osler_record *record = &c->citation->record;
    str text = differences_source(reference);
    c->said = reference;
    if (!text.length)
        return;
    c->said = said_in_text(&r->memory, text, reference, record, &c->pair, &part);
    match_compare(&c->pair, &r->memory, c->said, record);
    c->pair.apart = c->pair.apart || part;
    c->pair.one = c->pair.one && !part;
    said_miss(&c->pair, &r->memory, text, record);
}

static void add_compared(osler_resolver *r, const osler_record *reference, index_number document,
                         const store_citation *citation)
{
    struct compared *c = &r->compared[r->count++];
    *c = (struct compared){.document = document, .citation = citation};
    match_compare(&c->pair, &r->memory, reference, &citation->record);
    hear_text(r, reference, c);
    c->differing = count_differing(&c->pair);
}

static osler_status compare(osler_resolver *r, const osler_record *reference, index_number document,
                            osler_error *error)
{
    index_facts facts;
    if (r->count == MOST_COMPARED || is_known(r, document))
        return OSLER_OK;
    osler_status status = index_get_facts(r->view.index, document, &facts, error);
    if (status != OSLER_OK)
        return status;
    size_t source = index_source_of(r->view.index, document);
    store_citation *citation = arena_alloc(&r->memory, sizeof *citation);
    status =
        store_get(r->view.library->stores[source], &r->memory, facts.citation, citation, error);
    if (status == OSLER_OK)
        add_compared(r, reference, document, citation);
    return status;
}

/* The better first: one work, fewer differences, the higher score; then the order of the index. */
static int by_merit(const void *a, const void *b)
{
    const struct compared *x = a, *y = b;
    if (x->pair.one != y->pair.one)
        return x->pair.one ? -1 : 1;
    if (x->pair.one && x->differing != y->differing)
        return x->differing < y->differing ? -1 : 1;
    if (x->pair.score < y->pair.score || x->pair.score > y->pair.score)
        return x->pair.score > y->pair.score ? -1 : 1;
    if (x->document != y->document)
        return x->document < y->document ? -1 : 1;
    return strcmp(x->citation->name, y->citation->name);
}

/* An identifier alone finds the wrong paper's record when it is itself wrong; so does a place. */
static bool is_settled(const osler_resolver *r)
{
    for (size_t i = 0; i < r->count; i++)
        if (r->compared[i].pair.one && r->compared[i].differing < 3)
            return true;
    return false;
}

static osler_status compare_all(osler_resolver *r, const osler_record *reference,
                                osler_error *error)
{
    for (enum candidates_way way = 0; way < CANDIDATES_WAYS && !is_settled(r); way++) {
        struct candidates found;
        osler_status status = candidates_find(&found, &r->view, &r->memory, way, reference, error);
        for (size_t i = 0; status == OSLER_OK && i < found.count; i++)
            status = compare(r, reference, found.items[i], error);
        if (status != OSLER_OK)
            return status;
    }
    qsort(r->compared, r->count, sizeof *r->compared, by_merit);
    return OSLER_OK;
}

/* -- verdicts -----------------------------------------------------------------------------------
 */

static const char *pmid_of(const store_citation *citation)
{
    return citation->record.pmid ? citation->name : NULL;
}

/* A record of Crossref's has no other name than its DOI. */
static const char *id_of(const struct compared *c)
{
    return c->citation->name[0] ? c->citation->name : c->citation->record.doi;
}

static void add_candidate(osler_resolver *r, const struct compared *c)
{
    osler_candidate *candidate = RECORD_ADD(&r->memory, &r->resolution.candidates);
    *candidate = (osler_candidate){.id = id_of(c),
                                   .pmid = pmid_of(c->citation),
                                   .score = c->pair.score,
                                   .in_library = c->document != NOT_INDEXED,
                                   .record = &c->citation->record};
    differences_agreeing(&candidate->agrees, &r->memory, &c->pair);
}

static void take_record(osler_resolver *r, const osler_record *reference, const struct compared *c)
{
    osler_resolution *out = &r->resolution;
    differences_list(&out->differences, &r->memory, &c->pair, reference, &c->citation->record);
    out->verdict = out->differences.count ? OSLER_REPAIRABLE : OSLER_EXACT;
    out->id = id_of(c);
    out->pmid = pmid_of(c->citation);
    out->score = c->pair.score;
    out->in_library = c->document != NOT_INDEXED;
    out->flags = c->citation->appraisal.flags;
    out->record = &c->citation->record;
    out->corrected = differences_mend(&r->memory, &c->pair, c->said, &c->citation->record);
}

/* Two that are the work alike; when only one of them is PubMed's, that one is meant. */
static bool is_tie(const osler_resolver *r)
{
    const struct compared *a = &r->compared[0], *b = &r->compared[1];
    return r->count > 1 && b->pair.one && a->differing == b->differing &&
           a->pair.score - b->pair.score < 0.01 && !pmid_of(a->citation) == !pmid_of(b->citation);
}

/* The reference's title is this work's, its authors are not. */
static bool has_title_only(const struct compared *c)
{
    enum { LEAST_TITLE = 24 };
    const char *title = c->citation->record.title;
    return c->pair.fields[MATCH_TITLE] >= MATCH_NEAR && c->pair.title >= 0.93 &&
           (c->pair.fields[MATCH_TITLE] == MATCH_SAME || !c->pair.apart) &&
           c->pair.fields[MATCH_AUTHORS] == MATCH_DIFFERENT && title &&
           strlen(title) >= LEAST_TITLE;
}

/* The other way round. */
static bool has_authors_only(const struct compared *c, bool several)
{
    return c->pair.fields[MATCH_TITLE] == MATCH_DIFFERENT && c->pair.title < 0.7 &&
           ((c->pair.fields[MATCH_AUTHORS] == MATCH_SAME && (several || c->pair.place >= 3)) ||
            (c->pair.fields[MATCH_FIRST_AUTHOR] == MATCH_SAME && c->pair.place >= 6));
}

static bool has_several_authors(const osler_record *reference)
{
    const osler_name *first = osler_record_next_name(reference, "author", NULL);
    return first && osler_record_next_name(reference, "author", first);
}

/* A title of one work with the authors of another, or with authors of none and all the rest right.
 */
static bool find_chimera(osler_resolver *r, const osler_record *reference)
{
    const struct compared *titled = NULL, *authored = NULL;
    bool several = has_several_authors(reference);
    for (size_t i = 0; i < r->count; i++) {
        const struct compared *c = &r->compared[i];
        if (!titled && has_title_only(c))
            titled = c;
        if (has_authors_only(c, several) && (!authored || c->pair.place > authored->pair.place))
            authored = c;
    }
    if (!titled || (!authored && titled->pair.place < 4))
        return false;
    add_candidate(r, titled);
    if (authored)
        add_candidate(r, authored);
    return true;
}

/* The title is the same and nothing is against it, but too little else is said. */
static bool is_likely(const struct compared *c)
{
    if (c->pair.fields[MATCH_TITLE] != MATCH_SAME || c->pair.apart || c->pair.score <= 0.5)
        return false;
    for (size_t f = 0; f < MATCH_FIELD_COUNT; f++)
        if (c->pair.fields[f] == MATCH_DIFFERENT)
            return false;
    return true;
}

/* What comes near enough to be shown. */
static bool is_near(const struct compared *c)
{
    return c->pair.score >= 0.1 || c->pair.fields[MATCH_TITLE] >= MATCH_NEAR;
}

static void decide(osler_resolver *r, const osler_record *reference)
{
    osler_resolution *out = &r->resolution;
    if (r->count && r->compared[0].pair.one && !is_tie(r)) {
        take_record(r, reference, &r->compared[0]);
        return;
    }
    out->score = r->count ? r->compared[0].pair.score : 0;
    bool tie = r->count && r->compared[0].pair.one;
    if (!tie && find_chimera(r, reference)) {
        out->verdict = OSLER_CHIMERA;
        return;
    }
    bool likely = r->count && is_likely(&r->compared[0]);
    out->verdict = tie || likely ? OSLER_AMBIGUOUS : OSLER_NOT_IN_LIBRARY;
    for (size_t i = 0; i < r->count && out->candidates.count < MOST_SHOWN; i++)
        if (tie ? r->compared[i].pair.one : is_near(&r->compared[i]))
            add_candidate(r, &r->compared[i]);
}

osler_status osler_resolve(osler_resolver *resolver, const osler_record *reference,
                           const osler_resolution **out, osler_error *error)
{
    arena_clear(&resolver->memory);
    resolver->resolution = (osler_resolution){0};
    resolver->count = 0;
    osler_status status = compare_all(resolver, reference, error);
    if (status != OSLER_OK)
        return status;
    decide(resolver, reference);
    *out = &resolver->resolution;
    return OSLER_OK;
}

/* -- records from elsewhere ---------------------------------------------------------------------
 */

/* The library's own of this PMID, when it has one; else NULL. */
static osler_status find_own(osler_resolver *r, const char *pmid, const store_citation **own,
                             osler_error *error)
{
    const osler_library *library = r->view.library;
    *own = NULL;
    for (size_t i = 0; i < library->count; i++) {
        int64_t id;
        osler_status status = store_lookup(library->stores[i], pmid, &id, error);
        if (status == OSLER_ENOTFOUND)
            continue;
        store_citation *citation = arena_alloc(&r->memory, sizeof *citation);
        if (status == OSLER_OK)
            status = store_get(library->stores[i], &r->memory, id, citation, error);
        if (status != OSLER_OK)
            return status;
        if (!citation->deleted)
            *own = citation;
    }
    return OSLER_OK;
}

static bool is_compared(const osler_resolver *r, const char *pmid)
{
    for (size_t i = 0; i < r->count; i++)
        if (strcmp(r->compared[i].citation->name, pmid) == 0)
            return true;
    return false;
}

/* Compare a record that is not the library's. */
static void compare_other(osler_resolver *r, const osler_record *reference,
                          const osler_record *record)
{
    store_citation *citation = arena_alloc(&r->memory, sizeof *citation);
    if (record->pmid)
        snprintf(citation->name, sizeof citation->name, "%s", record->pmid);
    record_copy(&r->memory, &citation->record, record);
    appraise(&r->memory, &citation->appraisal, record, NULL);
    add_compared(r, reference, NOT_INDEXED, citation);
}

/* Those that PubMed offers are few; of the library's the least likely give way to them. */
static osler_status compare_offered(osler_resolver *r, const osler_record *reference,
                                    const struct offered *offered, osler_error *error)
{
    if (r->count + offered->count > MOST_COMPARED)
        r->count = MOST_COMPARED - offered->count;
    for (size_t i = 0; i < offered->count; i++) {
        const osler_record *record = offered->items[i];
        const store_citation *own;
        if (!record->pmid) {
            compare_other(r, reference, record);
            continue;
        }
        if (is_compared(r, record->pmid))
            continue;
        osler_status status = find_own(r, record->pmid, &own, error);
        if (status != OSLER_OK)
            return status;
        if (own)
            add_compared(r, reference, 0, own);
        else
            compare_other(r, reference, record);
    }
    qsort(r->compared, r->count, sizeof *r->compared, by_merit);
    return OSLER_OK;
}

osler_status resolver_consider(osler_resolver *r, const osler_record *reference,
                               const struct offered *offered, osler_error *error)
{
    osler_status status = compare_offered(r, reference, offered, error);
    r->resolution = (osler_resolution){0};
    decide(r, reference);
    return status;
}
