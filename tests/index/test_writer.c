/* Segments hold what was gathered, byte for byte the same whatever the order of adding. */
#include "check.h"
#include "index/coding.h"
#include "index/writer.h"
#include "support.h"

#include <stdlib.h>
#include <string.h>

/* Documents in an order of their own. */
struct library {
    arena memory;
    index_document *items;
    size_t count;
};

static struct library invent(size_t count, unsigned terms, unsigned vocabulary)
{
    struct library l = {.items = calloc(count, sizeof *l.items), .count = count};
    for (size_t i = 0; i < count; i++)
        l.items[i] = invent_document(&l.memory, (int64_t)(i * 3 + 5), terms, vocabulary);
    return l;
}

static void shuffle(struct library *l)
{
    for (size_t i = l->count; i > 1; i--) {
        size_t other = (size_t)(next_random() % i);
        index_document moved = l->items[i - 1];
        l->items[i - 1] = l->items[other];
        l->items[other] = moved;
    }
}

static void drop(struct library *l)
{
    arena_free(&l->memory);
    free(l->items);
}

static int64_t write_all(memory_segments *m, index_writer *w)
{
    index_header header;
    osler_error error;
    index_sink sink = memory_segments_sink(m);
    int64_t number = memory_segments_start(m);
    CHECK(index_writer_write(w, &sink, &header, &error) == OSLER_OK);
    CHECK(index_writer_count(w) == 0);
    return number;
}

static int64_t write_library(memory_segments *m, const struct library *l)
{
    index_writer *w = index_writer_new();
    for (size_t i = 0; i < l->count; i++)
        index_writer_add(w, &l->items[i]);
    CHECK(index_writer_count(w) == l->count);
    int64_t number = write_all(m, w);
    index_writer_free(w);
    return number;
}

/* True when the segment says what the documents say; what was read into `*read`. */
static bool holds(memory_segments *m, int64_t segment, const struct library *l, model *read)
{
    model expected = {0};
    for (size_t i = 0; i < l->count; i++)
        model_add(&expected, &l->items[i]);
    model_sort(&expected);
    *read = model_of_segment(m, segment);
    bool same = model_same(read, &expected);
    model_free(&expected);
    return same;
}

TEST(what_was_gathered_comes_back)
{
    struct library l = invent(1500, 220, 3000);
    memory_segments *m = memory_segments_new();
    model read;
    CHECK(holds(m, write_library(m, &l), &l, &read));
    CHECK(read.count > 150000 && read.blocks > 1000);
    /* streams cross the ends of chunks, and terms those of theirs */
    CHECK(memory_segments_bytes(m, 1, PART_POSTINGS) > 2 * 65536);
    CHECK(memory_segments_bytes(m, 1, PART_POSITIONS) > 2 * 65536);
    CHECK(memory_segments_bytes(m, 1, PART_TERMS) > 2 * SEGMENT_TERMS_CHUNK);
    CHECK(memory_segments_bytes(m, 1, PART_FACTS) > 65536);
    model_free(&read);
    drop(&l);
    memory_segments_free(m);
}

TEST(the_order_of_adding_does_not_show)
{
    struct library l = invent(700, 60, 900);
    memory_segments *m = memory_segments_new();
    int64_t first = write_library(m, &l);
    for (unsigned round = 0; round < 3; round++) {
        shuffle(&l);
        CHECK(memory_segments_same(m, first, write_library(m, &l)));
    }
    l.count--;
    CHECK(!memory_segments_same(m, first, write_library(m, &l)));
    drop(&l);
    memory_segments_free(m);
}

/* A document whose only term is of the kind and value. */
static index_document single(int64_t citation, index_entry *e)
{
    return (index_document){.facts = {.citation = citation, .lengths = {5}},
                            .entries = e,
                            .count = 1,
                            .layout = STR("\0\0")};
}

TEST(blocks_end_where_they_must)
{
    for (unsigned count = 1; count <= 400; count += count < 4 || count % 128 > 125 ? 1 : 61) {
        memory_segments *m = memory_segments_new();
        index_writer *w = index_writer_new();
        struct library l = {.items = calloc(count, sizeof *l.items), .count = count};
        index_entry e = {STR("wpain"), STR("\x00\x00"), STR("\x10")};
        e.payload.length = 1;
        for (unsigned i = 0; i < count; i++) {
            l.items[i] = single((int64_t)i * i + 1, &e);
            index_writer_add(w, &l.items[i]);
        }
        model read;
        CHECK(holds(m, write_all(m, w), &l, &read));
        CHECK(read.blocks == (count == 1 ? 0 : (count + 127) / 128));
        CHECK(memory_segments_bytes(m, 1, PART_POSITIONS) == (count == 1 ? 0 : count));
        model_free(&read);
        index_writer_free(w);
        memory_segments_free(m);
        drop(&l);
    }
}

static const char *name_of(unsigned bit)
{
    return bit == 1 ? "withdrawn" : bit == 4 ? "erratum" : NULL;
}

TEST(flags_come_later)
{
    index_entry word = {STR("wpain"), {"", 1}, STR("\x10")};
    index_entry flagged[] = {word, {STR("fwithdrawn"), {"", 1}, {0}}};
    index_entry twice[] = {
        word, {STR("fwithdrawn"), {"", 1}, {0}}, {STR("ferratum"), {"", 1}, {0}}};
    struct library l = {.items = calloc(4, sizeof *l.items), .count = 4};
    memory_segments *m = memory_segments_new();
    index_writer *w = index_writer_new();
    model read;
    for (int i = 0; i < 4; i++)
        l.items[i] = single(10 + i, i == 2 ? flagged : &word);
    l.items[2].count = 2;
    l.items[2].facts.flags = 2;
    for (int i = 0; i < 4; i++)
        index_writer_add(w, &l.items[i]);
    CHECK(index_writer_add_flags(w, 11, 2 | 16, name_of));
    CHECK(index_writer_add_flags(w, 12, 2, name_of)); /* has it */
    CHECK(!index_writer_add_flags(w, 12, 16, name_of));
    CHECK(!index_writer_add_flags(w, 14, 2, name_of));
    CHECK(index_writer_remove(w, 13) && !index_writer_add_flags(w, 13, 2, name_of));
    l.count = 3;
    l.items[1].entries = twice;
    l.items[1].count = 3;
    l.items[1].facts.flags = 2 | 16;
    CHECK(holds(m, write_all(m, w), &l, &read));
    model_free(&read);
    index_writer_free(w);
    memory_segments_free(m);
    drop(&l);
}

TEST(a_later_document_takes_the_place_of_an_earlier_one)
{
    struct library l = invent(300, 40, 200);
    memory_segments *m = memory_segments_new();
    index_writer *w = index_writer_new();
    arena memory = {0};
    for (int64_t i = 0; i < 300;
         i += 2) { /* earlier versions of half of them, some of them twice */
        index_document d = invent_document(&memory, i * 3 + 5, 50, 250);
        index_writer_add(w, &d);
        if (i % 3 == 0)
            index_writer_add(w, &d);
    }
    for (size_t i = 0; i < l.count; i++)
        index_writer_add(w, &l.items[i]);
    CHECK(index_writer_count(w) == 300);
    CHECK(!index_writer_remove(w, 6));
    CHECK(index_writer_remove(w, 5) && !index_writer_remove(w, 5));
    CHECK(index_writer_count(w) == 299);
    l.items++;
    l.count--;
    model read;
    CHECK(holds(m, write_all(m, w), &l, &read));
    CHECK(memory_segments_same(m, 1, write_library(m, &l)));
    l.items--;
    model_free(&read);
    index_writer_free(w);
    memory_segments_free(m);
    arena_free(&memory);
    drop(&l);
}

TEST(a_document_that_was_taken_out_can_come_back)
{
    index_entry e = {STR("wpain"), STR("\x00"), STR("\x10")};
    index_document d = single(7, &e);
    index_writer *w = index_writer_new();
    arena memory = {0};
    int64_t *found;
    CHECK(!index_writer_remove(w, 7));
    CHECK(index_writer_find(w, &memory, (str)STR("wpain"), &found) == 0);
    index_writer_add(w, &d);
    CHECK(index_writer_find(w, &memory, (str)STR("wpain"), &found) == 1 && found[0] == 7);
    CHECK(index_writer_find(w, &memory, (str)STR("wpai"), &found) == 0);
    CHECK(index_writer_remove(w, 7));
    CHECK(index_writer_find(w, &memory, (str)STR("wpain"), &found) == 0);
    index_writer_add(w, &d);
    CHECK(index_writer_count(w) == 1);
    index_writer_clear(w);
    CHECK(index_writer_count(w) == 0 && index_writer_bytes(w) == 0);
    arena_free(&memory);
    index_writer_free(w);
}

TEST(citations_are_found_by_term)
{
    struct library l = invent(500, 30, 60);
    index_writer *w = index_writer_new();
    arena memory = {0};
    shuffle(&l);
    for (size_t i = 0; i < l.count; i++)
        index_writer_add(w, &l.items[i]);
    str term = l.items[0].entries[0].term;
    int64_t *found;
    size_t expected = 0, count = index_writer_find(w, &memory, term, &found);
    for (size_t i = 0; i < l.count; i++)
        for (size_t k = 0; k < l.items[i].count; k++)
            expected += str_equal(l.items[i].entries[k].term, term);
    CHECK(count == expected && count > 1);
    for (size_t i = 1; i < count; i++)
        CHECK(found[i - 1] < found[i]);
    arena_free(&memory);
    index_writer_free(w);
    drop(&l);
}

TEST(nothing_gathered_is_nothing_put)
{
    memory_segments *m = memory_segments_new();
    index_writer *w = index_writer_new();
    index_header header;
    osler_error error;
    index_sink sink = memory_segments_sink(m);
    memory_segments_start(m);
    memory_segments_fail_after(m, 0);
    CHECK(index_writer_write(w, &sink, &header, &error) == OSLER_OK);
    CHECK(header.documents == 0);
    index_writer_free(w);
    memory_segments_free(m);
}

TEST(a_failure_of_the_sink_ends_the_writing)
{
    struct library l = invent(300, 100, 500);
    size_t chunks = 0;
    osler_status status = OSLER_EIO;
    for (; status != OSLER_OK && chunks < 1000; chunks++) {
        memory_segments *m = memory_segments_new();
        index_writer *w = index_writer_new();
        index_header header;
        osler_error error = {0};
        index_sink sink = memory_segments_sink(m);
        for (size_t i = 0; i < l.count; i++)
            index_writer_add(w, &l.items[i]);
        memory_segments_start(m);
        memory_segments_fail_after(m, chunks);
        status = index_writer_write(w, &sink, &header, &error);
        CHECK(status == OSLER_OK || status == OSLER_EIO);
        CHECK(status == OSLER_OK || strstr(error.message, "told to fail"));
        index_writer_free(w);
        memory_segments_free(m);
    }
    CHECK(chunks > 6 && chunks < 1000);
    drop(&l);
}

TEST(a_huge_document_is_held)
{
    enum { TIMES = 300000 };
    buf positions = {0};
    unsigned char payload[CODING_PAYLOAD];
    index_posting posting = {.fields = 1U << INDEX_ABSTRACT};
    posting.times[INDEX_ABSTRACT] = TIMES;
    for (unsigned i = 0; i < TIMES; i++)
        coding_add_varint(&positions, (uint64_t)(i % 100 + 1) << 4);
    str head = {(char *)payload, (size_t)(coding_put_payload(payload, &posting) - payload)};
    index_entry e = {STR("wpain"), head, buf_str(&positions)};
    index_entry small = {STR("wpain"), STR("\x01"), STR("\x10")};
    index_document d[] = {single(1, &e), single(2, &small), single(3, &e)};
    for (size_t count = 1; count <= 3; count++) { /* 1: in the dictionary itself */
        memory_segments *m = memory_segments_new();
        struct library l = {.items = d, .count = count};
        model read;
        CHECK(holds(m, write_library(m, &l), &l, &read));
        model_free(&read);
        memory_segments_free(m);
    }
    buf_free(&positions);
}

TEST(families_have_the_words_that_share_a_stem)
{
    static const str words[] = {STR("wmigraine"), STR("wmigraines"), STR("wmigrain"),
                                STR("wtumour"),   STR("wtumors"),    STR("wtumor"),
                                STR("wabc1"),     STR("Jtumours"),   STR("hD008881")};
    memory_segments *m = memory_segments_new();
    index_writer *w = index_writer_new();
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        index_entry e = {words[i], STR("\x00"), {"\x10", words[i].data[0] != 'h'}};
        e.payload.length = 1;
        index_document d = single((int64_t)i + 1, &e);
        index_writer_add(w, &d);
    }
    model read = model_of_segment(m, write_all(m, w));
    static const char *const expected[][2] = {{"migrain", "migraine"},
                                              {"migrain", "migraines"},
                                              {"tumor", "tumors"},
                                              {"tumor", "tumour"}};
    CHECK(read.family_count == 4);
    for (size_t i = 0; i < 4 && i < read.family_count; i++) {
        CHECK_TEXT(read.families[i].key.data, expected[i][0]);
        CHECK_TEXT(read.families[i].word.data, expected[i][1]);
    }
    model_free(&read);
    index_writer_free(w);
    memory_segments_free(m);
}
