/* One citation of the library, all of it. */
#include "library/library.h"

#include "base/memory.h"

struct owned {
    osler_citation citation; /* first: the two are freed by one address */
    arena memory;
    store_citation stored;
};

osler_status osler_library_get(osler_library *library, const char *id, osler_citation **out,
                               osler_error *error)
{
    int64_t number;
    *out = NULL;
    size_t at = 0;
    osler_status status = store_lookup(library->store, id, &number, error);
    while (status == OSLER_ENOTFOUND && ++at < library->count)
        status = store_lookup(library->stores[at], id, &number, error);
    if (status != OSLER_OK)
        return status;
    struct owned *owned = memory_alloc(sizeof *owned);
    store_citation *stored = &owned->stored;
    status = store_get(library->stores[at], &owned->memory, number, stored, error);
    owned->citation = (osler_citation){
        .id = stored->name,
        .record = &stored->record,
        .appraisal = &stored->appraisal,
        .deleted = stored->deleted,
        .origin = stored->origin,
        .origin_date = stored->origin_date,
        .versions = stored->versions,
    };
    if (status == OSLER_OK)
        *out = &owned->citation;
    else
        osler_citation_free(&owned->citation);
    return status;
}

void osler_citation_free(osler_citation *citation)
{
    if (!citation)
        return;
    struct owned *owned = (struct owned *)(void *)citation;
    arena_free(&owned->memory);
    memory_free(owned);
}
