/* Reading citations back. */
#include "store/derive.h"
#include "store/known.h"

#include "base/error.h"
#include "record/record.h"

#include <stdio.h>
#include <string.h>

static void say_name(char name[32], int64_t pmid, int64_t id)
{
    if (pmid)
        snprintf(name, 32, "%lld", (long long)pmid);
    else
        snprintf(name, 32, "osler:%lld", (long long)id);
}

osler_status store_get_name(store *s, int64_t id, char name[32], osler_error *error)
{
    sqlite3_stmt *row;
    osler_status status =
        store_first(s, STATEMENT_FIND_CITATION, VALUES(value_int(id)), &row, error);
    if (status == OSLER_END)
        return fail(error, OSLER_ENOTFOUND, 0, "there is no record osler:%lld", (long long)id);
    if (status != OSLER_OK)
        return status;
    say_name(name, sqlite3_column_int64(row, 1), id);
    store_reset(row);
    return OSLER_OK;
}

static osler_status get_row(store *s, arena *memory, store_citation *out, int64_t *pmid,
                            osler_error *error)
{
    sqlite3_stmt *row;
    osler_status status =
        store_first(s, STATEMENT_GET_CITATION, VALUES(value_int(out->id)), &row, error);
    if (status == OSLER_END) {
        fail(error, OSLER_ENOTFOUND, 0, "there is no record osler:%lld", (long long)out->id);
        return fail_source(error, OSLER_ENOTFOUND, s->path);
    }
    if (status != OSLER_OK)
        return status;
    *pmid = sqlite3_column_int64(row, 0);
    out->deleted = sqlite3_column_int(row, 1) != 0;
    out->origin = store_copied(memory, row, 2);
    out->origin_date = store_copied(memory, row, 3);
    out->versions = (unsigned)sqlite3_column_int(row, 4);
    store_reset(row);
    say_name(out->name, *pmid, out->id);
    return OSLER_OK;
}

static osler_status get_record(store *s, arena *memory, store_citation *out, osler_error *error)
{
    osler_status status = store_packed(s, out->id, error);
    return status == OSLER_OK ? store_unpack(s, memory, &out->record, error) : status;
}

/* The parts of a column, split at `separator`. */
static osler_text_list get_list(arena *memory, sqlite3_stmt *row, int column, char separator)
{
    osler_text_list list = {0};
    str rest = str_of(store_copied(memory, row, column)), part;
    while (str_next_field(&rest, separator, &part))
        record_add_text(memory, &list, part);
    return list;
}

static osler_status get_design(store *s, arena *memory, int64_t id, osler_appraisal *a,
                               osler_error *error)
{
    sqlite3_stmt *row;
    osler_status status = store_first(s, STATEMENT_GET_DESIGN, VALUES(value_int(id)), &row, error);
    if (status == OSLER_END)
        return store_damaged(s, error, "the library is damaged: a record has no study design");
    if (status != OSLER_OK)
        return status;
    a->design = store_copied(memory, row, 0);
    a->confidence = sqlite3_column_double(row, 1) / 10000;
    a->modifiers = get_list(memory, row, 2, ' ');
    a->n = (long)sqlite3_column_int64(row, 3);
    a->n_kind = store_copied(memory, row, 4);
    a->n_sentence = store_copied(memory, row, 5);
    a->studies = (long)sqlite3_column_int64(row, 6);
    a->synthesis_of_trials = sqlite3_column_int(row, 7) != 0;
    a->conflicts = get_list(memory, row, 8, '\n');
    store_reset(row);
    return a->design ? OSLER_OK
                     : store_damaged(s, error, "the library is damaged: a study design is missing");
}

static osler_status get_witnesses(store *s, arena *memory, int64_t id, osler_witness_list *list,
                                  osler_error *error)
{
    sqlite3_stmt *row;
    osler_status status =
        store_first(s, STATEMENT_GET_WITNESSES, VALUES(value_int(id)), &row, error);
    for (; status == OSLER_OK; status = store_next(s, row, error)) {
        osler_witness *w = RECORD_ADD(memory, list);
        w->source = store_copied(memory, row, 0);
        w->design = store_copied(memory, row, 1);
        w->modifier = store_copied(memory, row, 2);
        w->cue = store_copied(memory, row, 3);
        w->section = store_copied(memory, row, 4);
        w->weight = sqlite3_column_double(row, 5) / 10000;
    }
    return status == OSLER_END ? OSLER_OK : status;
}

/* Each flag once: the record's own first, but one that names the other record wins. */
static void add_flag(arena *memory, osler_flag_list *list, osler_flag flag)
{
    for (size_t i = 0; i < list->count; i++) {
        if (strcmp(list->items[i].name, flag.name) != 0)
            continue;
        if (!list->items[i].pmid && flag.pmid)
            list->items[i] = flag;
        return;
    }
    *(osler_flag *)RECORD_ADD(memory, list) = flag;
}

static osler_status get_flags(store *s, arena *memory, store_citation *c, int64_t pmid,
                              osler_error *error)
{
    sqlite3_stmt *row;
    osler_status status = store_first(s, STATEMENT_GET_FLAGS,
                                      VALUES(value_int(c->id), value_known(pmid)), &row, error);
    for (; status == OSLER_OK; status = store_next(s, row, error)) {
        osler_flag flag = {store_copied(memory, row, 0), store_copied(memory, row, 1),
                           store_copied(memory, row, 2)};
        if (flag.name && flag.reason)
            add_flag(memory, &c->appraisal.flags, flag);
    }
    return status == OSLER_END ? OSLER_OK : status;
}

static osler_status get_parts(store *s, arena *memory, store_citation *out, osler_error *error)
{
    int64_t pmid = 0;
    osler_status status = get_row(s, memory, out, &pmid, error);
    if (status == OSLER_OK)
        status = get_record(s, memory, out, error);
    if (status == OSLER_OK)
        status = get_design(s, memory, out->id, &out->appraisal, error);
    if (status == OSLER_OK)
        status = get_witnesses(s, memory, out->id, &out->appraisal.witnesses, error);
    if (status == OSLER_OK)
        status = get_flags(s, memory, out, pmid, error);
    return status;
}

/* One moment of the library, while others write, unless the caller began one: `alone`, then
 * store_rollback() ends it.  What is known of the index is of that moment too. */
static osler_status begin_moment(store *s, bool *alone, osler_error *error)
{
    *alone = sqlite3_get_autocommit(s->db) != 0;
    return *alone ? store_begin_reading(s, error) : OSLER_OK;
}

osler_status store_get(store *s, arena *memory, int64_t id, store_citation *out, osler_error *error)
{
    *out = (store_citation){.id = id};
    bool alone;
    osler_status status = begin_moment(s, &alone, error);
    if (status == OSLER_OK)
        status = get_parts(s, memory, out, error);
    if (alone)
        store_rollback(s);
    return status;
}

static osler_status find(store *s, enum store_statement statement, store_values values, int64_t *id,
                         osler_error *error)
{
    sqlite3_stmt *row;
    if (*id)
        return OSLER_OK;
    osler_status status = store_first(s, statement, values, &row, error);
    if (status == OSLER_OK) {
        *id = sqlite3_column_int64(row, 0);
        store_reset(row);
    }
    return status == OSLER_END ? OSLER_OK : status;
}

static osler_status find_number(store *s, enum store_statement statement, str digits, int64_t *id,
                                osler_error *error)
{
    unsigned long number;
    if (!str_number(str_trim(digits), &number) || number > INT64_MAX)
        return OSLER_OK;
    return find(s, statement, VALUES(value_int((int64_t)number)), id, error);
}

static bool cut_prefix(str *s, const char *prefix)
{
    if (!str_starts_with_ignoring_case(*s, str_of(prefix)))
        return false;
    *s = str_trim(str_part(*s, strlen(prefix), s->length));
    return true;
}

/* The first that carries the identifier; nothing when `value` is empty. */
static osler_status find_carrier(store *s, const char *scheme, str value, int64_t *id,
                                 osler_error *error)
{
    arena memory = {0};
    store_ids ids;
    if (*id || !value.length)
        return OSLER_OK;
    str identifier = known_identifier(&s->key, scheme, value);
    osler_status status = known_carriers(s, &memory, identifier, false, &ids, error);
    if (status == OSLER_OK && ids.count)
        *id = ids.items[0];
    arena_free(&memory);
    return status;
}

static osler_status find_named(store *s, const char *text, int64_t *id, osler_error *error)
{
    str name = str_trim(str_of(text));
    osler_status status = OSLER_OK;
    if (cut_prefix(&name, "osler:"))
        return find_number(s, STATEMENT_FIND_ID, name, id, error);
    if (cut_prefix(&name, "pmid:"))
        return find_number(s, STATEMENT_FIND_PMID, name, id, error);
    status = find_number(s, STATEMENT_FIND_PMID, name, id, error);
    if (status == OSLER_OK)
        status = find_carrier(s, "doi", derive_doi(&s->text, text), id, error);
    if (status == OSLER_OK && str_starts_with_ignoring_case(name, str_of("pmc")))
        status = find_carrier(s, "pmcid", derive_pmcid(&s->text, text), id, error);
    if (status == OSLER_OK)
        status = find(s, STATEMENT_FIND_KEY, VALUES(value_str(name)), id, error);
    return status;
}

osler_status store_lookup(store *s, const char *text, int64_t *id, osler_error *error)
{
    *id = 0;
    bool alone;
    osler_status status = begin_moment(s, &alone, error);
    if (status == OSLER_OK)
        status = find_named(s, text, id, error);
    if (alone)
        store_rollback(s);
    if (status != OSLER_OK || *id)
        return status;
    fail(error, OSLER_ENOTFOUND, 0, "there is no record '%s'", text);
    return fail_source(error, OSLER_ENOTFOUND, s->path);
}
