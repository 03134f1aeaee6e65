/* Sets of documents: bits, and what of the index can be put into them. */
#include "index/sets.h"
#include "base/error.h"
#include "base/memory.h"
#include "index/dictionary.h"
#include "index/index.h"
#include "index/postings.h"

index_set index_set_new(const index *i, arena *memory)
{
    size_t words = ((size_t)i->size + 63) / 64;
    return (index_set){arena_alloc(memory, (words ? words : 1) * sizeof(uint64_t)), words};
}

void index_set_add_living(const index *i, index_set *set)
{
    for (size_t k = 0; k < i->count; k++) {
        const reader_segment *s = &i->segments[k];
        for (uint32_t d = 0; d < s->header.documents; d++) {
            index_number document = s->first + d;
            if (!s->tombstones.length && document % 64 == 0 && s->header.documents - d >= 64) {
                set->bits[document / 64] = UINT64_MAX;
                d += 63;
            } else if (!reader_is_dead(s, d))
                sets_add(set, document);
        }
    }
}

void index_set_and(index_set *set, const index_set *other)
{
    for (size_t k = 0; k < set->words; k++)
        set->bits[k] &= other->bits[k];
}

void index_set_or(index_set *set, const index_set *other)
{
    for (size_t k = 0; k < set->words; k++)
        set->bits[k] |= other->bits[k];
}

void index_set_without(index_set *set, const index_set *other)
{
    for (size_t k = 0; k < set->words; k++)
        set->bits[k] &= ~other->bits[k];
}

/* The number of bits set in a word. */
static unsigned count_bits(uint64_t word)
{
    word -= word >> 1 & UINT64_C(0x5555555555555555);
    word = (word & UINT64_C(0x3333333333333333)) + (word >> 2 & UINT64_C(0x3333333333333333));
    word = (word + (word >> 4)) & UINT64_C(0x0F0F0F0F0F0F0F0F);
    return (unsigned)(word * UINT64_C(0x0101010101010101) >> 56);
}

uint64_t index_set_count(const index_set *set)
{
    uint64_t count = 0;
    for (size_t k = 0; k < set->words; k++)
        count += count_bits(set->bits[k]);
    return count;
}

bool index_set_next(const index_set *set, index_number from, index_number *out)
{
    size_t k = from / 64;
    if (k >= set->words)
        return false;
    uint64_t word = set->bits[k] >> (from % 64) << (from % 64);
    while (!word) {
        if (++k == set->words)
            return false;
        word = set->bits[k];
    }
    *out = (index_number)(k * 64 + (size_t)__builtin_ctzll(word));
    return true;
}

/* Add those documents of the block just loaded that have the term in one of the fields. */
static osler_status add_block(const postings *p, index_set *set, unsigned fields,
                              osler_error *error)
{
    const reader_segment *s = p->segment;
    bool all = (fields & INDEX_ALL_FIELDS) == INDEX_ALL_FIELDS;
    uint16_t found[SEGMENT_BLOCK];
    osler_status status = all ? OSLER_OK : postings_get_fields(p, found, error);
    if (status)
        return status;
    for (uint32_t k = 0; k < p->count; k++)
        if ((all || found[k] & fields) && !reader_is_dead(s, p->documents[k]))
            sets_add(set, s->first + p->documents[k]);
    return OSLER_OK;
}

osler_status sets_add_postings(postings *p, index_set *set, unsigned fields, osler_error *error)
{
    osler_status status = OSLER_OK;
    for (size_t k = 0; k < p->blocks && status == OSLER_OK; k++) {
        status = postings_load(p, k, error);
        if (status == OSLER_OK)
            status = add_block(p, set, fields, error);
    }
    return status;
}

osler_status index_add_term(index *i, index_set *set, str term, unsigned fields, osler_error *error)
{
    for (size_t k = 0; k < i->count; k++) {
        postings p;
        osler_status status = postings_open(&p, i, &i->segments[k], term, error);
        if (status == OSLER_OK)
            status = sets_add_postings(&p, set, fields, error);
        postings_close(&p);
        if (status && status != OSLER_ENOTFOUND)
            return status;
    }
    return OSLER_OK;
}

static osler_status add_prefix(index *i, reader_segment *s, index_set *set, str prefix,
                               unsigned fields, osler_error *error)
{
    dictionary_walk walk;
    osler_status status = dictionary_start(&walk, i, s, prefix, error);
    while (status == OSLER_OK && (status = dictionary_next(&walk, error)) == OSLER_OK) {
        postings p;
        status = postings_open_entry(&p, i, s, walk.key.data[0], &walk.term, error);
        if (status == OSLER_OK)
            status = sets_add_postings(&p, set, fields, error);
        postings_close(&p);
    }
    dictionary_end(&walk);
    return status == OSLER_END ? OSLER_OK : status;
}

osler_status index_add_prefix(index *i, index_set *set, str prefix, unsigned fields,
                              osler_error *error)
{
    osler_status status = OSLER_OK;
    for (size_t k = 0; k < i->count && status == OSLER_OK; k++)
        status = add_prefix(i, &i->segments[k], set, prefix, fields, error);
    return status;
}

osler_status index_filter(index *i, index_set *set,
                          bool (*keep)(void *context, const index_facts *facts), void *context,
                          osler_error *error)
{
    size_t k = 0; /* the segment of the member at hand */
    for (index_number document = 0; index_set_next(set, document, &document); document++) {
        while (document - i->segments[k].first >= i->segments[k].header.documents)
            k++;
        const unsigned char *bytes;
        index_facts facts;
        osler_status status =
            reader_get_facts(i, &i->segments[k], document - i->segments[k].first, &bytes, error);
        if (status)
            return status;
        index_facts_unpack(&facts, bytes);
        if (!keep(context, &facts))
            set->bits[document / 64] &= ~(UINT64_C(1) << (document % 64));
    }
    return OSLER_OK;
}

osler_status index_filter_dates(index *i, index_set *set,
                                bool (*keep)(void *context, index_date date), void *context,
                                osler_error *error)
{
    size_t k = 0; /* the segment of the member at hand */
    for (index_number document = 0; index_set_next(set, document, &document); document++) {
        index_date date;
        while (document - i->segments[k].first >= i->segments[k].header.documents)
            k++;
        osler_status status =
            reader_get_date(i, &i->segments[k], document - i->segments[k].first, &date, error);
        if (status)
            return status;
        if (!keep(context, date))
            set->bits[document / 64] &= ~(UINT64_C(1) << (document % 64));
    }
    return OSLER_OK;
}

osler_status sets_count_postings(postings *p, unsigned fields, uint64_t *out, osler_error *error)
{
    bool all = (fields & INDEX_ALL_FIELDS) == INDEX_ALL_FIELDS;
    if (all && !p->segment->tombstones.length) {
        *out += p->df;
        return OSLER_OK;
    }
    for (size_t k = 0; k < p->blocks; k++) {
        uint16_t found[SEGMENT_BLOCK];
        osler_status status = postings_load(p, k, error);
        if (status == OSLER_OK && !all)
            status = postings_get_fields(p, found, error);
        if (status)
            return status;
        for (uint32_t d = 0; d < p->count; d++)
            *out += (all || found[d] & fields) && !reader_is_dead(p->segment, p->documents[d]);
    }
    return OSLER_OK;
}

osler_status index_count_term(index *i, str term, unsigned fields, uint64_t *out,
                              osler_error *error)
{
    *out = 0;
    for (size_t k = 0; k < i->count; k++) {
        postings p;
        osler_status status = postings_open(&p, i, &i->segments[k], term, error);
        if (status == OSLER_OK)
            status = sets_count_postings(&p, fields, out, error);
        postings_close(&p);
        if (status && status != OSLER_ENOTFOUND)
            return status;
    }
    return OSLER_OK;
}
