/* Combining what the terms of a query match. */
#include "query/query.h"

/* One evaluation. */
struct evaluation {
    const query_context *where;
    store_phrase_list *positive;
    osler_error *error;
};

static osler_status everything(struct evaluation *e, store_ids *out)
{
    store_asked nothing = {0};
    return store_search(e->where->store, e->where->memory, STORE_ALL, &nothing, out, e->error);
}

/* Remember the words of a leaf that is asked for, not against, to rank by. */
static void add_positive(struct evaluation *e, const query_leaf *leaf)
{
    bool words = leaf->tag->kind == QUERY_WORDS;
    if (!words && (leaf->tag->kind != QUERY_HEADING || leaf->mapped))
        return;
    store_phrase *phrase = arena_append(e->where->memory, &e->positive->items, &e->positive->count,
                                        sizeof *e->positive->items);
    *phrase = (store_phrase){query_words(e->where->memory, str_of(leaf->text)),
                             words ? leaf->tag->argument : STORE_HEADINGS, leaf->prefix};
    str rest = phrase->words, one;
    if (!words || leaf->quoted)
        return;
    while (str_find(rest, ' ') < rest.length && str_next_field(&rest, ' ', &one)) {
        store_phrase *single = arena_append(e->where->memory, &e->positive->items,
                                            &e->positive->count, sizeof *e->positive->items);
        *single = (store_phrase){one, leaf->tag->argument, false};
    }
}

static osler_status evaluate(struct evaluation *e, query_node *node, bool positive, store_ids *out)
{
    *out = (store_ids){0};
    osler_status status = OSLER_OK;
    if (node->leaf) {
        if (positive)
            add_positive(e, node->leaf);
        return query_find_leaf(e->where, node->leaf, out, e->error);
    }
    if (!node->count || node->items[0].join == QUERY_NOT)
        status = everything(e, out);
    for (size_t i = 0; status == OSLER_OK && i < node->count; i++) {
        query_operator join = node->items[i].join;
        store_ids found;
        status = evaluate(e, node->items[i].node, positive == (join != QUERY_NOT), &found);
        if (status != OSLER_OK)
            break;
        if (join == QUERY_NOT)
            *out = store_ids_without(e->where->memory, *out, found);
        else if (i == 0)
            *out = found;
        else if (join == QUERY_AND)
            *out = store_ids_both(e->where->memory, *out, found);
        else
            *out = store_ids_either(e->where->memory, *out, found);
    }
    return status;
}

osler_status query_evaluate(const query_context *where, query_node *node, store_ids *out,
                            store_phrase_list *positive, osler_error *error)
{
    struct evaluation e = {where, positive, error};
    return evaluate(&e, node, true, out);
}
