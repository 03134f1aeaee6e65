/*
 * A tree as blocks of runs, for writers whose format is no text (DOCX): every run has the whole of
 * its formatting, every block its place in the entry.  Punctuation and quotations are those of
 * output_write().  What holds for all entries (hanging indent, spacing) is in style->bibliography;
 * second-field-align arrives here as a block in the left margin and one beside it.
 */
#ifndef STYLE_OUTPUT_RUNS_H
#define STYLE_OUTPUT_RUNS_H

#include "style/output.h"

/* Text in one dress.  Nothing is left unsaid in `formatting` but what is normal. */
struct output_run {
    str text;
    struct formatting formatting;
    str link; /* an address, or empty */
};

/* Runs in a row.  DISPLAY_NONE: what stands in no block of its own. */
struct output_block {
    uint8_t display;
    const struct output_run *runs;
    size_t count;
};
struct output_blocks {
    const struct output_block *items;
    size_t count;
};

/* All is in `memory`.  Blocks within blocks follow one another; options->format does not matter. */
void output_blocks_make(struct output_blocks *out, arena *memory, const struct output *tree,
                        const struct output_options *options);

#endif
