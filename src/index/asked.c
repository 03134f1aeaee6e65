/* What a ranking asks for, found in the segments. */
#include "index/asked.h"

#include "base/memory.h"
#include "index/dictionary.h"
#include "index/phrase.h"
#include "index/sets.h"

/* One thing asked for, with the terms that stand for it. */
struct terms {
    str *items;
    size_t count;
    const double *factors; /* NULL: all 1 */
    unsigned fields;       /* that count */
    arena *memory;
};

static bool add_term(void *context, str term, uint64_t df)
{
    (void)df;
    struct terms *list = context;
    str *to = arena_append(list->memory, &list->items, &list->count, sizeof *to);
    *to = (str){arena_copy(list->memory, term), term.length};
    return true;
}

/* A phrase of one word is a term, or, as a prefix, all terms that begin with it. */
static osler_status find_terms(index *i, const index_asked *asked, struct terms *out,
                               osler_error *error)
{
    osler_status status = OSLER_OK;
    if (!asked->phrase) {
        out->items = arena_alloc(out->memory, (asked->count + 1) * sizeof *out->items);
        out->factors = asked->factors;
        for (; out->count < asked->count; out->count++)
            out->items[out->count] = asked->terms[out->count];
    } else if (asked->phrase->count == 1) {
        buf term = {0};
        buf_add_byte(&term, INDEX_WORD);
        buf_add(&term, asked->phrase->words[0]);
        if (asked->phrase->prefix)
            status = index_each_term(i, buf_str(&term), add_term, out, error);
        else
            add_term(out, buf_str(&term), 0);
        buf_free(&term);
    }
    return status;
}

static asked_list *add_list(asked_lists *a, size_t segment, size_t asked, const score_term *how)
{
    asked_segment *s = &a->segments[segment];
    asked_list *list = arena_append(&a->memory, &s->items, &s->count, sizeof *list);
    list->asked = asked;
    list->how = *how;
    return list;
}

/* Find the terms that stand for what is asked in a segment. */
static osler_status add_terms(asked_lists *a, index *i, size_t segment, size_t asked,
                              const struct terms *terms, osler_error *error)
{
    for (size_t k = 0; k < terms->count; k++) {
        coding_term entry;
        str term = terms->items[k];
        osler_status status = term.length
                                  ? dictionary_find(i, &i->segments[segment], term, &entry, error)
                                  : OSLER_ENOTFOUND;
        if (status == OSLER_ENOTFOUND)
            continue;
        if (status)
            return status;
        score_term how = {term.data[0], terms->fields, terms->factors ? terms->factors[k] : 1};
        add_list(a, segment, asked, &how)->term = entry;
    }
    return OSLER_OK;
}

static void make(void *context, uint32_t document, const index_posting *posting)
{
    postings_make(context, document, posting);
}

static osler_status add_phrase(asked_lists *a, index *i, size_t segment, size_t asked,
                               const index_phrase *phrase, osler_error *error)
{
    score_term how = {INDEX_WORD, phrase->fields, 1};
    postings_made *made = add_list(a, segment, asked, &how)->made =
        arena_alloc(&a->memory, sizeof *made);
    phrase_found found = {.context = made, .call = make, .times = true};
    osler_status status = phrase_find(i, &i->segments[segment], phrase, &found, error);
    if (made->count == 0)
        a->segments[segment].count--;
    return status;
}

/* Put the documents of the lists that begin at `*at` and stand for `asked` into the set. */
static osler_status add_to_set(asked_lists *a, index *i, size_t segment, size_t at, index_set *set,
                               osler_error *error)
{
    const asked_segment *s = &a->segments[segment];
    osler_status status = OSLER_OK;
    for (size_t k = at; k < s->count && status == OSLER_OK; k++) {
        postings p;
        const score_term *how = &s->items[k].how;
        status = asked_open(&p, i, &i->segments[segment], &s->items[k], error);
        if (status == OSLER_OK)
            status = sets_add_postings(
                &p, set, coding_has_positions(how->kind) ? how->fields : INDEX_ALL_FIELDS, error);
        postings_close(&p);
    }
    return status;
}

/* Count the living documents of one list. */
static osler_status count_list(asked_lists *a, index *i, size_t segment, size_t at, uint64_t *n,
                               osler_error *error)
{
    const asked_list *list = &a->segments[segment].items[at];
    postings p;
    if (list->made) {
        *n += list->made->count;
        return OSLER_OK;
    }
    unsigned fields = coding_has_positions(list->how.kind) ? list->how.fields : INDEX_ALL_FIELDS;
    osler_status status = asked_open(&p, i, &i->segments[segment], list, error);
    if (status == OSLER_OK)
        status = sets_count_postings(&p, fields, n, error);
    postings_close(&p);
    return status;
}

/* Find one thing in all segments, and how many living documents have it. */
static osler_status find_one(asked_lists *a, index *i, const index_asked *asked, size_t number,
                             uint64_t *n, osler_error *error)
{
    arena memory = {0};
    struct terms terms = {.memory = &memory};
    index_set set = {0};
    unsigned fields = asked->fields & INDEX_ALL_FIELDS;
    osler_status status = find_terms(i, asked, &terms, error);
    for (size_t k = 0; k < i->count && status == OSLER_OK; k++) {
        size_t before = a->segments[k].count;
        if (asked->phrase && asked->phrase->count > 1) {
            index_phrase phrase = *asked->phrase;
            phrase.fields &= fields;
            status = add_phrase(a, i, k, number, &phrase, error);
        } else {
            terms.fields = asked->phrase ? fields & asked->phrase->fields : fields;
            status = add_terms(a, i, k, number, &terms, error);
        }
        size_t added = a->segments[k].count - before;
        if (added > 1 && !set.bits)
            set = index_set_new(i, &memory);
        if (status == OSLER_OK && added)
            status = added > 1 ? add_to_set(a, i, k, before, &set, error)
                               : count_list(a, i, k, before, n, error);
    }
    if (set.bits)
        *n += index_set_count(&set);
    arena_free(&memory);
    return status;
}

osler_status asked_find(asked_lists *out, index *i, const index_asked *asked, size_t count,
                        osler_error *error)
{
    osler_status status = OSLER_OK;
    *out = (asked_lists){.count = count, .segment_count = i->count};
    out->segments = arena_alloc(&out->memory, (i->count + 1) * sizeof *out->segments);
    out->idf = arena_alloc(&out->memory, (count + 1) * sizeof *out->idf);
    for (size_t k = 0; k < count && status == OSLER_OK; k++) {
        uint64_t n = 0;
        status = find_one(out, i, &asked[k], k, &n, error);
        out->idf[k] = score_idf(i->sums.documents, n);
    }
    return status;
}

void asked_free(asked_lists *a)
{
    for (size_t s = 0; s < a->segment_count; s++)
        for (size_t k = 0; k < a->segments[s].count; k++)
            if (a->segments[s].items[k].made)
                postings_made_free(a->segments[s].items[k].made);
    arena_free(&a->memory);
}

osler_status asked_open(postings *p, index *i, reader_segment *s, const asked_list *list,
                        osler_error *error)
{
    if (list->made) {
        postings_open_made(p, i, s, list->made);
        return OSLER_OK;
    }
    return postings_open_entry(p, i, s, list->how.kind, &list->term, error);
}
