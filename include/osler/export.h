/**
 * @file
 * Exporting works of the library: a file in any output format.
 */
#ifndef OSLER_EXPORT_H
#define OSLER_EXPORT_H

#include <osler/find.h>
#include <osler/formats.h>

#ifdef __cplusplus
extern "C" {
#endif

/** An export at work: works that were named or found, then one text.  Use it on one thread. */
typedef struct osler_export osler_export;

/** In what order works are written. */
typedef enum osler_export_order {
    OSLER_EXPORT_AS_FOUND, /**< As they were named, or as the search ranked them. */
    OSLER_EXPORT_BY_DATE,  /**< What a search found, the latest first; ids as named. */
    OSLER_EXPORT_BY_PMID,  /**< The lowest first; works without one behind them, by id. */
} osler_export_order;

/** How to export. */
typedef struct osler_export_options {
    const char *to;      /**< The output format: osler_writer_name(); NULL: the profile's. */
    const char *profile; /**< The tool it is for: osler_profile_name(); NULL for none. */
    osler_export_order order;
    size_t limit;                     /**< Most works of one search; 0: all. */
    osler_progress_callback progress; /**< NULL for none. */
    void *context;                    /**< Of `progress`. */
} osler_export_options;

/** What an export has done so far. */
typedef struct osler_export_report {
    uint64_t written;             /**< Works. */
    uint64_t failed;              /**< Works that could not be read. */
    uint64_t marked;              /**< Retracted ones among those written: each bears its mark. */
    osler_left_out_list left_out; /**< What the format cannot carry; lent until the next call. */
} osler_export_report;

/**
 * An export from `library`, which is lent until osler_export_close(), as options are; that is due
 * for `*out`.  OSLER_EFORMAT: there is no such output format or profile.
 */
OSLER_API OSLER_MUST_USE osler_status osler_export_open(osler_export **out, osler_library *library,
                                                        const osler_export_options *options,
                                                        osler_error *error);

/**
 * Add the work that `id` names, as osler_library_get() knows it.  A work that is there already
 * keeps its place.  OSLER_ENOTFOUND: the library has none.
 */
OSLER_API OSLER_MUST_USE osler_status osler_export_add(osler_export *exporting, const char *id,
                                                       osler_error *error);

/**
 * Add what a search finds, in its order; `*found` is how many match.  `notes` (may be NULL) is
 * called with each sentence on what may not have been meant so; they are
 * lent.
 * OSLER_EUSAGE: the query cannot be understood; the error has the column.
 */
OSLER_API OSLER_MUST_USE osler_status osler_export_add_query(
    osler_export *exporting, const char *query, uint64_t *found,
    void (*notes)(void *context, const char *sentence), void *context, osler_error *error);

/**
 * The next part of the text, lent until the next call.  OSLER_END: that was all.
 * OSLER_EINTERRUPTED: the progress callback asked to stop.  Any other status is the failure of one
 * work, and the next call goes on behind it.
 *
 * A retracted work always bears its mark, also where only its notice says that it is one.
 */
OSLER_API OSLER_MUST_USE osler_status osler_export_next(osler_export *exporting, const char **text,
                                                        size_t *length, osler_error *error);

/** What has been done up to the last call of osler_export_next(). */
OSLER_API osler_export_report osler_export_get_report(const osler_export *exporting);

/** Accepts NULL; also in the middle. */
OSLER_API void osler_export_close(osler_export *exporting);

#ifdef __cplusplus
}
#endif

#endif
