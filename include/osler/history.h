/**
 * @file
 * How records changed over time: every version that the library has seen, and what differs.
 */
#ifndef OSLER_HISTORY_H
#define OSLER_HISTORY_H

#include <osler/library.h>

#ifdef __cplusplus
extern "C" {
#endif

/** One field that differs: what it no longer has, and what it has now, in plain words.  Both are
 * empty when only the order has changed. */
typedef struct osler_field_change {
    const char *field; /**< Its name, as in <osler/fields.def>.  Static. */
    osler_text_list removed, added;
} osler_field_change;

typedef struct osler_field_change_list {
    osler_field_change *items;
    size_t count;
} osler_field_change_list;

/** What differs between two versions of a record. */
typedef struct osler_record_change {
    const char *status_before, *status_after; /**< MEDLINE, Publisher, ...; NULL when not said. */
    const char *design_before, *design_after; /**< Codes of <osler/appraise.h>. */
    bool indexed;                             /**< It has MeSH headings now and had none. */
    osler_text_list flags_gained; /**< Integrity flags: retracted, concern, corrected, ... */
    osler_text_list flags_lost;
    osler_field_change_list fields; /**< In the order of <osler/fields.def>. */
} osler_record_change;

/** One version of a record, or a deletion. */
typedef struct osler_version_seen {
    unsigned number;     /**< 1, 2, ... in the order the library saw them. */
    const char *seen;    /**< When the import or fetch began, as "2026-11-20T09:30:00Z". */
    const char *origin;  /**< The file or query it came from. */
    bool deletion;       /**< PubMed deleted the record; nothing else is said. */
    bool current;        /**< It is what the library shows. */
    bool older;          /**< It came when a newer one was here, and was kept beside it. */
    bool has_original;   /**< The bytes it came from are kept: osler_library_get_original(). */
    const char *status;  /**< NULL when not said. */
    const char *revised; /**< Date of revision, "2026-11-20"; NULL when not said. */
    osler_record_change
        change; /**< From the version that was current before; empty at the first. */
} osler_version_seen;

/** All versions of one record.  Everything in it is owned by it. */
typedef struct osler_history {
    const char *id;
    const char *title; /**< Plain text. */
    osler_version_seen *items;
    size_t count;
} osler_history;

/** The history of the record that `id` names, as for osler_library_get(), with its failures. */
OSLER_API OSLER_MUST_USE osler_status osler_library_history(osler_library *library, const char *id,
                                                            osler_history **out,
                                                            osler_error *error);
/** Accepts NULL. */
OSLER_API void osler_history_free(osler_history *history);

/**
 * The very bytes that a version came from.  You own `*bytes`: osler_history_free_bytes().
 * OSLER_ENOTFOUND: there is no such version, or its bytes were not kept.
 */
OSLER_API OSLER_MUST_USE osler_status osler_library_get_original(osler_library *library,
                                                                 const char *id, unsigned number,
                                                                 char **bytes, size_t *length,
                                                                 osler_error *error);
/** Accepts NULL. */
OSLER_API void osler_history_free_bytes(char *bytes);

/** What became of one record since a day. */
typedef struct osler_difference {
    const char *id, *title; /**< The title as plain text. */
    enum {
        OSLER_DIFFERENCE_NEW,
        OSLER_DIFFERENCE_CHANGED,
        OSLER_DIFFERENCE_DELETED,
    } kind;
    const char *when;           /**< When the import or fetch began that brought it. */
    osler_record_change change; /**< Empty unless it has changed. */
} osler_difference;

/**
 * Call `each` for every record that is new, changed or deleted by an import or fetch that began at
 * `since` ("2026-11-20", or with a time as "2026-11-20T09:30:00Z") or later, in the order the
 * library first saw them; what it was before is the last version seen earlier.  The difference is
 * lent. `each` returns false to stop.  OSLER_EUSAGE: `since` is no such date.
 */
OSLER_API OSLER_MUST_USE osler_status
osler_library_diff(osler_library *library, const char *since,
                   bool (*each)(void *context, const osler_difference *difference), void *context,
                   osler_error *error);

#ifdef __cplusplus
}
#endif

#endif
