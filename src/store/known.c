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

/* The works without PMID that are found by `value`. */
static osler_status find_apart(store *s, arena *memory, str value, store_ids *out,
                               osler_error *error)
{
    sqlite3_stmt *row;
    *out = (store_ids){0};
    osler_status status =
        store_first(s, STATEMENT_FIND_APART, VALUES(value_str(value)), &row, error);
    for (; status == OSLER_OK; status = store_next(s, row, error)) {
        int64_t *item = arena_append(memory, &out->items, &out->count, sizeof *out->items);
        *item = sqlite3_column_int64(row, 0);
    }
    return status == OSLER_END ? OSLER_OK : status;
}

static bool has(store_ids ids, int64_t id)
{
    for (size_t i = 0; i < ids.count; i++)
        if (ids.items[i] == id)
            return true;
    return false;
}

/* All of `ids`, those that are not `apart` first. */
static store_ids apart_last(arena *memory, store_ids ids, store_ids apart)
{
    store_ids ordered = {arena_alloc(memory, (ids.count + 1) * sizeof(int64_t)), 0};
    for (int last = 0; last < 2; last++)
        for (size_t i = 0; i < ids.count; i++)
            if (has(apart, ids.items[i]) == (last == 1))
                ordered.items[ordered.count++] = ids.items[i];
    return ordered;
}

str known_identifier(buf *b, const char *scheme, str value)
{
    buf_clear(b);
    if (value.length)
        buf_printf(b, "%s:", scheme);
    buf_add(b, value);
    return buf_str(b);
}

osler_status known_carriers(store *s, arena *memory, str identifier, bool apart, store_ids *out,
                            osler_error *error)
{
    store_ids without, all;
    osler_status status = find_apart(s, memory, identifier, &without, error);
    *out = without;
    if (status != OSLER_OK || apart)
        return status;
    buf term = {0};
    str value = index_cut(identifier);
    buf_add_byte(&term, INDEX_IDENTIFIER);
    for (size_t i = 0; i < value.length; i++)
        buf_add_byte(&term, char_lower(value.data[i]));
    status = segments_find(s, memory, buf_str(&term), MOST_CARRIERS, &all, error);
    if (status == OSLER_OK)
        *out = apart_last(memory, all, without);
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

static osler_status find_carrier(store *s, const store_prepared *p, str identifier,
                                 struct known *out, osler_error *error)
{
    if (!identifier.length || out->id)
        return OSLER_OK;
    arena memory = {0};
    store_ids ids;
    bool apart = derive_pmid(p->incoming.record->pmid) != 0;
    osler_status status = known_carriers(s, &s->scratch, identifier, apart, &ids, error);
    for (size_t i = 0; status == OSLER_OK && i < ids.count && !out->id; i++) {
        arena_clear(&memory);
        status = is_same(s, &memory, p, ids.items[i], out, error);
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
    store_ids ids;
    osler_status status =
        find_apart(s, &s->scratch, known_digest_name(&s->key, &p->digest), &ids, error);
    if (status != OSLER_OK || !ids.count)
        return status;
    status = store_first(s, STATEMENT_FIND_CITATION, VALUES(value_int(ids.items[0])), &row, error);
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
    buf identifier = {0};
    str doi = known_identifier(&identifier, "doi", derive_doi(&s->text, record->doi));
    if (status == OSLER_OK)
        status = find_carrier(s, prepared, doi, out, error);
    str pmcid = known_identifier(&identifier, "pmcid", derive_pmcid(&s->text, record->pmcid));
    if (status == OSLER_OK)
        status = find_carrier(s, prepared, pmcid, out, error);
    buf_free(&identifier);
    return status;
}
