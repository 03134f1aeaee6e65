/* A hash table of words with open addressing; it is filled once and then only read. */
#include "appraise/lexicon.h"

#include "base/spelling.h"

static uint32_t hash(str word)
{
    uint32_t h = 2166136261U;
    for (size_t i = 0; i < word.length; i++)
        h = (h ^ (unsigned char)word.data[i]) * 16777619U;
    return h;
}

static uint32_t slot_of(const lexicon *l, str word)
{
    uint32_t slot = hash(word) % LEXICON_SLOTS;
    while (l->slots[slot].id && !str_equal(l->slots[slot].text, word))
        slot = (slot + 1) % LEXICON_SLOTS;
    return slot;
}

lexicon_word *lexicon_enter(lexicon *l, str word)
{
    char room[SPELLING_ROOM + 4];
    str american = spelling_key(word, room);
    uint32_t slot = slot_of(l, american);
    if (!l->slots[slot].id) {
        if (l->count + 1 > LEXICON_SLOTS / 2)
            return NULL;
        str kept = {arena_copy(l->memory, american), american.length};
        l->slots[slot] = (lexicon_word){.text = kept, .id = ++l->count};
    }
    return &l->slots[slot];
}

const lexicon_word *lexicon_find(const lexicon *l, str word)
{
    char room[SPELLING_ROOM + 4];
    const lexicon_word *found = &l->slots[slot_of(l, spelling_key(word, room))];
    return found->id ? found : NULL;
}
