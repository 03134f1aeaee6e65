/* The small codes of a segment: integers, packed bits, payloads, entries of dictionaries. */
#include "index/coding.h"

#include <math.h>
#include <string.h>

void coding_add_varint(buf *b, uint64_t value)
{
    unsigned char *start = (unsigned char *)buf_reserve(b, CODING_VARINT);
    b->length += (size_t)(coding_put_varint(start, value) - start);
}

bool coding_get_long_varint(coding_bytes *b, uint64_t *out)
{
    uint64_t value = 0;
    for (unsigned shift = 0; shift < 64 && b->at < b->end; shift += 7) {
        unsigned char byte = *b->at++;
        if ((shift == 63 && byte > 1) || (shift && !byte)) /* too large; longer than it need be */
            return false;
        value |= (uint64_t)(byte & 0x7F) << shift;
        if (byte < 0x80) {
            *out = value;
            return true;
        }
    }
    return false;
}

bool coding_skip_varints(coding_bytes *b, uint64_t count)
{
    const unsigned char *at = b->at;
    while (count && at < b->end)
        count -= *at++ < 0x80;
    b->at = at;
    return count == 0;
}

bool coding_take(coding_bytes *b, uint64_t length, str *out)
{
    if (length > coding_left(b))
        return false;
    *out = (str){(const char *)b->at, (size_t)length};
    b->at += length;
    return true;
}

unsigned coding_bits_of(uint32_t value)
{
    unsigned bits = 0;
    for (; value; value >>= 1)
        bits++;
    return bits;
}

void coding_add_packed(buf *b, const uint32_t *values, size_t count, unsigned bits)
{
    unsigned char *at = (unsigned char *)buf_reserve(b, coding_packed_size(count, bits));
    uint64_t waiting = 0;
    unsigned held = 0;
    b->length += coding_packed_size(count, bits);
    for (size_t i = 0; i < count; i++) {
        waiting |= (uint64_t)values[i] << held;
        for (held += bits; held >= 8; held -= 8, waiting >>= 8)
            *at++ = (unsigned char)waiting;
    }
    if (held)
        *at = (unsigned char)waiting;
}

bool coding_get_packed(coding_bytes *b, uint32_t *values, size_t count, unsigned bits)
{
    if (bits > 32 || coding_packed_size(count, bits) > coding_left(b))
        return false;
    const unsigned char *start = b->at;
    const uint64_t mask = ((uint64_t)1 << bits) - 1;
    size_t left = coding_left(b), i = 0, bit = 0;
    b->at += coding_packed_size(count, bits);
    for (; i < count && bit / 8 + 8 <= left; i++, bit += bits)
        values[i] = (uint32_t)(coding_get_u64(start + bit / 8) >> (bit % 8) & mask);
    for (; i < count; i++, bit += bits) { /* fewer than eight bytes are left */
        unsigned char tail[8] = {0};
        memcpy(tail, start + bit / 8, left - bit / 8);
        values[i] = (uint32_t)(coding_get_u64(tail) >> (bit % 8) & mask);
    }
    return true;
}

unsigned char *coding_put_payload(unsigned char *at, const index_posting *posting)
{
    unsigned left = posting->fields;
    for (unsigned field = 0; left; field++) {
        if (!(left >> field & 1))
            continue;
        left &= left - 1;
        uint32_t less = posting->times[field] - 1;
        uint32_t few = less < CODING_MANY ? less : CODING_MANY;
        *at++ = (unsigned char)(field | few << CODING_FIELD_BITS | (left ? CODING_MORE : 0U));
        if (few == CODING_MANY)
            at = coding_put_varint(at, less - CODING_MANY);
    }
    return at;
}

bool coding_get_payload(coding_bytes *b, index_posting *out)
{
    unsigned first;
    out->fields = 0;
    do {
        uint64_t times;
        if (!coding_get_times(b, &first, &times))
            return false;
        unsigned field = first & CODING_FIELD;
        if (field >= INDEX_FIELDS || out->fields >> field) /* not rising */
            return false;
        out->fields |= 1U << field;
        out->times[field] = (uint32_t)times;
    } while (first & CODING_MORE);
    return true;
}

bool coding_skip_payload(coding_bytes *b, uint64_t *times, unsigned *fields)
{
    unsigned first, seen = 0;
    uint64_t sum = 0;
    do {
        uint64_t some;
        if (!coding_get_times(b, &first, &some))
            return false;
        unsigned field = first & CODING_FIELD;
        if (field >= INDEX_FIELDS || seen >> field)
            return false;
        seen |= 1U << field;
        sum += some;
    } while (first & CODING_MORE);
    *times = sum;
    *fields = seen;
    return true;
}

void coding_put_block(unsigned char *at, const coding_block *block)
{
    coding_put_u32(at, block->last);
    coding_put_u32(at + 4, block->body);
    coding_put_u32(at + 8, block->positions);
    coding_put_u16(at + 12, block->bound);
    at[14] = (unsigned char)(block->count - 1);
    at[15] = (unsigned char)block->bits;
}

bool coding_get_block(const unsigned char *at, coding_block *out)
{
    *out = (coding_block){.last = coding_get_u32(at),
                          .body = coding_get_u32(at + 4),
                          .positions = coding_get_u32(at + 8),
                          .bound = coding_get_u16(at + 12),
                          .count = at[14] + 1U,
                          .bits = at[15]};
    return out->count <= SEGMENT_BLOCK && out->bits <= 32;
}

bool coding_next_key(coding_bytes *b, uint64_t before, uint64_t *shared, str *further)
{
    uint64_t length;
    return coding_get_varint(b, shared) && *shared <= before && coding_get_varint(b, &length) &&
           *shared + length > 0 && coding_take(b, length, further);
}

/* The key of an entry, of which it shares a part with the one before. */
static bool next_key(coding_bytes *b, buf *key)
{
    uint64_t shared;
    str further;
    if (!coding_next_key(b, key->length, &shared, &further))
        return false;
    key->length = (size_t)shared;
    buf_add(key, further);
    return key->length > 0;
}

static void add_key(buf *b, str before, str key)
{
    size_t shared = 0;
    while (shared < before.length && shared < key.length && before.data[shared] == key.data[shared])
        shared++;
    coding_add_varint(b, shared);
    coding_add_varint(b, key.length - shared);
    buf_add(b, str_part(key, shared, key.length));
}

static bool get_single(coding_bytes *b, bool has_positions, coding_term *out)
{
    uint64_t times;
    unsigned fields;
    if (!coding_get_varint(b, &out->document))
        return false;
    const unsigned char *start = b->at;
    if (!coding_skip_payload(b, &times, &fields))
        return false;
    out->payload = (str){(const char *)start, (size_t)(b->at - start)};
    start = b->at;
    if (has_positions && !coding_skip_varints(b, times))
        return false;
    out->positions_inline = (str){(const char *)start, (size_t)(b->at - start)};
    return true;
}

bool coding_next_term(coding_bytes *b, buf *key, coding_term *out)
{
    return next_key(b, key) && coding_get_term(b, key->data[0], out);
}

bool coding_get_term(coding_bytes *b, char kind, coding_term *out)
{
    *out = (coding_term){0};
    if (!coding_get_varint(b, &out->df) || out->df == 0)
        return false;
    bool has_positions = coding_has_positions(kind);
    if (out->df == 1)
        return get_single(b, has_positions, out);
    return coding_get_varint(b, &out->postings) && coding_get_varint(b, &out->postings_length) &&
           coding_get_varint(b, &out->bound) &&
           (!has_positions || (coding_get_varint(b, &out->positions) &&
                               coding_get_varint(b, &out->positions_length)));
}

void coding_add_term(buf *b, str before, str term, const coding_term *entry)
{
    add_key(b, before, term);
    coding_add_varint(b, entry->df);
    if (entry->df == 1) {
        coding_add_varint(b, entry->document);
        buf_add(b, entry->payload);
        buf_add(b, entry->positions_inline);
        return;
    }
    coding_add_varint(b, entry->postings);
    coding_add_varint(b, entry->postings_length);
    coding_add_varint(b, entry->bound);
    if (coding_has_positions(term.data[0])) {
        coding_add_varint(b, entry->positions);
        coding_add_varint(b, entry->positions_length);
    }
}

bool coding_next_family(coding_bytes *b, buf *key, uint64_t *count)
{
    return next_key(b, key) && coding_get_varint(b, count) && *count > 0;
}

bool coding_next_word(coding_bytes *b, str *word)
{
    uint64_t length;
    return coding_get_varint(b, &length) && coding_take(b, length, word);
}

void coding_add_family(buf *b, str before, str key, const str *words, size_t count)
{
    add_key(b, before, key);
    coding_add_varint(b, count);
    for (size_t i = 0; i < count; i++) {
        coding_add_varint(b, words[i].length);
        buf_add(b, words[i]);
    }
}

/* The fields that have ends of sentences in a layout, in their order there. */
static const enum index_field abstracts[] = {INDEX_ABSTRACT, INDEX_OTHER_ABSTRACT};

static bool has_field(const index_layout *layout, enum index_field field)
{
    for (size_t i = 0; i < layout->count; i++)
        if (layout->items[i].field == field)
            return true;
    return false;
}

void coding_add_layout(buf *b, const index_layout *layout)
{
    uint32_t before = 0;
    coding_add_varint(b, layout->count);
    for (size_t i = 0; i < layout->count; i++) {
        const index_text *t = &layout->items[i];
        coding_add_varint(b, t->start - before);
        buf_add_byte(b, (char)(t->field | t->traits << CODING_FIELD_BITS));
        before = t->start;
    }
    coding_add_varint(b, layout->end - before);
    for (size_t i = 0; i < sizeof abstracts / sizeof *abstracts; i++) {
        if (!has_field(layout, abstracts[i]))
            continue;
        coding_add_varint(b, layout->first_sentence_end[i]);
        coding_add_varint(b, layout->last_sentence_start[i]);
    }
}

static bool get_u32(coding_bytes *b, uint64_t before, uint32_t *out)
{
    uint64_t value;
    if (!coding_get_varint(b, &value) || value > UINT32_MAX - before)
        return false;
    *out = (uint32_t)(before + value);
    return true;
}

bool coding_get_layout(coding_bytes *b, arena *memory, index_layout *out)
{
    uint64_t count;
    *out = (index_layout){0};
    if (!coding_get_varint(b, &count) || count > coding_left(b) / 2)
        return false;
    out->items = arena_alloc(memory, (size_t)(count + 1) * sizeof *out->items);
    uint32_t before = 0;
    for (; out->count < count; out->count++) {
        index_text *t = &out->items[out->count];
        if (!get_u32(b, before, &t->start) || b->at == b->end)
            return false;
        unsigned byte = *b->at++;
        if ((byte & CODING_FIELD) >= INDEX_FIELDS)
            return false;
        t->field = (enum index_field)(byte & CODING_FIELD);
        t->traits = byte >> CODING_FIELD_BITS;
        before = t->start;
    }
    if (!get_u32(b, before, &out->end))
        return false;
    for (size_t i = 0; i < sizeof abstracts / sizeof *abstracts; i++)
        if (has_field(out, abstracts[i]) && (!get_u32(b, 0, &out->first_sentence_end[i]) ||
                                             !get_u32(b, 0, &out->last_sentence_start[i])))
            return false;
    return true;
}

static const struct {
    double weight, b;
} fields[] = {
#define FIELD(constant, name, weight, b) {weight, b},
#include "index/weights.def"
#undef FIELD
};

double coding_average(const index_sums *sums, enum index_field field)
{
    if (sums->with[field] <= 0 || sums->words[field] <= 0)
        return 1;
    return (double)sums->words[field] / (double)sums->with[field];
}

double coding_weigh(const index_posting *posting, const uint16_t *lengths, const double *averages)
{
    double sum = 0;
    for (unsigned f = 0; f < INDEX_FIELDS; f++) {
        if (!(posting->fields >> f & 1))
            continue;
        double part = fields[f].weight * posting->times[f];
        if (f < INDEX_MEASURED)
            part /= 1 + fields[f].b * (lengths[f] / averages[f] - 1);
        sum += part;
    }
    return sum;
}

uint32_t coding_bound_of(double weighed)
{
    /* A hair more than the value, so that another order of adding up stays below it. */
    double bound = ceil(weighed * SEGMENT_BOUND_SCALE * (1 + 1e-9));
    return bound < CODING_NO_BOUND ? (uint32_t)bound : CODING_NO_BOUND;
}

void coding_count_document(index_sums *sums, const uint16_t *lengths, int64_t sign)
{
    sums->documents += sign;
    for (unsigned f = 0; f < INDEX_MEASURED; f++) {
        sums->with[f] += lengths[f] ? sign : 0;
        sums->words[f] += sign * lengths[f];
    }
}
