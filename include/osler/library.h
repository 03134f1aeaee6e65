/**
 * @file
 * The library: one file that holds records, their versions and where they came from.
 */
#ifndef OSLER_LIBRARY_H
#define OSLER_LIBRARY_H

#include <osler/appraise.h>
#include <osler/formats.h>
#include <osler/record.h>

#ifdef __cplusplus
extern "C" {
#endif

/** An open library.  Use it on one thread. */
typedef struct osler_library osler_library;

/** How a library is opened. */
typedef enum osler_library_mode {
    OSLER_LIBRARY_READ,   /**< It must exist; nothing is written. */
    OSLER_LIBRARY_WRITE,  /**< It is created, with its folder, when it does not exist. */
    OSLER_LIBRARY_CHANGE, /**< It must exist, and can be written to. */
} osler_library_mode;

/**
 * Open the library at `path`; NULL: `$OSLER_LIBRARY`, else the nearest `.osler/library.db` upwards
 * from the working directory, else `$XDG_DATA_HOME/osler/library.db` (`~/.local/share/...`).
 * You own `*out`: osler_library_close().  OSLER_ENOTFOUND: there is none (modes READ and CHANGE);
 * OSLER_EDAMAGED: not a library, damaged or of a newer version; OSLER_ELOCKED; OSLER_ELIBRARY.
 */
OSLER_API OSLER_MUST_USE osler_status osler_library_open(osler_library **out, const char *path,
                                                         osler_library_mode mode,
                                                         osler_error *error);
/**
 * Read the library at `path` beside `library`: searches, rankings and counts take both as one, with
 * the numbers that one library of all their records would give; osler_library_get() looks in the
 * first that has the record.  A PMID that several have is the first one's.  Nothing is ever written
 * to it.  Failures are those of osler_library_open(); then `library` is as before.
 */
OSLER_API OSLER_MUST_USE osler_status osler_library_add(osler_library *library, const char *path,
                                                        osler_error *error);

/** Accepts NULL. */
OSLER_API void osler_library_close(osler_library *library);

/** The path of the file; lent. */
OSLER_API const char *osler_library_path(const osler_library *library);

/** How to import; zeroed is the default. */
typedef struct osler_import_options {
    const char *format;   /**< The input format; NULL: found out from the content. */
    bool forget_original; /**< Do not keep the bytes that records came from. */
    unsigned threads;     /**< That parse; 0: one a processor.  The library is the same with any. */
    /** Make a list of this name, of the records in their order (<osler/lists.h>), in the place of
     * one that has it; NULL: none.  OSLER_EUSAGE when it cannot be a list's name, or when there is
     * none for a reference list in plain text, of which no records come in: its references are
     * looked for in the library (<osler/resolve.h>). */
    const char *list;
    bool online; /**< Fetch what the library has not of such a list from PubMed. */
    /** Asked when it has not `missing` of the references of such a list: true to do as with
     * `online`.  NULL: no. */
    bool (*may_ask_pubmed)(void *context, uint64_t missing);
    bool resume; /**< Pass over a file that was imported before: see passed_over. */
    /**
     * A file named as NLM names its baseline and update files (pubmed26n1335.xml.gz) must be what
     * an .md5 beside it says, comes in the order of the numbers, in whole, and is passed over when
     * it and a later one were imported before.  `out_of_order`: take one whose turn is over all the
     * same; `complete_series`: refuse one without .md5, and one before which another is lacking.
     */
    bool out_of_order, complete_series;
    osler_progress_callback progress; /**< NULL for none. */
    void *context;                    /**< Of the callbacks. */
    /** Called for each item that failed; `error` is lent.  NULL for none. */
    void (*failed)(void *context, const osler_error *error);
    /** Told what is to be said of an item that was read, with its file and line; NULL for none. */
    void (*remarked)(void *context, const osler_error *remark);
} osler_import_options;

/** What an import did. */
typedef struct osler_import_report {
    const char *format; /**< Static. */
    uint64_t read;      /**< Items read, deletions and failures included. */
    uint64_t added, updated, unchanged;
    uint64_t older;                /**< Older versions than the library's: kept as versions only. */
    uint64_t deleted;              /**< Deletions that took effect. */
    uint64_t deletions_of_unknown; /**< Deletions of records the library does not have. */
    uint64_t failed;
    uint64_t listed; /**< References in the list. */
    /** Of references in plain text: what became of them. */
    uint64_t exact, repairable, chimeras, ambiguous, not_in_library;
    uint64_t fetched;           /**< Records fetched from PubMed because of them. */
    osler_error online_failure; /**< Why no more could be fetched; else its status is OSLER_OK. */
    unsigned guessed; /**< Line of the first byte that is not UTF-8, read as Windows-1252; or 0. */
    /**
     * With `resume`: nothing was read, because this library has imported a file of the same name
     * (without its folder), size and time of last change.
     */
    bool passed_over;
    char imported[24]; /**< When that was, as "2026-11-20T09:30:00Z"; else "". */
} osler_import_report;

/**
 * Import one file in one transaction: killed anywhere, the library is as before or as after.
 * Failed items are reported and left out; the sound ones are kept.
 * A failure status means that nothing of this file was imported.
 */
OSLER_API OSLER_MUST_USE osler_status osler_library_import(osler_library *library, const char *path,
                                                           const osler_import_options *options,
                                                           osler_import_report *report,
                                                           osler_error *error);

/** A citation of the library.  Everything in it is owned by it. */
typedef struct osler_citation {
    const char *id; /**< The PMID, or "osler:17" for a work without one. */
    const osler_record *record;
    const osler_appraisal *appraisal; /**< Flags include those that notices about it state. */
    bool deleted;                     /**< PubMed deleted the record. */
    const char *origin;               /**< The file or query its current version came from. */
    const char *origin_date;          /**< When, as "2026-11-20T09:30:00Z". */
    unsigned versions;                /**< How many versions the library keeps. */
} osler_citation;

/**
 * The citation that `id` names: a PMID, "pmid:1", a DOI, "PMC1", "osler:17" or a citation key.
 * You own `*out`: osler_citation_free().  OSLER_ENOTFOUND when the library has none.
 */
OSLER_API OSLER_MUST_USE osler_status osler_library_get(osler_library *library, const char *id,
                                                        osler_citation **out, osler_error *error);
/** Accepts NULL. */
OSLER_API void osler_citation_free(osler_citation *citation);

/** Counts over the whole library. */
typedef struct osler_library_statistics {
    uint64_t citations, deleted, versions, origins;
    uint64_t bytes;       /**< Of the file and the log beside it. */
    char last_change[11]; /**< Day of the last import or fetch, "2026-11-20"; "" when empty. */
} osler_library_statistics;

OSLER_API OSLER_MUST_USE osler_status osler_library_count(osler_library *library,
                                                          osler_library_statistics *out,
                                                          osler_error *error);

/**
 * Look for damage: SQLite's own checks, references between tables, every stored version of every
 * record, the bytes they came from, and the search index, compared with what a fresh analysis of
 * every record gives.  `found` is called with one sentence (lent) for each finding; OSLER_OK means
 * that the check was made, not that nothing was found.
 */
OSLER_API OSLER_MUST_USE osler_status osler_library_verify(osler_library *library,
                                                           void (*found)(void *context,
                                                                         const char *sentence),
                                                           void *context, osler_error *error);

/**
 * Copy the library to the file `path` while others read and write it: all that was committed when
 * it began.  The copy is checked, then takes its name at once; until then `path` is as it was.
 * OSLER_EUSAGE when there is such a file, unless `replace`, and when it is the library itself.
 */
OSLER_API OSLER_MUST_USE osler_status osler_library_backup(osler_library *library, const char *path,
                                                           bool replace, osler_error *error);

/** Write the file anew without the room that changes left free.  It needs as much free room again
 * on the disk, and a library that was opened for writing. */
OSLER_API OSLER_MUST_USE osler_status osler_library_vacuum(osler_library *library,
                                                           osler_error *error);

#ifdef __cplusplus
}
#endif

#endif
