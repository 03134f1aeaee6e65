/* Queries kept under a name. */
#include "store/saved_search.h"

#include "base/error.h"
#include "store/database.h"

osler_status store_save_search(store *s, const char *name, const char *query, int64_t origin,
                               osler_error *error)
{
    /* Another query under the name: what the old one found says nothing about it. */
    osler_status status = store_run(s, STATEMENT_DROP_SEARCH_STATE,
                                    VALUES(value_text(name), value_text(query)), error);
    if (status == OSLER_OK)
        status = store_run(s, STATEMENT_DROP_SEARCH_RESULT, VALUES(value_text(name)), error);
    if (status == OSLER_OK)
        status = store_run(s, STATEMENT_SAVE_SEARCH,
                           VALUES(value_text(name), value_text(query), value_int(origin)), error);
    return status;
}

osler_status saved_search_get_all(store *s, arena *memory, saved_searches *out, osler_error *error)
{
    sqlite3_stmt *row;
    *out = (saved_searches){0};
    osler_status status =
        store_first(s, STATEMENT_GET_SEARCHES, (store_values){NULL, 0}, &row, error);
    for (; status == OSLER_OK; status = store_next(s, row, error)) {
        saved_search *search = arena_append(memory, &out->items, &out->count, sizeof *out->items);
        search->name = store_copied(memory, row, 0);
        search->query = store_copied(memory, row, 1);
        search->ran = store_copied(memory, row, 2);
        search->since = store_copied(memory, row, 3);
        search->translation = store_copied(memory, row, 4);
        search->count = (uint64_t)sqlite3_column_int64(row, 5);
    }
    return status == OSLER_END ? OSLER_OK : status;
}

static osler_status read_pmids(store *s, enum store_statement statement, store_values values,
                               void (*each)(void *context, uint64_t pmid), void *context,
                               osler_error *error)
{
    sqlite3_stmt *row;
    osler_status status = store_first(s, statement, values, &row, error);
    for (; status == OSLER_OK; status = store_next(s, row, error))
        each(context, (uint64_t)sqlite3_column_int64(row, 0));
    return status == OSLER_END ? OSLER_OK : status;
}

osler_status saved_search_read(store *s, const char *name,
                               void (*each)(void *context, uint64_t pmid), void *context,
                               osler_error *error)
{
    return read_pmids(s, STATEMENT_GET_SEARCH_RESULT, VALUES(value_text(name)), each, context,
                      error);
}

osler_status saved_search_read_unsettled(store *s, bool all,
                                         void (*each)(void *context, uint64_t pmid), void *context,
                                         osler_error *error)
{
    return read_pmids(s, STATEMENT_GET_UNSETTLED, VALUES(value_int(all)), each, context, error);
}

osler_status saved_search_knows(store *s, uint64_t pmid, bool retracted, bool *answer,
                                osler_error *error)
{
    sqlite3_stmt *row;
    enum store_statement statement =
        retracted ? STATEMENT_IS_KNOWN_RETRACTED : STATEMENT_IS_KNOWN_PMID;
    osler_status status = store_first(s, statement, VALUES(value_int((int64_t)pmid)), &row, error);
    *answer = status == OSLER_OK;
    if (status == OSLER_OK)
        store_reset(row);
    return status == OSLER_END ? OSLER_OK : status;
}

osler_status saved_search_set(store *s, const char *name, uint64_t pmid, bool in,
                              osler_error *error)
{
    return store_run(s, in ? STATEMENT_ADD_SEARCH_RESULT : STATEMENT_END_SEARCH_RESULT,
                     VALUES(value_text(name), value_int((int64_t)pmid)), error);
}

osler_status saved_search_note_unsettled(store *s, uint64_t pmid, osler_error *error)
{
    return store_run(s, STATEMENT_PUT_UNSETTLED, VALUES(value_int((int64_t)pmid)), error);
}

osler_status saved_search_settle(store *s, const char *name, const char *translation,
                                 uint64_t count, int64_t origin, osler_error *error)
{
    return store_run(s, STATEMENT_SETTLE_SEARCH,
                     VALUES(value_text(name), value_text(translation), value_int((int64_t)count),
                            value_int(origin)),
                     error);
}

osler_status saved_search_forget(store *s, const char *name, osler_error *error)
{
    osler_status status = store_run(s, STATEMENT_DROP_SEARCH, VALUES(value_text(name)), error);
    if (status != OSLER_OK)
        return status;
    if (!sqlite3_changes(s->db))
        return fail(error, OSLER_ENOTFOUND, 0, "there is no saved search '%.80s'", name);
    /* Its query is not the empty one: the state goes with it. */
    status =
        store_run(s, STATEMENT_DROP_SEARCH_STATE, VALUES(value_text(name), value_text("")), error);
    if (status == OSLER_OK)
        status = store_run(s, STATEMENT_DROP_SEARCH_RESULT, VALUES(value_text(name)), error);
    return status;
}
