/* Putting records: which citation is it, what is the change, and keeping what was. */
#include "store/derive.h"

#include "base/error.h"
#include "base/limits.h"
#include "record/pack.h"
#include "record/pages.h"
#include "record/record.h"
#include "store/same.h"

#include <stdio.h>
#include <string.h>

/* What the library knows of the citation that a record is about; id 0: nothing. */
struct known {
    int64_t id, pmid, version, revised;
    bool deleted;
};

/* One record on its way in. */
struct put {
    store *s;
    const osler_record *record;
    const osler_appraisal *appraisal;
    const store_arrival *arrival;
    int64_t pmid, revised, digest;
    osler_error *error;
};

static const str none = {0};

static int64_t digest_of(str bytes)
{
    uint64_t hash = 14695981039346656037U; /* FNV-1a */
    for (size_t i = 0; i < bytes.length; i++)
        hash = (hash ^ (unsigned char)bytes.data[i]) * 1099511628211U;
    return (int64_t)hash;
}

static int64_t day_of(const osler_date *date)
{
    return date && date->year ? date->year * 10000L + date->month * 100L + date->day : 0;
}

static int64_t version_of(const osler_record *record)
{
    return record->pmid_version > 0 ? record->pmid_version : 1;
}

static void read_known(sqlite3_stmt *row, struct known *known)
{
    *known = (struct known){
        .id = sqlite3_column_int64(row, 0),
        .pmid = sqlite3_column_int64(row, 1),
        .version = sqlite3_column_int64(row, 2),
        .revised = sqlite3_column_int64(row, 3),
        .deleted = sqlite3_column_type(row, 4) != SQLITE_NULL,
    };
}

static osler_status find_pmid(store *s, int64_t pmid, struct known *known, osler_error *error)
{
    sqlite3_stmt *row;
    osler_status status = store_first(s, STATEMENT_FIND_PMID, VALUES(value_int(pmid)), &row, error);
    if (status == OSLER_OK) {
        read_known(row, known);
        store_reset(row);
    }
    return status == OSLER_END ? OSLER_OK : status;
}

/* The packed record of a citation, into s->current. */
osler_status store_packed(store *s, int64_t id, osler_error *error)
{
    sqlite3_stmt *row;
    osler_status status = store_first(s, STATEMENT_GET_PACKED, VALUES(value_int(id)), &row, error);
    if (status == OSLER_END)
        return store_damaged(s, error, "the library is damaged: a record is missing");
    if (status != OSLER_OK)
        return status;
    buf_clear(&s->current);
    bool sound = deflater_expand(
        &s->deflater, &s->current,
        (store_deflated){.bytes = store_column(row, 1), .raw_size = sqlite3_column_int64(row, 0)});
    store_reset(row);
    return sound ? OSLER_OK
                 : store_damaged(s, error, "the library is damaged: a record cannot be inflated");
}

static osler_status unpack(store *s, arena *memory, osler_record *record, osler_error *error)
{
    osler_status status = record_unpack(memory, record, buf_str(&s->current), error);
    return status == OSLER_OK ? status : fail_source(error, status, s->path);
}

/* True into `*same` when citation `id`, found by an identifier, is about the work of the record. */
static osler_status compare_work(struct put *p, arena *memory, int64_t id, bool *same)
{
    osler_record other;
    osler_status status = store_packed(p->s, id, p->error);
    if (status == OSLER_OK)
        status = unpack(p->s, memory, &other, p->error);
    *same = status == OSLER_OK && !same_is_excluded(memory, p->record, &other);
    return status;
}

static same_title own_title(struct put *p)
{
    buf *title = &p->s->words.plain;
    buf_clear(title);
    markup_add_text(title, str_of(osler_record_title(p->record)));
    return same_title_of(&p->s->scratch, buf_str(title));
}

/*
 * A citation with the identifier, about the same work, that is not of another PMID than the record,
 * and not one that PubMed has deleted: a reference without PMID says nothing about that.
 */
static osler_status find_identifier(struct put *p, const char *scheme, str value,
                                    struct known *known)
{
    sqlite3_stmt *row;
    if (!value.length || known->id)
        return OSLER_OK;
    arena memory = {0};
    same_title title = own_title(p);
    osler_status status = store_first(p->s, STATEMENT_FIND_IDENTIFIER,
                                      VALUES(value_text(scheme), value_str(value)), &row, p->error);
    while (status == OSLER_OK) {
        bool has_pmid = sqlite3_column_type(row, 1) != SQLITE_NULL;
        bool deleted = sqlite3_column_type(row, 4) != SQLITE_NULL;
        arena_clear(&memory);
        same_title other = same_title_of(&memory, store_column(row, 5));
        bool same = !(has_pmid && (p->pmid || deleted)) && same_titles(&title, &other);
        if (same)
            status = compare_work(p, &memory, sqlite3_column_int64(row, 0), &same);
        if (same)
            read_known(row, known);
        if (same || status != OSLER_OK) {
            store_reset(row);
            break;
        }
        status = store_next(p->s, row, p->error);
    }
    arena_free(&memory);
    return status == OSLER_END ? OSLER_OK : status;
}

/* The name under which a work without PMID is found: what it says, all of it. */
static str digest_name(const struct put *p, char name[24])
{
    int length = snprintf(name, 24, "%016llx", (unsigned long long)p->digest);
    return (str){name, (size_t)length};
}

/*
 * The work without PMID whose record is this very one: however many share its identifiers, what
 * did not change is found.  Two records may have one digest; the packed bytes decide.
 */
static osler_status find_unchanged(struct put *p, struct known *known)
{
    char name[24];
    sqlite3_stmt *row;
    osler_status status =
        store_first(p->s, STATEMENT_FIND_IDENTIFIER,
                    VALUES(value_text("digest"), value_str(digest_name(p, name))), &row, p->error);
    while (status == OSLER_OK) {
        status = store_packed(p->s, sqlite3_column_int64(row, 0), p->error);
        bool same =
            status == OSLER_OK && str_equal(buf_str(&p->s->current), buf_str(&p->s->packed));
        if (same)
            read_known(row, known);
        if (same || status != OSLER_OK) {
            store_reset(row);
            break;
        }
        status = store_next(p->s, row, p->error);
    }
    return status == OSLER_END ? OSLER_OK : status;
}

static osler_status find_known(struct put *p, struct known *known)
{
    buf *text = &p->s->original;
    *known = (struct known){0};
    osler_status status =
        p->pmid ? find_pmid(p->s, p->pmid, known, p->error) : find_unchanged(p, known);
    if (status == OSLER_OK)
        status = find_identifier(p, "doi", derive_doi(text, p->record->doi), known);
    if (status == OSLER_OK)
        status = find_identifier(p, "pmcid", derive_pmcid(text, p->record->pmcid), known);
    return status;
}

/* Deflate `raw` into `out`; the values of its size and bytes. */
static void deflated(store *s, buf *out, str raw, str like, store_value values[2])
{
    int64_t size;
    buf_clear(out);
    deflater_pack(&s->deflater, out, raw, like, &size);
    values[0] = value_int(size);
    values[1] = value_blob(buf_str(out));
}

static osler_status next_version(struct put *p, int64_t id, int64_t *number)
{
    sqlite3_stmt *row;
    osler_status status =
        store_first(p->s, STATEMENT_LAST_VERSION, VALUES(value_int(id)), &row, p->error);
    if (status != OSLER_OK) /* max() always gives a row */
        return status;
    *number = sqlite3_column_int64(row, 0) + 1;
    store_reset(row);
    return OSLER_OK;
}

/* The row of the version that arrives; `packed` with its bytes, for one that stays in the past. */
static osler_status add_version(struct put *p, int64_t id, const char *kind, bool packed)
{
    int64_t number;
    osler_status status = next_version(p, id, &number);
    if (status != OSLER_OK)
        return status;
    store_value data[2] = {value_none(), value_none()};
    store_value original[2] = {value_none(), value_none()};
    if (packed)
        deflated(p->s, &p->s->deflated, buf_str(&p->s->packed), none, data);
    if (p->arrival->original.length)
        deflated(p->s, &p->s->original, p->arrival->original,
                 p->record ? buf_str(&p->s->packed) : none, original);
    return store_run(p->s, STATEMENT_ADD_VERSION,
                     VALUES(value_int(id), value_int(number), value_int(p->arrival->origin),
                            value_known(p->arrival->line), value_text(kind),
                            p->record ? value_int(p->digest) : value_none(), data[0], data[1],
                            original[0], original[1]),
                     p->error);
}

/* The current packed bytes become those of a past version. */
static osler_status keep_version(struct put *p, int64_t id)
{
    store_value data[2];
    deflated(p->s, &p->s->deflated, buf_str(&p->s->current), none, data);
    return store_run(p->s, STATEMENT_KEEP_VERSION, VALUES(value_int(id), data[0], data[1]),
                     p->error);
}

static int64_t earliest_day(const osler_record *record)
{
    int64_t issued = day_of(osler_record_date(record, "issued"));
    int64_t early = day_of(osler_record_date(record, "epublished"));
    return !issued || (early && early < issued) ? early : issued;
}

/* The row of the table citation; a new one gets its id into `*id`. */
static osler_status write_citation(struct put *p, int64_t *id)
{
    const osler_record *r = p->record;
    buf *title = &p->s->words.plain;
    buf_clear(title);
    markup_add_text(title, str_of(osler_record_title(r)));
    buf container = {0};
    markup_add_text(&container, str_of(r->container_title ? r->container_title : r->book_title));
    const char *pages = r->pages && pages_is_page(str_of(r->pages)) ? r->pages : NULL;
    const char *page = r->page_first ? r->page_first : pages ? pages : r->article_number;
    store_value values[] = {
        value_known(p->pmid),
        value_int(version_of(r)),
        value_str(buf_str(title)),
        container.length ? value_str(buf_str(&container)) : value_none(),
        value_known(osler_record_year(r)),
        value_known(earliest_day(r)),
        value_known(day_of(osler_record_date(r, "history:entrez"))),
        value_known(p->revised),
        value_text(r->status),
        value_text(r->languages.count ? r->languages.items[0] : NULL),
        value_text(r->volume),
        value_text(r->issue),
        value_text(page),
        value_int(p->arrival->origin),
        value_int(*id),
    };
    size_t count = sizeof values / sizeof *values;
    enum store_statement statement = *id ? STATEMENT_UPDATE_CITATION : STATEMENT_ADD_CITATION;
    osler_status status =
        store_run(p->s, statement, (store_values){values, *id ? count : count - 1}, p->error);
    if (status == OSLER_OK && !*id)
        *id = sqlite3_last_insert_rowid(p->s->db);
    buf_free(&container);
    return status;
}

/* citation, packed, version and all tables made from the record. */
static osler_status write_record(struct put *p, int64_t id)
{
    char name[24];
    store_value data[2];
    enum store_statement statement = id ? STATEMENT_UPDATE_PACKED : STATEMENT_ADD_PACKED;
    osler_status status = write_citation(p, &id);
    if (status != OSLER_OK)
        return status;
    deflated(p->s, &p->s->deflated, buf_str(&p->s->packed), none, data);
    status = store_run(p->s, statement, VALUES(value_int(id), data[0], data[1]), p->error);
    if (status == OSLER_OK)
        status = add_version(p, id, "record", false);
    if (status == OSLER_OK)
        status = derive_add(p->s, id, p->record, p->appraisal, p->error);
    if (status == OSLER_OK && !p->pmid)
        status = store_run(
            p->s, STATEMENT_ADD_IDENTIFIER,
            VALUES(value_int(id), value_text("digest"), value_str(digest_name(p, name))), p->error);
    return status;
}

static osler_status replace(struct put *p, const struct known *known, const osler_record *old)
{
    osler_status status = keep_version(p, known->id);
    if (status == OSLER_OK)
        status = derive_drop(p->s, known->id, old, known->deleted, p->error);
    return status == OSLER_OK ? write_record(p, known->id) : status;
}

static bool has_uis(const osler_record *record)
{
    for (size_t i = 0; i < record->publication_types.count; i++)
        if (record->publication_types.items[i].ui)
            return true;
    return false;
}

/* True when what the library has is to be preferred to the record that arrives. */
static bool outranks(const struct put *p, const struct known *known, const osler_record *old)
{
    if (known->pmid && !p->pmid)
        return true; /* PubMed's own record against somebody's copy */
    if (!known->pmid)
        return false;
    if (known->version != version_of(p->record))
        return known->version > version_of(p->record);
    if (known->revised && p->revised && known->revised != p->revised)
        return known->revised > p->revised;
    return has_uis(old) && !has_uis(p->record); /* PubMed XML against MEDLINE text */
}

/* Keep a version that is older than the current one, unless it is kept already. */
static osler_status put_older(struct put *p, int64_t id, store_change *change)
{
    sqlite3_stmt *row;
    osler_status status = store_first(p->s, STATEMENT_FIND_VERSION,
                                      VALUES(value_int(id), value_int(p->digest)), &row, p->error);
    while (status == OSLER_OK) {
        buf_clear(&p->s->current);
        store_deflated held = {.bytes = store_column(row, 1),
                               .raw_size = sqlite3_column_int64(row, 0)};
        if (deflater_expand(&p->s->deflater, &p->s->current, held) &&
            str_equal(buf_str(&p->s->current), buf_str(&p->s->packed))) {
            store_reset(row);
            *change = STORE_UNCHANGED;
            return OSLER_OK;
        }
        status = store_next(p->s, row, p->error);
    }
    *change = STORE_OLDER;
    return status == OSLER_END ? add_version(p, id, "record", true) : status;
}

static osler_status put_known(struct put *p, const struct known *known, store_change *change)
{
    osler_status status = store_packed(p->s, known->id, p->error);
    if (status != OSLER_OK)
        return status;
    bool same = str_equal(buf_str(&p->s->current), buf_str(&p->s->packed));
    *change = STORE_UNCHANGED;
    if (same && !known->deleted)
        return OSLER_OK;
    osler_record old;
    status = unpack(p->s, &p->s->scratch, &old, p->error);
    if (status != OSLER_OK)
        return status;
    if (!known->deleted && outranks(p, known, &old))
        return put_older(p, known->id, change);
    *change = known->deleted ? STORE_NEW : STORE_UPDATED; /* a revived one is there anew */
    return replace(p, known, &old);
}

osler_status store_put(store *s, const osler_record *record, const osler_appraisal *appraisal,
                       const store_arrival *arrival, store_change *change, osler_error *error)
{
    arena_clear(&s->scratch);
    buf_clear(&s->packed);
    record_pack(&s->packed, record);
    if (s->packed.length > LIMIT_PACKED)
        return fail(error, OSLER_ELIMIT, arrival->line,
                    "this record takes more than %d MB, the most that a library holds",
                    LIMIT_PACKED >> 20);
    struct put p = {
        .s = s,
        .record = record,
        .appraisal = appraisal,
        .arrival = arrival,
        .pmid = derive_pmid(record->pmid),
        .revised = day_of(osler_record_date(record, "revised")),
        .digest = digest_of(buf_str(&s->packed)),
        .error = error,
    };
    struct known known;
    osler_status status = find_known(&p, &known);
    if (status != OSLER_OK)
        return status;
    if (known.id)
        return put_known(&p, &known, change);
    *change = STORE_NEW;
    return write_record(&p, 0);
}

osler_status store_delete(store *s, const char *pmid, int pmid_version,
                          const store_arrival *arrival, store_change *change, osler_error *error)
{
    struct put p = {.s = s, .arrival = arrival, .error = error};
    struct known known = {0};
    osler_record old;
    arena_clear(&s->scratch);
    *change = STORE_ABSENT;
    osler_status status = find_pmid(s, derive_pmid(pmid), &known, error);
    bool other_version = pmid_version > 0 && pmid_version != known.version;
    if (status != OSLER_OK || !known.id || known.deleted || other_version)
        return status;
    *change = STORE_REMOVED;
    status = store_packed(s, known.id, error);
    if (status == OSLER_OK)
        status = unpack(s, &s->scratch, &old, error);
    if (status == OSLER_OK)
        status = derive_hide(s, known.id, &old, error);
    if (status == OSLER_OK)
        status = store_run(s, STATEMENT_BURY_CITATION,
                           VALUES(value_int(known.id), value_int(arrival->origin)), error);
    return status == OSLER_OK ? add_version(&p, known.id, "deletion", false) : status;
}
