/* Opening an index: segments and their headers, sums, facts, layouts, bytes over several chunks. */
#include "index/index.h"

#include "base/error.h"
#include "base/memory.h"
#include "index/memo.h"
#include "index/reader.h"

#include <string.h>

#define MOST_DOCUMENTS 4000000000U

enum {
    FEW_DOCUMENTS = 65536, /* so many need no proof that they are there */
    FIRST_CHUNK_ROOM = 256
};

osler_status reader_damaged(const reader_segment *s, const char *what, osler_error *error)
{
    return fail(error, OSLER_EDAMAGED, 0, "segment %lld of the search index is damaged: %s",
                (long long)s->number, what);
}

static size_t chunk_slot(const index *i, uint32_t segment, enum index_part part, uint64_t number)
{
    uint64_t hash = (number * 16 + (uint64_t)part) * UINT64_C(0x9E3779B97F4A7C15) +
                    segment * UINT64_C(0xC2B2AE3D27D4EB4F);
    size_t slot = (size_t)(hash >> 29) & (i->chunk_room - 1);
    for (;; slot = (slot + 1) & (i->chunk_room - 1)) {
        const reader_chunk *c = &i->chunks[slot];
        if (!c->segment || (c->segment == segment && c->part == part && c->number == number))
            return slot;
    }
}

static void grow_chunks(index *i)
{
    reader_chunk *old = i->chunks;
    size_t room = i->chunk_room;
    i->chunk_room = room ? room * 2 : FIRST_CHUNK_ROOM;
    i->chunks = memory_alloc(i->chunk_room * sizeof *i->chunks);
    for (size_t k = 0; k < room; k++)
        if (old[k].segment)
            i->chunks[chunk_slot(i, old[k].segment, old[k].part, old[k].number)] = old[k];
    memory_free(old);
}

osler_status reader_get_chunk(index *i, const reader_segment *s, enum index_part part,
                              uint64_t number, str *out, osler_error *error)
{
    if (i->chunk_count * 2 >= i->chunk_room)
        grow_chunks(i);
    uint32_t segment = (uint32_t)(s - i->segments) + 1;
    reader_chunk *chunk = &i->chunks[chunk_slot(i, segment, part, number)];
    if (!chunk->segment) {
        str bytes;
        osler_status status =
            s->source->chunk(s->source->context, s->number, part, number, &bytes, error);
        if (status)
            return status;
        *chunk = (reader_chunk){number, segment, part, bytes};
        i->chunk_count++;
    }
    *out = chunk->bytes;
    return OSLER_OK;
}

/* A chunk that must be there: number `offset`, of exactly `length` bytes. */
static osler_status get_sized(index *i, const reader_segment *s, reader_span chunk, str *out,
                              osler_error *error)
{
    *out = (str){0};
    osler_status status = reader_get_chunk(i, s, chunk.part, chunk.offset, out, error);
    if (status && status != OSLER_ENOTFOUND)
        return status;
    if (status == OSLER_OK && out->data && out->length == chunk.length)
        return OSLER_OK;
    (void)reader_damaged(s, status ? "a chunk is missing" : "a chunk has a wrong size", error);
    return OSLER_EDAMAGED;
}

static uint64_t stream_length(const index_header *header, enum index_part part)
{
    return part == PART_POSTINGS    ? header->postings
           : part == PART_POSITIONS ? header->positions
                                    : header->layouts;
}

osler_status reader_get_bytes(index *i, const reader_segment *s, reader_span span, buf *b, str *out,
                              osler_error *error)
{
    uint64_t total = stream_length(&s->header, span.part);
    if (span.offset > total || span.length > total - span.offset)
        return reader_damaged(s, "it refers to bytes that it has not", error);
    buf_clear(b);
    *out = (str){0};
    while (span.length) {
        uint64_t most = segment_chunk(s->header.form, span.part);
        uint64_t number = span.offset / most, start = number * most;
        uint64_t size = total - start < most ? total - start : most;
        str chunk;
        osler_status status =
            get_sized(i, s, (reader_span){span.part, number, size}, &chunk, error);
        if (status)
            return status;
        str some = str_part(chunk, (size_t)(span.offset - start), (size_t)most);
        if (some.length >= span.length && !b->length) {
            *out = str_part(some, 0, (size_t)span.length);
            return OSLER_OK;
        }
        /* What is gathered grows with what was found, never with what was only claimed. */
        some = str_part(some, 0, span.length < some.length ? (size_t)span.length : some.length);
        buf_add(b, some);
        span.offset += some.length;
        span.length -= some.length;
    }
    *out = buf_str(b);
    return OSLER_OK;
}

/* How many documents a chunk of facts holds. */
static size_t count_facts(const reader_segment *s, uint32_t chunk)
{
    size_t most = segment_facts_chunk(s->header.form);
    size_t left = s->header.documents - (size_t)chunk * most;
    return left < most ? left : most;
}

osler_status reader_load_facts(index *i, reader_segment *s, uint32_t document, osler_error *error)
{
    uint32_t each = segment_facts_chunk(s->header.form), chunk = document / each;
    str bytes = {0};
    reader_span span = {PART_FACTS, chunk, count_facts(s, chunk) * SEGMENT_FACTS};
    osler_status status = get_sized(i, s, span, &bytes, error);
    if (status)
        return status;
    if (!s->facts)
        s->facts = memory_alloc(((size_t)s->header.documents / each + 1) * sizeof *s->facts);
    s->facts[chunk] = (const unsigned char *)bytes.data;
    return OSLER_OK;
}

osler_status reader_load_dates(index *i, reader_segment *s, uint32_t document, osler_error *error)
{
    uint32_t chunk = document / SEGMENT_DATES_CHUNK;
    size_t left = s->header.documents - (size_t)chunk * SEGMENT_DATES_CHUNK;
    size_t count = left < SEGMENT_DATES_CHUNK ? left : SEGMENT_DATES_CHUNK;
    str bytes = {0};
    osler_status status =
        get_sized(i, s, (reader_span){PART_DATES, chunk, count * SEGMENT_DATES}, &bytes, error);
    if (status)
        return status;
    if (!s->dates)
        s->dates = memory_alloc(((size_t)s->header.documents / SEGMENT_DATES_CHUNK + 1) *
                                sizeof *s->dates);
    s->dates[chunk] = (const unsigned char *)bytes.data;
    return OSLER_OK;
}

osler_status reader_load_lengths(index *i, reader_segment *s, uint32_t document, osler_error *error)
{
    uint32_t chunk = document / SEGMENT_LENGTHS_CHUNK;
    size_t left = s->header.documents - (size_t)chunk * SEGMENT_LENGTHS_CHUNK;
    size_t count = left < SEGMENT_LENGTHS_CHUNK ? left : SEGMENT_LENGTHS_CHUNK;
    str bytes = {0};
    reader_span span = {PART_LENGTHS, chunk, count * SEGMENT_LENGTHS};
    osler_status status = get_sized(i, s, span, &bytes, error);
    if (status)
        return status;
    if (!s->lengths)
        s->lengths = memory_alloc(((size_t)s->header.documents / SEGMENT_LENGTHS_CHUNK + 1) *
                                  sizeof *s->lengths);
    uint16_t *to = s->lengths[chunk] = memory_alloc(count * SEGMENT_LENGTHS);
    for (size_t k = 0; k < count * INDEX_MEASURED; k++)
        to[k] = (uint16_t)coding_get_u16((const unsigned char *)bytes.data + 2 * k);
    return OSLER_OK;
}

static void close_segment(reader_segment *s)
{
    for (uint32_t k = 0; s->lengths && k <= s->header.documents / SEGMENT_LENGTHS_CHUNK; k++)
        memory_free(s->lengths[k]);
    memory_free(s->lengths);
    memory_free(s->facts);
    memory_free(s->dates);
    memory_free(s->own);
}

static void add_living(index_sums *sums, const index_sums *all, const index_sums *dead)
{
    sums->documents += all->documents - dead->documents;
    for (unsigned f = 0; f < INDEX_MEASURED; f++) {
        sums->with[f] += all->with[f] - dead->with[f];
        sums->words[f] += all->words[f] - dead->words[f];
    }
}

/* Read the header of the segment that was added last. */
static osler_status open_segment(index *i, reader_segment *s, const index_sums *dead,
                                 osler_error *error)
{
    str bytes;
    osler_status status = reader_get_chunk(i, s, PART_HEADER, 0, &bytes, error);
    if (status == OSLER_ENOTFOUND)
        return reader_damaged(s, "its header is missing", error);
    if (status)
        return status;
    const index_header *header = &s->header;
    if (!index_header_unpack(&s->header, bytes) || !index_sums_fit(dead, &header->sums))
        return reader_damaged(s, "its header cannot be", error);
    s->tombstones = str_part(s->tombstones, 0, ((size_t)header->documents + 7) / 8);
    if (!s->tombstones.length && dead->documents != 0)
        return reader_damaged(s, "its tombstones do not fit", error);
    if (header->documents > MOST_DOCUMENTS - i->size)
        return fail(error, OSLER_ELIMIT, 0, "more than %u documents cannot be searched",
                    MOST_DOCUMENTS);
    s->first = i->size;
    i->size += header->documents;
    add_living(&i->sums, &header->sums, dead);
    if (header->documents <= FEW_DOCUMENTS)
        return OSLER_OK;
    const unsigned char *last; /* memory is given out for documents that seem to be there only */
    return reader_get_facts(i, s, header->documents - 1, &last, error);
}

static osler_status open_source(index *i, const index_source *source, size_t source_number,
                                osler_error *error)
{
    for (size_t k = 0;; k++) {
        reader_segment s = {.source = source, .source_number = source_number};
        index_sums dead = {0};
        osler_status status =
            source->segment(source->context, k, &s.number, &s.tombstones, &dead, error);
        if (status == OSLER_END)
            return OSLER_OK;
        if (status)
            return status;
        if ((i->count & (i->count - 1)) == 0)
            i->segments =
                memory_resize(i->segments, (i->count ? i->count * 2 : 1) * sizeof *i->segments);
        i->segments[i->count++] = s;
        status = open_segment(i, &i->segments[i->count - 1], &dead, error);
        if (status)
            return status;
    }
}

osler_status index_open(index **out, const index_source *sources, size_t count, osler_error *error)
{
    index *i = *out = memory_alloc(sizeof *i);
    osler_status status = OSLER_OK;
    for (size_t k = 0; k < count && status == OSLER_OK; k++)
        status = open_source(i, &sources[k], k, error);
    if (status) {
        index_close(i);
        *out = NULL;
    }
    return status;
}

void index_close(index *i)
{
    if (!i)
        return;
    for (size_t k = 0; k < i->count; k++)
        close_segment(&i->segments[k]);
    memo_free(i->memo);
    memory_free(i->segments);
    memory_free(i->chunks);
    memory_free(i);
}

index_number index_size(const index *i)
{
    return i->size;
}

const index_sums *index_get_sums(const index *i)
{
    return &i->sums;
}

size_t reader_segment_of(const index *i, index_number document)
{
    size_t low = 0, high = i->count;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (i->segments[middle].first <= document)
            low = middle;
        else
            high = middle;
    }
    return low;
}

bool index_is_dead(const index *i, index_number document)
{
    if (document >= i->size)
        return true;
    const reader_segment *s = &i->segments[reader_segment_of(i, document)];
    return reader_is_dead(s, document - s->first);
}

size_t index_source_of(const index *i, index_number document)
{
    return document < i->size ? i->segments[reader_segment_of(i, document)].source_number : 0;
}

static osler_status no_document(osler_error *error)
{
    return fail(error, OSLER_ENOTFOUND, 0, "the search index has no document of this number");
}

osler_status index_get_date(index *i, index_number document, index_date *out, osler_error *error)
{
    *out = (index_date){0};
    if (document >= i->size)
        return no_document(error);
    reader_segment *s = &i->segments[reader_segment_of(i, document)];
    return reader_get_date(i, s, document - s->first, out, error);
}

osler_status index_get_facts(index *i, index_number document, index_facts *out, osler_error *error)
{
    if (document >= i->size)
        return no_document(error);
    reader_segment *s = &i->segments[reader_segment_of(i, document)];
    const unsigned char *bytes;
    osler_status status = reader_get_facts(i, s, document - s->first, &bytes, error);
    if (status == OSLER_OK)
        index_facts_unpack(out, bytes);
    return status;
}

osler_status reader_get_layout(index *i, reader_segment *s, arena *memory, uint32_t document,
                               index_layout *out, osler_error *error)
{
    enum { FIRST_TRY = 64, LAST_TRY = 16 << 20 };
    const unsigned char *facts;
    osler_status status = reader_get_facts(i, s, document, &facts, error);
    if (status)
        return status;
    uint64_t start = coding_get_u64(facts + FACTS_LAYOUT), total = s->header.layouts;
    buf b = {0};
    bool whole = false;
    /* Its length is not stored: try with some bytes, then with more. */
    for (uint64_t some = FIRST_TRY; !whole && status == OSLER_OK; some *= 8) {
        bool rest = start >= total || some >= total - start;
        str bytes = {0};
        status =
            reader_get_bytes(i, s, (reader_span){PART_LAYOUTS, start, rest ? total - start : some},
                             &b, &bytes, error);
        if (status)
            break;
        coding_bytes from = coding_bytes_of(bytes);
        whole = coding_get_layout(&from, memory, out);
        if (!whole && (rest || some > LAST_TRY))
            status = reader_damaged(s, "a layout cannot be", error);
    }
    buf_free(&b);
    return status;
}

osler_status index_get_layout(index *i, arena *memory, index_number document, index_layout *out,
                              osler_error *error)
{
    if (document >= i->size)
        return no_document(error);
    reader_segment *s = &i->segments[reader_segment_of(i, document)];
    return reader_get_layout(i, s, memory, document - s->first, out, error);
}

/* The document of a citation in a segment: rising citations make it a binary search. */
static osler_status find_in_segment(index *i, reader_segment *s, int64_t citation, uint32_t *out,
                                    osler_error *error)
{
    uint32_t low = 0, high = s->header.documents;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        const unsigned char *facts;
        osler_status status = reader_get_facts(i, s, middle, &facts, error);
        if (status)
            return status;
        int64_t found = (int64_t)coding_get_u64(facts + FACTS_CITATION);
        if (found == citation) {
            *out = middle;
            return OSLER_OK;
        }
        if (found < citation)
            low = middle + 1;
        else
            high = middle;
    }
    return OSLER_ENOTFOUND;
}

osler_status index_find_citation(index *i, size_t source, int64_t citation, index_number *out,
                                 osler_error *error)
{
    for (size_t k = 0; k < i->count; k++) {
        reader_segment *s = &i->segments[k];
        uint32_t document;
        if (s->source_number != source || citation < s->header.first || citation > s->header.last)
            continue;
        osler_status status = find_in_segment(i, s, citation, &document, error);
        if (status && status != OSLER_ENOTFOUND)
            return status;
        if (status || reader_is_dead(s, document))
            continue;
        *out = s->first + document;
        return OSLER_OK;
    }
    return fail(error, OSLER_ENOTFOUND, 0, "the search index has no citation %lld",
                (long long)citation);
}
