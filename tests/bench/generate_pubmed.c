/*
 * Writes invented PubMed records as NLM's files have them:
 *
 *     generate_pubmed [--seed N] [--first N] [--count N] [--level 0-9] -o FILE.xml.gz
 *
 * Record n of a seed is the same in whatever file it stands, so "--first 1 --count 60000" holds
 * the records of "--first 1 --count 30000" and "--first 30001 --count 30000".  Level 1, the
 * default, is made by ISA-L where the build has it; level 6 is about what NLM's own files have;
 * 0 writes plain XML.  "-o -" writes to standard output.
 */
#include "invented.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>
#ifdef BENCH_ISAL
#include <isa-l/igzip_lib.h>
#endif

enum { WINDOW = 1 << 20 };

static unsigned char packed[WINDOW];

typedef struct sink {
    FILE *file;
    int level; /* 0: plain; negative: ISA-L. */
    z_stream zlib;
#ifdef BENCH_ISAL
    struct isal_zstream isal;
    unsigned char room[ISAL_DEF_LVL1_DEFAULT];
#endif
} sink;

static _Noreturn void stop(const char *what)
{
    fprintf(stderr, "generate_pubmed: %s\n", what);
    exit(1);
}

static void write_all(sink *to, const void *bytes, size_t count)
{
    if (fwrite(bytes, 1, count, to->file) != count)
        stop(strerror(errno));
}

static void sink_begin(sink *to, int level)
{
    to->level = level;
#ifdef BENCH_ISAL
    if (level == 1) {
        to->level = -1;
        isal_deflate_init(&to->isal);
        to->isal.gzip_flag = IGZIP_GZIP;
        to->isal.level = 1;
        to->isal.level_buf = to->room;
        to->isal.level_buf_size = sizeof to->room;
        return;
    }
#endif
    if (level && deflateInit2(&to->zlib, level, Z_DEFLATED, 15 + 16, 9, Z_DEFAULT_STRATEGY) != Z_OK)
        stop("zlib cannot start");
}

#ifdef BENCH_ISAL
static void put_isal(sink *to, char *bytes, size_t count, bool last)
{
    to->isal.next_in = (uint8_t *)bytes;
    to->isal.avail_in = (uint32_t)count;
    to->isal.end_of_stream = last;
    do {
        to->isal.next_out = packed;
        to->isal.avail_out = sizeof packed;
        if (isal_deflate(&to->isal) != COMP_OK)
            stop("ISA-L cannot compress");
        write_all(to, packed, sizeof packed - to->isal.avail_out);
    } while (!to->isal.avail_out || to->isal.avail_in);
}
#endif

static void put_zlib(sink *to, char *bytes, size_t count, bool last)
{
    to->zlib.next_in = (Bytef *)bytes;
    to->zlib.avail_in = (uInt)count;
    do {
        to->zlib.next_out = packed;
        to->zlib.avail_out = sizeof packed;
        if (deflate(&to->zlib, last ? Z_FINISH : Z_NO_FLUSH) == Z_STREAM_ERROR)
            stop("zlib cannot compress");
        write_all(to, packed, sizeof packed - to->zlib.avail_out);
    } while (!to->zlib.avail_out);
}

static void sink_put(sink *to, char *bytes, size_t count, bool last)
{
#ifdef BENCH_ISAL
    if (to->level < 0) {
        put_isal(to, bytes, count, last);
        return;
    }
#endif
    if (to->level)
        put_zlib(to, bytes, count, last);
    else
        write_all(to, bytes, count);
}

static void generate(sink *to, uint64_t seed, uint32_t first, uint32_t count)
{
    static char text[WINDOW + INVENTED_RECORD_MAX];
    invented *collection = invented_new(seed);
    char *at = stpcpy(text, "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
                            "<!DOCTYPE PubmedArticleSet PUBLIC \"-//NLM//DTD PubMedArticle, 1st "
                            "January 2025//EN\" \"https://dtd.nlm.nih.gov/ncbi/pubmed/out/"
                            "pubmed_250101.dtd\">\n<PubmedArticleSet>\n");
    for (uint32_t i = 0; i < count; i++) {
        at = invented_write(at, collection, first + i);
        if (at - text < WINDOW)
            continue;
        sink_put(to, text, (size_t)(at - text), false);
        at = text;
    }
    at = stpcpy(at, "</PubmedArticleSet>\n");
    sink_put(to, text, (size_t)(at - text), true);
    invented_free(collection);
}

static uint64_t number_of(const char *text, uint64_t most)
{
    char *end;
    errno = 0;
    unsigned long long value = strtoull(text, &end, 10);
    if (!*text || *end || *text == '-' || errno || value > most)
        stop("an option needs a number, or a lower one");
    return value;
}

int main(int count, char **arguments)
{
    uint64_t seed = 1, first = 1, records = 30000, level = 1;
    const char *path = NULL;
    for (int i = 1; i < count; i += 2) {
        const char *name = arguments[i], *value = i + 1 < count ? arguments[i + 1] : "";
        if (!strcmp(name, "--seed"))
            seed = number_of(value, UINT64_MAX);
        else if (!strcmp(name, "--first"))
            first = number_of(value, INVENTED_LAST);
        else if (!strcmp(name, "--count"))
            records = number_of(value, INVENTED_LAST);
        else if (!strcmp(name, "--level"))
            level = number_of(value, 9);
        else if (!strcmp(name, "-o"))
            path = value;
        else
            path = NULL, i = count;
    }
    if (!path || !*path || !first || first + records - 1 > INVENTED_LAST)
        stop("usage: generate_pubmed [--seed N] [--first N] [--count N] [--level 0-9] -o FILE");
    static sink to;
    to.file = strcmp(path, "-") ? fopen(path, "wb") : stdout;
    if (!to.file)
        stop(strerror(errno));
    sink_begin(&to, (int)level);
    generate(&to, seed, (uint32_t)first, (uint32_t)records);
    if (to.level > 0)
        deflateEnd(&to.zlib);
    if (fclose(to.file))
        stop(strerror(errno));
    return 0;
}
