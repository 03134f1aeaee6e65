/*
 * What reading PubMed costs at the least, as libraries are usually used: gunzip and libxml2's SAX2
 * over an IO callback, on one thread, taking some 25 fields of each record into memory.  The
 * benchmarks divide by it.
 *
 *     reference_extract [--gunzip] [--isal] FILE.xml.gz...
 *
 * --gunzip only undoes the compression; --isal does so with ISA-L instead of zlib.  Prints what
 * was found, so that nobody can leave out the work.
 */
#include <fcntl.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>
#ifdef BENCH_ISAL
#include <isa-l/igzip_lib.h>
#endif

enum { WINDOW = 256 << 10, NAMES = 256, DEPTH = 64 };

static _Noreturn void stop(const char *path, const char *what)
{
    fprintf(stderr, "reference_extract: %s: %s\n", path, what);
    exit(1);
}

/* A gzip file of one or more members, a window at a time. */
typedef struct source {
    const char *path;
    int file;
    bool isal, end;
    z_stream zlib;
#ifdef BENCH_ISAL
    struct inflate_state state;
#endif
    unsigned char packed[WINDOW], plain[WINDOW];
    size_t from, left; /* What of `plain` nobody has taken. */
    uint64_t total;
} source;

static void source_open(source *made, const char *path, bool isal)
{
    made->path = path;
    made->isal = isal;
    made->end = false;
    made->left = 0;
    made->file = open(path, O_RDONLY);
    if (made->file < 0)
        stop(path, "cannot be opened");
    memset(&made->zlib, 0, sizeof made->zlib);
    if (!isal && inflateInit2(&made->zlib, 15 + 16) != Z_OK)
        stop(path, "zlib cannot start");
#ifdef BENCH_ISAL
    isal_inflate_init(&made->state);
    made->state.crc_flag = ISAL_GZIP;
    made->state.avail_in = 0;
#endif
}

static void source_close(source *from)
{
    if (!from->isal)
        inflateEnd(&from->zlib);
    close(from->file);
}

/* More packed bytes; 0 at the end of the file. */
static unsigned refill(source *from)
{
    ssize_t count = read(from->file, from->packed, WINDOW);
    if (count < 0)
        stop(from->path, "cannot be read");
    return (unsigned)count;
}

static size_t inflate_zlib(source *from)
{
    z_stream *zlib = &from->zlib;
    zlib->next_out = from->plain;
    zlib->avail_out = WINDOW;
    while (zlib->avail_out && !from->end) {
        if (!zlib->avail_in) {
            zlib->next_in = from->packed;
            zlib->avail_in = refill(from);
            from->end = !zlib->avail_in;
        }
        int status = inflate(zlib, Z_NO_FLUSH);
        if (status == Z_STREAM_END)
            status = inflateReset(zlib);
        if (status != Z_OK && status != Z_BUF_ERROR)
            stop(from->path, "is damaged");
    }
    return WINDOW - zlib->avail_out;
}

#ifdef BENCH_ISAL
static size_t inflate_isal(source *from)
{
    struct inflate_state *state = &from->state;
    state->next_out = from->plain;
    state->avail_out = WINDOW;
    while (state->avail_out && !from->end) {
        if (!state->avail_in) {
            state->next_in = from->packed;
            state->avail_in = refill(from);
            from->end = !state->avail_in;
        }
        if (state->block_state == ISAL_BLOCK_FINISH) {
            if (from->end)
                break;
            isal_inflate_reset(state);
            state->crc_flag = ISAL_GZIP;
        }
        if (isal_inflate(state) != ISAL_DECOMP_OK)
            stop(from->path, "is damaged");
    }
    return WINDOW - state->avail_out;
}
#endif

static bool source_fill(source *from)
{
    from->from = 0;
#ifdef BENCH_ISAL
    from->left = from->isal ? inflate_isal(from) : inflate_zlib(from);
#else
    from->left = inflate_zlib(from);
#endif
    from->total += from->left;
    return from->left > 0;
}

static int source_read(void *context, char *to, int room)
{
    source *from = context;
    if (!from->left && !source_fill(from))
        return 0;
    size_t count = from->left < (size_t)room ? from->left : (size_t)room;
    memcpy(to, from->plain + from->from, count);
    from->from += count;
    from->left -= count;
    return (int)count;
}

/* The elements that are taken: their text; their attributes alone; with a bracket, both. */
static const char *const wanted[] = {"[PMID",
                                     "(MedlineCitation",
                                     "ArticleTitle",
                                     "VernacularTitle",
                                     "[AbstractText",
                                     "LastName",
                                     "ForeName",
                                     "Initials",
                                     "Suffix",
                                     "CollectiveName",
                                     "[Identifier",
                                     "Affiliation",
                                     "Title",
                                     "ISOAbbreviation",
                                     "MedlineTA",
                                     "NlmUniqueID",
                                     "[ISSN",
                                     "Volume",
                                     "Issue",
                                     "Year",
                                     "Month",
                                     "Day",
                                     "MedlineDate",
                                     "MedlinePgn",
                                     "[ELocationID",
                                     "[ArticleId",
                                     "Language",
                                     "[PublicationType",
                                     "[DescriptorName",
                                     "[QualifierName",
                                     "(CommentsCorrections",
                                     "RefSource",
                                     "Keyword"};

typedef struct taken {
    uint16_t element;
    uint32_t at, length;
} taken;

typedef struct extract {
    const xmlChar *names[NAMES]; /* By the hash of the pointer: libxml2 interns names. */
    uint8_t codes[NAMES];        /* 1 + index in `wanted`. */
    const xmlChar *record, *references;
    int depth, inside_references;
    uint8_t stack[DEPTH]; /* What was current outside the element of each depth. */
    uint8_t current; /* Code of the element whose text is taken; inline markup changes nothing. */
    char *text;
    size_t length, room;
    taken *fields;
    size_t count, field_room;
    uint64_t records, all_fields, all_bytes;
} extract;

static size_t slot(const xmlChar *name)
{
    return ((uintptr_t)name ^ (uintptr_t)name >> 8) % NAMES;
}

static unsigned code_of(const extract *to, const xmlChar *name)
{
    for (size_t i = slot(name);; i = (i + 1) % NAMES)
        if (to->names[i] == name || !to->names[i])
            return to->codes[i];
}

static void add_text(extract *to, const xmlChar *bytes, size_t count)
{
    if (to->length + count > to->room) {
        to->room = 2 * (to->length + count);
        to->text = realloc(to->text, to->room);
        if (!to->text)
            abort();
    }
    memcpy(to->text + to->length, bytes, count);
    to->length += count;
}

static void add_field(extract *to, unsigned code)
{
    if (to->count == to->field_room) {
        to->field_room = to->field_room ? 2 * to->field_room : 1024;
        to->fields = realloc(to->fields, to->field_room * sizeof *to->fields);
        if (!to->fields)
            abort();
    }
    to->fields[to->count++] = (taken){(uint16_t)code, (uint32_t)to->length, 0};
}

static void end_field(extract *to)
{
    taken *last = &to->fields[to->count - 1];
    last->length = (uint32_t)to->length - last->at;
}

static void on_start(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri,
                     int space_count, const xmlChar **spaces, int count, int defaulted,
                     const xmlChar **attributes)
{
    extract *to = ((xmlParserCtxtPtr)context)->_private;
    (void)prefix, (void)uri, (void)space_count, (void)spaces, (void)defaulted;
    if (++to->depth >= DEPTH)
        stop("the file", "is nested too deeply");
    if (name == to->references)
        to->inside_references = to->depth;
    unsigned code = to->inside_references ? 0 : code_of(to, name);
    to->stack[to->depth] = to->current;
    if (!code)
        return;
    char kind = wanted[code - 1][0];
    if (kind == '[' || kind == '(')
        for (int i = 0; i < count; i++) {
            const xmlChar **one = attributes + 5 * i;
            add_field(to, code + 128);
            add_text(to, one[3], (size_t)(one[4] - one[3]));
            end_field(to);
        }
    if (kind == '(')
        return;
    to->current = (uint8_t)code;
    add_field(to, code);
}

static void on_text(void *context, const xmlChar *text, int length)
{
    extract *to = ((xmlParserCtxtPtr)context)->_private;
    if (to->current)
        add_text(to, text, (size_t)length);
}

static void on_end(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
    extract *to = ((xmlParserCtxtPtr)context)->_private;
    (void)prefix, (void)uri;
    if (to->depth == to->inside_references)
        to->inside_references = 0;
    uint8_t outer = to->stack[to->depth--];
    if (to->current && to->current != outer)
        end_field(to);
    to->current = outer;
    if (name != to->record)
        return;
    to->records++;
    to->all_fields += to->count;
    for (size_t i = 0; i < to->count; i++)
        to->all_bytes += to->fields[i].length;
    to->count = to->length = 0;
}

static void learn_names(extract *to, xmlDictPtr dictionary)
{
    memset(to->names, 0, sizeof to->names);
    memset(to->codes, 0, sizeof to->codes);
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        const char *text = wanted[i] + strspn(wanted[i], "[(");
        const xmlChar *name = xmlDictLookup(dictionary, (const xmlChar *)text, -1);
        size_t at = slot(name);
        while (to->names[at])
            at = (at + 1) % NAMES;
        to->names[at] = name;
        to->codes[at] = (uint8_t)(i + 1);
    }
    to->record = xmlDictLookup(dictionary, (const xmlChar *)"PubmedArticle", -1);
    to->references = xmlDictLookup(dictionary, (const xmlChar *)"ReferenceList", -1);
}

static void extract_file(extract *to, source *from)
{
    xmlSAXHandler handler = {.initialized = XML_SAX2_MAGIC,
                             .startElementNs = on_start,
                             .endElementNs = on_end,
                             .characters = on_text,
                             .ignorableWhitespace = on_text};
    xmlParserCtxtPtr parser =
        xmlCreateIOParserCtxt(&handler, NULL, source_read, NULL, from, XML_CHAR_ENCODING_NONE);
    if (!parser)
        abort();
    xmlCtxtUseOptions(parser, XML_PARSE_NONET);
    parser->_private = to;
    learn_names(to, parser->dict);
    if (xmlParseDocument(parser) || !parser->wellFormed)
        stop(from->path, "is not well-formed");
    xmlFreeParserCtxt(parser);
}

int main(int count, char **arguments)
{
    static source from;
    static extract to;
    bool isal = false, plain = false;
    int first = 1;
    for (; first < count && !strncmp(arguments[first], "--", 2); first++)
        if (!strcmp(arguments[first], "--gunzip"))
            plain = true;
        else if (!strcmp(arguments[first], "--isal"))
            isal = true;
        else
            stop(arguments[first], "is no option");
#ifndef BENCH_ISAL
    if (isal)
        stop("--isal", "this build has no ISA-L");
#endif
    for (int i = first; i < count; i++) {
        source_open(&from, arguments[i], isal);
        if (plain)
            while (source_fill(&from))
                ;
        else
            extract_file(&to, &from);
        source_close(&from);
    }
    printf("%llu bytes, %llu records, %llu fields of %llu bytes\n", (unsigned long long)from.total,
           (unsigned long long)to.records, (unsigned long long)to.all_fields,
           (unsigned long long)to.all_bytes);
    free(to.text);
    free(to.fields);
    xmlCleanupParser();
    return 0;
}
