/* The bibliography: its entries in the format, with what stands around them. */
#include "base/memory.h"
#include "style/cluster.h"
#include "style/subsequent_authors.h"

/* The entries as given out last. */
struct bibliography {
    arena memory;
    struct bibliography_entry *entries;
    size_t count;
};

const char *processor_bibliography_start(const processor *p)
{
    return output_frame(p->options.format)->start;
}

const char *processor_bibliography_end(const processor *p)
{
    return output_frame(p->options.format)->end;
}

/* The first field in the margin, the others beside it. */
static void align_second_field(struct output *layout, arena *memory)
{
    struct look *margin = arena_alloc(memory, sizeof *margin);
    struct look *beside = arena_alloc(memory, sizeof *beside);
    struct output *first = layout->first;

    while (first && output_is_empty(first))
        first = first->next;
    if (!first)
        return;
    margin->display = DISPLAY_LEFT_MARGIN;
    beside->display = DISPLAY_RIGHT_INLINE;
    struct output *left = output_group(memory, margin), *right = output_group(memory, beside);
    right->first = first->next;
    right->last = first->next ? layout->last : NULL;
    first->next = NULL;
    output_add(left, first);
    layout->first = layout->last = NULL;
    output_add(layout, left);
    output_add(layout, right);
}

/* The mark of a retracted work: the first thing of its entry, behind a number in the margin. */
static void add_mark(struct output *layout, arena *memory, const struct item *item)
{
    struct output *place = layout;

    if (!item->mark)
        return;
    for (struct output *child = layout->first; child; child = child->next)
        if (child->first && child->look && child->look->display == DISPLAY_RIGHT_INLINE)
            place = child;
    struct output *mark = output_leaf(memory, str_of(item->mark), NULL);
    mark->role = ROLE_MARK;
    mark->verbatim = true;
    mark->next = place->first;
    place->first = mark;
    if (!place->last)
        place->last = mark;
}

/* What stands in for an entry without a printed form where citations refer to numbers. */
static struct output *no_form(const struct work *work, arena *memory)
{
    buf text = {0};

    buf_printf(&text, "%u. [CSL STYLE ERROR: reference with no printed form.]", work->number);
    struct output *leaf =
        output_leaf(memory, (str){arena_copy(memory, buf_str(&text)), text.length}, NULL);
    buf_free(&text);
    return leaf;
}

/* The bibliography as it is being made. */
struct making {
    processor *p;
    struct subsequent_authors authors;
    buf text;
    size_t count;
};

/* The tree of an entry; NULL when nothing is printed. */
static struct output *make_tree(struct making *making, const struct work *work,
                                struct missing *missing)
{
    processor *p = making->p;
    const struct area *area = &p->style->bibliography;
    arena *memory = &p->scratch;
    struct render r;

    document_render_begin(&r, p, area, work, memory);
    r.missing = missing;
    struct output *layout = render_layout(&r);
    if (area->has_substitute)
        subsequent_authors(p, &making->authors, layout);
    if (output_is_empty(layout) && !work->item->mark)
        return area->facts.prints_number ? no_form(work, memory) : NULL;
    struct output *tree = output_group(memory, &area->look);
    tree->layout = true;
    cluster_capitalize_term(layout, memory);
    if (area->second_field_align)
        align_second_field(layout, memory);
    add_mark(layout, memory, work->item);
    output_add(tree, layout);
    return tree;
}

static void render_entry(struct making *making, const struct work *work)
{
    processor *p = making->p;
    arena *memory = &p->bibliography->memory;
    struct missing missing = {0};
    struct output *tree = make_tree(making, work, &missing);

    if (tree) {
        struct bibliography_entry *entry = &p->bibliography->entries[making->count++];
        buf_clear(&making->text);
        buf_add_text(&making->text, output_frame(p->options.format)->entry_start);
        output_write(&making->text, tree, &p->options);
        buf_add_text(&making->text, output_frame(p->options.format)->entry_end);
        entry->id = work->id;
        entry->item = work->item;
        entry->number = work->number;
        entry->text = arena_copy(memory, buf_str(&making->text));
        enum variable *asked = arena_alloc(memory, (missing.count + 1) * sizeof *asked);
        memcpy(asked, missing.items, missing.count * sizeof *asked);
        entry->missing = asked;
        entry->missing_count = missing.count;
    }
    arena_clear(&p->scratch);
}

size_t processor_bibliography(processor *p, const struct bibliography_entry **out)
{
    struct making making = {.p = p};

    document_settle(p);
    if (!p->bibliography)
        p->bibliography = memory_alloc(sizeof *p->bibliography);
    arena_clear(&p->bibliography->memory);
    p->bibliography->entries =
        arena_alloc(&p->bibliography->memory, (p->sorted_count + 1) * sizeof **out);
    for (size_t i = 0; i < p->sorted_count; i++)
        render_entry(&making, p->sorted[i]);
    subsequent_authors_free(&making.authors);
    buf_free(&making.text);
    *out = p->bibliography->entries;
    p->bibliography->count = making.count;
    return making.count;
}

const struct output *processor_entry_tree(processor *p, size_t index)
{
    struct making making = {.p = p};
    struct missing missing = {0};
    const struct output *tree = NULL;

    if (!p->bibliography || index >= p->bibliography->count)
        return NULL;
    arena_clear(&p->scratch);
    for (size_t i = index ? index - 1 : 0; i <= index; i++) /* what stands before may shorten it */
        tree = make_tree(&making, document_work(p, p->bibliography->entries[i].id), &missing);
    subsequent_authors_free(&making.authors);
    return tree;
}

void bibliography_free(processor *p)
{
    if (!p->bibliography)
        return;
    arena_free(&p->bibliography->memory);
    memory_free(p->bibliography);
}
