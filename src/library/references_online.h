/* References that the library has not: looked for in PubMed, and fetched when they are found. */
#ifndef LIBRARY_REFERENCES_ONLINE_H
#define LIBRARY_REFERENCES_ONLINE_H

#include "library/library.h"
#include <osler/resolve.h>

/* One reference, and what became of it. */
struct reference {
    const osler_record *record; /* what was understood */
    const char *text, *number, *remark, *differences;
    osler_verdict verdict;
    const char *id; /* of the work that it is; NULL: none of the library's */
};

struct reference_list {
    struct reference *items;
    size_t count;
};

/*
 * Ask PubMed for those that are not in the library, compare what it offers with each reference, and
 * fetch into the library what agrees, and nothing else.  `*fetched` counts the records; then they
 * are to be resolved again.
 */
OSLER_MUST_USE osler_status references_fetch(osler_library *library,
                                             const struct reference_list *list,
                                             const osler_import_options *options, uint64_t *fetched,
                                             osler_error *error);

#endif
