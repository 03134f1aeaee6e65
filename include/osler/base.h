/**
 * @file
 * What every other header needs: the result of a call, the story of a failure, the progress of
 * long work.
 */
#ifndef OSLER_BASE_H
#define OSLER_BASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define OSLER_API __attribute__((visibility("default")))
#define OSLER_MUST_USE __attribute__((warn_unused_result))

#ifdef __cplusplus
extern "C" {
#endif

/** The result of every call that can fail. */
typedef enum osler_status {
    OSLER_OK,           /**< It worked. */
    OSLER_END,          /**< An iterator has no more items; not a failure. */
    OSLER_EINPUT,       /**< The input is malformed; the error says where. */
    OSLER_EFORMAT,      /**< No reader knows this format. */
    OSLER_ELIMIT,       /**< The input is larger or deeper than allowed. */
    OSLER_EUSAGE,       /**< An argument cannot be used; for a query, the error has a column. */
    OSLER_ENOTFOUND,    /**< The named record, condition, file or search does not exist. */
    OSLER_EIO,          /**< A file cannot be read or written. */
    OSLER_ENETWORK,     /**< The network or the server failed, after all tries. */
    OSLER_ERATE,        /**< The server refuses: too many requests, after all tries. */
    OSLER_ELOCKED,      /**< Another process holds the library. */
    OSLER_EDAMAGED,     /**< The library is damaged, or of a newer version. */
    OSLER_ECONFIG,      /**< The configuration or the environment cannot be used. */
    OSLER_EINTERRUPTED, /**< The caller asked to stop; nothing is half done. */
    OSLER_ELIBRARY,     /**< The library cannot be read or written: permissions, a full disk. */
} osler_status;

/**
 * Why a call failed.  A plain value: nothing to free, nothing global.
 *
 * Start from `osler_error error = {0};` and pass `&error`, or NULL if you do not care.
 */
typedef struct osler_error {
    osler_status status;
    unsigned line;     /**< 1-based line in the source; 0 when not about a line. */
    unsigned column;   /**< 1-based column in bytes; 0 when not known. */
    char source[160];  /**< The file, URL or query; "" when not about one.  May be cut short. */
    char message[320]; /**< One sentence, UTF-8, no newline, no control characters. */
} osler_error;

/** The name of `status`, such as "malformed input".  Never NULL, static. */
OSLER_API const char *osler_status_name(osler_status status);

/** The version of the library, such as "0.1.0".  Static. */
OSLER_API const char *osler_version(void);

/** How far long work has come.  Lent for the duration of the callback. */
typedef struct osler_progress {
    const char *what; /**< The file or the step at work. */
    uint64_t done;    /**< Records done so far in all. */
    uint64_t total;   /**< Records expected; 0 when not known. */
    uint64_t retries; /**< Requests repeated so far (fetch only). */
    uint64_t read;    /**< Bytes of the input read so far, as stored (not in fetch). */
    uint64_t size;    /**< Bytes of the input in all; 0 when not known. */
} osler_progress;

/**
 * Called now and then by long work, on the calling thread.
 * Return false to stop: the call then returns OSLER_EINTERRUPTED and leaves nothing half done.
 */
typedef bool (*osler_progress_callback)(void *context, const osler_progress *progress);

/**
 * Replace what happens when memory runs out.  The default prints one line on stderr and ends the
 * program with abort().  `hook` gets the size that was asked for and must not return.
 * NULL restores the default.  Not thread-safe: call it before anything else.
 */
OSLER_API void osler_set_out_of_memory(void (*hook)(size_t size));

#ifdef __cplusplus
}
#endif

#endif
