/* Does this reference mean that record?  Are two records the same work? */
#ifndef MATCH_MATCH_H
#define MATCH_MATCH_H

#include "base/arena.h"
#include "base/str.h"
#include <osler/record.h>

enum match_field {
    MATCH_PMID,
    MATCH_DOI,
    MATCH_PMCID,
    MATCH_TITLE,
    MATCH_AUTHORS,
    MATCH_FIRST_AUTHOR,
    MATCH_JOURNAL,
    MATCH_YEAR,
    MATCH_VOLUME,
    MATCH_ISSUE,
    MATCH_PAGE,
    MATCH_FIELD_COUNT
};

enum match_agreement {
    MATCH_ABSENT, /* one of the two does not say */
    MATCH_DIFFERENT,
    MATCH_NEAR, /* a typing error, an abbreviation, a neighbouring year */
    MATCH_SAME,
};

/* One pair compared, field by field. */
struct match_comparison {
    enum match_agreement fields[MATCH_FIELD_COUNT];
    double title; /* likeness of the titles, 0 to 1 */
    double score; /* of the whole, 0 to 1: the share of such pairs that are one work */
    /* Beside the contract's fields: what a verdict needs to know. */
    bool one;       /* the two are one work, as far as their fields can say */
    bool apart;     /* something says that they are two, however alike: part I and part II, a notice
                       and its paper, a preprint, the abstract of a congress */
    bool truncated; /* the reference's title is the beginning of the record's */
    double place;   /* evidence of journal, year, volume, issue and page alone; 0: none, below:
                       against */
};

/* Keys under which a record can be found (blocking); the same function makes those of a reference.
 */
enum { MATCH_KEYS = 8 };
struct match_keys {
    str keys[MATCH_KEYS];
    size_t count;
};
void match_make_keys(struct match_keys *out, arena *memory, const osler_record *record);

void match_compare(struct match_comparison *out, arena *memory, const osler_record *reference,
                   const osler_record *record);

#endif
