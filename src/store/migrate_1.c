/*
 * From version 1, whose records were deflated by zlib with a preset dictionary (RFC 1950, FDICT),
 * each version with the bytes it came from, which were deflated with the packed record before that
 * dictionary.  All that follows from the records is made anew; numbers of citations stay.
 */
#include "appraise/appraise.h"
#include "base/error.h"
#include "base/limits.h"
#include "base/memory.h"
#include "record/pack.h"
#include "store/database.h"
#include "store/migrate.h"
#include "store/prepare.h"

#include <string.h>
#include <zlib.h>

enum { WINDOW = 32 << 10, AT_ONCE = 64 };

static const char old_dictionary[] = {
#include "store/dictionary.txt.inc"
};

struct migration {
    store *s;
    sqlite3 *old;
    z_stream inflater;
    buf dictionary, packed, original;
    arena memory; /* of the versions at hand */
    struct moved {
        store_prepared prepared;
        store_place place;
    } moved[AT_ONCE];
    size_t count;
    store_preparer *preparer;
    osler_error *error;
};

static osler_status damaged(struct migration *m)
{
    return store_damaged(m->s, m->error, "the library is damaged: a record cannot be inflated");
}

/* What stands last in a dictionary is reached with the shortest distances. */
static str dictionary_with(struct migration *m, str like)
{
    const str fixed = {old_dictionary, sizeof old_dictionary - 1};
    buf_clear(&m->dictionary);
    if (like.length)
        buf_add(&m->dictionary, str_part(like, 0, WINDOW - fixed.length));
    buf_add(&m->dictionary, fixed);
    return buf_str(&m->dictionary);
}

/* Add the two columns from `column` on (raw size, 0 when it is not deflated, and bytes) to `out`.
 */
static bool inflate_column(struct migration *m, buf *out, sqlite3_stmt *row, int column, str like)
{
    int64_t size = sqlite3_column_int64(row, column);
    str bytes = store_column(row, column + 1);
    z_stream *z = &m->inflater;
    buf_clear(out);
    if (size == 0) {
        buf_add(out, bytes);
        return true;
    }
    if (size < 0 || size > LIMIT_PACKED || bytes.length > LIMIT_PACKED || inflateReset(z) != Z_OK)
        return false;
    z->next_in = (Bytef *)(uintptr_t)bytes.data; /* zlib does not write to its input */
    z->avail_in = (uInt)bytes.length;
    z->next_out = (Bytef *)buf_reserve(out, (size_t)size);
    z->avail_out = (uInt)size;
    int result = inflate(z, Z_FINISH);
    if (result == Z_NEED_DICT) {
        str words = dictionary_with(m, like);
        result = inflateSetDictionary(z, (const Bytef *)words.data, (uInt)words.length);
        if (result == Z_OK)
            result = inflate(z, Z_FINISH);
    }
    if (result == Z_MEM_ERROR)
        memory_out(64 << 10);
    if (result != Z_STREAM_END || z->avail_out || z->avail_in)
        return false;
    out->length += (size_t)size;
    return true;
}

/* Drop every table of the old version. */
static osler_status drop_tables(struct migration *m)
{
    static const char next[] =
        "SELECT 'DROP TABLE \"' || name || '\"' FROM sqlite_schema WHERE type"
        " = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
        " ORDER BY name <> 'words', name LIMIT 1";
    for (;;) {
        sqlite3_stmt *row = NULL;
        int result = sqlite3_prepare_v2(m->s->db, next, -1, &row, NULL);
        if (result == SQLITE_OK)
            result = sqlite3_step(row);
        char *drop = result == SQLITE_ROW
                         ? memory_copy_text((const char *)sqlite3_column_text(row, 0))
                         : NULL;
        sqlite3_finalize(row);
        if (result == SQLITE_DONE)
            return OSLER_OK;
        osler_status status =
            drop ? store_exec(m->s, drop, m->error) : store_fail(m->s, result, m->error);
        memory_free(drop);
        if (status != OSLER_OK)
            return status;
    }
}

/* Copy the rows of a table that lost no column. */
static osler_status copy_table(struct migration *m, const char *table)
{
    sqlite3_stmt *from = NULL, *to = NULL;
    buf sql = {0};
    buf_printf(&sql, "SELECT * FROM %s", table);
    int result = sqlite3_prepare_v2(m->old, buf_text(&sql), -1, &from, NULL);
    int columns = result == SQLITE_OK ? sqlite3_column_count(from) : 0;
    buf_clear(&sql);
    buf_printf(&sql, "INSERT INTO %s(", table);
    for (int i = 0; i < columns; i++)
        buf_printf(&sql, "%s\"%s\"", i ? ", " : "", sqlite3_column_name(from, i));
    buf_add_text(&sql, ") VALUES(");
    for (int i = 0; i < columns; i++)
        buf_printf(&sql, "%s?%d", i ? ", " : "", i + 1);
    buf_add_text(&sql, ")");
    if (result == SQLITE_OK)
        result = sqlite3_prepare_v2(m->s->db, buf_text(&sql), -1, &to, NULL);
    while (result == SQLITE_OK && (result = sqlite3_step(from)) == SQLITE_ROW) {
        result = SQLITE_OK;
        for (int i = 0; result == SQLITE_OK && i < columns; i++)
            result = sqlite3_bind_value(to, i + 1, sqlite3_column_value(from, i));
        if (result == SQLITE_OK && sqlite3_step(to) != SQLITE_DONE)
            result = sqlite3_errcode(m->s->db);
        sqlite3_reset(to);
    }
    sqlite3_finalize(from);
    sqlite3_finalize(to);
    buf_free(&sql);
    return result == SQLITE_DONE ? OSLER_OK : store_fail(m->s, result, m->error);
}

/* The versions at hand, with their originals as one block. */
static osler_status write_moved(struct migration *m)
{
    store_prepared *items[AT_ONCE];
    osler_status status = OSLER_OK;
    for (size_t i = 0; i < m->count; i++)
        items[i] = &m->moved[i].prepared;
    store_prepare_blocks(m->preparer, &m->memory, items, m->count);
    for (size_t i = 0; status == OSLER_OK && i < m->count; i++)
        status = store_put_version(m->s, &m->moved[i].prepared, &m->moved[i].place, m->error);
    m->count = 0;
    arena_clear(&m->memory);
    return status;
}

static str kept(struct migration *m, str bytes)
{
    return (str){arena_copy(&m->memory, bytes), bytes.length};
}

static osler_status take_version(struct migration *m, sqlite3_stmt *row)
{
    struct moved *moved = &m->moved[m->count];
    bool deletion = str_is(store_column(row, 4), "deletion");
    *moved = (struct moved){.place = {
                                .kind = deletion                     ? STORE_PLACE_DELETION
                                        : sqlite3_column_int(row, 9) ? STORE_PLACE_CURRENT
                                                                     : STORE_PLACE_PAST,
                                .citation = sqlite3_column_int64(row, 0),
                                .number = sqlite3_column_int64(row, 1),
                                .origin = sqlite3_column_int64(row, 2),
                                .line = (unsigned)sqlite3_column_int64(row, 3),
                                .first_origin = sqlite3_column_int64(row, 10),
                                .deleted = sqlite3_column_int64(row, 11),
                            }};
    osler_record *record = arena_alloc(&m->memory, sizeof *record);
    osler_appraisal *appraisal = arena_alloc(&m->memory, sizeof *appraisal);
    osler_status status = OSLER_OK;
    buf_clear(&m->packed);
    if (!deletion) {
        if (!inflate_column(m, &m->packed, row, 5, (str){"", 0}))
            return damaged(m);
        status = record_unpack(&m->memory, record, buf_str(&m->packed), m->error);
    }
    if (status != OSLER_OK)
        return fail_source(m->error, status, m->s->path);
    if (!inflate_column(m, &m->original, row, 7, buf_str(&m->packed)))
        return damaged(m);
    store_incoming incoming = {record, appraisal, kept(m, buf_str(&m->original))};
    appraise(&m->memory, appraisal, record, NULL);
    status =
        store_prepare(m->preparer, &m->memory, &m->memory, &incoming, &moved->prepared, m->error);
    m->count++;
    return status == OSLER_OK && m->count == AT_ONCE ? write_moved(m) : status;
}

static osler_status take_versions(struct migration *m)
{
    static const char sql[] =
        "SELECT v.citation, v.number, v.origin, v.line, v.kind, coalesce(v.raw_size, p.raw_size),"
        " coalesce(v.data, p.data), v.original_size, v.original,"
        " v.data IS NULL AND v.kind = 'record', c.first_origin, c.deleted FROM version v"
        " JOIN citation c ON c.id = v.citation LEFT JOIN packed p ON p.id = v.citation"
        " ORDER BY v.citation, v.number";
    sqlite3_stmt *row = NULL;
    osler_status status = OSLER_OK;
    int result = sqlite3_prepare_v2(m->old, sql, -1, &row, NULL);
    while (status == OSLER_OK && result == SQLITE_OK) {
        result = sqlite3_step(row);
        if (result != SQLITE_ROW)
            break;
        result = SQLITE_OK;
        status = take_version(m, row);
    }
    if (status == OSLER_OK && result != SQLITE_DONE)
        status = store_fail(m->s, result, m->error);
    sqlite3_finalize(row);
    return status == OSLER_OK ? write_moved(m) : status;
}

static osler_status migrate(struct migration *m)
{
    static const char *const same[] = {"origin",       "tag",      "note",
                                       "citation_key", "decision", "saved_search"};
    osler_status status = drop_tables(m);
    if (status == OSLER_OK)
        status = store_make_tables(m->s, m->error);
    for (size_t i = 0; status == OSLER_OK && i < sizeof same / sizeof *same; i++)
        status = copy_table(m, same[i]);
    if (status == OSLER_OK)
        status = take_versions(m);
    /* The records are as they were read then: what arrives again is read anew. */
    return status == OSLER_OK ? store_exec(m->s, "UPDATE arrival SET rules = 0", m->error) : status;
}

osler_status migrate_from_1(store *s, const char *copy, osler_error *error)
{
    struct migration *m = memory_alloc(sizeof *m);
    *m = (struct migration){.s = s, .preparer = prepare_own(s), .error = error};
    if (inflateInit(&m->inflater) != Z_OK)
        memory_out(64 << 10);
    int result = sqlite3_open_v2(copy, &m->old, SQLITE_OPEN_READONLY, NULL);
    osler_status status = result == SQLITE_OK ? migrate(m) : store_fail(s, result, error);
    sqlite3_close(m->old);
    inflateEnd(&m->inflater);
    buf_free(&m->dictionary);
    buf_free(&m->packed);
    buf_free(&m->original);
    arena_free(&m->memory);
    memory_free(m);
    return status;
}
