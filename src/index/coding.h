/*
 * The small codes of a segment (segment.h), shared by what writes and what reads them: integers,
 * packed bits, payloads, entries of dictionaries.  Whatever reads bytes never reads past their end,
 * and gives false when they are not what they should be.
 */
#ifndef INDEX_CODING_H
#define INDEX_CODING_H

#include "base/arena.h"
#include "base/buf.h"
#include "index/index.h"
#include "index/segment.h"
#include <string.h>

enum {
    CODING_VARINT = 10,                /* the most bytes of a varint */
    CODING_PAYLOAD = INDEX_FIELDS * 6, /* the most bytes of a payload */
    CODING_NO_BOUND = 65535
};

/* Bytes still to be read. */
typedef struct coding_bytes {
    const unsigned char *at, *end;
} coding_bytes;

static inline coding_bytes coding_bytes_of(str s)
{
    const unsigned char *data = (const unsigned char *)s.data;
    return (coding_bytes){data, data ? data + s.length : data};
}

static inline size_t coding_left(const coding_bytes *b)
{
    return (size_t)(b->end - b->at);
}

/* Little endian; compilers make one load or store of each. */
static inline uint32_t coding_get_u16(const unsigned char *p)
{
    return (uint32_t)p[0] | (uint32_t)p[1] << 8;
}

static inline uint32_t coding_get_u32(const unsigned char *p)
{
    return (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
}

static inline uint64_t coding_get_u64(const unsigned char *p)
{
    return (uint64_t)coding_get_u32(p) | (uint64_t)coding_get_u32(p + 4) << 32;
}

static inline void coding_put_u16(unsigned char *p, uint32_t value)
{
    p[0] = (unsigned char)value;
    p[1] = (unsigned char)(value >> 8);
}

static inline void coding_put_u32(unsigned char *p, uint32_t value)
{
    coding_put_u16(p, value);
    coding_put_u16(p + 2, value >> 16);
}

static inline void coding_put_u64(unsigned char *p, uint64_t value)
{
    coding_put_u32(p, (uint32_t)value);
    coding_put_u32(p + 4, (uint32_t)(value >> 32));
}

/* As memcpy(), for what is a few bytes as a rule; the byte behind what was written. */
static inline unsigned char *coding_copy(unsigned char *to, const void *from, size_t length)
{
    const unsigned char *bytes = (const unsigned char *)from;
    if (length > 8) {
        memcpy(to, bytes, length);
    } else if (length >= 4) {
        uint32_t head = coding_get_u32(bytes), tail = coding_get_u32(bytes + length - 4);
        coding_put_u32(to, head);
        coding_put_u32(to + length - 4, tail);
    } else if (length) {
        to[0] = bytes[0];
        to[length / 2] = bytes[length / 2];
        to[length - 1] = bytes[length - 1];
    }
    return to + length;
}

/* Write a varint at `at`, where CODING_VARINT bytes of room are; the byte behind it. */
static inline unsigned char *coding_put_varint(unsigned char *at, uint64_t value)
{
    while (value >= 0x80) {
        *at++ = (unsigned char)(value | 0x80);
        value >>= 7;
    }
    *at++ = (unsigned char)value;
    return at;
}

void coding_add_varint(buf *b, uint64_t value);

bool coding_get_long_varint(coding_bytes *b, uint64_t *out);

static inline bool coding_get_varint(coding_bytes *b, uint64_t *out)
{
    if (b->at == b->end || *b->at >= 0x80)
        return coding_get_long_varint(b, out);
    *out = *b->at++;
    return true;
}

/* Step over `count` varints. */
bool coding_skip_varints(coding_bytes *b, uint64_t count);

/* Take `length` bytes as a view. */
bool coding_take(coding_bytes *b, uint64_t length, str *out);

/* How many bits `value` needs: 0 for 0. */
unsigned coding_bits_of(uint32_t value);

/* The bytes that `count` values of `bits` bits take. */
static inline size_t coding_packed_size(size_t count, unsigned bits)
{
    return (count * bits + 7) / 8;
}

void coding_add_packed(buf *b, const uint32_t *values, size_t count, unsigned bits);
bool coding_get_packed(coding_bytes *b, uint32_t *values, size_t count, unsigned bits);

enum {
    CODING_FIELD = 15, /* bits of the first byte of one field of a payload */
    CODING_FIELD_BITS = 4,
    CODING_MANY = 7,
    CODING_MORE = 0x80
};

/* One field of a payload: its first byte, and its times. */
static inline bool coding_get_times(coding_bytes *b, unsigned *first, uint64_t *times)
{
    if (b->at == b->end)
        return false;
    *first = *b->at++;
    *times = (*first >> CODING_FIELD_BITS & CODING_MANY) + 1;
    if (*times <= CODING_MANY)
        return true;
    uint64_t more;
    if (!coding_get_varint(b, &more) || more > UINT32_MAX - 8)
        return false;
    *times += more;
    return true;
}

/* A payload, `times` of fields that it has not are untouched; written at `at`, where CODING_PAYLOAD
 * bytes of room are: the byte behind it.  `fields` is not 0. */
unsigned char *coding_put_payload(unsigned char *at, const index_posting *posting);
bool coding_get_payload(coding_bytes *b, index_posting *out);

/* Step over a payload; `*times` is the sum of its times, `*fields` its bits. */
bool coding_skip_payload(coding_bytes *b, uint64_t *times, unsigned *fields);

/* Where the facts that ranking needs stand in the bytes of index_facts_pack(). */
enum {
    FACTS_CITATION = 0, /* 8 bytes */
    FACTS_PMID = 8,     /* 4 */
    FACTS_LAYOUT = 40,  /* 8 */
    FACTS_DATE = 12,    /* 4 */
    FACTS_YEAR = 48     /* 2 */
};

/* The header of a block of postings: SEGMENT_BLOCK_HEADER bytes. */
typedef struct coding_block {
    uint32_t last, body, positions;
    uint32_t bound;
    unsigned count; /* 1 to SEGMENT_BLOCK */
    unsigned bits;
} coding_block;
void coding_put_block(unsigned char *at, const coding_block *block);
bool coding_get_block(const unsigned char *at, coding_block *out);

/* True when terms of the kind (the first byte of a term) have positions, and bounds. */
static inline bool coding_has_positions(char kind)
{
    return kind == INDEX_WORD || kind == INDEX_JOINED;
}

/* What an entry of PART_TERMS says of its term. */
typedef struct coding_term {
    uint64_t df;
    uint64_t document; /* df = 1: this, and the two views; positions may be empty */
    str payload, positions_inline;
    uint64_t postings, postings_length; /* df > 1: these, and the four below */
    uint64_t bound;
    uint64_t positions, positions_length; /* 0 for kinds without positions */
} coding_term;

/* The key of the next entry of a chunk, in parts: the bytes it shares with the one before, which
 * are at most `before`, and its further ones.  Then, for PART_TERMS, what it says of the term. */
bool coding_next_key(coding_bytes *b, uint64_t before, uint64_t *shared, str *further);
bool coding_get_term(coding_bytes *b, char kind, coding_term *out);

/* The next entry of a chunk of PART_TERMS; `key` holds the term before and gets this one (cleared
 * by the caller before the first). */
bool coding_next_term(coding_bytes *b, buf *key, coding_term *out);
/* Add the entry of `term`, behind that of `before` (empty for the first of a chunk). */
void coding_add_term(buf *b, str before, str term, const coding_term *entry);

/* The next entry of a chunk of PART_FAMILIES, `key` as above; then its words, `*count` times. */
bool coding_next_family(coding_bytes *b, buf *key, uint64_t *count);
bool coding_next_word(coding_bytes *b, str *word);
void coding_add_family(buf *b, str before, str key, const str *words, size_t count);

/* A layout (document.h) as bytes; reading takes its texts from the arena. */
void coding_add_layout(buf *b, const index_layout *layout);
bool coding_get_layout(coding_bytes *b, arena *memory, index_layout *out);

/* Words of a field in the average document that has it; 1 when none has. */
double coding_average(const index_sums *sums, enum index_field field);

/* The weighed frequency (segment.h) of what a payload says, in a document of these lengths. */
double coding_weigh(const index_posting *posting, const uint16_t *lengths, const double *averages);

/* A weighed frequency as a bound. */
uint32_t coding_bound_of(double weighed);

/* Add or take away the lengths of a document. */
void coding_count_document(index_sums *sums, const uint16_t *lengths, int64_t sign);

#endif
