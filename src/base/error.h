/* Filling in an osler_error. */
#ifndef BASE_ERROR_H
#define BASE_ERROR_H

#include <osler/base.h>

/*
 * Describe a failure in `error` (which may be NULL) and return `status`.  Control characters in
 * the message become '?', so that text from a file cannot act on a terminal; a cut message still
 * ends in whole UTF-8.
 */
__attribute__((format(printf, 4, 5))) osler_status fail(osler_error *error, osler_status status,
                                                        unsigned line, const char *format, ...);

/* Name the source of the failure in `error`; call after fail().  Returns the error's status. */
osler_status fail_source(osler_error *error, osler_status status, const char *source);

#endif
