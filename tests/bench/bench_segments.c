/*
 * bench_segments FILE [SEGMENTS]: what it costs to index the records of FILE, in CPU time a record:
 * analyzing them, gathering them, writing them as so many segments (1 unless said), merging these.
 * Then the bytes a record that each part of the last segment takes.
 */
#include "index/writer.h"
#include "memory_segments.h"
#include "record/record.h"

#include <osler/formats.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { AT_ONCE = 200 };

struct bench {
    memory_segments *segments;
    index_sink sink;
    index_writer *writer;
    index_analyzer *analyzer;
    double analyze, add, write, merge; /* microseconds in all */
    size_t records, terms, postings, bytes;
    int64_t last;
};

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

static void must(osler_status status, const osler_error *error)
{
    if (status == OSLER_OK)
        return;
    fprintf(stderr, "bench_segments: %s\n", error->message);
    exit(1);
}

static osler_reader *open_file(const char *path)
{
    osler_reader *reader;
    osler_error error;
    must(osler_reader_open(&reader, path, NULL, &error), &error);
    return reader;
}

/* Up to AT_ONCE records, copied; 0 at the end of the file.  Items that cannot be read are left out.
 */
static size_t read_some(osler_reader *reader, arena *memory, osler_record *records)
{
    const osler_item *item;
    osler_error error;
    osler_status status = OSLER_OK;
    size_t count = 0;
    while (count < AT_ONCE && status != OSLER_END) {
        status = osler_reader_next(reader, &item, &error);
        if (status == OSLER_OK && item->record)
            record_copy(memory, &records[count++], item->record);
    }
    return count;
}

static size_t count_records(const char *path)
{
    static osler_record records[AT_ONCE];
    osler_reader *reader = open_file(path);
    arena memory = {0};
    size_t all = 0, count;
    while ((count = read_some(reader, &memory, records)) > 0) {
        all += count;
        arena_clear(&memory);
    }
    arena_free(&memory);
    osler_reader_close(reader);
    return all;
}

static void write_segment(struct bench *b)
{
    osler_error error;
    index_header header;
    size_t bytes = index_writer_bytes(b->writer);
    b->bytes = bytes > b->bytes ? bytes : b->bytes;
    b->last = memory_segments_start(b->segments);
    double start = now();
    must(index_writer_write(b->writer, &b->sink, &header, &error), &error);
    b->write += now() - start;
    b->terms = (size_t)header.terms;
}

static void index_some(struct bench *b, const osler_record *records, size_t count)
{
    static index_document documents[AT_ONCE];
    arena memory = {0};
    double start = now();
    for (size_t i = 0; i < count; i++)
        index_analyze(b->analyzer, &memory, &records[i], NULL, 0, &documents[i]);
    double middle = now();
    for (size_t i = 0; i < count; i++) {
        documents[i].facts.citation = (int64_t)(b->records + i + 1);
        b->postings += documents[i].count;
        index_writer_add(b->writer, &documents[i]);
    }
    b->analyze += middle - start;
    b->add += now() - middle;
    b->records += count;
    arena_free(&memory);
}

static void index_file(struct bench *b, const char *path, size_t a_segment)
{
    static osler_record records[AT_ONCE];
    osler_reader *reader = open_file(path);
    arena memory = {0};
    size_t count;
    while ((count = read_some(reader, &memory, records)) > 0) {
        index_some(b, records, count);
        arena_clear(&memory);
        if (index_writer_count(b->writer) >= a_segment)
            write_segment(b);
    }
    if (index_writer_count(b->writer))
        write_segment(b);
    arena_free(&memory);
    osler_reader_close(reader);
}

static void merge(struct bench *b)
{
    size_t count = (size_t)b->last;
    int64_t *numbers = calloc(count, sizeof *numbers);
    osler_error error;
    index_header header;
    index_source source = memory_segments_source(b->segments);
    for (size_t i = 0; numbers && i < count; i++)
        numbers[i] = (int64_t)i + 1;
    b->last = memory_segments_start(b->segments);
    double start = now();
    must(index_merge(&source, numbers, count, &b->sink, &header, &error), &error);
    b->merge = now() - start;
    b->terms = (size_t)header.terms;
    free(numbers);
}

static void report(const struct bench *b, bool merged)
{
    static const char *const names[] = {"",          "header", "terms",   "postings",
                                        "positions", "facts",  "layouts", "families"};
    double n = (double)b->records, sum = 0;
    printf("%zu records, %.0f terms in each, %zu different ones\n", b->records,
           (double)b->postings / n, b->terms);
    printf("us a record: analyze %.1f, gather %.1f, write %.1f", b->analyze / n, b->add / n,
           b->write / n);
    if (merged)
        printf(", merge %.1f", b->merge / n);
    printf("\nbytes gathered: %.0f MB\nbytes a record:", (double)b->bytes / 1e6);
    for (unsigned part = PART_TERMS; part <= PART_FAMILIES; part++) {
        double bytes =
            (double)memory_segments_bytes(b->segments, b->last, (enum index_part)part) / n;
        printf(" %s %.0f", names[part], bytes);
        sum += bytes;
    }
    printf(", in all %.0f\n", sum);
}

int main(int count, char **arguments)
{
    size_t segments = count > 2 ? strtoul(arguments[2], NULL, 10) : 1;
    if (count < 2 || segments == 0) {
        fprintf(stderr, "usage: bench_segments FILE [SEGMENTS]\n");
        return 2;
    }
    size_t all = count_records(arguments[1]);
    if (all == 0) {
        fprintf(stderr, "bench_segments: no records in %s\n", arguments[1]);
        return 1;
    }
    struct bench b = {.segments = memory_segments_new(),
                      .writer = index_writer_new(),
                      .analyzer = index_analyzer_new()};
    b.sink = memory_segments_sink(b.segments);
    index_file(&b, arguments[1], (all + segments - 1) / segments);
    if (b.last > 1)
        merge(&b);
    report(&b, segments > 1);
    index_analyzer_free(b.analyzer);
    index_writer_free(b.writer);
    memory_segments_free(b.segments);
    return 0;
}
