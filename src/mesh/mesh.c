/* Looking up headings by UI, by any form of their names, and by their place in the tree. */
#include "mesh/mesh.h"

#include "base/form.h"
#include "mesh/vocabulary.h"

#include <string.h>

const mesh_descriptor *mesh_at(size_t index)
{
    const vocabulary *v = vocabulary_get();
    return index < v->count ? &v->items[index] : NULL;
}

const mesh_descriptor *mesh_by_ui(str ui)
{
    const vocabulary *v = vocabulary_get();
    for (size_t low = 0, high = v->count; low < high;) {
        size_t middle = (low + high) / 2;
        int order = str_compare(str_of(v->items[middle].ui), ui);
        if (order == 0)
            return &v->items[middle];
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

static const mesh_descriptor *find_key(str key)
{
    const vocabulary *v = vocabulary_get();
    for (size_t low = 0, high = v->key_count; key.length && low < high;) {
        size_t middle = (low + high) / 2;
        int order = str_compare(str_of(v->keys[middle].text), key);
        if (order == 0)
            return &v->items[v->keys[middle].descriptor];
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

const mesh_descriptor *mesh_find(str text)
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
    const mesh_descriptor *d = find_key(form_key(&scratch, text));
    if (!d)
        d = find_key(mesh_inverted_key(&scratch, text));
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
