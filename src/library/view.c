/* One moment of a library and of those beside it, searched as one. */
#include "library/library.h"

#include "base/memory.h"

#include <stdlib.h>

/* A document with the PMID that it may share with one of another library. */
struct numbered {
    uint32_t pmid;
    index_number document;
};

static int by_pmid(const void *one, const void *two)
{
    const struct numbered *a = one, *b = two;
    int order = (a->pmid > b->pmid) - (a->pmid < b->pmid);
    return order ? order : (a->document > b->document) - (a->document < b->document);
}

/* The PMIDs that several libraries may have: from the lowest to the highest, or none. */
static osler_status find_shared(const osler_library *l, int64_t *low, int64_t *high,
                                osler_error *error)
{
    int64_t *lows = memory_alloc(l->count * sizeof *lows);
    int64_t *highs = memory_alloc(l->count * sizeof *highs);
    osler_status status = OSLER_OK;
    *low = INT64_MAX;
    *high = 0;
    for (size_t i = 0; status == OSLER_OK && i < l->count; i++) {
        status = store_get_pmids(l->stores[i], &lows[i], &highs[i], error);
        for (size_t k = 0; status == OSLER_OK && k < i; k++) {
            int64_t from = lows[k] > lows[i] ? lows[k] : lows[i];
            int64_t to = highs[k] < highs[i] ? highs[k] : highs[i];
            if (from > to)
                continue;
            *low = from < *low ? from : *low;
            *high = to > *high ? to : *high;
        }
    }
    memory_free(lows);
    memory_free(highs);
    return status;
}

/* Of each PMID keep the document of the first library that has it.  Document numbers rise from
 * library to library. */
static osler_status hide_doubles(library_view *view, osler_error *error)
{
    int64_t low, high;
    arena memory = {0};
    osler_status status = find_shared(view->library, &low, &high, error);
    if (status != OSLER_OK || low > high)
        return status;
    struct numbered *numbered = memory_alloc((index_size(view->index) + 1) * sizeof *numbered);
    size_t count = 0;
    for (index_number d = 0; status == OSLER_OK && d < index_size(view->index); d++) {
        index_facts facts;
        if (index_is_dead(view->index, d))
            continue;
        status = index_get_facts(view->index, d, &facts, error);
        if (status == OSLER_OK && facts.pmid && facts.pmid >= low && facts.pmid <= high)
            numbered[count++] = (struct numbered){facts.pmid, d};
    }
    if (count)
        qsort(numbered, count, sizeof *numbered, by_pmid);
    index_set hidden = index_set_new(view->index, &memory);
    for (size_t i = 1; i < count; i++)
        if (numbered[i].pmid == numbered[i - 1].pmid)
            hidden.bits[numbered[i].document / 64] |= UINT64_C(1) << (numbered[i].document % 64);
    if (status == OSLER_OK)
        status = index_hide(view->index, &hidden, error);
    memory_free(numbered);
    arena_free(&memory);
    return status;
}

/* Sources of all libraries, and one index over them. */
static osler_status join(library_view *view, osler_error *error)
{
    const osler_library *l = view->library;
    osler_status status = OSLER_OK;
    view->sources = memory_alloc(l->count * sizeof *view->sources);
    for (size_t i = 0; status == OSLER_OK && i < l->count; i++)
        status = store_index_source(l->stores[i], &view->sources[i], error);
    if (status == OSLER_OK)
        status = index_open(&view->index, view->sources, l->count, error);
    return status == OSLER_OK ? hide_doubles(view, error) : status;
}

osler_status library_begin_reading(library_view *out, osler_library *library, osler_error *error)
{
    *out = (library_view){.library = library};
    arena_clear(&library->scratch);
    osler_status status = OSLER_OK;
    for (size_t i = 0; status == OSLER_OK && i < library->count; i++)
        status = store_begin_reading(library->stores[i], error);
    if (status == OSLER_OK)
        status = library->count == 1 ? store_index(library->store, &out->index, error)
                                     : join(out, error);
    return status;
}

void library_end_reading(library_view *view)
{
    if (view->sources)
        index_close(view->index);
    memory_free(view->sources);
    for (size_t i = 0; i < view->library->count; i++)
        store_rollback(view->library->stores[i]);
    *view = (library_view){.library = view->library};
}
