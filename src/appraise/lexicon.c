/* A hash table of words in all their spellings; it is filled once and then only read. */
#include "appraise/lexicon.h"

#include "appraise/hash.h"
#include "base/spelling.h"

/* The slot of a form, or the free one where it would stand. */
static uint32_t slot_of(const lexicon *l, str form, uint32_t hash)
{
    uint32_t at = hash % LEXICON_SLOTS, slot;
    for (; (slot = l->slots[at]) != 0; at = (at + 1) % LEXICON_SLOTS)
        if ((slot ^ hash) / LEXICON_FORMS == 0 &&
            str_equal(l->forms[slot % LEXICON_FORMS].text, form))
            break;
    return at;
}

/* The id of a form; 0 when it is none. */
static uint32_t id_of(const lexicon *l, str form, uint32_t hash)
{
    uint32_t slot = l->slots[slot_of(l, form, hash)];
    return slot ? l->forms[slot % LEXICON_FORMS].id : 0;
}

static bool add_form(lexicon *l, str form, uint32_t id)
{
    uint32_t hash = hash_text(form), at = slot_of(l, form, hash);
    if (l->slots[at])
        return true;
    if (l->form_count + 1 >= LEXICON_FORMS)
        return false;
    uint32_t number = ++l->form_count;
    l->forms[number] = (lexicon_form){form, id};
    l->slots[at] = hash / LEXICON_FORMS * LEXICON_FORMS | number;
    return true;
}

lexicon_word *lexicon_enter(lexicon *l, str word)
{
    char room[SPELLING_ROOM + 4];
    str key = spelling_key(word, room);
    uint32_t id = id_of(l, key, hash_text(key));
    if (!id) {
        if (l->finished || l->count + 1 >= LEXICON_WORDS)
            return NULL;
        str kept = {arena_copy(l->memory, key), key.length};
        if (!add_form(l, kept, l->count + 1))
            return NULL;
        id = ++l->count;
        l->words[id] = (lexicon_word){.text = kept, .id = id};
    }
    return &l->words[id];
}

/* The bit of three letters among 256. */
static unsigned lead_of(const char *letters)
{
    return (bytes_four(letters) & 0xFFFFFF) * UINT32_C(0x9E3779B1) >> 24;
}

void lexicon_add_lead(lexicon *l, const char *lead)
{
    char letters[4] = "";
    for (size_t i = 0; i < 3 && lead[i]; i++)
        letters[i] = char_lower(lead[i]);
    unsigned bit = lead_of(letters);
    l->leads[bit >> 6] |= UINT64_C(1) << (bit & 63);
}

bool lexicon_has_lead(const lexicon *l, str word)
{
    unsigned bit = lead_of(word.data);
    return l->leads[bit >> 6] >> (bit & 63) & 1;
}

bool lexicon_finish(lexicon *l)
{
    bool room = true;
    l->finished = true;
    for (uint32_t id = 1; id <= l->count; id++) {
        str *others;
        size_t count = spelling_others(l->memory, l->words[id].text, &others);
        for (size_t i = 0; i < count; i++)
            room &= add_form(l, others[i], id);
    }
    return room;
}

/* Spellings with "ae" are not entered: they can be many, and few words have any. */
const lexicon_word *lexicon_find(const lexicon *l, str word, bool ligatures)
{
    char room[SPELLING_ROOM + 4];
    uint32_t id = id_of(l, word, hash_word(word));
    if (!id && ligatures && spelling_has_ligature(word)) {
        str key = spelling_key(word, room);
        id = id_of(l, key, hash_text(key));
    }
    return id ? &l->words[id] : NULL;
}
