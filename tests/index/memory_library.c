/* Invented libraries: plain documents, put into segments, and slow answers from the plain ones. */
#include "memory_library.h"

#include "base/memory.h"
#include "index/coding.h"
#include "index/writer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

uint32_t plain_next(plain_random *r, uint32_t below)
{
    uint64_t z = (r->state += UINT64_C(0x9E3779B97F4A7C15));
    z = (z ^ z >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ z >> 27) * UINT64_C(0x94D049BB133111EB);
    return (uint32_t)((z ^ z >> 31) >> 32) % below;
}

enum { SPELLING = 24 };

static size_t spell(char *text, uint32_t number)
{
    static const char consonants[] = "bdfglmnprst", vowels[] = "aeiou";
    size_t at = 0;
    for (; at < SPELLING - 2; number--) {
        text[at++] = consonants[number % 11];
        text[at++] = vowels[number / 11 % 5];
        number /= 55;
        if (!number)
            break;
    }
    text[at] = '\0';
    return at;
}

const char *plain_word(arena *memory, uint32_t number)
{
    char text[SPELLING];
    size_t length = spell(text, number);
    return arena_copy(memory, (str){text, length});
}

str plain_library_term(arena *memory, uint32_t number)
{
    const char *word = plain_word(memory, number);
    char *term = arena_alloc(memory, strlen(word) + 2);
    term[0] = INDEX_WORD;
    memcpy(term + 1, word, strlen(word));
    return str_of(term);
}

/* -- making ---------------------------------------------------------------------------------- */

static void add_text(plain_document *d, arena *memory, plain_random *random,
                     const plain_shape *shape, enum index_field field, uint32_t count)
{
    enum { THEMES = 3 };
    uint32_t *themes = NULL;
    if (count == 0)
        return;
    plain_text *t = &d->texts[d->text_count++];
    if (d->text_count > 1)
        themes = d->texts[0].words; /* what the first text speaks of comes again */
    *t = (plain_text){.field = field, .start = d->end + plain_next(random, 5), .count = count};
    t->words = arena_alloc(memory, count * sizeof *t->words);
    for (uint32_t k = 0; k < count; k++)
        t->words[k] = themes && plain_next(random, 12) == 0
                          ? themes[plain_next(random, d->texts[0].count < THEMES ? d->texts[0].count
                                                                                 : THEMES)]
                          : shape->words[plain_next(random, shape->word_count)];
    d->end = t->start + count + 1;
    if ((int)field < INDEX_MEASURED) {
        uint32_t length = d->facts.lengths[field] + count;
        d->facts.lengths[field] = (uint16_t)(length < UINT16_MAX ? length : UINT16_MAX);
    }
}

static void add_term(plain_document *d, arena *memory, plain_random *random, char kind)
{
    char text[16];
    snprintf(text, sizeof text, "%cD%03u", kind, plain_next(random, 20));
    for (size_t k = 0; k < d->term_count; k++)
        if (strcmp(d->terms[k].term, text) == 0)
            return;
    d->terms[d->term_count++] =
        (plain_term){arena_copy(memory, str_of(text)), 1 + plain_next(random, 3)};
}

void plain_make(plain_document *d, arena *memory, plain_random *random, const plain_shape *shape)
{
    *d = (plain_document){0};
    uint32_t title = shape->title / 2 + plain_next(random, shape->title);
    uint32_t abstract = plain_next(random, 5) ? plain_next(random, 2 * shape->abstract) : 0;
    add_text(d, memory, random, shape, INDEX_TITLE, title + 1);
    if (plain_next(random, 8) == 0)
        add_text(d, memory, random, shape, INDEX_OTHER, title);
    for (uint32_t keywords = plain_next(random, 4); keywords; keywords--)
        add_text(d, memory, random, shape, INDEX_KEYWORDS, 1 + plain_next(random, 2));
    for (uint32_t parts = plain_next(random, 3) + 1, k = 0; k < parts; k++)
        add_text(d, memory, random, shape, INDEX_ABSTRACT, abstract / parts);
    if (plain_next(random, 10) == 0)
        add_text(d, memory, random, shape, INDEX_OTHER_ABSTRACT, abstract / 2);
    d->topic_count = d->text_count;
    uint32_t end = d->end;
    add_text(d, memory, random, shape, INDEX_HEADINGS, plain_next(random, 4));
    add_text(d, memory, random, shape, INDEX_AUTHORS, plain_next(random, 4));
    add_text(d, memory, random, shape, INDEX_OTHER, plain_next(random, 3));
    for (uint32_t terms = plain_next(random, 4); terms; terms--)
        add_term(d, memory, random, INDEX_HEADING);
    if (plain_next(random, 3) == 0)
        add_term(d, memory, random, INDEX_TYPE);
    d->end = end;
    d->facts.lengths[INDEX_HEADINGS] = (uint16_t)(1 + plain_next(random, 3 * shape->title));
    d->facts.year = (uint16_t)(plain_next(random, 10) ? 1990 + plain_next(random, 8) : 0);
    d->facts.date = d->facts.year * 10000U + plain_next(random, 3) * 100;
    d->facts.pmid = plain_next(random, 6) ? 990000000 + plain_next(random, 100000) : 0;
}

static int compare_words(const void *left, const void *right)
{
    uint64_t a = *(const uint64_t *)left, b = *(const uint64_t *)right;
    return (a > b) - (a < b);
}

/* The entry of one word: its places are those of `tokens`: position, then field. */
static void make_entry(index_entry *e, arena *memory, const uint64_t *tokens,
                       const unsigned char *fields, size_t count)
{
    index_posting posting = {0};
    unsigned char *bytes = arena_alloc(memory, count * CODING_VARINT + CODING_PAYLOAD), *at = bytes;
    uint32_t before = 0;
    for (size_t k = 0; k < count; k++) {
        uint32_t position = (uint32_t)tokens[k];
        posting.fields |= 1U << fields[position];
        posting.times[fields[position]]++;
        at = coding_put_varint(at, (uint64_t)(position - before) << 4 | (position & 15));
        before = position;
    }
    e->positions = (str){(const char *)bytes, (size_t)(at - bytes)};
    bytes = at;
    at = coding_put_payload(at, &posting);
    e->payload = (str){(const char *)bytes, (size_t)(at - bytes)};
}

static void add_words(const plain_document *d, arena *memory, index_document *out)
{
    const plain_text *last = &d->texts[d->text_count - 1];
    size_t positions = last->start + last->count, count = 0;
    uint64_t *tokens = arena_alloc(memory, (positions + 1) * sizeof *tokens);
    unsigned char *fields = arena_alloc(memory, positions + 1);
    for (size_t t = 0; t < d->text_count; t++)
        for (uint32_t k = 0; k < d->texts[t].count; k++) {
            uint32_t position = d->texts[t].start + k;
            fields[position] = (unsigned char)d->texts[t].field;
            tokens[count++] = (uint64_t)d->texts[t].words[k] << 32 | position;
        }
    qsort(tokens, count, sizeof *tokens, compare_words);
    for (size_t k = 0, end; k < count; k = end) {
        for (end = k; end < count && tokens[end] >> 32 == tokens[k] >> 32;)
            end++;
        index_entry *e = &out->entries[out->count++];
        e->term = plain_library_term(memory, (uint32_t)(tokens[k] >> 32));
        make_entry(e, memory, &tokens[k], fields, end - k);
    }
}

void plain_index(const plain_document *d, arena *memory, index_document *out)
{
    size_t most = d->term_count;
    buf layout = {0};
    for (size_t t = 0; t < d->text_count; t++)
        most += d->texts[t].count;
    *out = (index_document){.facts = d->facts};
    out->entries = arena_alloc(memory, (most + 1) * sizeof *out->entries);
    add_words(d, memory, out);
    for (size_t k = 0; k < d->term_count; k++) {
        index_entry *e = &out->entries[out->count++];
        index_posting posting = {.fields = d->terms[k].fields};
        for (unsigned f = 0; f < INDEX_FIELDS; f++)
            posting.times[f] = posting.fields >> f & 1;
        unsigned char *bytes = arena_alloc(memory, CODING_PAYLOAD);
        *e = (index_entry){.term = str_of(d->terms[k].term)};
        e->payload =
            (str){(const char *)bytes, (size_t)(coding_put_payload(bytes, &posting) - bytes)};
    }
    index_text texts[PLAIN_TEXTS];
    for (size_t t = 0; t < d->topic_count; t++)
        texts[t] = (index_text){d->texts[t].field, 0, d->texts[t].start};
    index_layout l = {.items = texts, .count = d->topic_count, .end = d->end};
    coding_add_layout(&layout, &l);
    out->layout = (str){arena_copy(memory, buf_str(&layout)), layout.length};
    buf_free(&layout);
}

/* -- libraries ------------------------------------------------------------------------------- */

/* Put the documents of a source from `from`, before `end`, into a new segment. */
static void write_segment(plain_library *l, size_t source, size_t from, size_t end)
{
    memory_segments *m = l->segments[source];
    index_writer *w = index_writer_new();
    index_sink sink = memory_segments_sink(m);
    int64_t segment = memory_segments_start(m);
    arena memory = {0};
    index_header header;
    for (size_t k = from; k < end; k++) {
        index_document made;
        plain_index(&l->documents[k], &memory, &made);
        index_writer_add(w, &made);
        l->documents[k].source = source;
        l->documents[k].segment = segment;
        l->documents[k].number = (index_number)k; /* by rising citations */
        arena_clear(&memory);
    }
    if (index_writer_write(w, &sink, &header, NULL) != OSLER_OK)
        abort();
    for (size_t k = from; k < end; k++)
        if (l->documents[k].dead)
            memory_segments_kill(m, segment, (uint32_t)(k - from));
    index_writer_free(w);
    arena_free(&memory);
}

void plain_library_make(plain_library *l, const plain_size *size)
{
    enum { PICKS = 4096 };
    plain_random random = {size->seed};
    uint32_t words[PICKS];
    for (uint32_t k = 0; k < PICKS; k++) { /* common words have low numbers */
        double u = (k + 0.5) / PICKS;
        words[k] = (uint32_t)(u * u * u * size->vocabulary);
    }
    plain_shape shape = {words, PICKS, 6, 25};
    *l = (plain_library){.source_count = size->sources, .count = size->documents};
    l->vocabulary = size->vocabulary;
    l->documents = arena_alloc(&l->memory, (l->count + 1) * sizeof *l->documents);
    for (size_t k = 0; k < l->count; k++) {
        /* Those behind are longer: the averages of segments differ. */
        shape.title = k * 2 < l->count ? 4 : 10;
        shape.abstract = k * 2 < l->count ? 15 : 60;
        plain_make(&l->documents[k], &l->memory, &random, &shape);
        l->documents[k].dead = plain_next(&random, 100) < size->dead;
    }
    size_t parts = size->sources * size->segments;
    for (size_t s = 0; s < size->sources; s++) {
        l->segments[s] = memory_segments_new();
        for (size_t k = 0; k < size->segments; k++) {
            size_t part = s * size->segments + k;
            size_t from = l->count * part / parts, end = l->count * (part + 1) / parts;
            for (size_t n = from; n < end; n++) /* citations of the segments interleave */
                l->documents[n].facts.citation = (int64_t)((n - from) * size->segments + k + 1);
            if (end > from)
                write_segment(l, s, from, end);
        }
        l->sources[s] = memory_segments_source(l->segments[s]);
    }
}

void plain_library_free(plain_library *l)
{
    for (size_t s = 0; s < l->source_count; s++)
        memory_segments_free(l->segments[s]);
    arena_free(&l->memory);
}

/* -- slow answers ---------------------------------------------------------------------------- */

static bool is_word(uint32_t number, str word, bool prefix)
{
    char text[SPELLING];
    str found = {text, spell(text, number)};
    return prefix ? str_starts_with(found, word) : str_equal(found, word);
}

index_posting plain_posting(const plain_document *d, str term)
{
    index_posting posting = {0};
    for (size_t t = 0; t < d->text_count && term.data[0] == INDEX_WORD; t++)
        for (uint32_t k = 0; k < d->texts[t].count; k++)
            if (is_word(d->texts[t].words[k], str_part(term, 1, term.length), false)) {
                posting.fields |= 1U << d->texts[t].field;
                posting.times[d->texts[t].field]++;
            }
    for (size_t k = 0; k < d->term_count; k++)
        if (str_is(term, d->terms[k].term)) {
            posting.fields = d->terms[k].fields;
            for (unsigned f = 0; f < INDEX_FIELDS; f++)
                posting.times[f] = posting.fields >> f & 1;
        }
    return posting;
}

size_t plain_places(const plain_document *d, str term, arena *memory, index_place **out)
{
    size_t count = 0;
    *out = NULL;
    for (size_t t = 0; t < d->text_count && term.data[0] == INDEX_WORD; t++)
        for (uint32_t k = 0; k < d->texts[t].count; k++) {
            if (!is_word(d->texts[t].words[k], str_part(term, 1, term.length), false))
                continue;
            index_place *place = arena_append(memory, out, &count, sizeof *place);
            place->position = d->texts[t].start + k;
            place->marks = place->position & 15;
        }
    return count;
}

/* The word at a position of a field; false when there is none. */
static bool word_at(const plain_document *d, unsigned field, uint64_t position, uint32_t *out)
{
    for (size_t t = 0; t < d->text_count; t++) {
        const plain_text *text = &d->texts[t];
        if (text->field != field || position < text->start || position >= text->start + text->count)
            continue;
        *out = text->words[position - text->start];
        return true;
    }
    return false;
}

/* True when all words of the phrase stand in `length` positions of a field, one of them first. */
static bool stands_near(const plain_document *d, const index_phrase *phrase, unsigned field,
                        uint64_t first, uint64_t length)
{
    bool all = true;
    for (size_t k = 0; k < phrase->count; k++) { /* each as often as the phrase has it */
        size_t wanted = 0, found = 0;
        for (size_t n = 0; n < phrase->count; n++)
            wanted += str_equal(phrase->words[n], phrase->words[k]);
        uint32_t number;
        for (uint64_t at = first; at < first + length; at++)
            found += word_at(d, field, at, &number) && is_word(number, phrase->words[k], false);
        all = all && found >= wanted;
    }
    return all;
}

static bool is_any(const plain_document *d, const index_phrase *phrase, unsigned field,
                   uint64_t position)
{
    uint32_t number;
    bool any = false;
    for (size_t k = 0; k < phrase->count; k++)
        any = any ||
              (word_at(d, field, position, &number) && is_word(number, phrase->words[k], false));
    return any;
}

static bool stands_in_order(const plain_document *d, const index_phrase *phrase, unsigned field,
                            uint64_t first)
{
    bool all = true;
    for (size_t k = 0; k < phrase->count; k++) {
        uint32_t number;
        all = all && word_at(d, field, first + k, &number) &&
              is_word(number, phrase->words[k], phrase->prefix && k + 1 == phrase->count);
    }
    return all;
}

index_posting plain_phrase(const plain_document *d, const index_phrase *phrase)
{
    index_posting posting = {0};
    for (size_t t = 0; t < d->text_count; t++) {
        unsigned field = d->texts[t].field;
        for (uint32_t k = 0; k < d->texts[t].count; k++) {
            uint64_t at = d->texts[t].start + k;
            bool found = phrase->near < 0 ? stands_in_order(d, phrase, field, at)
                                          : is_any(d, phrase, field, at) &&
                                                stands_near(d, phrase, field, at,
                                                            phrase->count + (uint64_t)phrase->near);
            if (found && phrase->fields >> field & 1) {
                posting.fields |= 1U << field;
                posting.times[field]++;
            }
        }
    }
    return posting;
}
