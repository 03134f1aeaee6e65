/* Plain-text reference lists to records: splitting, labeling, and what the labels mean. */
#ifndef REFS_REFS_H
#define REFS_REFS_H

#include "base/arena.h"
#include "base/str.h"
#include <osler/record.h>

/* One reference of a list. */
struct refs_reference {
    str text;           /* on one line, its number taken off; hyphenated words joined */
    str number;         /* as printed ("12", "[Smi99]"), empty when there is none */
    unsigned line;      /* of the list, where it starts; 1-based */
    bool truncated;     /* breaks off in the middle */
    const char *remark; /* "ibid.", "two in one", ...; NULL when there is nothing to say */
};

/* The references of a list, in order, in `memory`.  `list` is UTF-8. */
OSLER_MUST_USE osler_status refs_split(struct refs_reference **out, size_t *count, arena *memory,
                                       str list, osler_error *error);

/* How sure each field of a parsed reference is, 0 to 1; 0: it has none. */
struct refs_confidence {
    float authors, title, container, date, volume, issue, pages, doi, whole;
};

/*
 * The record that a reference describes: fields as printed, nothing completed.  In `memory`.  What
 * no field takes is kept as an extra "note"; the text itself as the extra "reference".
 */
OSLER_MUST_USE osler_status refs_parse(osler_record **out, struct refs_confidence *sure,
                                       arena *memory, const struct refs_reference *reference,
                                       osler_error *error);

/* Whether a text looks like a reference list (and not like prose or another format). */
bool refs_recognize(str head);

#endif
