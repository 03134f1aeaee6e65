/* A merged segment is what writing its living documents at once would have made. */
#include "check.h"
#include "index/coding.h"
#include "index/writer.h"
#include "support.h"

#include <stdlib.h>
#include <string.h>

/* Documents spread over segments, some of them dead. */
struct spread {
    memory_segments *m;
    int64_t numbers[9];
    size_t segments;
    index_writer *living; /* all that live */
    size_t count;
};

/* How the documents of a library lie in its segments. */
struct shape {
    size_t segments, documents;
    unsigned dead;    /* percent */
    bool interleaved; /* else one segment goes on where the one before ends */
};

static int64_t write_segment(memory_segments *m, index_writer *w)
{
    index_header header;
    osler_error error;
    index_sink sink = memory_segments_sink(m);
    int64_t number = memory_segments_start(m);
    CHECK(index_writer_write(w, &sink, &header, &error) == OSLER_OK);
    return number;
}

static struct spread spread_out(const struct shape *shape)
{
    struct spread s = {
        .m = memory_segments_new(), .segments = shape->segments, .living = index_writer_new()};
    arena memory = {0};
    index_document *all = calloc(shape->documents + 1, sizeof *all);
    for (size_t i = 0; i < shape->documents; i++)
        all[i] = invent_document(&memory, (int64_t)i + 1, 40, 600);
    size_t *home = calloc(shape->documents + 1, sizeof *home);
    for (size_t i = 0; i < shape->documents; i++)
        home[i] = shape->interleaved ? (size_t)(next_random() % s.segments)
                                     : i * s.segments / shape->documents;
    for (size_t k = 0; k < s.segments; k++) {
        index_writer *w = index_writer_new();
        uint32_t number = 0;
        for (size_t i = 0; i < shape->documents; i++)
            if (home[i] == k)
                index_writer_add(w, &all[i]);
        s.numbers[k] = write_segment(s.m, w);
        for (size_t i = 0; i < shape->documents; i++) {
            if (home[i] != k)
                continue;
            bool dead = next_random() % 100 < shape->dead;
            if (dead)
                CHECK(memory_segments_kill(s.m, s.numbers[k], number));
            else
                index_writer_add(s.living, &all[i]);
            s.count += !dead;
            number++;
        }
        index_writer_free(w);
    }
    free(home);
    free(all);
    arena_free(&memory);
    return s;
}

static void drop(struct spread *s)
{
    index_writer_free(s->living);
    memory_segments_free(s->m);
}

static osler_status merge_all(struct spread *s, index_header *header, osler_error *error)
{
    index_source source = memory_segments_source(s->m);
    index_sink sink = memory_segments_sink(s->m);
    return index_merge(&source, s->numbers, s->segments, &sink, header, error);
}

static void check_merge(const struct shape *shape)
{
    struct spread s = spread_out(shape);
    index_header header;
    osler_error error;
    size_t count = s.count;
    int64_t merged = memory_segments_start(s.m);
    CHECK(merge_all(&s, &header, &error) == OSLER_OK);
    CHECK(header.documents == count);
    CHECK(memory_segments_lent(s.m) == 0);
    if (count) {
        int64_t at_once = write_segment(s.m, s.living);
        CHECK(memory_segments_same(s.m, merged, at_once));
        model one = model_of_segment(s.m, merged), other = model_of_segment(s.m, at_once);
        CHECK(model_same(&one, &other) && model_same_families(&one, &other));
        model_free(&one);
        model_free(&other);
    }
    drop(&s);
}

TEST(segments_that_follow_each_other_are_merged)
{
    for (size_t segments = 1; segments <= 9; segments++)
        check_merge(&(struct shape){segments, 400, 0, false});
}

TEST(segments_that_interleave_are_merged)
{
    for (size_t segments = 1; segments <= 9; segments++)
        check_merge(&(struct shape){segments, 400, 0, true});
}

TEST(dead_documents_are_left_out)
{
    for (size_t segments = 1; segments <= 9; segments += 2)
        for (unsigned dead = 1; dead <= 99; dead += 14)
            check_merge(&(struct shape){segments, 200 + segments * 30, dead, dead % 2 == 0});
}

TEST(many_documents_are_merged)
{
    check_merge(&(struct shape){5, 6000, 10, true});
}

TEST(nothing_alive_is_nothing_put)
{
    check_merge(&(struct shape){3, 40, 100, true});
}

TEST(a_merged_segment_is_merged_again)
{
    struct spread s = spread_out(&(struct shape){6, 500, 20, true});
    index_source source = memory_segments_source(s.m);
    index_sink sink = memory_segments_sink(s.m);
    index_header header;
    osler_error error;
    int64_t halves[2];
    for (size_t i = 0; i < 2; i++) {
        halves[i] = memory_segments_start(s.m);
        CHECK(index_merge(&source, s.numbers + 3 * i, 3, &sink, &header, &error) == OSLER_OK);
    }
    int64_t merged = memory_segments_start(s.m);
    CHECK(index_merge(&source, halves, 2, &sink, &header, &error) == OSLER_OK);
    CHECK(memory_segments_same(s.m, merged, write_segment(s.m, s.living)));
    drop(&s);
}

TEST(few_chunks_are_held_at_a_time)
{
    struct spread s = spread_out(&(struct shape){4, 3000, 5, true});
    index_header header;
    osler_error error;
    memory_segments_start(s.m);
    CHECK(merge_all(&s, &header, &error) == OSLER_OK);
    CHECK(memory_segments_most_lent(s.m) <= 4 * 6);
    drop(&s);
}

TEST(a_citation_in_two_segments_is_damage)
{
    struct spread s = spread_out(&(struct shape){2, 50, 0, true});
    index_header header;
    osler_error error;
    s.numbers[1] = s.numbers[0];
    memory_segments_start(s.m);
    CHECK(merge_all(&s, &header, &error) == OSLER_EDAMAGED);
    CHECK(strstr(error.message, "hold citation "));
    s.numbers[1] = 99;
    CHECK(merge_all(&s, &header, &error) == OSLER_EDAMAGED);
    CHECK(strstr(error.message, "it is missing"));
    drop(&s);
}

TEST(a_failure_of_the_sink_ends_the_merge)
{
    struct spread s = spread_out(&(struct shape){3, 500, 5, true});
    osler_status status = OSLER_EIO;
    size_t chunks = 0;
    for (; status != OSLER_OK && chunks < 1000; chunks++) {
        index_header header;
        osler_error error = {0};
        int64_t number = memory_segments_start(s.m);
        memory_segments_fail_after(s.m, chunks);
        status = merge_all(&s, &header, &error);
        CHECK(status == OSLER_OK || status == OSLER_EIO);
        CHECK(memory_segments_lent(s.m) == 0);
        memory_segments_remove(s.m, number);
    }
    CHECK(chunks > 6 && chunks < 1000);
    drop(&s);
}

/* Damage one chunk: other bytes, or fewer of them. */
static bool damage(memory_segments *m, int64_t segment)
{
    size_t length;
    enum index_part part = (enum index_part)(PART_HEADER + next_random() % PART_LAST);
    uint64_t number = next_random() % 4;
    char *bytes = memory_segments_chunk(m, segment, part, number, &length);
    if (!bytes || !length)
        return false;
    if (next_random() % 8 == 0)
        return memory_segments_cut(m, segment, part, number, (size_t)(next_random() % length));
    for (uint64_t times = 1 + next_random() % 3; times; times--)
        bytes[next_random() % length] = (char)next_random();
    return true;
}

TEST(damage_is_reported_or_harmless)
{
    unsigned refused = 0;
    for (unsigned round = 0; round < 150; round++) {
        struct spread s = spread_out(&(struct shape){2, 60, 5, true});
        index_header header;
        osler_error error = {0};
        while (!damage(s.m, s.numbers[round % 2]))
            ;
        memory_segments_start(s.m);
        osler_status status = merge_all(&s, &header, &error);
        CHECK(status == OSLER_OK || status == OSLER_EDAMAGED || status == OSLER_ELIMIT);
        CHECK(status == OSLER_OK || *error.message);
        CHECK(memory_segments_lent(s.m) == 0);
        refused += status != OSLER_OK;
        drop(&s);
    }
    CHECK(refused > 20);
}
