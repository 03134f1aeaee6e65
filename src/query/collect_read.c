/* Reading words and headings of documents: each term of the index walks over all of them once. */
#include "query/collect.h"

#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

enum {
    IN_LAYOUT = 1U << INDEX_TITLE | 1U << INDEX_KEYWORDS | 1U << INDEX_ABSTRACT |
                1U << INDEX_OTHER_ABSTRACT | 1U << INDEX_OTHER, /* vernacular titles too */
    MINOR = 1,                                                  /* fields of headings */
    MAJOR = 2,
    HARM = 4
};

static void add_token(collector *g, const collect_token *token)
{
    if (g->token_count == g->token_room) {
        g->token_room = g->token_room ? 2 * g->token_room : 4096;
        g->tokens = memory_resize(g->tokens, g->token_room * sizeof *g->tokens);
    }
    g->tokens[g->token_count++] = *token;
}

static void add_seen(collector *g, const collect_seen *seen)
{
    if (g->seen_count == g->seen_room) {
        g->seen_room = g->seen_room ? 2 * g->seen_room : 1024;
        g->seen = memory_resize(g->seen, g->seen_room * sizeof *g->seen);
    }
    g->seen[g->seen_count++] = *seen;
}

/* The first document from place `at` on that is not below `document`. */
static size_t place_from(const collector *g, size_t at, index_number document)
{
    size_t step = 1, high = at;
    while (high < g->count && g->documents[high] < document) {
        at = high + 1;
        high += step;
        step *= 2;
    }
    high = high < g->count ? high : g->count;
    while (at < high) {
        size_t middle = at + (high - at) / 2;
        if (g->documents[middle] < document)
            at = middle + 1;
        else
            high = middle;
    }
    return at;
}

size_t collect_place(const collector *g, index_number document)
{
    size_t at = place_from(g, 0, document);
    return at < g->count && g->documents[at] == document ? at : g->count;
}

/* The first place from `at` on whose bit is set; the number of documents when there is none. */
static size_t next_bit(const collector *g, const uint64_t *bits, size_t at)
{
    size_t words = (g->count + 63) / 64;
    for (size_t k = at / 64; k < words; k++) {
        uint64_t word = k == at / 64 ? bits[k] >> (at % 64) << (at % 64) : bits[k];
        if (word)
            return k * 64 + (size_t)__builtin_ctzll(word) < g->count
                       ? k * 64 + (size_t)__builtin_ctzll(word)
                       : g->count;
    }
    return g->count;
}

/* Move the cursor to the next of the documents, from place `*at` on, that is `allowed` (NULL: all
 * are); OSLER_END when there is none. */
static osler_status next_place(const collector *g, index_cursor *c, const uint64_t *allowed,
                               size_t *at, osler_error *error)
{
    while (*at < g->count) {
        index_number document;
        *at = allowed ? next_bit(g, allowed, *at) : *at;
        if (*at == g->count)
            break;
        osler_status status = index_cursor_seek(c, g->documents[*at], &document, error);
        if (status != OSLER_OK)
            return status;
        if (g->documents[*at] == document)
            return OSLER_OK;
        *at = place_from(g, *at, document);
    }
    return OSLER_END;
}

/* The words that are one term, in the documents that are allowed; those that have it are `found`.
 */
static osler_status read_term(collector *g, const collect_term *t, const uint64_t *allowed,
                              uint64_t *found, osler_error *error)
{
    index_cursor *c;
    size_t at = 0;
    osler_status status = index_cursor_open(&c, g->index, t->term, error);
    for (; status == OSLER_OK; at++) {
        status = next_place(g, c, allowed, &at, error);
        if (status != OSLER_OK)
            break;
        index_posting posting;
        const index_place *places;
        size_t count;
        index_cursor_get(c, &posting);
        if (!(posting.fields & IN_LAYOUT))
            continue;
        found[at / 64] |= UINT64_C(1) << (at % 64);
        status = index_cursor_get_places(c, &places, &count, error);
        for (size_t i = 0; status == OSLER_OK && i < count; i++)
            add_token(g, &(collect_token){(uint32_t)at,
                                          {places[i].position - (t->span - 1U), t->form, t->span,
                                           (unsigned char)places[i].marks}});
    }
    index_cursor_close(c);
    return status == OSLER_END ? OSLER_OK : status;
}

static osler_status read_heading(collector *g, const collect_heading *h, osler_error *error)
{
    index_cursor *c;
    size_t at = 0;
    const char *text =
        h->descriptor ? h->descriptor->name : g->concepts->names.items[h->name].words.data;
    osler_status status = index_cursor_open(&c, g->index, h->term, error);
    for (; status == OSLER_OK; at++) {
        status = next_place(g, c, NULL, &at, error);
        if (status != OSLER_OK)
            break;
        index_posting posting;
        index_cursor_get(c, &posting);
        add_seen(g, &(collect_seen){(uint32_t)at,
                                    h->by_name,
                                    {.descriptor = h->descriptor,
                                     .name = h->name,
                                     .text = text,
                                     .major = posting.fields & MAJOR,
                                     .minor = posting.fields & MINOR,
                                     .harm = posting.fields & HARM}});
    }
    index_cursor_close(c);
    return status == OSLER_END ? OSLER_OK : status;
}

/* Where each document's tokens will begin; then they are put there. */
static void sort_tokens(collector *g)
{
    collect_token *sorted = memory_alloc((g->token_count + 1) * sizeof *sorted);
    uint32_t *at = g->first_token;
    memset(at, 0, (g->count + 2) * sizeof *at);
    for (size_t i = 0; i < g->token_count; i++)
        at[g->tokens[i].document + 2]++;
    for (size_t i = 2; i < g->count + 2; i++)
        at[i] += at[i - 1];
    for (size_t i = 0; i < g->token_count; i++)
        sorted[at[g->tokens[i].document + 1]++] = g->tokens[i];
    memory_free(g->tokens);
    g->tokens = sorted;
    g->token_room = g->token_count + 1;
}

static void sort_seen(collector *g)
{
    collect_seen *sorted = memory_alloc((g->seen_count + 1) * sizeof *sorted);
    uint32_t *at = g->first_seen;
    memset(at, 0, (g->count + 2) * sizeof *at);
    for (size_t i = 0; i < g->seen_count; i++)
        at[g->seen[i].document + 2]++;
    for (size_t i = 2; i < g->count + 2; i++)
        at[i] += at[i - 1];
    for (size_t i = 0; i < g->seen_count; i++)
        sorted[at[g->seen[i].document + 1]++] = g->seen[i];
    memory_free(g->seen);
    g->seen = sorted;
    g->seen_room = g->seen_count + 1;
}

/* Which documents were found to have each form: beside the forms; NULL: it was not looked for. */
struct reading {
    uint64_t **has;
    size_t words; /* of one of them */
};

/* Documents in which a phrase of more words may stand that has the form: those that have all its
 * words that were looked for already.  False: a phrase is the form alone, so that all count. */
static bool find_allowed(collector *g, const struct reading *r, uint32_t form, uint64_t *allowed)
{
    memset(allowed, 0, r->words * sizeof *allowed);
    for (uint32_t i = g->first_use[form]; i < g->first_use[form + 1]; i++) {
        const concept_pattern *p = g->uses[i];
        if (p->count == 1)
            return false;
        for (size_t k = 0; k < r->words; k++) {
            uint64_t all = UINT64_MAX;
            for (uint32_t f = 0; f < p->count; f++)
                if (p->forms[f] != form && r->has[p->forms[f]])
                    all &= r->has[p->forms[f]][k];
            allowed[k] |= all;
        }
    }
    return true;
}

/* The rarest forms first: where they are not, the others of their phrases need not be read. */
static osler_status read_forms(collector *g, osler_error *error)
{
    size_t forms = g->concepts->forms.forms.count;
    struct reading r = {arena_alloc(&g->batch, (forms + 2) * sizeof *r.has), (g->count + 63) / 64};
    uint64_t *allowed = arena_alloc(&g->batch, (r.words + 1) * sizeof *allowed);
    osler_status status = OSLER_OK;
    for (size_t i = 0; status == OSLER_OK && i < g->order_count; i++) {
        uint32_t form = g->order[i];
        bool some = find_allowed(g, &r, form, allowed);
        r.has[form] = arena_alloc(&g->batch, (r.words + 1) * sizeof **r.has);
        if (some && next_bit(g, allowed, 0) == g->count)
            continue;
        for (uint32_t t = g->first[form]; status == OSLER_OK && t < g->first[form + 1]; t++)
            status = read_term(g, &g->terms.items[t], some ? allowed : NULL, r.has[form], error);
    }
    return status;
}

osler_status collect_read(collector *g, const index_number *documents, size_t count,
                          osler_error *error)
{
    arena_clear(&g->batch);
    g->documents = documents;
    g->count = count;
    g->token_count = g->seen_count = 0;
    g->first_token = arena_alloc(&g->batch, (count + 2) * sizeof *g->first_token);
    g->first_seen = arena_alloc(&g->batch, (count + 2) * sizeof *g->first_seen);
    osler_status status = read_forms(g, error);
    for (size_t i = 0; status == OSLER_OK && i < g->headings.count; i++)
        status = read_heading(g, &g->headings.items[i], error);
    sort_tokens(g);
    sort_seen(g);
    return status;
}

static int by_position(const void *one, const void *two)
{
    const match_token *a = one, *b = two;
    int order = (a->position > b->position) - (a->position < b->position);
    return order ? order : (int)a->span - (int)b->span;
}

static void sort_tokens_of(match_token *items, uint32_t count)
{
    enum { FEW = 64 };
    if (count > FEW) {
        qsort(items, count, sizeof *items, by_position);
        return;
    }
    for (uint32_t i = 1; i < count; i++) {
        match_token token = items[i];
        uint32_t at = i;
        for (; at > 0 && by_position(&items[at - 1], &token) > 0; at--)
            items[at] = items[at - 1];
        items[at] = token;
    }
}

/* The tokens of a document, in their order. */
static void copy_tokens(const collector *g, arena *memory, size_t at, match_document *out)
{
    uint32_t first = g->first_token[at], count = g->first_token[at + 1] - first;
    out->tokens.items = arena_room(memory, (count + 1) * sizeof *out->tokens.items);
    out->tokens.count = count;
    for (uint32_t i = 0; i < count; i++)
        out->tokens.items[i] = g->tokens[first + i].token;
    sort_tokens_of(out->tokens.items, count);
}

static enum match_field field_of(const index_text *t)
{
    if (t->field == INDEX_KEYWORDS)
        return MATCH_KEYWORDS;
    if (t->field == INDEX_ABSTRACT)
        return MATCH_ABSTRACT;
    return t->field == INDEX_OTHER_ABSTRACT ? MATCH_OTHER_ABSTRACT : MATCH_TITLE;
}

/* The texts that have tokens; what stands behind the layout is dropped. */
static void cut_texts(arena *memory, const index_layout *layout, match_document *out)
{
    size_t at = 0, texts = 0;
    out->texts.items = arena_room(memory, (layout->count + 1) * sizeof *out->texts.items);
    for (size_t i = 0; i < layout->count && at < out->tokens.count; i++) {
        const index_text *t = &layout->items[i];
        uint32_t end = i + 1 < layout->count ? layout->items[i + 1].start : layout->end;
        size_t first = at;
        while (at < out->tokens.count && out->tokens.items[at].position < end)
            at++;
        enum match_field field = field_of(t);
        if (at > first)
            out->texts.items[texts++] = (match_text){
                field, match_factor(field, t->traits & INDEX_CONCLUSIONS), first, at - first};
    }
    out->texts.count = texts;
    out->tokens.count = at;
}

/* The headings of a document; one that is known by its UI is not counted by its name again. */
static void copy_headings(const collector *g, arena *memory, size_t at, match_document *out)
{
    uint32_t first = g->first_seen[at], end = g->first_seen[at + 1];
    out->headings.items = arena_room(memory, (end - first + 1) * sizeof *out->headings.items);
    for (uint32_t i = first; i < end; i++) {
        const collect_seen *s = &g->seen[i];
        bool known = false;
        for (uint32_t k = first; s->by_name && s->heading.descriptor && k < end; k++)
            known |= !g->seen[k].by_name && g->seen[k].heading.descriptor == s->heading.descriptor;
        if (!known)
            out->headings.items[out->headings.count++] = s->heading;
    }
    match_order_headings(out);
}

osler_status collect_document(collector *g, arena *memory, size_t at, const index_facts *facts,
                              match_document *out, osler_error *error)
{
    index_layout layout;
    *out = (match_document){0};
    copy_tokens(g, memory, at, out);
    copy_headings(g, memory, at, out);
    osler_status status = index_get_layout(g->index, memory, g->documents[at], &layout, error);
    if (status != OSLER_OK)
        return status;
    cut_texts(memory, &layout, out);
    for (size_t i = 0; i < 2; i++) {
        out->first_sentence_end[i] = layout.first_sentence_end[i];
        out->last_sentence_start[i] = layout.last_sentence_start[i];
    }
    if (!facts)
        return OSLER_OK;
    out->lengths[MATCH_TITLE] = facts->lengths[INDEX_TITLE];
    out->lengths[MATCH_KEYWORDS] = facts->lengths[INDEX_KEYWORDS];
    out->lengths[MATCH_ABSTRACT] = facts->lengths[INDEX_ABSTRACT];
    out->lengths[MATCH_OTHER_ABSTRACT] = facts->lengths[INDEX_OTHER_ABSTRACT];
    out->lengths[MATCH_MESH_MAJOR] = out->lengths[MATCH_MESH_MINOR] =
        facts->lengths[INDEX_HEADINGS];
    return OSLER_OK;
}

/* -- confirming ---------------------------------------------------------------------------------
 */

/* The first document >= `*next` that is in any of the sets. */
static bool next_of(const index_set *sets, size_t count, index_number *next)
{
    bool found = false;
    index_number least = 0, one;
    for (size_t i = 0; i < count; i++) {
        if (!index_set_next(&sets[i], *next, &one))
            continue;
        least = !found || one < least ? one : least;
        found = true;
    }
    *next = least;
    return found;
}

osler_status collect_confirm_read(collector *g, index_set *sure, const index_set *perhaps,
                                  size_t count, osler_error *error)
{
    arena scratch = {0};
    osler_status status = OSLER_OK;
    for (size_t at = 0; status == OSLER_OK && at < g->count; at++) {
        match_document document;
        index_number number = g->documents[at];
        bool asked = false;
        for (size_t i = 0; i < count; i++)
            asked |= index_set_has(&perhaps[i], number);
        if (!asked)
            continue;
        arena_clear(&scratch);
        status = collect_document(g, &scratch, at, NULL, &document, error);
        for (size_t i = 0; status == OSLER_OK && i < count; i++)
            if (index_set_has(&perhaps[i], number) &&
                match_is_named(&document, &g->concepts->items[i]))
                sure[i].bits[number / 64] |= UINT64_C(1) << (number % 64);
    }
    arena_free(&scratch);
    return status;
}

osler_status collect_confirm(collector *g, index_set *sure, const index_set *perhaps, size_t count,
                             osler_error *error)
{
    enum { AT_ONCE = 16384 };
    index_number *documents = memory_alloc(AT_ONCE * sizeof *documents), next = 0;
    osler_status status = OSLER_OK;
    for (bool more = true; status == OSLER_OK && more;) {
        size_t filled = 0;
        while (filled < AT_ONCE && (more = next_of(perhaps, count, &next)))
            documents[filled++] = next++;
        status = collect_read(g, documents, filled, error);
        if (status == OSLER_OK)
            status = collect_confirm_read(g, sure, perhaps, count, error);
    }
    memory_free(documents);
    return status;
}
