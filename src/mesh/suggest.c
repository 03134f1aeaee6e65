/* What somebody may have meant: names and entry terms near to what was typed. */
#include "mesh/mesh.h"

#include "base/form.h"

#include <string.h>

enum {
    LONGEST = 120, /* what is longer than this was not mistyped but pasted */
    FAINT = 1000   /* this far, it is worth naming only where nothing nearer is */
};

unsigned mesh_distance(str a, str b, unsigned limit)
{
    if (a.length > LONGEST || b.length > LONGEST)
        return limit + 1;
    size_t gap = a.length > b.length ? a.length - b.length : b.length - a.length;
    if (gap > limit)
        return limit + 1;
    unsigned rows[3][LONGEST + 1]; /* the row at work and the two before it */
    for (unsigned j = 0; j <= b.length; j++)
        rows[0][j] = j;
    for (unsigned i = 1; i <= a.length; i++) {
        unsigned *row = rows[i % 3], *last = rows[(i + 2) % 3], *second = rows[(i + 1) % 3];
        row[0] = i;
        for (unsigned j = 1; j <= b.length; j++) {
            bool same = a.data[i - 1] == b.data[j - 1];
            unsigned best = last[j - 1] + !same;
            if (last[j] + 1 < best)
                best = last[j] + 1;
            if (row[j - 1] + 1 < best)
                best = row[j - 1] + 1;
            if (i > 1 && j > 1 && a.data[i - 1] == b.data[j - 2] &&
                a.data[i - 2] == b.data[j - 1] && second[j - 2] + 1 < best)
                best = second[j - 2] + 1;
            row[j] = best;
        }
    }
    return rows[a.length % 3][b.length];
}

/* Keep the list sorted by distance, then by term; no term twice. */
static void insert(arena *memory, mesh_suggestion_list *list, str term, unsigned distance)
{
    if (list->count && list->items[0].distance < FAINT && distance >= FAINT)
        return;
    if (list->count && list->items[0].distance >= FAINT && distance < FAINT)
        list->count = 0;
    size_t at = list->count;
    for (size_t i = 0; i < list->count; i++)
        if (str_equal_ignoring_case(str_of(list->items[i].term), term))
            return;
    while (at > 0 && (list->items[at - 1].distance > distance ||
                      (list->items[at - 1].distance == distance &&
                       str_compare(str_of(list->items[at - 1].term), term) > 0)))
        at--;
    if (at >= list->most)
        return;
    if (list->count < list->most)
        list->count++;
    memmove(&list->items[at + 1], &list->items[at], (list->count - at - 1) * sizeof *list->items);
    list->items[at] = (mesh_suggestion){arena_copy(memory, term), distance};
}

/* The distance as a suggestion: a term that begins as typed, give or take a letter, is near as
 * well; 0: not near. */
static unsigned nearness(str typed, str key)
{
    unsigned limit = (unsigned)(typed.length < 5 ? 1 : typed.length / 4 > 4 ? 4 : typed.length / 4);
    unsigned distance = mesh_distance(typed, key, limit);
    if (distance <= limit)
        return distance + 1;
    if (typed.length >= 4 && str_starts_with(key, typed))
        return limit + 2;
    bool begins =
        typed.length >= 7 && mesh_distance(typed, str_part(key, 0, typed.length + 1), 1) < 2;
    return begins ? FAINT : 0;
}

void mesh_consider(arena *memory, mesh_suggestion_list *list, str text, str term)
{
    arena scratch = {0};
    str typed = form_key(&scratch, text);
    unsigned near = typed.length < 3 ? 0 : nearness(typed, form_key(&scratch, term));
    if (near)
        insert(memory, list, term, near);
    arena_free(&scratch);
}

size_t mesh_suggest(arena *memory, str text, mesh_suggestion *out, size_t most)
{
    mesh_suggestion_list list = {out, 0, most};
    arena scratch = {0};
    str typed = form_key(&scratch, text);
    const mesh_descriptor *d;
    for (size_t i = 0; typed.length >= 3 && (d = mesh_at(i)); i++) {
        str rest = str_of(d->terms), term = str_of(d->name);
        do {
            unsigned near = nearness(typed, form_key(&scratch, term));
            if (near)
                insert(memory, &list, term, near);
        } while (str_next_field(&rest, '|', &term));
    }
    arena_free(&scratch);
    return list.count;
}
