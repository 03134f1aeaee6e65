/* A copy of the library file, made while it is in use; and the file made small again. */
#ifndef STORE_BACKUP_H
#define STORE_BACKUP_H

#include "store/database.h"

/*
 * Write all that is committed in `from` as a library file at `path`, in the place of a file of this
 * name.  It is written as PATH.part, checked (SQLite's quick_check), brought to the disk and
 * renamed: at any time `path` is what it was or the whole copy.  Writers of the library do not wait
 * for it.
 */
OSLER_MUST_USE osler_status backup_write(sqlite3 *from, const char *path, osler_error *error);

#endif
