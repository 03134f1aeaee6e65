/*
 * Reading a damaged index: the bytes are edits of a sound one.  Whatever is asked of it, the answer
 * is an answer or OSLER_EDAMAGED, in bounded time and memory.
 */
#include "base/memory.h"
#include "index/coding.h"
#include "index/index.h"
#include "index/writer.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { PARTS = PART_LAST + 1, CHUNKS = 8, DOCUMENTS = 400, EDIT = 5 };

/* Each chunk is an allocation of its own, so that sanitizers see what reads past its end. */
struct chunks {
    char *bytes[PARTS][CHUNKS];
    size_t lengths[PARTS][CHUNKS];
    char *keys[PARTS][CHUNKS];
    size_t key_lengths[PARTS][CHUNKS];
    size_t counts[PARTS];
};

static char *copy(str s)
{
    char *bytes = malloc(s.length ? s.length : 1);
    if (!bytes)
        abort();
    if (s.length)
        memcpy(bytes, s.data, s.length);
    return bytes;
}

static osler_status put(void *context, enum index_part part, uint64_t number, str key, str bytes,
                        osler_error *error)
{
    struct chunks *c = context;
    (void)error;
    if (number >= CHUNKS)
        abort();
    c->bytes[part][number] = copy(bytes);
    c->lengths[part][number] = bytes.length;
    c->keys[part][number] = copy(key);
    c->key_lengths[part][number] = key.length;
    c->counts[part] = (size_t)number + 1;
    return OSLER_OK;
}

static osler_status get_segment(void *context, size_t nth, int64_t *number, str *tombstones,
                                index_sums *dead, osler_error *error)
{
    (void)context;
    (void)error;
    *number = 1;
    *tombstones = (str){"\0\1", 2};
    *dead = (index_sums){.documents = 1, .with = {1}, .words = {1}};
    return nth ? OSLER_END : OSLER_OK;
}

static osler_status get_chunk(void *context, int64_t segment, enum index_part part, uint64_t number,
                              str *out, osler_error *error)
{
    struct chunks *c = context;
    (void)segment;
    (void)error;
    if (number >= c->counts[part])
        return OSLER_ENOTFOUND;
    *out = (str){c->bytes[part][number], c->lengths[part][number]};
    return OSLER_OK;
}

static osler_status seek(void *context, int64_t segment, enum index_part part, str key,
                         uint64_t *number, osler_error *error)
{
    struct chunks *c = context;
    size_t count = 0;
    (void)segment;
    (void)error;
    while (count < c->counts[part] &&
           str_compare((str){c->keys[part][count], c->key_lengths[part][count]}, key) <= 0)
        count++;
    *number = count - 1;
    return count ? OSLER_OK : OSLER_ENOTFOUND;
}

/* Document `number` has each word that divides it, at some places of two fields. */
static void add_document(index_writer *w, uint32_t number)
{
    enum { WORDS = 12 };
    index_entry entries[WORDS + 1];
    unsigned char bytes[WORDS][64];
    char terms[WORDS][8];
    buf layout = {0};
    index_document d = {.entries = entries};
    for (uint32_t k = 1; k <= WORDS; k++) {
        if (number % k)
            continue;
        index_posting posting = {.fields = 3, .times = {1, 1 + number % 11}};
        unsigned char *at = bytes[k - 1];
        for (uint32_t n = 0; n <= posting.times[1]; n++)
            at = coding_put_varint(at, (n ? 16 + 16 * (number % 3) : 16 * k) | (n & 15));
        unsigned char *payload = at;
        at = coding_put_payload(at, &posting);
        memcpy(terms[k - 1], "wba\0\0\0\0", 8);
        terms[k - 1][3] = (char)('a' + k);
        entries[d.count++] =
            (index_entry){{terms[k - 1], 4 - (k == 1)},
                          {(char *)payload, (size_t)(at - payload)},
                          {(char *)bytes[k - 1], (size_t)(payload - bytes[k - 1])}};
    }
    entries[d.count++] = (index_entry){{"hD1", 3}, {"\1", 1}, {0}};
    index_text texts[] = {{INDEX_TITLE, 0, 0}, {INDEX_ABSTRACT, 0, 13}};
    index_layout l = {.items = texts, .count = 2, .end = 1000};
    coding_add_layout(&layout, &l);
    d.layout = buf_str(&layout);
    d.facts.citation = number + 1;
    d.facts.lengths[INDEX_TITLE] = (uint16_t)(1 + number % 9);
    d.facts.lengths[INDEX_ABSTRACT] = (uint16_t)(100 + number % 50);
    d.facts.lengths[INDEX_HEADINGS] = 3;
    index_writer_add(w, &d);
    buf_free(&layout);
}

static void make(struct chunks *c)
{
    index_writer *w = index_writer_new();
    index_sink sink = {c, put};
    index_header header;
    for (uint32_t k = 0; k < DOCUMENTS; k++)
        add_document(w, k);
    if (index_writer_write(w, &sink, &header, NULL) != OSLER_OK)
        abort();
    index_writer_free(w);
}

/* Copies of the chunks of a sound index, which is made once. */
static void copy_sound(struct chunks *out)
{
    static struct chunks sound;
    if (!sound.counts[PART_HEADER])
        make(&sound);
    *out = sound;
    for (size_t p = 0; p < PARTS; p++)
        for (size_t k = 0; k < sound.counts[p]; k++)
            out->bytes[p][k] = copy((str){sound.bytes[p][k], sound.lengths[p][k]});
}

/* An edit: the part (and whether a chunk is cut short), the chunk, a place, a byte. */
static void edit(struct chunks *c, const uint8_t *how)
{
    unsigned part = how[0] % PARTS;
    if (!c->counts[part])
        return;
    size_t chunk = how[1] % c->counts[part], place = how[2] + 256U * how[3];
    size_t length = c->lengths[part][chunk];
    if (!length)
        return;
    if (how[0] & 0x80) {
        char *cut = copy((str){c->bytes[part][chunk], place % length});
        free(c->bytes[part][chunk]);
        c->bytes[part][chunk] = cut;
        c->lengths[part][chunk] = place % length;
    } else {
        c->bytes[part][chunk][place % length] = (char)how[4];
    }
}

/* Anything but an answer or damage is a bug. */
static void expect(osler_status status)
{
    if (status != OSLER_OK && status != OSLER_EDAMAGED && status != OSLER_ENOTFOUND &&
        status != OSLER_END)
        abort();
}

static bool count_terms(void *context, str term, uint64_t df)
{
    (void)term;
    (void)df;
    return ++*(size_t *)context < 1000;
}

static void walk(index *i, str term)
{
    index_cursor *c;
    expect(index_cursor_open(&c, i, term, NULL));
    index_number document = 0;
    for (size_t steps = 0; steps < 2 * DOCUMENTS; steps++) {
        const index_place *places;
        size_t count;
        if (index_cursor_seek(c, document, &document, NULL) != OSLER_OK)
            break;
        expect(index_cursor_get_places(c, &places, &count, NULL));
        document += 1 + (index_number)steps % 3;
    }
    index_cursor_close(c);
}

static void rank(index *i, arena *memory, const index_set *within)
{
    static const str terms[] = {STR("wba"), STR("wbac"), STR("wbae"), STR("hD1")};
    static const str words[] = {STR("ba"), STR("bac")};
    static const double factors[] = {1, 0.5};
    index_phrase phrase = {words, 2, INDEX_ALL_FIELDS, true, -1}, near = phrase;
    near.near = 5;
    near.prefix = false;
    index_asked asked[] = {{terms, 2, factors, NULL, INDEX_ALL_FIELDS},
                           {terms + 2, 1, factors, NULL, 1},
                           {terms + 3, 1, factors, NULL, INDEX_ALL_FIELDS},
                           {NULL, 0, NULL, &phrase, INDEX_ALL_FIELDS},
                           {NULL, 0, NULL, &near, 2}};
    for (int way = 0; way < 2; way++)
        for (size_t count = 1; count <= 5; count += 2) {
            index_ranking r = {asked, count, within, 5, way};
            index_result *results;
            size_t found;
            expect(index_rank(i, memory, &r, &results, &found, NULL));
        }
}

static void ask(index *i)
{
    arena memory = {0};
    size_t terms = 0, words;
    str *family;
    index_facts facts;
    index_layout layout;
    index_number document;
    index_set set = index_set_new(i, &memory);
    for (index_number k = 0; k < index_size(i) && k < 2000; k += 7) {
        expect(index_get_facts(i, k, &facts, NULL));
        expect(index_get_layout(i, &memory, k, &layout, NULL));
    }
    expect(index_find_citation(i, 0, 77, &document, NULL));
    expect(index_each_term(i, (str){0}, count_terms, &terms, NULL));
    expect(index_get_family(i, &memory, (str)STR("ba"), &family, &words, NULL));
    expect(index_add_term(i, &set, (str)STR("wba"), 2, NULL));
    expect(index_add_prefix(i, &set, (str)STR("wba"), INDEX_ALL_FIELDS, NULL));
    walk(i, (str)STR("wba"));
    walk(i, (str)STR("wbal"));
    rank(i, &memory, NULL);
    rank(i, &memory, &set);
    arena_free(&memory);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct chunks *c = memory_alloc(sizeof *c);
    index_source source = {.context = c, .segment = get_segment, .chunk = get_chunk, .seek = seek};
    index *i;
    copy_sound(c);
    for (size_t k = 0; k + EDIT <= size && k < EDIT * (size_t)16; k += EDIT)
        edit(c, data + k);
    osler_status status = index_open(&i, &source, 1, NULL);
    expect(status);
    if (status == OSLER_OK)
        ask(i);
    index_close(i);
    for (size_t p = 0; p < PARTS; p++)
        for (size_t k = 0; k < c->counts[p]; k++)
            free(c->bytes[p][k]);
    memory_free(c);
    return 0;
}
