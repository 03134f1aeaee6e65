/* Making a document of a record: terms are found, their places chained, and both written down. */
#include "index/analyze.h"

#include "base/limits.h"
#include "base/memory.h"
#include "index/coding.h"
#include "index/context.h"
#include "index/family.h"
#include "index/hash.h"
#include "record/record.h"

#include <string.h>

enum {
    FEWEST_SLOTS = 2048,
    MOST_SLOTS = 8192, /* that are kept from one record to the next; likewise */
    MOST_PLACES = 1 << 18,
    BETWEEN_TEXTS = 64,
    MOST_POSITIONS = 1 << 28, /* positions and their marks fit into 32 bits */
    PLACE_BYTES = 5           /* the most bytes of such a number */
};

index_analyzer *index_analyzer_new(void)
{
    index_analyzer *a = memory_alloc(sizeof *a);
    a->seed = (uint64_t)(uintptr_t)a * UINT64_C(0xD6E8FEB86659FD93);
    a->slot_count = FEWEST_SLOTS;
    a->slots = memory_alloc(a->slot_count * sizeof *a->slots);
    return a;
}

void index_analyzer_free(index_analyzer *a)
{
    if (!a)
        return;
    memory_free(a->slots);
    memory_free(a->terms);
    memory_free(a->places);
    memory_free(a->layout.items);
    arena_free(&a->cutting);
    buf_free(&a->plain);
    buf_free(&a->folded);
    buf_free(&a->value);
    buf_free(&a->bytes);
    buf_free(&a->name);
    family_free(a->family);
    memory_free(a);
}

void index_family_key(index_analyzer *a, buf *b, str folded)
{
    if (!a->family)
        a->family = family_new();
    family_add_key(a->family, b, folded);
}

str index_cut(str value)
{
    if (value.length <= LIMIT_TERM)
        return value;
    size_t length = LIMIT_TERM;
    while (length > 0 && ((unsigned char)value.data[length] & 0xC0) == 0x80)
        length--;
    return (str){value.data, length};
}

/* -- terms --------------------------------------------------------------------------------------
 */

static void grow_slots(index_analyzer *a)
{
    memory_free(a->slots);
    a->slot_count *= 2;
    a->slots = memory_alloc(a->slot_count * sizeof *a->slots);
    for (size_t i = 0; i < a->term_count; i++) {
        uint64_t hash = a->terms[i].hash;
        size_t at = hash & (a->slot_count - 1);
        while (a->slots[at])
            at = (at + 1) & (a->slot_count - 1);
        a->slots[at] = hash >> 32 << 32 | (i + 1);
    }
}

static analyze_term *new_term(index_analyzer *a, char kind, str value, uint64_t hash)
{
    char text[1 + LIMIT_TERM];
    text[0] = kind;
    memcpy(text + 1, value.data, value.length);
    if (a->term_count == a->term_room) {
        a->term_room = a->term_room ? a->term_room * 2 : FEWEST_SLOTS / 2;
        a->terms = memory_resize(a->terms, a->term_room * sizeof *a->terms);
    }
    analyze_term *term = &a->terms[a->term_count++];
    size_t length = value.length + 1;
    *term = (analyze_term){{arena_copy(a->memory, (str){text, length}), length}, hash, 0, 0, 0};
    return term;
}

/* The term of this kind and value; `value` is not empty. */
static analyze_term *find_term(index_analyzer *a, char kind, str value)
{
    value = index_cut(value);
    uint64_t hash = hash_term(a->seed, kind, value), slot;
    size_t at = hash & (a->slot_count - 1);
    for (; (slot = a->slots[at]); at = (at + 1) & (a->slot_count - 1)) {
        if ((slot ^ hash) >> 32)
            continue;
        analyze_term *term = &a->terms[(uint32_t)slot - 1];
        if (term->text.length == value.length + 1 && term->text.data[0] == kind &&
            memcmp(term->text.data + 1, value.data, value.length) == 0)
            return term;
    }
    analyze_term *term = new_term(a, kind, value, hash);
    a->slots[at] = hash >> 32 << 32 | a->term_count;
    if (a->term_count * 2 > a->slot_count)
        grow_slots(a);
    return term;
}

void analyze_add_term(index_analyzer *a, enum index_kind kind, str value, unsigned field)
{
    if (value.length)
        find_term(a, (char)kind, value)->fields |= 1U << field;
}

static void add_place(index_analyzer *a, analyze_term *term, uint32_t position, unsigned field,
                      unsigned marks)
{
    if (a->place_count == a->place_room) {
        a->place_room = a->place_room ? a->place_room * 2 : FEWEST_SLOTS;
        a->places = memory_resize(a->places, a->place_room * sizeof *a->places);
    }
    a->places[a->place_count++] =
        (analyze_place){position, 0, (unsigned char)field, (unsigned char)marks};
    uint32_t number = (uint32_t)a->place_count;
    if (term->first)
        a->places[term->last - 1].next = number;
    else
        term->first = number;
    term->last = number;
}

/* -- texts --------------------------------------------------------------------------------------
 */

/* Two letters or more, and no digit. */
static bool can_be_joined(str folded)
{
    size_t letters = 0;
    for (size_t i = 0; i < folded.length; i++) {
        if (char_is_digit(folded.data[i]))
            return false;
        letters += ((unsigned char)folded.data[i] & 0xC0) != 0x80;
    }
    return letters >= 2;
}

bool index_is_joined(str text, const word *w)
{
    uint32_t end = w[-1].offset + w[-1].length;
    return w->gap == '-' && w->offset - end <= 3 && !char_is_space(text.data[end]) &&
           !char_is_space(text.data[w->offset - 1]) && can_be_joined(w[-1].folded) &&
           can_be_joined(w->folded);
}

static void add_joined(index_analyzer *a, const word *w, uint32_t position, unsigned field,
                       unsigned marks)
{
    buf_clear(&a->value);
    buf_add(&a->value, w[-1].folded);
    buf_add(&a->value, w->folded);
    add_place(a, find_term(a, INDEX_JOINED, buf_str(&a->value)), position, field, marks);
}

/* Where the sentences of an abstract begin and end that speak the loudest. */
static void note_sentences(index_analyzer *a, enum index_field field, uint32_t start)
{
    size_t which = field == INDEX_OTHER_ABSTRACT, count = a->words.count, last = count - 1, end = 0;
    const word *words = a->words.items;
    while (end < count && words[end].sentence == 0)
        end++;
    while (last > 0 && words[last - 1].sentence == words[last].sentence)
        last--;
    if (!a->layout.first_sentence_end[which])
        a->layout.first_sentence_end[which] = start + (uint32_t)end;
    a->layout.last_sentence_start[which] = start + (uint32_t)last + words[last].sentence;
}

static void note_text(index_analyzer *a, const analyze_text *what)
{
    if (a->layout.count == a->layout_room) {
        a->layout_room = a->layout_room ? a->layout_room * 2 : 64;
        a->layout.items = memory_resize(a->layout.items, a->layout_room * sizeof *a->layout.items);
    }
    a->layout.items[a->layout.count++] = (index_text){what->field, what->traits, a->next};
    if (what->field == INDEX_ABSTRACT || what->field == INDEX_OTHER_ABSTRACT)
        note_sentences(a, what->field, a->next);
}

size_t analyze_add_text(index_analyzer *a, const analyze_text *what, str plain)
{
    arena_clear(&a->cutting);
    a->words = words_of(&a->cutting, plain);
    const word *words = a->words.items;
    size_t count = a->words.count;
    if (!count)
        return 0;
    uint32_t span = (uint32_t)count + words[count - 1].sentence;
    if (count > MOST_POSITIONS / 2 || span > MOST_POSITIONS - a->next) /* beyond what is indexed */
        return count;
    unsigned char *marks = NULL;
    if (what->topic) {
        context_text context = {&a->words, plain.data, what->harms, what->title};
        marks = context_marks(&a->cutting, &context);
        note_text(a, what);
    }
    for (size_t i = 0; i < count; i++) {
        const word *w = &words[i];
        uint32_t position = a->next + (uint32_t)i + w->sentence;
        if (w->folded.length)
            add_place(a, find_term(a, INDEX_WORD, w->folded), position, what->field,
                      marks ? marks[i] : 0U);
        if (i > 0 && index_is_joined(plain, w))
            add_joined(a, w, position, what->field, marks ? marks[i - 1] : 0U);
    }
    a->next += span;
    a->next += BETWEEN_TEXTS < MOST_POSITIONS - a->next ? BETWEEN_TEXTS : 0U;
    return count;
}

size_t analyze_add_markup(index_analyzer *a, const analyze_text *what, const char *markup)
{
    if (!markup)
        return 0;
    if (!strpbrk(markup, "<&"))
        return analyze_add_text(a, what, str_of(markup));
    buf_clear(&a->plain);
    markup_add_text(&a->plain, str_of(markup));
    return analyze_add_text(a, what, buf_str(&a->plain));
}

/* -- writing down -------------------------------------------------------------------------------
 */

/* After a huge record its memory is given back, and the table need not be cleared for each of the
 * small ones that follow. */
static void forget(index_analyzer *a)
{
    if (a->slot_count <= MOST_SLOTS && a->place_room <= MOST_PLACES) {
        memset(a->slots, 0, a->slot_count * sizeof *a->slots);
        return;
    }
    memory_free(a->slots);
    memory_free(a->terms);
    memory_free(a->places);
    arena_free(&a->cutting);
    buf_free(&a->bytes);
    buf_free(&a->plain);
    a->terms = NULL;
    a->places = NULL;
    a->term_room = a->place_room = 0;
    a->slot_count = FEWEST_SLOTS;
    a->slots = memory_alloc(a->slot_count * sizeof *a->slots);
}

static void start(index_analyzer *a, arena *memory)
{
    forget(a);
    a->memory = memory;
    a->term_count = a->place_count = 0;
    a->next = 0;
    a->layout = (index_layout){.items = a->layout.items}; /* its memory stays */
}

/* The places of a term at `at`, and what fields they are of. */
static unsigned char *put_places(const index_analyzer *a, const analyze_term *term,
                                 unsigned char *at, index_posting *posting)
{
    uint32_t before = 0;
    posting->fields = 0;
    for (uint32_t number = term->first; number;) {
        const analyze_place *place = &a->places[number - 1];
        unsigned bit = 1U << place->field;
        posting->times[place->field] = posting->fields & bit ? posting->times[place->field] + 1 : 1;
        posting->fields |= bit;
        at = coding_put_varint(at, (place->position - before) << 4 | place->marks);
        before = place->position;
        number = place->next;
    }
    return at;
}

static void put_entry(const index_analyzer *a, const analyze_term *term, unsigned char **at,
                      index_entry *entry)
{
    index_posting posting;
    unsigned char *start_of_positions = *at, *payload = *at;
    if (term->first) {
        payload = put_places(a, term, *at, &posting);
    } else {
        posting.fields = term->fields;
        for (unsigned f = 0; f < INDEX_FIELDS; f++)
            posting.times[f] = 1;
    }
    *at = coding_put_payload(payload, &posting);
    *entry = (index_entry){
        .term = term->text,
        .payload = {(char *)payload, (size_t)(*at - payload)},
        .positions = {(char *)start_of_positions, (size_t)(payload - start_of_positions)}};
}

static void finish(index_analyzer *a, index_document *out)
{
    /* A payload has at most one byte for each field, and a varint for those that have many places:
     * fewer bytes than these places. */
    size_t most = a->place_count * (PLACE_BYTES + 1) + a->term_count * INDEX_FIELDS + 1;
    unsigned char *bytes = (unsigned char *)buf_reserve(&a->bytes, most), *at = bytes;
    out->entries = arena_room(a->memory, (a->term_count + 1) * sizeof *out->entries);
    for (size_t i = 0; i < a->term_count; i++)
        put_entry(a, &a->terms[i], &at, &out->entries[i]);
    out->count = a->term_count;
    out->bytes = (size_t)(at - bytes);
    a->bytes.length = 0;
    char *kept = arena_room(a->memory, (size_t)(at - bytes) + 1);
    memcpy(kept, bytes, (size_t)(at - bytes));
    for (size_t i = 0; i < out->count; i++) { /* they move with the bytes */
        index_entry *e = &out->entries[i];
        e->payload.data = kept + (e->payload.data - (char *)bytes);
        e->positions.data = kept + (e->positions.data - (char *)bytes);
    }
    coding_add_layout(&a->bytes, &a->layout);
    out->layout = (str){arena_copy(a->memory, buf_str(&a->bytes)), a->bytes.length};
    buf_clear(&a->bytes);
}

/* Headings that stand twice count once. */
static uint16_t count_headings(const index_analyzer *a)
{
    size_t uis = 0, names = 0;
    for (size_t i = 0; i < a->term_count; i++) {
        uis += a->terms[i].text.data[0] == INDEX_HEADING;
        names += a->terms[i].text.data[0] == INDEX_HEADING_NAME;
    }
    size_t count = uis > names ? uis : names;
    return count < UINT16_MAX ? (uint16_t)count : UINT16_MAX;
}

void index_analyze(index_analyzer *a, arena *memory, const osler_record *record,
                   const index_extra *extra, size_t extra_count, index_document *out)
{
    *out = (index_document){0};
    start(a, memory);
    analyze_words(a, record, out->facts.lengths);
    analyze_terms(a, record);
    out->facts.lengths[INDEX_HEADINGS] = count_headings(a);
    for (size_t i = 0; i < extra_count; i++)
        for (unsigned f = 0; f < INDEX_FIELDS; f++)
            if (extra[i].fields >> f & 1)
                analyze_add_term(a, extra[i].kind, extra[i].value, f);
    finish(a, out);
}
