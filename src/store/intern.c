/* Interning: a hash table in front of a table of the library. */
#include "store/intern.h"

#include "base/memory.h"

#include <string.h>

enum { LEAST = 1 << 10, MOST_KEYS = 1 << 17, MOST_BYTES = 8 << 20 };

struct intern_slot {
    uint32_t hash, start, length;
    int64_t id; /* 0: free */
};

/* What is known by heart of one table. */
struct interned {
    struct intern_slot *slots;
    size_t capacity, count;
    buf keys; /* one behind the other */
};

static const struct {
    enum store_statement find, add;
} statements[INTERN_TABLES] = {
    [INTERN_STRING] = {STATEMENT_FIND_STRING, STATEMENT_ADD_STRING},
    [INTERN_HEADING] = {STATEMENT_FIND_HEADING, STATEMENT_INTERN_HEADING},
    [INTERN_TYPE] = {STATEMENT_FIND_TYPE, STATEMENT_INTERN_TYPE},
    [INTERN_JOURNAL] = {STATEMENT_FIND_JOURNAL, STATEMENT_INTERN_JOURNAL},
};

static uint32_t hash_of(str key)
{
    uint64_t hash = 0xCBF29CE484222325U ^ key.length;
    size_t i = 0;
    for (; i + 8 <= key.length; i += 8) {
        uint64_t word;
        memcpy(&word, key.data + i, 8); /* never stored: the order of its bytes does not matter */
        hash = (hash ^ word) * 0x9E3779B97F4A7C15U;
        hash ^= hash >> 29;
    }
    for (; i < key.length; i++)
        hash = (hash ^ (unsigned char)key.data[i]) * 0x100000001B3U;
    hash ^= hash >> 32;
    return (uint32_t)hash;
}

/* The slot of the key, or the free one where it belongs. */
static struct intern_slot *slot_of(const struct interned *known, str key, uint32_t hash)
{
    size_t mask = known->capacity - 1;
    for (size_t at = hash & mask;; at = (at + 1) & mask) {
        struct intern_slot *slot = &known->slots[at];
        str there = {known->keys.data + slot->start, slot->length};
        if (!slot->id || (slot->hash == hash && str_equal(there, key)))
            return slot;
    }
}

static void grow(struct interned *known)
{
    size_t capacity = known->capacity ? known->capacity * 2 : LEAST;
    struct intern_slot *old = known->slots;
    size_t count = known->capacity;
    known->slots = memory_alloc(capacity * sizeof *known->slots);
    known->capacity = capacity;
    for (size_t i = 0; i < count; i++) {
        if (!old[i].id)
            continue;
        size_t at = old[i].hash & (capacity - 1);
        while (known->slots[at].id)
            at = (at + 1) & (capacity - 1);
        known->slots[at] = old[i];
    }
    memory_free(old);
}

static void clear(struct interned *known)
{
    if (known->slots)
        memset(known->slots, 0, known->capacity * sizeof *known->slots);
    known->count = 0;
    buf_clear(&known->keys);
}

void intern_forget(store *s)
{
    for (size_t i = 0; s->interned && i < INTERN_TABLES; i++)
        clear(&s->interned[i]);
}

void intern_free(store *s)
{
    for (size_t i = 0; s->interned && i < INTERN_TABLES; i++) {
        memory_free(s->interned[i].slots);
        buf_free(&s->interned[i].keys);
    }
    memory_free(s->interned);
    s->interned = NULL;
}

static void remember(struct interned *known, str key, uint32_t hash, int64_t id)
{
    if (known->count >= MOST_KEYS || known->keys.length + key.length > MOST_BYTES)
        clear(known);
    if (known->count * 2 >= known->capacity)
        grow(known);
    *slot_of(known, key, hash) =
        (struct intern_slot){hash, (uint32_t)known->keys.length, (uint32_t)key.length, id};
    buf_add(&known->keys, key);
    known->count++;
}

static osler_status find_or_add(store *s, enum intern_table table, store_values values, int64_t *id,
                                osler_error *error)
{
    sqlite3_stmt *row;
    osler_status status = store_first(s, statements[table].find, values, &row, error);
    if (status == OSLER_OK) {
        *id = sqlite3_column_int64(row, 0);
        store_reset(row);
    }
    if (status != OSLER_END)
        return status;
    status = store_run(s, statements[table].add, values, error);
    *id = status == OSLER_OK ? sqlite3_last_insert_rowid(s->db) : 0;
    return status;
}

/* All columns as one text, each behind its length; NULL differs from "". */
static void add_key(buf *key, store_values values)
{
    for (size_t i = 0; i < values.count; i++) {
        const store_value *v = &values.items[i];
        uint32_t length = v->kind == VALUE_NONE ? UINT32_MAX : (uint32_t)v->bytes.length;
        buf_add(key, (str){(const char *)&length, sizeof length});
        if (v->kind != VALUE_NONE)
            buf_add(key, v->bytes);
    }
}

osler_status intern_get(store *s, enum intern_table table, store_values values, int64_t *id,
                        osler_error *error)
{
    if (!s->interned)
        s->interned = memory_alloc(INTERN_TABLES * sizeof *s->interned);
    struct interned *known = &s->interned[table];
    str key = values.items[0].bytes;
    if (values.count > 1) {
        buf_clear(&s->key);
        add_key(&s->key, values);
        key = buf_str(&s->key);
    }
    uint32_t hash = hash_of(key);
    if (known->capacity) {
        const struct intern_slot *slot = slot_of(known, key, hash);
        *id = slot->id;
        if (*id)
            return OSLER_OK;
    }
    osler_status status = find_or_add(s, table, values, id, error);
    if (status == OSLER_OK)
        remember(known, key, hash, *id);
    return status;
}
