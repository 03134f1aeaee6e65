/* Opening an index: what its segments hold, what is damaged, what is not there. */
#include "base/memory.h"
#include "check.h"
#include "index/coding.h"
#include "index/index.h"
#include "index/writer.h"
#include "memory_library.h"

#include <string.h>

static index *open_library(plain_library *l, const plain_size *size)
{
    index *i = NULL;
    plain_library_make(l, size);
    CHECK(index_open(&i, l->sources, l->source_count, NULL) == OSLER_OK);
    return i;
}

static bool facts_agree(const index_facts *a, const index_facts *b)
{
    return a->citation == b->citation && a->pmid == b->pmid && a->year == b->year &&
           memcmp(a->lengths, b->lengths, sizeof a->lengths) == 0;
}

TEST(documents_are_numbered_through_all_sources)
{
    plain_library l;
    index *i = open_library(&l, &(plain_size){1, 3000, 2, 3, 50, 10});
    CHECK(index_size(i) == l.count);
    for (size_t k = 0; k < l.count; k++) {
        const plain_document *d = &l.documents[k];
        index_number found;
        index_facts facts;
        CHECK(index_get_facts(i, d->number, &facts, NULL) == OSLER_OK);
        CHECK(facts_agree(&facts, &d->facts));
        CHECK(index_source_of(i, d->number) == d->source);
        CHECK(index_is_dead(i, d->number) == d->dead);
        osler_status status = index_find_citation(i, d->source, facts.citation, &found, NULL);
        CHECK(d->dead ? status == OSLER_ENOTFOUND : status == OSLER_OK && found == d->number);
    }
    index_close(i);
    plain_library_free(&l);
}

/* Which of two stands first among the latest. */
static bool is_later(const plain_document *a, const plain_document *b)
{
    if (a->facts.date != b->facts.date)
        return a->facts.date > b->facts.date;
    if (!a->facts.pmid != !b->facts.pmid)
        return a->facts.pmid != 0;
    return a->facts.pmid != b->facts.pmid ? a->facts.pmid < b->facts.pmid : a->number < b->number;
}

static const plain_document *numbered(const plain_library *l, index_number number)
{
    for (size_t k = 0; k < l->count; k++)
        if (l->documents[k].number == number)
            return &l->documents[k];
    return NULL;
}

TEST(the_latest_come_first)
{
    static const size_t most[] = {0, 1, 20, 399, 400, 5000};
    plain_library l;
    arena memory = {0};
    index *i = open_library(&l, &(plain_size){8, 800, 2, 2, 50, 10});
    index_set set = index_set_new(i, &memory);
    size_t members = 0;
    for (index_number n = 0; n < index_size(i); n += 2, members++)
        set.bits[n / 64] |= UINT64_C(1) << n % 64;
    for (size_t k = 0; k < sizeof most / sizeof *most; k++) {
        index_numbers found;
        CHECK(index_get_latest(i, &memory, &set, most[k], &found, NULL) == OSLER_OK);
        const index_number *latest = found.items;
        size_t count = found.count;
        CHECK(count == (most[k] < members ? most[k] : members));
        for (size_t n = 1; n < count; n++)
            CHECK(is_later(numbered(&l, latest[n - 1]), numbered(&l, latest[n])));
        for (index_number n = 0; count && n < index_size(i); n += 2) { /* none is left out */
            bool there = false;
            for (size_t m = 0; m < count; m++)
                there |= latest[m] == n;
            CHECK(there || is_later(numbered(&l, latest[count - 1]), numbered(&l, n)));
        }
    }
    arena_free(&memory);
    index_close(i);
    plain_library_free(&l);
}

static bool is_late(void *context, index_date date)
{
    return date.date >= *(uint32_t *)context && date.year == date.date / 10000;
}

TEST(dates_are_those_of_the_facts)
{
    uint32_t from = 19940100;
    plain_library l;
    arena memory = {0};
    index *i = open_library(&l, &(plain_size){9, 6000, 1, 1, 50, 10});
    index_set set = index_set_new(i, &memory);
    for (index_number n = 0; n < index_size(i); n++)
        set.bits[n / 64] |= UINT64_C(1) << n % 64;
    CHECK(index_filter_dates(i, &set, is_late, &from, NULL) == OSLER_OK);
    for (size_t k = 0; k < l.count; k++) {
        index_date date;
        const plain_document *d = &l.documents[k];
        CHECK(index_get_date(i, d->number, &date, NULL) == OSLER_OK);
        CHECK(date.date == d->facts.date && date.year == d->facts.year);
        CHECK(index_set_has(&set, d->number) == (d->facts.date >= from));
    }
    arena_free(&memory);
    index_close(i);
    plain_library_free(&l);
}

TEST(sums_are_those_of_living_documents)
{
    plain_library l;
    index *i = open_library(&l, &(plain_size){2, 500, 3, 2, 50, 20});
    index_sums sums = {0};
    for (size_t k = 0; k < l.count; k++)
        if (!l.documents[k].dead)
            coding_count_document(&sums, l.documents[k].facts.lengths, 1);
    const index_sums *found = index_get_sums(i);
    CHECK(found->documents == sums.documents && sums.documents < 500);
    for (unsigned f = 0; f < INDEX_MEASURED; f++)
        CHECK(found->with[f] == sums.with[f] && found->words[f] == sums.words[f]);
    index_close(i);
    plain_library_free(&l);
}

TEST(layouts_are_read)
{
    plain_library l;
    index *i = open_library(&l, &(plain_size){3, 4000, 1, 2, 50, 0});
    arena memory = {0};
    for (size_t k = 0; k < l.count; k++) {
        const plain_document *d = &l.documents[k];
        index_layout layout;
        CHECK(index_get_layout(i, &memory, d->number, &layout, NULL) == OSLER_OK);
        CHECK(layout.count == d->topic_count && layout.end == d->end);
        for (size_t t = 0; t < layout.count && t < d->topic_count; t++)
            CHECK(layout.items[t].field == d->texts[t].field &&
                  layout.items[t].start == d->texts[t].start);
        arena_clear(&memory);
    }
    arena_free(&memory);
    index_close(i);
    plain_library_free(&l);
}

TEST(what_is_not_there_is_not_found)
{
    plain_library l;
    index *i = open_library(&l, &(plain_size){4, 100, 1, 1, 20, 0});
    index_number found;
    index_facts facts;
    CHECK(index_find_citation(i, 0, 100000, &found, NULL) == OSLER_ENOTFOUND);
    CHECK(index_find_citation(i, 0, -1, &found, NULL) == OSLER_ENOTFOUND);
    CHECK(index_find_citation(i, 7, 1, &found, NULL) == OSLER_ENOTFOUND);
    CHECK(index_get_facts(i, 100, &facts, NULL) == OSLER_ENOTFOUND);
    CHECK(index_is_dead(i, 100));
    index_close(i);
    plain_library_free(&l);
}

TEST(an_index_of_nothing_is_empty)
{
    index *i;
    arena memory = {0};
    CHECK(index_open(&i, NULL, 0, NULL) == OSLER_OK);
    CHECK(index_size(i) == 0);
    index_set set = index_set_new(i, &memory);
    index_number found;
    index_set_add_living(i, &set);
    CHECK(index_set_count(&set) == 0 && !index_set_next(&set, 0, &found));
    CHECK(index_add_term(i, &set, str_of("wmigraine"), INDEX_ALL_FIELDS, NULL) == OSLER_OK);
    index_result *results;
    size_t count;
    index_ranking ranking = {.within = &set};
    CHECK(index_rank(i, &memory, &ranking, &results, &count, NULL) == OSLER_OK && count == 0);
    index_close(i);
    arena_free(&memory);
}

/* Damage one byte of a header. */
static osler_status open_with(plain_library *l, size_t byte, char value)
{
    size_t length;
    index *i;
    char *header = memory_segments_chunk(l->segments[0], 1, PART_HEADER, 0, &length);
    CHECK(header && byte < length);
    char before = header[byte];
    header[byte] = value;
    osler_status status = index_open(&i, l->sources, l->source_count, NULL);
    CHECK(status == OSLER_OK || i == NULL);
    index_close(i);
    header[byte] = before;
    return status;
}

TEST(a_header_that_cannot_be_is_refused)
{
    plain_library l;
    plain_library_make(&l, &(plain_size){5, 100, 1, 1, 20, 0});
    CHECK(open_with(&l, 0, 1) == OSLER_OK);
    CHECK(open_with(&l, 0, 99) == OSLER_EDAMAGED); /* its form */
    CHECK(open_with(&l, 4, 99) == OSLER_EDAMAGED); /* its documents */
    CHECK(open_with(&l, 8, 1) == OSLER_EDAMAGED);
    CHECK(open_with(&l, 19, 0x70) == OSLER_EDAMAGED); /* its last citation is below its first */
    plain_library_free(&l);
}

TEST(documents_that_are_only_claimed_get_no_memory)
{
    plain_library l;
    size_t length;
    plain_library_make(&l, &(plain_size){6, 100, 1, 1, 20, 0});
    char *header = memory_segments_chunk(l.segments[0], 1, PART_HEADER, 0, &length);
    index_header h;
    buf b = {0};
    index *i;
    CHECK(index_header_unpack(&h, (str){header, length}));
    h.documents = 3900000000;
    h.sums.documents = 3900000000;
    index_header_pack(&b, &h);
    CHECK(b.length == length);
    memcpy(header, b.data, length);
    CHECK(index_open(&i, l.sources, 1, NULL) == OSLER_EDAMAGED && i == NULL);
    buf_free(&b);
    plain_library_free(&l);
}

/* A source whose one segment has tombstones of `length` bytes. */
struct marked {
    index_source source;
    str tombstones;
};

static osler_status marked_segment(void *context, size_t nth, int64_t *number, str *tombstones,
                                   index_sums *dead, osler_error *error)
{
    struct marked *m = context;
    osler_status status =
        m->source.segment(m->source.context, nth, number, tombstones, dead, error);
    *tombstones = m->tombstones;
    dead->documents = 1;
    return status;
}

static osler_status marked_chunk(void *context, int64_t segment, enum index_part part,
                                 uint64_t number, str *out, osler_error *error)
{
    struct marked *m = context;
    return m->source.chunk(m->source.context, segment, part, number, out, error);
}

TEST(tombstones_may_be_too_short_or_too_long)
{
    static const char bytes[64] = {2};
    for (size_t length = 0; length <= sizeof bytes; length += 8) {
        plain_library l;
        plain_library_make(&l, &(plain_size){7, 100, 1, 1, 20, 0});
        struct marked m = {l.sources[0], {bytes, length}};
        index_source source = {.context = &m, .segment = marked_segment, .chunk = marked_chunk};
        index *i;
        osler_status status = index_open(&i, &source, 1, NULL);
        CHECK(status == (length ? OSLER_OK : OSLER_EDAMAGED)); /* one must be dead */
        if (status == OSLER_OK) {
            arena memory = {0};
            index_set set = index_set_new(i, &memory);
            set.bits[1] = 1;
            CHECK(!index_is_dead(i, 0) && index_is_dead(i, 1) && !index_is_dead(i, 99));
            CHECK(index_hide(i, &set, NULL) == OSLER_OK);
            CHECK(index_is_dead(i, 64) && index_get_sums(i)->documents == 98);
            arena_free(&memory);
        }
        index_close(i);
        plain_library_free(&l);
    }
}

struct terms {
    buf all;
    size_t most;
};

static bool note_term(void *context, str term, uint64_t df)
{
    struct terms *t = context;
    buf_printf(&t->all, "%.*s:%llu ", STR_ARG(term), (unsigned long long)df);
    return --t->most > 0;
}

/* A segment of documents that have one title word each. */
static void write_words(memory_segments *m, const char *const *words, size_t count, int64_t from)
{
    index_writer *w = index_writer_new();
    index_sink sink = memory_segments_sink(m);
    index_header header;
    memory_segments_start(m);
    for (size_t k = 0; k < count; k++) {
        char term[64] = {INDEX_WORD};
        strcpy(term + 1, words[k]);
        index_entry e = {str_of(term), {"\0", 1}, {"\0", 1}};
        index_document d = {.entries = &e, .count = 1, .layout = {"\0\0", 2}};
        d.facts.citation = from + (int64_t)k;
        d.facts.lengths[INDEX_TITLE] = 1;
        index_writer_add(w, &d);
    }
    CHECK(index_writer_write(w, &sink, &header, NULL) == OSLER_OK);
    index_writer_free(w);
}

TEST(terms_of_all_segments_come_in_order_each_once)
{
    static const char *const one[] = {"migraine", "migraines", "pain", "migraine"};
    static const char *const two[] = {"migraines", "migrant", "ache", "mi"};
    memory_segments *m = memory_segments_new();
    write_words(m, one, 4, 1);
    write_words(m, two, 4, 10);
    index_source source = memory_segments_source(m);
    index *i;
    CHECK(index_open(&i, &source, 1, NULL) == OSLER_OK);
    struct terms t = {.most = 100};
    CHECK(index_each_term(i, str_of("wmigr"), note_term, &t, NULL) == OSLER_OK);
    CHECK_TEXT(buf_text(&t.all), "wmigraine:2 wmigraines:2 wmigrant:1 ");
    buf_clear(&t.all);
    CHECK(index_each_term(i, str_of(""), note_term, &t, NULL) == OSLER_OK);
    CHECK_TEXT(buf_text(&t.all), "wache:1 wmi:1 wmigraine:2 wmigraines:2 wmigrant:1 wpain:1 ");
    buf_clear(&t.all);
    t.most = 2;
    CHECK(index_each_term(i, str_of("w"), note_term, &t, NULL) == OSLER_OK);
    CHECK_TEXT(buf_text(&t.all), "wache:1 wmi:1 ");
    buf_clear(&t.all);
    CHECK(index_each_term(i, str_of("x"), note_term, &t, NULL) == OSLER_OK);
    CHECK(index_each_term(i, str_of("a"), note_term, &t, NULL) == OSLER_OK);
    CHECK_TEXT(buf_text(&t.all), "");
    buf_free(&t.all);
    index_close(i);
    memory_segments_free(m);
}

static void check_family(index *i, index_analyzer *a, const char *word, const char *expected)
{
    arena memory = {0};
    buf key = {0}, all = {0};
    str *words;
    size_t count;
    index_family_key(a, &key, str_of(word));
    CHECK(index_get_family(i, &memory, buf_str(&key), &words, &count, NULL) == OSLER_OK);
    for (size_t k = 0; k < count; k++)
        buf_printf(&all, "%.*s ", STR_ARG(words[k]));
    CHECK_TEXT(buf_text(&all), expected);
    buf_free(&key);
    buf_free(&all);
    arena_free(&memory);
}

TEST(families_are_those_of_all_segments)
{
    static const char *const one[] = {"migraine", "tumour", "pain"};
    static const char *const two[] = {"migraines", "tumors", "tumour", "zoster"};
    memory_segments *m = memory_segments_new();
    write_words(m, one, 3, 1);
    write_words(m, two, 4, 10);
    index_source source = memory_segments_source(m);
    index *i;
    index_analyzer *a = index_analyzer_new();
    CHECK(index_open(&i, &source, 1, NULL) == OSLER_OK);
    check_family(i, a, "migraine", "migraine migraines ");
    check_family(i, a, "tumor", "tumors tumour ");
    check_family(i, a, "pain", "pain ");
    check_family(i, a, "nothing", "");
    index_analyzer_free(a);
    index_close(i);
    memory_segments_free(m);
}
