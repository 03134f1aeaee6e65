/* Searching the library: parse, evaluate, order, load. */
#include "library/library.h"

#include "base/memory.h"
#include "query/query.h"
#include "record/record.h"

#include <osler/find.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The result and the memory of all it holds. */
struct owned {
    osler_find_result result; /* first: the two share an address */
    arena memory;
};

/* A search at work. */
struct search {
    struct owned *owned;
    library_view view;
    const osler_find_options *options;
    index_result *places; /* those to show, in the order asked for */
    size_t count;
    osler_error *error;
};

static osler_status order_by_date(struct search *s, const index_set *found, size_t most)
{
    index_numbers latest;
    osler_status status =
        index_get_latest(s->view.index, &s->owned->memory, found, most, &latest, s->error);
    s->count = latest.count;
    s->places = arena_alloc(&s->owned->memory, (s->count + 1) * sizeof *s->places);
    for (size_t i = 0; i < s->count; i++)
        s->places[i].document = latest.items[i];
    return status;
}

/* Put the best of what was found in the order asked for. */
static osler_status order(struct search *s, const index_set *found, const query_positive *positive)
{
    uint64_t count = s->owned->result.count;
    size_t most = s->options->limit && s->options->limit < count ? s->options->limit : count;
    if (s->options->order == OSLER_FIND_DATE)
        return order_by_date(s, found, most);
    index_ranking ranking = {
        .asked = positive->items, .count = positive->count, .within = found, .most = most};
    return index_rank(s->view.index, &s->owned->memory, &ranking, &s->places, &s->count, s->error);
}

static osler_status add_result(struct search *s, const index_result *place)
{
    arena *memory = &s->owned->memory;
    osler_found *found = RECORD_ADD(memory, &s->owned->result.results);
    size_t source = index_source_of(s->view.index, place->document);
    index_facts facts;
    osler_status status = index_get_facts(s->view.index, place->document, &facts, s->error);
    if (status != OSLER_OK)
        return status;
    found->rank = (unsigned)s->owned->result.results.count;
    found->score = place->score;
    if (!s->options->ids_only) {
        store_citation *citation = arena_alloc(memory, sizeof *citation);
        status =
            store_get(s->view.library->stores[source], memory, facts.citation, citation, s->error);
        if (status != OSLER_OK)
            return status;
        found->record = &citation->record;
        found->appraisal = &citation->appraisal;
    }
    char id[32];
    snprintf(id, sizeof id, facts.pmid ? "%lld" : "osler:%lld",
             facts.pmid ? (long long)facts.pmid : (long long)facts.citation);
    found->id = arena_copy(memory, str_of(id));
    found->pmid = facts.pmid ? found->id : NULL;
    return OSLER_OK;
}

/* The terms of the tree, in their order. */
static void add_terms(struct owned *o, const query_node *node)
{
    if (node->leaf) {
        buf text = {0};
        query_print(&text, node);
        osler_find_term *term = RECORD_ADD(&o->memory, &o->result.terms);
        *term = (osler_find_term){arena_copy(&o->memory, buf_str(&text)), node->leaf->count,
                                  node->leaf->note};
        buf_free(&text);
    }
    for (size_t i = 0; i < node->count; i++)
        add_terms(o, node->items[i].node);
}

static osler_status evaluate(struct search *s, query_node *tree, index_set *found,
                             query_positive *positive)
{
    osler_library *l = s->view.library;
    index_analyzer *analyzer = index_analyzer_new();
    query_context where = {.index = s->view.index,
                           .stores = l->stores,
                           .store_count = l->count,
                           .analyzer = analyzer,
                           .memory = &l->scratch,
                           .count_all = s->options->count_terms};
    osler_status status = query_evaluate(&where, tree, found, positive, s->error);
    index_analyzer_free(analyzer);
    return status;
}

static osler_status search(struct search *s)
{
    query_node *tree;
    index_set found;
    query_positive positive = {0};
    struct owned *o = s->owned;
    osler_status status =
        query_parse(&o->memory, str_of(o->result.query), &tree, &o->result.notes, s->error);
    if (status == OSLER_OK)
        status = evaluate(s, tree, &found, &positive);
    if (status != OSLER_OK)
        return status;
    o->result.count = index_set_count(&found);
    status = order(s, &found, &positive);
    if (status != OSLER_OK)
        return status;
    buf text = {0};
    query_print(&text, tree);
    o->result.understood = arena_copy(&o->memory, buf_str(&text));
    buf_free(&text);
    add_terms(o, tree);
    for (size_t i = 0; status == OSLER_OK && i < s->count; i++)
        status = add_result(s, &s->places[i]);
    return status;
}

osler_status osler_find(osler_find_result **out, osler_library *library, const char *query,
                        const osler_find_options *options, osler_error *error)
{
    static const osler_find_options plain = {0};
    struct owned *o = memory_alloc(sizeof *o);
    struct search s = {.owned = o, .options = options ? options : &plain, .error = error};
    o->result.query = arena_copy(&o->memory, str_of(query));
    osler_status status = library_begin_reading(&s.view, library, error);
    if (status == OSLER_OK)
        status = search(&s);
    library_end_reading(&s.view);
    *out = status == OSLER_OK ? &o->result : NULL;
    if (status != OSLER_OK)
        osler_find_result_free(&o->result);
    return status;
}

void osler_find_result_free(osler_find_result *result)
{
    if (!result)
        return;
    arena memory = ((struct owned *)(void *)result)->memory;
    arena_free(&memory);
    memory_free(result);
}
