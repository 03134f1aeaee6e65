/**
 * @file
 * Counting what a search finds by year, design, journal, heading, publication type or language.
 */
#ifndef OSLER_COUNT_H
#define OSLER_COUNT_H

#include <osler/library.h>

#ifdef __cplusplus
extern "C" {
#endif

/** What to count by. */
typedef enum osler_facet {
    OSLER_FACET_YEAR,
    OSLER_FACET_DESIGN,
    OSLER_FACET_JOURNAL,
    OSLER_FACET_MESH, /**< Headings as they stand on the records, without those above them. */
    OSLER_FACET_TYPE,
    OSLER_FACET_LANGUAGE,
} osler_facet;

/** One value and how many of the records have it. */
typedef struct osler_facet_count {
    const char *value; /**< The year, a design code, NLM's number of the journal, its ISSN or its
                            name, the folded name of a heading or a type, a language code. */
    const char *name;  /**< To show: "randomized trial", "J Headache Pain". */
    uint64_t count;
} osler_facet_count;

typedef struct osler_facet_list {
    osler_facet_count *items;
    size_t count;
} osler_facet_list;

/** What counting gave.  All in it belongs to it. */
typedef struct osler_count_result {
    const char *query;       /**< As given. */
    osler_text_list notes;   /**< As those of osler_find(). */
    uint64_t count;          /**< Records that match. */
    uint64_t without;        /**< Of these, records that have no value. */
    uint64_t values;         /**< Different values, whatever the limit. */
    osler_facet_list facets; /**< Falling by count, then rising by name. */
} osler_count_result;

/**
 * Count what osler_find() would find for `query`, by `facet`; at most `limit` values are returned,
 * 0: all.  A record that has several headings or types counts for each.
 *
 * You own `*out`: osler_count_result_free().  OSLER_EUSAGE: the query cannot be understood; the
 * error has the column, in bytes.
 */
OSLER_API OSLER_MUST_USE osler_status osler_count(osler_count_result **out, osler_library *library,
                                                  const char *query, osler_facet facet,
                                                  size_t limit, osler_error *error);
/** Accepts NULL. */
OSLER_API void osler_count_result_free(osler_count_result *result);

#ifdef __cplusplus
}
#endif

#endif
