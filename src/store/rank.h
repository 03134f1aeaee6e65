/* The ranking function of the word index: osler_rank(words, weight of each column, ...). */
#ifndef STORE_RANK_H
#define STORE_RANK_H

#include <sqlite3.h>

/* Make osler_rank() known to a connection; SQLite's result. */
int rank_register(sqlite3 *db);

#endif
