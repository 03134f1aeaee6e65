/* The user's lists of references: what is in them never changes, lists come and go by the journal.
 */
#include "store/lists.h"

#include "base/error.h"
#include "record/pack.h"
#include "record/record.h"
#include "store/database.h"
#include "store/own.h"

#include <stdio.h>

static osler_status set_name(store *s, int64_t list, const char *name, osler_error *error)
{
    char subject[24];
    snprintf(subject, sizeof subject, "%lld", (long long)list);
    struct own_place place = {OWN_LIST, 0, subject};
    return own_set(s, &place, name, error);
}

/* 0: none. */
static osler_status look_for(store *s, const char *name, int64_t *list, osler_error *error)
{
    sqlite3_stmt *row;
    *list = 0;
    if (s->version < STORE_OWN_SINCE)
        return OSLER_OK;
    osler_status status =
        store_first(s, STATEMENT_FIND_LIST, VALUES(value_text(name)), &row, error);
    if (status == OSLER_OK) {
        *list = sqlite3_column_int64(row, 0);
        store_reset(row);
    }
    return status == OSLER_END ? OSLER_OK : status;
}

osler_status lists_find(store *s, const char *name, int64_t *list, osler_error *error)
{
    osler_status status = look_for(s, name, list, error);
    if (status != OSLER_OK || *list)
        return status;
    return fail(error, OSLER_ENOTFOUND, 0, "there is no list '%s' (see 'osler list')", name);
}

osler_status lists_new(store *s, const char *name, const char *source, int64_t *list,
                       osler_error *error)
{
    int64_t former = 0;
    osler_status status = own_check_name("list", name, error);
    if (status == OSLER_OK)
        status = look_for(s, name, &former, error);
    if (status == OSLER_OK && former)
        status = set_name(s, former, NULL, error);
    if (status == OSLER_OK)
        status =
            store_run(s, STATEMENT_ADD_LIST, VALUES(value_text(name), value_text(source)), error);
    *list = status == OSLER_OK ? sqlite3_last_insert_rowid(s->db) : 0;
    return status == OSLER_OK ? set_name(s, *list, name, error) : status;
}

osler_status lists_append(store *s, int64_t list, const struct lists_entry *entry,
                          osler_error *error)
{
    buf packed = {0};
    if (entry->record)
        record_pack(&packed, entry->record);
    osler_status status =
        store_run(s, STATEMENT_ADD_LIST_ENTRY,
                  VALUES(value_int(list), value_text(entry->number), value_text(entry->text),
                         value_text(entry->remark), value_text(entry->verdict),
                         value_text(entry->differences),
                         entry->record ? value_blob(buf_str(&packed)) : value_none(),
                         value_known(entry->citation)),
                  error);
    buf_free(&packed);
    return status;
}

osler_status lists_get_all(store *s, arena *memory, int64_t list, struct lists_rows *out,
                           osler_error *error)
{
    sqlite3_stmt *row;
    *out = (struct lists_rows){0};
    if (s->version < STORE_OWN_SINCE)
        return OSLER_OK;
    osler_status status =
        store_first(s, STATEMENT_GET_LISTS, VALUES(value_known(list)), &row, error);
    for (; status == OSLER_OK; status = store_next(s, row, error)) {
        struct lists_row *item = arena_append(memory, &out->items, &out->count, sizeof *item);
        *item = (struct lists_row){
            .id = sqlite3_column_int64(row, 0),
            .name = store_copied(memory, row, 1),
            .made = store_copied(memory, row, 2),
            .source = store_copied(memory, row, 3),
            .entries = sqlite3_column_int64(row, 4),
            .resolved = sqlite3_column_int64(row, 5),
        };
    }
    return status == OSLER_END ? OSLER_OK : status;
}

static osler_status get_entry(store *s, arena *memory, sqlite3_stmt *row, struct lists_entry *out,
                              osler_error *error)
{
    *out = (struct lists_entry){
        .position = (unsigned)sqlite3_column_int64(row, 0),
        .number = store_copied(memory, row, 1),
        .text = store_copied(memory, row, 2),
        .remark = store_copied(memory, row, 3),
        .verdict = store_copied(memory, row, 4),
        .differences = store_copied(memory, row, 5),
        .citation = sqlite3_column_int64(row, 6),
    };
    str packed = store_column(row, 7);
    if (!packed.length)
        return OSLER_OK;
    osler_record *record = arena_alloc(memory, sizeof *record);
    out->record = record;
    osler_status status = record_unpack(memory, record, packed, error);
    return status == OSLER_OK ? status : fail_source(error, status, s->path);
}

osler_status lists_get(store *s, arena *memory, int64_t list, struct lists_entries *out,
                       osler_error *error)
{
    sqlite3_stmt *row;
    *out = (struct lists_entries){0};
    osler_status status =
        store_first(s, STATEMENT_GET_LIST_ENTRIES, VALUES(value_int(list)), &row, error);
    while (status == OSLER_OK) {
        struct lists_entry *item = arena_append(memory, &out->items, &out->count, sizeof *item);
        status = get_entry(s, memory, row, item, error);
        if (status != OSLER_OK)
            store_reset(row);
        else
            status = store_next(s, row, error);
    }
    return status == OSLER_END ? OSLER_OK : status;
}

osler_status lists_rename(store *s, int64_t list, const char *name, osler_error *error)
{
    int64_t other = 0;
    osler_status status = own_check_name("list", name, error);
    if (status == OSLER_OK)
        status = look_for(s, name, &other, error);
    if (status == OSLER_OK && other && other != list)
        return fail(error, OSLER_EUSAGE, 0, "there is a list '%s' already", name);
    return status == OSLER_OK ? set_name(s, list, name, error) : status;
}

osler_status lists_remove(store *s, int64_t list, osler_error *error)
{
    return set_name(s, list, NULL, error);
}

osler_status lists_get_names(store *s, arena *memory, int64_t citation, osler_text_list *out,
                             osler_error *error)
{
    sqlite3_stmt *row;
    *out = (osler_text_list){0};
    if (s->version < STORE_OWN_SINCE)
        return OSLER_OK;
    osler_status status =
        store_first(s, STATEMENT_GET_LIST_NAMES, VALUES(value_int(citation)), &row, error);
    for (; status == OSLER_OK; status = store_next(s, row, error))
        record_add_text(memory, out, store_column(row, 0));
    return status == OSLER_END ? OSLER_OK : status;
}
