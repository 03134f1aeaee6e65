/* What the parts of the reader of PubMed's text displays share: NBIB's parser makes the record. */
#ifndef FORMATS_PUBMED_TEXT_PUBMED_TEXT_H
#define FORMATS_PUBMED_TEXT_PUBMED_TEXT_H

#include "formats/nbib/nbib.h"

/* "12. ", "12: " or "12:" at the start of `line`: how long it is; 0 when there is none. */
size_t display_number(str line);

/*
 * Where the date of a citation is, behind the journal's name: "J Pain. 2008 Aug;9(8):667-77.".
 * False when there is none.
 */
bool citation_find_date(str citation, size_t *start, size_t *end);

/* Take "J Pain. 2008 Aug;9(8):667-77. doi: ...": false, and nothing taken, when it is no citation.
 */
bool citation_take(nbib_parser *p, str citation);

/* Take "Authors. Title. J Pain. 2008 Aug;9(8):667-77. doi: ... PMID: ...", as above. */
bool citation_take_summary(nbib_parser *p, str summary);

/* Take what a line of identifiers says: "PMCID: PMC12 [Available on ...]". */
void citation_take_remarks(nbib_parser *p, str text);

/* The tag of NBIB for a link that starts `text` ("Comment in"), and how long its words are. */
const char *citation_link(str text, size_t *length);

/* True when `text` is a list of short names: "Long V, Doe JA Jr(1)(2), et al." */
bool people_are(str text);

/* Take the authors, and their affiliations ("(1)Department of ... (2)..."). */
void people_take_authors(nbib_parser *p, str authors, str affiliations);

/* Take names alone under a tag of NBIB. */
void people_take(nbib_parser *p, str names, const char *tag);

/* Take one block of the Abstract or the Summary display. */
void block_take(nbib_parser *p, str block);

#endif
