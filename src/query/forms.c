/* Numbering forms of words. */
#include "query/forms.h"

static size_t slot_of(const form_table *l, str form)
{
    uint64_t hash = 14695981039346656037U; /* FNV-1a */
    for (size_t i = 0; i < form.length; i++)
        hash = (hash ^ (unsigned char)form.data[i]) * 1099511628211U;
    size_t at = (size_t)(hash ^ hash >> 32) & (l->size - 1);
    while (l->slots[at] && !str_equal(form_table_get(l, l->slots[at]), form))
        at = (at + 1) & (l->size - 1);
    return at;
}

static void grow(form_table *l)
{
    l->size = l->size ? 2 * l->size : 64;
    l->slots = arena_alloc(l->memory, l->size * sizeof *l->slots);
    for (uint32_t number = 1; number <= l->forms.count; number++)
        l->slots[slot_of(l, form_table_get(l, number))] = number;
}

uint32_t form_table_find(const form_table *l, str form)
{
    return l->size ? l->slots[slot_of(l, form)] : 0;
}

static uint32_t add(form_table *l, str form, bool made)
{
    uint32_t known = form_table_find(l, form);
    if (known) {
        l->made[known - 1] &= made;
        return known;
    }
    if (2 * (l->forms.count + 1) > l->size)
        grow(l);
    size_t slot = slot_of(l, form);
    str *item = arena_append(l->memory, &l->forms.items, &l->forms.count, sizeof *item);
    *item = (str){arena_copy(l->memory, form), form.length};
    *(bool *)arena_append(l->memory, &l->made, &l->made_count, sizeof *l->made) = made;
    l->slots[slot] = (uint32_t)l->forms.count;
    return l->slots[slot];
}

uint32_t form_table_add(form_table *l, str form)
{
    return add(l, form, false);
}

uint32_t form_table_add_made(form_table *l, str form)
{
    return add(l, form, true);
}

uint32_t form_table_find_joined(const form_table *l, str joined)
{
    uint32_t number = form_table_find(l, joined);
    if (!number && joined.length && joined.data[joined.length - 1] == 's')
        number = form_table_find(l, str_part(joined, 0, joined.length - 1));
    return number && !l->made[number - 1] ? number : 0;
}
