/* What phrases and headings of a concept look like in texts and in lists of headings. */
#include "query/concept.h"

#include "base/form.h"
#include "query/query.h"

#include <stdlib.h>
#include <string.h>

enum { LONGEST_PHRASE = 16 }; /* words; a longer one is looked for by its first */

/* The numbers of the forms of a phrase's words. */
static size_t forms_of(concept_list *list, str words, str *forms)
{
    size_t count = 0;
    str one;
    buf form = {0};
    while (count < LONGEST_PHRASE && str_next_field(&words, ' ', &one)) {
        buf_clear(&form);
        form_add(&form, one);
        forms[count++] = (str){arena_copy(list->forms.memory, buf_str(&form)), form.length};
    }
    buf_free(&form);
    return count;
}

/* Add the pattern of `forms`; where `joined` is below `count`, that form and the next are one word.
 */
static void add_pattern(concept_list *list, concept *c, concept_pattern made, const str *forms,
                        size_t count, size_t joined)
{
    arena *memory = list->forms.memory;
    uint32_t *numbers = arena_alloc(memory, count * sizeof *numbers);
    buf both = {0};
    for (size_t i = 0; i < count; i++) {
        if (i != joined) {
            numbers[made.count++] = form_table_add(&list->forms, forms[i]);
            continue;
        }
        buf_add(&both, forms[i]);
        buf_add(&both, forms[++i]);
        numbers[made.count++] = form_table_add_made(&list->forms, buf_str(&both));
    }
    buf_free(&both);
    made.forms = numbers;
    concept_pattern *p =
        arena_append(memory, &c->patterns.items, &c->patterns.count, sizeof *c->patterns.items);
    *p = made;
}

/* "tension type headache", "tensiontype headache", "tension typeheadache" */
static void add_patterns(concept_list *list, concept *c, str words, concept_pattern made)
{
    str forms[LONGEST_PHRASE];
    size_t count = forms_of(list, words, forms);
    if (!count)
        return;
    add_pattern(list, c, made, forms, count, count);
    for (size_t i = 0; i + 1 < count; i++)
        add_pattern(list, c, made, forms, count, i);
}

static int by_first_form(const void *one, const void *two)
{
    const concept_pattern *a = one, *b = two;
    int order = (a->forms[0] > b->forms[0]) - (a->forms[0] < b->forms[0]);
    if (!order)
        order = (int)a->without - (int)b->without;
    if (!order)
        order = (a->phrase > b->phrase) - (a->phrase < b->phrase);
    if (!order)
        order = (a->count < b->count) - (a->count > b->count);
    size_t size = a->count * sizeof *a->forms;
    return order ? order : memcmp(a->forms, b->forms, size);
}

/* Sort the patterns by their first form, and say where each form's begin. */
static void order_patterns(const concept_list *list, concept *c)
{
    size_t forms = list->forms.forms.count;
    c->first = arena_alloc(list->forms.memory, (forms + 2) * sizeof *c->first);
    if (c->patterns.count)
        qsort(c->patterns.items, c->patterns.count, sizeof *c->patterns.items, by_first_form);
    for (size_t form = 0, at = 0; form <= forms + 1; form++) {
        while (at < c->patterns.count && c->patterns.items[at].forms[0] < form)
            at++;
        c->first[form] = (uint32_t)at;
    }
}

static int by_words(const void *one, const void *two)
{
    const concept_heading_name *a = one, *b = two;
    int order = str_compare(a->words, b->words);
    if (!order)
        order = (int)!a->descriptor - (int)!b->descriptor;
    return order || !a->descriptor ? order : strcmp(a->descriptor->ui, b->descriptor->ui);
}

static void add_name(concept_list *list, str words, const mesh_descriptor *d)
{
    concept_heading_name *name = arena_append(list->forms.memory, &list->names.items,
                                              &list->names.count, sizeof *list->names.items);
    *name = (concept_heading_name){words, d};
}

/* "lion" for "lions", "lions" for "lion" */
static str other_number(arena *memory, str words)
{
    bool plural = words.length > 3 && words.data[words.length - 1] == 's';
    buf other = {0};
    buf_add(&other, str_part(words, 0, words.length - plural));
    buf_add_text(&other, plural ? "" : "s");
    str copy = {arena_copy(memory, buf_str(&other)), other.length};
    buf_free(&other);
    return copy;
}

static bool is_name(const concept_phrase *p)
{
    return p->exact && !p->abbreviation && !p->known;
}

/* The names of the concept's headings, and phrases that may be names of others. */
static void add_names(concept_list *list, const concept *c)
{
    arena *memory = list->forms.memory;
    for (size_t i = 0; i < c->headings.count; i++) {
        const mesh_descriptor *d = c->headings.items[i].descriptor;
        add_name(list, query_words(memory, str_of(d->name)), d);
    }
    for (size_t i = 0; i < c->broader.count; i++)
        add_name(list, query_words(memory, str_of(c->broader.items[i]->name)), c->broader.items[i]);
    for (size_t i = 0; i < c->phrases.count; i++) {
        const concept_phrase *p = &c->phrases.items[i];
        if (!is_name(p) || mesh_find(p->words))
            continue;
        add_name(list, p->words, NULL);
        add_name(list, other_number(memory, p->words), NULL);
    }
}

static void order_names(concept_list *list)
{
    size_t kept = 0;
    if (list->names.count)
        qsort(list->names.items, list->names.count, sizeof *list->names.items, by_words);
    for (size_t i = 0; i < list->names.count; i++)
        if (!kept || !str_equal(list->names.items[kept - 1].words, list->names.items[i].words))
            list->names.items[kept++] = list->names.items[i];
    list->names.count = kept;
}

size_t concept_find_name(const concept_list *list, str words)
{
    size_t low = 0, high = list->names.count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        int order = str_compare(list->names.items[middle].words, words);
        if (order == 0)
            return middle;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return list->names.count;
}

/* Which names of unknown headings are phrases of the concept. */
static void link_names(const concept_list *list, concept *c)
{
    arena *memory = list->forms.memory;
    for (size_t i = 0; i < c->phrases.count; i++) {
        const concept_phrase *p = &c->phrases.items[i];
        if (!is_name(p))
            continue;
        str words[] = {p->words, other_number(memory, p->words)};
        for (size_t k = 0; k < 2; k++) {
            size_t name = concept_find_name(list, words[k]);
            if (name == list->names.count || list->names.items[name].descriptor)
                continue;
            concept_name *n =
                arena_append(memory, &c->names.items, &c->names.count, sizeof *c->names.items);
            *n = (concept_name){(uint32_t)name, (uint32_t)i};
        }
    }
}

static void find_broader(arena *memory, concept *c)
{
    const mesh_descriptor *d;
    for (size_t i = 0; c->roots && (d = mesh_at(i)); i++) {
        bool above = false;
        for (size_t k = 0; k < c->roots && !above; k++)
            above = mesh_levels_below(d, c->headings.items[k].descriptor) > 0;
        if (above)
            *(const mesh_descriptor **)arena_append(memory, &c->broader.items, &c->broader.count,
                                                    sizeof *c->broader.items) = d;
    }
}

void concept_prepare(arena *memory, concept_list *list)
{
    list->forms = (form_table){.memory = memory};
    for (size_t i = 0; i < list->count; i++) {
        concept *c = &list->items[i];
        for (size_t k = 0; k < c->phrases.count; k++)
            add_patterns(list, c, c->phrases.items[k].words,
                         (concept_pattern){.phrase = (uint32_t)k});
        for (size_t k = 0; k < c->without.count; k++)
            add_patterns(list, c, c->without.items[k].words,
                         (concept_pattern){.phrase = (uint32_t)k, .without = true});
        find_broader(memory, c);
        add_names(list, c);
    }
    order_names(list);
    for (size_t i = 0; i < list->count; i++) {
        order_patterns(list, &list->items[i]);
        link_names(list, &list->items[i]);
    }
}
