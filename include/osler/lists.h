/**
 * @file
 * Lists of references: each in its order, with what became of every entry.  They are the user's own
 * data: <osler/own.h>.
 */
#ifndef OSLER_LISTS_H
#define OSLER_LISTS_H

#include <osler/resolve.h>

#ifdef __cplusplus
extern "C" {
#endif

/** A list. */
typedef struct osler_list {
    const char *name;
    const char *made;   /**< When, as "2026-11-20T09:30:00Z". */
    const char *source; /**< The file it was read from. */
    uint64_t entries;
    uint64_t resolved; /**< Entries that are a work of the library. */
} osler_list;

/** One reference of a list. */
typedef struct osler_list_entry {
    unsigned position;  /**< 1 is first. */
    const char *number; /**< As printed: "12", "[Smi99]"; NULL: none. */
    const char *text;   /**< As pasted; NULL: it came as a record. */
    const char
        *remark; /**< What was seen when it was read ("breaks off in the middle"), or NULL. */
    /** What became of it: "exact", "repairable", "chimera", "ambiguous", "not-in-library", or
     * "imported": it came as a record, which is in the library. */
    const char *verdict;
    osler_difference_list differences;
    const char *id;             /**< The work's that it is; NULL: none of the library's. */
    osler_flag_list flags;      /**< Of that work, as of now: retracted, ... */
    const osler_record *record; /**< What was understood of it; when it was imported, the work's. */
} osler_list_entry;

/** Lists, or one with its entries.  Everything in it is owned by it. */
typedef struct osler_lists {
    osler_list *items;
    size_t count;
    osler_list_entry *entries; /**< Of the one. */
    size_t entry_count;
} osler_lists;

/** All lists, by name, without their entries.  You own `*out`: osler_lists_free(). */
OSLER_API OSLER_MUST_USE osler_status osler_library_lists(osler_library *library, osler_lists **out,
                                                          osler_error *error);

/** The list of that name (case does not matter) with its entries.  You own `*out`:
 *  osler_lists_free().  OSLER_ENOTFOUND. */
OSLER_API OSLER_MUST_USE osler_status osler_library_list(osler_library *library, const char *name,
                                                         osler_lists **out, osler_error *error);
/** Accepts NULL. */
OSLER_API void osler_lists_free(osler_lists *lists);

/** OSLER_ENOTFOUND: there is no such list; OSLER_EUSAGE: `to` is another's name, or not a name. */
OSLER_API OSLER_MUST_USE osler_status osler_library_rename_list(osler_library *library,
                                                                const char *name, const char *to,
                                                                osler_error *error);
/** Remove a list; its works stay.  OSLER_ENOTFOUND. */
OSLER_API OSLER_MUST_USE osler_status osler_library_remove_list(osler_library *library,
                                                                const char *name,
                                                                osler_error *error);

#ifdef __cplusplus
}
#endif

#endif
