/* Phrases agree with the plain documents. */
#include "check.h"
#include "index/index.h"
#include "memory_library.h"

#include <string.h>

/* Words that stand somewhere in the library, most often one behind the other. */
static void pick_words(plain_library *l, arena *memory, plain_random *random, index_phrase *out)
{
    str *words = arena_alloc(memory, 4 * sizeof *words);
    const plain_document *d = &l->documents[plain_next(random, (uint32_t)l->count)];
    const plain_text *t = &d->texts[plain_next(random, (uint32_t)d->text_count)];
    uint32_t from = plain_next(random, t->count);
    out->words = words;
    out->count = 1 + plain_next(random, 3);
    for (size_t k = 0; k < out->count; k++) {
        uint32_t at = from + (uint32_t)k;
        uint32_t number = at < t->count && plain_next(random, 8)
                              ? t->words[at]
                              : plain_next(random, l->vocabulary / 3);
        words[k] = str_of(plain_word(memory, number));
    }
    if (plain_next(random, 6) == 0) /* the same word twice */
        words[out->count - 1] = words[0];
    static const unsigned masks[] = {INDEX_ALL_FIELDS, INDEX_ALL_FIELDS, 1U << INDEX_TITLE,
                                     1U << INDEX_ABSTRACT | 1U << INDEX_OTHER,
                                     1U << INDEX_KEYWORDS | 1U << INDEX_AUTHORS};
    out->fields = masks[plain_next(random, 5)];
    out->near = -1;
}

static size_t check_phrase(index *i, const plain_library *l, const index_phrase *phrase)
{
    arena memory = {0};
    index_set set = index_set_new(i, &memory);
    size_t found = 0;
    bool same = true;
    CHECK(index_add_phrase(i, &set, phrase, NULL) == OSLER_OK);
    for (size_t k = 0; k < l->count; k++) {
        bool expected = !l->documents[k].dead && plain_phrase(&l->documents[k], phrase).fields;
        same = same && index_set_has(&set, (index_number)k) == expected;
        found += expected;
    }
    CHECK(same);
    arena_free(&memory);
    return found;
}

/* Check phrases of one sort; there are some that stand somewhere, and some that do not. */
static void check_phrases(uint64_t seed, bool prefix, bool near)
{
    plain_library l;
    arena memory = {0};
    plain_random random = {seed};
    size_t with = 0, without = 0;
    plain_library_make(&l, &(plain_size){seed, 600, 2, 2, 60, 10});
    index *i;
    CHECK(index_open(&i, l.sources, l.source_count, NULL) == OSLER_OK);
    for (unsigned k = 0; k < 150; k++) {
        index_phrase phrase = {0};
        pick_words(&l, &memory, &random, &phrase);
        phrase.prefix = prefix;
        if (prefix) {
            str *last = arena_alloc(&memory, phrase.count * sizeof *last);
            memcpy(last, phrase.words, phrase.count * sizeof *last);
            last[phrase.count - 1].length = 1 + plain_next(&random, 2);
            phrase.words = last;
        }
        phrase.near = near ? (int)plain_next(&random, 6) : -1;
        size_t found = check_phrase(i, &l, &phrase);
        with += found > 0;
        without += found == 0;
        arena_clear(&memory);
    }
    CHECK(with > 20 && without > 5);
    index_close(i);
    arena_free(&memory);
    plain_library_free(&l);
}

TEST(words_one_behind_the_other)
{
    check_phrases(21, false, false);
    check_phrases(22, false, false);
}

TEST(the_last_word_may_go_on)
{
    check_phrases(23, true, false);
    check_phrases(24, true, false);
}

TEST(words_near_to_each_other)
{
    check_phrases(25, false, true);
    check_phrases(26, false, true);
}

TEST(an_empty_phrase_is_nowhere)
{
    plain_library l;
    arena memory = {0};
    plain_library_make(&l, &(plain_size){27, 10, 1, 1, 20, 0});
    index *i;
    CHECK(index_open(&i, l.sources, l.source_count, NULL) == OSLER_OK);
    index_set set = index_set_new(i, &memory);
    index_phrase phrase = {.fields = INDEX_ALL_FIELDS, .near = -1};
    CHECK(index_add_phrase(i, &set, &phrase, NULL) == OSLER_OK);
    CHECK(index_set_count(&set) == 0);
    index_close(i);
    arena_free(&memory);
    plain_library_free(&l);
}
