/* Segments of an index kept in memory; each chunk is an allocation of its own, so that sanitizers
 * see whatever reads past its end. */
#include "memory_segments.h"

#include "base/error.h"
#include "base/memory.h"
#include "index/coding.h"

#include <string.h>

enum { PARTS = PART_LAST + 1 };

struct chunk {
    char *key, *bytes;
    size_t key_length, length;
    bool lent;
};

struct part {
    struct chunk *chunks;
    size_t count;
};

struct segment {
    int64_t number;
    struct part parts[PARTS];
    char *tombstones;
    size_t tombstone_bytes;
    index_sums dead;
};

struct memory_segments {
    struct segment *items;
    size_t count;
    size_t lent, most_lent, puts_left;
};

memory_segments *memory_segments_new(void)
{
    memory_segments *m = memory_alloc(sizeof *m);
    m->puts_left = SIZE_MAX;
    return m;
}

static void clear(struct segment *s)
{
    for (size_t p = 0; p < PARTS; p++) {
        for (size_t i = 0; i < s->parts[p].count; i++) {
            memory_free(s->parts[p].chunks[i].key);
            memory_free(s->parts[p].chunks[i].bytes);
        }
        memory_free(s->parts[p].chunks);
    }
    memory_free(s->tombstones);
}

void memory_segments_free(memory_segments *m)
{
    for (size_t i = 0; m && i < m->count; i++)
        clear(&m->items[i]);
    if (m)
        memory_free(m->items);
    memory_free(m);
}

static struct segment *find(const memory_segments *m, int64_t number)
{
    for (size_t i = 0; i < m->count; i++)
        if (m->items[i].number == number)
            return &m->items[i];
    return NULL;
}

static struct chunk *find_chunk(const memory_segments *m, int64_t segment, enum index_part part,
                                uint64_t number)
{
    struct segment *s = find(m, segment);
    if (!s || number >= s->parts[part].count)
        return NULL;
    return &s->parts[part].chunks[number];
}

int64_t memory_segments_start(memory_segments *m)
{
    int64_t number = m->count ? m->items[m->count - 1].number + 1 : 1;
    m->items = memory_resize(m->items, (m->count + 1) * sizeof *m->items);
    m->items[m->count++] = (struct segment){.number = number};
    return number;
}

static char *copy(str s)
{
    char *bytes = memory_resize(NULL, s.length ? s.length : 1);
    if (s.length)
        memcpy(bytes, s.data, s.length);
    return bytes;
}

static osler_status put(void *context, enum index_part part, uint64_t number, str key, str bytes,
                        osler_error *error)
{
    memory_segments *m = context;
    struct part *p = &m->items[m->count - 1].parts[part];
    if (m->puts_left == 0)
        return fail(error, OSLER_EIO, 0, "the sink was told to fail");
    m->puts_left -= m->puts_left != SIZE_MAX;
    if (number != p->count)
        return fail(error, OSLER_EUSAGE, 0, "chunk %llu of part %d comes as the %zuth",
                    (unsigned long long)number, (int)part, p->count);
    p->chunks = memory_resize(p->chunks, (p->count + 1) * sizeof *p->chunks);
    p->chunks[p->count++] = (struct chunk){copy(key), copy(bytes), key.length, bytes.length, false};
    return OSLER_OK;
}

index_sink memory_segments_sink(memory_segments *m)
{
    return (index_sink){.context = m, .put = put};
}

static osler_status segment(void *context, size_t nth, int64_t *number, str *tombstones,
                            index_sums *dead, osler_error *error)
{
    (void)error;
    memory_segments *m = context;
    for (size_t i = 0; i < m->count; i++) {
        struct segment *s = &m->items[i];
        if (s->parts[PART_HEADER].count == 0 || nth-- > 0)
            continue;
        *number = s->number;
        *tombstones = (str){s->tombstones, s->tombstone_bytes};
        *dead = s->dead;
        return OSLER_OK;
    }
    return OSLER_END;
}

static osler_status chunk(void *context, int64_t number, enum index_part part,
                          uint64_t chunk_number, str *out, osler_error *error)
{
    memory_segments *m = context;
    struct chunk *c = find_chunk(m, number, part, chunk_number);
    if (!c)
        return fail(error, OSLER_ENOTFOUND, 0, "no such chunk");
    *out = (str){c->bytes, c->length};
    m->lent += !c->lent;
    c->lent = true;
    if (m->lent > m->most_lent)
        m->most_lent = m->lent;
    return OSLER_OK;
}

static void release(void *context, int64_t number, enum index_part part, uint64_t chunk_number)
{
    memory_segments *m = context;
    struct chunk *c = find_chunk(m, number, part, chunk_number);
    if (!c || !c->lent)
        return;
    c->lent = false;
    m->lent--;
    char *moved = copy((str){c->bytes, c->length}); /* who still reads the old bytes is found out */
    memory_free(c->bytes);
    c->bytes = moved;
}

static osler_status seek(void *context, int64_t number, enum index_part part, str key,
                         uint64_t *out, osler_error *error)
{
    struct segment *s = find(context, number);
    struct part *p = s ? &s->parts[part] : NULL;
    size_t low = 0, high = p ? p->count : 0;
    while (low < high) {
        size_t middle = (low + high) / 2;
        str first = {p->chunks[middle].key, p->chunks[middle].key_length};
        if (str_compare(first, key) <= 0)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == 0)
        return fail(error, OSLER_ENOTFOUND, 0, "below all chunks");
    *out = low - 1;
    return OSLER_OK;
}

index_source memory_segments_source(memory_segments *m)
{
    return (index_source){
        .context = m, .segment = segment, .chunk = chunk, .seek = seek, .release = release};
}

static const unsigned char *facts_of(const memory_segments *m, int64_t number, uint32_t document)
{
    struct chunk *c =
        find_chunk(m, number, PART_FACTS, document / segment_facts_chunk(SEGMENT_FORM));
    size_t at = (size_t)(document % segment_facts_chunk(SEGMENT_FORM)) * SEGMENT_FACTS;
    return c && at + SEGMENT_FACTS <= c->length ? (const unsigned char *)c->bytes + at : NULL;
}

bool memory_segments_kill(memory_segments *m, int64_t number, uint32_t document)
{
    struct segment *s = find(m, number);
    const unsigned char *bytes = facts_of(m, number, document);
    if (!s || !bytes)
        return false;
    size_t need = document / 8 + 1;
    if (s->tombstone_bytes < need) {
        s->tombstones = memory_resize(s->tombstones, need);
        memset(s->tombstones + s->tombstone_bytes, 0, need - s->tombstone_bytes);
        s->tombstone_bytes = need;
    }
    unsigned char bit = (unsigned char)(1U << (document % 8));
    if (s->tombstones[document / 8] & bit)
        return false;
    s->tombstones[document / 8] = (char)(s->tombstones[document / 8] | bit);
    index_facts facts;
    index_facts_unpack(&facts, bytes);
    coding_count_document(&s->dead, facts.lengths, 1);
    return true;
}

void memory_segments_remove(memory_segments *m, int64_t number)
{
    struct segment *s = find(m, number);
    if (!s)
        return;
    clear(s);
    size_t behind = m->count - (size_t)(s - m->items) - 1;
    memmove(s, s + 1, behind * sizeof *s);
    m->count--;
}

size_t memory_segments_bytes(const memory_segments *m, int64_t number, enum index_part part)
{
    struct segment *s = find(m, number);
    size_t sum = 0;
    for (size_t i = 0; s && i < s->parts[part].count; i++)
        sum += s->parts[part].chunks[i].length;
    return sum;
}

static bool same_bytes(const char *a, size_t a_length, const char *b, size_t b_length)
{
    return a_length == b_length && memcmp(a, b, a_length) == 0;
}

bool memory_segments_same(const memory_segments *m, int64_t one, int64_t other)
{
    struct segment *a = find(m, one), *b = find(m, other);
    for (size_t p = 0; p < PARTS; p++) {
        if (a->parts[p].count != b->parts[p].count)
            return false;
        for (size_t i = 0; i < a->parts[p].count; i++) {
            struct chunk *x = &a->parts[p].chunks[i], *y = &b->parts[p].chunks[i];
            if (!same_bytes(x->bytes, x->length, y->bytes, y->length) ||
                !same_bytes(x->key, x->key_length, y->key, y->key_length))
                return false;
        }
    }
    return true;
}

size_t memory_segments_lent(const memory_segments *m)
{
    return m->lent;
}

size_t memory_segments_most_lent(const memory_segments *m)
{
    return m->most_lent;
}

void memory_segments_fail_after(memory_segments *m, size_t chunks)
{
    m->puts_left = chunks;
}

char *memory_segments_chunk(memory_segments *m, int64_t number, enum index_part part,
                            uint64_t chunk_number, size_t *length)
{
    struct chunk *c = find_chunk(m, number, part, chunk_number);
    if (c)
        *length = c->length;
    return c ? c->bytes : NULL;
}

bool memory_segments_cut(memory_segments *m, int64_t number, enum index_part part,
                         uint64_t chunk_number, size_t length)
{
    struct chunk *c = find_chunk(m, number, part, chunk_number);
    if (!c)
        return false;
    char *shorter = copy((str){c->bytes, length});
    memory_free(c->bytes);
    c->bytes = shorter;
    c->length = length;
    return true;
}
