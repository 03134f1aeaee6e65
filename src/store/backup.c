/* Copies of the library file by SQLite's backup interface. */
#include "store/backup.h"

#include "base/buf.h"
#include "base/error.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* SQLITE_OK when SQLite finds nothing wrong in the file. */
static int check(sqlite3 *db)
{
    sqlite3_stmt *row = NULL;
    int result = sqlite3_prepare_v2(db, "PRAGMA quick_check(1)", -1, &row, NULL);
    if (result == SQLITE_OK)
        result = sqlite3_step(row);
    bool sound =
        result == SQLITE_ROW && strcmp((const char *)sqlite3_column_text(row, 0), "ok") == 0;
    int finished = sqlite3_finalize(row);
    if (sound)
        return SQLITE_OK;
    return finished != SQLITE_OK ? finished : SQLITE_CORRUPT;
}

static int copy_all(sqlite3 *from, const char *path)
{
    sqlite3 *to = NULL;
    int result = sqlite3_open_v2(path, &to, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL);
    if (result == SQLITE_OK) {
        sqlite3_backup *backup = sqlite3_backup_init(to, "main", from, "main");
        result = backup ? sqlite3_backup_step(backup, -1) : sqlite3_errcode(to);
        int finished = sqlite3_backup_finish(backup);
        if (result == SQLITE_DONE)
            result = finished;
    }
    if (result == SQLITE_OK)
        result = check(to);
    int closed = sqlite3_close(to);
    return result == SQLITE_OK ? closed : result;
}

/* The folder's entry is on the disk, too; where folders cannot be synced the system does it. */
static void sync_folder(const char *path)
{
    const char *slash = strrchr(path, '/');
    buf folder = {0};
    buf_printf(&folder, "%.*s", slash ? (int)(slash - path + 1) : 1, slash ? path : ".");
    int file = open(buf_text(&folder), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    buf_free(&folder);
    if (file < 0)
        return;
    (void)fsync(file);
    close(file);
}

static osler_status not_written(const char *path, const char *why, osler_error *error)
{
    fail(error, OSLER_ELIBRARY, 0, "the copy of the library could not be written: %s", why);
    return fail_source(error, OSLER_ELIBRARY, path);
}

osler_status backup_write(sqlite3 *from, const char *path, osler_error *error)
{
    buf part = {0};
    buf_printf(&part, "%s.part", path);
    remove(buf_text(&part));
    int result = copy_all(from, buf_text(&part));
    osler_status status = OSLER_OK;
    if (result != SQLITE_OK)
        status = not_written(path, sqlite3_errstr(result), error);
    else if (rename(buf_text(&part), path) != 0)
        status = not_written(path, strerror(errno), error);
    if (status == OSLER_OK)
        sync_folder(path);
    else
        remove(buf_text(&part));
    buf_free(&part);
    return status;
}

osler_status store_backup(store *s, const char *path, bool replace, osler_error *error)
{
    struct stat there, here;
    if (stat(path, &there) == 0) {
        bool same =
            stat(s->path, &here) == 0 && here.st_dev == there.st_dev && here.st_ino == there.st_ino;
        if (same || !S_ISREG(there.st_mode)) {
            fail(error, OSLER_EUSAGE, 0,
                 same ? "this is the library itself: the copy needs another name"
                      : "expected a file's name for the copy");
            return fail_source(error, OSLER_EUSAGE, path);
        }
        if (!replace) {
            fail(error, OSLER_EUSAGE, 0,
                 "there is a file of this name: choose another, or replace it with --force");
            return fail_source(error, OSLER_EUSAGE, path);
        }
    }
    return backup_write(s->db, path, error);
}

osler_status store_vacuum(store *s, osler_error *error)
{
    osler_status status = store_exec(s, "VACUUM", error);
    return status == OSLER_OK ? store_exec(s, "PRAGMA wal_checkpoint(TRUNCATE)", error) : status;
}
