/* Segments written to and read from tables. */
#include "store/segment_rows.h"

#include "base/error.h"
#include "base/memory.h"
#include "index/coding.h"

#include <string.h>

enum {
    SEGMENT_SHIFT = 36,
    PART_SHIFT = 32,
    LAST_PART = 15,
    MOST_SEGMENT = (1 << (63 - SEGMENT_SHIFT)) - 2, /* the key of the next one is still a number */
    SUMS = 1 + 2 * INDEX_MEASURED,
    SUMS_BYTES = 8 * SUMS
};

int64_t segment_row_key(int64_t segment, enum index_part part, uint64_t number)
{
    return segment << SEGMENT_SHIFT | (int64_t)part << PART_SHIFT | (int64_t)(number & UINT32_MAX);
}

/* Where a chunk is put.  Chunks of several parts come by turns; those of terms, the most of all,
 * are the last of the table, for only there SQLite fills its pages.  Before form 2 they stood in
 * the order of the parts. */
static int64_t place_of(int64_t segment, enum index_part part, uint64_t number)
{
    int64_t key = segment_row_key(segment, part, number);
    return part == PART_TERMS ? key | (int64_t)LAST_PART << PART_SHIFT : key;
}

static osler_status put_chunk(void *context, enum index_part part, uint64_t number, str key,
                              str bytes, osler_error *error)
{
    const struct segment_rows *rows = context;
    if (number > UINT32_MAX || rows->segment > MOST_SEGMENT)
        return fail(error, OSLER_ELIMIT, 0, "the search index is too large for a library");
    osler_status status = store_run(
        rows->s, STATEMENT_ADD_CHUNK,
        VALUES(value_int(place_of(rows->segment, part, number)), value_blob(bytes)), error);
    if (status == OSLER_OK && key.length)
        status = store_run(rows->s, STATEMENT_ADD_INDEX_KEY,
                           VALUES(value_int(rows->segment), value_int(part), value_blob(key),
                                  value_int((int64_t)number)),
                           error);
    return status;
}

index_sink segment_rows_sink(struct segment_rows *rows)
{
    return (index_sink){.context = rows, .put = put_chunk};
}

osler_status segment_row_add(store *s, int64_t number, const index_header *header,
                             osler_error *error)
{
    buf bytes = {0};
    index_header_pack(&bytes, header);
    osler_status status = store_run(s, STATEMENT_ADD_SEGMENT,
                                    VALUES(value_int(number), value_blob(buf_str(&bytes))), error);
    buf_free(&bytes);
    return status;
}

/* The sums as numbers, in their order. */
static int64_t *sum_at(index_sums *sums, size_t i)
{
    if (i == 0)
        return &sums->documents;
    i--;
    return i < INDEX_MEASURED ? &sums->with[i] : &sums->words[i - INDEX_MEASURED];
}

osler_status segment_row_bury(store *s, int64_t number, str tombstones, const index_sums *dead,
                              osler_error *error)
{
    unsigned char bytes[SUMS_BYTES];
    index_sums copy = *dead;
    for (size_t i = 0; i < SUMS; i++)
        coding_put_u64(bytes + 8 * i, (uint64_t)*sum_at(&copy, i));
    return store_run(s, STATEMENT_BURY_IN_SEGMENT,
                     VALUES(value_int(number), value_blob(tombstones),
                            value_blob((str){(const char *)bytes, sizeof bytes})),
                     error);
}

osler_status segment_row_drop(store *s, int64_t number, osler_error *error)
{
    osler_status status = store_run(
        s, STATEMENT_DROP_CHUNKS,
        VALUES(value_int(number << SEGMENT_SHIFT), value_int((number + 1) << SEGMENT_SHIFT)),
        error);
    if (status == OSLER_OK)
        status = store_run(s, STATEMENT_DROP_INDEX_KEYS, VALUES(value_int(number)), error);
    if (status == OSLER_OK)
        status = store_run(s, STATEMENT_DROP_SEGMENT, VALUES(value_int(number)), error);
    return status;
}

bool segment_row_read(sqlite3_stmt *row, int64_t *number, index_header *header, buf *tombstones,
                      index_sums *dead)
{
    *number = sqlite3_column_int64(row, 0);
    str bits = store_column(row, 2), sums = store_column(row, 3);
    *dead = (index_sums){0};
    if (*number < 1 || *number > MOST_SEGMENT ||
        !index_header_unpack(header, store_column(row, 1)) ||
        (bits.length && bits.length != (header->documents + (size_t)7) / 8) ||
        (sums.length && sums.length != SUMS_BYTES))
        return false;
    buf_clear(tombstones);
    buf_add(tombstones, bits);
    for (size_t i = 0; sums.length && i < SUMS; i++)
        *sum_at(dead, i) = (int64_t)coding_get_u64((const unsigned char *)sums.data + 8 * i);
    return index_sums_fit(dead, &header->sums);
}

/* A reader that keeps what it reads puts it into slabs in large pages once it is more than one of
 * them would hold: to make ordinary pages for it takes longer than to copy it. */
enum { SLAB = 2 << 20 };

/* A chunk that is lent. */
struct lent {
    int64_t key; /* 0: free */
    char *bytes;
    size_t length;
    bool in_slab;
};

struct read_segment {
    int64_t number;
    buf tombstones;
    index_sums dead;
};

struct segment_reader {
    store *s;
    struct read_segment *segments;
    size_t count;
    bool loaded;
    struct lent *lent; /* open addressing, by key */
    size_t capacity, used, bytes;
    size_t held; /* bytes of them */
    bool keeps;
    char **slabs;
    size_t slab_count, slab_used; /* bytes of the last */
};

size_t segment_reader_held(const segment_reader *r)
{
    return r->held;
}

void segment_reader_keep(segment_reader *r)
{
    r->keeps = true;
}

segment_reader *segment_reader_new(store *s)
{
    segment_reader *r = memory_alloc(sizeof *r);
    r->s = s;
    return r;
}

size_t segment_reader_bytes(const segment_reader *r)
{
    return r->bytes;
}

void segment_reader_free(segment_reader *r)
{
    if (!r)
        return;
    for (size_t i = 0; i < r->count; i++)
        buf_free(&r->segments[i].tombstones);
    for (size_t i = 0; i < r->capacity; i++)
        if (!r->lent[i].in_slab)
            memory_free(r->lent[i].bytes);
    for (size_t i = 0; i < r->slab_count; i++)
        memory_give_back(r->slabs[i], SLAB);
    memory_free(r->slabs);
    memory_free(r->segments);
    memory_free(r->lent);
    memory_free(r);
}

static size_t home_of(const segment_reader *r, int64_t key)
{
    return (size_t)((uint64_t)key * 0x9E3779B97F4A7C15U >> 20) & (r->capacity - 1);
}

/* The place of the key, or the free one where it belongs. */
static struct lent *lent_of(segment_reader *r, int64_t key)
{
    size_t at = home_of(r, key);
    while (r->lent[at].key && r->lent[at].key != key)
        at = (at + 1) & (r->capacity - 1);
    return &r->lent[at];
}

static void grow(segment_reader *r)
{
    size_t count = r->capacity;
    struct lent *old = r->lent;
    r->capacity = count ? count * 2 : 64;
    r->lent = memory_alloc(r->capacity * sizeof *r->lent);
    for (size_t i = 0; i < count; i++)
        if (old[i].key)
            *lent_of(r, old[i].key) = old[i];
    memory_free(old);
}

/* Room for a chunk and a byte behind it. */
static void make_room(segment_reader *r, struct lent *lent)
{
    size_t size = lent->length + 1;
    lent->in_slab = r->keeps && r->bytes > SLAB && size <= SLAB / 8;
    if (!lent->in_slab) {
        lent->bytes = memory_resize(NULL, size);
        return;
    }
    if (!r->slab_count || SLAB - r->slab_used < size) {
        r->slabs = memory_resize(r->slabs, (r->slab_count + 1) * sizeof *r->slabs);
        r->slabs[r->slab_count++] = memory_map(SLAB);
        r->slab_used = 0;
    }
    lent->bytes = r->slabs[r->slab_count - 1] + r->slab_used;
    r->slab_used += size;
}

static osler_status get_chunk(void *context, int64_t segment, enum index_part part, uint64_t number,
                              str *out, osler_error *error)
{
    segment_reader *r = context;
    sqlite3_stmt *row;
    int64_t key = segment_row_key(segment, part, number);
    if (number > UINT32_MAX)
        return OSLER_ENOTFOUND;
    if (r->used * 2 >= r->capacity)
        grow(r);
    struct lent *lent = lent_of(r, key);
    if (!lent->key) {
        osler_status status =
            store_first(r->s, STATEMENT_GET_CHUNK,
                        VALUES(value_int(place_of(segment, part, number))), &row, error);
        if (status == OSLER_END && part == PART_TERMS) /* of form 1 */
            status = store_first(r->s, STATEMENT_GET_CHUNK, VALUES(value_int(key)), &row, error);
        if (status != OSLER_OK)
            return status == OSLER_END ? OSLER_ENOTFOUND : status;
        str bytes = store_column(row, 0);
        *lent = (struct lent){.key = key, .length = bytes.length};
        make_room(r, lent);
        memcpy(lent->bytes, bytes.data ? bytes.data : "", bytes.length);
        r->used++;
        r->bytes += bytes.length;
        r->held += bytes.length;
        store_reset(row);
    }
    *out = (str){lent->bytes, lent->length};
    return OSLER_OK;
}

/* True into `*sound` when the segment's own header is that of its row. */
static osler_status compare_headers(segment_reader *r, int64_t number, const index_header *header,
                                    bool *sound, osler_error *error)
{
    str own;
    buf bytes = {0};
    osler_status status = get_chunk(r, number, PART_HEADER, 0, &own, error);
    index_header_pack(&bytes, header);
    *sound = status == OSLER_OK && str_equal(own, buf_str(&bytes));
    buf_free(&bytes);
    return status == OSLER_ENOTFOUND ? OSLER_OK : status;
}

static osler_status load(segment_reader *r, osler_error *error)
{
    sqlite3_stmt *row;
    osler_status status = store_first(r->s, STATEMENT_ALL_SEGMENTS, (store_values){0}, &row, error);
    for (; status == OSLER_OK; status = store_next(r->s, row, error)) {
        struct read_segment one = {0};
        index_header header;
        bool sound = segment_row_read(row, &one.number, &header, &one.tombstones, &one.dead);
        r->segments = memory_resize(r->segments, (r->count + 1) * sizeof *r->segments);
        r->segments[r->count++] = one;
        if (sound)
            status = compare_headers(r, one.number, &header, &sound, error);
        if (sound)
            continue;
        store_reset(row);
        return status != OSLER_OK
                   ? status
                   : store_damaged(r->s, error, "the library is damaged: a segment of its index");
    }
    r->loaded = status == OSLER_END;
    return r->loaded ? OSLER_OK : status;
}

static osler_status get_segment(void *context, size_t at, int64_t *number, str *tombstones,
                                index_sums *dead, osler_error *error)
{
    segment_reader *r = context;
    osler_status status = r->loaded ? OSLER_OK : load(r, error);
    if (status != OSLER_OK)
        return status;
    if (at >= r->count)
        return OSLER_END;
    const struct read_segment *segment = &r->segments[at];
    *number = segment->number;
    *tombstones = buf_str(&segment->tombstones);
    *dead = segment->dead;
    return OSLER_OK;
}

static osler_status seek_chunk(void *context, int64_t segment, enum index_part part, str key,
                               uint64_t *number, osler_error *error)
{
    segment_reader *r = context;
    sqlite3_stmt *row;
    osler_status status =
        store_first(r->s, STATEMENT_SEEK_INDEX_KEY,
                    VALUES(value_int(segment), value_int(part), value_blob(key)), &row, error);
    if (status != OSLER_OK)
        return status == OSLER_END ? OSLER_ENOTFOUND : status;
    *number = (uint64_t)sqlite3_column_int64(row, 0);
    store_reset(row);
    return OSLER_OK;
}

/* Those behind it are moved up, so that none is lost behind a free place. */
static void release_chunk(void *context, int64_t segment, enum index_part part, uint64_t number)
{
    segment_reader *r = context;
    if (!r->capacity)
        return;
    struct lent *gone = lent_of(r, segment_row_key(segment, part, number));
    if (!gone->key)
        return;
    r->held -= gone->length;
    if (!gone->in_slab)
        memory_free(gone->bytes);
    r->bytes -= gone->length;
    size_t hole = (size_t)(gone - r->lent), mask = r->capacity - 1;
    r->lent[hole] = (struct lent){0};
    r->used--;
    for (size_t at = (hole + 1) & mask; r->lent[at].key; at = (at + 1) & mask) {
        size_t home = home_of(r, r->lent[at].key);
        if (((at - home) & mask) < ((at - hole) & mask))
            continue;
        r->lent[hole] = r->lent[at];
        r->lent[at] = (struct lent){0};
        hole = at;
    }
}

index_source segment_reader_source(segment_reader *r)
{
    return (index_source){.context = r,
                          .segment = get_segment,
                          .chunk = get_chunk,
                          .seek = seek_chunk,
                          .release = release_chunk};
}
