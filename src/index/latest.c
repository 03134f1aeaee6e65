/* The latest documents of a set: dates are read of all, facts of those that may be among them. */
#include "index/index.h"
#include "index/reader.h"

#include <stdlib.h>

struct dated {
    index_number document;
    uint32_t date, pmid;
};

static int compare(const void *one, const void *other)
{
    const struct dated *a = one, *b = other;
    int order = (a->date < b->date) - (a->date > b->date);
    if (!order)
        order = (a->pmid == 0) - (b->pmid == 0);
    if (!order)
        order = (a->pmid > b->pmid) - (a->pmid < b->pmid);
    return order ? order : (a->document > b->document) - (a->document < b->document);
}

/* The latest dates, the earliest of them on top. */
struct heap {
    uint32_t *dates;
    size_t count, most;
};

static void sift_down(struct heap *h, size_t at, uint32_t date)
{
    for (size_t child; (child = 2 * at + 1) < h->count; at = child) {
        child += child + 1 < h->count && h->dates[child + 1] < h->dates[child];
        if (h->dates[child] >= date)
            break;
        h->dates[at] = h->dates[child];
    }
    h->dates[at] = date;
}

static void add_date(struct heap *h, uint32_t date)
{
    if (h->count == h->most) {
        if (date > h->dates[0])
            sift_down(h, 0, date);
        return;
    }
    size_t at = h->count++;
    for (; at && h->dates[(at - 1) / 2] > date; at = (at - 1) / 2)
        h->dates[at] = h->dates[(at - 1) / 2];
    h->dates[at] = date;
}

/* A walk through the members and their dates. */
struct walk {
    index *index;
    const index_set *set;
    size_t segment;
    index_number document;
    index_date date;
};

/* OSLER_END behind the last. */
static osler_status next_member(struct walk *w, osler_error *error)
{
    index *i = w->index;
    if (!index_set_next(w->set, w->document, &w->document))
        return OSLER_END;
    while (w->document - i->segments[w->segment].first >= i->segments[w->segment].header.documents)
        w->segment++;
    reader_segment *s = &i->segments[w->segment];
    osler_status status = reader_get_date(i, s, w->document - s->first, &w->date, error);
    w->document++;
    return status;
}

osler_status index_get_latest(index *i, arena *memory, const index_set *set, size_t most,
                              index_numbers *out, osler_error *error)
{
    arena own = {0};
    size_t all = (size_t)index_set_count(set), enough = 0;
    struct heap heap = {.most = most < all ? most : all};
    struct walk first = {.index = i, .set = set}, again = first;
    struct dated *found = NULL;
    osler_status status = OSLER_OK;
    heap.dates = arena_alloc(&own, (heap.most + 1) * sizeof *heap.dates);
    while (heap.most && (status = next_member(&first, error)) == OSLER_OK)
        add_date(&heap, first.date.date);
    while (status == OSLER_END && (status = next_member(&again, error)) == OSLER_OK) {
        status = OSLER_END;
        if (again.date.date < heap.dates[0])
            continue;
        index_facts facts;
        osler_status got = index_get_facts(i, again.document - 1, &facts, error);
        if (got != OSLER_OK) {
            status = got;
            break;
        }
        struct dated *one = arena_append(&own, &found, &enough, sizeof *one);
        *one = (struct dated){again.document - 1, again.date.date, facts.pmid};
    }
    if (enough)
        qsort(found, enough, sizeof *found, compare);
    out->count = enough < heap.most ? enough : heap.most;
    out->items = arena_alloc(memory, (out->count + 1) * sizeof *out->items);
    for (size_t k = 0; k < out->count; k++)
        out->items[k] = found[k].document;
    arena_free(&own);
    return status == OSLER_END ? OSLER_OK : status;
}
