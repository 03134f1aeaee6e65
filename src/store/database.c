/* Running prepared statements, and saying what went wrong. */
#include "store/database.h"

#include "base/error.h"
#include "base/memory.h"
#include "base/utf8.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { WRITER_LOCK = 120 /* the byte of the -shm file that a writer locks (SQLite's walformat) */ };

static const char *const sql[STATEMENT_COUNT] = {
#define STATEMENT(name, text) [STATEMENT_##name] = (text),
#include "store/statements.def"
#undef STATEMENT
};

static osler_status fail_writing(store *s, int result, osler_error *error)
{
    int number = sqlite3_system_errno(s->db);
    const char *why = result == SQLITE_FULL || number == ENOSPC ? "the disk is full"
                      : result == SQLITE_READONLY               ? "it may not be written"
                      : result == SQLITE_CANTOPEN
                          ? "the file, or the log beside it, cannot be opened;"
                            " its folder must be writable"
                      : number == EFBIG ? "the file-size limit is reached"
                      : number          ? strerror(number)
                                        : sqlite3_errstr(result);
    return fail(error, OSLER_ELIBRARY, 0, "cannot use the library: %s", why);
}

/*
 * The process that holds the writer's lock; 0 when the system does not tell.  It is read from the
 * system's table: to ask by a descriptor of our own would, on closing it, drop SQLite's locks.
 */
static long find_writer(const store *s)
{
    struct stat about;
    char line[256];
    long found = 0;
    buf name = {0};
    buf_printf(&name, "%s-shm", s->path);
    int missing = stat(buf_text(&name), &about);
    buf_free(&name);
    FILE *locks = missing ? NULL : fopen("/proc/locks", "re");
    while (locks && !found && fgets(line, sizeof line, locks)) {
        long process;
        unsigned long long inode, first;
        if (sscanf(line, "%*s POSIX %*s WRITE %ld %*x:%*x:%llu %llu", &process, &inode, &first) ==
                3 &&
            inode == about.st_ino && first == WRITER_LOCK)
            found = process;
    }
    if (locks)
        fclose(locks);
    return found;
}

static osler_status fail_locked(const store *s, osler_error *error)
{
    long writer = find_writer(s);
    if (writer > 0 && writer != (long)getpid())
        return fail(error, OSLER_ELOCKED, 0,
                    "process %ld is writing to the library; waited %d seconds", writer,
                    STORE_PATIENCE);
    return fail(error, OSLER_ELOCKED, 0,
                "another process is writing to the library; waited %d seconds", STORE_PATIENCE);
}

osler_status store_fail(store *s, int result, osler_error *error)
{
    osler_status status;
    switch (result & 0xFF) {
    case SQLITE_NOMEM: memory_out(0); break;
    case SQLITE_BUSY:
    case SQLITE_LOCKED: status = fail_locked(s, error); break;
    case SQLITE_IOERR:
        if (result != SQLITE_IOERR_SHORT_READ && result != SQLITE_IOERR_CORRUPTFS) {
            status = fail_writing(s, SQLITE_IOERR, error);
            break;
        }
        status = fail(error, OSLER_EDAMAGED, 0, "the library is damaged: it ends early");
        break;
    case SQLITE_FULL:
    case SQLITE_READONLY:
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
    case SQLITE_AUTH: status = fail_writing(s, result & 0xFF, error); break;
    case SQLITE_NOTADB:
        status = fail(error, OSLER_EDAMAGED, 0, "this file is not an Osler library");
        break;
    case SQLITE_TOOBIG:
        status = fail(error, OSLER_ELIMIT, 0, "a record is too large for the library");
        break;
    default:
        status = fail(error, OSLER_EDAMAGED, 0, "the library is damaged: %s",
                      s->db ? sqlite3_errmsg(s->db) : sqlite3_errstr(result));
    }
    return fail_source(error, status, s->path);
}

osler_status store_damaged(store *s, osler_error *error, const char *what)
{
    fail(error, OSLER_EDAMAGED, 0, "%s", what);
    return fail_source(error, OSLER_EDAMAGED, s->path);
}

static int bind(sqlite3_stmt *statement, int at, const store_value *v)
{
    switch (v->kind) {
    case VALUE_NONE: return sqlite3_bind_null(statement, at);
    case VALUE_INTEGER: return sqlite3_bind_int64(statement, at, v->integer);
    case VALUE_REAL: return sqlite3_bind_double(statement, at, v->real);
    case VALUE_TEXT:
        return sqlite3_bind_text64(statement, at, v->bytes.data ? v->bytes.data : "",
                                   v->bytes.length, SQLITE_STATIC, SQLITE_UTF8);
    case VALUE_BLOB:
        return sqlite3_bind_blob64(statement, at, v->bytes.data ? v->bytes.data : "",
                                   v->bytes.length, SQLITE_STATIC);
    }
    return SQLITE_MISUSE;
}

/* The statement, prepared and with its values bound. */
static osler_status ready(store *s, enum store_statement which, store_values values,
                          sqlite3_stmt **statement, osler_error *error)
{
    int result = SQLITE_OK;
    if (!s->statements[which])
        result = sqlite3_prepare_v3(s->db, sql[which], -1, SQLITE_PREPARE_PERSISTENT,
                                    &s->statements[which], NULL);
    *statement = s->statements[which];
    for (size_t i = 0; result == SQLITE_OK && i < values.count; i++)
        result = bind(*statement, (int)i + 1, &values.items[i]);
    return result == SQLITE_OK ? OSLER_OK : store_fail(s, result, error);
}

osler_status store_run(store *s, enum store_statement statement, store_values values,
                       osler_error *error)
{
    sqlite3_stmt *row;
    osler_status status = store_first(s, statement, values, &row, error);
    if (status == OSLER_OK)
        store_reset(row);
    return status == OSLER_END ? OSLER_OK : status;
}

osler_status store_first(store *s, enum store_statement statement, store_values values,
                         sqlite3_stmt **row, osler_error *error)
{
    osler_status status = ready(s, statement, values, row, error);
    return status == OSLER_OK ? store_next(s, *row, error) : status;
}

osler_status store_next(store *s, sqlite3_stmt *row, osler_error *error)
{
    int result = sqlite3_step(row);
    if (result == SQLITE_ROW)
        return OSLER_OK;
    osler_status status = result == SQLITE_DONE ? OSLER_END : store_fail(s, result, error);
    store_reset(row);
    return status;
}

void store_reset(sqlite3_stmt *row)
{
    sqlite3_reset(row);
    sqlite3_clear_bindings(row);
}

osler_status store_exec(store *s, const char *text, osler_error *error)
{
    int result = sqlite3_exec(s->db, text, NULL, NULL, NULL);
    return result == SQLITE_OK ? OSLER_OK : store_fail(s, result, error);
}

osler_status store_number(store *s, const char *text, int64_t *number, osler_error *error)
{
    sqlite3_stmt *row = NULL;
    int result = sqlite3_prepare_v2(s->db, text, -1, &row, NULL);
    if (result == SQLITE_OK)
        result = sqlite3_step(row);
    *number = result == SQLITE_ROW ? sqlite3_column_int64(row, 0) : 0;
    osler_status status =
        result == SQLITE_ROW || result == SQLITE_DONE ? OSLER_OK : store_fail(s, result, error);
    sqlite3_finalize(row);
    return status;
}

void store_note_flagged(store *s, int64_t pmid)
{
    struct flagged *f = &s->flagged;
    if (f->count && f->items[f->count - 1] == pmid)
        return;
    if (f->count == f->capacity) {
        f->capacity = f->capacity ? f->capacity * 2 : 64;
        f->items = memory_resize(f->items, f->capacity * sizeof *f->items);
    }
    f->items[f->count++] = pmid;
}

str store_column(sqlite3_stmt *row, int column)
{
    const void *data = sqlite3_column_blob(row, column); /* a text gives its UTF-8 bytes */
    return (str){data, data ? (size_t)sqlite3_column_bytes(row, column) : 0};
}

bool store_column_digest(sqlite3_stmt *row, int column, digest *out)
{
    str bytes = store_column(row, column);
    if (bytes.length != DIGEST_SIZE)
        return false;
    memcpy(out->bytes, bytes.data, DIGEST_SIZE);
    return true;
}

const char *store_copied(arena *memory, sqlite3_stmt *row, int column)
{
    if (sqlite3_column_type(row, column) == SQLITE_NULL)
        return NULL;
    str text = store_column(row, column);
    if (utf8_valid(text, NULL) && !memchr(text.data ? text.data : "", 0, text.length))
        return arena_copy(memory, text);
    buf repaired = {0}; /* only in a file that someone else has written */
    buf_add_repaired(&repaired, text);
    const char *copy = arena_copy(memory, buf_str(&repaired));
    buf_free(&repaired);
    return copy;
}
