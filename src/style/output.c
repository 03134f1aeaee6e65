/* Trees of texts: building, searching and copying them. */
#include "style/output.h"

struct output *output_leaf(arena *memory, str text, const struct look *look)
{
    struct output *leaf = arena_alloc(memory, sizeof *leaf);
    leaf->text = text;
    leaf->look = look;
    return leaf;
}

struct output *output_group(arena *memory, const struct look *look)
{
    return output_leaf(memory, (str){0}, look);
}

void output_add(struct output *group, struct output *child)
{
    if (!child)
        return;
    if (group->last)
        group->last->next = child;
    else
        group->first = child;
    group->last = child;
}

static bool is_empty(const struct output *tree, unsigned depth)
{
    if (!tree->first || depth == OUTPUT_DEPTH)
        return tree->text.length == 0;
    for (const struct output *child = tree->first; child; child = child->next)
        if (!is_empty(child, depth + 1))
            return false;
    return true;
}

bool output_is_empty(const struct output *tree)
{
    return !tree || is_empty(tree, 0);
}

static struct output *find(struct output *tree, enum output_role role, unsigned depth)
{
    if (tree->role == role)
        return tree;
    if (depth == OUTPUT_DEPTH)
        return NULL;
    for (struct output *child = tree->first; child; child = child->next) {
        struct output *found = find(child, role, depth + 1);
        if (found)
            return found;
    }
    return NULL;
}

struct output *output_find(struct output *tree, enum output_role role)
{
    return tree ? find(tree, role, 0) : NULL;
}

static struct output *copy(arena *memory, const struct output *tree, unsigned depth)
{
    struct output *made = arena_room(memory, sizeof *made);
    *made = *tree;
    made->next = made->first = made->last = NULL;
    if (depth == OUTPUT_DEPTH)
        return made;
    for (const struct output *child = tree->first; child; child = child->next)
        output_add(made, copy(memory, child, depth + 1));
    return made;
}

struct output *output_copy(arena *memory, const struct output *tree)
{
    return tree ? copy(memory, tree, 0) : NULL;
}
