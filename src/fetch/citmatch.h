/* Citation matching: from a citation as printed to PMIDs, as ECitMatch and ESearch do it. */
#ifndef FETCH_CITMATCH_H
#define FETCH_CITMATCH_H

#include "base/buf.h"
#include "base/str.h"

enum { CITMATCH_BATCH = 100 }; /* citations in one request */

/* A citation as printed; "" where it does not say. */
typedef struct citmatch_citation {
    str journal, year, volume, page, author, title, doi;
} citmatch_citation;

typedef enum citmatch_answer {
    CITMATCH_SILENT, /* no line for it: the server drops those it cannot read */
    CITMATCH_NONE,
    CITMATCH_SEVERAL,
    CITMATCH_ONE,
} citmatch_answer;

/* True when ECitMatch can do something with it: it wants a journal or a year, and more than that.
 */
bool citmatch_is_askable(const citmatch_citation *citation);

/* Add the line that asks for `citation` under the name of `key`, with the CR behind it. */
void citmatch_add_line(buf *out, const citmatch_citation *citation, unsigned key);

/* What one line of the reply says.  False: it is not such a line. */
bool citmatch_read_line(str line, unsigned *key, citmatch_answer *answer, unsigned long *pmid);

/* The steps of a search for what ECitMatch does not find, from narrow to wide. */
enum { CITMATCH_BY_DOI, CITMATCH_BY_TITLE, CITMATCH_BY_WORDS, CITMATCH_STEPS };

/* The query of one step.  False: the citation does not say enough for it. */
bool citmatch_make_query(buf *out, const citmatch_citation *citation, int step);

#endif
