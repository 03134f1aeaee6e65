/* Segments taken apart again, and invented documents to make them of. */
#include "support.h"

#include "check.h"
#include "index/coding.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static uint64_t state = 88172645463325252U;

void seed_random(uint64_t seed)
{
    state = seed * UINT64_C(0x9E3779B97F4A7C15) + 1;
}

uint64_t next_random(void)
{
    state ^= state << 13;
    state ^= state >> 7;
    return state ^= state << 17;
}

void model_free(model *m)
{
    arena_free(&m->memory);
    free(m->rows);
    free(m->families);
    free(m->facts);
    free(m->layouts);
    *m = (model){0};
}

/* Room for one more in a list that grows by doubling. */
static void *grown(void *items, size_t count, size_t size)
{
    return (count & (count - 1)) == 0 ? realloc(items, (count ? 2 * count : 1) * size) : items;
}

static str kept(model *m, str s)
{
    return (str){arena_copy(&m->memory, s), s.length};
}

static void add_row(model *m, str term, int64_t citation, str payload, str positions)
{
    m->rows = grown(m->rows, m->count, sizeof *m->rows);
    m->rows[m->count++] = (row){kept(m, term), citation, kept(m, payload), kept(m, positions)};
}

static void add_facts(model *m, const index_facts *facts, str layout)
{
    m->facts = grown(m->facts, m->documents, sizeof *m->facts);
    m->layouts = grown(m->layouts, m->documents, sizeof *m->layouts);
    m->facts[m->documents] = *facts;
    m->layouts[m->documents++] = kept(m, layout);
}

/* -- reading a segment --------------------------------------------------------------------------
 */

static str join(memory_segments *m, int64_t segment, enum index_part part, arena *memory)
{
    buf all = {0};
    size_t length;
    const char *bytes;
    for (uint64_t i = 0; (bytes = memory_segments_chunk(m, segment, part, i, &length)); i++) {
        size_t unit =
            part == PART_TERMS || part == PART_FAMILIES ? 0 : segment_chunk(SEGMENT_FORM, part);
        CHECK(!unit || length == unit || !memory_segments_chunk(m, segment, part, i + 1, &length));
        buf_add(&all, (str){bytes, length});
    }
    str copy = {arena_copy(memory, buf_str(&all)), all.length};
    buf_free(&all);
    return copy;
}

/* A segment being taken apart. */
struct reading {
    model *out;
    index_header header;
    str postings, positions;
    double averages[INDEX_MEASURED];
};

static void check_bound(uint32_t bound, double greatest, bool weighs)
{
    double value = greatest * SEGMENT_BOUND_SCALE;
    CHECK(weighs || bound == 0);
    CHECK(bound == CODING_NO_BOUND || (double)bound >= value * (1 - 1e-12));
    CHECK((double)bound <= value * (1 + 1e-6) + 1);
}

/* One posting of a block; its weighed frequency. */
static double read_posting(struct reading *r, str term, uint32_t document, coding_bytes *payloads,
                           coding_bytes *positions)
{
    model *m = r->out;
    index_posting posting;
    const char *payload = (const char *)payloads->at, *start = (const char *)positions->at;
    uint64_t times = 0;
    bool weighs = term.data[0] == INDEX_WORD || term.data[0] == INDEX_JOINED;
    CHECK(coding_get_payload(payloads, &posting));
    for (unsigned f = 0; f < INDEX_FIELDS; f++)
        times += posting.fields >> f & 1 ? posting.times[f] : 0;
    CHECK(!weighs || coding_skip_varints(positions, times));
    CHECK(document < m->documents);
    add_row(m, term, m->facts[document].citation,
            (str){payload, (size_t)((const char *)payloads->at - payload)},
            (str){start, (size_t)((const char *)positions->at - start)});
    return weighs ? coding_weigh(&posting, m->facts[document].lengths, r->averages) : 0;
}

static void read_list(struct reading *r, str term, const coding_term *t)
{
    size_t blocks = (size_t)(t->df + SEGMENT_BLOCK - 1) / SEGMENT_BLOCK;
    uint64_t next = 0, left = t->df;
    double greatest = 0;
    bool weighs = term.data[0] == INDEX_WORD || term.data[0] == INDEX_JOINED;
    str list = str_part(r->postings, (size_t)t->postings, (size_t)t->postings_length);
    coding_bytes bytes = coding_bytes_of(list), places = {0};
    if (weighs)
        places = coding_bytes_of(
            str_part(r->positions, (size_t)t->positions, (size_t)t->positions_length));
    const unsigned char *header = bytes.at, *places_start = places.at;
    bytes.at += blocks * SEGMENT_BLOCK_HEADER;
    const unsigned char *bodies = bytes.at;
    for (size_t i = 0; i < blocks; i++, header += SEGMENT_BLOCK_HEADER) {
        coding_block block;
        uint32_t deltas[SEGMENT_BLOCK];
        double block_greatest = 0;
        CHECK(coding_get_block(header, &block));
        CHECK(block.count == (left < SEGMENT_BLOCK ? left : SEGMENT_BLOCK));
        CHECK(bytes.at == bodies + block.body && places.at == places_start + block.positions);
        CHECK(coding_get_packed(&bytes, deltas, block.count, block.bits));
        for (unsigned k = 0; k < block.count; k++) {
            next += deltas[k];
            double weighed = read_posting(r, term, (uint32_t)next++, &bytes, &places);
            block_greatest = weighed > block_greatest ? weighed : block_greatest;
        }
        CHECK(block.last + 1 == next);
        check_bound(block.bound, block_greatest, weighs);
        greatest = block_greatest > greatest ? block_greatest : greatest;
        left -= block.count;
        r->out->blocks++;
    }
    check_bound((uint32_t)t->bound, greatest, weighs);
    CHECK(left == 0 && coding_left(&bytes) == 0 && coding_left(&places) == 0);
}

static void read_terms(struct reading *r, memory_segments *m, int64_t segment)
{
    buf key = {0}, before = {0};
    uint64_t entries = 0;
    const char *bytes;
    size_t length;
    for (uint64_t i = 0; (bytes = memory_segments_chunk(m, segment, PART_TERMS, i, &length)); i++) {
        coding_bytes chunk = coding_bytes_of((str){bytes, length});
        buf_clear(&key);
        for (; coding_left(&chunk); entries++) {
            coding_term t;
            bool good = coding_next_term(&chunk, &key, &t);
            CHECK(good);
            if (!good)
                break;
            str term = buf_str(&key);
            CHECK(str_compare(buf_str(&before), term) < 0);
            buf_clear(&before);
            buf_add(&before, term);
            coding_bytes payload = coding_bytes_of(t.payload);
            coding_bytes positions = coding_bytes_of(t.positions_inline);
            if (t.df == 1)
                read_posting(r, term, (uint32_t)t.document, &payload, &positions);
            else
                read_list(r, term, &t);
        }
    }
    CHECK(entries == r->header.terms);
    buf_free(&key);
    buf_free(&before);
}

static void read_families(struct reading *r, memory_segments *m, int64_t segment)
{
    model *out = r->out;
    buf key = {0};
    uint64_t entries = 0, count;
    const char *bytes;
    size_t length;
    for (uint64_t i = 0; (bytes = memory_segments_chunk(m, segment, PART_FAMILIES, i, &length));
         i++) {
        coding_bytes chunk = coding_bytes_of((str){bytes, length});
        buf_clear(&key);
        for (; coding_left(&chunk); entries++) {
            CHECK(coding_next_family(&chunk, &key, &count));
            for (; count; count--) {
                str word = {0};
                CHECK(coding_next_word(&chunk, &word));
                out->families = grown(out->families, out->family_count, sizeof *out->families);
                out->families[out->family_count++] =
                    (family_row){kept(out, buf_str(&key)), kept(out, word)};
            }
        }
    }
    CHECK(entries == r->header.families);
    buf_free(&key);
}

model model_of_segment(memory_segments *m, int64_t segment)
{
    model out = {0};
    arena memory = {0};
    struct reading r = {.out = &out};
    index_sums sums = {0};
    CHECK(index_header_unpack(&r.header, join(m, segment, PART_HEADER, &memory)));
    str facts = join(m, segment, PART_FACTS, &memory);
    str layouts = join(m, segment, PART_LAYOUTS, &memory);
    str lengths = join(m, segment, PART_LENGTHS, &memory);
    CHECK(facts.length == (size_t)r.header.documents * SEGMENT_FACTS);
    CHECK(layouts.length == r.header.layouts);
    CHECK(lengths.length == (size_t)r.header.documents * SEGMENT_LENGTHS);
    for (size_t i = 0; i < r.header.documents; i++) {
        index_facts one, next = {.layout = layouts.length};
        index_facts_unpack(&one, (const unsigned char *)facts.data + i * SEGMENT_FACTS);
        if (i + 1 < r.header.documents)
            index_facts_unpack(&next, (const unsigned char *)facts.data + (i + 1) * SEGMENT_FACTS);
        CHECK(!i || one.citation > out.facts[i - 1].citation);
        for (size_t f = 0; f < INDEX_MEASURED; f++)
            CHECK(coding_get_u16((const unsigned char *)lengths.data + i * SEGMENT_LENGTHS +
                                 2 * f) == one.lengths[f]);
        coding_count_document(&sums, one.lengths, 1);
        add_facts(&out, &one, str_part(layouts, one.layout, next.layout - one.layout));
    }
    CHECK(memcmp(&sums, &r.header.sums, sizeof sums) == 0);
    CHECK(out.documents && out.facts[0].citation == r.header.first &&
          out.facts[out.documents - 1].citation == r.header.last);
    for (unsigned f = 0; f < INDEX_MEASURED; f++)
        r.averages[f] = coding_average(&sums, (enum index_field)f);
    r.postings = join(m, segment, PART_POSTINGS, &memory);
    r.positions = join(m, segment, PART_POSITIONS, &memory);
    CHECK(r.postings.length == r.header.postings && r.positions.length == r.header.positions);
    read_terms(&r, m, segment);
    read_families(&r, m, segment);
    arena_free(&memory);
    return out;
}

/* -- models of documents ------------------------------------------------------------------------
 */

void model_add(model *m, const index_document *document)
{
    add_facts(m, &document->facts, document->layout);
    for (size_t i = 0; i < document->count; i++) {
        const index_entry *e = &document->entries[i];
        add_row(m, e->term, document->facts.citation, e->payload, e->positions);
    }
}

static int by_citation(int64_t a, int64_t b)
{
    return (a > b) - (a < b);
}

static int compare_rows(const void *one, const void *other)
{
    const row *a = one, *b = other;
    int order = str_compare(a->term, b->term);
    return order ? order : by_citation(a->citation, b->citation);
}

struct pair {
    index_facts facts;
    str layout;
};

static int compare_pairs(const void *one, const void *other)
{
    const struct pair *a = one, *b = other;
    return by_citation(a->facts.citation, b->facts.citation);
}

void model_sort(model *m)
{
    struct pair *pairs = malloc((m->documents + 1) * sizeof *pairs);
    for (size_t i = 0; i < m->documents; i++)
        pairs[i] = (struct pair){m->facts[i], m->layouts[i]};
    qsort(pairs, m->documents, sizeof *pairs, compare_pairs);
    for (size_t i = 0; i < m->documents; i++) {
        m->facts[i] = pairs[i].facts;
        m->layouts[i] = pairs[i].layout;
    }
    free(pairs);
    if (m->count)
        qsort(m->rows, m->count, sizeof *m->rows, compare_rows);
}

static bool same_facts(index_facts a, index_facts b)
{
    a.layout = b.layout = 0;
    buf one = {0}, other = {0};
    index_facts_pack(&one, &a);
    index_facts_pack(&other, &b);
    bool same = str_equal(buf_str(&one), buf_str(&other));
    buf_free(&one);
    buf_free(&other);
    return same;
}

bool model_same(const model *one, const model *other)
{
    if (one->count != other->count || one->documents != other->documents)
        return false;
    for (size_t i = 0; i < one->documents; i++)
        if (!same_facts(one->facts[i], other->facts[i]) ||
            !str_equal(one->layouts[i], other->layouts[i]))
            return false;
    for (size_t i = 0; i < one->count; i++) {
        const row *a = &one->rows[i], *b = &other->rows[i];
        if (!str_equal(a->term, b->term) || a->citation != b->citation ||
            !str_equal(a->payload, b->payload) || !str_equal(a->positions, b->positions))
            return false;
    }
    return true;
}

bool model_same_families(const model *one, const model *other)
{
    if (one->family_count != other->family_count)
        return false;
    for (size_t i = 0; i < one->family_count; i++)
        if (!str_equal(one->families[i].key, other->families[i].key) ||
            !str_equal(one->families[i].word, other->families[i].word))
            return false;
    return true;
}

/* -- inventing ----------------------------------------------------------------------------------
 */

static const char kinds[] = {INDEX_WORD, INDEX_WORD, INDEX_WORD, INDEX_JOINED, INDEX_HEADING};

/* The term of a number: the lower, the more often it is asked for; some look alike. */
static str term_of(arena *memory, unsigned number)
{
    static const char *const ends[] = {"", "s", "ing", "ed", "ation"};
    char text[80];
    int length = snprintf(text, sizeof text, "%c%s%xz%s", kinds[number % sizeof kinds],
                          number % 7 ? "pre" : "", number / 5, ends[number % 5]);
    for (int i = 1; i < length; i++)
        if (text[i] >= '0' && text[i] <= '9' && number % 3) /* stems are for words without digits */
            text[i] = (char)(text[i] - '0' + 'g');
    return (str){arena_copy(memory, (str){text, (size_t)length}), (size_t)length};
}

static index_entry invent_entry(arena *memory, str term)
{
    index_posting posting = {0};
    uint64_t all = 0;
    bool positions = term.data[0] == INDEX_WORD || term.data[0] == INDEX_JOINED;
    for (unsigned tries = 1 + next_random() % 2; tries; tries--) {
        unsigned field = (unsigned)(next_random() % INDEX_FIELDS);
        unsigned most = next_random() % 50 ? 4 : 1000;
        if (posting.fields >> field & 1)
            continue;
        posting.fields |= 1U << field;
        posting.times[field] = positions ? 1 + (uint32_t)(next_random() % most) : 1;
        all += posting.times[field];
    }
    buf b = {0};
    unsigned char payload[CODING_PAYLOAD];
    size_t length = (size_t)(coding_put_payload(payload, &posting) - payload);
    for (; positions && all; all--)
        coding_add_varint(&b, next_random() % 3000 << 4 | next_random() % 16);
    index_entry e = {term,
                     {arena_copy(memory, (str){(char *)payload, length}), length},
                     {arena_copy(memory, buf_str(&b)), b.length}};
    buf_free(&b);
    return e;
}

index_document invent_document(arena *memory, int64_t citation, unsigned terms, unsigned vocabulary)
{
    index_document d = {.facts = {.citation = citation,
                                  .pmid = (uint32_t)citation + 990000000U,
                                  .n = (uint32_t)next_random(),
                                  .year = (uint16_t)(1950 + next_random() % 76)}};
    bool *taken = calloc(vocabulary, sizeof *taken);
    d.entries = arena_alloc(memory, (terms + 1) * sizeof *d.entries);
    for (unsigned i = 0; i < terms; i++) {
        uint64_t some = next_random() % vocabulary;
        unsigned number = (unsigned)(next_random() % (some + 1)); /* low numbers are frequent */
        if (taken[number])
            continue;
        taken[number] = true;
        d.entries[d.count++] = invent_entry(memory, term_of(memory, number));
    }
    free(taken);
    for (unsigned f = 0; f < INDEX_MEASURED; f++)
        d.facts.lengths[f] = next_random() % 9 ? (uint16_t)(next_random() % 400) : 0;
    buf layout = {0};
    index_text text = {INDEX_TITLE, 0, (uint32_t)(next_random() % 1000)};
    coding_add_layout(&layout, &(index_layout){.items = &text,
                                               .count = citation % 2 != 0,
                                               .end = 1000 + (uint32_t)(next_random() % 1000)});
    d.layout = (str){arena_copy(memory, buf_str(&layout)), layout.length};
    buf_free(&layout);
    return d;
}
