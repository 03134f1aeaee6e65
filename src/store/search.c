/* Asking the library's tables for sets of citations. */
#include "store/search.h"

#include "store/database.h"

osler_status store_search(store *s, arena *memory, enum store_question question,
                          const store_asked *asked, store_ids *out, osler_error *error)
{
    static const char *const sql[] = {
#define SEARCH(name, text) "SELECT DISTINCT id FROM (" text ") ORDER BY id",
#include "store/searches.def"
#undef SEARCH
    };
    sqlite3_stmt *row;
    *out = (store_ids){0};
    if (question == STORE_LIST && s->version < STORE_OWN_SINCE)
        return OSLER_OK;
    int result = sqlite3_prepare_v2(s->db, sql[question], -1, &row, NULL);
    if (result != SQLITE_OK)
        return store_fail(s, result, error);
    int parameters = sqlite3_bind_parameter_count(row);
    if (parameters >= 1)
        sqlite3_bind_text(row, 1, asked->text.length ? asked->text.data : "",
                          (int)asked->text.length, SQLITE_STATIC);
    if (parameters >= 2)
        sqlite3_bind_int64(row, 2, asked->low);
    if (parameters >= 3)
        sqlite3_bind_int64(row, 3, asked->high);
    while ((result = sqlite3_step(row)) == SQLITE_ROW) {
        int64_t *id = arena_append(memory, &out->items, &out->count, sizeof *out->items);
        *id = sqlite3_column_int64(row, 0);
    }
    osler_status status = result == SQLITE_DONE ? OSLER_OK : store_fail(s, result, error);
    sqlite3_finalize(row);
    return status;
}

osler_status store_get_pmids(store *s, int64_t *low, int64_t *high, osler_error *error)
{
    osler_status status =
        store_number(s, "SELECT coalesce((SELECT min(pmid) FROM citation), 0)", low, error);
    return status == OSLER_OK
               ? store_number(s, "SELECT coalesce((SELECT max(pmid) FROM citation), 0)", high,
                              error)
               : status;
}
