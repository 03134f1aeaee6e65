/* Finding the citation that a record is about: by PMID, by being the same, by DOI and PMCID. */
#include "store/known.h"

#include "base/error.h"
#include "record/pack.h"
#include "record/record.h"
#include "store/derive.h"
#include "store/same.h"
#include "store/segments.h"

#include <string.h>

/* Whatever a file says, no more candidates are looked at. */
enum { MOST_CARRIERS = 100 };

static void read_known(sqlite3_stmt *row, struct known *known)
{
    *known = (struct known){
        .id = sqlite3_column_int64(row, 0),
        .pmid = sqlite3_column_int64(row, 1),
        .version = sqlite3_column_int64(row, 2),
        .revised = sqlite3_column_int64(row, 3),
        .deleted = sqlite3_column_type(row, 4) != SQLITE_NULL,
        .origin = sqlite3_column_int64(row, 5),
    };
}

osler_status known_by_pmid(store *s, int64_t pmid, struct known *out, osler_error *error)
{
    sqlite3_stmt *row;
    *out = (struct known){0};
    osler_status status = store_first(s, STATEMENT_FIND_PMID, VALUES(value_int(pmid)), &row, error);
    if (status == OSLER_OK) {
        read_known(row, out);
        store_reset(row);
    }
    return status == OSLER_END ? OSLER_OK : status;
}

str known_digest_name(buf *b, const digest *made)
{
    buf_clear(b);
    buf_add_text(b, "digest:");
    for (size_t i = 0; i < DIGEST_SIZE; i++)
        buf_printf(b, "%02x", made->bytes[i]);
    return buf_str(b);
}

/* The ids in the first column of all rows. */
static osler_status collect(store *s, arena *memory, enum store_statement statement,
                            store_values values, int64_t **out, size_t *count, osler_error *error)
{
    sqlite3_stmt *row;
    osler_status status = store_first(s, statement, values, &row, error);
    for (; status == OSLER_OK; status = store_next(s, row, error)) {
        int64_t *item = arena_append(memory, out, count, sizeof **out);
        *item = sqlite3_column_int64(row, 0);
    }
    return status == OSLER_END ? OSLER_OK : status;
}

/* Those of `ids` that are not in `apart` first. */
static int64_t *apart_last(arena *memory, const int64_t *ids, size_t count, const int64_t *apart,
                           size_t apart_count)
{
    int64_t *ordered = arena_alloc(memory, (count + 1) * sizeof *ordered);
    size_t used = 0;
    for (int last = 0; last < 2; last++)
        for (size_t i = 0; i < count; i++) {
            size_t k = 0;
            while (k < apart_count && apart[k] != ids[i])
                k++;
            if ((k < apart_count) == (last == 1))
                ordered[used++] = ids[i];
        }
    return ordered;
}

osler_status known_carriers(store *s, arena *memory, const char *scheme, str value, bool apart,
                            int64_t **out, size_t *count, osler_error *error)
{
    buf name = {0}, term = {0};
    int64_t *all = NULL;
    size_t all_count = 0;
    *out = NULL;
    *count = 0;
    buf_printf(&name, "%s:", scheme);
    buf_add(&name, value);
    osler_status status = collect(s, memory, STATEMENT_FIND_APART,
                                  VALUES(value_str(buf_str(&name))), out, count, error);
    if (status == OSLER_OK && !apart) {
        for (size_t i = 0; i < name.length; i++)
            name.data[i] = char_lower(name.data[i]);
        buf_add_byte(&term, INDEX_IDENTIFIER);
        buf_add(&term, index_cut(buf_str(&name)));
        status = segments_find(s, memory, buf_str(&term), MOST_CARRIERS, &all, &all_count, error);
        *out = apart_last(memory, all, all_count, *out, *count);
        *count = all_count;
    }
    buf_free(&name);
    buf_free(&term);
    return status;
}

/* True into `*same` when citation `id`, found by an identifier, is about the work of the record. */
static osler_status compare_work(store *s, arena *memory, const osler_record *record, int64_t id,
                                 bool *same, osler_error *error)
{
    osler_record other;
    osler_status status = store_packed(s, id, error);
    if (status == OSLER_OK)
        status = store_unpack(s, memory, &other, error);
    *same = status == OSLER_OK && !same_is_excluded(memory, record, &other);
    return status;
}

static same_title own_title(store *s, const osler_record *record)
{
    buf_clear(&s->key);
    markup_add_text(&s->key, str_of(osler_record_title(record)));
    return same_title_of(&s->scratch, buf_str(&s->key));
}

/*
 * Is the citation `id` about the same work as the record, not of another PMID, and not one that
 * PubMed has deleted?  A reference without PMID says nothing about that.
 */
static osler_status is_same(store *s, arena *memory, const store_prepared *p, int64_t id,
                            struct known *out, osler_error *error)
{
    sqlite3_stmt *row;
    struct known known;
    osler_status status =
        store_first(s, STATEMENT_FIND_CITATION, VALUES(value_int(id)), &row, error);
    if (status != OSLER_OK)
        return status == OSLER_END ? OSLER_OK : status;
    read_known(row, &known);
    same_title title = own_title(s, p->incoming.record);
    same_title other = same_title_of(memory, store_column(row, 6));
    bool same = !(known.pmid && (derive_pmid(p->incoming.record->pmid) || known.deleted)) &&
                same_titles(&title, &other);
    store_reset(row);
    if (same)
        status = compare_work(s, memory, p->incoming.record, id, &same, error);
    if (same)
        *out = known;
    return status;
}

static osler_status find_carrier(store *s, const store_prepared *p, const char *scheme, str value,
                                 struct known *out, osler_error *error)
{
    if (!value.length || out->id)
        return OSLER_OK;
    arena memory = {0};
    int64_t *ids;
    size_t count;
    bool apart = derive_pmid(p->incoming.record->pmid) != 0;
    osler_status status = known_carriers(s, &s->scratch, scheme, value, apart, &ids, &count, error);
    for (size_t i = 0; status == OSLER_OK && i < count && !out->id; i++) {
        arena_clear(&memory);
        status = is_same(s, &memory, p, ids[i], out, error);
    }
    arena_free(&memory);
    return status;
}

/* The work without PMID whose record is this very one: however many share its identifiers, what
 * did not change is found. */
static osler_status find_unchanged(store *s, const store_prepared *p, struct known *out,
                                   osler_error *error)
{
    sqlite3_stmt *row;
    int64_t id = 0;
    osler_status status =
        store_first(s, STATEMENT_FIND_APART,
                    VALUES(value_str(known_digest_name(&s->key, &p->digest))), &row, error);
    if (status == OSLER_OK) {
        id = sqlite3_column_int64(row, 0);
        store_reset(row);
        status = store_first(s, STATEMENT_FIND_CITATION, VALUES(value_int(id)), &row, error);
    }
    if (status == OSLER_OK) {
        read_known(row, out);
        store_reset(row);
    }
    return status == OSLER_END ? OSLER_OK : status;
}

osler_status known_find(store *s, const store_prepared *prepared, struct known *out,
                        osler_error *error)
{
    const osler_record *record = prepared->incoming.record;
    int64_t pmid = derive_pmid(record->pmid);
    *out = (struct known){0};
    osler_status status =
        pmid ? known_by_pmid(s, pmid, out, error) : find_unchanged(s, prepared, out, error);
    if (status == OSLER_OK && !out->id)
        status = find_carrier(s, prepared, "doi", derive_doi(&s->text, record->doi), out, error);
    if (status == OSLER_OK && !out->id)
        status =
            find_carrier(s, prepared, "pmcid", derive_pmcid(&s->text, record->pmcid), out, error);
    return status;
}
