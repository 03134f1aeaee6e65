/* Writing the search index: segments, tombstones, merges. */
#include "store/segments.h"

#include "base/error.h"
#include "base/memory.h"
#include "index/coding.h"
#include "store/facts.h"
#include "store/gathering.h"
#include "store/prepare.h"
#include "store/segment_rows.h"

#include <stdlib.h>
#include <string.h>

enum {
    MOST_HELD = 1 << 30,  /* bytes that were read, from one reading to the next */
    MOST_LENT = 32 << 20, /* bytes of the index in memory, while records are put */
    FACTOR = 8,           /* segments of one tier that are merged */
    DEAD_PART = 4         /* more than one of so many: written anew */
};

struct segment_state {
    int64_t number;
    index_header header;
    buf tombstones; /* empty: none is dead */
    index_sums dead;
    bool changed;   /* since it was read */
    buf facts;      /* one chunk of its facts */
    uint64_t chunk; /* that one's number + 1; 0: none */
};

/* What a store keeps for it. */
struct segments {
    gathering *gathered;         /* documents of this transaction that are in no segment yet */
    struct segment_state *items; /* of all segments, while `loaded` */
    size_t count;
    int64_t next; /* the number of the next segment */
    bool loaded;
    bool lost;              /* a failed flush: what was gathered is gone */
    segment_reader *reader; /* what store_index_source() lends */
    index_source source;    /* over it */
    struct index *all;      /* over that: what store_index() lends */
};

static struct segments *of(store *s)
{
    if (!s->segments)
        s->segments = memory_alloc(sizeof *s->segments);
    return s->segments;
}

static void free_state(struct segment_state *state)
{
    buf_free(&state->tombstones);
    buf_free(&state->facts);
}

static void unload(struct segments *g)
{
    for (size_t i = 0; i < g->count; i++)
        free_state(&g->items[i]);
    memory_free(g->items);
    g->items = NULL;
    g->count = 0;
    g->loaded = false;
}

static void close_index(struct segments *g)
{
    index_close(g->all);
    segment_reader_free(g->reader);
    g->all = NULL;
    g->reader = NULL;
}

void segments_forget(store *s)
{
    struct segments *g = s->segments;
    if (!g)
        return;
    close_index(g);
    unload(g);
    g->lost = false;
    if (g->gathered)
        gathering_clear(g->gathered);
}

void segments_free(store *s)
{
    segments_forget(s);
    if (s->segments)
        gathering_free(s->segments->gathered);
    memory_free(s->segments);
    s->segments = NULL;
}

static void add_state(struct segments *g, const struct segment_state *state)
{
    g->items = memory_resize(g->items, (g->count + 1) * sizeof *g->items);
    g->items[g->count++] = *state;
}

static osler_status load(store *s, osler_error *error)
{
    struct segments *g = of(s);
    sqlite3_stmt *row;
    if (g->loaded)
        return OSLER_OK;
    g->next = 1;
    osler_status status = store_first(s, STATEMENT_ALL_SEGMENTS, (store_values){0}, &row, error);
    while (status == OSLER_OK) {
        struct segment_state state = {0};
        if (!segment_row_read(row, &state.number, &state.header, &state.tombstones, &state.dead)) {
            free_state(&state);
            store_reset(row);
            status = store_damaged(s, error, "the library is damaged: a segment of its index");
            break;
        }
        add_state(g, &state);
        g->next = state.number + 1;
        status = store_next(s, row, error);
    }
    g->loaded = status == OSLER_END;
    if (!g->loaded)
        unload(g);
    return g->loaded ? OSLER_OK : status;
}

static gathering *gathered_of(store *s)
{
    struct segments *g = of(s);
    if (!g->gathered)
        g->gathered = gathering_new();
    return g->gathered;
}

void segments_add(store *s, const index_document *document)
{
    gathering_add(gathered_of(s), document);
}

void segments_lend(store *s, const index_document *document)
{
    gathering_lend(gathered_of(s), document);
}

bool segments_add_flags(store *s, int64_t citation, uint32_t flags)
{
    return index_writer_add_flags(gathering_writer(gathered_of(s)), citation, flags,
                                  facts_flag_name);
}

void store_take_over(store *s, arena *memory)
{
    gathering_take_over(gathered_of(s), memory);
}

/* The chunk of the facts, into state->facts. */
static osler_status read_facts(store *s, struct segment_state *state, uint64_t chunk,
                               osler_error *error)
{
    sqlite3_stmt *row;
    if (state->chunk == chunk + 1)
        return OSLER_OK;
    state->chunk = 0;
    osler_status status = store_first(
        s, STATEMENT_GET_CHUNK,
        VALUES(value_int(segment_row_key(state->number, PART_FACTS, chunk))), &row, error);
    if (status == OSLER_OK) {
        buf_clear(&state->facts);
        buf_add(&state->facts, store_column(row, 0));
        store_reset(row);
        state->chunk = chunk + 1;
    }
    return status == OSLER_END
               ? store_damaged(s, error, "the library is damaged: its index lacks facts")
               : status;
}

static bool facts_at(const struct segment_state *state, uint64_t document, index_facts *out)
{
    size_t at = (size_t)(document % segment_facts_chunk(state->header.form)) * SEGMENT_FACTS;
    if (at + SEGMENT_FACTS > state->facts.length)
        return false;
    index_facts_unpack(out, (const unsigned char *)state->facts.data + at);
    return true;
}

/* The place of a citation among the documents, which are in the order of their citations. */
static osler_status find_document(store *s, struct segment_state *state, int64_t citation,
                                  uint32_t *document, index_facts *facts, osler_error *error)
{
    uint64_t low = 0, high = state->header.documents;
    uint32_t each = segment_facts_chunk(state->header.form);
    if (state->chunk) { /* one citation often follows the other */
        index_facts first, last;
        uint64_t start = (state->chunk - 1) * each;
        uint64_t end = start + state->facts.length / SEGMENT_FACTS;
        end = end < high ? end : high; /* the chunk may be longer than it should be */
        if (end > start && facts_at(state, start, &first) && facts_at(state, end - 1, &last) &&
            first.citation <= citation && citation <= last.citation) {
            low = start;
            high = end;
        }
    }
    while (low < high) {
        uint64_t middle = low + (high - low) / 2;
        osler_status status = read_facts(s, state, middle / each, error);
        if (status != OSLER_OK)
            return status;
        if (!facts_at(state, middle, facts))
            return store_damaged(s, error, "the library is damaged: its index lacks facts");
        if (facts->citation == citation) {
            *document = (uint32_t)middle;
            return OSLER_OK;
        }
        if (facts->citation < citation)
            low = middle + 1;
        else
            high = middle;
    }
    return OSLER_END;
}

static bool is_dead(const struct segment_state *state, uint32_t document)
{
    size_t byte = document / 8;
    return byte < state->tombstones.length &&
           (unsigned char)state->tombstones.data[byte] >> document % 8 & 1;
}

static void bury(struct segment_state *state, uint32_t document, const index_facts *facts)
{
    size_t size = (state->header.documents + (size_t)7) / 8;
    if (state->tombstones.length < size) {
        size_t more = size - state->tombstones.length;
        memset(buf_reserve(&state->tombstones, more), 0, more);
        state->tombstones.length = size;
    }
    state->tombstones.data[document / 8] |= (char)(1 << document % 8);
    coding_count_document(&state->dead, facts->lengths, 1);
    state->changed = true;
}

osler_status segments_drop(store *s, int64_t citation, osler_error *error)
{
    struct segments *g = of(s);
    if (g->gathered && index_writer_remove(gathering_writer(g->gathered), citation))
        return OSLER_OK;
    close_index(g);
    osler_status status = load(s, error);
    for (size_t i = g->count; status == OSLER_OK && i-- > 0;) {
        struct segment_state *state = &g->items[i];
        uint32_t document = 0;
        index_facts facts;
        if (citation < state->header.first || citation > state->header.last)
            continue;
        status = find_document(s, state, citation, &document, &facts, error);
        if (status == OSLER_OK && !is_dead(state, document)) {
            bury(state, document, &facts);
            return OSLER_OK;
        }
        if (status == OSLER_END)
            status = OSLER_OK;
    }
    return status; /* a living one without document is for `osler library verify` */
}

static osler_status write_gathered(store *s, osler_error *error)
{
    struct segments *g = of(s);
    struct segment_state state = {0};
    close_index(g);
    osler_status status = load(s, error);
    if (status != OSLER_OK)
        return status;
    struct segment_rows rows = {s, g->next++};
    index_sink sink = segment_rows_sink(&rows);
    state.number = rows.segment;
    status = gathering_write(g->gathered, &sink, &state.header, error);
    if (status == OSLER_OK)
        status = segment_row_add(s, state.number, &state.header, error);
    if (status == OSLER_OK)
        add_state(g, &state);
    return status;
}

/* Write what has been gathered as a segment. */
static osler_status flush(store *s, osler_error *error)
{
    struct segments *g = of(s);
    if (g->lost)
        return fail(error, OSLER_EUSAGE, 0, "a failed transaction goes on");
    if (!g->gathered || !index_writer_count(gathering_writer(g->gathered)))
        return OSLER_OK;
    osler_status status = write_gathered(s, error);
    g->lost = status != OSLER_OK;
    return status;
}

osler_status segments_flush_full(store *s, osler_error *error)
{
    const gathering *gathered = of(s)->gathered;
    return gathered && gathering_weight(gathered) > s->most_gathered ? flush(s, error) : OSLER_OK;
}

bool store_is_lost(const store *s)
{
    return s->segments && s->segments->lost;
}

/* Tombstones as they are, into the rows. */
static osler_status save(store *s, osler_error *error)
{
    struct segments *g = of(s);
    osler_status status = OSLER_OK;
    for (size_t i = 0; status == OSLER_OK && i < g->count; i++) {
        struct segment_state *state = &g->items[i];
        if (state->changed)
            status = segment_row_bury(s, state->number, buf_str(&state->tombstones), &state->dead,
                                      error);
        state->changed &= status != OSLER_OK;
    }
    return status;
}

static unsigned tier_of(const struct segment_state *state)
{
    int64_t living = state->header.documents - state->dead.documents;
    unsigned tier = 0;
    for (; living >= FACTOR; living /= FACTOR)
        tier++;
    return tier;
}

/* Choose the segments to merge: true in `chosen`; how many. */
static size_t choose(const struct segments *g, bool *chosen)
{
    size_t tiers[24] = {0}, count = 0;
    unsigned tier = 0;
    memset(chosen, 0, g->count * sizeof *chosen);
    for (size_t i = 0; i < g->count; i++) {
        const struct segment_state *state = &g->items[i];
        if (state->dead.documents > state->header.documents / DEAD_PART) {
            chosen[i] = true;
            return 1;
        }
        tiers[tier_of(state)]++;
    }
    while (tier < sizeof tiers / sizeof *tiers && tiers[tier] < FACTOR)
        tier++;
    if (tier == sizeof tiers / sizeof *tiers)
        return 0;
    for (size_t i = 0; i < g->count; i++) {
        chosen[i] = tier_of(&g->items[i]) <= tier;
        count += chosen[i];
    }
    return count;
}

/* Drop the chosen ones, rows and all. */
static osler_status drop_chosen(store *s, const bool *chosen, osler_error *error)
{
    struct segments *g = of(s);
    osler_status status = OSLER_OK;
    size_t kept = 0;
    for (size_t i = 0; status == OSLER_OK && i < g->count; i++) {
        if (chosen[i])
            status = segment_row_drop(s, g->items[i].number, error);
    }
    for (size_t i = 0; status == OSLER_OK && i < g->count; i++) {
        if (chosen[i])
            free_state(&g->items[i]);
        else
            g->items[kept++] = g->items[i];
    }
    if (status == OSLER_OK)
        g->count = kept;
    return status;
}

static osler_status merge(store *s, const bool *chosen, size_t count, osler_error *error)
{
    struct segments *g = of(s);
    struct segment_state made = {.number = g->next++};
    struct segment_rows rows = {s, made.number};
    segment_reader *reader = segment_reader_new(s);
    index_source source = segment_reader_source(reader);
    index_sink sink = segment_rows_sink(&rows);
    int64_t *numbers = memory_alloc(count * sizeof *numbers);
    for (size_t i = 0, k = 0; i < g->count; i++)
        if (chosen[i])
            numbers[k++] = g->items[i].number;
    osler_status status = index_merge(&source, numbers, count, &sink, &made.header, error);
    segment_reader_free(reader);
    memory_free(numbers);
    if (status == OSLER_OK)
        status = drop_chosen(s, chosen, error);
    if (status == OSLER_OK && made.header.documents) {
        status = segment_row_add(s, made.number, &made.header, error);
        if (status == OSLER_OK)
            add_state(g, &made);
    }
    return status;
}

osler_status segments_settle(store *s, osler_error *error)
{
    struct segments *g = of(s);
    osler_status status = flush(s, error);
    if (status == OSLER_OK)
        status = save(s, error);
    while (status == OSLER_OK && g->loaded) {
        bool *chosen = memory_alloc((g->count + 1) * sizeof *chosen);
        size_t count = choose(g, chosen);
        if (count)
            status = merge(s, chosen, count, error);
        memory_free(chosen);
        if (!count)
            break;
    }
    return status;
}

bool segments_hold_much(const store *s)
{
    const struct segments *g = s->segments;
    return g && g->reader && segment_reader_held(g->reader) > MOST_HELD;
}

osler_status store_index_source(store *s, index_source *out, osler_error *error)
{
    struct segments *g = of(s);
    osler_status status = save(s, error);
    if (status == OSLER_OK && !g->reader) {
        g->reader = segment_reader_new(s);
        if (s->reading)
            segment_reader_keep(g->reader);
    }
    if (status == OSLER_OK)
        *out = segment_reader_source(g->reader);
    return status;
}

osler_status store_index(store *s, struct index **out, osler_error *error)
{
    struct segments *g = of(s);
    osler_status status = g->all ? OSLER_OK : store_index_source(s, &g->source, error);
    if (status == OSLER_OK && !g->all)
        status = index_open(&g->all, &g->source, 1, error);
    *out = g->all;
    return status == OSLER_OK ? status : fail_source(error, status, s->path);
}

static void add_id(arena *memory, store_ids *ids, int64_t id)
{
    int64_t *item = arena_append(memory, &ids->items, &ids->count, sizeof *ids->items);
    *item = id;
}

/* The documents of the segments that have the term. */
static osler_status find_written(store *s, arena *memory, str term, size_t most, store_ids *out,
                                 osler_error *error)
{
    struct index *all;
    index_cursor *cursor = NULL;
    index_number at = 0;
    if (!s->reading && of(s)->reader && segment_reader_bytes(of(s)->reader) > MOST_LENT)
        close_index(of(s)); /* nobody else holds it */
    osler_status status = store_index(s, &all, error);
    if (status == OSLER_OK)
        status = index_cursor_open(&cursor, all, term, error);
    while (status == OSLER_OK && out->count < most) {
        index_facts facts;
        status = index_cursor_seek(cursor, at, &at, error);
        if (status == OSLER_OK)
            status = index_get_facts(all, at, &facts, error);
        if (status != OSLER_OK)
            break;
        add_id(memory, out, facts.citation);
        at++;
    }
    index_cursor_close(cursor);
    return status == OSLER_END || status == OSLER_ENOTFOUND ? OSLER_OK : status;
}

static int by_id(const void *one, const void *two)
{
    const int64_t *a = one, *b = two;
    return (*a > *b) - (*a < *b);
}

osler_status segments_find(store *s, arena *memory, str term, size_t most, store_ids *out,
                           osler_error *error)
{
    *out = (store_ids){0};
    osler_status status = find_written(s, memory, term, most, out, error);
    if (status == OSLER_OK && of(s)->gathered) {
        int64_t *gathered;
        size_t more = index_writer_find(gathering_writer(of(s)->gathered), memory, term, &gathered);
        for (size_t i = 0; i < more && i < most; i++)
            add_id(memory, out, gathered[i]);
    }
    if (out->count)
        qsort(out->items, out->count, sizeof *out->items, by_id);
    if (out->count > most)
        out->count = most;
    return status;
}
