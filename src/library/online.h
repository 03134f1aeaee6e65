/* References looked for in PubMed: what it offers for each is fetched and shown, nothing is stored.
 */
#ifndef LIBRARY_ONLINE_H
#define LIBRARY_ONLINE_H

#include "base/arena.h"
#include <osler/fetch.h>

/* One reference that is looked for. */
struct online_reference {
    const osler_record *record;
    bool answered; /* every candidate of it has been shown: what is not there is not in PubMed */
};

/* Who is asking. */
struct online_asker {
    osler_progress_callback progress; /* NULL for none */
    void *progress_context;
    /* A record of PubMed that may be the reference with this index; lent. */
    void (*offered)(void *context, size_t reference, const osler_record *record);
    void *context;
};

/*
 * Ask PubMed for all references together; `offered` is called for each pair of a reference and a
 * record that may be it, and has to compare them.  After a failure some may be answered.
 */
OSLER_MUST_USE osler_status online_ask(struct online_reference *references, size_t count,
                                       const struct online_asker *asker, osler_error *error);

/* The PMID of a record as a number; 0 without one. */
uint64_t online_pmid(const osler_record *record);

void online_add_pmid(osler_pmids *list, uint64_t pmid);

/* In order, each once. */
void online_sort_pmids(osler_pmids *list);

#endif
