/* A hash table of words with open addressing; it is filled once and then only read. */
#include "appraise/lexicon.h"

#include "appraise/hash.h"
#include "base/spelling.h"

/* The slot of a word as it is compared, or the free one where it would stand. */
static uint32_t slot_of(const lexicon *l, str key, uint32_t hash)
{
    uint32_t at = hash % LEXICON_SLOTS, slot;
    for (; (slot = l->slots[at]) != 0; at = (at + 1) % LEXICON_SLOTS)
        if ((slot ^ hash) / LEXICON_WORDS == 0 &&
            str_equal(l->words[slot % LEXICON_WORDS].text, key))
            break;
    return at;
}

lexicon_word *lexicon_enter(lexicon *l, str word)
{
    char room[SPELLING_ROOM + 4];
    str key = spelling_key(word, room);
    uint32_t hash = hash_word(key), at = slot_of(l, key, hash);
    if (!l->slots[at]) {
        if (l->count + 1 >= LEXICON_WORDS)
            return NULL;
        uint32_t id = ++l->count;
        str kept = {arena_copy(l->memory, key), key.length};
        l->words[id] = (lexicon_word){.text = kept, .id = id};
        l->slots[at] = hash / LEXICON_WORDS * LEXICON_WORDS | id;
    }
    return &l->words[l->slots[at] % LEXICON_WORDS];
}

const lexicon_word *lexicon_find(const lexicon *l, str word)
{
    char room[SPELLING_ROOM + 4];
    str key = spelling_key(word, room);
    uint32_t slot = l->slots[slot_of(l, key, hash_word(key))];
    return slot ? &l->words[slot % LEXICON_WORDS] : NULL;
}
