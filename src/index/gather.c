/* Terms gathered in memory. */
#include "index/gather.h"

#include "base/limits.h"
#include "base/memory.h"
#include "index/coding.h"
#include "index/hash.h"

#include <stdlib.h>
#include <string.h>

enum {
    UNITS = POOL_BLOCK / POOL_UNIT,
    FEWEST_SLOTS = 1 << 14,
    FIRST_CHUNK = 24,
    FIRST_DELTA = 3, /* bytes of the number of a term's first document, as a rule */
    LARGEST_CHUNK = 4096,
    AT_ONCE = 32 /* terms that are looked up side by side, so that their cache misses overlap */
};

/* A term: behind it its text, and behind that `inside` bytes for its first postings. */
struct node {
    uint32_t df, last;   /* documents; the number of the last one */
    uint32_t next, tail; /* the first and the last of its chunks; 0: none yet */
    uint16_t used, room; /* bytes of where it is written to: inside, or its last chunk */
    uint16_t length, inside;
    char text[];
};

struct chunk {
    uint32_t next, size;
    unsigned char bytes[];
};

/* -- memory -------------------------------------------------------------------------------------
 */

static void *at_place(const gathered *g, uint32_t place)
{
    return g->memory.blocks[place / UNITS] + (size_t)(place % UNITS) * POOL_UNIT;
}

static uint32_t take(gathered *g, size_t bytes)
{
    pool *p = &g->memory;
    size_t units = (bytes + POOL_UNIT - 1) / POOL_UNIT;
    if (UNITS - p->used < units || p->count == 0) {
        if (p->count >= UINT32_MAX / UNITS)
            memory_out(bytes);
        if ((p->count & (p->count - 1)) == 0)
            p->blocks = memory_resize(p->blocks, (p->count ? p->count * 2 : 1) * sizeof *p->blocks);
        p->blocks[p->count++] = memory_map(POOL_BLOCK);
        p->used = p->count == 1; /* place 0 is none */
    }
    uint32_t place = (uint32_t)((p->count - 1) * UNITS + p->used);
    p->used += units;
    return place;
}

void gather_start(gathered *g)
{
    *g = (gathered){.slot_count = FEWEST_SLOTS};
    g->slots = memory_map(g->slot_count * sizeof *g->slots);
    g->seed = (uint64_t)(uintptr_t)g->slots * UINT64_C(0xD6E8FEB86659FD93);
}

void gather_free(gathered *g)
{
    for (size_t i = 0; i < g->memory.count; i++)
        memory_give_back(g->memory.blocks[i], POOL_BLOCK);
    memory_free(g->memory.blocks);
    memory_give_back(g->slots, g->slot_count * sizeof *g->slots);
    *g = (gathered){0};
}

size_t gather_bytes(const gathered *g)
{
    return g->memory.count * POOL_BLOCK + g->slot_count * sizeof *g->slots;
}

/* -- finding terms ------------------------------------------------------------------------------
 */

/* The half that a slot keeps is the half that says where it is. */
static uint32_t hash_of(const gathered *g, str term)
{
    return (uint32_t)(hash_term(g->seed, term.data[0], (str){term.data + 1, term.length - 1}) >>
                      32);
}

static void insert(gathered *g, uint32_t hash, uint32_t place)
{
    size_t at = hash & (g->slot_count - 1);
    while (g->slots[at])
        at = (at + 1) & (g->slot_count - 1);
    g->slots[at] = (uint64_t)hash << 32 | place;
}

/* Room for as many further terms as are looked up at once. */
static void make_room(gathered *g)
{
    if ((g->terms + AT_ONCE) * 2 <= g->slot_count)
        return;
    uint64_t *old = g->slots;
    size_t count = g->slot_count;
    g->slot_count *= 2;
    g->slots = memory_map(g->slot_count * sizeof *g->slots);
    for (size_t i = 0; i < count; i++)
        if (old[i])
            insert(g, (uint32_t)(old[i] >> 32), (uint32_t)old[i]);
    memory_give_back(old, count * sizeof *old);
}

/* The first place whose hash agrees, perhaps not the term's; 0: surely nobody has it. */
static uint32_t guess(const gathered *g, uint32_t hash)
{
    uint64_t slot;
    for (size_t at = hash & (g->slot_count - 1); (slot = g->slots[at]);
         at = (at + 1) & (g->slot_count - 1))
        if (slot >> 32 == hash)
            return (uint32_t)slot;
    return 0;
}

/* As memcmp() == 0; most terms are so short that calling it is dearer. */
static inline bool same_bytes(const char *a, const char *b, size_t length)
{
    if (length > 16 || length < 4)
        return memcmp(a, b, length) == 0;
    const unsigned char *x = (const unsigned char *)a, *y = (const unsigned char *)b;
    if (length < 8)
        return coding_get_u32(x) == coding_get_u32(y) &&
               coding_get_u32(x + length - 4) == coding_get_u32(y + length - 4);
    return coding_get_u64(x) == coding_get_u64(y) &&
           coding_get_u64(x + length - 8) == coding_get_u64(y + length - 8);
}

static uint32_t find(const gathered *g, str term, uint32_t hash)
{
    uint64_t slot;
    for (size_t at = hash & (g->slot_count - 1); (slot = g->slots[at]);
         at = (at + 1) & (g->slot_count - 1)) {
        if (slot >> 32 != hash)
            continue;
        const struct node *n = at_place(g, (uint32_t)slot);
        if (n->length == term.length && term.data && same_bytes(n->text, term.data, term.length))
            return (uint32_t)slot;
    }
    return 0;
}

uint32_t gather_find(const gathered *g, str term)
{
    return term.length ? find(g, term, hash_of(g, term)) : 0;
}

/* A new term that has room for its first posting. */
static uint32_t add_term(gathered *g, str term, uint32_t hash, size_t first)
{
    size_t inside = first <= FIRST_CHUNK ? first : 0, end = sizeof(struct node) + term.length;
    inside += (POOL_UNIT - (end + inside) % POOL_UNIT) % POOL_UNIT;
    uint32_t place = take(g, end + inside);
    struct node *n = at_place(g, place);
    *n = (struct node){
        .length = (uint16_t)term.length, .inside = (uint16_t)inside, .room = (uint16_t)inside};
    memcpy(n->text, term.data, term.length);
    insert(g, hash, place);
    g->terms++;
    return place;
}

/* -- adding -------------------------------------------------------------------------------------
 */

static void add_chunk(gathered *g, struct node *n)
{
    struct chunk *tail = n->tail ? at_place(g, n->tail) : NULL;
    size_t size = tail ? (size_t)tail->size * 2 : FIRST_CHUNK;
    if (size > LARGEST_CHUNK)
        size = LARGEST_CHUNK;
    uint32_t place = take(g, sizeof(struct chunk) + size);
    *(struct chunk *)at_place(g, place) = (struct chunk){0, (uint32_t)size};
    if (tail)
        tail->next = place;
    else
        n->next = place;
    n->tail = place;
    n->used = 0;
    n->room = (uint16_t)size;
}

static inline unsigned char *end_of(const gathered *g, struct node *n)
{
    if (!n->tail)
        return (unsigned char *)n->text + n->length + n->used;
    struct chunk *tail = at_place(g, n->tail);
    return tail->bytes + n->used;
}

static void append(gathered *g, struct node *n, const char *bytes, size_t length)
{
    while (length) {
        size_t fitting =
            (size_t)(n->room - n->used) < length ? (size_t)(n->room - n->used) : length;
        memcpy(end_of(g, n), bytes, fitting);
        n->used = (uint16_t)(n->used + fitting);
        bytes += fitting;
        length -= fitting;
        if (length)
            add_chunk(g, n);
    }
}

static void add_posting(gathered *g, struct node *n, const index_entry *e, uint32_t document)
{
    unsigned char delta[CODING_VARINT];
    size_t length = (size_t)(coding_put_varint(delta, document - n->last) - delta);
    size_t whole = length + e->payload.length + e->positions.length;
    n->df++;
    n->last = document;
    if ((size_t)(n->room - n->used) >= whole) {
        unsigned char *at = end_of(g, n);
        at = coding_copy(at, delta, length);
        at = coding_copy(at, e->payload.data, e->payload.length);
        coding_copy(at, e->positions.data, e->positions.length);
        n->used = (uint16_t)(n->used + whole);
        return;
    }
    append(g, n, (const char *)delta, length);
    append(g, n, e->payload.data, e->payload.length);
    append(g, n, e->positions.data, e->positions.length);
}

/* At most AT_ONCE entries. */
static void add_some(gathered *g, const index_entry *entries, size_t count, uint32_t document)
{
    uint32_t hashes[AT_ONCE];
    uint32_t places[AT_ONCE];
    make_room(g);
    for (size_t i = 0; i < count; i++) {
        hashes[i] = hash_of(g, entries[i].term);
        __builtin_prefetch(&g->slots[hashes[i] & (g->slot_count - 1)]);
    }
    for (size_t i = 0; i < count; i++) {
        uint32_t place = guess(g, hashes[i]);
        if (place)
            __builtin_prefetch(at_place(g, place), 1);
    }
    for (size_t i = 0; i < count; i++) {
        places[i] = find(g, entries[i].term, hashes[i]);
        if (!places[i])
            places[i] =
                add_term(g, entries[i].term, hashes[i],
                         FIRST_DELTA + entries[i].payload.length + entries[i].positions.length);
        __builtin_prefetch(end_of(g, at_place(g, places[i])), 1);
    }
    for (size_t i = 0; i < count; i++)
        add_posting(g, at_place(g, places[i]), &entries[i], document);
}

void gather_add(gathered *g, const index_entry *entries, size_t count, uint32_t document)
{
    for (size_t i = 0; i < count; i += AT_ONCE)
        add_some(g, entries + i, count - i < AT_ONCE ? count - i : AT_ONCE, document);
}

/* -- reading ------------------------------------------------------------------------------------
 */

str gather_term(const gathered *g, uint32_t place)
{
    const struct node *n = at_place(g, place);
    return (str){n->text, n->length};
}

uint32_t gather_df(const gathered *g, uint32_t place)
{
    const struct node *n = at_place(g, place);
    return n->df;
}

void gather_prefetch(const gathered *g, uint32_t place)
{
    __builtin_prefetch(at_place(g, place));
}

str gather_postings(const gathered *g, uint32_t place, buf *b)
{
    const struct node *n = at_place(g, place);
    if (!n->tail)
        return (str){n->text + n->length, n->used};
    buf_clear(b);
    buf_add(b, (str){n->text + n->length, n->inside});
    for (uint32_t next = n->next; next;) {
        const struct chunk *c = at_place(g, next);
        buf_add(b, (str){(const char *)c->bytes, next == n->tail ? n->used : c->size});
        next = c->next;
    }
    return buf_str(b);
}

/* -- sorting ------------------------------------------------------------------------------------
 */

/* A term by its first eight bytes, which compare as numbers; shorter terms have zeros behind. */
struct sorted {
    uint64_t prefix;
    uint32_t place;
};

enum { PREFIX = 8 };

static uint64_t prefix_of(str term)
{
    uint64_t prefix = 0;
    for (size_t i = 0; i < PREFIX; i++)
        prefix = prefix << 8 | (i < term.length ? (unsigned char)term.data[i] : 0U);
    return prefix;
}

/* By byte `shift / 8` of the prefix, stable, from one array into the other. */
static void sort_by_byte(const struct sorted *from, struct sorted *to, size_t count, unsigned shift)
{
    size_t starts[256] = {0}, sum = 0;
    for (size_t i = 0; i < count; i++)
        starts[from[i].prefix >> shift & 255]++;
    for (size_t i = 0; i < 256; i++) {
        size_t here = starts[i];
        starts[i] = sum;
        sum += here;
    }
    for (size_t i = 0; i < count; i++)
        to[starts[from[i].prefix >> shift & 255]++] = from[i];
}

/* A term in full. */
struct named {
    str text;
    uint32_t place;
};

static int by_text(const void *one, const void *other)
{
    const struct named *a = one, *b = other;
    return str_compare(a->text, b->text);
}

/* Sort terms whose prefixes agree. */
static void sort_rest(const gathered *g, struct sorted *items, size_t count, buf *room)
{
    struct named *names = (struct named *)(void *)buf_reserve(room, count * sizeof *names);
    for (size_t i = 0; i < count; i++)
        names[i] = (struct named){gather_term(g, items[i].place), items[i].place};
    qsort(names, count, sizeof *names, by_text);
    for (size_t i = 0; i < count; i++)
        items[i].place = names[i].place;
}

static void fill(const gathered *g, struct sorted *items)
{
    size_t count = 0;
    for (size_t i = 0; i < g->slot_count; i++)
        if (g->slots[i])
            items[count++].place = (uint32_t)g->slots[i];
    for (size_t i = 0; i < count; i++) {
        if (i + AT_ONCE < count)
            gather_prefetch(g, items[i + AT_ONCE].place);
        items[i].prefix = prefix_of(gather_term(g, items[i].place));
    }
}

uint32_t *gather_sorted(const gathered *g)
{
    size_t count = g->terms;
    struct sorted *items = memory_resize(NULL, (count + 1) * sizeof *items);
    struct sorted *other = memory_resize(NULL, (count + 1) * sizeof *other);
    uint32_t *places = memory_resize(NULL, (count + 1) * sizeof *places);
    buf room = {0};
    fill(g, items);
    for (unsigned shift = 0; shift < 64; shift += 16) { /* an even number of times */
        sort_by_byte(items, other, count, shift);
        sort_by_byte(other, items, count, shift + 8);
    }
    for (size_t i = 0, end; i < count; i = end) {
        for (end = i + 1; end < count && items[end].prefix == items[i].prefix; end++)
            ;
        if (end - i > 1)
            sort_rest(g, items + i, end - i, &room);
    }
    for (size_t i = 0; i < count; i++)
        places[i] = items[i].place;
    buf_free(&room);
    memory_free(items);
    memory_free(other);
    return places;
}
