/* A manuscript in a test: a style and works of its own writing, citations that come and go. */
#ifndef STYLE_MEMORY_PAPER_H
#define STYLE_MEMORY_PAPER_H

#include "base/buf.h"
#include "style/processor.h"

enum { PAPER_CITATIONS = 64, PAPER_CITES = 64 };

struct paper {
    arena memory;
    struct style *style;
    struct locale *locale;
    struct item_list items;
    processor *processor;
    struct citation_place places[PAPER_CITATIONS];
    size_t count;
    buf text;
};

/* `style` stands between <style class=CLASS> and </style>; `json` is an array of works. */
void paper_open(struct paper *paper, const char *class_name, const char *style, const char *json);
void paper_close(struct paper *paper);

/*
 * Put the citation `id` at `index` (a citation of that id is moved there and replaced) in note
 * `note`.  `cites`: ids parted by spaces; "a:12" has a page locator.  What the call says has
 * changed, lent until the next call: "ID TEXT" a line.
 */
const char *paper_cite(struct paper *paper, size_t index, const char *id, unsigned note,
                       const char *cites);

/* The next paper_cite() leaves the citation out. */
void paper_remove(struct paper *paper, const char *id);

/* All citations, a line each; a citation by itself; the bibliography, a line an entry. */
const char *paper_text(struct paper *paper);
const char *paper_preview(struct paper *paper, const char *cites);
const char *paper_bibliography(struct paper *paper);

/* All works in the bibliography, in the order of the JSON. */
void paper_include_all(struct paper *paper);

#endif
