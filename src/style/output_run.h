/*
 * A tree laid out as a run of pieces in the order of print: texts, and marks where a dress, a
 * quotation, a block or a link begins and ends.  Formats print the run piece by piece.
 */
#ifndef STYLE_OUTPUT_RUN_H
#define STYLE_OUTPUT_RUN_H

#include "style/output.h"

enum piece_kind {
    PIECE_TEXT,
    PIECE_OPEN, /* a dress begins */
    PIECE_CLOSE,
    PIECE_BARE,       /* beginning or end of a dress that has no mark: normal in normal */
    PIECE_OPEN_QUOTE, /* its mark is the text */
    PIECE_CLOSE_QUOTE,
    PIECE_OPEN_BLOCK, /* display; the dress is an enum display */
    PIECE_CLOSE_BLOCK,
    PIECE_OPEN_LINK, /* the text is the whole address */
    PIECE_CLOSE_LINK,
};

/* What a dress changes.  The last of a kind is what a part in another dress goes back to. */
enum dress {
    DRESS_ITALIC,
    DRESS_OBLIQUE,
    DRESS_STYLE_NORMAL,
    DRESS_SMALL_CAPS,
    DRESS_VARIANT_NORMAL,
    DRESS_BOLD,
    DRESS_LIGHT,
    DRESS_WEIGHT_NORMAL,
    DRESS_UNDERLINE,
    DRESS_NO_DECORATION,
    DRESS_SUP,
    DRESS_SUB,
    DRESS_BASELINE,
    DRESS_COUNT
};

/* The quotation marks that a field had.  Typographic ones stay as long as no quotation is around
 * them; straight ones of another kind than the first of the field are printed as inner ones. */
enum quote_marks {
    MARKS_STRAIGHT,
    MARKS_OTHER,
    MARKS_DOUBLE,     /* “ ” */
    MARKS_SINGLE,     /* ‘ ’ */
    MARKS_LOW_DOUBLE, /* „ “ */
    MARKS_LOW_SINGLE, /* ‚ ‘ */
    MARKS_GUILLEMETS, /* « » */
};

/* Where a text comes from: fields are changed at their ends alone. */
enum origin {
    ORIGIN_CONTENT,
    ORIGIN_PREFIX,
    ORIGIN_SUFFIX,
    ORIGIN_DELIMITER,
};

struct piece {
    uint8_t kind, dress, origin;
    bool verbatim;
    bool of_look;   /* a dress that came with quotes in one look: a stop goes inside of both */
    bool spaced;    /* a suffix of a dressed part: its space is not made one with the next */
    bool single;    /* the end of a quotation of one text */
    bool beside;    /* the end of one dressed text: what follows stands right beside it */
    unsigned field; /* texts of the same field meet as they are; 0: of none */
    str text;
};

struct run {
    struct piece *items;
    size_t count, capacity;
};

/* Room for one more piece, not zeroed. */
struct piece *run_add(struct run *run);
void run_free(struct run *run);

/* Lay `tree` out.  `links`: parts with a link get their address, which is kept in `memory`. */
void run_from_tree(struct run *run, const struct output *tree, const struct output_options *options,
                   arena *memory);

/* Put right what meets: `from` with its punctuation merged and moved, added to `to`. */
void run_join(struct run *to, const struct run *from, const struct locale *locale);

#endif
