/* A set of PMIDs as marks on pages: the whole of PubMed takes five megabytes. */
#ifndef FETCH_PMID_MARKS_H
#define FETCH_PMID_MARKS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { PMID_MARKS_MOST = 999999999, PMID_MARKS_PAGE = 1 << 16 };

/* Start from `pmid_marks m = {0};`, end with pmid_marks_free(). */
typedef struct pmid_marks {
    unsigned char *pages[PMID_MARKS_MOST / PMID_MARKS_PAGE + 1];
    size_t count;
} pmid_marks;

/* True when `pmid` was not in the set; one above PMID_MARKS_MOST never gets into it. */
bool pmid_marks_add(pmid_marks *marks, uint64_t pmid);
bool pmid_marks_has(const pmid_marks *marks, uint64_t pmid);

/* Call `each` for every PMID, the lowest first. */
void pmid_marks_each(const pmid_marks *marks, void (*each)(void *context, uint64_t pmid),
                     void *context);
void pmid_marks_free(pmid_marks *marks);

#endif
