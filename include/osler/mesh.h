/**
 * @file
 * The MeSH vocabulary: headings on headache, neck and back pain and what is done about them, from
 * MeSH 2024 (U.S. National Library of Medicine), are built in; osler_mesh_update() takes all of it
 * from NLM's file, for every program of the user that starts afterwards.
 */
#ifndef OSLER_MESH_H
#define OSLER_MESH_H

#include <osler/record.h>

#ifdef __cplusplus
extern "C" {
#endif

/** A heading of the vocabulary. */
typedef struct osler_descriptor {
    const char *ui;              /**< "D018781". */
    const char *name;            /**< "Tension-Type Headache". */
    osler_text_list numbers;     /**< Tree numbers, sorted. */
    osler_text_list entry_terms; /**< Other names; permuted ones left out. */
    const char *note;            /**< NLM's scope note; NULL when there is none. */
    int level; /**< Levels below the heading that was asked for, on the shortest way; 0: itself. */
} osler_descriptor;

typedef struct osler_descriptor_list {
    osler_descriptor *items;
    size_t count;
} osler_descriptor_list;

/** What the vocabulary knows of a term. */
typedef struct osler_mesh_entry {
    osler_descriptor_list headings; /**< The heading, then those below it in tree order. */
    osler_text_list suggestions;    /**< When there is no such heading: what may have been meant. */
} osler_mesh_entry;

/**
 * Look up `text`: a UI, a heading or an entry term, in any case, number, hyphenation and order
 * around a comma.  `*out` is set on OSLER_OK and on OSLER_ENOTFOUND (then it holds suggestions);
 * you own it: osler_mesh_entry_free().
 */
OSLER_API OSLER_MUST_USE osler_status osler_mesh_find(osler_mesh_entry **out, const char *text,
                                                      osler_error *error);
/** Accepts NULL. */
OSLER_API void osler_mesh_entry_free(osler_mesh_entry *entry);

/** What osler_mesh_update() has read. */
typedef struct osler_mesh_update_report {
    uint64_t headings, terms; /**< Terms: names, entry terms and permuted ones. */
    char path[512];           /**< Where the vocabulary is kept; may be cut short. */
} osler_mesh_update_report;

/**
 * Read NLM's descriptor file at `path` (desc20NN.xml, plain or gzip; "-" for standard input) and
 * keep the vocabulary at `$OSLER_MESH`, else in `$XDG_DATA_HOME/osler/mesh.bin`
 * (`~/.local/share/...`). What this process uses already stays.  OSLER_EINPUT: it is no such file,
 * or damaged; then nothing is changed.  OSLER_EIO: it cannot be kept.
 */
OSLER_API OSLER_MUST_USE osler_status osler_mesh_update(const char *path,
                                                        osler_mesh_update_report *report,
                                                        osler_error *error);

/**
 * The same with the descriptor file of a year, downloaded from NLM (or from `$OSLER_MESH_URL`:
 * https, or http on this machine); what a broken download has got is used by the next.
 * OSLER_ENOTFOUND: NLM has none of that year; OSLER_EUSAGE: it is no year; OSLER_ENETWORK.
 */
OSLER_API OSLER_MUST_USE osler_status osler_mesh_download(int year,
                                                          osler_progress_callback progress,
                                                          void *context,
                                                          osler_mesh_update_report *report,
                                                          osler_error *error);

#ifdef __cplusplus
}
#endif

#endif
