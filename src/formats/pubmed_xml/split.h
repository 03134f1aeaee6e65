/*
 * PubMed XML cut into its items at the bytes of their tags, without an XML parser: so that a record
 * that is malformed, truncated or too large fails alone, and the next one is read.
 */
#ifndef FORMATS_PUBMED_XML_SPLIT_H
#define FORMATS_PUBMED_XML_SPLIT_H

#include "formats/format.h"

enum { SPLIT_NAME = 64 };

/* What closes a comment, a CDATA section, an instruction, a tag. */
enum split_closing { SPLIT_COMMENT, SPLIT_CDATA, SPLIT_INSTRUCTION, SPLIT_TAG, SPLIT_CLOSINGS };

typedef struct splitter {
    window *input;
    char root[SPLIT_NAME];     /* the name of the open root element; "" when none is open */
    char encoding[SPLIT_NAME]; /* that the XML declaration names; "" for UTF-8 */
    size_t used;               /* bytes of the item given out last, dropped at the next call */
    size_t dropped;            /* bytes of the input before the window */
    size_t none_before[SPLIT_CLOSINGS]; /* in the input: up to here all was searched in vain */
    size_t complained_at;               /* in the input */
    bool in_deletions;                  /* inside DeleteCitation: each PMID is an item */
    bool complained;                    /* the text since the last item has had its error */
    bool started;                       /* a root element or an item has been seen */
    bool over;                          /* nothing more will come */
    bool complete;                      /* ... and that is as it should be */
} splitter;

/*
 * The next item, an element with its tags; or a failure (of an item, of what stands between items,
 * of the source) behind which the next call goes on; OSLER_END at the end.
 */
OSLER_MUST_USE osler_status split_next(splitter *s, struct piece *out, osler_error *error);

/* The part of `head` that shows that it is PubMed XML is there. */
bool split_recognize(str head);

#endif
