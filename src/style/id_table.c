/* From the names of things to their places in a list: a hash table with open addressing. */
#include "style/id_table.h"
#include "base/memory.h"
#include <string.h>

struct id_slot {
    const char *id; /* NULL: empty */
    uint64_t hash;
    size_t place;
};

/* FNV-1a. */
static uint64_t hash_of(const char *id)
{
    uint64_t hash = 14695981039346656037u;

    for (; *id; id++)
        hash = (hash ^ (unsigned char)*id) * 1099511628211u;
    return hash;
}

/* The slot of `id`, or the empty one where it belongs. */
static struct id_slot *find(const struct id_table *table, const char *id, uint64_t hash)
{
    size_t i = hash & (table->capacity - 1);

    while (table->slots[i].id &&
           (table->slots[i].hash != hash || strcmp(table->slots[i].id, id) != 0))
        i = (i + 1) & (table->capacity - 1);
    return &table->slots[i];
}

size_t id_table_get(const struct id_table *table, const char *id)
{
    if (!table->count)
        return SIZE_MAX;
    const struct id_slot *slot = find(table, id, hash_of(id));
    return slot->id ? slot->place : SIZE_MAX;
}

static void grow(struct id_table *table)
{
    struct id_table larger = {0};

    larger.capacity = table->capacity ? table->capacity * 2 : 64;
    larger.slots = memory_alloc(larger.capacity * sizeof *larger.slots);
    for (size_t i = 0; i < table->capacity; i++)
        if (table->slots[i].id)
            *find(&larger, table->slots[i].id, table->slots[i].hash) = table->slots[i];
    larger.count = table->count;
    memory_free(table->slots);
    *table = larger;
}

void id_table_put(struct id_table *table, const char *id, size_t place)
{
    uint64_t hash = hash_of(id);

    if (table->count * 2 >= table->capacity)
        grow(table);
    struct id_slot *slot = find(table, id, hash);
    table->count += !slot->id;
    *slot = (struct id_slot){id, hash, place};
}

void id_table_clear(struct id_table *table)
{
    if (table->slots)
        memset(table->slots, 0, table->capacity * sizeof *table->slots);
    table->count = 0;
}

void id_table_free(struct id_table *table)
{
    memory_free(table->slots);
    *table = (struct id_table){0};
}
