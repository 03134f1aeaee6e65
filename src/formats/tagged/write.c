/* Records as tagged lines: the rows of a format's table, in their order. */
#include "formats/tagged/write.h"

#include "record/cited.h"
#include "record/pages.h"
#include "record/record.h"

#include <stddef.h>
#include <string.h>

static bool is(const char *text, const char *expected)
{
    return text && strcmp(text, expected) == 0;
}

bool tagged_has_row(const struct tagged_dialect *d, enum tagged_field field)
{
    for (size_t i = 0; i < d->row_count; i++)
        if (d->rows[i].field == field && d->rows[i].written)
            return true;
    return false;
}

static bool is_plain_line(str text)
{
    for (size_t i = 0; i < text.length; i++)
        if ((unsigned char)text.data[i] < ' ')
            return false;
    return true;
}

void tagged_put_line(struct putting *p, const char *tag, str text)
{
    if (!text.length)
        return;
    p->puts++;
    if (p->put_value) {
        p->put_value(p->context, tag, text);
        return;
    }
    if (!p->dialect->repeats && p->listed == tag) {
        buf_add_text(p->out, "   ");
    } else {
        buf_add_text(p->out, p->dialect->before_tag);
        buf_add_text(p->out, tag);
        buf_add_text(p->out, p->dialect->behind_tag);
        p->listed = tag;
    }
    if (is_plain_line(text))
        buf_add(p->out, text);
    else
        for (size_t i = 0; i < text.length; i++)
            buf_add_byte(p->out, (unsigned char)text.data[i] < ' ' ? ' ' : text.data[i]);
    buf_add_byte(p->out, '\n');
}

static void put_text(struct putting *p, const struct tagged_row *row, const char *text)
{
    tagged_put_line(p, row->tag, str_of(text));
}

void tagged_add_rich(buf *out, const char *markup)
{
    str text = str_of(markup);
    if (str_find(text, '&') == text.length && str_find(text, '<') == text.length)
        buf_add(out, text);
    else
        markup_add_rich(out, text);
}

static void put_markup(struct putting *p, const struct tagged_row *row, const char *markup)
{
    buf_clear(&p->work);
    tagged_add_rich(&p->work, markup);
    tagged_put_line(p, row->tag, buf_str(&p->work));
}

static const struct osler_extra *find_extra(const osler_record *record, const char *tag)
{
    for (size_t i = 0; i < record->extras.count; i++)
        if (is(record->extras.items[i].tag, tag))
            return &record->extras.items[i];
    return NULL;
}

/* The source's own word for the type, where it says the same. */
static void put_type(struct putting *p, const struct tagged_row *row)
{
    const struct tagged_dialect *d = p->dialect;
    const osler_extra *own = find_extra(p->record, row->tag);
    const char *type = p->record->csl_type ? p->record->csl_type : "document";
    const char *code = NULL, *general = d->types[d->type_count - 1].code;
    for (size_t i = 0; i < d->type_count; i++) {
        if (strcmp(d->types[i].csl, type) != 0)
            continue;
        if (!code)
            code = d->types[i].code;
        if (own && str_equal_ignoring_case(str_of(own->value), str_of(d->types[i].code)))
            code = d->types[i].code;
    }
    if (!code && own && is(type, "document"))
        code = own->value;
    put_text(p, row, code ? code : general);
}

static void put_title(struct putting *p, const struct tagged_row *row)
{
    const osler_record *r = p->record;
    const char *title = r->title ? r->title : is(r->csl_type, "book") ? r->book_title : NULL;
    if (!title && !tagged_has_row(p->dialect, TAGGED_ORIGINAL_TITLE))
        title = r->vernacular_title;
    put_markup(p, row, title);
}

static void put_affiliation(struct putting *p, const struct tagged_row *row)
{
    (void)p, (void)row; /* behind each name */
}

static void put_groups(struct putting *p, const struct tagged_row *row)
{
    (void)p, (void)row; /* among the names */
}

/* True when the secondary title of this record is its series. */
static bool holds_series(const struct putting *p)
{
    const char *type = p->record->csl_type;
    return (is(type, "book") || is(type, "report")) &&
           tagged_has_row(p->dialect, TAGGED_SECONDARY_TITLE);
}

/* Where a journal has a tag of its own, that is for articles. */
static bool is_in_journal(const struct putting *p)
{
    static const str article = STR("article");
    return str_starts_with(str_of(p->record->csl_type), article);
}

/* The journal, the book of a chapter; of a book and a report, this tag is the series'. */
static void put_secondary_title(struct putting *p, const struct tagged_row *row)
{
    const osler_record *r = p->record;
    if (is_in_journal(p) && tagged_has_row(p->dialect, TAGGED_JOURNAL))
        return;
    if (holds_series(p))
        put_text(p, row, r->collection_title);
    else if (r->container_title || !is(r->csl_type, "chapter"))
        put_text(p, row, r->container_title);
    else
        put_markup(p, row, r->book_title);
}

static void put_journal(struct putting *p, const struct tagged_row *row)
{
    bool other = tagged_has_row(p->dialect, TAGGED_SECONDARY_TITLE) && !holds_series(p);
    if (is_in_journal(p) || !other)
        put_text(p, row, p->record->container_title);
}

static void put_book_title(struct putting *p, const struct tagged_row *row)
{
    const osler_record *r = p->record;
    if (r->container_title || !is(r->csl_type, "chapter"))
        put_text(p, row, r->container_title);
    else
        put_markup(p, row, r->book_title);
}

static void put_journal_or_short(struct putting *p, const struct tagged_row *row)
{
    if (holds_series(p))
        put_text(p, row, p->record->container_title);
}

static void put_short_journal(struct putting *p, const struct tagged_row *row)
{
    put_text(p, row, p->record->container_title_medline);
}

static void put_iso_journal(struct putting *p, const struct tagged_row *row)
{
    put_text(p, row, p->record->container_title_iso);
}

/* True when the pages are one range without more, which two fields hold. */
static bool is_one_range(const osler_record *record)
{
    str pages = str_of(record->pages);
    size_t dashes = 0;
    for (size_t i = 0; i < pages.length; i++) {
        dashes += pages.data[i] == '-';
        if (pages.data[i] == ',' || pages.data[i] == ' ' || pages.data[i] == ';')
            return false;
    }
    return dashes == 1 && record->page_first && record->page_last;
}

static void put_first_page(struct putting *p, const struct tagged_row *row)
{
    const osler_record *r = p->record;
    const osler_extra *count = find_extra(r, "number-of-pages");
    if (r->pages)
        put_text(p, row, is_one_range(r) ? r->page_first : r->pages);
    else if (count && is(r->csl_type, "book"))
        put_text(p, row, count->value);
}

static void put_last_page(struct putting *p, const struct tagged_row *row)
{
    if (is_one_range(p->record))
        put_text(p, row, p->record->page_last);
}

static void put_pages(struct putting *p, const struct tagged_row *row)
{
    const osler_extra *count = find_extra(p->record, "number-of-pages");
    bool number = p->record->article_number && !tagged_has_row(p->dialect, TAGGED_ARTICLE_NUMBER);
    if (p->record->pages || number)
        put_text(p, row, p->record->pages ? p->record->pages : p->record->article_number);
    else if (count && is(p->record->csl_type, "book"))
        put_text(p, row, count->value);
}

static void put_article_number(struct putting *p, const struct tagged_row *row)
{
    const osler_record *r = p->record;
    if (r->article_number && !is(r->pages, r->article_number))
        put_text(p, row, r->article_number);
}

static bool has_isbn_row(const struct tagged_dialect *d)
{
    for (size_t i = 0; i < d->row_count; i++)
        if (d->rows[i].field == TAGGED_SERIAL_NUMBER && d->rows[i].written &&
            is(d->rows[i].argument, "ISBN"))
            return true;
    return false;
}

/* A tag with an argument is for that type of ISSN alone, or for ISBNs. */
static void put_serial_number(struct putting *p, const struct tagged_row *row)
{
    const osler_record *r = p->record;
    bool electronic = is(r->issn_type, "Electronic") && is(row->argument, "Electronic");
    bool isbns = row->argument ? is(row->argument, "ISBN")
                               : p->dialect->repeats && !has_isbn_row(p->dialect);
    buf_clear(&p->work);
    if (r->issn && !row->argument && r->issn_type && p->dialect->repeats) {
        buf_printf(&p->work, "%s (%s)", r->issn, r->issn_type);
        tagged_put_line(p, row->tag, buf_str(&p->work));
    } else if (r->issn && (electronic || (!row->argument && !is(r->issn_type, "Electronic")))) {
        put_text(p, row, r->issn);
    }
    for (size_t i = 0; isbns && i < r->isbn.count; i++)
        put_text(p, row, r->isbn.items[i]);
}

static void put_doi(struct putting *p, const struct tagged_row *row)
{
    put_text(p, row, p->record->doi);
}

static void put_pmid(struct putting *p, const struct tagged_row *row)
{
    put_text(p, row, p->record->pmid);
}

static void put_pmcid(struct putting *p, const struct tagged_row *row)
{
    put_text(p, row, p->record->pmcid);
}

static void put_accession(struct putting *p, const struct tagged_row *row)
{
    const osler_record *r = p->record;
    bool put = false;
    for (size_t i = 0; i < r->identifiers.count && !put; i++) {
        const osler_identifier *id = &r->identifiers.items[i];
        if (is(id->scheme, "accession") && id->value) {
            put_text(p, row, id->value);
            put = true;
        }
    }
    if (p->pmid_is_accession)
        put_text(p, row, r->pmid);
}

/* The PMID, where the accession number is another's. */
static void put_custom(struct putting *p, const struct tagged_row *row)
{
    if (!p->record->pmid || p->pmid_is_accession)
        return;
    buf_clear(&p->work);
    buf_printf(&p->work, "PMID: %s", p->record->pmid);
    tagged_put_line(p, row->tag, buf_str(&p->work));
}

static void put_database(struct putting *p, const struct tagged_row *row)
{
    const char *database = p->record->database;
    put_text(p, row, !database && p->pmid_is_accession ? "PubMed" : database);
}

static void put_provider(struct putting *p, const struct tagged_row *row)
{
    const osler_extra *provider = find_extra(p->record, row->tag);
    if (provider)
        put_text(p, row, provider->value);
}

static void put_url(struct putting *p, const struct tagged_row *row)
{
    for (size_t i = 0; i < p->record->urls.count; i++)
        put_text(p, row, p->record->urls.items[i]);
}

static void put_abstract(struct putting *p, const struct tagged_row *row)
{
    const osler_section_list *sections = &p->record->abstract;
    buf_clear(&p->work);
    for (size_t i = 0; i < sections->count; i++) {
        const osler_section *section = &sections->items[i];
        buf_add_text(&p->work, p->work.length ? " " : "");
        if (section->label) {
            buf_add_text(&p->work, section->label);
            buf_add_text(&p->work, ": ");
        }
        tagged_add_rich(&p->work, section->text);
    }
    tagged_put_line(p, row->tag, buf_str(&p->work));
}

void tagged_add_heading(buf *out, const osler_heading *heading)
{
    buf_add_text(out, heading->major ? "*" : "");
    buf_add_text(out, heading->name);
    for (size_t i = 0; i < heading->qualifiers.count; i++) {
        buf_add_text(out, heading->qualifiers.items[i].major ? "/*" : "/");
        buf_add_text(out, heading->qualifiers.items[i].name);
    }
}

/* Headings are keywords too, as other programs know no headings. */
static void put_keyword(struct putting *p, const struct tagged_row *row)
{
    const osler_keyword_list *keywords = &p->record->keywords;
    const osler_heading_list *headings = &p->record->headings;
    size_t count = keywords->count + headings->count;
    for (size_t i = 0; i < count; i++) {
        buf_clear(&p->work);
        if (i < keywords->count) {
            buf_add_text(&p->work, keywords->items[i].major ? "*" : "");
            tagged_add_rich(&p->work, keywords->items[i].text);
        } else {
            tagged_add_heading(&p->work, &headings->items[i - keywords->count]);
        }
        if (!p->dialect->repeats && i + 1 < count)
            buf_add_byte(&p->work, ';');
        tagged_put_line(p, row->tag, buf_str(&p->work));
    }
}

static void put_heading(struct putting *p, const struct tagged_row *row)
{
    for (size_t i = 0; i < p->record->headings.count; i++) {
        buf_clear(&p->work);
        tagged_add_heading(&p->work, &p->record->headings.items[i]);
        tagged_put_line(p, row->tag, buf_str(&p->work));
    }
}

/* No record leaves without its mark: "Retracted Publication", also where only a notice says it. */
static void put_genre(struct putting *p, const struct tagged_row *row)
{
    static const char retracted[] = "Retracted Publication";
    const osler_publication_type_list *types = &p->record->publication_types;
    const char *mark = cited_mark(p->record);
    bool said = !is(mark, "RETRACTED: ");
    for (size_t i = 0; i < types->count; i++) {
        said |= is(types->items[i].name, retracted);
        put_text(p, row, types->items[i].name);
    }
    if (!said)
        put_text(p, row, retracted);
}

static void put_number(struct putting *p, const struct tagged_row *row)
{
    if (is(p->record->csl_type, "report") || is(p->record->csl_type, "standard"))
        put_text(p, row, p->record->report_number);
}

static void put_reference(struct putting *p, const struct tagged_row *row)
{
    for (size_t i = 0; i < p->record->references.count; i++) {
        buf_clear(&p->work);
        markup_add_text(&p->work, str_of(p->record->references.items[i].citation));
        tagged_put_line(p, row->tag, buf_str(&p->work));
    }
}

static void put_extra(struct putting *p, const struct tagged_row *row)
{
    const char *name = row->argument ? row->argument : row->tag;
    for (size_t i = 0; i < p->record->extras.count; i++)
        if (is(p->record->extras.items[i].tag, name))
            put_text(p, row, p->record->extras.items[i].value);
}

#define put_names tagged_put_names
#define put_full_names tagged_put_full_names
#define put_year tagged_put_year
#define put_date tagged_put_date
#define put_accessed tagged_put_accessed

static const struct {
    enum { FROM_TEXT, FROM_MARKUP, FROM_TEXTS, BY_FUNCTION } kind;
    size_t offset;
    void (*put)(struct putting *p, const struct tagged_row *row);
} fields[] = {
#define TEXT_FIELD(name, member) {FROM_TEXT, offsetof(osler_record, member), NULL},
#define MARKUP_FIELD(name, member) {FROM_MARKUP, offsetof(osler_record, member), NULL},
#define TEXTS_FIELD(name, member) {FROM_TEXTS, offsetof(osler_record, member), NULL},
#define DO_FIELD(name, function) {BY_FUNCTION, 0, put_##function},
#include "formats/tagged/fields.def"
#undef TEXT_FIELD
#undef MARKUP_FIELD
#undef TEXTS_FIELD
#undef DO_FIELD
};

static void put_row(struct putting *p, const struct tagged_row *row)
{
    const void *member = (const char *)p->record + fields[row->field].offset;
    const char *const *text = member;
    const osler_text_list *list = member;
    switch (fields[row->field].kind) {
    case FROM_TEXT:
        if (row->field != TAGGED_SERIES || !holds_series(p))
            put_text(p, row, *text);
        break;
    case FROM_MARKUP: put_markup(p, row, *text); break;
    case FROM_TEXTS:
        for (size_t i = 0; i < list->count; i++)
            put_text(p, row, list->items[i]);
        break;
    case BY_FUNCTION: fields[row->field].put(p, row); break;
    }
}

/* True when the table has put this extra, or its type, already. */
static bool is_put(const struct putting *p, const osler_extra *extra)
{
    bool pages =
        is(extra->tag, "number-of-pages") && !p->record->pages && is(p->record->csl_type, "book");
    for (size_t i = 0; i < p->dialect->row_count && !pages; i++) {
        const struct tagged_row *row = &p->dialect->rows[i];
        const char *name = row->argument && row->field == TAGGED_EXTRA ? row->argument : row->tag;
        if (is(extra->tag, name) && row->written &&
            (row->field == TAGGED_EXTRA || row->field == TAGGED_TYPE ||
             row->field == TAGGED_PROVIDER))
            return true;
    }
    return pages;
}

/* True when a line with this tag reads as an extra again: unknown, or a second value. */
static bool stays_extra(const struct putting *p, const char *tag)
{
    for (size_t i = 0; i < p->dialect->row_count; i++) {
        enum tagged_field field = p->dialect->rows[i].field;
        if (is(p->dialect->rows[i].tag, tag))
            return p->put[i] || field == TAGGED_CUSTOM || field == TAGGED_PMCID ||
                   field == TAGGED_NUMBER || field == TAGGED_AFFILIATION ||
                   field == TAGGED_SERIAL_NUMBER;
    }
    return true;
}

static const struct tagged_row *note_row(const struct tagged_dialect *d)
{
    for (size_t i = 0; i < d->row_count; i++)
        if (d->rows[i].field == TAGGED_NOTE && d->rows[i].written)
            return &d->rows[i];
    return NULL;
}

/* Extras under tags of the format stay what they are; of others a note says what they were. */
static void put_extras(struct putting *p)
{
    const struct tagged_row *note = note_row(p->dialect);
    const char *mark = cited_mark(p->record);
    for (size_t i = 0; i < p->record->extras.count; i++) {
        const osler_extra *extra = &p->record->extras.items[i];
        if (!extra->tag || !extra->value || is_put(p, extra))
            continue;
        p->listed = NULL;
        if (p->dialect->is_free(str_of(extra->tag)) && stays_extra(p, extra->tag)) {
            tagged_put_line(p, extra->tag, str_of(extra->value));
        } else if (note) {
            buf_clear(&p->work);
            buf_printf(&p->work, "%s: %s", extra->tag, extra->value);
            tagged_put_line(p, note->tag, buf_str(&p->work));
        }
    }
    if (mark && !is(mark, "RETRACTED: ") && note)
        tagged_put_line(p, note->tag, str_part(str_of(mark), 0, strlen(mark) - 2));
}

static const osler_date *date_of(const osler_record *record)
{
    const osler_date *issued = osler_record_date(record, "issued");
    return issued ? issued : osler_record_date(record, "epublished");
}

static void put_record(struct putting *p, const osler_record *record,
                       const struct tagged_dialect *dialect)
{
    p->record = record;
    p->dialect = dialect;
    p->issued = date_of(record);
    p->pmid_is_accession = record->pmid && !tagged_has_row(dialect, TAGGED_PMID) &&
                           (!record->database || is(record->database, "PubMed"));
    for (size_t i = 0; i < record->identifiers.count; i++)
        if (is(record->identifiers.items[i].scheme, "accession"))
            p->pmid_is_accession = false;
    for (size_t i = 0; i < dialect->row_count; i++) {
        p->listed = NULL;
        size_t before = p->puts;
        if (dialect->rows[i].written)
            put_row(p, &dialect->rows[i]);
        p->put[i] = p->puts > before;
    }
    put_extras(p);
    buf_free(&p->work);
}

void tagged_write(buf *out, const osler_record *record, const struct tagged_dialect *dialect)
{
    struct putting p = {.out = out};
    put_record(&p, record, dialect);
}

void tagged_write_values(const osler_record *record, const struct tagged_dialect *dialect,
                         void (*put)(void *context, const char *tag, str text), void *context)
{
    struct putting p = {.put_value = put, .context = context};
    put_record(&p, record, dialect);
}
