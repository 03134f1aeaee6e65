/* Putting records: what is the change, and keeping what was. */
#include "appraise/appraise.h"
#include "base/error.h"
#include "record/pages.h"
#include "record/record.h"
#include "store/derive.h"
#include "store/facts.h"
#include "store/intern.h"
#include "store/known.h"
#include "store/packed.h"
#include "store/prepare.h"
#include "store/segments.h"

#include <string.h>

/* One record on its way in. */
struct put {
    store *s;
    const store_prepared *prepared;
    const osler_record *record;
    const store_arrival *arrival;
    int64_t pmid, revised;
    osler_error *error;
};

static int64_t version_of(const osler_record *record)
{
    return record->pmid_version > 0 ? record->pmid_version : 1;
}

/* What tables have of the packed record, for the statement at hand.  The first record of a block
 * writes it. */
static osler_status place_packed(struct put *p, store_value *out)
{
    const store_prepared *prepared = p->prepared;
    store_block *together = prepared->together;
    *out = value_blob(prepared->packed);
    if (!together)
        return OSLER_OK;
    if (!together->id) {
        osler_status status = store_run(p->s, STATEMENT_ADD_PACKED_BLOCK,
                                        VALUES(value_blob(together->data)), p->error);
        if (status != OSLER_OK)
            return status;
        together->id = sqlite3_last_insert_rowid(p->s->db);
    }
    buf_clear(&p->s->key);
    packed_add_place(&p->s->key, together->id, prepared->packed_start, prepared->packed_length);
    *out = value_blob(buf_str(&p->s->key));
    return OSLER_OK;
}

/* Where the original is: block, start and length.  The first that needs a block writes it. */
static osler_status place_original(struct put *p, store_value place[3])
{
    store_block *block = p->prepared->block;
    place[0] = place[1] = place[2] = value_none();
    if (!block)
        return OSLER_OK;
    if (!block->id) {
        osler_status status =
            store_run(p->s, STATEMENT_ADD_ORIGINAL, VALUES(value_blob(block->data)), p->error);
        if (status != OSLER_OK)
            return status;
        block->id = sqlite3_last_insert_rowid(p->s->db);
    }
    place[0] = value_int(block->id);
    place[1] = value_int((int64_t)p->prepared->start);
    place[2] = value_int((int64_t)p->prepared->incoming.original.length);
    return OSLER_OK;
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

/* The row of a version that is not the current one: an older record, or a deletion. */
static osler_status add_version(struct put *p, int64_t id, int64_t number, const char *kind)
{
    store_value place[3], packed = value_none();
    osler_status status = place_original(p, place);
    if (status == OSLER_OK && p->record)
        status = place_packed(p, &packed);
    if (status != OSLER_OK)
        return status;
    return store_run(p->s, STATEMENT_ADD_VERSION,
                     VALUES(value_int(id), value_int(number), value_int(p->arrival->origin),
                            value_known(p->arrival->line), value_text(kind),
                            p->record ? value_digest(&p->prepared->digest) : value_none(), packed,
                            place[0], place[1], place[2]),
                     p->error);
}

static osler_status add_next_version(struct put *p, int64_t id, const char *kind)
{
    int64_t number;
    osler_status status = next_version(p, id, &number);
    return status == OSLER_OK ? add_version(p, id, number, kind) : status;
}

/* The row of the current version. */
static osler_status put_arrival(struct put *p, int64_t id, int64_t number)
{
    store_value place[3];
    bool digested = p->prepared->incoming.original.length > 0;
    osler_status status = place_original(p, place);
    if (status != OSLER_OK)
        return status;
    return store_run(p->s, STATEMENT_PUT_ARRIVAL,
                     VALUES(value_int(id), value_int(number), value_known(p->arrival->line),
                            value_int(STORE_RULES), value_digest(&p->prepared->digest),
                            digested ? value_digest(&p->prepared->original_digest) : value_none(),
                            place[0], place[1], place[2]),
                     p->error);
}

static const char *page_of(const osler_record *r)
{
    const char *pages = r->pages && pages_is_page(str_of(r->pages)) ? r->pages : NULL;
    return r->page_first ? r->page_first : pages ? pages : r->article_number;
}

static osler_status journal_of(struct put *p, store_value *out)
{
    const osler_record *r = p->record;
    buf *title = &p->s->text;
    int64_t id;
    buf_clear(title);
    markup_add_text(title, str_of(r->container_title ? r->container_title : r->book_title));
    *out = value_none();
    if (!title->length && !r->container_title_medline && !r->nlm_id && !r->issn)
        return OSLER_OK;
    osler_status status = intern_get(
        p->s, INTERN_JOURNAL,
        VALUES(title->length ? value_str(buf_str(title)) : value_none(),
               value_text(r->container_title_medline), value_text(r->nlm_id), value_text(r->issn)),
        &id, p->error);
    *out = value_int(id);
    return status;
}

/* The row of the table citation, a new one or another for `*id`; a new one (0) gets its id. */
static osler_status put_citation(struct put *p, int64_t *id, bool is_new)
{
    const osler_record *r = p->record;
    store_value journal;
    osler_status status = journal_of(p, &journal);
    if (status != OSLER_OK)
        return status;
    buf *title = &p->s->text;
    buf_clear(title);
    markup_add_text(title, str_of(osler_record_title(r)));
    store_value values[] = {
        value_known(p->pmid),
        value_int(version_of(r)),
        value_str(buf_str(title)),
        journal,
        value_known(osler_record_year(r)),
        value_known(facts_published(r)),
        value_known(facts_day(osler_record_date(r, "history:entrez"))),
        value_known(p->revised),
        value_text(r->status),
        value_text(r->languages.count ? r->languages.items[0] : NULL),
        value_text(r->volume),
        value_text(r->issue),
        value_text(page_of(r)),
        value_int(p->arrival->origin),
        value_known(*id),
    };
    status = store_run(p->s, is_new ? STATEMENT_ADD_CITATION : STATEMENT_UPDATE_CITATION,
                       (store_values){values, sizeof values / sizeof *values}, p->error);
    if (status == OSLER_OK && !*id)
        *id = sqlite3_last_insert_rowid(p->s->db);
    return status;
}

/* By what a work without PMID is found again. */
static osler_status set_apart(struct put *p, int64_t id)
{
    buf *b = &p->s->key;
    osler_status status = store_run(
        p->s, STATEMENT_ADD_APART,
        VALUES(value_str(known_digest_name(b, &p->prepared->digest)), value_int(id)), p->error);
    str doi = known_identifier(b, "doi", derive_doi(&p->s->text, p->record->doi));
    if (status == OSLER_OK && doi.length)
        status =
            store_run(p->s, STATEMENT_ADD_APART, VALUES(value_str(doi), value_int(id)), p->error);
    str pmcid = known_identifier(b, "pmcid", derive_pmcid(&p->s->text, p->record->pmcid));
    if (status == OSLER_OK && pmcid.length)
        status =
            store_run(p->s, STATEMENT_ADD_APART, VALUES(value_str(pmcid), value_int(id)), p->error);
    return status;
}

/* Its document; others may have flagged it before it came. */
static osler_status put_document(struct put *p, int64_t id)
{
    index_document document = p->prepared->document;
    document.facts.citation = id;
    if (p->prepared->stays)
        segments_lend(p->s, &document);
    else
        segments_add(p->s, &document);
    if (!p->pmid)
        return OSLER_OK;
    sqlite3_stmt *row;
    osler_status status = store_first(p->s, STATEMENT_IS_FLAGGED,
                                      VALUES(value_int(p->pmid), value_int(id)), &row, p->error);
    if (status == OSLER_OK) {
        store_reset(row);
        store_note_flagged(p->s, p->pmid);
    }
    return status == OSLER_END ? OSLER_OK : status;
}

/* What follows from the record and its appraisal. */
static osler_status derive_all(struct put *p, int64_t id)
{
    osler_status status =
        derive_add(p->s, id, p->record, p->prepared->incoming.appraisal, p->error);
    if (status == OSLER_OK && !p->pmid)
        status = set_apart(p, id);
    return status == OSLER_OK ? put_document(p, id) : status;
}

/* All tables made from the record, for a new citation or one whose rows were dropped. */
static osler_status write_record(struct put *p, int64_t id, int64_t number, bool is_new)
{
    store_value packed;
    osler_status status = put_citation(p, &id, is_new);
    p->s->put = id;
    if (status == OSLER_OK)
        status = place_packed(p, &packed);
    if (status == OSLER_OK)
        status = store_run(p->s, STATEMENT_PUT_PACKED, VALUES(value_int(id), packed), p->error);
    if (status == OSLER_OK)
        status = put_arrival(p, id, number);
    return status == OSLER_OK ? derive_all(p, id) : status;
}

static osler_status drop_rows(struct put *p, const struct known *known)
{
    osler_status status = known->deleted ? OSLER_OK : segments_drop(p->s, known->id, p->error);
    return status == OSLER_OK ? derive_drop(p->s, known->id, known->pmid, p->error) : status;
}

static osler_status replace(struct put *p, const struct known *known)
{
    int64_t number;
    osler_status status = next_version(p, known->id, &number);
    if (status == OSLER_OK)
        status = store_run(p->s, STATEMENT_KEEP_VERSION, VALUES(value_int(known->id)), p->error);
    if (status == OSLER_OK)
        status = drop_rows(p, known);
    return status == OSLER_OK ? write_record(p, known->id, number, false) : status;
}

static bool has_uis(const osler_record *record)
{
    for (size_t i = 0; i < record->publication_types.count; i++)
        if (record->publication_types.items[i].ui)
            return true;
    return false;
}

/* True into `*answer` when what the library has is to be preferred to the record that arrives. */
static osler_status outranks(struct put *p, const struct known *known, bool *answer)
{
    osler_record old;
    *answer = known->pmid && !p->pmid; /* PubMed's own record against somebody's copy */
    if (*answer || !known->pmid)
        return OSLER_OK;
    *answer = known->version > version_of(p->record);
    if (known->version != version_of(p->record))
        return OSLER_OK;
    *answer = known->revised > p->revised;
    if (known->revised && p->revised && known->revised != p->revised)
        return OSLER_OK;
    *answer = false;
    if (has_uis(p->record))
        return OSLER_OK;
    osler_status status = store_packed(p->s, known->id, p->error);
    if (status == OSLER_OK)
        status = store_unpack(p->s, &p->s->scratch, &old, p->error);
    *answer = status == OSLER_OK && has_uis(&old); /* PubMed XML against MEDLINE text */
    return status;
}

/* Keep a version that is older than the current one, unless it is kept already. */
static osler_status put_older(struct put *p, int64_t id, store_change *change)
{
    sqlite3_stmt *row;
    osler_status status =
        store_first(p->s, STATEMENT_FIND_VERSION,
                    VALUES(value_int(id), value_digest(&p->prepared->digest)), &row, p->error);
    *change = STORE_UNCHANGED;
    if (status == OSLER_OK)
        store_reset(row);
    if (status != OSLER_END)
        return status;
    *change = STORE_OLDER;
    return add_next_version(p, id, "record");
}

/* What the library knows of the current version. */
struct current {
    digest digest, original_digest;
    int64_t rules;
    bool has_original_digest, has_block;
};

static osler_status read_current(struct put *p, int64_t id, struct current *out)
{
    sqlite3_stmt *row;
    *out = (struct current){0};
    osler_status status =
        store_first(p->s, STATEMENT_GET_ARRIVAL, VALUES(value_int(id)), &row, p->error);
    if (status == OSLER_END)
        return store_damaged(p->s, p->error, "the library is damaged: a record has no version");
    if (status != OSLER_OK)
        return status;
    bool sound = store_column_digest(row, 0, &out->digest);
    out->has_original_digest = store_column_digest(row, 1, &out->original_digest);
    out->rules = sqlite3_column_int64(row, 2);
    out->has_block = sqlite3_column_type(row, 3) != SQLITE_NULL;
    store_reset(row);
    return sound ? OSLER_OK
                 : store_damaged(p->s, p->error, "the library is damaged: a digest is missing");
}

/* Make everything anew that follows from the record, which did not change. */
static osler_status renew(struct put *p, const struct known *known)
{
    store_arrival first = *p->arrival;
    struct put same = *p;
    int64_t id = known->id;
    first.origin = known->origin;
    same.arrival = &first;
    osler_status status = drop_rows(&same, known);
    if (status == OSLER_OK)
        status = put_citation(&same, &id, false);
    return status == OSLER_OK ? derive_all(&same, id) : status;
}

/* Where the current version has its original and what digest that has; a place of none stays. */
static osler_status renew_arrival(struct put *p, int64_t id, const struct current *current)
{
    store_value place[3];
    osler_status status = OSLER_OK;
    place[0] = place[1] = place[2] = value_none();
    if (!current->has_block)
        status = place_original(p, place);
    if (status != OSLER_OK)
        return status;
    return store_run(p->s, STATEMENT_RENEW_ARRIVAL,
                     VALUES(value_int(id), value_int(STORE_RULES),
                            current->has_original_digest ? value_digest(&current->original_digest)
                                                         : value_none(),
                            place[0], place[1], place[2]),
                     p->error);
}

/* The record is the current one.  It may have been put by other rules, come from other bytes, or
 * without bytes to keep. */
static osler_status put_same(struct put *p, const struct known *known, struct current *current)
{
    osler_status status = OSLER_OK;
    bool renewed = current->rules != STORE_RULES;
    bool told = current->has_original_digest &&
                digest_equal(&current->original_digest, &p->prepared->original_digest);
    bool bytes = p->prepared->incoming.original.length && !current->has_block &&
                 (p->prepared->block || !told);
    if (renewed)
        status = renew(p, known);
    if (bytes) {
        current->original_digest = p->prepared->original_digest;
        current->has_original_digest = true;
    }
    if (status != OSLER_OK || !(renewed || bytes))
        return status;
    return renew_arrival(p, known->id, current);
}

static osler_status put_known(struct put *p, const struct known *known, store_change *change)
{
    struct current current;
    bool older = false;
    osler_status status = read_current(p, known->id, &current);
    if (status != OSLER_OK)
        return status;
    bool same = digest_equal(&current.digest, &p->prepared->digest);
    *change = STORE_UNCHANGED;
    if (same && !known->deleted)
        return put_same(p, known, &current);
    if (!known->deleted)
        status = outranks(p, known, &older);
    if (status != OSLER_OK)
        return status;
    if (older)
        return put_older(p, known->id, change);
    *change = known->deleted ? STORE_NEW : STORE_UPDATED; /* a revived one is there anew */
    return replace(p, known);
}

/* A record with its original, which is kept or only digested. */
static osler_status put_alone(store *s, const store_incoming *incoming, bool keep_original,
                              const store_arrival *arrival, store_change *change,
                              osler_error *error)
{
    store_prepared prepared, *one = &prepared;
    arena memory = {0};
    store_preparer *own = prepare_own(s);
    osler_status status = store_prepare(own, &memory, &memory, incoming, &prepared, error);
    if (status == OSLER_OK) {
        if (keep_original)
            store_prepare_blocks(own, &memory, &one, 1);
        status = store_put_prepared(s, &prepared, arrival, change, error);
    } else if (error) {
        error->line = arrival->line;
    }
    arena_free(&memory);
    return status;
}

/* `citation` may have changed since the preparer looked: then the record is what the library kept.
 */
static osler_status put_recalled(store *s, const store_prepared *prepared,
                                 const store_arrival *arrival, store_change *change,
                                 osler_error *error)
{
    sqlite3_stmt *row;
    arena memory = {0};
    osler_record record;
    osler_appraisal appraisal;
    bool sound = false;
    osler_status status = store_first(
        s, STATEMENT_RECALL, VALUES(value_int(prepared->citation), value_digest(&prepared->digest)),
        &row, error);
    if (status == OSLER_END)
        return store_damaged(s, error, "the library is damaged: a version is missing");
    if (status != OSLER_OK)
        return status;
    status = packed_expand(s, store_column(row, 0), &sound, error);
    store_reset(row);
    if (status == OSLER_OK)
        status =
            sound ? store_unpack(s, &memory, &record, error)
                  : store_damaged(s, error, "the library is damaged: a record cannot be expanded");
    if (status == OSLER_OK) {
        appraise(&memory, &appraisal, &record, NULL);
        store_incoming again = {&record, &appraisal, prepared->incoming.original};
        status = put_alone(s, &again, prepared->keep_original, arrival, change, error);
    }
    arena_free(&memory);
    return status;
}

/* Unchanged, unless a record before it in the same transaction changed it. */
static osler_status put_unread(store *s, const store_prepared *prepared,
                               const store_arrival *arrival, store_change *change,
                               osler_error *error)
{
    struct current current;
    struct put p = {.s = s, .prepared = prepared, .arrival = arrival, .error = error};
    osler_status status = read_current(&p, prepared->citation, &current);
    if (status != OSLER_OK)
        return status;
    *change = STORE_UNCHANGED;
    if (current.rules == STORE_RULES && digest_equal(&current.digest, &prepared->digest))
        return OSLER_OK;
    return put_recalled(s, prepared, arrival, change, error);
}

osler_status store_put_prepared(store *s, const store_prepared *prepared,
                                const store_arrival *arrival, store_change *change,
                                osler_error *error)
{
    const osler_record *record = prepared->incoming.record;
    arena_clear(&s->scratch);
    s->put = prepared->citation;
    if (!record)
        return put_unread(s, prepared, arrival, change, error);
    struct put p = {
        .s = s,
        .prepared = prepared,
        .record = record,
        .arrival = arrival,
        .pmid = derive_pmid(record->pmid),
        .revised = facts_day(osler_record_date(record, "revised")),
        .error = error,
    };
    struct known known;
    osler_status status = known_find(s, prepared, &known, error);
    if (status == OSLER_OK && known.id) {
        s->put = known.id;
        status = put_known(&p, &known, change);
    } else if (status == OSLER_OK) {
        *change = STORE_NEW;
        status = write_record(&p, 0, 1, true);
    }
    return status == OSLER_OK ? segments_flush_full(s, error) : status;
}

osler_status store_put(store *s, const osler_record *record, const osler_appraisal *appraisal,
                       const store_arrival *arrival, store_change *change, osler_error *error)
{
    store_incoming incoming = {record, appraisal, arrival->original};
    return put_alone(s, &incoming, true, arrival, change, error);
}

/* The deletion as a version, with the bytes that said so. */
static osler_status add_deletion(store *s, int64_t id, const store_arrival *arrival,
                                 osler_error *error)
{
    static const osler_record nothing = {0};
    arena memory = {0};
    store_prepared deletion = {.incoming = {&nothing, NULL, arrival->original}}, *one = &deletion;
    struct put p = {.s = s, .prepared = &deletion, .arrival = arrival, .error = error};
    store_prepare_blocks(prepare_own(s), &memory, &one, 1);
    osler_status status = add_next_version(&p, id, "deletion");
    arena_free(&memory);
    return status;
}

/* Take a citation out of what is searched; `origin` says so. */
static osler_status hide(store *s, int64_t id, int64_t pmid, int64_t origin, osler_error *error)
{
    osler_status status = segments_drop(s, id, error);
    if (status == OSLER_OK)
        status = derive_hide(s, id, pmid, error);
    if (status == OSLER_OK)
        status =
            store_run(s, STATEMENT_BURY_CITATION, VALUES(value_int(id), value_int(origin)), error);
    return status == OSLER_OK ? store_run(s, STATEMENT_BURY_ARRIVAL, VALUES(value_int(id)), error)
                              : status;
}

osler_status store_put_version(store *s, const store_prepared *prepared, const store_place *place,
                               osler_error *error)
{
    const osler_record *record = prepared->incoming.record;
    store_arrival arrival = {.origin = place->origin, .line = place->line};
    struct put p = {
        .s = s,
        .prepared = prepared,
        .record = place->kind == STORE_PLACE_DELETION ? NULL : record,
        .arrival = &arrival,
        .pmid = derive_pmid(record->pmid),
        .revised = facts_day(osler_record_date(record, "revised")),
        .error = error,
    };
    arena_clear(&s->scratch);
    if (place->kind != STORE_PLACE_CURRENT)
        return add_version(&p, place->citation, place->number, p.record ? "record" : "deletion");
    osler_status status = write_record(&p, place->citation, place->number, true);
    if (status == OSLER_OK)
        status =
            store_run(s, STATEMENT_SET_FIRST_ORIGIN,
                      VALUES(value_int(place->citation), value_int(place->first_origin)), error);
    if (status == OSLER_OK && place->deleted)
        status = hide(s, place->citation, p.pmid, place->deleted, error);
    return status == OSLER_OK ? segments_flush_full(s, error) : status;
}

osler_status store_delete(store *s, const char *pmid, int pmid_version,
                          const store_arrival *arrival, store_change *change, osler_error *error)
{
    struct known known;
    arena_clear(&s->scratch);
    *change = STORE_ABSENT;
    osler_status status = known_by_pmid(s, derive_pmid(pmid), &known, error);
    bool other_version = pmid_version > 0 && pmid_version != known.version;
    if (status != OSLER_OK || !known.id || known.deleted || other_version)
        return status;
    *change = STORE_REMOVED;
    status = hide(s, known.id, known.pmid, arrival->origin, error);
    return status == OSLER_OK ? add_deletion(s, known.id, arrival, error) : status;
}
