/* Links of works at work: what the parts of it share. */
#ifndef LIBRARY_LINKS_H
#define LIBRARY_LINKS_H

#include "base/arena.h"
#include "library/library.h"
#include <osler/links.h>

/* One work that is asked for. */
struct links_work {
    const char *id; /* as asked for */
    uint64_t pmid;  /* 0: none is known */
    const char *doi;
    bool known;         /* in the library */
    const char *reason; /* why it cannot be answered for; NULL: it can */
};

/* A link before it is shown; `from` is a place among the works. */
struct links_found {
    size_t from, place; /* place: in the order found */
    uint64_t pmid;      /* 0: none */
    osler_link shown;
};

struct links_search {
    osler_library *library; /* NULL: none */
    const osler_links_options *options;
    struct links_work *works;
    size_t count;
    struct links_found *found;
    size_t found_count;
    uint64_t done, total; /* for the progress */
    uint64_t without_scores, retries;
    arena *memory;
};

/* Add a link, whose texts must live as long as `memory`. */
struct links_found *links_add(struct links_search *s, size_t from, uint64_t pmid);

/* False: the work is to stop. */
bool links_go_on(const struct links_search *s, const char *what);

/* What the records of the library say. */
OSLER_MUST_USE osler_status links_recorded(struct links_search *s, osler_error *error);

/* What PubMed says of the works with PMIDs. */
OSLER_MUST_USE osler_status links_online(struct links_search *s, osler_error *error);

#endif
