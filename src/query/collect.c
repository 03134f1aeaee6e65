/* Gathering words and headings from the index: each of its terms walks over all documents once. */
#include "query/collect.h"

#include "base/form.h"
#include "base/memory.h"
#include "query/query.h"

#include <stdlib.h>
#include <string.h>

enum {
    IN_TEXTS = 1U << INDEX_TITLE | 1U << INDEX_KEYWORDS | 1U << INDEX_ABSTRACT |
               1U << INDEX_OTHER_ABSTRACT,
    IN_LAYOUT = IN_TEXTS | 1U << INDEX_OTHER, /* vernacular titles too */
    MINOR = 1,                                /* fields of headings */
    MAJOR = 2,
    HARM = 4,
    SHORTEST_JOINED = 4
};

/* -- terms --------------------------------------------------------------------------------------
 */

static void add_term(collector *g, enum index_kind kind, str value, uint32_t form)
{
    collect_term *t = arena_append(&g->memory, &g->terms.items, &g->terms.count, sizeof *t);
    *t = (collect_term){query_term(&g->memory, kind, value), form, kind == INDEX_JOINED ? 2 : 1};
}

/* Words of one form are of one family, but not all of the family have the form. */
static osler_status add_family(collector *g, index_analyzer *analyzer, uint32_t form,
                               osler_error *error)
{
    str wanted = form_table_get(&g->concepts->forms, form), *words;
    size_t count;
    buf b = {0};
    index_family_key(analyzer, &b, wanted);
    osler_status status =
        index_get_family(g->index, &g->memory, buf_str(&b), &words, &count, error);
    for (size_t i = 0; status == OSLER_OK && i < count; i++) {
        buf_clear(&b);
        form_add(&b, words[i]);
        if (str_equal(buf_str(&b), wanted))
            add_term(g, INDEX_WORD, words[i], form);
    }
    buf_free(&b);
    return status;
}

/* Whether any living document has the term. */
static osler_status is_there(collector *g, str term, bool *out, osler_error *error)
{
    index_cursor *c;
    index_number document;
    osler_status status = index_cursor_open(&c, g->index, term, error);
    if (status == OSLER_OK)
        status = index_cursor_seek(c, 0, &document, error);
    index_cursor_close(c);
    *out = status == OSLER_OK;
    return status == OSLER_END ? OSLER_OK : status;
}

/* Two joined words, if the library has them. */
static osler_status add_there(collector *g, str value, uint32_t form, osler_error *error)
{
    bool there;
    osler_status status = is_there(g, query_term(&g->memory, INDEX_JOINED, value), &there, error);
    if (there)
        add_term(g, INDEX_JOINED, value, form);
    return status;
}

/* The two ways that form_table_find_joined() knows. */
static osler_status add_joined(collector *g, uint32_t form, osler_error *error)
{
    const form_table *forms = &g->concepts->forms;
    str value = form_table_get(forms, form);
    bool letters = value.length >= SHORTEST_JOINED && !forms->made[form - 1];
    for (size_t i = 0; i < value.length; i++)
        letters &= !char_is_digit(value.data[i]);
    if (!letters)
        return OSLER_OK;
    buf plural = {0};
    buf_add(&plural, value);
    buf_add_byte(&plural, 's');
    osler_status status = add_there(g, value, form, error);
    if (status == OSLER_OK && !form_table_find(forms, buf_str(&plural)))
        status = add_there(g, buf_str(&plural), form, error);
    buf_free(&plural);
    return status;
}

static osler_status add_terms(collector *g, index_analyzer *analyzer, osler_error *error)
{
    size_t forms = g->concepts->forms.forms.count;
    osler_status status = OSLER_OK;
    g->first = arena_alloc(&g->memory, (forms + 2) * sizeof *g->first);
    for (uint32_t form = 1; status == OSLER_OK && form <= forms; form++) {
        g->first[form] = (uint32_t)g->terms.count;
        status = add_family(g, analyzer, form, error);
        if (status == OSLER_OK)
            status = add_joined(g, form, error);
    }
    g->first[forms + 1] = (uint32_t)g->terms.count;
    return status;
}

static void add_heading(collector *g, const mesh_descriptor *d)
{
    for (size_t i = 0; i < g->headings.count; i++)
        if (g->headings.items[i].descriptor == d)
            return;
    collect_heading *h =
        arena_append(&g->memory, &g->headings.items, &g->headings.count, sizeof *h);
    *h = (collect_heading){.term = query_term(&g->memory, INDEX_HEADING, str_of(d->ui)),
                           .descriptor = d};
}

static void add_headings(collector *g)
{
    const concept_list *list = g->concepts;
    for (size_t i = 0; i < list->count; i++) {
        const concept *c = &list->items[i];
        for (size_t k = 0; k < c->headings.count; k++)
            add_heading(g, c->headings.items[k].descriptor);
        for (size_t k = 0; k < c->broader.count; k++)
            add_heading(g, c->broader.items[k]);
    }
    for (size_t i = 0; i < list->names.count; i++) {
        const concept_heading_name *n = &list->names.items[i];
        collect_heading *h =
            arena_append(&g->memory, &g->headings.items, &g->headings.count, sizeof *h);
        *h = (collect_heading){query_term(&g->memory, INDEX_HEADING_NAME, n->words), n->descriptor,
                               n->descriptor ? 0 : i, true};
    }
}

/* Drop the headings that no record has. */
static osler_status drop_absent(collector *g, osler_error *error)
{
    size_t kept = 0;
    osler_status status = OSLER_OK;
    for (size_t i = 0; status == OSLER_OK && i < g->headings.count; i++) {
        bool there;
        status = is_there(g, g->headings.items[i].term, &there, error);
        if (there)
            g->headings.items[kept++] = g->headings.items[i];
    }
    g->headings.count = kept;
    return status;
}

osler_status collect_open(collector *g, index *of, index_analyzer *analyzer,
                          const concept_list *concepts, osler_error *error)
{
    *g = (collector){.index = of, .concepts = concepts};
    add_headings(g);
    osler_status status = drop_absent(g, error);
    return status == OSLER_OK ? add_terms(g, analyzer, error) : status;
}

void collect_close(collector *g)
{
    arena_free(&g->memory);
    arena_free(&g->batch);
    memory_free(g->tokens);
    memory_free(g->seen);
}

/* -- candidates ---------------------------------------------------------------------------------
 */

static osler_status add_documents(collector *g, uint32_t form, unsigned fields, index_set *out,
                                  osler_error *error)
{
    osler_status status = OSLER_OK;
    for (uint32_t i = g->first[form]; status == OSLER_OK && i < g->first[form + 1]; i++)
        status = index_add_term(g->index, out, g->terms.items[i].term, fields, error);
    return status;
}

/* The sets of forms that are looked for among others. */
struct form_sets {
    arena *memory;
    index_set *items; /* beside the forms; no bits: not found yet */
};

static osler_status set_of(collector *g, struct form_sets *sets, uint32_t form,
                           const index_set **out, osler_error *error)
{
    index_set *set = &sets->items[form];
    *out = set;
    if (set->bits)
        return OSLER_OK;
    *set = index_set_new(g->index, sets->memory);
    return add_documents(g, form, INDEX_ALL_FIELDS, set, error);
}

/* Documents that have all forms of a pattern. */
static osler_status add_pattern(collector *g, struct form_sets *sets, const concept_pattern *p,
                                index_set *perhaps, osler_error *error)
{
    const index_set *forms[32];
    size_t count = 0;
    osler_status status = OSLER_OK;
    for (uint32_t i = 0; status == OSLER_OK && i < p->count && count < 32; i++) {
        if (g->first[p->forms[i]] == g->first[p->forms[i] + 1])
            return OSLER_OK; /* the library has no such word */
        status = set_of(g, sets, p->forms[i], &forms[count++], error);
    }
    for (size_t k = 0; status == OSLER_OK && k < perhaps->words; k++) {
        uint64_t all = UINT64_MAX;
        for (size_t i = 0; i < count; i++)
            all &= forms[i]->bits[k];
        perhaps->bits[k] |= all;
    }
    return status;
}

static bool is_looked_for(const concept *c, const concept_pattern *p)
{
    return !p->without && !c->phrases.items[p->phrase].abbreviation;
}

/* True when one of the pattern's words is by itself a name of the concept: then all documents that
 * it stands in have that name. */
static bool has_a_name(const concept *c, const concept_pattern *p)
{
    for (uint32_t i = 0; i < p->count; i++)
        for (uint32_t k = c->first[p->forms[i]]; k < c->first[p->forms[i] + 1]; k++)
            if (c->patterns.items[k].count == 1 && is_looked_for(c, &c->patterns.items[k]))
                return true;
    return false;
}

static bool is_of(const concept *c, const collect_heading *h)
{
    for (size_t i = 0; h->descriptor && i < c->headings.count; i++)
        if (c->headings.items[i].descriptor == h->descriptor)
            return true;
    for (size_t i = 0; !h->descriptor && i < c->names.count; i++)
        if (c->names.items[i].name == h->name)
            return true;
    return false;
}

osler_status collect_find(collector *g, arena *memory, const concept *c, index_set *sure,
                          index_set *perhaps, osler_error *error)
{
    osler_status status = OSLER_OK;
    struct form_sets sets = {
        memory, arena_alloc(memory, (g->concepts->forms.forms.count + 2) * sizeof(index_set))};
    for (size_t i = 0; status == OSLER_OK && i < g->headings.count; i++)
        if (is_of(c, &g->headings.items[i]))
            status =
                index_add_term(g->index, sure, g->headings.items[i].term, MINOR | MAJOR, error);
    for (size_t i = 0; status == OSLER_OK && i < c->patterns.count; i++) {
        const concept_pattern *p = &c->patterns.items[i];
        if (!is_looked_for(c, p))
            continue;
        if (p->count == 1)
            status = add_documents(g, p->forms[0], IN_TEXTS, sure, error);
        else if (!has_a_name(c, p))
            status = add_pattern(g, &sets, p, perhaps, error);
    }
    index_set_without(perhaps, sure);
    return status;
}

/* -- documents ----------------------------------------------------------------------------------
 */

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

/* Move the cursor to the next of the documents, from place `*at` on; OSLER_END when there is none.
 */
static osler_status next_place(const collector *g, index_cursor *c, size_t *at, osler_error *error)
{
    while (*at < g->count) {
        index_number document;
        osler_status status = index_cursor_seek(c, g->documents[*at], &document, error);
        if (status != OSLER_OK)
            return status;
        if (g->documents[*at] == document)
            return OSLER_OK;
        *at = place_from(g, *at, document);
    }
    return OSLER_END;
}

static osler_status read_term(collector *g, const collect_term *t, osler_error *error)
{
    index_cursor *c;
    size_t at = 0;
    osler_status status = index_cursor_open(&c, g->index, t->term, error);
    for (; status == OSLER_OK; at++) {
        status = next_place(g, c, &at, error);
        if (status != OSLER_OK)
            break;
        index_posting posting;
        const index_place *places;
        size_t count;
        index_cursor_get(c, &posting);
        if (!(posting.fields & IN_LAYOUT))
            continue;
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
        status = next_place(g, c, &at, error);
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

osler_status collect_read(collector *g, const index_number *documents, size_t count,
                          osler_error *error)
{
    osler_status status = OSLER_OK;
    arena_clear(&g->batch);
    g->documents = documents;
    g->count = count;
    g->token_count = g->seen_count = 0;
    g->first_token = arena_alloc(&g->batch, (count + 2) * sizeof *g->first_token);
    g->first_seen = arena_alloc(&g->batch, (count + 2) * sizeof *g->first_seen);
    for (size_t i = 0; status == OSLER_OK && i < g->terms.count; i++)
        status = read_term(g, &g->terms.items[i], error);
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

/* The tokens of a document, in their order. */
static void copy_tokens(const collector *g, arena *memory, size_t at, match_document *out)
{
    uint32_t first = g->first_token[at], count = g->first_token[at + 1] - first;
    bool sorted = true;
    out->tokens.items = arena_room(memory, (count + 1) * sizeof *out->tokens.items);
    out->tokens.count = count;
    for (uint32_t i = 0; i < count; i++) {
        out->tokens.items[i] = g->tokens[first + i].token;
        sorted &= i == 0 || by_position(&out->tokens.items[i - 1], &out->tokens.items[i]) < 0;
    }
    if (!sorted)
        qsort(out->tokens.items, count, sizeof *out->tokens.items, by_position);
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
