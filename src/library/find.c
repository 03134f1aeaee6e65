/* Searching the library: parse, evaluate, order, load. */
#include "library/library.h"

#include "base/error.h"
#include "base/memory.h"
#include "query/query.h"
#include "record/record.h"

#include <math.h>
#include <osler/find.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What orders one citation. */
struct place {
    store_key key;
    double score;
};

/* The result and the memory of all it holds. */
struct owned {
    osler_find_result result; /* first: the two share an address */
    arena memory;
    struct place *places; /* of all that match, in the order asked for */
};

/* How much a word counts by where it stands, in the order of enum store_column_set. */
static const double weights[STORE_COLUMNS] = {
    3.0,  /* title */
    1.0,  /* abstract */
    0.5,  /* other abstract */
    1.5,  /* keywords */
    2.0,  /* headings */
    1.0,  /* authors */
    0.05, /* affiliations */
    0.5,  /* journal */
    1.0,  /* substances */
    0.2,  /* other */
};

static int compare_numbers(double a, double b)
{
    return (a > b) - (a < b);
}

/* Works without a PMID stand behind the others, by title. */
static int by_pmid(const store_key *a, const store_key *b)
{
    if (a->pmid != b->pmid)
        return !a->pmid ? 1 : !b->pmid ? -1 : a->pmid < b->pmid ? -1 : 1;
    int order = strcmp(a->title ? a->title : "", b->title ? b->title : "");
    return order ? order : compare_numbers((double)a->id, (double)b->id);
}

static int by_relevance(const void *one, const void *two)
{
    const struct place *a = one, *b = two;
    int order = compare_numbers(b->score, a->score);
    if (!order)
        order = compare_numbers((double)b->key.year, (double)a->key.year);
    return order ? order : by_pmid(&a->key, &b->key);
}

static int by_date(const void *one, const void *two)
{
    const struct place *a = one, *b = two;
    int order = compare_numbers((double)b->key.date, (double)a->key.date);
    return order ? order : by_pmid(&a->key, &b->key);
}

/* Put `ids` in the order asked for. */
static osler_status order(struct owned *o, store *s, store_ids ids,
                          const store_phrase_list *positive, osler_find_order by,
                          osler_error *error)
{
    store_key *keys;
    store_scores scores;
    osler_status status = store_get_keys(s, &o->memory, ids, &keys, error);
    if (status == OSLER_OK)
        status = store_rank_phrases(s, &o->memory, positive, weights, &scores, error);
    if (status != OSLER_OK)
        return status;
    struct place *places = arena_alloc(&o->memory, (ids.count + 1) * sizeof *places);
    for (size_t i = 0, j = 0; i < ids.count; i++) {
        while (j < scores.ids.count && scores.ids.items[j] < ids.items[i])
            j++;
        bool scored = j < scores.ids.count && scores.ids.items[j] == ids.items[i];
        places[i].key = keys[i];
        places[i].score = scored ? round(scores.scores[j] * 1e4) / 1e4 : 0;
    }
    qsort(places, ids.count, sizeof *places, by == OSLER_FIND_DATE ? by_date : by_relevance);
    o->places = places;
    return OSLER_OK;
}

static osler_status add_result(struct owned *o, store *s, const struct place *place,
                               const osler_find_options *options, osler_error *error)
{
    osler_found *found = RECORD_ADD(&o->memory, &o->result.results);
    found->rank = (unsigned)o->result.results.count;
    found->score = place->score;
    if (!options->ids_only) {
        store_citation *citation = arena_alloc(&o->memory, sizeof *citation);
        osler_status status = store_get(s, &o->memory, place->key.id, citation, error);
        if (status != OSLER_OK)
            return status;
        found->record = &citation->record;
        found->appraisal = &citation->appraisal;
    }
    char id[32];
    snprintf(id, sizeof id, place->key.pmid ? "%lld" : "osler:%lld",
             (long long)(place->key.pmid ? place->key.pmid : place->key.id));
    found->id = arena_copy(&o->memory, str_of(id));
    found->pmid = place->key.pmid ? found->id : NULL;
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

static osler_status search(struct owned *o, store *s, const osler_find_options *options,
                           osler_error *error)
{
    query_node *tree;
    store_ids ids;
    store_phrase_list positive = {0};
    query_context where = {s, &o->memory};
    osler_status status = query_parse(&o->memory, str_of(o->result.query), &tree,
                                      &o->result.notes, error);
    if (status == OSLER_OK)
        status = query_evaluate(&where, tree, &ids, &positive, error);
    if (status == OSLER_OK)
        status = order(o, s, ids, &positive, options->order, error);
    if (status != OSLER_OK)
        return status;
    buf text = {0};
    query_print(&text, tree);
    o->result.understood = arena_copy(&o->memory, buf_str(&text));
    buf_free(&text);
    o->result.count = ids.count;
    add_terms(o, tree);
    size_t most = options->limit && options->limit < ids.count ? options->limit : ids.count;
    for (size_t i = 0; status == OSLER_OK && i < most; i++)
        status = add_result(o, s, &o->places[i], options, error);
    return status;
}

osler_status osler_find(osler_find_result **out, osler_library *library, const char *query,
                        const osler_find_options *options, osler_error *error)
{
    static const osler_find_options plain = {0};
    struct owned *o = memory_alloc(sizeof *o);
    o->result.query = arena_copy(&o->memory, str_of(query));
    osler_status status = store_begin_reading(library->store, error);
    if (status == OSLER_OK)
        status = search(o, library->store, options ? options : &plain, error);
    store_rollback(library->store);
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
