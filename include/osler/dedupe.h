/**
 * @file
 * Duplicates: records of files that are one work.
 */
#ifndef OSLER_DEDUPE_H
#define OSLER_DEDUPE_H

#include <osler/record.h>

#ifdef __cplusplus
extern "C" {
#endif

/** What is said of a pair of records. */
typedef enum osler_duplicate_verdict {
    OSLER_DUPLICATE_NOT,    /**< Two works. */
    OSLER_DUPLICATE_LINKED, /**< Two works that belong together, such as preprint and article. */
    OSLER_DUPLICATE_REVIEW, /**< Perhaps one: a person decides. */
    OSLER_DUPLICATE_MERGE,  /**< One work. */
} osler_duplicate_verdict;

/** Two records and what is said of them. */
typedef struct osler_duplicate_pair {
    size_t a, b; /**< Numbers of records, from 0; a < b. */
    osler_duplicate_verdict verdict;
    const char *reason; /**< For people.  Static. */
    double score;       /**< 0 to 1. */
} osler_duplicate_pair;

/** A record that was read. */
typedef struct osler_duplicate_record {
    const char *file;
    size_t index;   /**< Its number in the file, from 1. */
    const char *id; /**< The source's own id; NULL: none. */
    const osler_record *record;
    size_t first; /**< The number of the first record of its group; its own when it is alone. */
} osler_duplicate_record;

/** The records of some files and the duplicates among them. */
typedef struct osler_duplicates osler_duplicates;

/** Nothing read yet; end it with osler_duplicates_close(). */
OSLER_API osler_duplicates *osler_duplicates_new(void);

/**
 * Read the records of the file at `path`, which is lent; `format` NULL: found out.  Items that
 * cannot be read are counted in `*failed` and told to `failed_item` (NULL: nobody).
 */
OSLER_API OSLER_MUST_USE osler_status osler_duplicates_read(
    osler_duplicates *duplicates, const char *path, const char *format, size_t *failed,
    void (*failed_item)(const osler_error *failure), osler_error *error);

/** Look for the duplicates among all that was read. */
OSLER_API void osler_duplicates_find(osler_duplicates *duplicates);

/** What was read, and the pairs that were found; lent until the next read. */
OSLER_API const osler_duplicate_record *osler_duplicates_records(const osler_duplicates *duplicates,
                                                                 size_t *count);
OSLER_API const osler_duplicate_pair *osler_duplicates_pairs(const osler_duplicates *duplicates,
                                                             size_t *count);

/** Accepts NULL. */
OSLER_API void osler_duplicates_close(osler_duplicates *duplicates);

#ifdef __cplusplus
}
#endif

#endif
