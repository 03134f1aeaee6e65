/**
 * @file
 * Converting files from one format to another, without a library, in constant memory.
 */
#ifndef OSLER_CONVERT_H
#define OSLER_CONVERT_H

#include <osler/formats.h>

#ifdef __cplusplus
extern "C" {
#endif

/** A conversion at work: files in, one text out. */
typedef struct osler_conversion osler_conversion;

/** How to convert. */
typedef struct osler_convert_options {
    const char *from;    /**< The input format; NULL: found out from the content of each file. */
    const char *to;      /**< The output format, such as "jsonl": osler_writer_name();
                            NULL: that of the profile. */
    const char *profile; /**< The tool it is for: osler_profile_name(); NULL for none. */
    unsigned threads;    /**< That parse and write; 0: one a processor.  The text is the same. */
    osler_progress_callback progress; /**< NULL for none. */
    /** Told what is to be said of an item that was read, with its file and line; NULL for none. */
    void (*remarked)(void *context, const osler_error *remark);
    void *context; /**< Of the callbacks. */
} osler_convert_options;

/** What a conversion has done so far. */
typedef struct osler_convert_report {
    uint64_t written;         /**< Records. */
    uint64_t failed;          /**< Items that could not be read. */
    uint64_t refused;         /**< Files that could not be read at all. */
    uint64_t guessed;         /**< Files with bytes that are not UTF-8, read as Windows-1252. */
    const char *guessed_path; /**< The first of them, and the line of its first such byte. */
    unsigned guessed_line;
    osler_left_out_list left_out; /**< What the format cannot carry; lent until the next call. */
    uint64_t deletions; /**< Left out: PubMed's word that a record is deleted is no record. */
} osler_convert_report;

/**
 * Convert the files at `paths` ("-": standard input), which are opened one after the other.
 * Paths and options are lent until osler_conversion_close(), which is due for `*out`.
 * OSLER_EFORMAT: there is no output format `options->to`, or no such profile.
 */
OSLER_API OSLER_MUST_USE osler_status osler_conversion_open(osler_conversion **out,
                                                            const char *const *paths, size_t count,
                                                            const osler_convert_options *options,
                                                            osler_error *error);

/**
 * The next part of the text: whole records, in the order of the input; lent until the next call.
 * OSLER_END: that was all.  OSLER_EINTERRUPTED: the progress callback asked to stop; so is every
 * later call answered.  Any other status is the failure of one item or of one file: `error` says
 * where, and the next call goes on behind it.
 */
OSLER_API OSLER_MUST_USE osler_status osler_conversion_next(osler_conversion *conversion,
                                                            const char **text, size_t *length,
                                                            osler_error *error);

/** What has been done up to the last call of osler_conversion_next(). */
OSLER_API osler_convert_report osler_conversion_report(const osler_conversion *conversion);

/** Accepts NULL; also in the middle. */
OSLER_API void osler_conversion_close(osler_conversion *conversion);

#ifdef __cplusplus
}
#endif

#endif
