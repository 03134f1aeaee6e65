/* Fetches that can go on where they were. */
#include "store/fetching.h"

#include "store/database.h"

#include <stdio.h>

static void add_number(buf *out, uint64_t number)
{
    for (int shift = 0; shift < 64; shift += 8)
        buf_add_byte(out, (char)(number >> shift & 0xFF));
}

static uint64_t number_at(const char *bytes)
{
    uint64_t number = 0;
    for (int i = 7; i >= 0; i--)
        number = number << 8 | (unsigned char)bytes[i];
    return number;
}

static void pack(buf *out, const uint64_t *pmids, size_t count)
{
    for (size_t i = 0; i < count; i++)
        add_number(out, pmids[i]);
}

osler_status fetching_find(store *s, const char *request, fetching_job *out, osler_error *error)
{
    sqlite3_stmt *row;
    *out = (fetching_job){0};
    osler_status status =
        store_first(s, STATEMENT_FIND_FETCH, VALUES(value_text(request), value_int(FETCHING_DAYS)),
                    &row, error);
    if (status != OSLER_OK)
        return status;
    str started = store_column(row, 1);
    out->origin = sqlite3_column_int64(row, 0);
    snprintf(out->started, sizeof out->started, "%.*s", STR_ARG(started));
    out->added = sqlite3_column_int64(row, 2);
    out->updated = sqlite3_column_int64(row, 3);
    out->unchanged = sqlite3_column_int64(row, 4);
    store_reset(row);
    return OSLER_OK;
}

osler_status fetching_get_wanted(store *s, arena *memory, int64_t origin, fetching_wanted *out,
                                 osler_error *error)
{
    sqlite3_stmt *row;
    *out = (fetching_wanted){0};
    osler_status status =
        store_first(s, STATEMENT_GET_FETCH, VALUES(value_int(origin)), &row, error);
    if (status == OSLER_END)
        return store_damaged(s, error, "the library is damaged: a fetch has no origin");
    if (status != OSLER_OK)
        return status;
    out->query = store_copied(memory, row, 0);
    out->request = store_copied(memory, row, 1);
    str packed = store_column(row, 2);
    out->count = packed.length / 8;
    out->pmids = arena_alloc(memory, (out->count + 1) * sizeof *out->pmids);
    for (size_t i = 0; i < out->count; i++)
        out->pmids[i] = number_at(packed.data + 8 * i);
    store_reset(row);
    return OSLER_OK;
}

osler_status fetching_begin(store *s, int64_t origin, const char *request, const uint64_t *wanted,
                            size_t count, osler_error *error)
{
    buf packed = {0};
    osler_status status = store_run(s, STATEMENT_DROP_FETCHES,
                                    VALUES(value_text(request), value_int(FETCHING_DAYS)), error);
    pack(&packed, wanted, count);
    if (status == OSLER_OK)
        status = store_run(s, STATEMENT_ADD_FETCH,
                           VALUES(value_int(origin), value_text(request),
                                  wanted ? value_blob(buf_str(&packed)) : value_none()),
                           error);
    if (status == OSLER_OK)
        status = store_run(s, STATEMENT_DROP_LOST_BATCHES, (store_values){NULL, 0}, error);
    buf_free(&packed);
    return status;
}

osler_status fetching_note(store *s, const fetching_job *job, const uint64_t *pmids, size_t count,
                           osler_error *error)
{
    buf packed = {0};
    pack(&packed, pmids, count);
    osler_status status =
        store_run(s, STATEMENT_ADD_FETCH_BATCH,
                  VALUES(value_int(job->origin), value_blob(buf_str(&packed))), error);
    if (status == OSLER_OK)
        status = store_run(s, STATEMENT_COUNT_FETCH,
                           VALUES(value_int(job->origin), value_int(job->added),
                                  value_int(job->updated), value_int(job->unchanged)),
                           error);
    for (size_t i = 0; status == OSLER_OK && i < count; i++)
        status =
            store_run(s, STATEMENT_DROP_FETCH_FAILURE, VALUES(value_int((int64_t)pmids[i])), error);
    buf_free(&packed);
    return status;
}

osler_status fetching_read(store *s, int64_t origin, void (*each)(void *context, uint64_t pmid),
                           void *context, osler_error *error)
{
    sqlite3_stmt *row;
    osler_status status =
        store_first(s, STATEMENT_GET_FETCH_BATCHES, VALUES(value_int(origin)), &row, error);
    for (; status == OSLER_OK; status = store_next(s, row, error)) {
        str packed = store_column(row, 0);
        for (size_t i = 0; i + 8 <= packed.length; i += 8)
            each(context, number_at(packed.data + i));
    }
    return status == OSLER_END ? OSLER_OK : status;
}

osler_status fetching_end(store *s, int64_t origin, osler_error *error)
{
    osler_status status = store_run(s, STATEMENT_DROP_FETCH, VALUES(value_int(origin)), error);
    if (status == OSLER_OK)
        status = store_run(s, STATEMENT_DROP_FETCH_BATCHES, VALUES(value_int(origin)), error);
    return status;
}

osler_status fetching_keep_failure(store *s, int64_t origin, uint64_t pmid, const char *message,
                                   str bytes, osler_error *error)
{
    str kept = str_part(bytes, 0, FETCHING_KEPT_BYTES);
    if (!kept.length)
        kept = (str)STR("");
    return store_run(s, STATEMENT_PUT_FETCH_FAILURE,
                     VALUES(value_int((int64_t)pmid), value_int(origin), value_text(message),
                            value_int((int64_t)bytes.length), value_blob(kept)),
                     error);
}
