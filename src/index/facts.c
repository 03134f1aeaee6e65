/* The header of a segment and the facts of a document as bytes. */
#include "index/coding.h"
#include "index/segment.h"

#include <string.h>

/* Numbers of a header behind its form, in their order. */
enum { HEADER_NUMBERS = 3 + 1 + 2 * INDEX_MEASURED + 5, HEADER_BYTES = 4 + 8 * HEADER_NUMBERS };

static void add_u64(unsigned char **at, uint64_t value)
{
    coding_put_u64(*at, value);
    *at += 8;
}

static uint64_t get_u64(const unsigned char **at)
{
    uint64_t value = coding_get_u64(*at);
    *at += 8;
    return value;
}

void index_header_pack(buf *b, const index_header *header)
{
    unsigned char *at = (unsigned char *)buf_reserve(b, HEADER_BYTES);
    coding_put_u32(at, header->form);
    at += 4;
    add_u64(&at, header->documents);
    add_u64(&at, (uint64_t)header->first);
    add_u64(&at, (uint64_t)header->last);
    add_u64(&at, (uint64_t)header->sums.documents);
    for (unsigned f = 0; f < INDEX_MEASURED; f++) {
        add_u64(&at, (uint64_t)header->sums.with[f]);
        add_u64(&at, (uint64_t)header->sums.words[f]);
    }
    add_u64(&at, header->postings);
    add_u64(&at, header->positions);
    add_u64(&at, header->layouts);
    add_u64(&at, header->terms);
    add_u64(&at, header->families);
    b->length += HEADER_BYTES;
}

bool index_sums_fit(const index_sums *part, const index_sums *whole)
{
    bool ok = part->documents >= 0 && part->documents <= whole->documents;
    for (unsigned f = 0; f < INDEX_MEASURED; f++)
        ok = ok && part->with[f] >= 0 && part->with[f] <= whole->with[f] &&
             part->with[f] <= part->documents && part->words[f] >= part->with[f] &&
             part->words[f] <= whole->words[f] &&
             part->words[f] <= part->with[f] * (int64_t)UINT16_MAX;
    return ok;
}

bool index_header_unpack(index_header *out, str bytes)
{
    const unsigned char *at = (const unsigned char *)bytes.data;
    if (bytes.length != HEADER_BYTES || coding_get_u32(at) < SEGMENT_OLDEST_FORM ||
        coding_get_u32(at) > SEGMENT_FORM)
        return false;
    at += 4;
    *out = (index_header){.form = coding_get_u32(at - 4)};
    uint64_t documents = get_u64(&at);
    out->documents = (uint32_t)documents;
    out->first = (int64_t)get_u64(&at);
    out->last = (int64_t)get_u64(&at);
    out->sums.documents = (int64_t)get_u64(&at);
    for (unsigned f = 0; f < INDEX_MEASURED; f++) {
        out->sums.with[f] = (int64_t)get_u64(&at);
        out->sums.words[f] = (int64_t)get_u64(&at);
    }
    out->postings = get_u64(&at);
    out->positions = get_u64(&at);
    out->layouts = get_u64(&at);
    out->terms = get_u64(&at);
    out->families = get_u64(&at);
    return documents > 0 && documents <= UINT32_MAX && out->first <= out->last &&
           out->sums.documents == (int64_t)documents && index_sums_fit(&out->sums, &out->sums);
}

void index_facts_pack(buf *b, const index_facts *facts)
{
    unsigned char *at = (unsigned char *)buf_reserve(b, SEGMENT_FACTS);
    const uint32_t words[] = {facts->pmid,    facts->date, facts->entered, facts->revised,
                              facts->recency, facts->n,    facts->flags,   facts->modifiers};
    coding_put_u64(at, (uint64_t)facts->citation);
    at += 8;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++, at += 4)
        coding_put_u32(at, words[i]);
    coding_put_u64(at, facts->layout);
    coding_put_u16(at + 8, facts->year);
    at += 10;
    for (unsigned f = 0; f < INDEX_MEASURED; f++, at += 2)
        coding_put_u16(at, facts->lengths[f]);
    coding_put_u16(at, facts->confidence);
    at[2] = facts->design;
    at[3] = facts->traits;
    b->length += SEGMENT_FACTS;
}

void index_facts_unpack(index_facts *out, const unsigned char *bytes)
{
    const unsigned char *at = bytes;
    *out = (index_facts){.citation = (int64_t)coding_get_u64(at),
                         .pmid = coding_get_u32(at + 8),
                         .date = coding_get_u32(at + 12),
                         .entered = coding_get_u32(at + 16),
                         .revised = coding_get_u32(at + 20),
                         .recency = coding_get_u32(at + 24),
                         .n = coding_get_u32(at + 28),
                         .flags = coding_get_u32(at + 32),
                         .modifiers = coding_get_u32(at + 36),
                         .layout = coding_get_u64(at + 40),
                         .year = (uint16_t)coding_get_u16(at + 48)};
    at += 50;
    for (unsigned f = 0; f < INDEX_MEASURED; f++, at += 2)
        out->lengths[f] = (uint16_t)coding_get_u16(at);
    out->confidence = (uint16_t)coding_get_u16(at);
    out->design = at[2];
    out->traits = at[3];
}
