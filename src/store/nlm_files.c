/* The table of NLM's files that were imported. */
#include "store/nlm_files.h"

#include "store/database.h"

#include <stdio.h>

osler_status nlm_files_last(store *s, nlm_number *out, osler_error *error)
{
    sqlite3_stmt *row;
    *out = (nlm_number){0};
    osler_status status =
        store_first(s, STATEMENT_LAST_NLM_FILE, (store_values){NULL, 0}, &row, error);
    if (status != OSLER_OK)
        return status;
    out->year = sqlite3_column_int(row, 0);
    out->number = sqlite3_column_int(row, 1);
    store_reset(row);
    return OSLER_OK;
}

osler_status nlm_files_find(store *s, nlm_number which, nlm_file *out, osler_error *error)
{
    sqlite3_stmt *row;
    *out = (nlm_file){0};
    osler_status status =
        store_first(s, STATEMENT_FIND_NLM_FILE,
                    VALUES(value_int(which.year), value_int(which.number)), &row, error);
    if (status != OSLER_OK)
        return status;
    str md5 = store_column(row, 0), applied = store_column(row, 1);
    snprintf(out->md5, sizeof out->md5, "%.*s", STR_ARG(md5));
    snprintf(out->applied, sizeof out->applied, "%.*s", STR_ARG(applied));
    store_reset(row);
    return OSLER_OK;
}

osler_status nlm_files_put(store *s, nlm_number which, const char *md5, bool checked,
                           int64_t origin, osler_error *error)
{
    return store_run(s, STATEMENT_PUT_NLM_FILE,
                     VALUES(value_int(which.year), value_int(which.number), value_text(md5),
                            value_int(checked), value_int(origin)),
                     error);
}

osler_status nlm_files_has_own(store *s, const char *pmid, bool *answer, osler_error *error)
{
    sqlite3_stmt *row;
    unsigned long number;
    *answer = false;
    if (!str_number(str_of(pmid), &number))
        return OSLER_OK;
    osler_status status =
        store_first(s, STATEMENT_HAS_OWN_DATA, VALUES(value_int((int64_t)number)), &row, error);
    if (status != OSLER_OK)
        return status == OSLER_END ? OSLER_OK : status;
    *answer = true;
    store_reset(row);
    return OSLER_OK;
}
