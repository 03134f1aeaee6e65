/* Arithmetic on sorted sets of ids. */
#include "store/search.h"

static store_ids room_for(arena *memory, size_t count)
{
    return (store_ids){arena_alloc(memory, (count ? count : 1) * sizeof(int64_t)), 0};
}

store_ids store_ids_both(arena *memory, store_ids a, store_ids b)
{
    store_ids out = room_for(memory, a.count < b.count ? a.count : b.count);
    for (size_t i = 0, j = 0; i < a.count && j < b.count;) {
        if (a.items[i] == b.items[j]) {
            out.items[out.count++] = a.items[i++];
            j++;
        } else if (a.items[i] < b.items[j]) {
            i++;
        } else {
            j++;
        }
    }
    return out;
}

store_ids store_ids_either(arena *memory, store_ids a, store_ids b)
{
    if (!a.count || !b.count)
        return a.count ? a : b;
    store_ids out = room_for(memory, a.count + b.count);
    size_t i = 0, j = 0;
    while (i < a.count || j < b.count) {
        bool from_a = j >= b.count || (i < a.count && a.items[i] <= b.items[j]);
        int64_t id = from_a ? a.items[i++] : b.items[j++];
        if (!out.count || out.items[out.count - 1] != id)
            out.items[out.count++] = id;
    }
    return out;
}

store_ids store_ids_without(arena *memory, store_ids a, store_ids b)
{
    store_ids out = room_for(memory, a.count);
    for (size_t i = 0, j = 0; i < a.count; i++) {
        while (j < b.count && b.items[j] < a.items[i])
            j++;
        if (j >= b.count || b.items[j] != a.items[i])
            out.items[out.count++] = a.items[i];
    }
    return out;
}
