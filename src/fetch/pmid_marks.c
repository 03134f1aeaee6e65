/* Pages of bits, made when the first PMID of their range comes. */
#include "fetch/pmid_marks.h"

#include "base/memory.h"

#include <string.h>

static unsigned bit_of(uint64_t pmid)
{
    return 1U << (pmid & 7);
}

static size_t byte_of(uint64_t pmid)
{
    return (size_t)(pmid % PMID_MARKS_PAGE / 8);
}

bool pmid_marks_has(const pmid_marks *marks, uint64_t pmid)
{
    const unsigned char *page =
        pmid <= PMID_MARKS_MOST ? marks->pages[pmid / PMID_MARKS_PAGE] : NULL;
    return page && page[byte_of(pmid)] & bit_of(pmid);
}

bool pmid_marks_add(pmid_marks *marks, uint64_t pmid)
{
    if (pmid > PMID_MARKS_MOST)
        return true;
    unsigned char **page = &marks->pages[pmid / PMID_MARKS_PAGE];
    if (!*page)
        *page = memory_alloc(PMID_MARKS_PAGE / 8);
    if ((*page)[byte_of(pmid)] & bit_of(pmid))
        return false;
    (*page)[byte_of(pmid)] |= (unsigned char)bit_of(pmid);
    marks->count++;
    return true;
}

void pmid_marks_each(const pmid_marks *marks, void (*each)(void *context, uint64_t pmid),
                     void *context)
{
    for (size_t i = 0; i < sizeof marks->pages / sizeof *marks->pages; i++)
        for (uint64_t k = 0; marks->pages[i] && k < PMID_MARKS_PAGE; k++)
            if (marks->pages[i][k / 8] & bit_of(k))
                each(context, i * PMID_MARKS_PAGE + k);
}

void pmid_marks_free(pmid_marks *marks)
{
    for (size_t i = 0; i < sizeof marks->pages / sizeof *marks->pages; i++)
        memory_free(marks->pages[i]);
    memset(marks, 0, sizeof *marks);
}
