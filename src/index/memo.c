/* Keeping entries of dictionaries in a hash table that grows, up to a limit. */
#include "index/memo.h"

#include "base/arena.h"
#include "base/memory.h"

enum { FEWEST_SLOTS = 1024, MOST_FOUND = 1 << 16 };

struct found {
    str term; /* empty: a free slot */
    const void *segment;
    osler_status status;
    coding_term entry;
};

struct memo {
    arena memory;
    struct found *slots; /* open addressing */
    size_t size, count;
};

void memo_free(memo *m)
{
    if (!m)
        return;
    arena_free(&m->memory);
    memory_free(m->slots);
    memory_free(m);
}

/* The slot of a term of a segment, or the free one where it belongs. */
static struct found *slot_of(const memo *m, const void *segment, str term)
{
    uint64_t hash = UINT64_C(14695981039346656037) ^ (uint64_t)(uintptr_t)segment; /* FNV-1a */
    for (size_t k = 0; k < term.length; k++)
        hash = (hash ^ (unsigned char)term.data[k]) * UINT64_C(1099511628211);
    size_t at = (size_t)(hash ^ hash >> 29) & (m->size - 1);
    while (m->slots[at].term.length &&
           (m->slots[at].segment != segment || !str_equal(m->slots[at].term, term)))
        at = (at + 1) & (m->size - 1);
    return &m->slots[at];
}

static void grow(memo *m)
{
    struct found *before = m->slots;
    size_t size = m->size;
    m->size = size ? 2 * size : FEWEST_SLOTS;
    m->slots = memory_alloc(m->size * sizeof *m->slots);
    for (size_t k = 0; k < size; k++)
        if (before[k].term.length)
            *slot_of(m, before[k].segment, before[k].term) = before[k];
    memory_free(before);
}

bool memo_find(const memo *m, const void *segment, str term, coding_term *out, osler_status *status)
{
    const struct found *found = m && m->size ? slot_of(m, segment, term) : NULL;
    if (!found || !found->term.length)
        return false;
    *out = found->entry;
    *status = found->status;
    return true;
}

void memo_add(memo **made, const void *segment, str term, const coding_term *entry,
              osler_status status)
{
    memo *m = *made ? *made : memory_alloc(sizeof *m);
    *made = m;
    if (!term.length || m->count == MOST_FOUND)
        return;
    if (2 * (m->count + 1) > m->size)
        grow(m);
    struct found *slot = slot_of(m, segment, term);
    m->count += !slot->term.length;
    *slot = (struct found){{arena_copy(&m->memory, term), term.length}, segment, status, *entry};
}
