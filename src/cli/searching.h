/* What commands share that search: the libraries, the query, what was wrong with it. */
#ifndef CLI_SEARCHING_H
#define CLI_SEARCHING_H

#include <osler/library.h>

/* Open the library for reading, with all that --library names beside it. */
osler_status open_libraries(osler_library **out, osler_error *error);

/* The operands as one query, to be freed; without any, it is empty. */
char *join_query(int argc, char **argv);

/* The query with a caret under the column of the error, on stderr. */
void point_at(const char *query, unsigned column);

#endif
