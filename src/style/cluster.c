/* A citation: its cites sorted, rendered and joined. */
#include "base/memory.h"
#include "style/document.h"

/* The layout's look without the delimiter, which stands as a part of its own. */
static struct look *look_without_delimiter(arena *memory, const struct look *look)
{
    struct look *copy = arena_alloc(memory, sizeof *copy);

    *copy = *look;
    copy->delimiter = (str){0};
    return copy;
}

/* A cite's own prefix or suffix, with a space to part it from the cite where it has none. */
static struct output *affix(arena *memory, str text)
{
    if (!text.length)
        return NULL;
    struct output *tree = output_rich(memory, text, NULL);
    tree->role = ROLE_AFFIX;
    return tree;
}

static struct output *render_cite(processor *p, const struct placed_cite *placed, unsigned place)
{
    struct render r;

    document_render_begin(&r, p, &p->style->citation, placed->work, &p->scratch);
    render_set_locator(&r, placed->cite.locator, placed->cite.label);
    r.position = placed->position;
    r.near_note = placed->near_note;
    r.first_reference_note_number = placed->first_note;
    r.suppress_author = placed->cite.suppress_author;
    r.author_only = placed->cite.author_only;

    struct output *tree = output_group(&p->scratch, NULL);
    tree->role = ROLE_CITE;
    tree->number = place;
    output_add(tree, affix(&p->scratch, placed->cite.prefix));
    output_add(tree, render_layout(&r));
    output_add(tree, affix(&p->scratch, placed->cite.suffix));
    return tree;
}

void cluster_render(processor *p, buf *out, const struct placed_cite *cites, size_t count)
{
    const struct look *layout = &p->style->citation.look;
    const struct placed_cite **sorted = memory_alloc((count + 1) * sizeof *sorted);

    for (size_t i = 0; i < count; i++)
        sorted[i] = &cites[i];
    sorting_cites(p, sorted, count);

    struct output *tree = output_group(&p->scratch, look_without_delimiter(&p->scratch, layout));
    tree->layout = true;
    bool empty = true;
    for (size_t i = 0; i < count; i++) {
        struct output *cite = render_cite(p, sorted[i], (unsigned)i);
        if (output_is_empty(cite))
            continue;
        if (!empty)
            output_add(tree, output_leaf(&p->scratch, layout->delimiter, NULL));
        output_add(tree, cite);
        empty = false;
    }
    if (empty)
        buf_add_text(out, "[CSL STYLE ERROR: reference with no printed form.]");
    else
        output_write(out, tree, &p->options);
    arena_clear(&p->scratch);
    memory_free(sorted);
}
