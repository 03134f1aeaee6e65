/* What a token of a reference can be. */
#ifndef REFS_LABELS_H
#define REFS_LABELS_H

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

#endif
