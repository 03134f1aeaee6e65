/* Looking up headings by UI, by any form of their names, and by their place in the tree. */
#include "mesh/mesh.h"

#include "base/form.h"
#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

static const mesh_descriptor seed[] = {
#define DESCRIPTOR(ui, name, numbers, terms) {ui, name, numbers, terms},
#include "mesh/seed.inc"
#undef DESCRIPTOR
};
enum { SEED_COUNT = sizeof seed / sizeof *seed };

/* One name or entry term, under the form it is looked up by. */
struct entry {
    str key;
    const mesh_descriptor *descriptor;
    bool preferred; /* the heading itself, not an entry term */
};

struct entry_list {
    struct entry *items;
    size_t count;
};

struct mesh_index {
    arena memory;
    struct entry_list entries; /* sorted by key, preferred names first */
};

const mesh_descriptor *mesh_at(size_t index)
{
    return index < SEED_COUNT ? &seed[index] : NULL;
}

const mesh_descriptor *mesh_by_ui(str ui)
{
    for (size_t low = 0, high = SEED_COUNT; low < high;) {
        size_t middle = (low + high) / 2;
        int order = str_compare(str_of(seed[middle].ui), ui);
        if (order == 0)
            return &seed[middle];
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

/* The key of "B A" for "A, B"; empty when `text` has no comma or more than one. */
static str inverted_key(arena *memory, str text)
{
    size_t comma = str_find(text, ',');
    str none = {"", 0};
    if (comma == text.length)
        return none;
    str before = str_part(text, 0, comma), after = str_part(text, comma + 1, text.length);
    if (str_find(after, ',') < after.length)
        return none;
    buf b = {0};
    buf_add(&b, after);
    buf_add_byte(&b, ' ');
    buf_add(&b, before);
    str key = form_key(memory, buf_str(&b));
    buf_free(&b);
    return key;
}

static void add_entry(mesh_index *index, str key, const mesh_descriptor *d, bool preferred)
{
    if (!key.length)
        return;
    struct entry *e = arena_append(&index->memory, &index->entries.items, &index->entries.count,
                                   sizeof *index->entries.items);
    *e = (struct entry){key, d, preferred};
}

static int by_key(const void *one, const void *two)
{
    const struct entry *a = one, *b = two;
    int order = str_compare(a->key, b->key);
    if (order == 0)
        order = (int)b->preferred - (int)a->preferred;
    return order ? order : strcmp(a->descriptor->ui, b->descriptor->ui);
}

mesh_index *mesh_index_new(void)
{
    mesh_index *index = memory_alloc(sizeof *index);
    for (size_t i = 0; i < SEED_COUNT; i++) {
        str name = str_of(seed[i].name), rest = str_of(seed[i].terms), term;
        add_entry(index, form_key(&index->memory, name), &seed[i], true);
        add_entry(index, inverted_key(&index->memory, name), &seed[i], false);
        while (str_next_field(&rest, '|', &term)) {
            add_entry(index, form_key(&index->memory, term), &seed[i], false);
            add_entry(index, inverted_key(&index->memory, term), &seed[i], false);
        }
    }
    qsort(index->entries.items, index->entries.count, sizeof *index->entries.items, by_key);
    return index;
}

void mesh_index_free(mesh_index *index)
{
    if (!index)
        return;
    arena_free(&index->memory);
    memory_free(index);
}

static const mesh_descriptor *find_key(const mesh_index *index, str key)
{
    size_t low = 0, high = index->entries.count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (str_compare(index->entries.items[middle].key, key) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    bool found = low < index->entries.count && str_equal(index->entries.items[low].key, key);
    return found && key.length ? index->entries.items[low].descriptor : NULL;
}

const mesh_descriptor *mesh_find(const mesh_index *index, str text)
{
    text = str_trim(text);
    char ui[16];
    if (text.length > 1 && text.length < sizeof ui && char_lower(text.data[0]) == 'd') {
        memcpy(ui, text.data, text.length);
        ui[0] = 'D';
        const mesh_descriptor *d = mesh_by_ui((str){ui, text.length});
        if (d)
            return d;
    }
    arena scratch = {0};
    const mesh_descriptor *d = find_key(index, form_key(&scratch, text));
    if (!d)
        d = find_key(index, inverted_key(&scratch, text));
    arena_free(&scratch);
    return d;
}

static int dots(str s)
{
    int count = 0;
    for (size_t i = 0; i < s.length; i++)
        count += s.data[i] == '.';
    return count;
}

int mesh_levels_below(const mesh_descriptor *root, const mesh_descriptor *heading)
{
    if (root == heading)
        return 0;
    int best = -1;
    str roots = str_of(root->numbers), above;
    while (str_next_field(&roots, '|', &above)) {
        str numbers = str_of(heading->numbers), number;
        while (str_next_field(&numbers, '|', &number)) {
            if (number.length <= above.length || number.data[above.length] != '.' ||
                !str_starts_with(number, above))
                continue;
            int levels = dots(number) - dots(above);
            if (best < 0 || levels < best)
                best = levels;
        }
    }
    return best;
}
