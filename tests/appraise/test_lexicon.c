/* The words of the rules are found in every spelling, and nothing else is. */
#include "appraise/rules.h"
#include "base/spelling.h"
#include "base/words.h"
#include "check.h"

#include <stdio.h>

/* The plain way: keys compared one by one. */
static const lexicon_word *plain_find(const lexicon *l, str text)
{
    char room[SPELLING_ROOM + 4];
    str key = spelling_key(text, room);
    for (uint32_t id = 1; id <= l->count; id++)
        if (str_equal(l->words[id].text, key))
            return &l->words[id];
    return NULL;
}

static bool same_find(arena *memory, const char *text)
{
    const lexicon *l = rules_words();
    word_list list = words_of(memory, str_of(text));
    bool same = list.count == 1;
    for (size_t i = 0; i < list.count; i++)
        same &= lexicon_find(l, list.items[i].folded, true) == plain_find(l, list.items[i].folded);
    if (!same)
        fprintf(stderr, "'%s'\n", text);
    return same;
}

TEST(keys_of_all_words_are_their_own)
{
    const lexicon *l = rules_words();
    char room[SPELLING_ROOM + 4];
    CHECK(l->count > 1000);
    for (uint32_t id = 1; id <= l->count; id++)
        CHECK(str_equal(spelling_key(l->words[id].text, room), l->words[id].text));
}

/* Each word, and each with one or two letters put in, changed or cut off. */
TEST(words_are_found_as_by_their_keys)
{
    static const char *const ends[][2] = {{"", ""},     {"", "s"},   {"", "d"},   {"", "ae"},
                                          {"", "ised"}, {"", "ise"}, {"", "our"}, {"x", ""},
                                          {"ae", ""},   {"o", ""}};
    const lexicon *l = rules_words();
    arena memory = {0};
    bool same = true;
    for (uint32_t id = 1; id <= l->count; id++) {
        str text = l->words[id].text, *others;
        size_t count = spelling_others(&memory, text, &others);
        for (size_t i = 0; i < count; i++)
            same &= lexicon_find(l, words_of(&memory, others[i]).items[0].folded, false) ==
                    &l->words[id];
        for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
            for (size_t cut = 0; cut < 2 && cut < text.length; cut++) {
                char changed[100];
                snprintf(changed, sizeof changed, "%s%.*s%s", ends[i][0], (int)(text.length - cut),
                         text.data, ends[i][1]);
                same &= same_find(&memory, changed);
            }
        for (size_t i = 0; i + 1 < text.length; i++) {
            char changed[100];
            snprintf(changed, sizeof changed, "%.*s%c%.*s", (int)i, text.data,
                     text.data[i] == 'e' ? 'a' : 'u', (int)(text.length - i), text.data + i);
            same &= same_find(&memory, changed);
        }
        arena_clear(&memory);
    }
    CHECK(same);
    arena_free(&memory);
}

TEST(leads_are_noticed)
{
    arena memory = {0};
    word_list list = words_of(&memory, str_of("NCT01234567 ISRCTN12 chictr"));
    for (size_t i = 0; i < list.count; i++)
        CHECK(lexicon_has_lead(rules_words(), list.items[i].folded));
    CHECK(list.count == 3);
    arena_free(&memory);
}
