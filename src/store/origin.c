/* Where records come from, and counts over the whole library. */
#include "store/database.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

static store_value expected(const store_origin *o)
{
    return o->expected < 0 ? value_none() : value_int(o->expected);
}

osler_status store_origin_add(store *s, store_origin *o, osler_error *error)
{
    osler_status status = store_run(
        s, STATEMENT_ADD_ORIGIN,
        VALUES(value_text(o->kind), value_text(o->name), value_text(o->format),
               value_text(o->query), value_text(o->translation), value_text(o->warnings),
               expected(o), o->is_file ? value_int(o->size) : value_none(),
               o->is_file ? value_int(o->modified) : value_none(), value_int(STORE_RULES)),
        error);
    if (status == OSLER_OK)
        o->id = sqlite3_last_insert_rowid(s->db);
    return status;
}

osler_status store_origin_finish(store *s, const store_origin *o, osler_error *error)
{
    return store_run(s, STATEMENT_FINISH_ORIGIN,
                     VALUES(value_int(o->id), value_text(o->format), value_text(o->query),
                            value_text(o->translation), value_text(o->warnings), expected(o),
                            value_int(o->added), value_int(o->updated), value_int(o->unchanged),
                            value_int(o->deleted), value_int(o->failed)),
                     error);
}

/* The folder that a file is in may have moved. */
static str last_component(str path)
{
    size_t start = path.length;
    while (start && path.data[start - 1] != '/')
        start--;
    return str_part(path, start, path.length);
}

osler_status store_origin_find(store *s, const store_origin *origin, char finished[24],
                               osler_error *error)
{
    sqlite3_stmt *row;
    str name = last_component(str_of(origin->name));
    finished[0] = '\0';
    osler_status status = store_first(
        s, STATEMENT_FIND_ORIGIN,
        VALUES(value_int(origin->size), value_int(origin->modified), value_int(STORE_RULES)), &row,
        error);
    while (status == OSLER_OK) {
        str date = store_column(row, 1);
        if (str_equal(last_component(store_column(row, 0)), name)) {
            snprintf(finished, 24, "%.*s", date.length < 24 ? (int)date.length : 0, date.data);
            store_reset(row);
            return OSLER_OK;
        }
        status = store_next(s, row, error);
    }
    return status == OSLER_END ? OSLER_OK : status;
}

osler_status store_last_change(store *s, char day[11], osler_error *error)
{
    sqlite3_stmt *row;
    day[0] = '\0';
    osler_status status =
        store_first(s, STATEMENT_LAST_CHANGE, (store_values){NULL, 0}, &row, error);
    if (status != OSLER_OK)
        return status == OSLER_END ? OSLER_OK : status;
    str text = store_column(row, 0);
    if (text.length == 10) {
        memcpy(day, text.data, 10);
        day[10] = '\0';
    }
    store_reset(row);
    return OSLER_OK;
}

static int64_t size_of(const char *path)
{
    struct stat about;
    return stat(path, &about) == 0 ? (int64_t)about.st_size : 0;
}

osler_status store_count(store *s, store_counts *out, osler_error *error)
{
    sqlite3_stmt *row;
    *out = (store_counts){0};
    osler_status status = store_first(s, STATEMENT_COUNT_ALL, (store_values){NULL, 0}, &row, error);
    if (status != OSLER_OK)
        return status;
    out->citations = sqlite3_column_int64(row, 0);
    out->deleted = sqlite3_column_int64(row, 1);
    out->versions = sqlite3_column_int64(row, 2);
    out->origins = sqlite3_column_int64(row, 3);
    store_reset(row);
    buf log = {0};
    buf_printf(&log, "%s-wal", s->path);
    out->bytes = size_of(s->path) + size_of(buf_text(&log));
    buf_free(&log);
    return OSLER_OK;
}
