/* What commands share that search: the libraries, the query, what was wrong with it. */
#ifndef CLI_SEARCHING_H
#define CLI_SEARCHING_H

#include "lines.h"

#include <osler/library.h>

/* Open the library for reading, with all that --library names beside it. */
osler_status open_libraries(osler_library **out, osler_error *error);

/* The operands as one query, to be freed; without any, it is empty. */
char *join_query(int argc, char **argv);

/* The query with a caret under the column of the error, on stderr. */
void point_at(const char *query, unsigned column);

/* Whether a text reads as an identifier: digits, pmid:1, osler:17, a DOI, PMC1. */
bool is_identifier(const char *text);

/*
 * What the operands name: works by their ids (all are such, or known to the library), the ids on
 * the lines of standard input ("-"), or all that a query finds.  To be freed with free_ids(), also
 * after a failure, which is reported; then its exit code is returned.
 */
int name_works(struct id_list *out, osler_library *library, int argc, char **argv);

#endif
