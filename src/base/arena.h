/* An arena: many allocations, one owner, one free. */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include "base/str.h"

/* Start from `arena a = {0};`. */
typedef struct arena {
    struct arena_block *blocks;
} arena;

/* Zeroed memory that lives until the arena is cleared.  Never NULL: no memory ends the program. */
void *arena_alloc(arena *a, size_t size);

/* The same, but not zeroed: for what is written at once. */
void *arena_room(arena *a, size_t size);

/* Have an empty arena begin with a block of `size` bytes, where it is known what will be needed. */
void arena_reserve(arena *a, size_t size);

/* A NUL-terminated copy of `s`, owned by the arena. */
const char *arena_copy(arena *a, str s);

/*
 * Room for one more item of `size` bytes at the end of a list of `count` items, zeroed; `*items`
 * moves when the list grows.  The list must have been grown by this function alone: its capacity
 * is the power of two that its count implies.
 */
void *arena_append(arena *a, void *items, size_t *count, size_t size);

/* Forget everything; the largest block is kept, so that reuse costs no allocation. */
void arena_clear(arena *a);

/* Give all memory back.  The arena is empty and may be used again. */
void arena_free(arena *a);

#endif
