/* Documents on their way into an index writer, and chunks on their way out of it. */
#include "store/gathering.h"

#include "base/error.h"
#include "base/memory.h"
#include "base/relay.h"

#include <string.h>

enum { LOADS = 8, CHUNKS = 48, ENTRY_WEIGHT = 6 };

/* Documents and the arena that they live in. */
struct load {
    arena memory;
    index_document *documents;
    size_t count, room;
};

struct gathering {
    index_writer *writer;
    size_t weight;
    relay *relay; /* NULL: not started, or the system gives no thread */
    struct load loads[LOADS];
    void *items[LOADS]; /* the loads */
};

gathering *gathering_new(void)
{
    gathering *g = memory_alloc(sizeof *g);
    g->writer = index_writer_new();
    for (size_t i = 0; i < LOADS; i++)
        g->items[i] = &g->loads[i];
    return g;
}

void gathering_free(gathering *g)
{
    if (!g)
        return;
    relay_close(g->relay);
    for (size_t i = 0; i < LOADS; i++) {
        arena_free(&g->loads[i].memory);
        memory_free(g->loads[i].documents);
    }
    index_writer_free(g->writer);
    memory_free(g);
}

static void add_load(gathering *g, struct load *load)
{
    for (size_t i = 0; i < load->count; i++)
        index_writer_add(g->writer, &load->documents[i]);
    load->count = 0;
}

/* The thread: it has the writer as long as loads are under way. */
static void gather(void *context, relay *r)
{
    struct load *load;
    while ((load = relay_take(r)) != NULL) {
        add_load(context, load);
        arena_clear(&load->memory);
    }
}

static void count_in(gathering *g, const index_document *document)
{
    g->weight += document->bytes + document->count * ENTRY_WEIGHT;
}

void gathering_add(gathering *g, const index_document *document)
{
    index_writer_add(gathering_writer(g), document);
    count_in(g, document);
}

void gathering_lend(gathering *g, const index_document *document)
{
    relay_plan plan = {.context = g, .items = g->items, .count = LOADS, .run = gather};
    if (!g->relay && relay_start(&g->relay, &plan, NULL) != OSLER_OK) {
        gathering_add(g, document);
        return;
    }
    struct load *load = relay_room(g->relay);
    if (load->count == load->room) {
        load->room = load->room ? load->room * 2 : 64;
        load->documents = memory_resize(load->documents, load->room * sizeof *load->documents);
    }
    load->documents[load->count++] = *document;
    count_in(g, document);
}

void gathering_take_over(gathering *g, arena *memory)
{
    struct load *load = g->relay ? relay_room(g->relay) : NULL;
    if (!load || !load->count) {
        arena_clear(memory);
        return;
    }
    arena clean = load->memory;
    load->memory = *memory;
    *memory = clean;
    relay_put(g->relay);
}

index_writer *gathering_writer(gathering *g)
{
    if (g->relay) {
        relay_wait(g->relay);
        add_load(g, relay_room(g->relay)); /* lent, and not yet taken over */
    }
    return g->writer;
}

size_t gathering_weight(const gathering *g)
{
    return g->weight;
}

void gathering_clear(gathering *g)
{
    if (g->relay) {
        relay_wait(g->relay);
        struct load *load = relay_room(g->relay);
        load->count = 0; /* what was lent may be gone */
    }
    index_writer_clear(g->writer);
    g->weight = 0;
}

/* -- writing ------------------------------------------------------------------------------------
 */

struct chunk {
    enum index_part part;
    uint64_t number;
    buf key, bytes;
};

/* A segment that one thread makes, and another one puts into the sink. */
struct writing {
    index_writer *writer;
    relay *relay;
    index_header header;
    osler_status status;
    osler_error error;
};

static osler_status pass_chunk(void *context, enum index_part part, uint64_t number, str key,
                               str bytes, osler_error *error)
{
    struct writing *w = context;
    struct chunk *chunk = relay_room(w->relay);
    if (!chunk)
        return fail(error, OSLER_EINTERRUPTED, 0, "the segment is not wanted any more");
    chunk->part = part;
    chunk->number = number;
    buf_clear(&chunk->key);
    buf_add(&chunk->key, key);
    buf_clear(&chunk->bytes);
    buf_add(&chunk->bytes, bytes);
    relay_put(w->relay);
    return OSLER_OK;
}

static void make_segment(void *context, relay *r)
{
    struct writing *w = context;
    w->relay = r;
    index_sink sink = {.context = w, .put = pass_chunk};
    w->status = index_writer_write(w->writer, &sink, &w->header, &w->error);
    relay_end(r);
}

osler_status gathering_write(gathering *g, const index_sink *sink, index_header *header,
                             osler_error *error)
{
    struct chunk *chunks = memory_alloc(CHUNKS * sizeof *chunks), *chunk;
    void *items[CHUNKS];
    struct writing w = {.writer = gathering_writer(g)};
    relay_plan plan = {.context = &w, .items = items, .count = CHUNKS, .run = make_segment};
    relay *r;
    osler_status status = OSLER_OK;
    for (size_t i = 0; i < CHUNKS; i++)
        items[i] = &chunks[i];
    g->weight = 0;
    if (relay_start(&r, &plan, NULL) != OSLER_OK) {
        memory_free(chunks);
        return index_writer_write(w.writer, sink, header, error);
    }
    while (status == OSLER_OK && (chunk = relay_take(r)) != NULL)
        status = sink->put(sink->context, chunk->part, chunk->number, buf_str(&chunk->key),
                           buf_str(&chunk->bytes), error);
    relay_close(r);
    *header = w.header;
    if (status == OSLER_OK && w.status != OSLER_OK) {
        status = w.status;
        if (error)
            *error = w.error;
    }
    for (size_t i = 0; i < CHUNKS; i++) {
        buf_free(&chunks[i].key);
        buf_free(&chunks[i].bytes);
    }
    memory_free(chunks);
    return status;
}
