/* Counting what a search finds, value by value. */
#include "library/library.h"

#include "base/memory.h"
#include "query/query.h"
#include "query/tally.h"
#include "record/record.h"

#include <osler/count.h>
#include <stdlib.h>
#include <string.h>

/* The result and the memory of all it holds. */
struct owned {
    osler_count_result result; /* first: the two share an address */
    arena memory;
};

struct counting {
    struct owned *owned;
    library_view view;
    osler_facet facet;
    tally tally;
    osler_error *error;
};

/* "1234-5678": an ISSN; everything else is NLM's. */
static bool is_issn(str value)
{
    return value.length == 9 && value.data[4] == '-';
}

static bool is_nlm(str value)
{
    return !is_issn(value);
}

/* Names are folded; UIs have a capital letter. */
static bool is_name(str value)
{
    return value.length < 2 || value.data[0] < 'A' || value.data[0] > 'Z';
}

/* A journal is known by NLM's number, else by its ISSN, else by its name. */
static osler_status count_journals(struct counting *c, const index_set *set)
{
    static const tally_kind kinds[] = {{INDEX_JOURNAL_NUMBER, is_nlm, true},
                                       {INDEX_JOURNAL_NUMBER, is_issn, true},
                                       {INDEX_JOURNAL_NAME, NULL, true}};
    osler_status status = OSLER_OK;
    for (size_t i = 0; status == OSLER_OK && i < sizeof kinds / sizeof *kinds; i++)
        status = tally_terms(&c->tally, c->view.index, set, &kinds[i], c->error);
    return status;
}

static osler_status count_values(struct counting *c, const index_set *set)
{
    index *i = c->view.index;
    tally *t = &c->tally;
    tally_start(t, &c->owned->memory, i, set);
    switch (c->facet) {
    case OSLER_FACET_YEAR: return tally_years(t, i, set, c->error);
    case OSLER_FACET_DESIGN: return tally_designs(t, i, set, c->error);
    case OSLER_FACET_JOURNAL: return count_journals(c, set);
    case OSLER_FACET_MESH:
        return tally_terms(t, i, set, &(tally_kind){INDEX_HEADING_NAME, NULL, false}, c->error);
    case OSLER_FACET_TYPE:
        return tally_terms(t, i, set, &(tally_kind){INDEX_TYPE, is_name, false}, c->error);
    case OSLER_FACET_LANGUAGE:
        return tally_terms(t, i, set, &(tally_kind){INDEX_LANGUAGE, NULL, false}, c->error);
    }
    return OSLER_OK;
}

/* The name as a record prints it that has the value; the value itself when none does. */
static const char *name_in(arena *memory, osler_facet facet, const osler_record *r, str value)
{
    if (facet == OSLER_FACET_JOURNAL) {
        const char *name =
            r->container_title_medline ? r->container_title_medline : r->container_title;
        return name ? name : value.data;
    }
    for (size_t i = 0; facet == OSLER_FACET_MESH && i < r->headings.count; i++)
        if (str_equal(query_words(memory, str_of(r->headings.items[i].name)), value))
            return r->headings.items[i].name;
    for (size_t i = 0; facet == OSLER_FACET_TYPE && i < r->publication_types.count; i++)
        if (str_equal(query_words(memory, str_of(r->publication_types.items[i].name)), value))
            return r->publication_types.items[i].name;
    return value.data;
}

static osler_status name_value(struct counting *c, const tally_value *value, const char **out)
{
    arena *memory = &c->owned->memory;
    *out = value->value.data;
    if (c->facet == OSLER_FACET_DESIGN)
        *out = osler_design_name(value->value.data);
    if (c->facet != OSLER_FACET_JOURNAL && c->facet != OSLER_FACET_MESH &&
        c->facet != OSLER_FACET_TYPE)
        return OSLER_OK;
    index_facts facts;
    store_citation *citation = arena_alloc(memory, sizeof *citation);
    store *s = c->view.library->stores[index_source_of(c->view.index, value->example)];
    osler_status status = index_get_facts(c->view.index, value->example, &facts, c->error);
    if (status == OSLER_OK)
        status = store_get(s, memory, facts.citation, citation, c->error);
    if (status == OSLER_OK)
        *out = name_in(memory, c->facet, &citation->record, value->value);
    return status;
}

static int by_name(const void *one, const void *two)
{
    const osler_facet_count *a = one, *b = two;
    int order = (a->count < b->count) - (a->count > b->count);
    if (!order)
        order = strcmp(a->name, b->name);
    return order ? order : strcmp(a->value, b->value);
}

static osler_status fill(struct counting *c, size_t limit)
{
    osler_count_result *result = &c->owned->result;
    osler_status status = OSLER_OK;
    tally_order(&c->tally);
    result->values = c->tally.values.count;
    result->without = index_set_count(&c->tally.without);
    size_t most = limit && limit < result->values ? limit : c->tally.values.count;
    for (size_t i = 0; status == OSLER_OK && i < most; i++) {
        const tally_value *value = &c->tally.values.items[i];
        osler_facet_count *to = RECORD_ADD(&c->owned->memory, &result->facets);
        to->value = value->value.data;
        to->count = value->count;
        status = name_value(c, value, &to->name);
    }
    if (status == OSLER_OK && result->facets.count)
        qsort(result->facets.items, result->facets.count, sizeof *result->facets.items, by_name);
    return status;
}

static osler_status work(struct counting *c, size_t limit)
{
    query_node *tree;
    index_set found;
    struct owned *o = c->owned;
    osler_library *l = c->view.library;
    osler_status status =
        query_parse(&o->memory, str_of(o->result.query), &tree, &o->result.notes, c->error);
    if (status != OSLER_OK)
        return status;
    index_analyzer *analyzer = index_analyzer_new();
    query_context where = {.index = c->view.index,
                           .stores = l->stores,
                           .store_count = l->count,
                           .analyzer = analyzer,
                           .memory = &o->memory};
    status = query_evaluate(&where, tree, &found, NULL, c->error);
    index_analyzer_free(analyzer);
    if (status != OSLER_OK)
        return status;
    o->result.count = index_set_count(&found);
    status = count_values(c, &found);
    return status == OSLER_OK ? fill(c, limit) : status;
}

osler_status osler_count(osler_count_result **out, osler_library *library, const char *query,
                         osler_facet facet, size_t limit, osler_error *error)
{
    struct owned *o = memory_alloc(sizeof *o);
    struct counting c = {.owned = o, .facet = facet, .error = error};
    o->result.query = arena_copy(&o->memory, str_of(query));
    osler_status status = library_begin_reading(&c.view, library, error);
    if (status == OSLER_OK)
        status = work(&c, limit);
    library_end_reading(&c.view);
    *out = status == OSLER_OK ? &o->result : NULL;
    if (status != OSLER_OK)
        osler_count_result_free(&o->result);
    return status;
}

void osler_count_result_free(osler_count_result *result)
{
    if (!result)
        return;
    arena memory = ((struct owned *)(void *)result)->memory;
    arena_free(&memory);
    memory_free(result);
}
