/* Preparing records on the threads of an import. */
#include "store/prepare.h"

#include "base/memory.h"

struct store_preparer {
    bool keep_original;
};

osler_status store_preparer_new(store_preparer **out, store *s, bool keep_original,
                                osler_error *error)
{
    (void)s, (void)error;
    *out = memory_alloc(sizeof **out);
    (*out)->keep_original = keep_original;
    return OSLER_OK;
}

void store_preparer_free(store_preparer *p)
{
    memory_free(p);
}

bool store_prepare_known(store_preparer *p, arena *memory, str original, store_prepared *out)
{
    (void)p, (void)memory, (void)original, (void)out;
    return false; /* the library cannot yet be asked for bytes */
}

osler_status store_prepare(store_preparer *p, arena *memory, const store_incoming *incoming,
                           store_prepared *out, osler_error *error)
{
    (void)memory, (void)error;
    *out = (store_prepared){.incoming = *incoming};
    if (!p->keep_original)
        out->incoming.original = (str){"", 0};
    return OSLER_OK;
}

osler_status store_put_prepared(store *s, const store_prepared *prepared,
                                const store_arrival *arrival, store_change *change,
                                osler_error *error)
{
    const store_incoming *incoming = &prepared->incoming;
    store_arrival with = *arrival;
    with.original = incoming->original;
    return store_put(s, incoming->record, incoming->appraisal, &with, change, error);
}
