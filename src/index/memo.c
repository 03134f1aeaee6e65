/* A hash table of dictionary entries. */
#include "index/memo.h"

#include "base/memory.h"

enum { FEWEST_SLOTS = 1024, MOST_FOUND = 1 << 16 };

/* The slot of a term of a segment, or the free one where it belongs. */
static memo_found *slot_of(const memo *m, const void *segment, str term)
{
    uint64_t hash = UINT64_C(14695981039346656037); /* FNV-1a */
    for (size_t k = 0; k < term.length; k++)
        hash = (hash ^ (unsigned char)term.data[k]) * UINT64_C(1099511628211);
    hash ^= (uintptr_t)segment * UINT64_C(0x9E3779B97F4A7C15);
    size_t at = (size_t)(hash ^ hash >> 29) & (m->size - 1);
    while (m->slots[at].term.length &&
           (m->slots[at].segment != segment || !str_equal(m->slots[at].term, term)))
        at = (at + 1) & (m->size - 1);
    return &m->slots[at];
}

static void grow(memo *m)
{
    memo_found *before = m->slots;
    size_t size = m->size;
    m->size = size ? 2 * size : FEWEST_SLOTS;
    m->slots = memory_alloc(m->size * sizeof *m->slots);
    for (size_t k = 0; k < size; k++)
        if (before[k].term.length)
            *slot_of(m, before[k].segment, before[k].term) = before[k];
    memory_free(before);
}

const memo_found *memo_find(const memo *m, const void *segment, str term)
{
    const memo_found *found = m->size ? slot_of(m, segment, term) : NULL;
    return found && found->term.length ? found : NULL;
}

void memo_keep(memo *m, const memo_found *found)
{
    if (m->count == MOST_FOUND)
        return;
    if (2 * (m->count + 1) > m->size)
        grow(m);
    memo_found *slot = slot_of(m, found->segment, found->term);
    *slot = *found;
    slot->term = (str){arena_copy(&m->memory, found->term), found->term.length};
    m->count++;
}

void memo_free(memo *m)
{
    arena_free(&m->memory);
    memory_free(m->slots);
    *m = (memo){0};
}
