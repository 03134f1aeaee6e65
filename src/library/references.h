/* Importing a reference list in plain text: no records come in, a list is made. */
#ifndef LIBRARY_REFERENCES_H
#define LIBRARY_REFERENCES_H

#include <osler/library.h>

/* True for formats whose items are references, to be resolved, and not records: lists in plain text
 * and bare lists of identifiers. */
bool references_are_in(const char *format);

/*
 * Read the references of `reader`, find out which works of the library they are, with
 * `options->online` fetch those that it has not, and keep all in order as a list.
 */
OSLER_MUST_USE osler_status references_import(osler_library *library, osler_reader *reader,
                                              const char *path, const osler_import_options *options,
                                              osler_import_report *report, osler_error *error);

#endif
