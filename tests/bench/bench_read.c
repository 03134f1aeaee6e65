/*
 * bench_read [--rounds N] [--only STEP] [--digest] FILE...: what reading PubMed XML costs, in
 * microseconds of CPU time a record: each step alone on top of the one before it, and libxml2's
 * SAX2 with handlers that only count as the bound.  Rounds are interleaved; medians are printed.
 * --only: run that step once and print nothing, for a profiler.  --digest: instead, a digest of all
 * packed records and failures, to hold two builds against each other.
 */
#include "formats/pubmed_xml/parser.h"
#include "formats/pubmed_xml/split.h"

#include "record/pack.h"

#include <libxml/parser.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { CHUNK = 256 << 10, MOST_ROUNDS = 99 };

enum step { INFLATE, CUT, PARSE, PACK, SAX, STEPS };

static const struct {
    const char *name;
    int before; /* the step that this one contains; -1: none */
    const char *what;
} steps[STEPS] = {
    [INFLATE] = {"inflate", -1, "read the file and undo gzip"},
    [CUT] = {"cut", INFLATE, "find where each record begins and ends"},
    [PARSE] = {"parse", CUT, "all fields of each record"},
    [PACK] = {"pack", PARSE, "the bytes of each record"},
    [SAX] = {"sax", INFLATE, "libxml2 SAX2 over the whole file, fields dropped"},
};

struct totals {
    uint64_t records, bytes, digest;
};

static double cpu_seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

static void add_digest(struct totals *totals, const char *bytes, size_t length)
{
    for (size_t i = 0; i < length; i++)
        totals->digest = (totals->digest ^ (unsigned char)bytes[i]) * UINT64_C(0x100000001B3);
}

static void inflate_all(source *from, struct totals *totals)
{
    char *chunk = malloc(CHUNK);
    size_t got = 0;
    while (chunk && source_read(from, chunk, CHUNK, &got, NULL) == OSLER_OK && got)
        totals->bytes += got;
    free(chunk);
}

static int pull(void *context, char *buffer, int size)
{
    size_t got = 0;
    if (source_read(context, buffer, (size_t)size, &got, NULL) != OSLER_OK)
        return -1;
    return (int)got;
}

/* libxml2's signature. */
static void count_start(void *context, const xmlChar *name, const xmlChar *prefix,
                        const xmlChar *uri, int namespace_count, const xmlChar **namespaces,
                        int count, int defaulted, const xmlChar **items)
{
    (void)prefix, (void)uri, (void)namespace_count, (void)namespaces, (void)count, (void)defaulted;
    (void)items;
    struct totals *totals = context;
    totals->records += xmlStrEqual(name, BAD_CAST "MedlineCitation") ? 1 : 0;
}

static void count_end(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
    (void)context, (void)name, (void)prefix, (void)uri;
}

static void count_characters(void *context, const xmlChar *chars, int length)
{
    struct totals *totals = context;
    (void)chars;
    totals->bytes += (uint64_t)length;
}

static void sax_all(source *from, struct totals *totals)
{
    xmlParserCtxtPtr context = xmlNewParserCtxt();
    if (!context)
        return;
    *context->sax = (xmlSAXHandler){
        .initialized = XML_SAX2_MAGIC,
        .startElementNs = count_start,
        .endElementNs = count_end,
        .characters = count_characters,
        .cdataBlock = count_characters,
    };
    context->userData = totals;
    xmlFreeDoc(xmlCtxtReadIO(context, pull, NULL, from, NULL, NULL, XML_PARSE_NONET));
    xmlFreeParserCtxt(context);
}

struct reading {
    splitter splitter;
    pubmed_parser *parser;
    arena memory;
    buf packed;
    bool digest;
};

static void read_item(struct reading *r, enum step step, const struct piece *piece,
                      struct totals *totals)
{
    osler_error error = {0};
    totals->records++;
    totals->bytes += piece->bytes.length;
    if (step == CUT)
        return;
    arena_clear(&r->memory);
    osler_status status = pubmed_parse(r->parser, &r->memory, piece->bytes, piece->line,
                                       r->splitter.encoding, &error);
    if (r->digest && status != OSLER_OK)
        add_digest(totals, error.message, strlen(error.message));
    if (step == PARSE || status != OSLER_OK)
        return;
    buf_clear(&r->packed);
    record_pack(&r->packed, r->parser->record);
    if (r->digest)
        add_digest(totals, r->packed.data, r->packed.length);
}

static void read_all(source *from, enum step step, bool digest, struct totals *totals)
{
    window input = {.source = from, .line = 1};
    struct reading r = {.digest = digest, .splitter.input = &input};
    r.parser = pubmed_parser_new();
    struct piece piece;
    osler_error error = {0};
    for (osler_status status = OSLER_OK; status != OSLER_END;) {
        status = split_next(&r.splitter, &piece, &error);
        if (status == OSLER_OK)
            read_item(&r, step, &piece, totals);
        else if (digest && status != OSLER_END)
            add_digest(totals, error.message, strlen(error.message));
    }
    pubmed_parser_free(r.parser);
    arena_free(&r.memory);
    buf_free(&r.packed);
    window_free(&input);
}

/* CPU seconds of one step over one file. */
static double run(const char *path, enum step step, bool digest, struct totals *totals)
{
    source *from;
    osler_error error = {0};
    double start = cpu_seconds();
    if (source_open_file(&from, path, &error) != OSLER_OK) {
        fprintf(stderr, "%s: %s\n", path, error.message);
        exit(2);
    }
    *totals = (struct totals){.digest = UINT64_C(0xCBF29CE484222325)};
    if (step == INFLATE)
        inflate_all(from, totals);
    else if (step == SAX)
        sax_all(from, totals);
    else
        read_all(from, step, digest, totals);
    source_close(from);
    return cpu_seconds() - start;
}

/* Run the step called `name` over the files. */
static int run_only(const char *name, char **files)
{
    struct totals totals;
    for (enum step step = 0; step < STEPS; step++)
        for (char **file = files; strcmp(name, steps[step].name) == 0 && *file; file++)
            run(*file, step, false, &totals);
    return 0;
}

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void measure(const char *path, unsigned rounds)
{
    static double seconds[STEPS][MOST_ROUNDS];
    double median[STEPS];
    struct totals totals[STEPS];
    for (unsigned round = 0; round < rounds; round++)
        for (enum step step = 0; step < STEPS; step++)
            seconds[step][round] = run(path, step, false, &totals[step]);
    double records = totals[PARSE].records ? (double)totals[PARSE].records : 1;
    for (enum step step = 0; step < STEPS; step++) {
        qsort(seconds[step], rounds, sizeof seconds[step][0], compare);
        median[step] = seconds[step][rounds / 2] * 1e6 / records;
    }
    printf("%s: %.0f records, %.0f bytes a record; microseconds of CPU a record, medians of %u\n",
           path, records, (double)totals[INFLATE].bytes / records, rounds);
    printf("%-8s%8s%8s\n", "", "total", "alone");
    for (enum step step = 0; step < STEPS; step++)
        printf("%-8s%8.1f%8.1f  %s\n", steps[step].name, median[step],
               median[step] - (steps[step].before < 0 ? 0 : median[steps[step].before]),
               steps[step].what);
}

int main(int count, char **arguments)
{
    unsigned rounds = 5;
    bool digest = false;
    for (int i = 1; i < count; i++) {
        struct totals totals;
        if (strcmp(arguments[i], "--only") == 0 && i + 1 < count)
            return run_only(arguments[i + 1], arguments + i + 2);
        if (strcmp(arguments[i], "--digest") == 0) {
            digest = true;
        } else if (strcmp(arguments[i], "--rounds") == 0 && i + 1 < count) {
            rounds = (unsigned)atoi(arguments[++i]);
            rounds = rounds < 1 ? 1 : rounds > MOST_ROUNDS ? MOST_ROUNDS : rounds;
        } else if (digest) {
            run(arguments[i], PACK, true, &totals);
            printf("%016" PRIx64 "  %" PRIu64 " items  %s\n", totals.digest, totals.records,
                   arguments[i]);
        } else {
            measure(arguments[i], rounds);
        }
    }
    return 0;
}
