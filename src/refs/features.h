/* What is seen of each token of a reference: the evidence that labels are learned from. */
#ifndef REFS_FEATURES_H
#define REFS_FEATURES_H

#include "refs/tokens.h"

/* What of a token, its neighbors and the whole reference the features are made of. */
struct token_view {
    uint32_t word, prefix, suffix; /* hashes of the lower-case text and its ends */
    uint8_t shape;                 /* enum shape, or SHAPE_MARKS and more: the mark itself */
    uint8_t lexicon;               /* of which kinds of names it is a word: lexicon.inc */
    bool spaced, quoted, bracketed;
    uint8_t position;     /* in the reference, in tenths */
    uint8_t index;        /* from its beginning, to 7 */
    uint8_t year;         /* before, at, after the first year; and how that stands */
    uint8_t sentence;     /* sentence ends before, to 5 */
    uint8_t initials;     /* among the tokens near by, behind and ahead */
    uint8_t number_ahead; /* tokens to the next number, by size */
    uint8_t stop_ahead;   /* tokens to the next sentence end, by size */
    uint8_t part_length;  /* words between two marks, by size */
    uint8_t part_kind;    /* what these words are like */
    uint8_t part_end;     /* the shape of the mark behind */
    uint8_t part_after;   /* the shape of what stands behind that */
    uint8_t part_before;  /* the shape of the mark before */
    uint8_t part_index;   /* parts before, to 15 */
};

/* The views of `count` tokens, in `memory`. */
struct token_view *features_view(arena *memory, const struct token *tokens, size_t count);

/* The features of the token at `i`, as hashes; how many there are. */
enum { FEATURES_MOST = 96 };
size_t features_at(uint32_t out[FEATURES_MOST], const struct token_view *views, size_t count,
                   size_t i);

/* What stands between the tokens at i - 1 and i, as far as a change of label depends on it. */
enum { FEATURES_EDGES = 12 };
unsigned features_edge(const struct token_view *views, size_t i);

#endif
