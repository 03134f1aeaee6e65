/* Looking for damage. */
#include "store/verify.h"
#include "store/database.h"
#include "store/migrate.h"
#include "store/packed.h"

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

/* Expand and unpack a record, into s->current. */
static bool unpacks(store *s, str data, str wanted)
{
    osler_record record;
    digest made;
    bool sound;
    arena_clear(&s->scratch);
    if (packed_expand(s, data, &sound, NULL) != OSLER_OK || !sound ||
        record_unpack(&s->scratch, &record, buf_str(&s->current), NULL) != OSLER_OK)
        return false;
    made = digest_of(buf_str(&s->current));
    return str_equal(wanted, (str){(const char *)made.bytes, DIGEST_SIZE});
}

static osler_status check_records(const struct check *c)
{
    sqlite3_stmt *row;
    osler_status status =
        store_first(c->s, STATEMENT_ALL_PACKED, (store_values){NULL, 0}, &row, c->error);
    for (; status == OSLER_OK; status = store_next(c->s, row, c->error))
        if (!unpacks(c->s, store_column(row, 1), store_column(row, 2)))
            say(c, "record osler:%lld cannot be read", (long long)sqlite3_column_int64(row, 0));
    status = judge(c, status == OSLER_END ? OSLER_OK : status);
    if (status != OSLER_OK)
        return status;
    status = store_first(c->s, STATEMENT_ALL_VERSIONS, (store_values){NULL, 0}, &row, c->error);
    for (; status == OSLER_OK; status = store_next(c->s, row, c->error))
        if (!unpacks(c->s, store_column(row, 2), store_column(row, 3)))
            say(c, "version %lld of record osler:%lld cannot be read",
                (long long)sqlite3_column_int64(row, 1), (long long)sqlite3_column_int64(row, 0));
    return judge(c, status == OSLER_END ? OSLER_OK : status);
}

/* Does the version at `row` have its original in the block that s->current holds? */
static bool has_original(const store *s, sqlite3_stmt *row)
{
    str block = buf_str(&s->current), wanted = store_column(row, 5);
    int64_t start = sqlite3_column_int64(row, 3), length = sqlite3_column_int64(row, 4);
    if (start < 0 || length < 0 || (uint64_t)start > block.length ||
        (uint64_t)length > block.length - (uint64_t)start)
        return false;
    digest made = digest_of(str_part(block, (size_t)start, (size_t)length));
    return !wanted.length || str_equal(wanted, (str){(const char *)made.bytes, DIGEST_SIZE});
}

/* Expand a block into s->current; false when it cannot be. */
static osler_status hold_block(const struct check *c, int64_t block, bool *sound)
{
    sqlite3_stmt *row;
    osler_status status =
        store_first(c->s, STATEMENT_GET_ORIGINAL, VALUES(value_int(block)), &row, c->error);
    *sound = false;
    if (status != OSLER_OK)
        return status == OSLER_END ? OSLER_OK : status;
    buf_clear(&c->s->current);
    *sound =
        compress_expand(&c->s->compressor, COMPRESS_ORIGINAL, &c->s->current, store_column(row, 0));
    store_reset(row);
    return OSLER_OK;
}

/* Every original that a version has; those of one block mostly stand together. */
static osler_status check_originals(const struct check *c)
{
    sqlite3_stmt *row;
    int64_t held = 0;
    bool sound = false;
    osler_status status =
        store_first(c->s, STATEMENT_ALL_ORIGINALS, (store_values){NULL, 0}, &row, c->error);
    while (status == OSLER_OK) {
        if (sqlite3_column_int64(row, 2) != held) {
            held = sqlite3_column_int64(row, 2);
            status = hold_block(c, held, &sound);
            if (status != OSLER_OK) {
                store_reset(row);
                break;
            }
        }
        if (!sound || !has_original(c->s, row))
            say(c, "the original of version %lld of record osler:%lld cannot be read",
                (long long)sqlite3_column_int64(row, 1), (long long)sqlite3_column_int64(row, 0));
        status = store_next(c->s, row, c->error);
    }
    return judge(c, status == OSLER_END ? OSLER_OK : status);
}

/* Rows whose column has no row in the other table. */
static osler_status check_references(const struct check *c)
{
    static const char *const rows[][3] = {
        {"packed", "citation", "citation"},
        {"arrival", "citation", "citation"},
        {"version", "citation", "citation"},
        {"version", "origin", "origin"},
        {"version", "block", "original"},
        {"arrival", "block", "original"},
        {"citation", "origin", "origin"},
        {"citation", "first_origin", "origin"},
        {"citation", "deleted", "origin"},
        {"citation", "journal", "journal"},
        {"apart", "citation", "citation"},
        {"identifier_use", "citation", "citation"},
        {"identifier_use", "scheme", "string"},
        {"author_use", "citation", "citation"},
        {"author_use", "role", "string"},
        {"type_use", "citation", "citation"},
        {"type_use", "type", "type"},
        {"heading_use", "citation", "citation"},
        {"heading_use", "heading", "heading"},
        {"heading_use", "qualifiers", "string"},
        {"correction_use", "citation", "citation"},
        {"correction_use", "type", "string"},
        {"study_design_use", "citation", "citation"},
        {"study_design_use", "design", "string"},
        {"study_design_use", "modifiers", "string"},
        {"study_design_use", "n_kind", "string"},
        {"witness_use", "citation", "citation"},
        {"witness_use", "source", "string"},
        {"witness_use", "design", "string"},
        {"witness_use", "modifier", "string"},
        {"witness_use", "cue", "string"},
        {"witness_use", "section", "string"},
        {"integrity_flag", "stated_by", "citation"},
    };
    osler_status status = OSLER_OK;
    for (size_t i = 0; status == OSLER_OK && i < sizeof rows / sizeof *rows; i++) {
        char sql[200];
        int64_t number = 0;
        snprintf(sql, sizeof sql,
                 "SELECT count(*) FROM %s WHERE %s IS NOT NULL AND %s NOT IN (SELECT id FROM %s)",
                 rows[i][0], rows[i][1], rows[i][1], rows[i][2]);
        status = judge(c, store_number(c->s, sql, &number, c->error));
        if (status == OSLER_OK && number)
            say(c, "rows of the table %s refer to no row of the table %s: %lld", rows[i][0],
                rows[i][2], (long long)number);
    }
    return status;
}

/* Counts that must agree, each with the sentence for when they do not. */
static osler_status check_counts(const struct check *c)
{
    static const struct {
        const char *sql, *sentence;
    } rows[] = {
        {"SELECT count(*) FROM citation WHERE id NOT IN (SELECT citation FROM packed)",
         "a citation has no record"},
        {"SELECT count(*) FROM citation WHERE id NOT IN (SELECT citation FROM arrival)",
         "a citation has no current version"},
        {"SELECT count(*) FROM citation WHERE id NOT IN (SELECT citation FROM study_design_use)",
         "a citation has no study design"},
        {"SELECT count(*) FROM citation WHERE pmid IS NULL AND id NOT IN (SELECT citation FROM"
         " apart)",
         "a work without PMID cannot be found again"},
        {"SELECT count(*) FROM apart JOIN citation c ON c.id = citation WHERE c.pmid IS NOT NULL",
         "a work with PMID is held for one without"},
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
        status = check_references(&c);
    if (status == OSLER_OK)
        status = check_counts(&c);
    if (status == OSLER_OK)
        status = check_records(&c);
    if (status == OSLER_OK)
        status = check_originals(&c);
    return status == OSLER_OK ? verify_index(s, found, context, c.error) : status;
}
