/* The order of the bibliography and of the cites in a citation: keys, collated once by ICU. */
#include "base/memory.h"
#include "style/document.h"
#include "style/sort_keys.h"
#include <stdlib.h>

static struct collation *collation_of(processor *p)
{
    if (!p->collation)
        p->collation = collation_new(p->locale->language);
    return p->collation;
}

void sorting_free(processor *p)
{
    collation_free(p->collation);
}

/* The keys of `work` in `area`; a citation number's stays empty, numbers are compared as such. */
static const str *make_keys(processor *p, const struct area *area, const struct work *work,
                            arena *memory)
{
    str *keys = arena_alloc(memory, (area->key_count + 1) * sizeof *keys);
    struct render r;

    for (size_t i = 0; i < area->key_count; i++) {
        if (area->keys[i].variable == VARIABLE_CITATION_NUMBER)
            continue;
        document_render_begin(&r, p, area, work, &p->scratch);
        if (area == &p->style->bibliography)
            r.shape = (struct cite_shape){0}; /* which follows from the order */
        keys[i] = collation_key(memory, collation_of(p), render_sort_key(&r, &area->keys[i]));
    }
    arena_clear(&p->scratch);
    return keys;
}

/* Something to be sorted. */
struct sorted {
    const struct area *area;
    const str *keys;
    size_t number; /* citation number, or order of citation */
    size_t place;  /* before sorting */
    void *what;
};

static int compare_numbers(size_t a, size_t b)
{
    return (a > b) - (a < b);
}

static int compare(const void *left, const void *right)
{
    const struct sorted *a = left, *b = right;
    const struct area *area = a->area;

    for (size_t i = 0; i < area->key_count; i++) {
        bool descending = area->keys[i].descending;
        int order;
        if (area->keys[i].variable == VARIABLE_CITATION_NUMBER)
            order = compare_numbers(descending ? b->number : a->number,
                                    descending ? a->number : b->number);
        else
            order = sort_key_compare(a->keys[i], b->keys[i], descending);
        if (order)
            return order;
    }
    return compare_numbers(a->place, b->place);
}

void sorting_bibliography(processor *p)
{
    const struct area *area = &p->style->bibliography;
    size_t count = p->sorted_count;

    if (area->key_count && count) {
        struct sorted *list = memory_alloc(count * sizeof *list);
        for (size_t i = 0; i < count; i++) {
            struct work *work = p->sorted[i];
            work->number = (unsigned)work->order;
            if (!work->keys || area->facts.macros_sort_by_number)
                work->keys = make_keys(p, area, work, &p->memory);
            list[i] = (struct sorted){area, work->keys, work->order, i, work};
        }
        qsort(list, count, sizeof *list, compare);
        for (size_t i = 0; i < count; i++)
            p->sorted[i] = list[i].what;
        memory_free(list);
    }
    for (size_t i = 0; i < count; i++)
        p->sorted[i]->number = (unsigned)(area->facts.counts_down ? count - i : i + 1);
}

void sorting_cites(processor *p, struct citation *citation)
{
    const struct area *area = &p->style->citation;
    size_t count = citation->count;

    for (size_t i = 0; i < count; i++)
        citation->sorted[i] = &citation->cites[i];
    if (!area->key_count || count < 2)
        return;
    struct sorted *list = memory_alloc(count * sizeof *list);
    for (size_t i = 0; i < count; i++) {
        struct placed_cite *cite = &citation->cites[i];
        if (!cite->keys || cite->keys_shape != cite->work->shape_hash ||
            area->facts.macros_sort_by_number)
            cite->keys = make_keys(p, area, cite->work, &citation->memory);
        cite->keys_shape = cite->work->shape_hash;
        list[i] = (struct sorted){area, cite->keys, cite->work->number, i, cite};
    }
    qsort(list, count, sizeof *list, compare);
    for (size_t i = 0; i < count; i++)
        citation->sorted[i] = list[i].what;
    memory_free(list);
}
