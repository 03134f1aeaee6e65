/* What the parts of splitting a list share: its lines, where references begin, and joining. */
#ifndef REFS_SPLIT_H
#define REFS_SPLIT_H

#include "base/arena.h"
#include "base/buf.h"
#include "refs/refs.h"

/* A line that says something; empty ones, page numbers and running heads are left out. */
struct refs_line {
    str text;        /* without white space at its ends, every space inside a plain one */
    unsigned number; /* in the list, from 1 */
    unsigned indent; /* columns before the text */
    unsigned width;  /* code points, the indent included */
    bool after_blank;
    bool after_page; /* the end of a page, its number or running head stand between */
};

/* A reference begins at `at` of line `line`, with a number or bullet of `length` bytes. */
struct refs_start {
    size_t line, at, length;
    bool inside; /* of a line */
    bool bullet; /* no number, but a sign that every reference has */
};

struct refs_lines {
    struct refs_line *items;
    size_t count;
};

/* The lines of a list, furniture of pages and a heading left out. */
struct refs_lines refs_cut_lines(arena *memory, str list);

/* Where references begin: by their numbers or, where there are none, by the layout. */
size_t refs_find_numbered(struct refs_start **out, arena *memory, const struct refs_lines *lines);
size_t refs_find_unnumbered(struct refs_start **out, arena *memory, const struct refs_lines *lines);

/* Words that the list hyphenates inside a line, and words that it does not. */
struct refs_words;
struct refs_words *refs_words_of(arena *memory, const struct refs_lines *lines);

/* Add a line to a reference: hyphenated words are joined. */
void refs_join(buf *text, str line, const struct refs_words *words);

/* "Ibid., p. 5", "Idem", "Op. cit.": it names no work itself. */
bool refs_is_ibid(str text);

/* What is to be said of each reference: "ibid.", "two in one", truncated; dashes become authors. */
void refs_remark(arena *memory, struct refs_reference *references, size_t count);

#endif
