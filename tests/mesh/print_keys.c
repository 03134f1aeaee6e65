/* Prints src/mesh/keys.inc: the keys of all names and entry terms, made from the vocabulary. */
#include "base/form.h"
#include "mesh/mesh.h"

#include <stdio.h>
#include <stdlib.h>

struct key {
    str text;
    size_t descriptor;
    bool preferred; /* the heading itself, not an entry term */
};

struct key_list {
    struct key *items;
    size_t count;
};

static void add(arena *memory, struct key_list *list, str text, struct key key)
{
    str direct = form_key(memory, text), inverted = mesh_inverted_key(memory, text);
    if (direct.length)
        *(struct key *)arena_append(memory, &list->items, &list->count, sizeof *list->items) =
            (struct key){direct, key.descriptor, key.preferred};
    if (inverted.length)
        *(struct key *)arena_append(memory, &list->items, &list->count, sizeof *list->items) =
            (struct key){inverted, key.descriptor, false};
}

static int by_text(const void *one, const void *two)
{
    const struct key *a = one, *b = two;
    int order = str_compare(a->text, b->text);
    if (order == 0)
        order = (int)b->preferred - (int)a->preferred;
    return order ? order : (a->descriptor > b->descriptor) - (a->descriptor < b->descriptor);
}

int main(void)
{
    arena memory = {0};
    struct key_list list = {0};
    const mesh_descriptor *d;
    for (size_t i = 0; (d = mesh_at(i)); i++) {
        str rest = str_of(d->terms), term;
        add(&memory, &list, str_of(d->name), (struct key){.descriptor = i, .preferred = true});
        while (str_next_field(&rest, '|', &term))
            add(&memory, &list, term, (struct key){.descriptor = i});
    }
    qsort(list.items, list.count, sizeof *list.items, by_text);
    puts("/* Made by tests/mesh/check_keys.sh (OSLER_UPDATE=1) from seed.inc.  Do not edit. */");
    for (size_t i = 0; i < list.count; i++)
        if (i == 0 || !str_equal(list.items[i].text, list.items[i - 1].text))
            printf("KEY(\"%.*s\", %zu)\n", STR_ARG(list.items[i].text), list.items[i].descriptor);
    arena_free(&memory);
    return 0;
}
