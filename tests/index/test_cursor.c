/* Cursors and sets agree with the plain documents. */
#include "check.h"
#include "index/index.h"
#include "memory_library.h"

#include <string.h>

static bool posting_agrees(const index_posting *a, const index_posting *b)
{
    return a->fields == b->fields && memcmp(a->times, b->times, sizeof a->times) == 0;
}

static bool places_agree(const index_place *a, size_t count, const index_place *b, size_t expected)
{
    bool same = count == expected;
    for (size_t k = 0; k < count && same; k++)
        same = a[k].position == b[k].position && a[k].marks == b[k].marks;
    return same;
}

/* What the cursor stands on is what the document says. */
static void check_document(index_cursor *c, const plain_document *d, str term, bool look_twice)
{
    arena memory = {0};
    index_posting posting, expected = plain_posting(d, term);
    const index_place *places = NULL;
    index_place *expected_places;
    size_t count, expected_count = plain_places(d, term, &memory, &expected_places);
    index_cursor_get(c, &posting);
    CHECK(posting_agrees(&posting, &expected));
    for (int k = 0; k < 1 + look_twice; k++) {
        CHECK(index_cursor_get_places(c, &places, &count, NULL) == OSLER_OK);
        CHECK(places_agree(places, count, expected_places, expected_count));
    }
    arena_free(&memory);
}

/* Walk through a term with leaps of up to `leap` documents. */
static void check_walk(index *i, const plain_library *l, str term, uint32_t leap)
{
    plain_random random = {leap};
    index_cursor *c;
    CHECK(index_cursor_open(&c, i, term, NULL) == OSLER_OK);
    index_number from = 0, found;
    for (;;) {
        size_t expected = from;
        expected = expected < l->count ? expected : l->count;
        while (expected < l->count && (l->documents[expected].dead ||
                                       !plain_posting(&l->documents[expected], term).fields))
            expected++;
        osler_status status = index_cursor_seek(c, from, &found, NULL);
        CHECK(status == (expected == l->count ? OSLER_END : OSLER_OK));
        if (status)
            break;
        CHECK(found == expected);
        if (plain_next(&random, 3))
            check_document(c, &l->documents[found], term, leap == 1);
        from = found + 1 + plain_next(&random, leap);
    }
    CHECK(index_cursor_seek(c, 0, &found, NULL) == OSLER_END);
    index_cursor_close(c);
}

TEST(cursors_walk_through_living_documents)
{
    static const uint32_t leaps[] = {1, 4, 60, 700};
    plain_library l;
    arena memory = {0};
    plain_library_make(&l, &(plain_size){11, 1500, 2, 2, 40, 10});
    index *i;
    CHECK(index_open(&i, l.sources, l.source_count, NULL) == OSLER_OK);
    for (uint32_t number = 0; number <= l.vocabulary; number += 3)
        for (size_t k = 0; k < sizeof leaps / sizeof *leaps; k++)
            check_walk(i, &l, plain_library_term(&memory, number), leaps[k]);
    check_walk(i, &l, str_of("hD003"), 1);
    check_walk(i, &l, str_of("hD003"), 9);
    index_close(i);
    arena_free(&memory);
    plain_library_free(&l);
}

/* The set holds those living documents that `has` says yes to. */
static void check_set(const plain_library *l, const index_set *set,
                      bool (*has)(const plain_document *d, str value, unsigned fields), str value,
                      unsigned fields)
{
    uint64_t expected = 0;
    bool same = true;
    for (size_t k = 0; k < l->count; k++) {
        bool member = !l->documents[k].dead && has(&l->documents[k], value, fields);
        expected += member;
        same = same && index_set_has(set, (index_number)k) == member;
    }
    CHECK(same);
    CHECK(index_set_count(set) == expected);
    index_number at = 0;
    uint64_t walked = 0;
    for (; index_set_next(set, at, &at); at++)
        walked += index_set_has(set, at);
    CHECK(walked == expected);
}

static bool has_term(const plain_document *d, str term, unsigned fields)
{
    return plain_posting(d, term).fields & fields;
}

static bool has_prefix(const plain_document *d, str prefix, unsigned fields)
{
    str word = str_part(prefix, 1, prefix.length);
    index_phrase phrase = {&word, 1, fields, true, -1};
    return plain_phrase(d, &phrase).fields != 0;
}

TEST(sets_of_terms_and_prefixes)
{
    static const unsigned masks[] = {INDEX_ALL_FIELDS, 1U << INDEX_TITLE, 1U << INDEX_KEYWORDS,
                                     1U << INDEX_OTHER | 1U << INDEX_ABSTRACT, 0};
    static const char *const prefixes[] = {"wba", "wb", "wbaba", "wx", "w"};
    for (unsigned dead = 0; dead <= 15; dead += 15) {
        plain_library l;
        arena memory = {0};
        plain_library_make(&l, &(plain_size){12 + dead, 1000, 1, 3, 90, dead});
        index *i;
        CHECK(index_open(&i, l.sources, l.source_count, NULL) == OSLER_OK);
        for (size_t m = 0; m < sizeof masks / sizeof *masks; m++) {
            for (uint32_t number = 0; number <= l.vocabulary; number += 7) {
                str term = plain_library_term(&memory, number);
                index_set set = index_set_new(i, &memory);
                uint64_t count;
                CHECK(index_add_term(i, &set, term, masks[m], NULL) == OSLER_OK);
                check_set(&l, &set, has_term, term, masks[m]);
                CHECK(index_count_term(i, term, masks[m], &count, NULL) == OSLER_OK);
                CHECK(count == index_set_count(&set));
            }
            for (size_t k = 0; k < sizeof prefixes / sizeof *prefixes; k++) {
                index_set set = index_set_new(i, &memory);
                CHECK(index_add_prefix(i, &set, str_of(prefixes[k]), masks[m], NULL) == OSLER_OK);
                check_set(&l, &set, has_prefix, str_of(prefixes[k]), masks[m]);
            }
        }
        index_close(i);
        arena_free(&memory);
        plain_library_free(&l);
    }
}

static bool is_recent(void *context, const index_facts *facts)
{
    return facts->year >= *(const unsigned *)context;
}

static bool was_recent(const plain_document *d, str value, unsigned year)
{
    (void)value;
    return d->facts.year >= year;
}

static bool is_living(const plain_document *d, str value, unsigned fields)
{
    (void)value;
    (void)fields;
    return !d->dead;
}

TEST(sets_are_joined_and_filtered)
{
    plain_library l;
    arena memory = {0};
    unsigned year = 1994;
    plain_library_make(&l, &(plain_size){14, 700, 2, 2, 30, 10});
    index *i;
    CHECK(index_open(&i, l.sources, l.source_count, NULL) == OSLER_OK);
    index_set all = index_set_new(i, &memory), recent = index_set_new(i, &memory);
    index_set old = index_set_new(i, &memory);
    index_set_add_living(i, &all);
    check_set(&l, &all, is_living, (str){0}, 0);
    index_set_or(&recent, &all);
    CHECK(index_filter(i, &recent, is_recent, &year, NULL) == OSLER_OK);
    check_set(&l, &recent, was_recent, (str){0}, year);
    index_set_or(&old, &all);
    index_set_without(&old, &recent);
    CHECK(index_set_count(&old) + index_set_count(&recent) == index_set_count(&all));
    index_set_and(&old, &recent);
    CHECK(index_set_count(&old) == 0);
    index_close(i);
    arena_free(&memory);
    plain_library_free(&l);
}
