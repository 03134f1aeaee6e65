/* Links that the stored records say: their reference lists, read from either end. */
#include "library/links.h"

#include "base/error.h"
#include "record/identifiers.h"
#include <osler/find.h>

#include <stdlib.h>
#include <string.h>

/* A reference of a record. */
struct cited {
    uint64_t pmid;
    const char *doi, *text;
};

static uint64_t number_of(const char *text)
{
    unsigned long number;
    return text && str_number(str_trim(str_of(text)), &number) ? number : 0;
}

/* Call `each` for the references of a record, then for its links of type Cites, which older records
 * have in their place. */
static void each_cited(const osler_record *record, arena *memory,
                       void (*each)(void *context, const struct cited *cited), void *context)
{
    for (size_t i = 0; i < record->references.count; i++) {
        const osler_reference *reference = &record->references.items[i];
        struct cited cited = {.text = reference->citation};
        for (size_t k = 0; k < reference->identifiers.count; k++) {
            const osler_identifier *id = &reference->identifiers.items[k];
            if (id->scheme && strcmp(id->scheme, "pubmed") == 0 && !cited.pmid)
                cited.pmid = number_of(id->value);
            if (id->scheme && strcmp(id->scheme, "doi") == 0 && !cited.doi && id->value)
                cited.doi = identifier_doi(memory, str_of(id->value));
        }
        each(context, &cited);
    }
    for (size_t i = 0; i < record->corrections.count; i++) {
        const osler_correction *link = &record->corrections.items[i];
        struct cited cited = {number_of(link->pmid), link->doi, link->source};
        if (link->type && strcmp(link->type, "Cites") == 0)
            each(context, &cited);
    }
}

/* ---- What a work cites ------------------------------------------------------------------------
 */

struct refs {
    struct links_search *search;
    size_t from;
};

static const char *kept(arena *memory, const char *text)
{
    return text ? arena_copy(memory, str_of(text)) : NULL;
}

static void add_cited(void *context, const struct cited *cited)
{
    const struct refs *refs = context;
    arena *memory = refs->search->memory;
    struct links_found *found = links_add(refs->search, refs->from, cited->pmid);
    found->shown.doi = kept(memory, cited->doi);
    found->shown.text = kept(memory, cited->text);
    found->shown.recorded = true;
}

static osler_status find_refs(struct links_search *s, osler_error *error)
{
    osler_status status = OSLER_OK;
    for (size_t i = 0; status == OSLER_OK && i < s->count; i++) {
        osler_citation *citation;
        struct refs refs = {s, i};
        s->done = i;
        if (!links_go_on(s, "references"))
            return fail(error, OSLER_EINTERRUPTED, 0, "interrupted");
        if (!s->works[i].known)
            continue;
        status = osler_library_get(s->library, s->works[i].id, &citation, error);
        if (status == OSLER_OK)
            each_cited(citation->record, s->memory, add_cited, &refs);
        if (status == OSLER_OK)
            osler_citation_free(citation);
    }
    return status;
}

/* ---- What cites a work ------------------------------------------------------------------------
 */

/* What a reference to a work says. */
struct key {
    uint64_t pmid;
    const char *doi;
    size_t place; /* of the work */
};

struct wanted {
    struct links_search *search;
    struct key *pmids, *dois; /* in order; works without one are left out */
    size_t pmid_count, doi_count;
    size_t *cited_by; /* beside each work: the number of the last record that cites it */
    size_t record;    /* the number of the one at hand, from 1 */
    const char *id;   /* of that one */
    arena scratch;
};

static int by_pmid(const void *one, const void *two)
{
    const struct key *a = one, *b = two;
    return (a->pmid > b->pmid) - (a->pmid < b->pmid);
}

/* ASCII case does not matter in a DOI. */
static int compare_dois(const char *a, const char *b)
{
    while (*a && char_lower(*a) == char_lower(*b))
        a++, b++;
    return (unsigned char)char_lower(*a) - (unsigned char)char_lower(*b);
}

static int by_doi(const void *one, const void *two)
{
    return compare_dois(((const struct key *)one)->doi, ((const struct key *)two)->doi);
}

static void gather_keys(struct wanted *w)
{
    const struct links_search *s = w->search;
    w->pmids = arena_alloc(s->memory, (s->count + 1) * sizeof *w->pmids);
    w->dois = arena_alloc(s->memory, (s->count + 1) * sizeof *w->dois);
    w->cited_by = arena_alloc(s->memory, (s->count + 1) * sizeof *w->cited_by);
    for (size_t i = 0; i < s->count; i++) {
        struct key key = {s->works[i].pmid, s->works[i].doi, i};
        if (key.pmid)
            w->pmids[w->pmid_count++] = key;
        if (key.doi)
            w->dois[w->doi_count++] = key;
    }
    qsort(w->pmids, w->pmid_count, sizeof *w->pmids, by_pmid);
    qsort(w->dois, w->doi_count, sizeof *w->dois, by_doi);
}

/* The first key that is not before `key`. */
static size_t first_of(const struct key *keys, size_t count, const struct key *key,
                       int (*compare)(const void *, const void *))
{
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (compare(&keys[middle], key) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static void add_citing(struct wanted *w, size_t place)
{
    if (w->cited_by[place] == w->record)
        return;
    w->cited_by[place] = w->record;
    struct links_found *found = links_add(w->search, place, number_of(w->id));
    if (!found->pmid)
        found->shown.id = arena_copy(w->search->memory, str_of(w->id));
    found->shown.recorded = true;
}

static void hold_against(void *context, const struct cited *cited)
{
    struct wanted *w = context;
    struct key key = {cited->pmid, cited->doi, 0};
    if (key.pmid)
        for (size_t i = first_of(w->pmids, w->pmid_count, &key, by_pmid);
             i < w->pmid_count && w->pmids[i].pmid == key.pmid; i++)
            add_citing(w, w->pmids[i].place);
    if (key.doi)
        for (size_t i = first_of(w->dois, w->doi_count, &key, by_doi);
             i < w->doi_count && compare_dois(w->dois[i].doi, key.doi) == 0; i++)
            add_citing(w, w->dois[i].place);
}

/* One pass over the library, whatever the number of works: no table says who cites whom. */
static osler_status find_citing(struct links_search *s, osler_error *error)
{
    struct wanted w = {.search = s};
    osler_find_options how = {.ids_only = true, .order = OSLER_FIND_DATE};
    osler_find_result *all;
    gather_keys(&w);
    osler_status status = osler_find(&all, s->library, "", &how, error);
    if (status != OSLER_OK)
        return status;
    s->total = all->results.count;
    for (size_t i = 0; status == OSLER_OK && i < all->results.count; i++) {
        osler_citation *citation;
        s->done = i;
        if (i % 256 == 0 && !links_go_on(s, "records"))
            status = fail(error, OSLER_EINTERRUPTED, 0, "interrupted");
        if (status == OSLER_OK)
            status = osler_library_get(s->library, all->results.items[i].id, &citation, error);
        if (status != OSLER_OK)
            break;
        w.record = i + 1;
        w.id = citation->id;
        arena_clear(&w.scratch);
        each_cited(citation->record, &w.scratch, hold_against, &w);
        osler_citation_free(citation);
    }
    osler_find_result_free(all);
    arena_free(&w.scratch);
    return status;
}

osler_status links_recorded(struct links_search *s, osler_error *error)
{
    s->done = 0;
    s->total = s->count;
    if (!s->library || s->options->kind == OSLER_LINK_SIMILAR)
        return OSLER_OK;
    return s->options->kind == OSLER_LINK_REFS ? find_refs(s, error) : find_citing(s, error);
}
