/* A hash table with open addressing; the rows of one key are a chain. */
#include "appraise/keys.h"

static uint32_t slot_of(const keys *k, str key)
{
    uint32_t hash = 2166136261U;
    for (size_t i = 0; i < key.length; i++)
        hash = (hash ^ (unsigned char)char_lower(key.data[i])) * 16777619U;
    uint32_t at = (hash ^ hash >> 16) % KEYS_SLOTS;
    while (k->slots[at] && !str_equal_ignoring_case(k->text[k->slots[at] - 1], key))
        at = (at + 1) % KEYS_SLOTS;
    return at;
}

void keys_add(keys *k, const char *key, unsigned row)
{
    if (!*key || row >= KEYS_ROWS)
        return;
    uint16_t *last = &k->slots[slot_of(k, str_of(key))];
    while (*last)
        last = &k->next[*last - 1];
    *last = (uint16_t)(row + 1);
    k->text[row] = str_of(key);
}

unsigned keys_find(const keys *k, str key)
{
    unsigned found = k->slots[slot_of(k, key)];
    return found ? found - 1 : KEYS_NONE;
}

unsigned keys_next(const keys *k, unsigned row)
{
    unsigned next = k->next[row];
    return next ? next - 1 : KEYS_NONE;
}
