/* Combining what the terms of a query match. */
#include "query/query.h"

#include <string.h>

index_set query_set_take(query_sets *sets)
{
    if (!sets->idle.count)
        return index_set_new(sets->where->index, sets->where->memory);
    index_set set = sets->idle.items[--sets->idle.count];
    memset(set.bits, 0, set.words * sizeof *set.bits);
    return set;
}

void query_set_give(query_sets *sets, index_set set)
{
    if (sets->idle.count == sets->room) {
        size_t more = sets->room ? 2 * sets->room : 8;
        index_set *items = arena_alloc(sets->where->memory, more * sizeof *items);
        if (sets->idle.count)
            memcpy(items, sets->idle.items, sets->idle.count * sizeof *items);
        sets->idle.items = items;
        sets->room = more;
    }
    sets->idle.items[sets->idle.count++] = set;
}

/* One evaluation. */
struct evaluation {
    query_sets sets;
    query_positive *positive;
    osler_error *error;
};

static osler_status evaluate(struct evaluation *e, query_node *node, bool positive, index_set *out);

static osler_status evaluate_leaf(struct evaluation *e, query_leaf *leaf, bool positive,
                                  index_set *out)
{
    const query_context *where = e->sets.where;
    osler_status status = query_find_leaf(&e->sets, leaf, out, e->error);
    if (status == OSLER_OK && where->count_all)
        leaf->count = index_set_count(out);
    if (status == OSLER_OK && positive && e->positive)
        status = query_add_positive(where, leaf, e->positive, e->error);
    return status;
}

static bool is_fact(const query_node *node)
{
    return node->leaf && query_is_fact(node->leaf);
}

/* What is joined to `out` by AND or NOT, the facts behind the others: those are read only of what
 * is left. */
static osler_status narrow(struct evaluation *e, const query_item *item, bool positive,
                           index_set *out)
{
    const query_context *where = e->sets.where;
    bool against = item->join == QUERY_NOT;
    if (is_fact(item->node) && !where->count_all)
        return query_filter_leaf(where, item->node->leaf, against, out, e->error);
    index_set found = query_set_take(&e->sets);
    osler_status status = evaluate(e, item->node, positive && !against, &found);
    if (against)
        index_set_without(out, &found);
    else
        index_set_and(out, &found);
    query_set_give(&e->sets, found);
    return status;
}

/* The items from `first` up to the next that is joined by OR; `*end` is behind them. */
static osler_status evaluate_stretch(struct evaluation *e, const query_node *node, size_t first,
                                     bool positive, index_set *out, size_t *end)
{
    osler_status status = OSLER_OK;
    for (*end = first; *end < node->count && (*end == 0 || node->items[*end].join != QUERY_OR);)
        ++*end;
    for (int facts = 0; facts < 2; facts++)
        for (size_t i = first; status == OSLER_OK && i < *end; i++)
            if (is_fact(node->items[i].node) == (facts == 1))
                status = narrow(e, &node->items[i], positive, out);
    return status;
}

static osler_status evaluate_group(struct evaluation *e, query_node *node, bool positive,
                                   index_set *out)
{
    osler_status status = OSLER_OK;
    bool all = !node->count || node->items[0].join == QUERY_NOT || is_fact(node->items[0].node);
    size_t at = 0;
    if (all) /* the first item narrows everything */
        index_set_add_living(e->sets.where->index, out);
    else
        status = evaluate(e, node->items[at++].node, positive, out);
    while (status == OSLER_OK && at < node->count) {
        if (at > 0 && node->items[at].join == QUERY_OR) {
            index_set found = query_set_take(&e->sets);
            status = evaluate(e, node->items[at++].node, positive, &found);
            index_set_or(out, &found);
            query_set_give(&e->sets, found);
        } else {
            status = evaluate_stretch(e, node, at, positive, out, &at);
        }
    }
    return status;
}

static osler_status evaluate(struct evaluation *e, query_node *node, bool positive, index_set *out)
{
    return node->leaf ? evaluate_leaf(e, node->leaf, positive, out)
                      : evaluate_group(e, node, positive, out);
}

osler_status query_evaluate(const query_context *where, query_node *node, index_set *out,
                            query_positive *positive, osler_error *error)
{
    struct evaluation e = {{.where = where}, positive, error};
    *out = index_set_new(where->index, where->memory);
    return evaluate(&e, node, true, out);
}
