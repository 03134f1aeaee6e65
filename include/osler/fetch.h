/**
 * @file
 * Fetching from PubMed: search, get every record, prove that none was lost.
 *
 * The server is NCBI's (E-utilities, https://www.ncbi.nlm.nih.gov/books/NBK25497/), or the one that
 * `$OSLER_EUTILS_URL` names (https; plain http on a loopback address only).  `$NCBI_EMAIL` goes
 * with every request, `$NCBI_API_KEY` too; the key is never shown, logged or stored.
 */
#ifndef OSLER_FETCH_H
#define OSLER_FETCH_H

#include <osler/library.h>

#ifdef __cplusplus
extern "C" {
#endif

/** A list of PMIDs.  Start from `osler_pmids list = {0};`, end with osler_pmids_free(). */
typedef struct osler_pmids {
    uint64_t *items;
    size_t count;
    size_t capacity;
} osler_pmids;

/**
 * Add the PMIDs in `text` to `list`: digits, `PMID: 123` or a PubMed address, with white space,
 * commas or semicolons between them; `#` begins a comment that ends with its line.
 * OSLER_EINPUT: something else stands there; the error has its line and the `name` of the text
 * (may be NULL).  Those before it have been added.
 */
OSLER_API OSLER_MUST_USE osler_status osler_pmids_parse(osler_pmids *list, const char *text,
                                                        size_t length, const char *name,
                                                        osler_error *error);

/** The same for the file at `path`, "-" for standard input; gzip is undone. */
OSLER_API OSLER_MUST_USE osler_status osler_pmids_read(osler_pmids *list, const char *path,
                                                       osler_error *error);

/** Accepts an empty list. */
OSLER_API void osler_pmids_free(osler_pmids *list);

/** What went wrong with one PMID. */
typedef enum osler_fetch_trouble {
    OSLER_FETCH_MISSING,    /**< PubMed sent no record for it, asked twice. */
    OSLER_FETCH_FAILED,     /**< Its record cannot be used; the message says why. */
    OSLER_FETCH_UNEXPECTED, /**< It was sent although not asked for, and was not stored. */
} osler_fetch_trouble;

typedef struct osler_fetch_problem {
    uint64_t pmid;
    osler_fetch_trouble trouble;
    const char *message; /**< One sentence. */
} osler_fetch_problem;

typedef struct osler_fetch_problem_list {
    osler_fetch_problem *items;
    size_t count;
} osler_fetch_problem_list;

/** What a fetch found and did.  Everything in it is owned by it. */
typedef struct osler_fetch_report {
    const char *query;        /**< As given; NULL for a list of PMIDs. */
    const char *translation;  /**< How PubMed understood it; NULL when it does not say. */
    const char *suggestion;   /**< The query as PubMed would spell it, when it finds nothing or not
                                   all of its phrases; else NULL. */
    uint64_t count;           /**< Records that match in PubMed, or PMIDs given. */
    osler_text_list warnings; /**< Sentences: phrases not found, words ignored. */
    uint64_t asked;           /**< Records to get: the count, or less with a limit. */
    uint64_t got;             /**< PMIDs that arrived; each is in the library. */
    uint64_t before;          /**< PMIDs that came before the fetch was interrupted. */
    char resumed[24];         /**< When that fetch began; "" when this one began anew. */
    uint64_t added, updated, unchanged;
    uint64_t older; /**< Older versions than the library's: kept as versions only. */
    uint64_t missing, failed, unexpected; /**< See `problems`. */
    uint64_t unlisted; /**< Records that PubMed counted but did not list, even when asked again. */
    uint64_t retries;  /**< Requests that had to be repeated. */
    osler_fetch_problem_list problems;
    bool complete; /**< All that was asked for has arrived and is stored. */
} osler_fetch_report;

/** Accepts NULL. */
OSLER_API void osler_fetch_report_free(osler_fetch_report *report);

/** How to fetch; zeroed is the default. */
typedef struct osler_fetch_options {
    const char *save;     /**< Keep the query in the library under this name; NULL: do not. */
    uint64_t limit;       /**< At most so many records, the newest of a query; 0: all. */
    bool forget_original; /**< Do not keep the bytes that records came from. */
    bool restart;         /**< Begin anew even when the same fetch was interrupted. */
    osler_progress_callback progress; /**< NULL for none. */
    void *context;                    /**< Of all callbacks. */
    /** Called once after the search, before any record is fetched: query, translation, count,
     * warnings and asked are known.  `report` is lent.  NULL for none. */
    void (*found)(void *context, const osler_fetch_report *report);
    /** Called after each batch that is safe in the library, with the PMIDs that arrived. */
    void (*stored)(void *context, const uint64_t *pmids, size_t count);
} osler_fetch_options;

/**
 * Search PubMed and fetch every record found into the library, in batches of 200, one transaction a
 * batch: killed or stopped anywhere, whole batches are kept.  Each PMID is either in the library
 * afterwards or named in the report.  Above 9,999 records the search is cut by dates of creation
 * and ranges of PMIDs, and the counts are proved.  The same fetch, interrupted within the last
 * seven days, goes on where it was: what had come is not fetched again (see `before`).
 *
 * You own `*out`, which is set on failure too and then says how far it came:
 * osler_fetch_report_free().  OSLER_OK does not mean that nothing is missing: see `complete`.
 * OSLER_ENETWORK, OSLER_ERATE: the server failed after all tries; OSLER_ECONFIG: the environment,
 * or the key; OSLER_EUSAGE: the query is empty; OSLER_EINTERRUPTED; others as for importing.
 */
OSLER_API OSLER_MUST_USE osler_status osler_library_fetch(osler_library *library, const char *query,
                                                          const osler_fetch_options *options,
                                                          osler_fetch_report **out,
                                                          osler_error *error);

/** The same for a list of PMIDs; one that stands there twice counts once. */
OSLER_API OSLER_MUST_USE osler_status osler_library_fetch_pmids(osler_library *library,
                                                                const osler_pmids *pmids,
                                                                const osler_fetch_options *options,
                                                                osler_fetch_report **out,
                                                                osler_error *error);

/**
 * Go on with the last fetch into this library that was interrupted, whatever it asked for; of the
 * options save, limit and restart are passed over.  OSLER_ENOTFOUND: there is none; then `*out` is
 * NULL.
 */
OSLER_API OSLER_MUST_USE osler_status osler_library_fetch_resume(osler_library *library,
                                                                 const osler_fetch_options *options,
                                                                 osler_fetch_report **out,
                                                                 osler_error *error);

/** What became of a DOI. */
typedef enum osler_doi_outcome {
    OSLER_DOI_NOT_ASKED, /**< The work ended before its turn. */
    OSLER_DOI_PUBMED,    /**< PubMed's record is in the library. */
    OSLER_DOI_CROSSREF,  /**< PubMed has none; Crossref's record is in the library. */
    OSLER_DOI_NOT_FOUND, /**< Neither has a record. */
    OSLER_DOI_FAILED,    /**< There is one, but it cannot be used: see the message. */
} osler_doi_outcome;

typedef struct osler_doi_result {
    const char *doi; /**< Bare. */
    osler_doi_outcome outcome;
    const char *id;      /**< In the library; NULL without one. */
    const char *message; /**< One sentence with OSLER_DOI_FAILED; else NULL. */
} osler_doi_result;

/** Everything in it is owned by it. */
typedef struct osler_doi_report {
    osler_doi_result *items; /**< In the order asked for. */
    size_t count;
    uint64_t added, updated, unchanged; /**< Of records, from PubMed and from Crossref. */
} osler_doi_report;

/**
 * Fetch works by DOI into the library: PubMed is searched for them, and a record that it finds
 * counts when it carries that DOI; Crossref (api.crossref.org, or `$OSLER_CROSSREF_URL`; in its own
 * pace, `$NCBI_EMAIL` in the User-Agent) is asked for the others.  Its record is put in as CSL-JSON
 * is imported, each in a transaction of its own.
 *
 * You own `*out`: osler_doi_report_free(); it is set on failure too.  OSLER_EUSAGE: one is no DOI;
 * other failures are those of osler_library_fetch(), and of Crossref likewise.
 */
OSLER_API OSLER_MUST_USE osler_status osler_library_fetch_dois(
    osler_library *library, const char *const *dois, size_t count,
    const osler_fetch_options *options, osler_doi_report **out, osler_error *error);

/** Accepts NULL. */
OSLER_API void osler_doi_report_free(osler_doi_report *report);

/** Search PubMed without fetching: query, translation, count, warnings and asked are filled in. */
OSLER_API OSLER_MUST_USE osler_status osler_pubmed_count(const char *query,
                                                         const osler_fetch_options *options,
                                                         osler_fetch_report **out,
                                                         osler_error *error);

/** A filter of PubMed's Clinical Queries.  All of it is static. */
typedef struct osler_clinical_filter {
    const char *name; /**< "therapy/narrow". */
    /** Percent, of what its developers measured; "" when nothing was published. */
    const char *sensitivity, *specificity;
    const char *source; /**< Of the two; it begins with "unverified" when we have not seen it. */
    const char *query;  /**< In PubMed's language, in parentheses where it needs them. */
} osler_clinical_filter;

/** The filter at `index`, from 0; NULL behind the last. */
OSLER_API const osler_clinical_filter *osler_clinical_filter_at(unsigned index);

/** The filter of this name; ASCII case does not matter.  OSLER_EUSAGE: there is none; the error
 * names all. */
OSLER_API OSLER_MUST_USE osler_status osler_clinical_filter_find(const osler_clinical_filter **out,
                                                                 const char *name,
                                                                 osler_error *error);

/** A citation as printed, to be found in PubMed; NULL or "" where it does not say. */
typedef struct osler_printed_citation {
    const char *journal; /**< The title, or its MEDLINE abbreviation. */
    const char *year;    /**< Four digits. */
    const char *volume;
    const char *first_page;
    const char *author; /**< The first: family name, a space, initials ("Jull GA"). */
    const char *title;  /**< Plain text. */
    const char *doi;    /**< Bare. */
} osler_printed_citation;

/** How PMIDs for a citation were found. */
typedef enum osler_match_way {
    OSLER_MATCH_NOTHING,  /**< They were not. */
    OSLER_MATCH_CITATION, /**< By journal, year, volume, page and author (ECitMatch). */
    OSLER_MATCH_DOI,      /**< By a search for the DOI. */
    OSLER_MATCH_TITLE,    /**< By a search for the words of the title. */
} osler_match_way;

enum { OSLER_MATCH_MOST = 10 };

/** What PubMed has for one citation: candidates, which only their records can prove or disprove. */
typedef struct osler_fetch_candidates {
    osler_match_way way;
    uint64_t pmids[OSLER_MATCH_MOST];
    unsigned count;
    bool more; /**< There are more than these; then none of them is likely. */
} osler_fetch_candidates;

/**
 * Ask PubMed for `count` citations: `matches[i]` are the candidates for `citations[i]`.  First by
 * ECitMatch, a hundred in a request, then one by one with a search for the DOI and for the title.
 * A PMID is not an answer by itself (a wrong page finds a wrong record): fetch the record
 * (osler_fetch_records()) and compare.  Of the options progress and its context are used.
 * OSLER_ENETWORK, OSLER_ERATE, OSLER_ECONFIG, OSLER_EINTERRUPTED as for osler_library_fetch().
 */
OSLER_API OSLER_MUST_USE osler_status osler_fetch_match(osler_fetch_candidates *matches,
                                                        const osler_printed_citation *citations,
                                                        size_t count,
                                                        const osler_fetch_options *options,
                                                        osler_error *error);

/**
 * Fetch records without a library: `got` is called for each that PubMed sends for one of `pmids`,
 * in batches and in PubMed's order; `record` is lent, and the `context` is that of the options.
 * PMIDs without a call have no record.  Failures as for osler_library_fetch(); OSLER_EINPUT: a
 * reply cannot be read, however often it is asked for.
 */
OSLER_API OSLER_MUST_USE osler_status
osler_fetch_records(const osler_pmids *pmids, const osler_fetch_options *options,
                    void (*got)(void *context, const osler_record *record), osler_error *error);

#ifdef __cplusplus
}
#endif

#endif
