/* The open library file as the files of store/ see it: SQLite, prepared statements, failures. */
#ifndef STORE_DATABASE_H
#define STORE_DATABASE_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/digest.h"
#include "store/compress.h"
#include "store/store.h"

#include <sqlite3.h>

enum {
    STORE_APPLICATION = 0x4F736C72 /* 'Oslr' */,
    STORE_VERSION = 4,
    STORE_PATIENCE = 5 /* s */,
    STORE_OWN_SINCE = 4 /* the version that brought lists and the journal */
};

/* The statements that are prepared once: see statements.def. */
enum store_statement {
#define STATEMENT(name, sql) STATEMENT_##name,
#include "store/statements.def"
#undef STATEMENT
    STATEMENT_COUNT
};

struct store {
    sqlite3 *db;
    char *path;
    int64_t version; /* of the file: an older one when it is only read */
    sqlite3_stmt *statements[STATEMENT_COUNT];
    arena scratch;          /* for one record: cleared when the next one is put */
    buf current, text, key; /* the same */
    struct compressor compressor;
    struct {        /* the block of packed records that was read last */
        int64_t id; /* 0: none */
        buf bytes;
    } block;
    /* Of others, NULL until they are needed. */
    struct interned *interned;       /* intern.h */
    int64_t put;                     /* store_last_put() */
    bool reading;                    /* store_begin_reading() */
    int64_t data_version;            /* of SQLite, when the index was read */
    struct segments *segments;       /* segments.h */
    size_t most_gathered;            /* bytes of documents in memory, before a segment is written */
    struct store_preparer *preparer; /* prepare.h: for store_put() */
    struct own_step {                /* own.h: what the transaction at hand changes */
        const char *summary;
        int64_t undoes, id, changes;
    } step;
    struct flagged { /* PMIDs whose flags others may have changed in this transaction */
        int64_t *items;
        size_t count, capacity;
    } flagged;
};

/* A value to bind to a parameter. */
typedef struct store_value {
    enum { VALUE_NONE, VALUE_INTEGER, VALUE_REAL, VALUE_TEXT, VALUE_BLOB } kind;
    int64_t integer;
    double real;
    str bytes; /* lent until the statement is reset */
} store_value;

typedef struct store_values {
    const store_value *items;
    size_t count;
} store_values;

/* The values of ?1, ?2, ... in their order, as in VALUES(value_int(id), value_text(name)). */
#define VALUES(...)                                                                                \
    (store_values)                                                                                 \
    {                                                                                              \
        (const store_value[]){__VA_ARGS__},                                                        \
            sizeof((const store_value[]){__VA_ARGS__}) / sizeof(store_value)                       \
    }

static inline store_value value_none(void)
{
    return (store_value){.kind = VALUE_NONE};
}
static inline store_value value_int(int64_t integer)
{
    return (store_value){.kind = VALUE_INTEGER, .integer = integer};
}
/* NULL in place of 0, which stands for "not known" in records. */
static inline store_value value_known(int64_t integer)
{
    return integer ? value_int(integer) : value_none();
}
static inline store_value value_real(double real)
{
    return (store_value){.kind = VALUE_REAL, .real = real};
}
static inline store_value value_str(str text)
{
    return (store_value){.kind = VALUE_TEXT, .bytes = text};
}
/* NULL gives NULL. */
static inline store_value value_text(const char *text)
{
    return text ? value_str(str_of(text)) : value_none();
}
static inline store_value value_blob(str bytes)
{
    return (store_value){.kind = VALUE_BLOB, .bytes = bytes};
}
/* `*made` must stay where it is. */
static inline store_value value_digest(const digest *made)
{
    return value_blob((str){(const char *)made->bytes, DIGEST_SIZE});
}

/* Run a prepared statement that gives no rows. */
OSLER_MUST_USE osler_status store_run(store *s, enum store_statement statement, store_values values,
                                      osler_error *error);

/*
 * Start a prepared query.  OSLER_OK: `*row` stands on the first row, lent until the next use of
 * the statement; end with store_reset().  OSLER_END: no row, and the statement is reset.
 */
OSLER_MUST_USE osler_status store_first(store *s, enum store_statement statement,
                                        store_values values, sqlite3_stmt **row,
                                        osler_error *error);
/* The next row of a query: as store_first(). */
OSLER_MUST_USE osler_status store_next(store *s, sqlite3_stmt *row, osler_error *error);
void store_reset(sqlite3_stmt *row);

/* Run SQL text without parameters or rows. */
OSLER_MUST_USE osler_status store_exec(store *s, const char *sql, osler_error *error);

/* The failure that SQLite's `result` stands for, on what was being done ("read", "write to"). */
osler_status store_fail(store *s, int result, osler_error *error);

/* Somebody says something about the integrity of this PMID, or takes it back: its document in the
 * index is made again before the transaction ends. */
void store_note_flagged(store *s, int64_t pmid);

/* A number that a PRAGMA or a query gives. */
OSLER_MUST_USE osler_status store_number(store *s, const char *sql, int64_t *number,
                                         osler_error *error);

/* The packed record of a citation, expanded, into s->current. */
OSLER_MUST_USE osler_status store_packed(store *s, int64_t id, osler_error *error);

/* s->current as a record in the arena. */
OSLER_MUST_USE osler_status store_unpack(store *s, arena *memory, osler_record *record,
                                         osler_error *error);

/* A failure with the library's path as its source. */
osler_status store_damaged(store *s, osler_error *error, const char *what);

/* A text or blob column, lent by the row; empty for NULL. */
str store_column(sqlite3_stmt *row, int column);
/* A column that holds a digest; false when it does not. */
OSLER_MUST_USE bool store_column_digest(sqlite3_stmt *row, int column, digest *out);
/* A text column copied into the arena; NULL for NULL. */
const char *store_copied(arena *memory, sqlite3_stmt *row, int column);

#endif
