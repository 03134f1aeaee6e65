/* Reading versions back. */
#include "store/history.h"

#include "base/error.h"
#include "store/database.h"
#include "store/packed.h"

#include <string.h>

static osler_status add_version(store *s, arena *memory, sqlite3_stmt *row, history_versions *out,
                                osler_error *error)
{
    history_version *v = arena_append(memory, &out->items, &out->count, sizeof *out->items);
    v->number = sqlite3_column_int64(row, 0);
    v->origin = sqlite3_column_int64(row, 2);
    v->has_original = sqlite3_column_int(row, 4) != 0;
    v->current = sqlite3_column_int(row, 5) != 0;
    v->name = store_copied(memory, row, 6);
    v->started = store_copied(memory, row, 7);
    v->deletion = str_is(store_column(row, 1), "deletion");
    if (v->deletion)
        return OSLER_OK;
    bool sound;
    v->record = arena_alloc(memory, sizeof *v->record);
    osler_status status = packed_expand(s, store_column(row, 3), &sound, error);
    if (status == OSLER_OK && !sound)
        return store_damaged(s, error, "the library is damaged: a version cannot be read");
    return status == OSLER_OK ? store_unpack(s, memory, v->record, error) : status;
}

osler_status history_get(store *s, arena *memory, int64_t citation, history_versions *out,
                         osler_error *error)
{
    sqlite3_stmt *row;
    *out = (history_versions){0};
    osler_status status =
        store_first(s, STATEMENT_GET_VERSIONS, VALUES(value_int(citation)), &row, error);
    while (status == OSLER_OK) {
        status = add_version(s, memory, row, out, error);
        if (status != OSLER_OK) {
            store_reset(row);
            return status;
        }
        status = store_next(s, row, error);
    }
    return status == OSLER_END ? OSLER_OK : status;
}

static osler_status take_part(store *s, int64_t block, int64_t start, int64_t length, buf *out,
                              osler_error *error)
{
    sqlite3_stmt *row;
    osler_status status =
        store_first(s, STATEMENT_GET_ORIGINAL, VALUES(value_int(block)), &row, error);
    if (status != OSLER_OK)
        return status == OSLER_END
                   ? store_damaged(s, error, "the library is damaged: a block is missing")
                   : status;
    buf_clear(&s->current);
    bool sound =
        compress_expand(&s->compressor, COMPRESS_ORIGINAL, &s->current, store_column(row, 0));
    store_reset(row);
    str whole = buf_str(&s->current);
    if (!sound || start < 0 || length < 0 || (uint64_t)start > whole.length ||
        (uint64_t)length > whole.length - (uint64_t)start)
        return store_damaged(s, error, "the library is damaged: a block cannot be read");
    buf_add(out, str_part(whole, (size_t)start, (size_t)length));
    return OSLER_OK;
}

osler_status history_get_original(store *s, int64_t citation, int64_t number, buf *out,
                                  osler_error *error)
{
    sqlite3_stmt *row;
    osler_status status = store_first(s, STATEMENT_GET_VERSION_ORIGINAL,
                                      VALUES(value_int(citation), value_int(number)), &row, error);
    if (status == OSLER_END)
        return fail(error, OSLER_ENOTFOUND, 0, "there is no version %lld of this record",
                    (long long)number);
    if (status != OSLER_OK)
        return status;
    bool kept = sqlite3_column_type(row, 0) != SQLITE_NULL;
    int64_t block = sqlite3_column_int64(row, 0), start = sqlite3_column_int64(row, 1),
            length = sqlite3_column_int64(row, 2);
    store_reset(row);
    if (!kept)
        return fail(error, OSLER_ENOTFOUND, 0,
                    "the bytes that version %lld came from were not kept", (long long)number);
    return take_part(s, block, start, length, out, error);
}

osler_status history_get_changed(store *s, arena *memory, const char *since, int64_t origin,
                                 history_ids *out, osler_error *error)
{
    sqlite3_stmt *row;
    *out = (history_ids){0};
    osler_status status = store_first(s, STATEMENT_CHANGED_SINCE,
                                      VALUES(value_text(since), value_known(origin)), &row, error);
    for (; status == OSLER_OK; status = store_next(s, row, error)) {
        int64_t *id = arena_append(memory, &out->items, &out->count, sizeof *out->items);
        *id = sqlite3_column_int64(row, 0);
    }
    return status == OSLER_END ? OSLER_OK : status;
}
