/* Looking up in the dictionaries of segments: terms, prefixes, families of words. */
#include "index/dictionary.h"

#include "base/error.h"
#include "base/memory.h"
#include "index/memo.h"

#include <stdlib.h>
#include <string.h>

/* The chunk that `key` would be in; OSLER_ENOTFOUND when it is below all. */
static osler_status seek_chunk(index *i, const reader_segment *s, enum index_part part, str key,
                               coding_bytes *out, osler_error *error)
{
    str bytes = {0};
    uint64_t number;
    osler_status status = s->source->seek(s->source->context, s->number, part, key, &number, error);
    if (status)
        return status;
    status = reader_get_chunk(i, s, part, number, &bytes, error);
    if (status == OSLER_ENOTFOUND)
        return reader_damaged(s, "a part of a dictionary is missing", error);
    *out = coding_bytes_of(bytes);
    return status;
}

/* The bytes that both begin with. */
static size_t shared_bytes(str a, str b)
{
    size_t length = a.length < b.length ? a.length : b.length, at = 0;
    while (at < length && a.data[at] == b.data[at])
        at++;
    return at;
}

/* Look for the term in a chunk.  Of each key only what tells it from the term is compared: a key
 * that shares more with the key before than the term does stands on the same side of it. */
static osler_status find_in_chunk(const reader_segment *s, coding_bytes left, str term,
                                  coding_term *out, osler_error *error)
{
    uint64_t length = 0, shared; /* of the key at hand */
    size_t same = 0;             /* bytes that it shares with the term */
    char kind = 0;
    str further;
    while (left.at < left.end) {
        bool sound = coding_next_key(&left, length, &shared, &further);
        if (sound && shared == 0)
            kind = further.data[0];
        if (!sound || !coding_get_term(&left, kind, out))
            return reader_damaged(s, "its terms cannot be read", error);
        length = shared + further.length;
        if (shared < same)
            break;
        if (shared > same)
            continue;
        str rest = str_part(term, same, term.length);
        size_t more = shared_bytes(further, rest);
        same += more;
        if (more == rest.length)
            return more == further.length ? OSLER_OK : OSLER_ENOTFOUND;
        if (more < further.length &&
            (unsigned char)further.data[more] > (unsigned char)rest.data[more])
            break;
    }
    return OSLER_ENOTFOUND;
}

osler_status dictionary_find(index *i, const reader_segment *s, str term, coding_term *out,
                             osler_error *error)
{
    osler_status status;
    coding_bytes left = {0};
    *out = (coding_term){0};
    if (memo_find(i->memo, s, term, out, &status))
        return status;
    status = seek_chunk(i, s, PART_TERMS, term, &left, error);
    if (status == OSLER_OK)
        status = find_in_chunk(s, left, term, out, error);
    if (status == OSLER_OK || status == OSLER_ENOTFOUND)
        memo_add(&i->memo, s, term, out, status);
    return status;
}

osler_status dictionary_start(dictionary_walk *w, index *i, const reader_segment *s, str prefix,
                              osler_error *error)
{
    *w = (dictionary_walk){.index = i, .segment = s, .prefix = prefix};
    osler_status status =
        s->source->seek(s->source->context, s->number, PART_TERMS, prefix, &w->chunk, error);
    if (status == OSLER_ENOTFOUND) {
        w->chunk = 0;
        return OSLER_OK;
    }
    return status;
}

/* Go to the next chunk; OSLER_END when that was the last. */
static osler_status next_chunk(dictionary_walk *w, osler_error *error)
{
    str bytes;
    osler_status status =
        reader_get_chunk(w->index, w->segment, PART_TERMS, w->chunk, &bytes, error);
    if (status)
        return status == OSLER_ENOTFOUND ? OSLER_END : status;
    w->chunk++;
    w->left = coding_bytes_of(bytes);
    if (!bytes.length)
        return reader_damaged(w->segment, "a part of a dictionary is empty", error);
    return OSLER_OK;
}

osler_status dictionary_next(dictionary_walk *w, osler_error *error)
{
    int order = -1;
    while (!w->ended && order < 0) {
        buf_clear(&w->before);
        buf_add(&w->before, buf_str(&w->key));
        if (w->left.at == w->left.end) {
            osler_status status = next_chunk(w, error);
            if (status)
                return status;
            buf_clear(&w->key);
        }
        if (!coding_next_term(&w->left, &w->key, &w->term) ||
            str_compare(buf_str(&w->before), buf_str(&w->key)) >= 0)
            return reader_damaged(w->segment, "its terms cannot be read", error);
        order = str_starts_with(buf_str(&w->key), w->prefix)
                    ? 0
                    : str_compare(buf_str(&w->key), w->prefix);
    }
    w->ended = w->ended || order > 0;
    return w->ended ? OSLER_END : OSLER_OK;
}

void dictionary_end(dictionary_walk *w)
{
    buf_free(&w->key);
    buf_free(&w->before);
}

/* The walk that stands on the lowest term; `count` when all have ended. */
static size_t lowest(dictionary_walk *walks, size_t count)
{
    size_t best = count;
    for (size_t k = 0; k < count; k++)
        if (!walks[k].ended &&
            (best == count || str_compare(buf_str(&walks[k].key), buf_str(&walks[best].key)) < 0))
            best = k;
    return best;
}

static osler_status step(dictionary_walk *w, osler_error *error)
{
    osler_status status = dictionary_next(w, error);
    w->ended = status != OSLER_OK;
    return status == OSLER_END ? OSLER_OK : status;
}

osler_status index_each_term(index *i, str prefix,
                             bool (*each)(void *context, str term, uint64_t df), void *context,
                             osler_error *error)
{
    dictionary_walk *walks = memory_alloc(i->count * sizeof *walks);
    osler_status status = OSLER_OK;
    buf term = {0};
    for (size_t k = 0; k < i->count && status == OSLER_OK; k++) {
        status = dictionary_start(&walks[k], i, &i->segments[k], prefix, error);
        if (status == OSLER_OK)
            status = step(&walks[k], error);
    }
    for (size_t k; status == OSLER_OK && (k = lowest(walks, i->count)) < i->count;) {
        uint64_t df = 0;
        buf_clear(&term);
        buf_add(&term, buf_str(&walks[k].key));
        for (; k < i->count && status == OSLER_OK; k++) {
            if (walks[k].ended || !str_equal(buf_str(&walks[k].key), buf_str(&term)))
                continue;
            df += walks[k].term.df;
            status = step(&walks[k], error);
        }
        if (status || !each(context, buf_str(&term), df))
            break;
    }
    for (size_t k = 0; k < i->count; k++)
        dictionary_end(&walks[k]);
    memory_free(walks);
    buf_free(&term);
    return status;
}

/* Words gathered for a family. */
struct words {
    str *items;
    size_t count;
};

static void add_word(arena *memory, struct words *list, str word)
{
    str *to = arena_append(memory, &list->items, &list->count, sizeof *to);
    *to = (str){arena_copy(memory, word), word.length};
}

/* Add the words that a segment has beside the key itself. */
static osler_status add_family(index *i, const reader_segment *s, arena *memory, str key,
                               struct words *list, osler_error *error)
{
    uint64_t count;
    coding_bytes left = {0};
    osler_status status = seek_chunk(i, s, PART_FAMILIES, key, &left, error);
    if (status)
        return status == OSLER_ENOTFOUND ? OSLER_OK : status;
    buf found = {0};
    int order = -1;
    while (order < 0 && left.at < left.end && status == OSLER_OK) {
        bool ok = coding_next_family(&left, &found, &count);
        order = ok ? str_compare(buf_str(&found), key) : 0;
        for (; ok && order <= 0 && count; count--) {
            str word;
            ok = coding_next_word(&left, &word);
            if (ok && order == 0)
                add_word(memory, list, word);
        }
        if (!ok)
            status = reader_damaged(s, "its families of words cannot be read", error);
    }
    buf_free(&found);
    return status;
}

static int compare_words(const void *left, const void *right)
{
    return str_compare(*(const str *)left, *(const str *)right);
}

osler_status index_get_family(index *i, arena *memory, str key, str **words, size_t *count,
                              osler_error *error)
{
    struct words list = {0};
    osler_status status = OSLER_OK;
    buf term = {0};
    buf_add_byte(&term, INDEX_WORD);
    buf_add(&term, key);
    bool key_is_word = false;
    for (size_t k = 0; k < i->count && status == OSLER_OK; k++) {
        coding_term entry;
        status = add_family(i, &i->segments[k], memory, key, &list, error);
        if (status || key_is_word)
            continue;
        status = dictionary_find(i, &i->segments[k], buf_str(&term), &entry, error);
        key_is_word = status == OSLER_OK;
        if (status == OSLER_ENOTFOUND)
            status = OSLER_OK;
    }
    buf_free(&term);
    if (key_is_word)
        add_word(memory, &list, key);
    if (list.count)
        qsort(list.items, list.count, sizeof *list.items, compare_words);
    size_t kept = 0;
    for (size_t k = 0; k < list.count; k++)
        if (!kept || !str_equal(list.items[kept - 1], list.items[k]))
            list.items[kept++] = list.items[k];
    *words = list.items;
    *count = kept;
    return status;
}

osler_status index_estimate_term(index *i, str term, uint64_t *out, osler_error *error)
{
    *out = 0;
    for (size_t k = 0; term.length && k < i->count; k++) {
        coding_term entry;
        osler_status status = dictionary_find(i, &i->segments[k], term, &entry, error);
        if (status == OSLER_OK)
            *out += entry.df;
        else if (status != OSLER_ENOTFOUND)
            return status;
    }
    return OSLER_OK;
}
