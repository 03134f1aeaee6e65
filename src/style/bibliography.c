/* The bibliography: its entries in the format, with what stands around them. */
#include "base/memory.h"
#include "style/document.h"

/* The entries as given out last. */
struct bibliography {
    arena memory;
    struct bibliography_entry *entries;
};

/* What a format puts around the bibliography and around an entry. */
static const struct {
    const char *start, *end, *entry_start, *entry_end;
} wrappings[] = {
    [OUTPUT_PLAIN] = {"", "", "", "\n"},
    [OUTPUT_HTML] = {"<div class=\"csl-bib-body\">\n", "</div>", "  <div class=\"csl-entry\">",
                     "</div>\n"},
    [OUTPUT_MARKDOWN] = {"", "", "", "\n\n"},
    [OUTPUT_RTF] = {"{\\rtf1 ", "}", "", "\\par\n"},
    [OUTPUT_LATEX] = {"\\begin{description}\n", "\\end{description}\n", "\\item[] ", "\n"},
};

const char *processor_bibliography_start(const processor *p)
{
    return wrappings[p->options.format].start;
}

const char *processor_bibliography_end(const processor *p)
{
    return wrappings[p->options.format].end;
}

/* The mark of a retracted work: the first thing of its entry, whatever the style says. */
static void add_mark(struct output *entry, arena *memory, const struct item *item)
{
    if (!item->mark)
        return;
    struct output *mark = output_leaf(memory, str_of(item->mark), NULL);
    mark->role = ROLE_MARK;
    mark->verbatim = true;
    output_add(entry, mark);
}

/* The first field in the margin, the others beside it. */
static void align_second_field(struct output *layout, arena *memory)
{
    struct look *margin = arena_alloc(memory, sizeof *margin);
    struct look *beside = arena_alloc(memory, sizeof *beside);
    struct output *first = layout->first;

    while (first && output_is_empty(first))
        first = first->next;
    if (!first || !first->next)
        return;
    margin->display = DISPLAY_LEFT_MARGIN;
    beside->display = DISPLAY_RIGHT_INLINE;
    struct output *left = output_group(memory, margin), *right = output_group(memory, beside);
    right->first = first->next;
    right->last = layout->last;
    first->next = NULL;
    output_add(left, first);
    layout->first = left;
    layout->last = right;
    left->next = right;
    right->next = NULL;
}

static void render_entry(processor *p, const struct work *work, buf *text,
                         struct bibliography_entry *entry)
{
    const struct area *area = &p->style->bibliography;
    struct missing missing = {0};
    struct render r;

    document_render_begin(&r, p, area, work, &p->scratch);
    r.missing = &missing;
    struct output *layout = render_layout(&r);
    if (area->second_field_align)
        align_second_field(layout, &p->scratch);
    struct output *tree = output_group(&p->scratch, &area->look);
    tree->layout = true;
    add_mark(tree, &p->scratch, work->item);
    output_add(tree, layout);
    buf_clear(text);
    buf_add_text(text, wrappings[p->options.format].entry_start);
    output_write(text, tree, &p->options);
    buf_add_text(text, wrappings[p->options.format].entry_end);

    arena *memory = &p->bibliography->memory;
    entry->id = work->id;
    entry->item = work->item;
    entry->number = work->number;
    entry->text = arena_copy(memory, buf_str(text));
    enum variable *asked = arena_alloc(memory, (missing.count + 1) * sizeof *asked);
    memcpy(asked, missing.items, missing.count * sizeof *asked);
    entry->missing = asked;
    entry->missing_count = missing.count;
    arena_clear(&p->scratch);
}

size_t processor_bibliography(processor *p, const struct bibliography_entry **out)
{
    buf text = {0};

    document_settle(p);
    if (!p->bibliography)
        p->bibliography = memory_alloc(sizeof *p->bibliography);
    arena_clear(&p->bibliography->memory);
    p->bibliography->entries =
        arena_alloc(&p->bibliography->memory, (p->sorted_count + 1) * sizeof **out);
    for (size_t i = 0; i < p->sorted_count; i++)
        render_entry(p, p->sorted[i], &text, &p->bibliography->entries[i]);
    buf_free(&text);
    *out = p->bibliography->entries;
    return p->sorted_count;
}

void bibliography_free(processor *p)
{
    if (!p->bibliography)
        return;
    arena_free(&p->bibliography->memory);
    memory_free(p->bibliography);
}
