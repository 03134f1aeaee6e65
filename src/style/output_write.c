/* A tree to the text of a format: laid out, joined, and printed by the format's table. */
#include "style/output_format.h"

static const struct format_table *table_of(enum output_format format)
{
    switch (format) {
    case OUTPUT_HTML: return &format_html;
    case OUTPUT_MARKDOWN: return &format_markdown;
    case OUTPUT_RTF: return &format_rtf;
    case OUTPUT_LATEX: return &format_latex;
    case OUTPUT_PLAIN: break;
    }
    return &format_plain;
}

static void print_piece(buf *out, const struct piece *piece, const struct format_table *table,
                        bool begins, str *address)
{
    switch ((enum piece_kind)piece->kind) {
    case PIECE_TEXT:
    case PIECE_OPEN_QUOTE:
    case PIECE_CLOSE_QUOTE: table->add_text(out, piece->text); break;
    case PIECE_BARE: break;
    case PIECE_OPEN: buf_add_text(out, table->dresses[piece->dress].open); break;
    case PIECE_CLOSE: buf_add_text(out, table->dresses[piece->dress].close); break;
    case PIECE_OPEN_BLOCK:
        if (!begins || !table->breaks_lines)
            buf_add_text(out, table->displays[piece->dress].open);
        break;
    case PIECE_CLOSE_BLOCK: buf_add_text(out, table->displays[piece->dress].close); break;
    case PIECE_OPEN_LINK:
        *address = piece->text;
        if (table->open_link)
            table->open_link(out, *address);
        break;
    case PIECE_CLOSE_LINK:
        if (table->close_link)
            table->close_link(out, *address);
        break;
    }
}

void output_write(buf *out, const struct output *tree, const struct output_options *options)
{
    if (!tree)
        return;
    arena memory = {0};
    struct run laid_out = {0}, joined = {0};
    run_from_tree(&laid_out, tree, options, &memory);
    run_join(&joined, &laid_out, options->locale);
    const struct format_table *table = table_of(options->format);
    str address = {0};
    size_t start = out->length;
    for (size_t i = 0; i < joined.count; i++)
        print_piece(out, &joined.items[i], table, out->length == start, &address);
    run_free(&laid_out);
    run_free(&joined);
    arena_free(&memory);
}

void output_write_plain(buf *out, const struct output *tree, const struct locale *locale)
{
    output_write(out, tree, &(struct output_options){.format = OUTPUT_PLAIN, .locale = locale});
}

const struct output_frame *output_frame(enum output_format format)
{
    return &table_of(format)->frame;
}
