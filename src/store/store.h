/* The library file: records, their versions and origins, and the tables made from them. */
#ifndef STORE_STORE_H
#define STORE_STORE_H

#include "base/arena.h"
#include "base/str.h"
#include <osler/appraise.h>
#include <osler/record.h>

typedef struct store store;
struct index;
struct index_source;

/*
 * The version of the rules by which records are read, appraised and indexed.  Raise it when any of
 * them changes: then a record that arrives again is not taken for unchanged before it was read and
 * appraised anew.
 */
enum { STORE_RULES = 2 };

/* Ids of citations, each once.  The items are an arena's. */
typedef struct store_ids {
    int64_t *items;
    size_t count;
} store_ids;

typedef enum store_mode {
    STORE_READ,  /* an existing file; nothing is written */
    STORE_WRITE, /* an existing file */
    STORE_CREATE /* a new file where there is none, with its folder */
} store_mode;

/*
 * Open the library at `path`.  OSLER_ENOTFOUND: no such file; OSLER_EDAMAGED: not a library,
 * damaged, or of a newer version; OSLER_ELOCKED; OSLER_ELIBRARY.  An older version is migrated
 * (after a copy was made beside it) unless the mode is STORE_READ.  You own `*out`: store_close().
 */
OSLER_MUST_USE osler_status store_open(store **out, const char *path, store_mode mode,
                                       osler_error *error);
void store_close(store *s);
const char *store_path(const store *s);

/* One transaction at a time.  store_close() rolls back what was not committed. */
OSLER_MUST_USE osler_status store_begin(store *s, osler_error *error);
/* Everything read until store_rollback() is one moment of the library. */
OSLER_MUST_USE osler_status store_begin_reading(store *s, osler_error *error);
OSLER_MUST_USE osler_status store_commit(store *s, osler_error *error);
/* True when putting has failed in a way that concerns more than the one record: the transaction
 * cannot be committed any more. */
bool store_is_lost(const store *s);
void store_rollback(store *s);

/* Where records come from; see the table origin. */
typedef struct store_origin {
    int64_t id; /* set by store_origin_add() */
    const char *kind, *name, *format, *query, *translation, *warnings;
    int64_t expected; /* -1 when not known */
    bool is_file;     /* size and modified are known */
    int64_t size, modified;
    int64_t added, updated, unchanged, deleted, failed;
} store_origin;
OSLER_MUST_USE osler_status store_origin_add(store *s, store_origin *origin, osler_error *error);
OSLER_MUST_USE osler_status store_origin_finish(store *s, const store_origin *origin,
                                                osler_error *error);

/*
 * When a file was imported whole that has the name of `origin` (its last component), its size and
 * its time of change, as "2026-11-20T09:30:00Z"; "" when none was.
 */
OSLER_MUST_USE osler_status store_origin_find(store *s, const store_origin *origin,
                                              char finished[24], osler_error *error);

/* What became of a record that was put. */
typedef enum store_change {
    STORE_NEW,
    STORE_UPDATED,
    STORE_UNCHANGED,
    STORE_OLDER,   /* an older version than the one in the library: kept as a version only */
    STORE_REMOVED, /* a deletion that took effect */
    STORE_ABSENT   /* a deletion of something the library does not have */
} store_change;

/* How a record arrived; `original` may be empty. */
typedef struct store_arrival {
    int64_t origin;
    unsigned line;
    str original;
} store_arrival;

/*
 * Put `record`, appraised as `appraisal`, into the library.  It is known again by PMID; one
 * without, by being the same in every field as the current version of a work without PMID, however
 * many there are; else by DOI, else by PMCID: of the first 100 works that carry it, one without
 * another PMID whose title agrees and whose first page and first author do not differ
 * (store/same.h).  Who is not known again is new.  What the library has stays current, and the
 * record becomes a version (STORE_OLDER; STORE_UNCHANGED when it is one already), when the record
 * has a lower PMID version or an earlier date of revision, when only the library's has a PMID, and
 * when, of equal ones, only the library's has UIs.  A deleted record that comes again is STORE_NEW,
 * under its old id. Inside a transaction only; after a failure roll back.
 */
OSLER_MUST_USE osler_status store_put(store *s, const osler_record *record,
                                      const osler_appraisal *appraisal,
                                      const store_arrival *arrival, store_change *change,
                                      osler_error *error);

/* The citation that the last successful store_put() or store_put_prepared() was about. */
int64_t store_last_put(const store *s);

/*
 * PubMed deleted this version of this PMID (0: whatever version): a tombstone, the versions stay.
 * Inside a transaction only; after a failure roll back.
 */
OSLER_MUST_USE osler_status store_delete(store *s, const char *pmid, int pmid_version,
                                         const store_arrival *arrival, store_change *change,
                                         osler_error *error);

/* A citation read back. */
typedef struct store_citation {
    int64_t id;
    char name[32]; /* the id users see: the PMID, else "osler:17" */
    osler_record record;
    osler_appraisal appraisal; /* as stored: witnesses, n, design, confidence, modifiers; flags from
                                  the record itself and from notices about it */
    bool deleted;
    const char *origin, *origin_date; /* name and start of where the current version came from */
    unsigned versions;
} store_citation;

/* The citation with this id; the arena owns what it holds. */
OSLER_MUST_USE osler_status store_get(store *s, arena *memory, int64_t id, store_citation *out,
                                      osler_error *error);

/*
 * The id of the citation that `text` names: a PMID, "pmid:1", "doi:10.…", a bare DOI, "PMC1",
 * "osler:17", a citation key.  OSLER_ENOTFOUND when there is none.
 */
OSLER_MUST_USE osler_status store_lookup(store *s, const char *text, int64_t *id,
                                         osler_error *error);

/* The name users see of a citation: its PMID, else "osler:17".  OSLER_ENOTFOUND: there is none. */
OSLER_MUST_USE osler_status store_get_name(store *s, int64_t id, char name[32], osler_error *error);

/* The day (UTC) of the last finished import or fetch, as "2026-11-20"; "" in an empty library. */
OSLER_MUST_USE osler_status store_last_change(store *s, char day[11], osler_error *error);

/*
 * The search index as the reading transaction at hand sees it: lent until the transaction ends, or
 * until something is written.
 */
OSLER_MUST_USE osler_status store_index(store *s, struct index **out, osler_error *error);

/* The same as a source, for joining the indexes of several libraries; lent as long. */
OSLER_MUST_USE osler_status store_index_source(store *s, struct index_source *out,
                                               osler_error *error);

/* The lowest and the highest PMID; 0 when there is none. */
OSLER_MUST_USE osler_status store_get_pmids(store *s, int64_t *low, int64_t *high,
                                            osler_error *error);

/* Counts over the whole library. */
typedef struct store_counts {
    int64_t citations, deleted, versions, origins;
    int64_t bytes; /* of the file and of the log beside it */
} store_counts;
OSLER_MUST_USE osler_status store_count(store *s, store_counts *out, osler_error *error);

/*
 * Copy the library, while others read and write it, to the file `path`: what was committed when it
 * began.  OSLER_EUSAGE when there is such a file, unless `replace`, or when it is the library
 * itself.
 */
OSLER_MUST_USE osler_status store_backup(store *s, const char *path, bool replace,
                                         osler_error *error);

/* Write the file anew without its free pages; nobody else may write meanwhile. */
OSLER_MUST_USE osler_status store_vacuum(store *s, osler_error *error);

/*
 * Look for damage: SQLite's own checks, references between tables, every stored version and the
 * bytes it came from, and the search index, compared with a fresh analysis of every record. `found`
 * is called with a sentence for each finding.  OSLER_OK whether or not something was found; a
 * failure means that the check could not be made.
 */
OSLER_MUST_USE osler_status store_verify(store *s,
                                         void (*found)(void *context, const char *sentence),
                                         void *context, osler_error *error);

#endif
