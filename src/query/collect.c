/* Gathering words and headings from the index: each of its terms walks over all documents once. */
#include "query/collect.h"

#include "base/form.h"
#include "base/memory.h"
#include "query/query.h"

#include <stdlib.h>

enum {
    IN_TEXTS = 1U << INDEX_TITLE | 1U << INDEX_KEYWORDS | 1U << INDEX_ABSTRACT |
               1U << INDEX_OTHER_ABSTRACT,
    MINOR = 1, /* fields of headings */
    MAJOR = 2,
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

/* Call `each` for every form of every pattern. */
static void each_use(collector *g,
                     void (*each)(collector *g, uint32_t form, const concept_pattern *pattern))
{
    const concept_list *list = g->concepts;
    for (size_t i = 0; i < list->count; i++)
        for (size_t k = 0; k < list->items[i].patterns.count; k++) {
            const concept_pattern *p = &list->items[i].patterns.items[k];
            for (uint32_t f = 0; f < p->count; f++)
                each(g, p->forms[f], p);
        }
}

static void count_use(collector *g, uint32_t form, const concept_pattern *pattern)
{
    (void)pattern;
    g->first_use[form + 2]++;
}

static void put_use(collector *g, uint32_t form, const concept_pattern *pattern)
{
    g->uses[g->first_use[form + 1]++] = pattern;
}

/* Beside the forms: the patterns that each stands in. */
static void index_uses(collector *g)
{
    size_t forms = g->concepts->forms.forms.count;
    g->first_use = arena_alloc(&g->memory, (forms + 3) * sizeof *g->first_use);
    each_use(g, count_use);
    for (size_t i = 2; i < forms + 3; i++)
        g->first_use[i] += g->first_use[i - 1];
    g->uses = arena_alloc(&g->memory, (g->first_use[forms + 2] + 1) * sizeof *g->uses);
    each_use(g, put_use);
}

/* A form, and in how many documents it is. */
struct frequent {
    uint64_t documents;
    uint32_t form;
};

static int by_frequency(const void *one, const void *two)
{
    const struct frequent *a = one, *b = two;
    int order = (a->documents > b->documents) - (a->documents < b->documents);
    return order ? order : (a->form > b->form) - (a->form < b->form);
}

/* Put the forms in the order of their documents, the rarest first. */
static osler_status order_forms(collector *g, osler_error *error)
{
    size_t forms = g->concepts->forms.forms.count;
    struct frequent *list = arena_alloc(&g->memory, (forms + 1) * sizeof *list);
    osler_status status = OSLER_OK;
    g->order = arena_alloc(&g->memory, (forms + 1) * sizeof *g->order);
    for (uint32_t form = 1; status == OSLER_OK && form <= forms; form++) {
        list[form - 1].form = form;
        for (uint32_t i = g->first[form]; status == OSLER_OK && i < g->first[form + 1]; i++) {
            uint64_t documents;
            status = index_estimate_term(g->index, g->terms.items[i].term, &documents, error);
            list[form - 1].documents += documents;
        }
    }
    if (forms)
        qsort(list, forms, sizeof *list, by_frequency);
    for (size_t i = 0; i < forms; i++)
        g->order[g->order_count++] = list[i].form;
    return status;
}

osler_status collect_open(collector *g, index *of, index_analyzer *analyzer,
                          const concept_list *concepts, osler_error *error)
{
    *g = (collector){.index = of, .concepts = concepts};
    add_headings(g);
    osler_status status = drop_absent(g, error);
    if (status == OSLER_OK)
        status = add_terms(g, analyzer, error);
    index_uses(g);
    return status == OSLER_OK ? order_forms(g, error) : status;
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
