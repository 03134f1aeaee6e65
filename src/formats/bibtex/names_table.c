/* Names of entries and macros, by a hash table with open addressing. */
#include "base/memory.h"
#include "formats/bibtex/bibtex.h"

#include <stdint.h>

enum { FIRST_SLOTS = 256 };

static size_t slot_of(const struct bibtex_names *names, str name)
{
    uint64_t hash = UINT64_C(0xCBF29CE484222325);
    for (size_t i = 0; i < name.length; i++)
        hash = (hash ^ (unsigned char)char_lower(name.data[i])) * UINT64_C(0x100000001B3);
    size_t slot = (size_t)(hash ^ (hash >> 32)) & (names->slot_count - 1);
    while (names->slots[slot] &&
           !str_equal_ignoring_case(names->items[names->slots[slot] - 1], name))
        slot = (slot + 1) & (names->slot_count - 1);
    return slot;
}

long bibtex_names_find(const struct bibtex_names *names, str name)
{
    return names->slot_count ? (long)names->slots[slot_of(names, name)] - 1 : BIBTEX_NOT_FOUND;
}

static void grow(struct bibtex_names *names)
{
    size_t slots = names->slot_count ? names->slot_count * 2 : FIRST_SLOTS;
    memory_free(names->slots);
    names->slots = memory_alloc(slots * sizeof *names->slots);
    names->slot_count = slots;
    names->items = memory_resize(names->items, slots * sizeof *names->items);
    for (size_t i = 0; i < names->count; i++)
        names->slots[slot_of(names, names->items[i])] = i + 1;
}

size_t bibtex_names_add(struct bibtex_names *names, str name)
{
    if ((names->count + 1) * 2 > names->slot_count)
        grow(names);
    size_t slot = slot_of(names, name);
    if (!names->slots[slot]) {
        names->items[names->count] = (str){arena_copy(&names->memory, name), name.length};
        names->slots[slot] = ++names->count;
    }
    return names->slots[slot] - 1;
}

void bibtex_names_clear(struct bibtex_names *names)
{
    for (size_t i = 0; i < names->slot_count; i++)
        names->slots[i] = 0;
    names->count = 0;
    arena_clear(&names->memory);
}

void bibtex_names_free(struct bibtex_names *names)
{
    arena_free(&names->memory);
    memory_free(names->items);
    memory_free(names->slots);
}
