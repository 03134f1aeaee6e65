/**
 * @file
 * Searching the library with PubMed's query language.
 */
#ifndef OSLER_FIND_H
#define OSLER_FIND_H

#include <osler/library.h>

#ifdef __cplusplus
extern "C" {
#endif

/** What comes first. */
typedef enum osler_find_order {
    OSLER_FIND_RELEVANCE, /**< BM25F over words and headings; ties: the later year, the lower PMID.
                           */
    OSLER_FIND_DATE,      /**< The latest publication date; ties: the lower PMID. */
} osler_find_order;

/** How to search; zeroed is the default. */
typedef struct osler_find_options {
    size_t limit; /**< Most results to return; 0: all. */
    osler_find_order order;
    bool ids_only; /**< Leave `record` and `appraisal` NULL: much faster for long results. */
    bool
        count_terms; /**< Count what each term matches by itself; else the counts of terms are 0. */
} osler_find_options;

/** One term of the query, as it was looked for. */
typedef struct osler_find_term {
    const char *term; /**< With its field: "migraine[all]". */
    uint64_t count;   /**< Citations it matches by itself, with `count_terms`. */
    const char *note; /**< How it was looked for when that is not plain; else NULL. */
} osler_find_term;

typedef struct osler_find_term_list {
    osler_find_term *items;
    size_t count;
} osler_find_term_list;

/** One result. */
typedef struct osler_found {
    unsigned rank;                    /**< 1 is first. */
    const char *id;                   /**< The PMID, or "osler:17". */
    const char *pmid;                 /**< NULL for a work without one. */
    double score;                     /**< BM25, four decimals; 0 when no words were asked for. */
    const osler_record *record;       /**< NULL with `ids_only`. */
    const osler_appraisal *appraisal; /**< The same. */
} osler_found;

typedef struct osler_found_list {
    osler_found *items;
    size_t count;
} osler_found_list;

/** What a search gave.  All in it belongs to it. */
typedef struct osler_find_result {
    const char *query;          /**< As given. */
    const char *understood;     /**< The same with every field and operator said. */
    osler_find_term_list terms; /**< In the order of the query. */
    osler_text_list notes;      /**< Sentences on what may not have been meant so: "'or' in lower
                                     case is a word, no operator: write OR". */
    uint64_t count;             /**< Citations that match, whatever the limit. */
    osler_found_list results;
} osler_find_result;

/**
 * Search for `query`: words, "phrases", prefix*, AND OR NOT (upper case, from left to right),
 * parentheses, PubMed's fields in brackets, proximity as "hip pain"[tiab:~3], ranges as
 * 2019:2024[dp], and design:, n:, flag:, year:, tag:.  Words without field and quotes mean their
 * families too: lion, lions.  Empty: every record.  Deleted records never match.  `options` may be
 * NULL.
 *
 * You own `*out`: osler_find_result_free().  OSLER_EUSAGE: the query cannot be understood; the
 * error has the column, in bytes.
 */
OSLER_API OSLER_MUST_USE osler_status osler_find(osler_find_result **out, osler_library *library,
                                                 const char *query,
                                                 const osler_find_options *options,
                                                 osler_error *error);
/** Accepts NULL. */
OSLER_API void osler_find_result_free(osler_find_result *result);

#ifdef __cplusplus
}
#endif

#endif
