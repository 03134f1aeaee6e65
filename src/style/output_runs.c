/* A tree to blocks of runs: the run of pieces with its dresses added up. */
#include "style/output_runs.h"

#include "style/output_run.h"

struct maker {
    arena *memory;
    struct output_block *blocks;
    size_t block_count;
    struct output_run *runs; /* of the block that is being filled */
    size_t run_count;
    buf text; /* of the run that is being filled */
    struct formatting *outer;
    size_t depth; /* of `outer` */
    uint8_t *displays;
    size_t display_depth;
    struct formatting formatting;
    str link;
    uint8_t display;
};

static void end_run(struct maker *m)
{
    if (!m->text.length)
        return;
    struct output_run *run = arena_append(m->memory, &m->runs, &m->run_count, sizeof *run);
    run->text = (str){arena_copy(m->memory, buf_str(&m->text)), m->text.length};
    run->formatting = m->formatting;
    run->link = m->link;
    buf_clear(&m->text);
}

static void end_block(struct maker *m)
{
    end_run(m);
    if (!m->run_count)
        return;
    struct output_block *block =
        arena_append(m->memory, &m->blocks, &m->block_count, sizeof *block);
    *block = (struct output_block){m->display, m->runs, m->run_count};
    m->runs = NULL;
    m->run_count = 0;
}

static void wear(struct formatting *f, enum dress dress)
{
    switch (dress) {
    case DRESS_ITALIC: f->font_style = FONT_STYLE_ITALIC; break;
    case DRESS_OBLIQUE: f->font_style = FONT_STYLE_OBLIQUE; break;
    case DRESS_STYLE_NORMAL: f->font_style = FONT_STYLE_NONE; break;
    case DRESS_SMALL_CAPS: f->font_variant = FONT_VARIANT_SMALL_CAPS; break;
    case DRESS_VARIANT_NORMAL: f->font_variant = FONT_VARIANT_NONE; break;
    case DRESS_BOLD: f->font_weight = FONT_WEIGHT_BOLD; break;
    case DRESS_LIGHT: f->font_weight = FONT_WEIGHT_LIGHT; break;
    case DRESS_WEIGHT_NORMAL: f->font_weight = FONT_WEIGHT_NONE; break;
    case DRESS_UNDERLINE: f->decoration = DECORATION_UNDERLINE; break;
    case DRESS_NO_DECORATION: f->decoration = DECORATION_UNSAID; break;
    case DRESS_SUP: f->vertical_align = ALIGN_SUP; break;
    case DRESS_SUB: f->vertical_align = ALIGN_SUB; break;
    case DRESS_BASELINE: f->vertical_align = ALIGN_NONE; break;
    case DRESS_COUNT: break;
    }
}

static void open_dress(struct maker *m, enum dress dress)
{
    end_run(m);
    struct formatting *outer = arena_append(m->memory, &m->outer, &m->depth, sizeof *outer);
    *outer = m->formatting;
    wear(&m->formatting, dress);
}

static void close_dress(struct maker *m)
{
    end_run(m);
    if (m->depth > 0)
        m->formatting = m->outer[--m->depth];
}

static void open_block(struct maker *m, uint8_t display)
{
    end_block(m);
    uint8_t *outer = arena_append(m->memory, &m->displays, &m->display_depth, sizeof *outer);
    *outer = m->display;
    m->display = display;
}

static void close_block(struct maker *m)
{
    end_block(m);
    if (m->display_depth > 0)
        m->display = m->displays[--m->display_depth];
}

static void take_piece(struct maker *m, const struct piece *piece)
{
    switch ((enum piece_kind)piece->kind) {
    case PIECE_TEXT:
    case PIECE_OPEN_QUOTE:
    case PIECE_CLOSE_QUOTE: buf_add(&m->text, piece->text); break;
    case PIECE_BARE: break;
    case PIECE_OPEN: open_dress(m, (enum dress)piece->dress); break;
    case PIECE_CLOSE: close_dress(m); break;
    case PIECE_OPEN_BLOCK: open_block(m, piece->dress); break;
    case PIECE_CLOSE_BLOCK: close_block(m); break;
    case PIECE_OPEN_LINK:
        end_run(m);
        m->link = piece->text;
        break;
    case PIECE_CLOSE_LINK:
        end_run(m);
        m->link = (str){0};
        break;
    }
}

void output_blocks_make(struct output_blocks *out, arena *memory, const struct output *tree,
                        const struct output_options *options)
{
    struct run laid_out = {0}, joined = {0};
    struct maker m = {.memory = memory};
    if (tree)
        run_from_tree(&laid_out, tree, options, memory);
    run_join(&joined, &laid_out, options->locale);
    for (size_t i = 0; i < joined.count; i++)
        take_piece(&m, &joined.items[i]);
    end_block(&m);
    *out = (struct output_blocks){m.blocks, m.block_count};
    run_free(&laid_out);
    run_free(&joined);
    buf_free(&m.text);
}
