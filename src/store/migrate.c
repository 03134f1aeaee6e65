/* Migrations: a copy of the old file first, then all steps in one transaction. */
#include "store/migrate.h"

#include "base/error.h"
#include "store/backup.h"

#include <stdio.h>

/* A second connection reads what was committed, while ours keeps all other writers out. */
static osler_status copy_file(store *s, const char *path, osler_error *error)
{
    sqlite3 *from = NULL;
    int result =
        sqlite3_open_v2(sqlite3_db_filename(s->db, "main"), &from, SQLITE_OPEN_READONLY, NULL);
    osler_status status =
        result == SQLITE_OK ? backup_write(from, path, error) : store_fail(s, result, error);
    sqlite3_close(from);
    return status;
}

static osler_status take_steps(store *s, const store_step *steps, size_t count, osler_error *error)
{
    int64_t version;
    osler_status status = store_number(s, "PRAGMA user_version", &version, error);
    if (status != OSLER_OK)
        return status;
    size_t first = 0;
    while (first < count && steps[first].to != version + 1)
        first++;
    if (first == count) /* another process was faster, or there is nothing to do */
        return OSLER_OK;
    buf copy = {0};
    buf_printf(&copy, "%s.version-%lld", s->path, (long long)version);
    bool adds = true;
    for (size_t i = first; i < count; i++)
        adds &= steps[i].adds;
    if (!adds)
        status = copy_file(s, buf_text(&copy), error);
    for (size_t i = first; status == OSLER_OK && i < count; i++) {
        char set[64];
        status = steps[i].run ? steps[i].run(s, buf_text(&copy), error)
                              : store_exec(s, steps[i].sql, error);
        snprintf(set, sizeof set, "PRAGMA user_version = %d", steps[i].to);
        if (status == OSLER_OK)
            status = store_exec(s, set, error);
    }
    buf_free(&copy);
    return status;
}

osler_status store_migrate(store *s, const store_step *steps, size_t count, osler_error *error)
{
    /* Tables are dropped and made: what refers to what is checked at the end, by verifying. */
    osler_status status = store_exec(s, "PRAGMA foreign_keys = OFF", error);
    if (status == OSLER_OK)
        status = store_begin(s, error);
    if (status == OSLER_OK)
        status = take_steps(s, steps, count, error);
    if (status == OSLER_OK)
        status = store_commit(s, error);
    if (status != OSLER_OK)
        store_rollback(s);
    osler_status restored =
        store_exec(s, "PRAGMA foreign_keys = ON", status == OSLER_OK ? error : NULL);
    return status == OSLER_OK ? restored : status;
}
