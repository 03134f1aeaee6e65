/* Phrases by positions: words one behind the other or near to each other, the last a prefix. */
#include "index/phrase.h"

#include "base/error.h"
#include "base/memory.h"
#include "index/dictionary.h"
#include "index/index.h"
#include "index/postings.h"
#include "index/sets.h"

#include <stdlib.h>

/* One word of the phrase. */
struct word {
    postings postings;         /* nothing for a prefix */
    const index_place *places; /* of the document at work */
    size_t count, at;
    unsigned char *fields; /* beside the places; NULL before they are asked for */
    size_t as;             /* the first word of the phrase that is the same */
};

/* A word with the prefix in a document that has all other words. */
struct gathered {
    uint32_t document;
    uint32_t position;
    unsigned char field;
};

struct search {
    index *index;
    reader_segment *segment;
    const index_phrase *phrase;
    const phrase_found *found;
    struct word *words;
    size_t count;       /* words that are no prefix */
    struct word **rare; /* these, the rarest first */
    struct gathered *gathered;
    size_t gathered_count;
    arena document_memory; /* of the document at work */
    bool has_layout;
    index_layout layout;
};

static str word_term(buf *b, str word)
{
    buf_clear(b);
    buf_add_byte(b, INDEX_WORD);
    buf_add(b, word);
    return buf_str(b);
}

static int compare_rarity(const void *left, const void *right)
{
    const struct word *a = *(struct word *const *)left, *b = *(struct word *const *)right;
    if (a->postings.df != b->postings.df)
        return a->postings.df < b->postings.df ? -1 : 1;
    return (a > b) - (a < b);
}

/* Open the words; OSLER_END when the segment has not all of them. */
static osler_status open_words(struct search *x, osler_error *error)
{
    osler_status status = OSLER_OK;
    buf term = {0};
    x->words = memory_alloc((x->phrase->count + 1) * sizeof *x->words);
    x->rare = memory_alloc((x->phrase->count + 1) * sizeof *x->rare);
    size_t wanted = x->phrase->count - x->phrase->prefix;
    for (size_t k = 0; k < wanted && status == OSLER_OK; k++) {
        struct word *w = &x->words[k];
        w->as = x->phrase->near < 0 ? k : 0;
        for (; !str_equal(x->phrase->words[w->as], x->phrase->words[k]); w->as++)
            ;
        status = postings_open(&w->postings, x->index, x->segment,
                               word_term(&term, x->phrase->words[k]), error);
        x->rare[x->count++] = w;
    }
    buf_free(&term);
    if (status == OSLER_OK)
        qsort(x->rare, x->count, sizeof *x->rare, compare_rarity);
    x->words[wanted].as = wanted;
    return status == OSLER_ENOTFOUND ? OSLER_END : status;
}

static void close_search(struct search *x)
{
    for (size_t k = 0; k < x->count; k++)
        postings_close(&x->words[k].postings);
    memory_free(x->words);
    memory_free(x->rare);
    memory_free(x->gathered);
    arena_free(&x->document_memory);
}

/* Move all words to the first living document >= `from` that has them all; OSLER_END: none. */
static osler_status next_common(struct search *x, uint32_t from, uint32_t *out, osler_error *error)
{
    for (size_t agreed = 0; agreed < x->count;) {
        postings *p = &x->rare[agreed]->postings;
        osler_status status = postings_seek(p, from, error);
        if (status)
            return status;
        uint32_t document = postings_document(p);
        if (agreed == 0 && reader_is_dead(x->segment, document)) {
            from = document + 1;
        } else if (agreed && document > from) {
            from = document;
            agreed = 0;
        } else {
            from = document;
            agreed++;
        }
    }
    *out = from;
    return OSLER_OK;
}

/* The layout of the document at work. */
static osler_status need_layout(struct search *x, uint32_t document, osler_error *error)
{
    if (x->has_layout)
        return OSLER_OK;
    x->has_layout = true;
    return reader_get_layout(x->index, x->segment, &x->document_memory, document, &x->layout,
                             error);
}

/* The field of a place: by the layout, whose text `*text` is the one before's, and behind it the
 * first of which the posting has times left; INDEX_FIELDS when there is none. */
static unsigned field_of(const struct search *x, const index_place *place,
                         const index_posting *left, size_t *text)
{
    const index_layout *l = &x->layout;
    unsigned field = 0;
    if (x->has_layout && l->count && place->position < l->end) {
        while (*text + 1 < l->count && l->items[*text + 1].start <= place->position)
            ++*text;
        return left->times[l->items[*text].field] ? (unsigned)l->items[*text].field : INDEX_FIELDS;
    }
    while (field < INDEX_FIELDS && !left->times[field])
        field++;
    return field;
}

/* Texts have their positions field by field (document.h), except that other texts stand both in
 * front and at the end: without these the times of a posting say which field a place is of. */
static void number_fields(const index_posting *posting, struct word *w)
{
    static const unsigned char order[] = {INDEX_TITLE,          INDEX_KEYWORDS, INDEX_ABSTRACT,
                                          INDEX_OTHER_ABSTRACT, INDEX_HEADINGS, INDEX_AUTHORS,
                                          INDEX_AFFILIATIONS,   INDEX_JOURNAL,  INDEX_SUBSTANCES};
    size_t k = 0;
    for (size_t i = 0; i < sizeof order; i++)
        for (uint32_t n = 0; n < posting->times[order[i]] && k < w->count; n++)
            w->fields[k++] = order[i];
}

/* Find the fields of the places of a word, if not done yet. */
static osler_status need_fields(struct search *x, struct word *w, uint32_t document,
                                osler_error *error)
{
    index_posting left;
    size_t text = 0;
    if (w->fields)
        return OSLER_OK;
    osler_status status = postings_get(&w->postings, &left, error);
    bool several = (left.fields & (left.fields - 1)) != 0, other = left.fields >> INDEX_OTHER & 1;
    if (status == OSLER_OK && several && other)
        status = need_layout(x, document, error);
    if (status)
        return status;
    w->fields = arena_alloc(&x->document_memory, w->count + 1);
    if (!other) {
        number_fields(&left, w);
        return OSLER_OK;
    }
    for (size_t k = 0; k < w->count; k++) {
        unsigned field = field_of(x, &w->places[k], &left, &text);
        if (field == INDEX_FIELDS)
            return reader_damaged(x->segment, "positions and layout do not agree", error);
        left.times[field]--;
        w->fields[k] = (unsigned char)field;
    }
    return status;
}

/* Let the prefix have its places in the document from `from` of what was gathered on. */
static void place_prefix(struct search *x, uint32_t document, size_t *from)
{
    struct word *w = &x->words[x->count];
    size_t first = *from;
    while (first < x->gathered_count && x->gathered[first].document < document)
        first++;
    size_t end = first;
    while (end < x->gathered_count && x->gathered[end].document == document)
        end++;
    index_place *places = arena_alloc(&x->document_memory, (end - first + 1) * sizeof *places);
    w->fields = arena_alloc(&x->document_memory, end - first + 1);
    w->count = end - first;
    for (size_t k = 0; k < w->count; k++) {
        places[k].position = x->gathered[first + k].position;
        w->fields[k] = x->gathered[first + k].field;
    }
    w->places = places;
    *from = end;
}

/* The next place of the first word that the others stand behind; `count` when there is none. */
static size_t next_match(struct search *x, size_t from)
{
    struct word *first = &x->words[0];
    for (size_t k = from; k < first->count; k++) {
        uint64_t start = first->places[k].position;
        size_t agreed = 1;
        for (; agreed < x->phrase->count; agreed++) {
            struct word *w = &x->words[agreed];
            while (w->at < w->count && w->places[w->at].position < start + agreed)
                w->at++;
            if (w->at == w->count)
                return first->count;
            if (w->places[w->at].position != start + agreed)
                break;
        }
        if (agreed == x->phrase->count)
            return k;
    }
    return first->count;
}

static osler_status match_ordered(struct search *x, uint32_t document, index_posting *out,
                                  osler_error *error)
{
    struct word *first = &x->words[0];
    bool any = (x->phrase->fields & INDEX_ALL_FIELDS) == INDEX_ALL_FIELDS && !x->found->times;
    for (size_t k = next_match(x, 0); k < first->count; k = next_match(x, k + 1)) {
        if (any) {
            out->fields = INDEX_ALL_FIELDS;
            return OSLER_OK;
        }
        osler_status status = need_fields(x, first, document, error);
        if (status)
            return status;
        unsigned field = first->fields[k];
        out->times[field]++;
        out->fields |= 1U << field & x->phrase->fields;
    }
    return OSLER_OK;
}

/* A place of any word of the phrase. */
struct near_place {
    uint32_t position;
    unsigned char field;
    size_t word; /* struct word.as */
};

static int compare_near(const void *left, const void *right)
{
    const struct near_place *a = left, *b = right;
    if (a->field != b->field)
        return a->field < b->field ? -1 : 1;
    if (a->position != b->position)
        return a->position < b->position ? -1 : 1;
    return (a->word > b->word) - (a->word < b->word);
}

/* Count the places from which on all words stand within reach, field by field.  `lacking` says how
 * many of each word are still lacking. */
static void count_near(const struct search *x, const struct near_place *places, size_t count,
                       int64_t *lacking, index_posting *out)
{
    size_t behind = 0, words = x->phrase->count, missing = words;
    uint64_t reach = (uint64_t)x->phrase->near + words;
    for (size_t first = 0; first < count; first++) {
        while (behind < count && missing && places[behind].field == places[first].field)
            missing -= lacking[places[behind++].word]-- > 0;
        unsigned field = places[first].field;
        if (!missing &&
            (uint64_t)places[behind - 1].position - places[first].position + 1 <= reach) {
            out->times[field]++;
            out->fields |= 1U << field & x->phrase->fields;
        }
        missing += ++lacking[places[first].word] > 0;
    }
}

static osler_status match_near(struct search *x, uint32_t document, index_posting *out,
                               osler_error *error)
{
    size_t count = 0, words = x->phrase->count;
    for (size_t k = 0; k < words; k++)
        count += x->words[k].as == k ? x->words[k].count : 0;
    struct near_place *places = arena_alloc(&x->document_memory, (count + 1) * sizeof *places);
    int64_t *lacking = arena_alloc(&x->document_memory, words * sizeof *lacking);
    count = 0;
    for (size_t k = 0; k < words; k++) {
        struct word *w = &x->words[k];
        lacking[w->as]++;
        if (w->as != k)
            continue;
        osler_status status = need_fields(x, w, document, error);
        if (status)
            return status;
        for (size_t n = 0; n < w->count; n++)
            places[count++] = (struct near_place){w->places[n].position, w->fields[n], k};
    }
    qsort(places, count, sizeof *places, compare_near);
    count_near(x, places, count, lacking, out);
    return OSLER_OK;
}

/* Look at a document that has all words. */
static osler_status match(struct search *x, uint32_t document, osler_error *error)
{
    index_posting posting = {0};
    for (size_t k = 0; k < x->count; k++) {
        struct word *w = &x->words[k];
        osler_status status = postings_get_places(&w->postings, &w->places, &w->count, error);
        if (status)
            return status;
        w->fields = NULL;
    }
    for (size_t k = 0; k < x->phrase->count; k++)
        x->words[k].at = 0;
    osler_status status = x->phrase->near < 0 ? match_ordered(x, document, &posting, error)
                                              : match_near(x, document, &posting, error);
    for (unsigned f = 0; f < INDEX_FIELDS; f++)
        if (!(posting.fields >> f & 1))
            posting.times[f] = 0;
    if (status == OSLER_OK && posting.fields)
        x->found->call(x->found->context, document, x->found->times ? &posting : NULL);
    return status;
}

static void leave_document(struct search *x)
{
    x->has_layout = false;
    arena_clear(&x->document_memory);
}

/* Add the places of one word with the prefix in the document that its postings stand on. */
static osler_status gather(struct search *x, struct word *w, osler_error *error)
{
    uint32_t document = postings_document(&w->postings);
    osler_status status = postings_get_places(&w->postings, &w->places, &w->count, error);
    w->fields = NULL;
    if (status == OSLER_OK)
        status = need_fields(x, w, document, error);
    for (size_t k = 0; k < w->count && status == OSLER_OK; k++) {
        if ((x->gathered_count & (x->gathered_count - 1)) == 0)
            x->gathered = memory_resize(
                x->gathered, (x->gathered_count ? x->gathered_count * 2 : 1) * sizeof *x->gathered);
        x->gathered[x->gathered_count++] =
            (struct gathered){document, w->places[k].position, w->fields[k]};
    }
    leave_document(x);
    return status;
}

/* The first of rising `documents` from `at` on that is `from` or more. */
static size_t first_from(const uint32_t *documents, size_t at, size_t count, uint32_t from)
{
    size_t step = 1;
    while (at + step < count && documents[at + step] < from) {
        at += step;
        step *= 2;
    }
    size_t high = at + step < count ? at + step : count;
    while (at < high) {
        size_t middle = at + (high - at) / 2;
        if (documents[middle] < from)
            at = middle + 1;
        else
            high = middle;
    }
    return at;
}

/* Documents that have all other words. */
struct candidates {
    uint32_t *items;
    size_t count;
};

/* Gather a word with the prefix where the documents are among the candidates. */
static osler_status gather_word(struct search *x, const coding_term *term,
                                const struct candidates *list, osler_error *error)
{
    struct word w = {0};
    osler_status status =
        postings_open_entry(&w.postings, x->index, x->segment, INDEX_WORD, term, error);
    for (size_t k = 0; k < list->count && status == OSLER_OK;) {
        status = postings_seek(&w.postings, list->items[k], error);
        if (status)
            break;
        uint32_t document = postings_document(&w.postings);
        k = first_from(list->items, k, list->count, document);
        if (k < list->count && list->items[k] == document) {
            status = gather(x, &w, error);
            k++;
        }
    }
    postings_close(&w.postings);
    return status == OSLER_END ? OSLER_OK : status;
}

static int compare_gathered(const void *left, const void *right)
{
    const struct gathered *a = left, *b = right;
    if (a->document != b->document)
        return a->document < b->document ? -1 : 1;
    return (a->position > b->position) - (a->position < b->position);
}

/* Gather all words with the prefix in the documents that have all other words. */
static osler_status gather_prefix(struct search *x, struct candidates *list, osler_error *error)
{
    osler_status status = OSLER_OK;
    uint32_t document = 0;
    while ((status = next_common(x, document, &document, error)) == OSLER_OK) {
        if ((list->count & (list->count - 1)) == 0)
            list->items = memory_resize(list->items,
                                        (list->count ? list->count * 2 : 1) * sizeof *list->items);
        list->items[list->count++] = document++;
    }
    if (status != OSLER_END || list->count == 0)
        return status == OSLER_END ? OSLER_OK : status;
    dictionary_walk walk;
    buf term = {0};
    status = dictionary_start(&walk, x->index, x->segment,
                              word_term(&term, x->phrase->words[x->count]), error);
    while (status == OSLER_OK && (status = dictionary_next(&walk, error)) == OSLER_OK)
        status = gather_word(x, &walk.term, list, error);
    dictionary_end(&walk);
    buf_free(&term);
    if (x->gathered_count)
        qsort(x->gathered, x->gathered_count, sizeof *x->gathered, compare_gathered);
    return status == OSLER_END ? OSLER_OK : status;
}

/* Look at the candidates, now that all places of the prefix are known. */
static osler_status match_with_prefix(struct search *x, osler_error *error)
{
    struct candidates list = {0};
    osler_status status = gather_prefix(x, &list, error);
    for (size_t k = 0; k < x->count; k++)
        postings_restart(&x->words[k].postings);
    for (size_t at = 0; status == OSLER_OK && at < x->gathered_count;) {
        uint32_t document = x->gathered[at].document;
        status = next_common(x, document, &document, error);
        if (status)
            break;
        place_prefix(x, document, &at);
        status = match(x, document, error);
        leave_document(x);
    }
    memory_free(list.items);
    return status == OSLER_END ? OSLER_OK : status;
}

static osler_status match_words(struct search *x, osler_error *error)
{
    uint32_t document = 0;
    osler_status status;
    while ((status = next_common(x, document, &document, error)) == OSLER_OK) {
        status = match(x, document, error);
        leave_document(x);
        if (status)
            break;
        document++;
    }
    return status == OSLER_END ? OSLER_OK : status;
}

osler_status phrase_find(index *i, reader_segment *s, const index_phrase *phrase,
                         const phrase_found *found, osler_error *error)
{
    struct search x = {.index = i, .segment = s, .phrase = phrase, .found = found};
    if (phrase->count < 2)
        return OSLER_OK;
    osler_status status = open_words(&x, error);
    if (status == OSLER_OK)
        status = phrase->prefix ? match_with_prefix(&x, error) : match_words(&x, error);
    close_search(&x);
    return status == OSLER_END ? OSLER_OK : status;
}

/* A set that gets the documents of a segment. */
struct filled {
    index_set *set;
    const reader_segment *segment;
};

static void add_found(void *context, uint32_t document, const index_posting *posting)
{
    (void)posting;
    struct filled *to = context;
    sets_add(to->set, to->segment->first + document);
}

osler_status index_add_phrase(index *i, index_set *set, const index_phrase *phrase,
                              osler_error *error)
{
    osler_status status = OSLER_OK;
    buf term = {0};
    if (phrase->count == 1) {
        str word = word_term(&term, phrase->words[0]);
        status = phrase->prefix ? index_add_prefix(i, set, word, phrase->fields, error)
                                : index_add_term(i, set, word, phrase->fields, error);
    }
    for (size_t k = 0; phrase->count > 1 && k < i->count && status == OSLER_OK; k++) {
        struct filled to = {set, &i->segments[k]};
        phrase_found found = {.context = &to, .call = add_found};
        status = phrase_find(i, &i->segments[k], phrase, &found, error);
    }
    buf_free(&term);
    return status;
}
