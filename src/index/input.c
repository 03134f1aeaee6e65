/* Reading a segment from its beginning to its end.  Every byte may be wrong: what does not fit is
 * OSLER_EDAMAGED. */
#include "index/input.h"

#include "base/error.h"
#include "base/limits.h"

#include <string.h>

osler_status input_damaged(const input *in, const char *what)
{
    return fail(in->error, OSLER_EDAMAGED, 0, "segment %lld of the search index is damaged: %s",
                (long long)in->number, what);
}

static osler_status get_chunk(const input *in, enum index_part part, uint64_t number, str *out)
{
    osler_status status =
        in->source->chunk(in->source->context, in->number, part, number, out, in->error);
    return status == OSLER_ENOTFOUND ? input_damaged(in, "a part of it is missing") : status;
}

static void release(const input *in, enum index_part part, uint64_t number)
{
    if (in->source->release)
        in->source->release(in->source->context, in->number, part, number);
}

/* -- streams ------------------------------------------------------------------------------------
 */

static osler_status load(input *in, input_stream *s, uint64_t number)
{
    if (s->loaded && s->chunk_number == number)
        return OSLER_OK;
    if (s->loaded)
        release(in, s->part, s->chunk_number);
    s->loaded = false;
    osler_status status = get_chunk(in, s->part, number, &s->chunk);
    if (status != OSLER_OK)
        return status;
    s->loaded = true;
    s->chunk_number = number;
    uint64_t size = segment_chunk(in->header.form, s->part), rest = s->length - number * size;
    if (s->chunk.length != (rest < size ? rest : size))
        return input_damaged(in, "a chunk has the wrong length");
    return OSLER_OK;
}

/* A view of some bytes, lent until the next one of the stream. */
static osler_status view(input *in, input_stream *s, uint64_t start, uint64_t length, str *out)
{
    *out = (str){0};
    if (start > s->length || length > s->length - start)
        return input_damaged(in, "an offset points behind the end");
    buf_clear(&s->joined);
    while (length) {
        uint64_t size = segment_chunk(in->header.form, s->part);
        osler_status status = load(in, s, start / size);
        if (status != OSLER_OK)
            return status;
        *out = str_part(s->chunk, (size_t)(start % size), (size_t)length);
        if (out->length == length && !s->joined.length)
            return OSLER_OK;
        buf_add(&s->joined, *out);
        start += out->length;
        length -= out->length;
    }
    *out = buf_str(&s->joined);
    return OSLER_OK;
}

static void close_stream(input *in, input_stream *s)
{
    if (s->loaded)
        release(in, s->part, s->chunk_number);
    buf_free(&s->joined);
}

/* -- the segment --------------------------------------------------------------------------------
 */

static osler_status find_segment(input *in)
{
    index_sums dead;
    int64_t number;
    osler_status status;
    for (size_t i = 0;
         (status = in->source->segment(in->source->context, i, &number, &in->tombstones, &dead,
                                       in->error)) == OSLER_OK;
         i++)
        if (number == in->number)
            return OSLER_OK;
    return status == OSLER_END ? input_damaged(in, "it is missing") : status;
}

/* Memory is given out for documents that seem to be there only. */
static osler_status find_last_document(input *in)
{
    str bytes;
    uint64_t last = in->facts.length - SEGMENT_FACTS;
    return view(in, &in->facts, last, SEGMENT_FACTS, &bytes);
}

osler_status input_open(input *in, const index_source *source, int64_t number, osler_error *error)
{
    str bytes;
    *in = (input){.source = source,
                  .error = error,
                  .number = number,
                  .fact.citation = INT64_MIN,
                  .facts.part = PART_FACTS,
                  .layouts.part = PART_LAYOUTS,
                  .postings_bytes.part = PART_POSTINGS,
                  .positions_bytes.part = PART_POSITIONS,
                  .terms.part = PART_TERMS,
                  .families.part = PART_FAMILIES};
    osler_status status = find_segment(in);
    if (status == OSLER_OK)
        status = get_chunk(in, PART_HEADER, 0, &bytes);
    if (status != OSLER_OK)
        return status;
    bool good = index_header_unpack(&in->header, bytes);
    release(in, PART_HEADER, 0);
    if (!good)
        return input_damaged(in, "its header is not one");
    in->facts.length = (uint64_t)in->header.documents * SEGMENT_FACTS;
    in->layouts.length = in->header.layouts;
    in->postings_bytes.length = in->header.postings;
    in->positions_bytes.length = in->header.positions;
    in->terms.left = in->header.terms;
    in->families.left = in->header.families;
    return find_last_document(in);
}

void input_close(input *in)
{
    input_dictionary *dictionaries[] = {&in->terms, &in->families};
    close_stream(in, &in->facts);
    close_stream(in, &in->layouts);
    close_stream(in, &in->postings_bytes);
    close_stream(in, &in->positions_bytes);
    for (size_t i = 0; i < sizeof dictionaries / sizeof *dictionaries; i++) {
        if (dictionaries[i]->loaded)
            release(in, dictionaries[i]->part, dictionaries[i]->chunk_number);
        buf_free(&dictionaries[i]->key);
    }
    buf_free(&in->postings.headers);
}

/* -- documents ----------------------------------------------------------------------------------
 */

static bool is_dead(const input *in, uint32_t document)
{
    return document / 8 < in->tombstones.length &&
           (unsigned char)in->tombstones.data[document / 8] >> (document % 8) & 1;
}

static osler_status get_facts(input *in, uint32_t document, index_facts *out)
{
    str bytes;
    osler_status status =
        view(in, &in->facts, (uint64_t)document * SEGMENT_FACTS, SEGMENT_FACTS, &bytes);
    if (status == OSLER_OK)
        index_facts_unpack(out, (const unsigned char *)bytes.data);
    return status;
}

osler_status input_next_document(input *in, uint32_t *number)
{
    while (in->document < in->header.documents && is_dead(in, in->document))
        in->document++;
    if (in->document == in->header.documents)
        return OSLER_END;
    int64_t before = in->fact.citation;
    *number = in->document++;
    osler_status status = get_facts(in, *number, &in->fact);
    if (status != OSLER_OK)
        return status;
    if (in->fact.citation < in->header.first || in->fact.citation > in->header.last ||
        in->fact.citation <= before)
        return input_damaged(in, "its documents are out of order");
    return OSLER_OK;
}

osler_status input_get_layout(input *in)
{
    index_facts next = {0};
    uint64_t start = in->fact.layout, end = in->layouts.length;
    osler_status status = OSLER_OK;
    if (in->document < in->header.documents) {
        status = get_facts(in, in->document, &next);
        end = next.layout;
    }
    if (status != OSLER_OK)
        return status;
    if (end < start)
        return input_damaged(in, "its layouts are out of order");
    return view(in, &in->layouts, start, end - start, &in->layout);
}

/* -- dictionaries -------------------------------------------------------------------------------
 */

/* Bytes of the next entry; OSLER_END. */
static osler_status next_entry(input *in, input_dictionary *d)
{
    if (!d->left)
        return OSLER_END;
    d->left--;
    if (coding_left(&d->bytes))
        return OSLER_OK;
    str chunk;
    uint64_t number = d->loaded ? d->chunk_number + 1 : 0;
    if (d->loaded)
        release(in, d->part, d->chunk_number);
    d->loaded = false;
    osler_status status = get_chunk(in, d->part, number, &chunk);
    if (status != OSLER_OK)
        return status;
    d->loaded = true;
    d->chunk_number = number;
    d->bytes = coding_bytes_of(chunk);
    d->key.length = 0;
    return OSLER_OK;
}

osler_status input_next_term(input *in)
{
    input_dictionary *d = &in->terms;
    osler_status status = next_entry(in, d);
    if (status == OSLER_OK &&
        (!coding_next_term(&d->bytes, &d->key, &d->term) || d->key.length > LIMIT_TERM + 1))
        status = input_damaged(in, "an entry of its terms cannot be read");
    return status;
}

osler_status input_next_family(input *in)
{
    input_dictionary *d = &in->families;
    osler_status status = next_entry(in, d);
    if (status == OSLER_OK && !coding_next_family(&d->bytes, &d->key, &d->words))
        status = input_damaged(in, "an entry of its families cannot be read");
    return status;
}

osler_status input_next_word(input *in, str *word)
{
    if (!coding_next_word(&in->families.bytes, word))
        return input_damaged(in, "a family cannot be read");
    return OSLER_OK;
}

/* -- postings -----------------------------------------------------------------------------------
 */

static osler_status start_single(input *in)
{
    input_postings *p = &in->postings;
    const coding_term *t = &in->terms.term;
    if (t->document >= in->header.documents)
        return input_damaged(in, "a term names a document that is not there");
    p->documents[0] = p->map[t->document];
    p->count = 1;
    p->payloads = coding_bytes_of(t->payload);
    p->places = coding_bytes_of(t->positions_inline);
    return OSLER_OK;
}

osler_status input_start_postings(input *in, const uint32_t *map)
{
    input_postings *p = &in->postings;
    const coding_term *t = &in->terms.term;
    p->map = map;
    p->has_positions = coding_has_positions(in->terms.key.data[0]);
    p->at = p->count = 0;
    p->block = p->blocks = 0;
    p->before = 0;
    if (t->df == 1)
        return start_single(in);
    p->blocks = (size_t)((t->df + SEGMENT_BLOCK - 1) / SEGMENT_BLOCK);
    uint64_t headers = (uint64_t)p->blocks * SEGMENT_BLOCK_HEADER;
    if (t->df > in->header.documents || headers > t->postings_length)
        return input_damaged(in, "a term has more documents than there are");
    str bytes;
    osler_status status = view(in, &in->postings_bytes, t->postings, headers, &bytes);
    if (status != OSLER_OK)
        return status;
    buf_clear(&p->headers);
    buf_add(&p->headers, bytes);
    p->bodies = t->postings + headers;
    p->bodies_length = t->postings_length - headers;
    p->positions = t->positions;
    p->positions_length = t->positions_length;
    return OSLER_OK;
}

/* Where a part of the block ends that starts at `start`: where that of the next one starts, or the
 * end of all. */
static osler_status find_extent(input *in, const coding_block *block, const coding_block *next)
{
    input_postings *p = &in->postings;
    uint64_t body_end = next ? next->body : p->bodies_length;
    uint64_t places_end = next ? next->positions : p->positions_length;
    str bytes;
    if (body_end < block->body ||
        body_end - block->body > (uint64_t)SEGMENT_BLOCK * (4 + CODING_PAYLOAD) ||
        (p->has_positions && places_end < block->positions))
        return input_damaged(in, "the blocks of a term are out of order");
    osler_status status =
        view(in, &in->postings_bytes, p->bodies + block->body, body_end - block->body, &bytes);
    if (status != OSLER_OK)
        return status;
    p->payloads = coding_bytes_of(bytes);
    p->places = (coding_bytes){0};
    if (!p->has_positions)
        return OSLER_OK;
    status = view(in, &in->positions_bytes, p->positions + block->positions,
                  places_end - block->positions, &bytes);
    p->places = coding_bytes_of(bytes);
    return status;
}

/* The documents of the block by their new numbers. */
static osler_status map_documents(input *in, const coding_block *block)
{
    input_postings *p = &in->postings;
    uint64_t next = p->before;
    if (!coding_get_packed(&p->payloads, p->documents, block->count, block->bits))
        return input_damaged(in, "a block of a term is too short");
    for (unsigned i = 0; i < block->count; i++) {
        next += p->documents[i];
        if (next >= in->header.documents)
            return input_damaged(in, "a block names a document that is not there");
        uint32_t document = p->map[next++];
        p->documents[i] = document;
        if (document != INPUT_GONE)
            __builtin_prefetch(p->lengths[document]);
    }
    p->before = (uint32_t)next;
    p->count = block->count;
    p->at = 0;
    return OSLER_OK;
}

static osler_status next_block(input *in)
{
    input_postings *p = &in->postings;
    if (p->block == p->blocks)
        return OSLER_END;
    coding_block block, next;
    const unsigned char *header =
        (const unsigned char *)p->headers.data + p->block * SEGMENT_BLOCK_HEADER;
    bool last = ++p->block == p->blocks;
    if (!coding_get_block(header, &block) ||
        (!last && !coding_get_block(header + SEGMENT_BLOCK_HEADER, &next)))
        return input_damaged(in, "the header of a block cannot be read");
    osler_status status = find_extent(in, &block, last ? NULL : &next);
    return status == OSLER_OK ? map_documents(in, &block) : status;
}

osler_status input_next_posting(input *in)
{
    input_postings *p = &in->postings;
    for (;;) {
        if (p->at == p->count) {
            osler_status status = next_block(in);
            if (status != OSLER_OK)
                return status;
        }
        p->document = p->documents[p->at++];
        if (p->document != INPUT_GONE)
            return OSLER_OK;
        uint64_t times;
        unsigned fields;
        if (!coding_skip_payload(&p->payloads, &times, &fields) ||
            (p->has_positions && !coding_skip_varints(&p->places, times)))
            return input_damaged(in, "a posting cannot be read");
    }
}
