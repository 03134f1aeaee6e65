/**
 * @file
 * Saved searches run again: what is new, newly indexed, changed, retracted, gone, and why.
 */
#ifndef OSLER_SYNC_H
#define OSLER_SYNC_H

#include <osler/fetch.h>
#include <osler/history.h>

#ifdef __cplusplus
extern "C" {
#endif

/** What happened to one record of a saved search. */
typedef enum osler_sync_event {
    OSLER_SYNC_NEW,     /**< PubMed made the record since the last run. */
    OSLER_SYNC_JOINED,  /**< An older record that was changed or indexed, and matches now. */
    OSLER_SYNC_FLAGGED, /**< It was retracted, or another integrity flag has come or gone. */
    OSLER_SYNC_INDEXED, /**< It has MeSH headings now, or is MEDLINE now. */
    OSLER_SYNC_CHANGED, /**< Some of its fields differ. */
    OSLER_SYNC_LEFT,    /**< It was changed, and does not match any more; kept in the library. */
    OSLER_SYNC_GONE,    /**< PubMed has no record for it: deleted, or merged into another. */
    OSLER_SYNC_UNEXPLAINED, /**< It came into the result or left it without any change. */
} osler_sync_event;

enum { OSLER_SYNC_EVENTS = OSLER_SYNC_UNEXPLAINED + 1 };

typedef struct osler_sync_item {
    const char *search; /**< The name of the search. */
    osler_sync_event event;
    uint64_t pmid;
    const char *title;                 /**< Plain text; "" when the library has no record. */
    bool lost;                         /**< Unexplained: it left; else it came. */
    const osler_record_change *change; /**< What differs; NULL when nothing does. */
} osler_sync_item;

/** What the run of one saved search found. */
typedef struct osler_sync_report {
    const char *name, *query;
    const char *last;                   /**< When it was run before; "" when never. */
    const osler_fetch_report *fetch;    /**< What was fetched, with its warnings and problems. */
    uint64_t before, added, lost, now;  /**< Records in the result: before + added - lost = now. */
    uint64_t count;                     /**< As PubMed counts them. */
    uint64_t events[OSLER_SYNC_EVENTS]; /**< How many items of each kind. */
    bool balanced;                      /**< The numbers agree, and so does PubMed's count. */
    bool complete; /**< Balanced, and all that had to be fetched has come or is known to be gone. */
} osler_sync_report;

/** A search kept under a name. */
typedef struct osler_saved_search {
    const char *name, *query;
    const char
        *translation; /**< PubMed's reading of it; NULL when it has not been run to its end. */
    const char *last; /**< When it was run last; NULL when never to its end. */
    uint64_t count;   /**< Records in its result then. */
} osler_saved_search;

/** Call `each` with every saved search, in the order of their names; lent. */
OSLER_API OSLER_MUST_USE osler_status osler_library_searches(
    osler_library *library, void (*each)(void *context, const osler_saved_search *search),
    void *context, osler_error *error);

/** Forget the search `name`, not the records it found.  OSLER_ENOTFOUND: there is none. */
OSLER_API OSLER_MUST_USE osler_status osler_library_forget_search(osler_library *library,
                                                                  const char *name,
                                                                  osler_error *error);

/** How to sync; zeroed is the default. */
typedef struct osler_sync_options {
    bool all; /**< Ask for every record whose status is not final, also for those asked lately. */
    bool forget_original; /**< Do not keep the bytes that records came from. */
    osler_progress_callback progress;
    void *context; /**< Of all callbacks. */
    /** Called for each record that something happened to, after it was stored; lent. */
    void (*item)(void *context, const osler_sync_item *item);
    /** Called once for each search, after its items; lent. */
    void (*done)(void *context, const osler_sync_report *report);
} osler_sync_options;

/**
 * Run saved searches again, those with these `names` or all of them in the order of their names:
 * list the whole result, fetch what is new, what PubMed has changed or indexed since the last run
 * (with two days of overlap), what was not final two weeks ago, retracted works that the library
 * does not know to be, and what has left the result, to see why.  The state of a search moves on
 * only when its whole result has been listed; interrupted, it goes on where it was.
 *
 * OSLER_ENOTFOUND: there is no such search, or none at all; others as for osler_library_fetch().
 */
OSLER_API OSLER_MUST_USE osler_status osler_library_sync(osler_library *library,
                                                         const osler_text_list *names,
                                                         const osler_sync_options *options,
                                                         osler_error *error);

#ifdef __cplusplus
}
#endif

#endif
