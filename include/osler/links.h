/**
 * @file
 * From one work to others: what it cites, what cites it, what is like it; and its other
 * identifiers.
 *
 * The library's own records answer first; PubMed (ELink) and the PMC ID Converter are asked only
 * where the options say `online`.  NCBI is asked as in <osler/fetch.h>; `$OSLER_IDCONV_URL` names
 * another converter.
 */
#ifndef OSLER_LINKS_H
#define OSLER_LINKS_H

#include <osler/library.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Which works are looked for. */
typedef enum osler_link_kind {
    OSLER_LINK_REFS,    /**< Those that the work cites. */
    OSLER_LINK_CITEDBY, /**< Those that cite it. */
    OSLER_LINK_SIMILAR, /**< Those that PubMed finds like it; records say nothing of that. */
} osler_link_kind;

/** A link from a work to another. */
typedef struct osler_link {
    const char *from; /**< The work as it was asked for. */
    const char *id;   /**< The other one's id in the library; NULL: it is not there. */
    const char *pmid; /**< NULL where the reference has none. */
    const char *doi;  /**< The same. */
    const char *text; /**< The reference as printed; NULL when no record says it. */
    uint64_t score;   /**< PubMed's, of similar works; 0: not said. */
    bool recorded;    /**< A record of the library says so. */
    bool in_pubmed;   /**< PubMed says so. */
} osler_link;

typedef struct osler_link_list {
    osler_link *items;
    size_t count;
} osler_link_list;

/** A work that nothing can be said of, and why in one sentence. */
typedef struct osler_unanswered {
    const char *id, *reason;
} osler_unanswered;

typedef struct osler_unanswered_list {
    osler_unanswered *items;
    size_t count;
} osler_unanswered_list;

/** Everything in it is owned by it. */
typedef struct osler_links {
    /** By work in the order asked for; of one work recorded links first, in printed order, then
     * PubMed's in its order. */
    osler_link_list list;
    osler_unanswered_list unanswered;
    uint64_t without_scores; /**< Works whose links PubMed gave, but without their scores. */
    uint64_t retries;        /**< Requests that had to be repeated. */
} osler_links;

/** How to look; zeroed is the default. */
typedef struct osler_links_options {
    osler_link_kind kind;             /**< Not looked at by osler_convert_ids(). */
    bool online;                      /**< Ask PubMed too. */
    osler_progress_callback progress; /**< NULL for none. */
    void *context;                    /**< Of the callback. */
} osler_links_options;

/**
 * The links of `count` works.  Ids are those of osler_library_get(); with `online` a PMID need not
 * be in the library, and `library` may be NULL.  You own `*out`: osler_links_free(); it is set on
 * failure too, with what is known by then.  OSLER_EUSAGE: similar works without `online`;
 * OSLER_ENETWORK, OSLER_ERATE, OSLER_ECONFIG, OSLER_EINTERRUPTED.
 */
OSLER_API OSLER_MUST_USE osler_status osler_library_links(osler_links **out, osler_library *library,
                                                          const char *const *ids, size_t count,
                                                          const osler_links_options *options,
                                                          osler_error *error);

/** Accepts NULL. */
OSLER_API void osler_links_free(osler_links *links);

/** Who knows the identifiers of a work. */
typedef enum osler_ids_source {
    OSLER_IDS_UNKNOWN,   /**< Nobody who was asked. */
    OSLER_IDS_LIBRARY,   /**< The library. */
    OSLER_IDS_CONVERTER, /**< The converter, of some or all of them. */
    OSLER_IDS_INVALID,   /**< It is no PMID, PMCID or DOI, and no id of the library. */
} osler_ids_source;

/** The identifiers of one work; NULL where it has none, or nobody knows it. */
typedef struct osler_ids {
    const char *asked;
    const char *pmid, *pmcid, *doi;
    osler_ids_source source;
} osler_ids;

/** Everything in it is owned by it. */
typedef struct osler_ids_list {
    osler_ids *items; /**< In the order asked for. */
    size_t count;
} osler_ids_list;

/**
 * PMID, PMCID and DOI of `count` works, from any one of them.  With `online` the converter is asked
 * for what the library lacks; it knows only what is in PubMed Central.  `library` may be NULL.  You
 * own `*out`: osler_ids_free(); it is set on failure too, with what is known by then.  Failures are
 * those of osler_library_links().
 */
OSLER_API OSLER_MUST_USE osler_status osler_convert_ids(osler_ids_list **out,
                                                        osler_library *library,
                                                        const char *const *ids, size_t count,
                                                        const osler_links_options *options,
                                                        osler_error *error);

/** Accepts NULL. */
OSLER_API void osler_ids_free(osler_ids_list *list);

#ifdef __cplusplus
}
#endif

#endif
