/**
 * @file
 * All of PubMed from NLM's files: the baseline of a year and the update files that follow it.
 */
#ifndef OSLER_BASELINE_H
#define OSLER_BASELINE_H

#include <osler/library.h>

#ifdef __cplusplus
extern "C" {
#endif

/** How to take the files in; zeroed is the default. */
typedef struct osler_baseline_options {
    bool forget_original;             /**< Do not keep the bytes that records came from. */
    osler_progress_callback progress; /**< NULL for none. */
    void *context;                    /**< Of the callbacks. */
    /** After each file that was taken in; NULL for none. */
    void (*taken)(void *context, const char *name, const osler_import_report *report);
    /** As in osler_import_options. */
    void (*remarked)(void *context, const osler_error *remark);
} osler_baseline_options;

/** What was done, also before a failure. */
typedef struct osler_baseline_report {
    uint64_t listed;      /**< Files of NLM's names in the place. */
    uint64_t passed_over; /**< Those that the library has imported before. */
    uint64_t taken;       /**< Those taken in now. */
    uint64_t added, updated, unchanged, older, deleted; /**< Records of them. */
} osler_baseline_report;

/**
 * Take in the files pubmedYYnNNNN.xml.gz of `place`, a folder or an address (https; http on this
 * machine alone), in the order of their numbers, each in one transaction after its .md5 has been
 * held against it.  A file that the library has imported is passed over by its number; the first
 * that is damaged, has no .md5, or before which one is lacking, is refused, and those behind it
 * wait: OSLER_EINPUT.  From an address one file at a time comes into a folder beside the library,
 * from where a broken connection or program left it, and is removed when it is in the library.
 * OSLER_ENOTFOUND: there is no such folder, or no such file in it; OSLER_ENETWORK, OSLER_ECONFIG.
 */
OSLER_API OSLER_MUST_USE osler_status osler_library_baseline(osler_library *library,
                                                             const char *place,
                                                             const osler_baseline_options *options,
                                                             osler_baseline_report *report,
                                                             osler_error *error);

#ifdef __cplusplus
}
#endif

#endif
