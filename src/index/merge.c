/* Merging segments: documents get new numbers by their citations, then terms come one by one. */
#include "index/emit.h"
#include "index/gather.h"
#include "index/input.h"
#include "index/writer.h"

#include "base/error.h"
#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

/* Segments whose dictionaries are read side by side: a heap, the lowest key first. */
struct heap {
    size_t *items; /* inputs */
    size_t count;
};

struct merge {
    input *inputs;
    uint32_t **maps; /* beside them: old numbers to new ones; INPUT_GONE */
    size_t count;
    emitter to;
    struct heap heap;
    uint64_t *prefixes; /* beside the inputs: the first bytes of their keys, as a number */
    bool families;      /* the heap is of these, not of terms */
    bool on_top;        /* the only input in `same` is still the top of the heap */
    size_t *same;       /* inputs that have the key at work */
    size_t same_count;
    buf key;           /* the key at work */
    gathered vanished; /* words that only dead documents had */
    osler_error *error;
};

/* -- documents ----------------------------------------------------------------------------------
 */

static osler_status next_document(struct merge *m, size_t input_number, uint32_t *old)
{
    osler_status status = input_next_document(&m->inputs[input_number], &old[input_number]);
    if (status == OSLER_END)
        old[input_number] = INPUT_GONE;
    return status == OSLER_END ? OSLER_OK : status;
}

/* The input with the lowest citation; m->count: there is none.  OSLER_EDAMAGED: two have it. */
static osler_status find_lowest(struct merge *m, const uint32_t *old, size_t *lowest)
{
    *lowest = m->count;
    bool twice = false;
    for (size_t i = 0; i < m->count; i++) {
        if (old[i] == INPUT_GONE)
            continue;
        int64_t citation = m->inputs[i].fact.citation;
        int64_t best = *lowest < m->count ? m->inputs[*lowest].fact.citation : citation;
        twice = *lowest < m->count && (citation == best || (twice && citation > best));
        if (*lowest == m->count || citation < best)
            *lowest = i;
    }
    if (twice)
        return fail(m->error, OSLER_EDAMAGED, 0,
                    "two segments of the search index hold citation %lld",
                    (long long)m->inputs[*lowest].fact.citation);
    return OSLER_OK;
}

static osler_status put_document(struct merge *m, size_t from, uint32_t old)
{
    input *in = &m->inputs[from];
    osler_status status = input_get_layout(in);
    if (status != OSLER_OK)
        return status;
    if (m->to.header.documents == INPUT_GONE)
        return fail(m->error, OSLER_ELIMIT, 0, "the search index has too many documents");
    m->maps[from][old] = m->to.header.documents;
    index_facts facts = in->fact;
    emit_document(&m->to, &facts, in->layout);
    return m->to.status;
}

static osler_status merge_documents(struct merge *m)
{
    uint32_t *old = memory_alloc((m->count + 1) * sizeof *old);
    osler_status status = OSLER_OK;
    for (size_t i = 0; status == OSLER_OK && i < m->count; i++) {
        size_t bytes = ((size_t)m->inputs[i].header.documents + 1) * sizeof **m->maps;
        m->maps[i] = memory_resize(NULL, bytes);
        memset(m->maps[i], 0xFF, bytes); /* INPUT_GONE */
        status = next_document(m, i, old);
    }
    while (status == OSLER_OK) {
        size_t lowest;
        status = find_lowest(m, old, &lowest);
        if (status != OSLER_OK || lowest == m->count)
            break;
        status = put_document(m, lowest, old[lowest]);
        if (status == OSLER_OK)
            status = next_document(m, lowest, old);
    }
    memory_free(old);
    return status;
}

/* -- keys ---------------------------------------------------------------------------------------
 */

static str key_of(const struct merge *m, size_t number)
{
    const input *in = &m->inputs[number];
    return buf_str(m->families ? &in->families.key : &in->terms.key);
}

/* Eight bytes that compare as the keys do, until they are the same. */
static uint64_t prefix_of(str key)
{
    uint64_t prefix = 0;
    const unsigned char *k = (const unsigned char *)key.data;
    if (key.length >= 8)
        return (uint64_t)k[0] << 56 | (uint64_t)k[1] << 48 | (uint64_t)k[2] << 40 |
               (uint64_t)k[3] << 32 | (uint64_t)k[4] << 24 | (uint64_t)k[5] << 16 |
               (uint64_t)k[6] << 8 | k[7];
    for (size_t i = 0; i < 8; i++)
        prefix = prefix << 8 | (i < key.length ? k[i] : 0U);
    return prefix;
}

static bool is_before(const struct merge *m, size_t one, size_t other)
{
    if (m->prefixes[one] != m->prefixes[other])
        return m->prefixes[one] < m->prefixes[other];
    int order = str_compare(key_of(m, one), key_of(m, other));
    return order < 0 || (order == 0 && one < other);
}

static bool is_same(const struct merge *m, size_t one, size_t other)
{
    return m->prefixes[one] == m->prefixes[other] && str_equal(key_of(m, one), key_of(m, other));
}

static void sift_down(struct merge *m)
{
    struct heap *h = &m->heap;
    for (size_t at = 0, child; (child = 2 * at + 1) < h->count; at = child) {
        if (child + 1 < h->count && is_before(m, h->items[child + 1], h->items[child]))
            child++;
        if (is_before(m, h->items[at], h->items[child]))
            return;
        size_t moved = h->items[at];
        h->items[at] = h->items[child];
        h->items[child] = moved;
    }
}

static void push(struct merge *m, size_t number)
{
    struct heap *h = &m->heap;
    size_t at = h->count++;
    for (; at > 0 && is_before(m, number, h->items[(at - 1) / 2]); at = (at - 1) / 2)
        h->items[at] = h->items[(at - 1) / 2];
    h->items[at] = number;
}

static size_t pop(struct merge *m)
{
    size_t first = m->heap.items[0];
    m->heap.items[0] = m->heap.items[--m->heap.count];
    sift_down(m);
    return first;
}

static osler_status next_entry(struct merge *m, size_t number)
{
    input *in = &m->inputs[number];
    osler_status status = m->families ? input_next_family(in) : input_next_term(in);
    if (status == OSLER_OK)
        m->prefixes[number] = prefix_of(key_of(m, number));
    return status;
}

/* Go on in a dictionary that is not in the heap; at its end it stays out. */
static osler_status advance(struct merge *m, size_t number)
{
    osler_status status = next_entry(m, number);
    if (status == OSLER_OK)
        push(m, number);
    return status == OSLER_END ? OSLER_OK : status;
}

/* Go on in the one at the top. */
static osler_status advance_top(struct merge *m)
{
    osler_status status = next_entry(m, m->heap.items[0]);
    if (status == OSLER_OK)
        sift_down(m);
    else if (status == OSLER_END)
        pop(m);
    return status == OSLER_END ? OSLER_OK : status;
}

static osler_status start_heap(struct merge *m, bool families)
{
    osler_status status = OSLER_OK;
    m->families = families;
    m->heap.count = 0;
    m->key.length = 0;
    for (size_t i = 0; status == OSLER_OK && i < m->count; i++)
        status = advance(m, i);
    return status;
}

/* Nobody but the top of the heap has its key. */
static bool is_alone(const struct merge *m)
{
    const struct heap *h = &m->heap;
    return (h->count < 2 || !is_same(m, h->items[0], h->items[1])) &&
           (h->count < 3 || !is_same(m, h->items[0], h->items[2]));
}

/* The next key, and in `same` the inputs that have it, by their numbers; OSLER_END. */
static osler_status next_key(struct merge *m)
{
    if (!m->heap.count)
        return OSLER_END;
    size_t top = m->heap.items[0];
    if (str_compare(key_of(m, top), buf_str(&m->key)) <= 0)
        return input_damaged(&m->inputs[top], "its keys are out of order");
    buf_clear(&m->key);
    buf_add(&m->key, key_of(m, top));
    m->same_count = 1;
    m->same[0] = top;
    m->on_top = is_alone(m);
    if (m->on_top)
        return OSLER_OK;
    pop(m);
    while (m->heap.count && is_same(m, m->heap.items[0], top))
        m->same[m->same_count++] = pop(m);
    return OSLER_OK;
}

static osler_status advance_same(struct merge *m)
{
    if (m->on_top)
        return advance_top(m);
    osler_status status = OSLER_OK;
    for (size_t i = 0; status == OSLER_OK && i < m->same_count; i++)
        status = advance(m, m->same[i]);
    return status;
}

/* -- terms --------------------------------------------------------------------------------------
 */

static uint32_t document_of(const struct merge *m, size_t which)
{
    return m->inputs[m->same[which]].postings.document;
}

/* The next posting of one of the `live` inputs, which leaves them at its end. */
static osler_status next_posting(struct merge *m, size_t which, size_t *live)
{
    osler_status status = input_next_posting(&m->inputs[m->same[which]]);
    if (status != OSLER_END)
        return status;
    m->same[which] = m->same[--*live];
    return OSLER_OK;
}

/* The input with the lowest document, and the lowest one of the others. */
static size_t find_first(const struct merge *m, size_t live, uint32_t *limit)
{
    size_t first = 0;
    *limit = INPUT_GONE;
    for (size_t i = 1; i < live; i++) {
        uint32_t here = document_of(m, i), best = document_of(m, first);
        if (here < best)
            first = i;
        uint32_t worse = here < best ? best : here;
        if (worse < *limit)
            *limit = worse;
    }
    return first;
}

/* All postings of the inputs in `same`, by their new numbers; `same` is used up. */
static osler_status merge_postings(struct merge *m, size_t live)
{
    while (live) {
        uint32_t limit;
        size_t first = find_first(m, live, &limit), before = live;
        input_postings *p = &m->inputs[m->same[first]].postings;
        osler_status status = OSLER_OK;
        do {
            if (!emit_posting(&m->to, p->document, &p->payloads, &p->places))
                return input_damaged(&m->inputs[m->same[first]], "a posting cannot be read");
            status = next_posting(m, first, &live);
        } while (status == OSLER_OK && live == before && p->document < limit);
        if (status != OSLER_OK)
            return status;
    }
    return m->to.status;
}

/* A word that no living document has any more. */
static void note_vanished(struct merge *m)
{
    if (m->key.data[0] != INDEX_WORD)
        return;
    if (!m->vanished.slots)
        gather_start(&m->vanished);
    gather_add(&m->vanished, &(index_entry){.term = buf_str(&m->key), .payload = STR("")}, 1, 0);
}

/* A term of one document: it goes over as it is. */
static osler_status merge_single(struct merge *m)
{
    const input *in = &m->inputs[m->same[0]];
    const coding_term *t = &in->terms.term;
    if (t->document >= in->header.documents)
        return input_damaged(in, "a term names a document that is not there");
    uint32_t document = m->maps[m->same[0]][t->document];
    if (document == INPUT_GONE)
        note_vanished(m);
    else
        emit_single(&m->to, buf_str(&m->key), document, t);
    return OSLER_OK;
}

static osler_status merge_term(struct merge *m)
{
    size_t *all = m->same + m->count; /* the second half: who goes on with the next term */
    size_t count = m->same_count, live = count;
    if (count == 1 && m->inputs[m->same[0]].terms.term.df == 1)
        return merge_single(m);
    memcpy(all, m->same, count * sizeof *all);
    for (size_t i = 0; i < live;) {
        size_t number = m->same[i], before = live;
        osler_status status = input_start_postings(&m->inputs[number], m->maps[number]);
        if (status == OSLER_OK)
            status = next_posting(m, i, &live);
        if (status != OSLER_OK)
            return status;
        i += live == before;
    }
    osler_status status = OSLER_OK;
    if (live) {
        emit_term(&m->to, buf_str(&m->key));
        status = merge_postings(m, live);
        emit_term_end(&m->to);
    } else {
        note_vanished(m);
    }
    memcpy(m->same, all, count * sizeof *all);
    return status;
}

static osler_status merge_terms(struct merge *m)
{
    osler_status status = start_heap(m, false);
    for (size_t i = 0; i < m->count; i++)
        m->inputs[i].postings.lengths = (const uint16_t(*)[INDEX_MEASURED])m->to.lengths;
    while (status == OSLER_OK && (status = next_key(m)) == OSLER_OK) {
        status = merge_term(m);
        if (status == OSLER_OK)
            status = m->to.status;
        if (status == OSLER_OK)
            status = advance_same(m);
    }
    return status == OSLER_END ? OSLER_OK : status;
}

/* -- families -----------------------------------------------------------------------------------
 */

/* Words of one family. */
struct words {
    str *items;
    size_t count, room;
    buf term;
};

static int by_text(const void *one, const void *other)
{
    const str *a = one, *b = other;
    return str_compare(*a, *b);
}

static void add_word(struct merge *m, struct words *w, str word)
{
    buf_clear(&w->term);
    buf_add_byte(&w->term, INDEX_WORD);
    buf_add(&w->term, word);
    if (m->vanished.slots && gather_find(&m->vanished, buf_str(&w->term)))
        return;
    if (w->count == w->room) {
        w->room = w->room ? w->room * 2 : 16;
        w->items = memory_resize(w->items, w->room * sizeof *w->items);
    }
    w->items[w->count++] = word;
}

static osler_status collect_words(struct merge *m, struct words *w)
{
    w->count = 0;
    for (size_t i = 0; i < m->same_count; i++) {
        input *in = &m->inputs[m->same[i]];
        for (uint64_t left = in->families.words; left; left--) {
            str word;
            osler_status status = input_next_word(in, &word);
            if (status != OSLER_OK)
                return status;
            add_word(m, w, word);
        }
    }
    if (w->count)
        qsort(w->items, w->count, sizeof *w->items, by_text);
    size_t kept = 0;
    for (size_t i = 0; i < w->count; i++)
        if (!kept || !str_equal(w->items[kept - 1], w->items[i]))
            w->items[kept++] = w->items[i];
    w->count = kept;
    return OSLER_OK;
}

static osler_status merge_families(struct merge *m)
{
    struct words w = {0};
    osler_status status = start_heap(m, true);
    while (status == OSLER_OK && (status = next_key(m)) == OSLER_OK) {
        status = collect_words(m, &w);
        if (status != OSLER_OK)
            break;
        if (w.count)
            emit_family(&m->to, buf_str(&m->key), w.items, w.count);
        status = m->to.status == OSLER_OK ? advance_same(m) : m->to.status;
    }
    memory_free(w.items);
    buf_free(&w.term);
    return status == OSLER_END ? OSLER_OK : status;
}

/* -- all ----------------------------------------------------------------------------------------
 */

static osler_status merge_all(struct merge *m)
{
    osler_status status = merge_documents(m);
    if (status == OSLER_OK)
        status = merge_terms(m);
    if (status == OSLER_OK)
        status = merge_families(m);
    return status;
}

static void end(struct merge *m)
{
    for (size_t i = 0; i < m->count; i++) {
        input_close(&m->inputs[i]);
        memory_free(m->maps[i]);
    }
    memory_free(m->inputs);
    memory_free(m->maps);
    memory_free(m->heap.items);
    memory_free(m->prefixes);
    memory_free(m->same);
    buf_free(&m->key);
    gather_free(&m->vanished);
}

osler_status index_merge(const index_source *source, const int64_t *numbers, size_t count,
                         const index_sink *sink, index_header *header, osler_error *error)
{
    struct merge m = {.error = error, .count = count};
    osler_status status = OSLER_OK;
    m.inputs = memory_alloc((count + 1) * sizeof *m.inputs);
    m.maps = memory_alloc((count + 1) * sizeof *m.maps);
    m.heap.items = memory_alloc((count + 1) * sizeof *m.heap.items);
    m.prefixes = memory_alloc((count + 1) * sizeof *m.prefixes);
    m.same = memory_alloc((2 * count + 1) * sizeof *m.same);
    emit_start(&m.to, sink, error);
    for (size_t i = 0; i < count; i++) {
        osler_status opened =
            status == OSLER_OK ? input_open(&m.inputs[i], source, numbers[i], error) : OSLER_OK;
        status = opened == OSLER_OK ? status : opened;
    }
    if (status == OSLER_OK)
        status = merge_all(&m);
    if (status != OSLER_OK)
        m.to.status = status; /* nothing is put any more */
    osler_status finished = emit_finish(&m.to, header);
    end(&m);
    return finished;
}
