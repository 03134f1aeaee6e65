/* Which field each part of a reference belongs to: the trained labeler. */
#ifndef REFS_LABEL_H
#define REFS_LABEL_H

#include "base/arena.h"
#include "base/str.h"
#include <osler/base.h>

/* What a token can be; label.c and the model's recipe share this list. */
enum refs_label {
    REFS_OTHER,     /* notes, punctuation that belongs nowhere */
    REFS_NUMBER,    /* the reference's own number or label in the list */
    REFS_AUTHOR,    /* persons and groups, "et al" included */
    REFS_EDITOR,    /* editors and translators of a book, "(eds.)" included */
    REFS_TITLE,     /* of the work itself */
    REFS_CONTAINER, /* journal, or the book a chapter stands in, or a series */
    REFS_DATE,
    REFS_VOLUME,
    REFS_ISSUE,
    REFS_PAGES, /* pages or the article number */
    REFS_EDITION,
    REFS_PUBLISHER,
    REFS_PLACE,
    REFS_GENRE, /* "[dissertation]", "Technical report" */
    REFS_DOI,
    REFS_PMID,
    REFS_PMCID,
    REFS_ISBN,
    REFS_URL,
    REFS_LABEL_COUNT
};

struct refs_token {
    str text; /* as printed, a view of the reference */
    enum refs_label label;
    float confidence; /* of the label: its share of all labelings, 0 to 1 */
};

/*
 * The tokens of one reference (UTF-8, one line, no markup) with their labels, in `memory`.  Tokens
 * leave out white space only.  `*sure` is the confidence in the labeling as a whole.
 * OSLER_ELIMIT: longer than REFS_LONGEST bytes.
 */
enum { REFS_LONGEST = 1 << 16 };
OSLER_MUST_USE osler_status refs_label(struct refs_token **out, size_t *count, float *sure,
                                       arena *memory, str reference, osler_error *error);

#endif
