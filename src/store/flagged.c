/* Keeping the search index true when a record says something of the integrity of another. */
#include "store/flagged.h"

#include "store/facts.h"
#include "store/known.h"
#include "store/prepare.h"
#include "store/segments.h"

#include <stdlib.h>

static int by_number(const void *one, const void *two)
{
    const int64_t *a = one, *b = two;
    return (*a > *b) - (*a < *b);
}

/* The flags of a citation as bits; 0 when one of them has none. */
static osler_status read_flags(store *s, const struct known *known, uint32_t *flags,
                               osler_error *error)
{
    sqlite3_stmt *row;
    bool all = true;
    *flags = 0;
    osler_status status =
        store_first(s, STATEMENT_GET_FLAGS, VALUES(value_int(known->id), value_known(known->pmid)),
                    &row, error);
    for (; status == OSLER_OK; status = store_next(s, row, error)) {
        const char *name = store_copied(&s->scratch, row, 0);
        uint32_t bit = name ? facts_flag(name) : 0;
        all &= bit != 0;
        *flags |= bit;
    }
    if (!all)
        *flags = 0;
    return status == OSLER_END ? OSLER_OK : status;
}

/* Its document anew, with the flags that it has by now. */
static osler_status renew_document(store *s, int64_t pmid, osler_error *error)
{
    struct known known;
    store_citation citation;
    index_document document;
    arena memory = {0};
    osler_status status = known_by_pmid(s, pmid, &known, error);
    if (status != OSLER_OK || !known.id || known.deleted)
        return status;
    uint32_t flags;
    status = read_flags(s, &known, &flags, error);
    if (status != OSLER_OK || (flags && segments_add_flags(s, known.id, flags)))
        return status;
    status = store_get(s, &memory, known.id, &citation, error);
    if (status == OSLER_OK)
        status = segments_drop(s, known.id, error);
    if (status == OSLER_OK) {
        facts_make_document(prepare_own_facts(s), &memory, &citation.record, &citation.appraisal,
                            &document);
        document.facts.citation = known.id;
        segments_add(s, &document);
    }
    arena_free(&memory);
    return status;
}

osler_status flagged_renew(store *s, osler_error *error)
{
    struct flagged *f = &s->flagged;
    osler_status status = OSLER_OK;
    if (f->count)
        qsort(f->items, f->count, sizeof *f->items, by_number);
    for (size_t i = 0; status == OSLER_OK && i < f->count; i++) {
        arena_clear(&s->scratch);
        if (!i || f->items[i] != f->items[i - 1])
            status = renew_document(s, f->items[i], error);
        if (status == OSLER_OK)
            status = segments_flush_full(s, error);
    }
    if (status == OSLER_OK)
        f->count = 0;
    return status;
}
