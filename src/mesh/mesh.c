/* Looking up headings by UI, by any form of their names, and by their place in the tree. */
#include "mesh/mesh.h"

#include "base/form.h"

#include <string.h>

static const mesh_descriptor seed[] = {
#define DESCRIPTOR(ui, name, numbers, terms) {ui, name, numbers, terms},
#include "mesh/seed.inc"
#undef DESCRIPTOR
};
enum { SEED_COUNT = sizeof seed / sizeof *seed };

/* The keys of all names and entry terms (mesh_key()), rising, each once: where several headings
 * have it, that which it is the name of, then that with the lowest UI. */
static const struct key {
    const char *text;
    unsigned short descriptor;
} keys[] = {
#define KEY(text, descriptor) {text, descriptor},
#include "mesh/keys.inc"
#undef KEY
};
enum { KEY_COUNT = sizeof keys / sizeof *keys };

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

str mesh_inverted_key(arena *memory, str text)
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

static const mesh_descriptor *find_key(str key)
{
    for (size_t low = 0, high = KEY_COUNT; key.length && low < high;) {
        size_t middle = (low + high) / 2;
        int order = str_compare(str_of(keys[middle].text), key);
        if (order == 0)
            return &seed[keys[middle].descriptor];
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
