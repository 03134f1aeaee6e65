/* Looking for damage. */
#include "store/database.h"
#include "store/migrate.h"

#include "record/pack.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

struct check {
    store *s;
    void (*found)(void *context, const char *sentence);
    void *context;
    osler_error *error;
};

__attribute__((format(printf, 2, 3))) static void say(const struct check *c, const char *format,
                                                      ...)
{
    char sentence[300];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(sentence, sizeof sentence, format, arguments);
    va_end(arguments);
    c->found(c->context, sentence);
}

/* Damage is what we look for; any other failure ends the check. */
static osler_status judge(const struct check *c, osler_status status)
{
    if (status != OSLER_EDAMAGED)
        return status;
    say(c, "%s", c->error->message);
    return OSLER_OK;
}

/* The rows of a PRAGMA that reports findings, except the row `sound`. */
static osler_status run_pragma(const struct check *c, const char *pragma, const char *sound,
                               const char *what)
{
    sqlite3_stmt *row = NULL;
    int result = sqlite3_prepare_v2(c->s->db, pragma, -1, &row, NULL);
    while (result == SQLITE_OK || result == SQLITE_ROW) {
        result = sqlite3_step(row);
        const char *text = result == SQLITE_ROW ? (const char *)sqlite3_column_text(row, 0) : NULL;
        if (text && (!sound || strcmp(text, sound) != 0))
            say(c, "%s: %s", what, text);
    }
    osler_status status = result == SQLITE_DONE ? OSLER_OK : store_fail(c->s, result, c->error);
    sqlite3_finalize(row);
    return judge(c, status);
}

static osler_status check_words(const struct check *c)
{
    osler_status status = store_begin(c->s, c->error); /* the command counts as a write */
    if (status == OSLER_OK)
        status = store_exec(c->s, "INSERT INTO words(words) VALUES('integrity-check')", c->error);
    store_rollback(c->s);
    return judge(c, status);
}

/* Inflate and unpack a record, into s->current. */
static bool unpacks(store *s, str data, int64_t raw_size)
{
    osler_record record;
    arena_clear(&s->scratch);
    buf_clear(&s->current);
    return deflater_expand(&s->deflater, &s->current,
                           (store_deflated){.bytes = data, .raw_size = raw_size}) &&
           record_unpack(&s->scratch, &record, buf_str(&s->current), NULL) == OSLER_OK;
}

static osler_status check_packed(const struct check *c)
{
    sqlite3_stmt *row;
    osler_status status =
        store_first(c->s, STATEMENT_ALL_PACKED, (store_values){NULL, 0}, &row, c->error);
    for (; status == OSLER_OK; status = store_next(c->s, row, c->error))
        if (!unpacks(c->s, store_column(row, 2), sqlite3_column_int64(row, 1)))
            say(c, "record osler:%lld cannot be read", (long long)sqlite3_column_int64(row, 0));
    return judge(c, status == OSLER_END ? OSLER_OK : status);
}

/* A version of a record (with its packed bytes, of the version or the current ones), or a deletion.
 */
static void check_version(const struct check *c, sqlite3_stmt *row)
{
    store *s = c->s;
    long long id = sqlite3_column_int64(row, 0), number = sqlite3_column_int64(row, 1);
    bool record = str_is(store_column(row, 2), "record");
    if (record && !unpacks(s, store_column(row, 4), sqlite3_column_int64(row, 3)))
        say(c, "version %lld of record osler:%lld cannot be read", number, id);
    store_deflated original = {.bytes = store_column(row, 6),
                               .raw_size = sqlite3_column_int64(row, 5)};
    if (record)
        original.like = buf_str(&s->current);
    buf_clear(&s->original);
    if (!deflater_expand(&s->deflater, &s->original, original))
        say(c, "the original of version %lld of record osler:%lld cannot be read", number, id);
}

static osler_status check_versions(const struct check *c)
{
    sqlite3_stmt *row;
    osler_status status =
        store_first(c->s, STATEMENT_ALL_VERSIONS, (store_values){NULL, 0}, &row, c->error);
    for (; status == OSLER_OK; status = store_next(c->s, row, c->error))
        check_version(c, row);
    return judge(c, status == OSLER_END ? OSLER_OK : status);
}

/* Counts that must agree, each with the sentence for when they do not. */
static osler_status check_counts(const struct check *c)
{
    static const struct {
        const char *sql, *sentence;
    } rows[] = {
        {"SELECT (SELECT records FROM statistics WHERE number = 0) - (SELECT count(*) FROM "
         "citation WHERE deleted "
         "IS NULL)",
         "the statistics do not count the records"},
        {"SELECT (SELECT count(*) FROM words) - (SELECT count(*) FROM citation WHERE deleted IS "
         "NULL)",
         "the word index does not hold every record once"},
        {"SELECT count(*) FROM citation WHERE id NOT IN (SELECT citation FROM study_design)",
         "a record has no study design"},
        {"SELECT count(*) FROM citation c WHERE 1 <> (SELECT count(*) FROM version v WHERE"
         " v.citation = c.id AND v.kind = 'record' AND v.data IS NULL)",
         "a record has no current version, or several"},
    };
    osler_status status = OSLER_OK;
    for (size_t i = 0; status == OSLER_OK && i < sizeof rows / sizeof *rows; i++) {
        int64_t number = 0;
        status = judge(c, store_number(c->s, rows[i].sql, &number, c->error));
        if (status == OSLER_OK && number)
            say(c, "%s", rows[i].sentence);
    }
    return status;
}

osler_status store_verify(store *s, void (*found)(void *context, const char *sentence),
                          void *context, osler_error *error)
{
    osler_error own = {0};
    struct check c = {s, found, context, error ? error : &own};
    osler_status status = run_pragma(&c, "PRAGMA integrity_check", "ok", "SQLite");
    if (status == OSLER_OK)
        status = run_pragma(&c, "PRAGMA foreign_key_check", NULL,
                            "a row refers to a record that is not there, in the table");
    if (status == OSLER_OK)
        status = check_words(&c);
    if (status == OSLER_OK)
        status = check_packed(&c);
    if (status == OSLER_OK)
        status = check_versions(&c);
    return status == OSLER_OK ? check_counts(&c) : status;
}
