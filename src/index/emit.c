/* Putting a segment into a sink, chunk by chunk. */
#include "index/emit.h"

#include "base/error.h"
#include "base/memory.h"

#include <string.h>

enum { SCALES = 1024 }; /* lengths that have their weights ready */

static void put(emitter *e, enum index_part part, uint64_t number, str key, str bytes)
{
    if (e->status == OSLER_OK)
        e->status = e->sink->put(e->sink->context, part, number, key, bytes, e->error);
}

/* -- streams ------------------------------------------------------------------------------------
 */

static void put_stream(emitter *e, emit_stream *s)
{
    put(e, s->part, s->chunks++, (str){0}, buf_str(&s->waiting));
    buf_clear(&s->waiting);
}

static void stream_add(emitter *e, emit_stream *s, str bytes)
{
    size_t size = (size_t)segment_chunk(SEGMENT_FORM, s->part);
    s->length += bytes.length;
    while (bytes.length) {
        str fitting = str_part(bytes, 0, size - s->waiting.length);
        buf_add(&s->waiting, fitting);
        bytes = str_part(bytes, fitting.length, bytes.length);
        if (s->waiting.length == size)
            put_stream(e, s);
    }
}

/* -- dictionaries -------------------------------------------------------------------------------
 */

static void put_dictionary(emitter *e, emit_dictionary *d)
{
    put(e, d->part, d->chunks++, buf_str(&d->first), buf_str(&d->waiting));
    buf_clear(&d->waiting);
    buf_clear(&d->last);
}

/* What an entry has behind its key. */
struct entry {
    const coding_term *term; /* or */
    const str *words;
    size_t count;
};

static void add_bytes(emit_dictionary *d, str key, const struct entry *entry)
{
    if (entry->term)
        coding_add_term(&d->waiting, buf_str(&d->last), key, entry->term);
    else
        coding_add_family(&d->waiting, buf_str(&d->last), key, entry->words, entry->count);
}

static void dictionary_add(emitter *e, emit_dictionary *d, str key, const struct entry *entry)
{
    size_t before = d->waiting.length;
    add_bytes(d, key, entry);
    if (before && d->waiting.length > SEGMENT_TERMS_CHUNK) { /* it opens the next chunk */
        d->waiting.length = before;
        put_dictionary(e, d);
        before = 0;
        add_bytes(d, key, entry);
    }
    if (!before) {
        buf_clear(&d->first);
        buf_add(&d->first, key);
    }
    buf_clear(&d->last);
    buf_add(&d->last, key);
    d->entries++;
}

/* -- documents ----------------------------------------------------------------------------------
 */

void emit_start(emitter *e, const index_sink *sink, osler_error *error)
{
    *e = (emitter){.sink = sink,
                   .error = error,
                   .postings.part = PART_POSTINGS,
                   .positions.part = PART_POSITIONS,
                   .facts.part = PART_FACTS,
                   .measures.part = PART_LENGTHS,
                   .dates.part = PART_DATES,
                   .layouts.part = PART_LAYOUTS,
                   .terms.part = PART_TERMS,
                   .families.part = PART_FAMILIES,
                   .header = {.form = SEGMENT_FORM}};
}

void emit_document(emitter *e, index_facts *facts, str layout)
{
    facts->layout = e->layouts.length;
    index_facts_pack(&e->facts.waiting, facts); /* a chunk holds a whole number of them */
    if (e->facts.waiting.length == segment_chunk(SEGMENT_FORM, PART_FACTS))
        put_stream(e, &e->facts);
    unsigned char *lengths = (unsigned char *)buf_reserve(&e->measures.waiting, SEGMENT_LENGTHS);
    for (unsigned f = 0; f < INDEX_MEASURED; f++)
        coding_put_u16(lengths + (size_t)2 * f, facts->lengths[f]);
    e->measures.waiting.length += SEGMENT_LENGTHS;
    if (e->measures.waiting.length == segment_chunk(SEGMENT_FORM, PART_LENGTHS))
        put_stream(e, &e->measures);
    unsigned char *date = (unsigned char *)buf_reserve(&e->dates.waiting, SEGMENT_DATES);
    coding_put_u32(date, facts->date);
    coding_put_u16(date + 4, facts->year);
    e->dates.waiting.length += SEGMENT_DATES;
    if (e->dates.waiting.length == segment_chunk(SEGMENT_FORM, PART_DATES))
        put_stream(e, &e->dates);
    stream_add(e, &e->layouts, layout);
    if (e->header.documents == e->lengths_room) {
        e->lengths_room = e->lengths_room ? e->lengths_room * 2 : SCALES;
        e->lengths = memory_resize(e->lengths, e->lengths_room * sizeof *e->lengths);
    }
    memcpy(e->lengths[e->header.documents], facts->lengths, sizeof facts->lengths);
    coding_count_document(&e->header.sums, facts->lengths, 1);
    if (!e->header.documents++)
        e->header.first = facts->citation;
    e->header.last = facts->citation;
}

/* -- terms --------------------------------------------------------------------------------------
 */

/* All documents are known: what a word weighs in each field of each length. */
static void make_scales(emitter *e)
{
    double averages[INDEX_MEASURED];
    e->scales = memory_alloc((size_t)INDEX_FIELDS * SCALES * sizeof *e->scales);
    for (unsigned f = 0; f < INDEX_MEASURED; f++)
        averages[f] = coding_average(&e->header.sums, (enum index_field)f);
    for (unsigned f = 0; f < INDEX_FIELDS; f++) {
        for (unsigned length = 0; length < SCALES; length++) {
            uint16_t lengths[INDEX_MEASURED] = {0};
            index_posting once = {.fields = 1U << f};
            once.times[f] = 1;
            if (f < INDEX_MEASURED)
                lengths[f] = (uint16_t)length;
            e->scales[f * (size_t)SCALES + length] = coding_weigh(&once, lengths, averages);
        }
    }
}

static void start_block(emitter *e)
{
    e->count = 0;
    e->widest = 0;
    e->block_greatest = 0;
    e->payloads_end = e->payloads;
    buf_clear(&e->block_positions);
}

void emit_term(emitter *e, str term)
{
    if (!e->scales)
        make_scales(e);
    buf_clear(&e->term);
    buf_add(&e->term, term);
    e->has_positions = coding_has_positions(term.data[0]);
    e->df = 0;
    e->before = 0;
    e->greatest = 0;
    e->positions_start = e->positions.length;
    e->positions_length = 0;
    buf_clear(&e->headers);
    buf_clear(&e->bodies);
    start_block(e);
}

static void end_block(emitter *e)
{
    if (!e->count)
        return;
    unsigned char header[SEGMENT_BLOCK_HEADER];
    uint64_t positions = e->positions_length;
    coding_block block = {.last = e->before - 1,
                          .body = (uint32_t)e->bodies.length,
                          .positions = (uint32_t)positions,
                          .bound = coding_bound_of(e->block_greatest),
                          .count = e->count,
                          .bits = coding_bits_of(e->widest)};
    coding_put_block(header, &block);
    buf_add(&e->headers, (str){(char *)header, sizeof header});
    coding_add_packed(&e->bodies, e->deltas, e->count, block.bits);
    buf_add(&e->bodies, (str){(char *)e->payloads, (size_t)(e->payloads_end - e->payloads)});
    stream_add(e, &e->positions, buf_str(&e->block_positions));
    e->positions_length += e->block_positions.length;
    if ((e->bodies.length > UINT32_MAX || e->positions_length > UINT32_MAX) &&
        e->status == OSLER_OK)
        e->status = fail(e->error, OSLER_ELIMIT, 0,
                         "the word \"%.*s\" stands too often for one segment of the index",
                         STR_ARG(str_part(buf_str(&e->term), 1, e->term.length)));
    if (e->block_greatest > e->greatest)
        e->greatest = e->block_greatest;
    start_block(e);
}

/* What a word weighs that stands so often in a field of a document; texts longer than the table
 * knows weigh as the longest of it, never less than they do. */
static inline double weigh(const emitter *e, uint32_t document, unsigned field, uint64_t times)
{
    size_t length = field < INDEX_MEASURED ? e->lengths[document][field] : 0U;
    if (length >= SCALES)
        length = SCALES - 1;
    return e->scales[field * (size_t)SCALES + length] * (double)times;
}

/* Step over `count` varints; most are one or two. */
static inline bool skip_places(coding_bytes *places, uint64_t count)
{
    const unsigned char *at = places->at, *end = places->end;
    while (count && at < end)
        count -= *at++ < 0x80;
    places->at = at;
    return count == 0;
}

static inline void add_places(buf *b, const unsigned char *places, size_t bytes)
{
    char *room = b->capacity - b->length < bytes ? buf_reserve(b, bytes) : b->data + b->length;
    coding_copy((unsigned char *)room, places, bytes);
    b->length += bytes;
}

bool emit_posting(emitter *e, uint32_t document, coding_bytes *payloads, coding_bytes *places)
{
    if (e->count == SEGMENT_BLOCK)
        end_block(e);
    const unsigned char *start = payloads->at;
    uint64_t all = 0, times;
    double weighed = 0;
    unsigned first, seen = 0;
    do {
        if (!coding_get_times(payloads, &first, &times))
            return false;
        unsigned field = first & CODING_FIELD;
        if (field >= INDEX_FIELDS || seen >> field) /* not rising */
            return false;
        seen |= 1U << field;
        all += times;
        weighed += weigh(e, document, field, times);
    } while (first & CODING_MORE);
    size_t length = (size_t)(payloads->at - start);
    if (length > CODING_PAYLOAD)
        return false;
    if (e->has_positions) {
        const unsigned char *place = places->at;
        if (!skip_places(places, all))
            return false;
        size_t bytes = (size_t)(places->at - place);
        add_places(&e->block_positions, place, bytes);
        if (weighed > e->block_greatest)
            e->block_greatest = weighed;
    }
    e->payloads_end = coding_copy(e->payloads_end, start, length);
    uint32_t delta = document - e->before;
    e->deltas[e->count++] = delta;
    e->widest |= delta;
    e->before = document + 1;
    e->df++;
    return true;
}

void emit_term_end(emitter *e)
{
    coding_term entry = {.df = e->df};
    if (e->df == 1) {
        entry.document = e->before - 1;
        entry.payload = (str){(char *)e->payloads, (size_t)(e->payloads_end - e->payloads)};
        entry.positions_inline = buf_str(&e->block_positions);
    } else {
        end_block(e);
        entry.postings = e->postings.length;
        entry.postings_length = e->headers.length + e->bodies.length;
        entry.bound = coding_bound_of(e->greatest);
        if (e->has_positions) {
            entry.positions = e->positions_start;
            entry.positions_length = e->positions_length;
        }
        stream_add(e, &e->postings, buf_str(&e->headers));
        stream_add(e, &e->postings, buf_str(&e->bodies));
    }
    dictionary_add(e, &e->terms, buf_str(&e->term), &(struct entry){.term = &entry});
}

void emit_single(emitter *e, str term, uint32_t document, const coding_term *single)
{
    coding_term entry = *single;
    entry.document = document;
    dictionary_add(e, &e->terms, term, &(struct entry){.term = &entry});
}

void emit_family(emitter *e, str key, const str *words, size_t count)
{
    dictionary_add(e, &e->families, key, &(struct entry){.words = words, .count = count});
}

/* -- the end ------------------------------------------------------------------------------------
 */

static void put_header(emitter *e)
{
    buf packed = {0};
    e->header.postings = e->postings.length;
    e->header.positions = e->positions.length;
    e->header.layouts = e->layouts.length;
    e->header.terms = e->terms.entries;
    e->header.families = e->families.entries;
    index_header_pack(&packed, &e->header);
    put(e, PART_HEADER, 0, (str){0}, buf_str(&packed));
    buf_free(&packed);
}

osler_status emit_finish(emitter *e, index_header *header)
{
    emit_stream *streams[] = {&e->postings, &e->positions, &e->facts,
                              &e->measures, &e->dates,     &e->layouts};
    emit_dictionary *dictionaries[] = {&e->terms, &e->families};
    buf *others[] = {&e->term, &e->headers, &e->bodies, &e->block_positions};
    for (size_t i = 0; i < sizeof streams / sizeof *streams; i++) {
        if (streams[i]->waiting.length)
            put_stream(e, streams[i]);
        buf_free(&streams[i]->waiting);
    }
    for (size_t i = 0; i < sizeof dictionaries / sizeof *dictionaries; i++) {
        if (dictionaries[i]->waiting.length)
            put_dictionary(e, dictionaries[i]);
        buf_free(&dictionaries[i]->waiting);
        buf_free(&dictionaries[i]->first);
        buf_free(&dictionaries[i]->last);
    }
    if (e->header.documents)
        put_header(e);
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        buf_free(others[i]);
    memory_free(e->scales);
    memory_free(e->lengths);
    *header = e->header;
    return e->status;
}
