/* Opening, making and closing the library file, and its transactions. */
#include "store/migrate.h"

#include "base/error.h"
#include "base/memory.h"
#include "store/flagged.h"
#include "store/intern.h"
#include "store/packed.h"
#include "store/prepare.h"
#include "store/segments.h"

#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

static const char schema[] = {
#include "store/schema.sql.inc"
};
static const char own_schema[] = {
#include "store/own.sql.inc"
};
static const char fetch_schema[] = {
#include "store/fetch.sql.inc"
};

/* What version 4 adds. */
static osler_status add_tables(store *s, osler_error *error)
{
    osler_status status = store_exec(s, own_schema, error);
    return status == OSLER_OK ? store_exec(s, fetch_schema, error) : status;
}

static osler_status make_version_4(store *s, const char *copy, osler_error *error)
{
    (void)copy;
    return add_tables(s, error);
}

/* One row for each released version after the first. */
static const store_step steps[] = {
    {.to = 2, .run = migrate_from_1},
    {.to = 3,
     .sql = "CREATE TABLE IF NOT EXISTS packed_block (id INTEGER PRIMARY KEY, data BLOB NOT NULL)",
     .adds = true},
    {.to = 4, .run = make_version_4, .adds = true},
};
enum {
    STEPS = sizeof steps / sizeof *steps,
    OLDEST = STORE_VERSION - STEPS,
    STORE_READABLE = 2,       /* what came after it was only added */
    MOST_GATHERED = 128 << 20 /* bytes */
};

static osler_status path_error(const char *path, int number, osler_error *error)
{
    osler_status status = number == ENOENT ? OSLER_ENOTFOUND : OSLER_ELIBRARY;
    if (number == ENOENT)
        fail(error, status, 0,
             "there is no library here yet (osler import and osler fetch make one)");
    else
        fail(error, status, 0, "cannot open the library: %s", strerror(number));
    return fail_source(error, status, path);
}

/* The folders above the file, as mkdir -p makes them. */
static osler_status make_folders(const char *path, osler_error *error)
{
    char *copy = memory_copy_text(path);
    int number = 0;
    for (char *slash = strchr(copy + 1, '/'); slash && !number; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        if (mkdir(copy, 0777) != 0 && errno != EEXIST)
            number = errno;
        *slash = '/';
    }
    memory_free(copy);
    if (!number)
        return OSLER_OK;
    fail(error, OSLER_ELIBRARY, 0, "cannot make the folder of the library: %s", strerror(number));
    return fail_source(error, OSLER_ELIBRARY, path);
}

static osler_status look_at_path(const char *path, store_mode mode, osler_error *error)
{
    struct stat about;
    if (stat(path, &about) == 0)
        return S_ISREG(about.st_mode)
                   ? OSLER_OK
                   : path_error(path, S_ISDIR(about.st_mode) ? EISDIR : EINVAL, error);
    if (mode != STORE_CREATE || errno != ENOENT)
        return path_error(path, errno, error);
    return make_folders(path, error);
}

static int switch_off(sqlite3 *db, int what)
{
    return sqlite3_db_config(db, what, 0, NULL);
}

/* The file may come from anywhere: nothing in its schema is trusted. */
static osler_status configure(store *s, osler_error *error)
{
    int result = sqlite3_busy_timeout(s->db, STORE_PATIENCE * 1000);
    if (result == SQLITE_OK)
        result = sqlite3_db_config(s->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    if (result == SQLITE_OK)
        result = switch_off(s->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA);
    if (result == SQLITE_OK)
        result = switch_off(s->db, SQLITE_DBCONFIG_ENABLE_TRIGGER);
    if (result == SQLITE_OK)
        result = switch_off(s->db, SQLITE_DBCONFIG_ENABLE_VIEW);
    if (result != SQLITE_OK)
        return store_fail(s, result, error);
    return store_exec(
        s,
        "PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0; PRAGMA temp_store = MEMORY;"
        "PRAGMA foreign_keys = ON; PRAGMA secure_delete = OFF;"
        "PRAGMA synchronous = FULL",
        error);
}

/* Two processes may want this at the same moment; SQLite does not wait here by itself. */
static osler_status use_log(store *s, osler_error *error)
{
    const struct timespec pause = {0, 20000000};
    int result = SQLITE_BUSY;
    for (int i = 0; i < STORE_PATIENCE * 50 && (result & 0xFF) == SQLITE_BUSY; i++) {
        if (i)
            nanosleep(&pause, NULL);
        result = sqlite3_exec(s->db, "PRAGMA journal_mode = WAL", NULL, NULL, NULL);
    }
    return result == SQLITE_OK ? OSLER_OK : store_fail(s, result, error);
}

static osler_status is_empty(store *s, bool *empty, osler_error *error)
{
    int64_t tables;
    osler_status status = store_number(s, "SELECT count(*) FROM sqlite_schema", &tables, error);
    *empty = tables == 0;
    return status;
}

osler_status store_make_tables(store *s, osler_error *error)
{
    osler_status status = store_exec(s, schema, error);
    return status == OSLER_OK ? add_tables(s, error) : status;
}

static osler_status make_library(store *s, osler_error *error)
{
    bool empty;
    osler_status status = store_exec(s, "PRAGMA page_size = 16384", error);
    if (status == OSLER_OK)
        status = store_begin(s, error);
    if (status == OSLER_OK)
        status = is_empty(s, &empty, error); /* another process may have been faster */
    if (status == OSLER_OK && empty)
        status = store_make_tables(s, error);
    if (status == OSLER_OK && empty) {
        char marks[96];
        snprintf(marks, sizeof marks, "PRAGMA application_id = %d; PRAGMA user_version = %d",
                 STORE_APPLICATION, STORE_VERSION);
        status = store_exec(s, marks, error);
    }
    if (status == OSLER_OK)
        status = store_commit(s, error);
    if (status != OSLER_OK)
        store_rollback(s);
    return status;
}

/* Is this file a library that we can use?  Nothing is written before that is known. */
static osler_status identify(store *s, store_mode mode, osler_error *error)
{
    int64_t application = 0, version = 0;
    bool empty = false;
    /* One moment of the file: another process may be making the library. */
    osler_status status = store_exec(s, "BEGIN", error);
    if (status == OSLER_OK)
        status = store_number(s, "PRAGMA application_id", &application, error);
    if (status == OSLER_OK)
        status = store_number(s, "PRAGMA user_version", &version, error);
    if (status == OSLER_OK)
        status = is_empty(s, &empty, error);
    store_rollback(s);
    if (status != OSLER_OK)
        return status;
    s->version = mode == STORE_READ ? version : STORE_VERSION;
    if (empty && !application && !version)
        return mode == STORE_CREATE ? make_library(s, error) : path_error(s->path, ENOENT, error);
    if (application != STORE_APPLICATION)
        return store_damaged(s, error, "this is an SQLite file, but not an Osler library");
    if (version == STORE_VERSION ||
        (mode == STORE_READ && version >= STORE_READABLE && version < STORE_VERSION))
        return OSLER_OK;
    if (version < OLDEST)
        return store_damaged(s, error, "the library is damaged: it has no known version");
    if (version < STORE_VERSION && mode != STORE_READ)
        return store_migrate(s, steps, STEPS, error);
    fail(error, OSLER_EDAMAGED, 0,
         version > STORE_VERSION
             ? "the library has version %lld, this Osler knows versions up to %d: use a newer Osler"
             : "the library has the old version %lld: any command that writes brings it to %d",
         (long long)version, STORE_VERSION);
    return fail_source(error, OSLER_EDAMAGED, s->path);
}

/* The path as a URI: SQLite's own names ("file:...", ":memory:") then are plain file names. */
static void add_uri(buf *b, const char *path, bool immutable)
{
    buf_add_text(b, path[0] == '/' ? "file:" : "file:./");
    for (; *path; path++) {
        if (strchr("?#%", *path))
            buf_printf(b, "%%%02X", (unsigned)(unsigned char)*path);
        else
            buf_add_byte(b, *path);
    }
    if (immutable)
        buf_add_text(b, "?immutable=1");
}

/* Nothing waits in the log beside the file, so that the file alone is the whole library. */
static bool has_no_log(const store *s)
{
    struct stat about;
    buf log = {0};
    buf_printf(&log, "%s-wal", s->path);
    bool none = stat(buf_text(&log), &about) != 0 || about.st_size == 0;
    buf_free(&log);
    return none;
}

/* Nobody asks SQLite how much memory it takes; to count it, each allocation takes a lock.  Where a
 * program has used SQLite before, it stays as it is. */
static void count_no_memory(void)
{
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

static osler_status open_as(store *s, store_mode mode, bool immutable, osler_error *error)
{
    int flags = mode == STORE_READ    ? SQLITE_OPEN_READONLY
                : mode == STORE_WRITE ? SQLITE_OPEN_READWRITE
                                      : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    buf name = {0};
    pthread_once(&once, count_no_memory);
    add_uri(&name, s->path, immutable);
    int result = sqlite3_open_v2(
        buf_text(&name), &s->db,
        flags | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, NULL);
    buf_free(&name);
    if (result != SQLITE_OK)
        return store_fail(s, result, error);
    osler_status status = configure(s, error);
    if (status == OSLER_OK)
        status = identify(s, mode, error);
    if (status == OSLER_OK && mode != STORE_READ)
        status = use_log(s, error);
    /* Last, because SQLite counts it in pages of the size that it knows by then.  A reader keeps
     * what it reads of the index itself: pages that are few stay in the processor's cache. */
    const char *size =
        mode == STORE_READ ? "PRAGMA cache_size = -8192" : "PRAGMA cache_size = -32768";
    return status == OSLER_OK ? store_exec(s, size, error) : status;
}

/*
 * Reading too wants to write, a small file beside the library that coordinates processes.  Where
 * that cannot be (a read-only medium, a full disk), the library is read as a file that nobody
 * changes.
 */
static osler_status open_file(store *s, store_mode mode, osler_error *error)
{
    osler_status status = open_as(s, mode, false, error);
    if (status != OSLER_ELIBRARY || mode != STORE_READ || !has_no_log(s))
        return status;
    sqlite3_close(s->db);
    s->db = NULL;
    return open_as(s, mode, true, error);
}

osler_status store_open(store **out, const char *path, store_mode mode, osler_error *error)
{
    *out = NULL;
    osler_status status = *path ? look_at_path(path, mode, error)
                                : fail(error, OSLER_EUSAGE, 0, "the library's path is empty");
    if (status != OSLER_OK)
        return status;
    store *s = memory_alloc(sizeof *s);
    s->path = memory_copy_text(path);
    s->most_gathered = MOST_GATHERED;
    status = open_file(s, mode, error);
    if (status == OSLER_OK)
        *out = s;
    else
        store_close(s);
    return status;
}

void store_close(store *s)
{
    if (!s)
        return;
    store_rollback(s);
    for (size_t i = 0; i < STATEMENT_COUNT; i++)
        sqlite3_finalize(s->statements[i]);
    sqlite3_close(s->db);
    arena_free(&s->scratch);
    buf_free(&s->current);
    buf_free(&s->block.bytes);
    buf_free(&s->text);
    buf_free(&s->key);
    compress_close(&s->compressor);
    intern_free(s);
    store_preparer_free(s->preparer);
    segments_free(s);
    memory_free(s->flagged.items);
    memory_free(s->path);
    memory_free(s);
}

const char *store_path(const store *s)
{
    return s->path;
}

int64_t store_last_put(const store *s)
{
    return s->put;
}

/* What belongs to one transaction. */
static void forget(store *s)
{
    segments_forget(s);
    s->flagged.count = 0;
    s->step = (struct own_step){0};
}

osler_status store_begin(store *s, osler_error *error)
{
    forget(s);
    return store_exec(s, "BEGIN IMMEDIATE", error);
}

/* What was read of the index holds as long as nobody has written: its segments are kept from one
 * reading to the next. */
osler_status store_begin_reading(store *s, osler_error *error)
{
    int64_t version = 0;
    osler_status status = store_exec(s, "BEGIN", error);
    if (status == OSLER_OK)
        status = store_number(s, "PRAGMA data_version", &version, error);
    s->reading = status == OSLER_OK;
    if (version != s->data_version || segments_hold_much(s))
        segments_forget(s);
    s->data_version = version;
    return status;
}

osler_status store_commit(store *s, osler_error *error)
{
    osler_status status = flagged_renew(s, error);
    if (status == OSLER_OK)
        status = segments_settle(s, error);
    if (status == OSLER_OK)
        status = store_exec(s, "COMMIT", error);
    if (status == OSLER_OK)
        forget(s);
    return status;
}

void store_rollback(store *s)
{
    if (!s->reading)
        forget(s);
    s->reading = false;
    intern_forget(s);
    packed_forget(s);
    if (!s->db || sqlite3_get_autocommit(s->db))
        return;
    for (size_t i = 0; i < STATEMENT_COUNT; i++)
        sqlite3_reset(s->statements[i]);
    sqlite3_exec(s->db, "ROLLBACK", NULL, NULL, NULL); /* a failure leaves it to the next opening */
}
