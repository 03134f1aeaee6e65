/* The rows made from a record and its appraisal. */
#include "store/derive.h"

#include "appraise/appraise.h"
#include "record/identifiers.h"
#include "record/record.h"
#include "store/intern.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

int64_t derive_pmid(const char *text)
{
    unsigned long number;
    if (!text || strlen(text) > 12 || !str_number(str_of(text), &number))
        return 0;
    return (int64_t)number;
}

static void skip_prefix(str *s, const char *prefix)
{
    if (str_starts_with_ignoring_case(*s, str_of(prefix)))
        *s = str_trim(str_part(*s, strlen(prefix), s->length));
}

str derive_doi(buf *b, const char *doi)
{
    str bare = identifier_bare_doi(str_of(doi));
    buf_clear(b);
    for (size_t i = 0; i < bare.length; i++)
        buf_add_byte(b, char_lower(bare.data[i]));
    return buf_str(b);
}

str derive_pmcid(buf *b, const char *pmcid)
{
    unsigned long number;
    str s = str_trim(str_of(pmcid));
    skip_prefix(&s, "pmcid:");
    skip_prefix(&s, "pmc");
    buf_clear(b);
    size_t dot = str_find(s, '.'); /* a version: PMC1234567.1 */
    if (str_number(str_part(s, 0, dot), &number))
        buf_printf(b, "PMC%lu", number);
    return buf_str(b);
}

/* Rows being made; after the first failure nothing more is written. */
struct maker {
    store *s;
    int64_t id;
    const osler_record *record;
    buf text;
    osler_error *error;
    osler_status status;
};

static void make(struct maker *m, enum store_statement statement, store_values values)
{
    if (m->status == OSLER_OK)
        m->status = store_run(m->s, statement, values, m->error);
}

static store_value interned(struct maker *m, enum intern_table table, store_values values)
{
    int64_t id = 0;
    if (m->status == OSLER_OK)
        m->status = intern_get(m->s, table, values, &id, m->error);
    return value_int(id);
}

static store_value interned_str(struct maker *m, str text)
{
    return interned(m, INTERN_STRING, VALUES(value_str(text)));
}

/* NULL gives NULL. */
static store_value interned_text(struct maker *m, const char *text)
{
    return text ? interned_str(m, str_of(text)) : value_none();
}

static void identifier(struct maker *m, const char *scheme, str value)
{
    if (value.length)
        make(m, STATEMENT_ADD_IDENTIFIER,
             VALUES(value_int(m->id), interned_text(m, scheme), value_str(value)));
}

static void make_identifier(void *context, const char *scheme, str value)
{
    struct maker *m = context;
    if (strcmp(scheme, "doi") == 0)
        value = derive_doi(&m->text, value.data);
    else if (strcmp(scheme, "pmcid") == 0)
        value = derive_pmcid(&m->text, value.data);
    identifier(m, scheme, value);
}

/* `markup` as plain text, in `b` where it differs; NULL gives NULL. */
static store_value plain(buf *b, const char *markup)
{
    if (!markup || !strpbrk(markup, "<&"))
        return value_text(markup);
    buf_clear(b);
    markup_add_text(b, str_of(markup));
    return value_str(buf_str(b));
}

static void make_authors(struct maker *m)
{
    buf literal = {0};
    for (size_t i = 0; i < m->record->names.count; i++) {
        const osler_name *name = &m->record->names.items[i];
        if (name->superseded)
            continue;
        make(m, STATEMENT_ADD_AUTHOR,
             VALUES(value_int(m->id), value_int((int64_t)i + 1),
                    interned_text(m, name->role ? name->role : "author"),
                    plain(&m->text, name->family), value_text(name->given),
                    value_text(name->initials), plain(&literal, name->collective)));
    }
    buf_free(&literal);
}

static void make_types(struct maker *m)
{
    for (size_t i = 0; i < m->record->publication_types.count; i++) {
        const osler_publication_type *type = &m->record->publication_types.items[i];
        make(m, STATEMENT_ADD_TYPE,
             VALUES(
                 value_int(m->id), value_int((int64_t)i + 1),
                 interned(m, INTERN_TYPE,
                          VALUES(value_text(type->ui), value_text(type->name ? type->name : "")))));
    }
}

static void make_headings(struct maker *m)
{
    for (size_t i = 0; i < m->record->headings.count; i++) {
        const osler_heading *heading = &m->record->headings.items[i];
        bool major = heading->major;
        buf_clear(&m->text);
        for (size_t k = 0; k < heading->qualifiers.count; k++) {
            major |= heading->qualifiers.items[k].major;
            buf_add_text(&m->text, k ? "; " : "");
            buf_add_text(&m->text, heading->qualifiers.items[k].name);
        }
        make(m, STATEMENT_ADD_HEADING,
             VALUES(value_int(m->id), value_int((int64_t)i + 1),
                    interned(m, INTERN_HEADING,
                             VALUES(value_text(heading->ui),
                                    value_text(heading->name ? heading->name : ""))),
                    value_int(major),
                    heading->qualifiers.count ? interned_str(m, buf_str(&m->text)) : value_none()));
    }
}

static void make_corrections(struct maker *m)
{
    const osler_record *r = m->record;
    for (size_t i = 0; i < r->corrections.count; i++) {
        const osler_correction *c = &r->corrections.items[i];
        if (!c->type || strcmp(c->type, "Cites") == 0)
            continue;
        int64_t pmid = derive_pmid(c->pmid);
        make(m, STATEMENT_ADD_CORRECTION,
             VALUES(value_int(m->id), value_int((int64_t)i + 1), interned_text(m, c->type),
                    value_known(pmid), pmid ? value_none() : value_text(c->source)));
    }
}

static void make_flag(struct maker *m, int64_t whom, const char *flag, const char *by,
                      const char *reason)
{
    make(m, STATEMENT_ADD_FLAG,
         VALUES(value_int(m->id), value_known(whom), value_text(flag), value_known(derive_pmid(by)),
                value_text(reason ? reason : "")));
}

/* What the record says of itself and of others. */
static void make_flags(struct maker *m, const osler_flag_list *flags)
{
    appraise_statement_list others = {0};
    for (size_t i = 0; i < flags->count; i++) {
        const osler_flag *f = &flags->items[i];
        make_flag(m, derive_pmid(m->record->pmid), f->name, f->pmid, f->reason);
    }
    appraise_statements(&m->s->scratch, &others, m->record);
    for (size_t i = 0; i < others.count; i++) {
        const appraise_statement *o = &others.items[i];
        int64_t whom = derive_pmid(o->pmid);
        if (!whom)
            continue;
        make_flag(m, whom, o->flag, o->by_pmid, o->reason);
        store_note_flagged(m->s, whom);
    }
}

static void join(buf *b, const osler_text_list *list, const char *between)
{
    buf_clear(b);
    for (size_t i = 0; i < list->count; i++) {
        buf_add_text(b, i ? between : "");
        buf_add_text(b, list->items[i]);
    }
}

static int64_t ten_thousandths(double part)
{
    return lround(part * 10000);
}

static void make_appraisal(struct maker *m, const osler_appraisal *a)
{
    buf conflicts = {0};
    join(&m->text, &a->modifiers, " ");
    join(&conflicts, &a->conflicts, "\n");
    make(m, STATEMENT_ADD_DESIGN,
         VALUES(value_int(m->id), interned_text(m, a->design ? a->design : "unknown"),
                value_int(ten_thousandths(a->confidence)),
                m->text.length ? interned_str(m, buf_str(&m->text)) : value_none(),
                value_known(a->n), interned_text(m, a->n_kind), value_text(a->n_sentence),
                value_known(a->studies), value_int(a->synthesis_of_trials),
                conflicts.length ? value_str(buf_str(&conflicts)) : value_none()));
    buf_free(&conflicts);
    for (size_t i = 0; i < a->witnesses.count; i++) {
        const osler_witness *w = &a->witnesses.items[i];
        make(m, STATEMENT_ADD_WITNESS,
             VALUES(value_int(m->id), value_int((int64_t)i + 1), interned_text(m, w->source),
                    interned_text(m, w->design), interned_text(m, w->modifier),
                    interned_text(m, w->cue), interned_text(m, w->section),
                    value_int(ten_thousandths(w->weight))));
    }
    make_flags(m, &a->flags);
}

static osler_status finish(struct maker *m)
{
    buf_free(&m->text);
    return m->status;
}

osler_status derive_add(store *s, int64_t id, const osler_record *record,
                        const osler_appraisal *appraisal, osler_error *error)
{
    struct maker m = {.s = s, .id = id, .record = record, .error = error};
    identifier_each(m.record, make_identifier, &m);
    make_authors(&m);
    make_types(&m);
    make_headings(&m);
    make_corrections(&m);
    make_appraisal(&m, appraisal);
    return finish(&m);
}

static void drop_rows(struct maker *m, const enum store_statement *statements, size_t count)
{
    for (size_t i = 0; i < count; i++)
        make(m, statements[i], VALUES(value_int(m->id)));
}

static void drop_searched(struct maker *m)
{
    static const enum store_statement rows[] = {
        STATEMENT_DROP_AUTHORS,
        STATEMENT_DROP_TYPES,
        STATEMENT_DROP_HEADINGS,
        STATEMENT_DROP_CORRECTIONS,
    };
    drop_rows(m, rows, sizeof rows / sizeof *rows);
}

/* Those of whom it said something. */
static void note_flagged(struct maker *m, int64_t pmid)
{
    sqlite3_stmt *row;
    if (m->status != OSLER_OK)
        return;
    m->status = store_first(m->s, STATEMENT_FLAGGED_BY, VALUES(value_int(m->id), value_known(pmid)),
                            &row, m->error);
    for (; m->status == OSLER_OK; m->status = store_next(m->s, row, m->error))
        store_note_flagged(m->s, sqlite3_column_int64(row, 0));
    if (m->status == OSLER_END)
        m->status = OSLER_OK;
}

osler_status derive_drop(store *s, int64_t id, int64_t pmid, osler_error *error)
{
    static const enum store_statement rows[] = {
        STATEMENT_DROP_IDENTIFIERS,
        STATEMENT_DROP_DESIGN,
        STATEMENT_DROP_WITNESSES,
        STATEMENT_DROP_FLAGS,
    };
    struct maker m = {.s = s, .id = id, .error = error};
    drop_searched(&m);
    note_flagged(&m, pmid);
    if (!pmid)
        make(&m, STATEMENT_DROP_APART, VALUES(value_int(id)));
    drop_rows(&m, rows, sizeof rows / sizeof *rows);
    return m.status;
}

osler_status derive_hide(store *s, int64_t id, int64_t pmid, osler_error *error)
{
    struct maker m = {.s = s, .id = id, .error = error};
    drop_searched(&m);
    note_flagged(&m, pmid);
    make(&m, STATEMENT_DROP_NOTICES, VALUES(value_int(id), value_known(pmid)));
    return m.status;
}
