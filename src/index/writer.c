/* Gathering documents in memory, and writing them as one segment. */
#include "index/writer.h"

#include "base/limits.h"
#include "base/memory.h"
#include "index/coding.h"
#include "index/emit.h"
#include "index/family.h"
#include "index/gather.h"

#include <stdlib.h>
#include <string.h>

enum { FEWEST_SLOTS = 1024 };
static const uint32_t GONE = UINT32_MAX; /* no document */

/* A document as it was added: its number is its place in the list. */
struct added {
    index_facts facts;
    size_t layout, layout_length; /* in the writer's layouts */
    bool taken_out;
};

struct index_writer {
    gathered terms;
    struct added *items;
    size_t count, room, living;
    uint32_t *slots; /* by citation: the number of the living document, plus 1; 0: free */
    size_t slot_count;
    buf layouts;
    family *family;
};

index_writer *index_writer_new(void)
{
    return memory_alloc(sizeof(index_writer));
}

void index_writer_clear(index_writer *w)
{
    gather_free(&w->terms);
    memory_free(w->items);
    memory_free(w->slots);
    buf_free(&w->layouts);
    *w = (index_writer){.family = w->family};
}

void index_writer_free(index_writer *w)
{
    if (!w)
        return;
    index_writer_clear(w);
    family_free(w->family);
    memory_free(w);
}

size_t index_writer_count(const index_writer *w)
{
    return w->living;
}

size_t index_writer_bytes(const index_writer *w)
{
    return gather_bytes(&w->terms) + w->room * sizeof *w->items + w->slot_count * sizeof *w->slots +
           w->layouts.capacity;
}

/* -- documents by citation ----------------------------------------------------------------------
 */

/* The slot of the citation; an empty one when nobody has it.  A citation that was taken out keeps
 * its slot. */
static uint32_t *slot_of(const index_writer *w, int64_t citation)
{
    uint64_t hash = (uint64_t)citation * UINT64_C(0x9E3779B97F4A7C15);
    size_t at = (size_t)(hash >> 20) & (w->slot_count - 1);
    while (w->slots[at] && w->items[w->slots[at] - 1].facts.citation != citation)
        at = (at + 1) & (w->slot_count - 1);
    return &w->slots[at];
}

static void make_room(index_writer *w)
{
    if (w->count == w->room) {
        w->room = w->room ? w->room * 2 : FEWEST_SLOTS;
        w->items = memory_resize(w->items, w->room * sizeof *w->items);
    }
    if ((w->count + 1) * 2 <= w->slot_count)
        return;
    uint32_t *old = w->slots;
    size_t count = w->slot_count;
    w->slot_count = count ? count * 2 : FEWEST_SLOTS;
    w->slots = memory_alloc(w->slot_count * sizeof *w->slots);
    for (size_t i = 0; i < count; i++)
        if (old[i])
            *slot_of(w, w->items[old[i] - 1].facts.citation) = old[i];
    memory_free(old);
}

bool index_writer_remove(index_writer *w, int64_t citation)
{
    uint32_t number = w->slot_count ? *slot_of(w, citation) : 0;
    if (!number || w->items[number - 1].taken_out)
        return false;
    w->items[number - 1].taken_out = true;
    w->living--;
    return true;
}

void index_writer_add(index_writer *w, const index_document *document)
{
    int64_t citation = document->facts.citation;
    if (!w->terms.slots)
        gather_start(&w->terms);
    make_room(w);
    index_writer_remove(w, citation);
    w->items[w->count] =
        (struct added){document->facts, w->layouts.length, document->layout.length, false};
    buf_add(&w->layouts, document->layout);
    gather_add(&w->terms, document->entries, document->count, (uint32_t)w->count);
    uint32_t *slot = slot_of(w, citation);
    *slot = (uint32_t)++w->count;
    w->living++;
}

bool index_writer_add_flags(index_writer *w, int64_t citation, uint32_t flags,
                            const char *(*name_of)(unsigned bit))
{
    uint32_t number = w->slot_count ? *slot_of(w, citation) : 0;
    struct added *document = number ? &w->items[number - 1] : NULL;
    if (!document || document->taken_out || document->facts.flags & ~flags)
        return false;
    for (unsigned bit = 0; bit < 32; bit++) {
        if (!((flags & ~document->facts.flags) >> bit & 1))
            continue;
        unsigned char payload[CODING_PAYLOAD];
        char term[1 + LIMIT_TERM];
        index_posting posting = {.fields = 1, .times = {1}};
        str name = index_cut(str_of(name_of(bit)));
        term[0] = INDEX_FLAG;
        memcpy(term + 1, name.data, name.length);
        size_t length = (size_t)(coding_put_payload(payload, &posting) - payload);
        index_entry entry = {.term = {term, name.length + 1}, .payload = {(char *)payload, length}};
        gather_add(&w->terms, &entry, 1, number - 1);
    }
    document->facts.flags = flags;
    return true;
}

/* -- postings -----------------------------------------------------------------------------------
 */

/* The next posting of what gather_postings() gave: its document; `before` is the one before.  False
 * behind the last. */
static bool next_document(coding_bytes *b, uint32_t before, uint32_t *document)
{
    uint64_t delta;
    if (!coding_left(b) || !coding_get_varint(b, &delta))
        return false;
    *document = before + (uint32_t)delta;
    return true;
}

/* Step over its payload and positions. */
static void skip_posting(coding_bytes *b, bool has_positions)
{
    uint64_t times = 0;
    unsigned fields;
    if (!coding_skip_payload(b, &times, &fields) ||
        (has_positions && !coding_skip_varints(b, times)))
        b->at = b->end; /* what was added was no posting */
}

static int by_number(const void *one, const void *other)
{
    const int64_t *a = one, *b = other;
    return (*a > *b) - (*a < *b);
}

size_t index_writer_find(index_writer *w, arena *memory, str term, int64_t **out)
{
    uint32_t place = w->terms.slots ? gather_find(&w->terms, term) : 0;
    size_t count = 0;
    *out = NULL;
    if (!place)
        return 0;
    buf bytes = {0};
    uint32_t document = 0;
    *out = arena_alloc(memory, gather_df(&w->terms, place) * sizeof **out);
    coding_bytes b = coding_bytes_of(gather_postings(&w->terms, place, &bytes));
    while (next_document(&b, document, &document)) {
        if (!w->items[document].taken_out)
            (*out)[count++] = w->items[document].facts.citation;
        skip_posting(&b, coding_has_positions(term.data[0]));
    }
    qsort(*out, count, sizeof **out, by_number);
    buf_free(&bytes);
    return count;
}

/* -- writing ------------------------------------------------------------------------------------
 */

/* A posting of a term: its number in the segment, and where its payload stands. */
struct posting {
    uint32_t document;
    coding_bytes bytes;
};

/* A segment being written. */
struct writing {
    index_writer *w;
    emitter to;
    uint32_t *order;   /* the living documents by rising citation */
    uint32_t *numbers; /* of documents in the segment; GONE */
    bool rising;       /* documents were added in the order of their citations */
    buf gathered;
    struct posting *postings; /* of one term, to be sorted */
    size_t room;
};

struct ranked {
    int64_t citation;
    uint32_t document;
};

static int by_citation(const void *one, const void *other)
{
    const struct ranked *a = one, *b = other;
    return (a->citation > b->citation) - (a->citation < b->citation);
}

static void number_documents(struct writing *g)
{
    const index_writer *w = g->w;
    struct ranked *ranked = memory_resize(NULL, (w->living + 1) * sizeof *ranked);
    size_t count = 0;
    g->rising = true;
    for (size_t i = 0; i < w->count; i++) {
        if (w->items[i].taken_out)
            continue;
        ranked[count] = (struct ranked){w->items[i].facts.citation, (uint32_t)i};
        g->rising &= !count || ranked[count - 1].citation < ranked[count].citation;
        count++;
    }
    if (!g->rising)
        qsort(ranked, count, sizeof *ranked, by_citation);
    g->order = memory_resize(NULL, (count + 1) * sizeof *g->order);
    g->numbers = memory_resize(NULL, (w->count + 1) * sizeof *g->numbers);
    memset(g->numbers, 0xFF, (w->count + 1) * sizeof *g->numbers); /* GONE */
    for (size_t i = 0; i < count; i++) {
        g->order[i] = ranked[i].document;
        g->numbers[ranked[i].document] = (uint32_t)i;
    }
    memory_free(ranked);
}

static void write_documents(struct writing *g)
{
    for (size_t i = 0; i < g->w->living; i++) {
        const struct added *d = &g->w->items[g->order[i]];
        index_facts facts = d->facts;
        str layouts = buf_str(&g->w->layouts);
        emit_document(&g->to, &facts, str_part(layouts, d->layout, d->layout_length));
    }
}

static int by_document(const void *one, const void *other)
{
    const struct posting *a = one, *b = other;
    return (a->document > b->document) - (a->document < b->document);
}

/* A term that was gathered. */
struct term {
    str text;
    uint32_t df; /* documents, those that were taken out too */
    bool has_positions;
    coding_bytes postings;
};

/* The functions below put a term; false: only documents that were taken out have it. */
static bool put_single(struct writing *g, struct term *t)
{
    uint32_t document = 0;
    coding_bytes *b = &t->postings;
    if (!next_document(b, 0, &document) || g->numbers[document] == GONE)
        return false;
    const unsigned char *payload = b->at;
    skip_posting(b, false);
    coding_term single = {.df = 1,
                          .payload = {(const char *)payload, (size_t)(b->at - payload)},
                          .positions_inline = {(const char *)b->at, coding_left(b)}};
    emit_single(&g->to, t->text, g->numbers[document], &single);
    return true;
}

static bool put_rising(struct writing *g, struct term *t)
{
    uint32_t document = 0;
    bool some = false;
    while (next_document(&t->postings, document, &document)) {
        if (g->numbers[document] == GONE) {
            skip_posting(&t->postings, t->has_positions);
            continue;
        }
        if (!some)
            emit_term(&g->to, t->text);
        some = true;
        if (!emit_posting(&g->to, g->numbers[document], &t->postings, &t->postings))
            break; /* what was added was no posting */
    }
    if (some)
        emit_term_end(&g->to);
    return some;
}

static bool put_sorted(struct writing *g, struct term *t)
{
    uint32_t document = 0;
    size_t count = 0;
    bool rising = true;
    if (g->room < t->df) {
        g->room = t->df;
        g->postings = memory_resize(g->postings, g->room * sizeof *g->postings);
    }
    while (next_document(&t->postings, document, &document)) {
        g->postings[count] = (struct posting){g->numbers[document], t->postings};
        rising &= !count || g->postings[count - 1].document < g->postings[count].document;
        count += g->numbers[document] != GONE;
        skip_posting(&t->postings, t->has_positions);
    }
    if (!count)
        return false;
    if (!rising)
        qsort(g->postings, count, sizeof *g->postings, by_document);
    emit_term(&g->to, t->text);
    for (size_t i = 0; i < count; i++) {
        coding_bytes *bytes = &g->postings[i].bytes;
        if (!emit_posting(&g->to, g->postings[i].document, bytes, bytes))
            break;
    }
    emit_term_end(&g->to);
    return true;
}

static bool put_term(struct writing *g, uint32_t place)
{
    const gathered *terms = &g->w->terms;
    str text = gather_term(terms, place);
    struct term t = {text, gather_df(terms, place), coding_has_positions(text.data[0]),
                     coding_bytes_of(gather_postings(terms, place, &g->gathered))};
    if (t.df == 1)
        return put_single(g, &t);
    bool rising = g->rising && text.data[0] != INDEX_FLAG; /* index_writer_add_flags() */
    return rising ? put_rising(g, &t) : put_sorted(g, &t);
}

/* A word and the key of its family. */
struct member {
    str key, word;
};

static int by_key(const void *one, const void *other)
{
    const struct member *a = one, *b = other;
    int order = str_compare(a->key, b->key);
    return order ? order : str_compare(a->word, b->word);
}

/* Words that are not the key of their family. */
struct members {
    arena memory;
    struct member *items;
    size_t count, room;
    buf key;
};

static void add_member(struct writing *g, struct members *m, str term)
{
    str folded = str_part(term, 1, term.length);
    buf_clear(&m->key);
    if (!g->w->family)
        g->w->family = family_new();
    family_add_key(g->w->family, &m->key, folded);
    if (!m->key.length || str_equal(buf_str(&m->key), folded))
        return;
    if (m->count == m->room) {
        m->room = m->room ? m->room * 2 : FEWEST_SLOTS;
        m->items = memory_resize(m->items, m->room * sizeof *m->items);
    }
    m->items[m->count++] =
        (struct member){{arena_copy(&m->memory, buf_str(&m->key)), m->key.length}, folded};
}

static void write_families(struct writing *g, struct members *m)
{
    str *words = memory_resize(NULL, (m->count + 1) * sizeof *words);
    if (m->count)
        qsort(m->items, m->count, sizeof *m->items, by_key);
    for (size_t i = 0, end; i < m->count; i = end) {
        size_t count = 0;
        for (end = i; end < m->count && str_equal(m->items[end].key, m->items[i].key); end++)
            words[count++] = m->items[end].word;
        emit_family(&g->to, m->items[i].key, words, count);
    }
    memory_free(words);
    memory_free(m->items);
    buf_free(&m->key);
    arena_free(&m->memory);
}

static void write_terms(struct writing *g)
{
    enum { AHEAD = 8 };
    const gathered *terms = &g->w->terms;
    uint32_t *places = gather_sorted(terms);
    struct members members = {0};
    for (size_t i = 0; i < terms->terms; i++) {
        if (i + AHEAD < terms->terms)
            gather_prefetch(terms, places[i + AHEAD]);
        str term = gather_term(terms, places[i]);
        if (put_term(g, places[i]) && term.data[0] == INDEX_WORD)
            add_member(g, &members, term);
    }
    write_families(g, &members);
    memory_free(places);
}

osler_status index_writer_write(index_writer *w, const index_sink *sink, index_header *header,
                                osler_error *error)
{
    struct writing g = {.w = w};
    *header = (index_header){.form = SEGMENT_FORM};
    if (w->living == 0) {
        index_writer_clear(w);
        return OSLER_OK;
    }
    number_documents(&g);
    emit_start(&g.to, sink, error);
    write_documents(&g);
    write_terms(&g);
    osler_status status = emit_finish(&g.to, header);
    memory_free(g.order);
    memory_free(g.numbers);
    memory_free(g.postings);
    buf_free(&g.gathered);
    index_writer_clear(w);
    return status;
}
