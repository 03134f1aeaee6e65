/*
 * The index against the records.  What the index says is hashed term after term and added up for
 * each document; what a fresh analysis of the record says, hashed alike, must give the same sum.
 */
#include "store/verify.h"

#include "base/error.h"
#include "base/memory.h"
#include "index/coding.h"
#include "store/database.h"
#include "store/facts.h"
#include "store/prepare.h"
#include "store/segment_rows.h"

#include <stdio.h>
#include <string.h>

enum { MOST_USES = 5000 };

/* An index, opened anew when it has been used much: what it has read, it keeps. */
struct view {
    segment_reader *reader;
    index_source source;
    struct index *all;
    unsigned used;
};

struct comparison {
    store *s;
    struct view walk, look; /* from term to term; at terms and documents */
    uint64_t *sums;         /* of each document number */
    buf payload, positions;
    osler_status status; /* of the walk over the terms */
    osler_error *error;
    void (*found)(void *context, const char *sentence);
    void *context;
};

static void close_view(struct view *v)
{
    index_close(v->all);
    segment_reader_free(v->reader);
    *v = (struct view){0};
}

/* Use it once more. */
static osler_status use(struct comparison *c, struct view *v)
{
    if (v->all && v->used++ < MOST_USES)
        return OSLER_OK;
    close_view(v);
    v->reader = segment_reader_new(c->s);
    v->source = segment_reader_source(v->reader);
    return index_open(&v->all, &v->source, 1, c->error);
}

static uint64_t hash_of(str term, str payload, str positions)
{
    const str parts[] = {term, payload, positions};
    uint64_t sum = 0;
    for (size_t i = 0; i < 3; i++) {
        digest made = digest_of(parts[i]);
        sum = sum * 0x9E3779B97F4A7C15U + coding_get_u64(made.bytes);
        sum ^= sum >> 31;
    }
    return sum;
}

static void add_places(buf *b, const index_place *places, size_t count)
{
    uint32_t before = 0;
    buf_clear(b);
    for (size_t i = 0; i < count; i++) {
        coding_add_varint(b, (uint64_t)(places[i].position - before) << 4 | places[i].marks);
        before = places[i].position;
    }
}

/* What a cursor stands on, as bytes like those of an index_entry. */
static osler_status read_posting(struct comparison *c, index_cursor *cursor, bool has_positions)
{
    index_posting posting = {0};
    const index_place *places;
    size_t count;
    index_cursor_get(cursor, &posting);
    buf_clear(&c->payload);
    buf_clear(&c->positions);
    char *at = buf_reserve(&c->payload, CODING_PAYLOAD);
    c->payload.length = (size_t)((char *)coding_put_payload((unsigned char *)at, &posting) - at);
    if (!has_positions)
        return OSLER_OK;
    osler_status status = index_cursor_get_places(cursor, &places, &count, c->error);
    if (status == OSLER_OK)
        add_places(&c->positions, places, count);
    return status;
}

static bool add_term(void *context, str term, uint64_t df)
{
    struct comparison *c = context;
    index_cursor *cursor = NULL;
    index_number at = 0;
    (void)df;
    c->status = use(c, &c->look);
    if (c->status == OSLER_OK)
        c->status = index_cursor_open(&cursor, c->look.all, term, c->error);
    while (c->status == OSLER_OK) {
        c->status = index_cursor_seek(cursor, at, &at, c->error);
        if (c->status == OSLER_OK)
            c->status = read_posting(c, cursor, coding_has_positions(term.data[0]));
        if (c->status == OSLER_OK)
            c->sums[at++] += hash_of(term, buf_str(&c->payload), buf_str(&c->positions));
    }
    index_cursor_close(cursor);
    if (c->status == OSLER_END || c->status == OSLER_ENOTFOUND)
        c->status = OSLER_OK;
    return c->status == OSLER_OK;
}

static bool same_facts(index_facts a, index_facts b)
{
    buf one = {0}, other = {0};
    a.layout = b.layout = 0;
    index_facts_pack(&one, &a);
    index_facts_pack(&other, &b);
    bool same = str_equal(buf_str(&one), buf_str(&other));
    buf_free(&one);
    buf_free(&other);
    return same;
}

static osler_status same_layout(struct comparison *c, arena *memory, index_number document,
                                str wanted, bool *same)
{
    index_layout layout;
    buf bytes = {0};
    osler_status status = index_get_layout(c->look.all, memory, document, &layout, c->error);
    if (status == OSLER_OK) {
        coding_add_layout(&bytes, &layout);
        *same = str_equal(buf_str(&bytes), wanted);
    }
    buf_free(&bytes);
    return status;
}

static void say(const struct comparison *c, const char *what, int64_t id)
{
    char sentence[120];
    snprintf(sentence, sizeof sentence, "the search index %s record osler:%lld", what,
             (long long)id);
    c->found(c->context, sentence);
}

static osler_status compare(struct comparison *c, arena *memory, int64_t id)
{
    store_citation citation;
    index_document fresh;
    index_number document;
    index_facts facts;
    index_date date = {0};
    bool same = false;
    uint64_t sum = 0;
    osler_status status = use(c, &c->look);
    if (status == OSLER_OK)
        status = index_find_citation(c->look.all, 0, id, &document, c->error);
    if (status == OSLER_ENOTFOUND) {
        say(c, "does not hold", id);
        return OSLER_OK;
    }
    if (status == OSLER_OK)
        status = index_get_facts(c->look.all, document, &facts, c->error);
    if (status == OSLER_OK)
        status = index_get_date(c->look.all, document, &date, c->error);
    if (status == OSLER_OK)
        status = store_get(c->s, memory, id, &citation, c->error);
    if (status != OSLER_OK)
        return status;
    facts_make_document(prepare_own_facts(c->s), memory, &citation.record, &citation.appraisal,
                        &fresh);
    fresh.facts.citation = id;
    for (size_t i = 0; i < fresh.count; i++)
        sum += hash_of(fresh.entries[i].term, fresh.entries[i].payload, fresh.entries[i].positions);
    status = same_layout(c, memory, document, fresh.layout, &same);
    same = same && date.date == facts.date && date.year == facts.year;
    if (status == OSLER_OK && !(same && sum == c->sums[document] && same_facts(facts, fresh.facts)))
        say(c, "does not agree with", id);
    return status;
}

static osler_status compare_all(struct comparison *c)
{
    arena memory = {0};
    sqlite3_stmt *row;
    int64_t living = 0;
    osler_status status =
        store_first(c->s, STATEMENT_ALL_LIVING, (store_values){NULL, 0}, &row, c->error);
    while (status == OSLER_OK) {
        living++;
        arena_clear(&memory);
        status = compare(c, &memory, sqlite3_column_int64(row, 0));
        if (status == OSLER_EDAMAGED) {
            c->found(c->context, c->error->message);
            status = OSLER_OK;
        }
        if (status == OSLER_OK)
            status = store_next(c->s, row, c->error);
        else
            store_reset(row);
    }
    arena_free(&memory);
    if (status == OSLER_END && living != index_get_sums(c->walk.all)->documents)
        c->found(c->context, "the search index does not hold every record once");
    return status == OSLER_END ? OSLER_OK : status;
}

static bool stop(void *context, str term, uint64_t df)
{
    (void)term, (void)df;
    *(bool *)context = true;
    return false;
}

/* Add up all terms, a part of the dictionary after the other. */
static osler_status add_terms(struct comparison *c)
{
    for (unsigned kind = 0; kind < 256; kind++) {
        bool any = false;
        char prefix[2] = {(char)kind, 0};
        osler_status status = index_each_term(c->walk.all, (str){prefix, 1}, stop, &any, c->error);
        for (unsigned next = 0; status == OSLER_OK && any && next < 256; next++) {
            prefix[1] = (char)next;
            c->walk.used += MOST_USES / 16;
            status = use(c, &c->walk);
            if (status == OSLER_OK)
                status = index_each_term(c->walk.all, (str){prefix, 2}, add_term, c, c->error);
            if (status == OSLER_OK)
                status = c->status;
        }
        if (status != OSLER_OK)
            return status;
    }
    return OSLER_OK;
}

osler_status verify_index(store *s, void (*found)(void *context, const char *sentence),
                          void *context, osler_error *error)
{
    struct comparison c = {.s = s, .error = error, .found = found, .context = context};
    bool alone = sqlite3_get_autocommit(s->db) != 0;
    osler_status status = alone ? store_begin_reading(s, error) : OSLER_OK;
    if (status == OSLER_OK)
        status = use(&c, &c.walk);
    if (status == OSLER_OK) {
        c.sums = memory_alloc((index_size(c.walk.all) + (size_t)1) * sizeof *c.sums);
        status = add_terms(&c);
    }
    if (status == OSLER_OK)
        status = compare_all(&c);
    close_view(&c.walk);
    close_view(&c.look);
    memory_free(c.sums);
    buf_free(&c.payload);
    buf_free(&c.positions);
    if (alone)
        store_rollback(s);
    if (status != OSLER_EDAMAGED)
        return status;
    found(context, error->message);
    return OSLER_OK;
}
