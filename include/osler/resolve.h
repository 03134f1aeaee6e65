/**
 * @file
 * Which record of the library does a reference mean?  A verdict, what agrees and what differs.
 */
#ifndef OSLER_RESOLVE_H
#define OSLER_RESOLVE_H

#include <osler/library.h>

#ifdef __cplusplus
extern "C" {
#endif

/** What was found for a reference. */
typedef enum osler_verdict {
    OSLER_EXACT,          /**< One record, and nothing that the reference says differs from it. */
    OSLER_REPAIRABLE,     /**< One record, but some fields differ: see `differences`. */
    OSLER_CHIMERA,        /**< The title is one work's, the authors are another's. */
    OSLER_AMBIGUOUS,      /**< Several records, or one that may be meant: see `candidates`. */
    OSLER_NOT_IN_LIBRARY, /**< No record of this library; more is not said by it. */
} osler_verdict;

/** "exact", "repairable", "chimera", "ambiguous", "not-in-library".  Static. */
OSLER_API const char *osler_verdict_name(osler_verdict verdict);

/** A field in which the reference and the record differ; plain text. */
typedef struct osler_difference {
    const char
        *field; /**< title, authors, journal, year, volume, issue, pages, doi, pmid, pmcid. */
    const char *given;  /**< What the reference says. */
    const char *record; /**< What the record says. */
} osler_difference;

typedef struct osler_difference_list {
    osler_difference *items;
    size_t count;
} osler_difference_list;

/** A record that may be meant, or that a part of the reference agrees with. */
typedef struct osler_candidate {
    const char *id;         /**< The PMID, or "osler:17". */
    const char *pmid;       /**< NULL for a work without one. */
    double score;           /**< As of the resolution. */
    bool in_library;        /**< False: PubMed has it, the library has not. */
    osler_text_list agrees; /**< The fields that agree: "title", "authors", ... */
    const osler_record *record;
} osler_candidate;

typedef struct osler_candidate_list {
    osler_candidate *items;
    size_t count;
} osler_candidate_list;

/** What became of one reference. */
typedef struct osler_resolution {
    osler_verdict verdict;
    const char *id;   /**< Of the record with OSLER_EXACT and OSLER_REPAIRABLE; else NULL. */
    const char *pmid; /**< The same; NULL for a work without one. */
    bool in_library; /**< The record is the library's; false without one, or when it is PubMed's. */
    /** 0 to 1: of such pairs of reference and record, the share that are one work.  With the other
     *  verdicts that of the best candidate, 0 without one. */
    double score;
    osler_difference_list differences; /**< With OSLER_REPAIRABLE. */
    osler_flag_list flags;             /**< Of the record: retracted, ... */
    /** Without a record: those that come near, best first, at most five; of a chimera first the
     *  title's, then the authors' when the library has it. */
    osler_candidate_list candidates;
    const osler_record *record; /**< The record; NULL without one. */
    /** With OSLER_REPAIRABLE the reference with the fields that differ taken from the record, and
     *  nothing else; with OSLER_EXACT the reference. Else NULL. */
    const osler_record *corrected;
} osler_resolution;

/** Resolves references against a library as it is when the resolver is opened. */
typedef struct osler_resolver osler_resolver;

/**
 * You own `*out`: osler_resolver_close(), before the library is closed or written to.
 */
OSLER_API OSLER_MUST_USE osler_status osler_resolver_open(osler_resolver **out,
                                                          osler_library *library,
                                                          osler_error *error);

/**
 * Find the record that `reference` means.  `*out` and all in it are lent until the next call.  A
 * reference that was read from text carries the text as its extra "reference": what of the record
 * stands there is held to be said.  Failures are those of reading the library.
 */
OSLER_API OSLER_MUST_USE osler_status osler_resolve(osler_resolver *resolver,
                                                    const osler_record *reference,
                                                    const osler_resolution **out,
                                                    osler_error *error);

/** The reference in one line of plain text: as it was read, else made of its fields.  Lent until
 *  the next call on the resolver. */
OSLER_API const char *osler_resolver_text(osler_resolver *resolver, const osler_record *reference);

/**
 * A list of references that are resolved with PubMed's help: those that the library has not are
 * asked for together (see osler/fetch.h), what PubMed offers is compared like the library's own,
 * and nothing is stored.
 */
typedef struct osler_online_list osler_online_list;

/** You own `*out`: osler_online_list_free(), before the resolver is closed. */
OSLER_API void osler_online_list_new(osler_online_list **out, osler_resolver *resolver);

/** Add a copy of `reference`. */
OSLER_API OSLER_MUST_USE osler_status osler_online_list_add(osler_online_list *list,
                                                            const osler_record *reference,
                                                            osler_error *error);

/**
 * Ask PubMed, once all are added.  Failures are those of osler_fetch_match() and of reading the
 * library; after one osler_online_list_next() tells what is known.
 */
OSLER_API OSLER_MUST_USE osler_status osler_online_list_ask(osler_online_list *list,
                                                            osler_progress_callback progress,
                                                            void *context, osler_error *error);

/**
 * The next reference and what became of it, in the order of the list; both are lent until the next
 * call.  `*answered`: it was not in the library, and PubMed was asked and has answered.  OSLER_END
 * behind the last.
 */
OSLER_API OSLER_MUST_USE osler_status osler_online_list_next(osler_online_list *list,
                                                             const osler_record **reference,
                                                             const osler_resolution **out,
                                                             bool *answered, osler_error *error);

/** Accepts NULL. */
OSLER_API void osler_online_list_free(osler_online_list *list);

/** Accepts NULL. */
OSLER_API void osler_resolver_close(osler_resolver *resolver);

#ifdef __cplusplus
}
#endif

#endif
