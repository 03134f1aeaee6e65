/* One moment of a library and of those beside it, searched as one. */
#include "library/library.h"

#include "base/memory.h"

/* Sources of all libraries, and one index over them. */
static osler_status join(library_view *view, osler_error *error)
{
    const osler_library *l = view->library;
    osler_status status = OSLER_OK;
    view->sources = memory_alloc(l->count * sizeof *view->sources);
    for (size_t i = 0; status == OSLER_OK && i < l->count; i++)
        status = store_index_source(l->stores[i], &view->sources[i], error);
    return status == OSLER_OK ? index_open(&view->index, view->sources, l->count, error) : status;
}

osler_status library_begin_reading(library_view *out, osler_library *library, osler_error *error)
{
    *out = (library_view){.library = library};
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
