/* The documents of one term in one segment: blocks, payloads, positions. */
#include "index/postings.h"

#include "base/error.h"
#include "base/memory.h"
#include "index/dictionary.h"

#include <string.h>

static osler_status damaged(const postings *p, osler_error *error)
{
    return reader_damaged(p->segment, "documents of a term cannot be", error);
}

static const unsigned char *header_of(const postings *p, size_t block)
{
    return p->headers + block * SEGMENT_BLOCK_HEADER;
}

/* A term of one document: all of it stands in the dictionary. */
static osler_status open_single(postings *p, const coding_term *term, osler_error *error)
{
    if (term->document >= p->segment->header.documents)
        return damaged(p, error);
    p->blocks = p->count = 1;
    p->documents[0] = (uint32_t)term->document;
    p->payloads = coding_bytes_of(term->payload);
    p->only_positions = term->positions_inline;
    p->bound = CODING_NO_BOUND;
    return OSLER_OK;
}

/* The headers of the blocks are in order: all that is found through them relies on it. */
static bool check_headers(const postings *p)
{
    coding_block before = {0};
    for (size_t k = 0; k < p->blocks; k++) {
        coding_block h;
        size_t count = k + 1 < p->blocks ? SEGMENT_BLOCK : p->df - k * SEGMENT_BLOCK;
        if (!coding_get_block(header_of(p, k), &h) || h.count != count ||
            (k && h.last <= before.last) || h.last >= p->segment->header.documents ||
            h.body < before.body || h.body > p->bodies_length ||
            (p->has_positions &&
             (h.positions < before.positions || h.positions > p->positions_length)))
            return false;
        before = h;
    }
    return true;
}

osler_status postings_open_entry(postings *p, index *i, reader_segment *s, char kind,
                                 const coding_term *term, osler_error *error)
{
    *p = (postings){.index = i,
                    .segment = s,
                    .has_positions = coding_has_positions(kind),
                    .places_of = SEGMENT_BLOCK};
    if (term->df == 0 || term->df > s->header.documents)
        return damaged(p, error);
    p->df = (uint32_t)term->df;
    if (p->df == 1)
        return open_single(p, term, error);
    p->blocks = (p->df - 1) / SEGMENT_BLOCK + 1;
    uint64_t size = (uint64_t)p->blocks * SEGMENT_BLOCK_HEADER;
    if (size > term->postings_length || term->postings_length > s->header.postings)
        return damaged(p, error);
    str headers;
    osler_status status = reader_get_bytes(i, s, (reader_span){PART_POSTINGS, term->postings, size},
                                           &p->header_copy, &headers, error);
    if (status)
        return status;
    p->headers = (const unsigned char *)headers.data;
    p->bodies = term->postings + size;
    p->bodies_length = term->postings_length - size;
    p->positions = term->positions;
    p->positions_length = term->positions_length;
    p->bound =
        p->has_positions && term->bound < CODING_NO_BOUND ? (uint32_t)term->bound : CODING_NO_BOUND;
    return check_headers(p) ? OSLER_OK : damaged(p, error);
}

osler_status postings_open(postings *p, index *i, reader_segment *s, str term, osler_error *error)
{
    coding_term entry;
    *p = (postings){.index = i, .segment = s};
    osler_status status =
        term.length ? dictionary_find(i, s, term, &entry, error) : OSLER_ENOTFOUND;
    if (status)
        return status;
    return postings_open_entry(p, i, s, term.data[0], &entry, error);
}

void postings_make(postings_made *m, uint32_t document, const index_posting *posting)
{
    uint32_t in_block = (uint32_t)(m->count % SEGMENT_BLOCK);
    if (m->count == m->room) {
        m->room = m->room ? m->room * 2 : SEGMENT_BLOCK;
        m->documents = memory_resize(m->documents, m->room * sizeof *m->documents);
    }
    m->documents[m->count++] = document;
    if (in_block == 0) {
        coding_block h = {.body = (uint32_t)m->payloads.length, .count = 1};
        coding_put_block((unsigned char *)buf_reserve(&m->headers, SEGMENT_BLOCK_HEADER), &h);
        m->headers.length += SEGMENT_BLOCK_HEADER;
    }
    unsigned char *header =
        (unsigned char *)m->headers.data + m->headers.length - SEGMENT_BLOCK_HEADER;
    coding_put_u32(header, document);
    header[14] = (unsigned char)in_block; /* the documents of the block, minus 1 */
    unsigned char *to = (unsigned char *)buf_reserve(&m->payloads, CODING_PAYLOAD);
    m->payloads.length += (size_t)(coding_put_payload(to, posting) - to);
}

void postings_made_free(postings_made *m)
{
    memory_free(m->documents);
    buf_free(&m->payloads);
    buf_free(&m->headers);
}

void postings_open_made(postings *p, index *i, reader_segment *s, const postings_made *made)
{
    *p = (postings){.index = i,
                    .segment = s,
                    .df = (uint32_t)made->count,
                    .bound = CODING_NO_BOUND,
                    .headers = (const unsigned char *)made->headers.data,
                    .blocks = made->headers.length / SEGMENT_BLOCK_HEADER,
                    .made = made};
}

void postings_close(postings *p)
{
    memory_free(p->places);
    buf_free(&p->header_copy);
    buf_free(&p->body_copy);
    buf_free(&p->place_copy);
}

void postings_restart(postings *p)
{
    p->block = 0;
    p->count = p->headers || !p->blocks ? 0 : 1;
    p->at = 0;
}

/* Add up the differences between documents; false when they do not lead to `last`. */
static bool add_up(uint32_t *documents, uint32_t count, uint64_t first, uint32_t last)
{
    uint64_t next = first;
    for (uint32_t k = 0; k < count; k++) {
        next += documents[k];
        documents[k] = (uint32_t)next++;
    }
    return next == (uint64_t)last + 1;
}

/* Copy a block that was made. */
static void load_made(postings *p, size_t block)
{
    coding_block h;
    (void)coding_get_block(header_of(p, block), &h);
    str payloads = buf_str(&p->made->payloads);
    memcpy(p->documents, p->made->documents + block * SEGMENT_BLOCK,
           h.count * sizeof *p->documents);
    p->payloads = coding_bytes_of(str_part(payloads, h.body, payloads.length));
    p->count = h.count;
}

/* Decode a block of the segment. */
static osler_status load_stored(postings *p, size_t block, osler_error *error)
{
    coding_block h;
    (void)coding_get_block(header_of(p, block), &h);
    uint64_t end =
        block + 1 < p->blocks ? coding_get_u32(header_of(p, block + 1) + 4) : p->bodies_length;
    str bytes;
    osler_status status = reader_get_bytes(
        p->index, p->segment, (reader_span){PART_POSTINGS, p->bodies + h.body, end - h.body},
        &p->body_copy, &bytes, error);
    p->count = 0;
    if (status)
        return status;
    p->payloads = coding_bytes_of(bytes);
    uint64_t first = block ? (uint64_t)postings_last(p, block - 1) + 1 : 0;
    if (!coding_get_packed(&p->payloads, p->documents, h.count, h.bits) ||
        !add_up(p->documents, h.count, first, h.last))
        return damaged(p, error);
    p->count = h.count;
    p->has_place_bytes = false;
    p->places_of = SEGMENT_BLOCK;
    return OSLER_OK;
}

osler_status postings_load(postings *p, size_t block, osler_error *error)
{
    osler_status status = OSLER_OK;
    p->block = block;
    p->at = p->payload_at = 0;
    p->times_before = 0;
    if (p->made)
        load_made(p, block);
    else if (!p->headers)
        p->count = 1;
    else
        status = load_stored(p, block, error);
    return status;
}

size_t postings_find_block(const postings *p, size_t block, uint32_t from)
{
    size_t low = block, step = 1; /* blocks before `low` end before `from` */
    while (low < p->blocks && postings_last(p, low) < from) {
        low++;
        if (low + step >= p->blocks || postings_last(p, low + step) >= from)
            break;
        low += step + 1;
        step *= 2;
    }
    size_t high = low + step < p->blocks ? low + step : p->blocks;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (postings_last(p, middle) < from)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

osler_status postings_seek_far(postings *p, uint32_t from, osler_error *error)
{
    if (p->block == p->blocks)
        return OSLER_END;
    size_t block = postings_find_block(p, p->block, from);
    if (block == p->blocks) {
        p->block = block;
        p->count = 0;
        return OSLER_END;
    }
    if (block != p->block || !p->count) {
        osler_status status = postings_load(p, block, error);
        if (status)
            return status;
    }
    while (p->documents[p->at] < from)
        p->at++;
    return OSLER_OK;
}

/* Step over a payload, and add its times to `*times`. */
static inline bool step_over(coding_bytes *b, uint64_t *times)
{
    unsigned first;
    do {
        uint64_t some;
        if (!coding_get_times(b, &first, &some))
            return false;
        *times += some;
    } while (first & CODING_MORE);
    return true;
}

osler_status postings_find_payload(postings *p, osler_error *error)
{
    coding_bytes b = p->payloads;
    uint64_t times = p->times_before;
    for (uint32_t left = p->at - p->payload_at; left; left--)
        if (!step_over(&b, &times))
            return damaged(p, error);
    p->payloads = b;
    p->times_before = times;
    p->payload_at = p->at;
    return OSLER_OK;
}

osler_status postings_get_fields(const postings *p, uint16_t *out, osler_error *error)
{
    coding_bytes b = p->payloads;
    for (uint32_t k = 0; k < p->count; k++) {
        unsigned first, fields = 0;
        do {
            uint64_t times;
            if (!coding_get_times(&b, &first, &times))
                return damaged(p, error);
            fields |= 1U << (first & CODING_FIELD);
        } while (first & CODING_MORE);
        out[k] = (uint16_t)fields;
    }
    return OSLER_OK;
}

osler_status postings_get(postings *p, index_posting *out, osler_error *error)
{
    osler_status status = postings_find_payload(p, error);
    if (status)
        return status;
    coding_bytes here = p->payloads;
    *out = (index_posting){0};
    return coding_get_payload(&here, out) ? OSLER_OK : damaged(p, error);
}

/* The bytes of the positions of the block at work. */
static osler_status load_positions(postings *p, osler_error *error)
{
    str bytes = p->only_positions;
    osler_status status = OSLER_OK;
    if (p->headers) {
        uint64_t start = coding_get_u32(header_of(p, p->block) + 8);
        uint64_t end = p->block + 1 < p->blocks ? coding_get_u32(header_of(p, p->block + 1) + 8)
                                                : p->positions_length;
        status = reader_get_bytes(p->index, p->segment,
                                  (reader_span){PART_POSITIONS, p->positions + start, end - start},
                                  &p->place_copy, &bytes, error);
    }
    p->place_bytes = coding_bytes_of(bytes);
    p->place_at = 0;
    p->has_place_bytes = status == OSLER_OK;
    return status;
}

/* Read `count` places at `place_bytes`. */
static bool read_places(postings *p, size_t count)
{
    uint64_t position = 0;
    for (size_t k = 0; k < count; k++) {
        uint64_t value;
        if (!coding_get_varint(&p->place_bytes, &value) || value >> 4 > UINT32_MAX - position ||
            (k && value >> 4 == 0))
            return false;
        position += value >> 4;
        p->places[k] = (index_place){(uint32_t)position, value & 15};
    }
    p->place_at += count;
    p->place_count = count;
    p->places_of = p->at;
    return true;
}

osler_status postings_get_places(postings *p, const index_place **out, size_t *count,
                                 osler_error *error)
{
    *count = 0;
    if (!p->has_positions)
        return OSLER_OK;
    osler_status status = postings_find_payload(p, error);
    if (status == OSLER_OK && p->places_of != p->at) {
        uint64_t times;
        unsigned fields;
        coding_bytes here = p->payloads;
        if (!p->has_place_bytes)
            status = load_positions(p, error);
        if (status)
            return status;
        if (!coding_skip_payload(&here, &times, &fields) ||
            !coding_skip_varints(&p->place_bytes, p->times_before - p->place_at) ||
            times > coding_left(&p->place_bytes))
            return damaged(p, error);
        p->place_at = p->times_before;
        if (times > p->place_room) {
            p->place_room = (size_t)times * 2;
            p->places = memory_resize(p->places, p->place_room * sizeof *p->places);
        }
        if (!read_places(p, (size_t)times))
            return damaged(p, error);
    }
    *out = p->places;
    *count = p->place_count;
    return status;
}
