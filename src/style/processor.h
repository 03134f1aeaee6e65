/*
 * A document: its works, its citations in order, its bibliography; kept right while citations come,
 * change and go.  Only what changed is rendered again.
 */
#ifndef STYLE_PROCESSOR_H
#define STYLE_PROCESSOR_H

#include "style/item.h"
#include "style/output.h"
#include "style/render.h"
#include "style/tree.h"

typedef struct processor processor;

/* One work cited in a citation. */
struct cite {
    const char *id;     /* of the item */
    str locator;        /* "12-14", or empty */
    unsigned label;     /* a term; 0: page */
    str prefix, suffix; /* rich text */
    bool suppress_author, author_only;
    int position;   /* -1: found out; else forced, enum position */
    bool near_note; /* forced */
};

/* Style and locale are lent until processor_free(). */
processor *processor_new(const struct style *style, const struct locale *locale,
                         const struct output_options *options);
void processor_free(processor *p);

/* Give the processor a work, under item->id; the item is lent until processor_free().  A later one
 * with the same id takes its place. */
void processor_add_item(processor *p, const struct item *item);

/* Have these works in the bibliography, cited or not: before sorting, those not cited stand behind
 * those cited, in this order. */
void processor_include(processor *p, const char *const *ids, size_t count);

/* A citation of the document, with the number of the note it stands in (0: in the text). */
struct citation_place {
    const char *id;
    unsigned note;
};

/* A citation whose text was made new by a call. */
struct citation_change {
    const char *id;
    size_t index; /* its place in the document */
    const char *text;
};

/* A citation to be put in: the citations around it, all of them, in order, are named. */
struct citation_request {
    const char *id;
    unsigned note; /* 0: in the text */
    const struct cite *cites;
    size_t count;
    const struct citation_place *before, *after;
    size_t before_count, after_count;
};

/*
 * Put a citation in.  Citations that are not named around it are gone, and one with the same id is
 * replaced.  `*changes` are those whose text is another now, the given one among them always; lent
 * until the next call.  OSLER_ENOTFOUND: a cite's item, or a citation of before or after, is not
 * known; then nothing has changed.
 */
osler_status processor_cite(processor *p, const struct citation_request *request,
                            const struct citation_change **changes, size_t *change_count,
                            osler_error *error);

/*
 * Have these citations be the document, in this order, in place of all that were there: much
 * cheaper than one by one.  What stands before and after is not read; processor_citations() has the
 * texts.  OSLER_ENOTFOUND, OSLER_EINPUT (an id comes twice): nothing has changed.
 */
osler_status processor_cite_all(processor *p, const struct citation_request *requests, size_t count,
                                osler_error *error);

/* The text of a citation rendered for itself, outside of the document: no position is found out.
 * Lent until the next call. */
osler_status processor_preview(processor *p, const struct cite *cites, size_t count,
                               const char **text, osler_error *error);

/* The text of the citation at `index` of the document; NULL past the last.  Lent until the next
 * call. */
const char *processor_citation(const processor *p, size_t index);

/* All citations of the document, in order. */
size_t processor_citations(const processor *p, const struct citation_change **out);

/* One entry of the bibliography. */
struct bibliography_entry {
    const char *id;
    const struct item *item;
    unsigned number;              /* citation number */
    const char *text;             /* in the format, with what the format puts around an entry */
    const enum variable *missing; /* asked for by the style and absent, with its substitutes */
    size_t missing_count;
};

/* The bibliography, sorted; lent until the next call.  Layout hints are in style->bibliography. */
size_t processor_bibliography(processor *p, const struct bibliography_entry **out);

/* The parts of one entry of the bibliography as given out last, for those who write a format of
 * their own (DOCX).  NULL: there is no such entry.  Lent until the next call. */
const struct output *processor_entry_tree(processor *p, size_t index);

/* What stands before and after the entries in the format. */
const char *processor_bibliography_start(const processor *p);
const char *processor_bibliography_end(const processor *p);

#endif
