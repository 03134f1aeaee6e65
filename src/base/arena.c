/* Arenas: bump allocation in blocks that double, kept for reuse. */
#include "base/arena.h"

#include "base/memory.h"

#include <stdalign.h>
#include <stdint.h>
#include <string.h>

enum { FIRST_BLOCK = 4096, LARGEST_STEP = 1 << 20 };

struct arena_block {
    struct arena_block *next;
    size_t used, size;
    alignas(max_align_t) unsigned char bytes[];
};

static void add_block(arena *a, size_t need)
{
    size_t size = a->blocks ? a->blocks->size * 2 : FIRST_BLOCK;
    if (size > LARGEST_STEP)
        size = LARGEST_STEP;
    if (size < need)
        size = need;
    struct arena_block *block = memory_resize(NULL, sizeof *block + size);
    block->next = a->blocks;
    block->size = size;
    block->used = 0;
    a->blocks = block;
}

static void *take(arena *a, size_t size, size_t align)
{
    if (size > SIZE_MAX / 4)
        memory_out(size);
    size_t start = a->blocks ? (a->blocks->used + align - 1) / align * align : 0;
    if (!a->blocks || start > a->blocks->size || a->blocks->size - start < size) {
        add_block(a, size);
        start = 0;
    }
    a->blocks->used = start + size;
    return a->blocks->bytes + start;
}

void *arena_alloc(arena *a, size_t size)
{
    return memset(take(a, size, alignof(max_align_t)), 0, size);
}

void arena_reserve(arena *a, size_t size)
{
    if (!a->blocks)
        add_block(a, size);
}

void *arena_room(arena *a, size_t size)
{
    return take(a, size, alignof(max_align_t));
}

const char *arena_copy(arena *a, str s)
{
    char *copy = take(a, s.length + 1, 1);
    if (s.length)
        memcpy(copy, s.data, s.length);
    copy[s.length] = '\0';
    return copy;
}

void *arena_append(arena *a, void *items, size_t *count, size_t size)
{
    char *list; /* `items` points to a pointer of any type: copied, so that no type is punned */
    size_t used = *count;
    memcpy(&list, items, sizeof list);
    if ((used & (used - 1)) == 0) {
        char *larger = arena_alloc(a, (used ? used * 2 : 1) * size);
        if (used)
            memcpy(larger, list, used * size);
        list = larger;
        memcpy(items, &list, sizeof list);
    }
    *count = used + 1;
    /* The place may have held an item that was taken back by lowering the count. */
    return memset(list + used * size, 0, size);
}

void arena_clear(arena *a)
{
    struct arena_block *largest = a->blocks;
    for (struct arena_block *b = a->blocks; b; b = b->next)
        if (b->size > largest->size)
            largest = b;
    for (struct arena_block *b = a->blocks, *next; b; b = next) {
        next = b->next;
        if (b != largest)
            memory_free(b);
    }
    if (largest) {
        largest->next = NULL;
        largest->used = 0;
    }
    a->blocks = largest;
}

void arena_free(arena *a)
{
    for (struct arena_block *b = a->blocks, *next; b; b = next) {
        next = b->next;
        memory_free(b);
    }
    a->blocks = NULL;
}
