/* Tagged values as fields of a record.  What has no field, or a second value, is an extra. */
#include "formats/tagged/take.h"

#include "formats/entities.h"
#include "formats/nbib/nbib.h"
#include "record/identifiers.h"
#include "record/record.h"

#include <stddef.h>
#include <string.h>

str tagged_line(struct taking *t, str text)
{
    bool plain = true;
    text = str_trim(text);
    for (size_t i = 0; i < text.length && plain; i++) {
        unsigned char c = (unsigned char)text.data[i];
        plain = c > ' ' ? c != 0x7F : c == ' ' && text.data[i + 1] != ' ';
    }
    if (plain)
        return text;
    char *line = arena_room(t->scratch, text.length + 1);
    size_t length = 0;
    for (size_t i = 0; i < text.length; i++) {
        unsigned char c = (unsigned char)text.data[i];
        if (c > ' ' && c != 0x7F)
            line[length++] = (char)c;
        else if (length && line[length - 1] != ' ')
            line[length++] = ' ';
    }
    return str_trim((str){line, length});
}

str tagged_decoded(struct taking *t, str text)
{
    if (str_find(text, '&') == text.length)
        return text;
    buf decoded = {0};
    entities_decode(&decoded, text);
    str kept = {arena_copy(t->scratch, buf_str(&decoded)), decoded.length};
    buf_free(&decoded);
    return kept;
}

bool tagged_next_part(struct taking *t, str *rest, bool semicolons, str *part)
{
    while (rest->length) {
        size_t end = str_find(*rest, '\n');
        if (semicolons) {
            size_t stop = str_find(str_part(*rest, 0, end), ';');
            end = stop < end ? stop : end;
        }
        *part = tagged_line(t, str_part(*rest, 0, end));
        *rest = str_part(*rest, end + 1, rest->length);
        if (part->length)
            return true;
    }
    return false;
}

void tagged_keep(struct taking *t, str tag, str text)
{
    text = tagged_line(t, text);
    osler_extra *extra = text.length ? BUILDER_ADD(&t->build, &t->record->extras) : NULL;
    if (!extra)
        return;
    extra->tag = builder_keep(&t->build, tag);
    extra->value = builder_keep(&t->build, text);
}

void tagged_keep_value(struct taking *t, const struct tagged_value *value)
{
    if (value->tag.length)
        tagged_keep(t, value->row ? str_of(value->row->tag) : value->tag, value->text);
}

const char *tagged_markup(struct taking *t, str text)
{
    text = tagged_decoded(t, text);
    if (str_find(text, '<') == text.length && str_find(text, '>') == text.length &&
        str_find(text, '&') == text.length)
        return builder_keep(&t->build, text);
    buf markup = {0};
    markup_add_from_rich(&markup, text);
    const char *kept = builder_keep(&t->build, buf_str(&markup));
    buf_free(&markup);
    return kept;
}

void tagged_add_identifier(struct taking *t, const char *scheme, const char *value)
{
    osler_identifier *id = value ? BUILDER_ADD(&t->build, &t->record->identifiers) : NULL;
    if (id)
        *id = (osler_identifier){.scheme = scheme, .value = value};
}

/* Put the first text into `*member`; another one is an extra, the same again is nothing. */
static void take_into(struct taking *t, const struct tagged_value *value, const char **member,
                      bool markup)
{
    str text = tagged_line(t, value->text);
    if (!text.length)
        return;
    const char *kept =
        markup ? tagged_markup(t, text) : builder_keep(&t->build, tagged_decoded(t, text));
    if (!*member)
        *member = kept;
    else if (kept && !str_equal_ignoring_case(str_of(*member), str_of(kept)))
        tagged_keep_value(t, value);
}

static void take_type(struct taking *t, const struct tagged_value *value)
{
    (void)t, (void)value; /* it has been looked at before all others */
}

static void take_title(struct taking *t, const struct tagged_value *value)
{
    take_into(t, value, &t->record->title, true);
}

static void take_waiting(struct taking *t, const struct tagged_value *value, str *waiting)
{
    str text = tagged_decoded(t, tagged_line(t, value->text));
    if (!waiting->length)
        *waiting = text;
    else if (text.length && !str_equal_ignoring_case(*waiting, text))
        tagged_keep_value(t, value);
}

static void take_secondary_title(struct taking *t, const struct tagged_value *value)
{
    take_waiting(t, value, &t->secondary);
}

static void take_journal(struct taking *t, const struct tagged_value *value)
{
    take_waiting(t, value, &t->journal);
}

static void take_journal_or_short(struct taking *t, const struct tagged_value *value)
{
    take_waiting(t, value, &t->either);
}

/* BT is the book itself, or the one that holds a chapter. */
static void take_book_title(struct taking *t, const struct tagged_value *value)
{
    if (t->record->csl_type && strcmp(t->record->csl_type, "book") == 0)
        take_title(t, value);
    else
        take_journal(t, value);
}

/* Abbreviations with stops are ISO's, without them MEDLINE's. */
static void add_short_journal(struct taking *t, const struct tagged_value *value, str text)
{
    osler_record *r = t->record;
    bool stops = str_find(text, '.') < text.length;
    const char **first = stops ? &r->container_title_iso : &r->container_title_medline;
    const char **second = stops ? &r->container_title_medline : &r->container_title_iso;
    if (!*first)
        *first = builder_keep(&t->build, text);
    else if (!*second && !stops)
        *second = builder_keep(&t->build, text);
    else if (!str_equal_ignoring_case(str_of(*first), text) && value)
        tagged_keep_value(t, value);
}

static void take_short_journal(struct taking *t, const struct tagged_value *value)
{
    static const str address = STR("http");
    str text = tagged_decoded(t, tagged_line(t, value->text));
    if (str_starts_with(text, address))
        tagged_take_url(t, value);
    else if (text.length)
        add_short_journal(t, value, text);
}

static void take_iso_journal(struct taking *t, const struct tagged_value *value)
{
    take_into(t, value, &t->record->container_title_iso, false);
}

static void take_database(struct taking *t, const struct tagged_value *value)
{
    take_into(t, value, &t->database, false);
}

static void take_provider(struct taking *t, const struct tagged_value *value)
{
    if (!t->provider.text.length)
        t->provider = *value;
    tagged_keep_value(t, value);
}

/* The sections of a structured abstract, whose text may have tags. */
static void take_abstract(struct taking *t, const struct tagged_value *value)
{
    osler_section_list *sections = &t->record->abstract;
    str text = tagged_decoded(t, tagged_line(t, value->text));
    size_t first = sections->count;
    if (!text.length)
        return;
    nbib_add_sections(&t->build, sections, text);
    for (size_t i = first; i < sections->count; i++) {
        str plain = str_of(sections->items[i].text);
        if (str_find(plain, '&') == plain.length)
            continue;
        buf decoded = {0};
        markup_add_text(&decoded, plain);
        sections->items[i].text = tagged_markup(t, buf_str(&decoded));
        buf_free(&decoded);
    }
    if (first && sections->count == 2 && sections->items[0].text && sections->items[1].text &&
        strcmp(sections->items[0].text, sections->items[1].text) == 0)
        sections->count = 1; /* AB and N2 say the same */
}

static bool cut_star(str *text)
{
    bool star = text->length && text->data[0] == '*';
    if (star)
        *text = str_trim(str_part(*text, 1, text->length));
    return star;
}

static void take_keyword(struct taking *t, const struct tagged_value *value)
{
    str rest = value->text, one;
    while (tagged_next_part(t, &rest, true, &one)) {
        bool major = cut_star(&one);
        osler_keyword *keyword = one.length ? BUILDER_ADD(&t->build, &t->record->keywords) : NULL;
        if (!keyword)
            continue;
        keyword->text = tagged_markup(t, one);
        keyword->major = major;
    }
}

/* "Headache", then its qualifiers, each behind a slash; a star for what is major */
static void take_heading(struct taking *t, const struct tagged_value *value)
{
    str rest = tagged_line(t, value->text), part;
    if (!str_next_field(&rest, '/', &part) || !str_trim(part).length)
        return;
    osler_heading *heading = BUILDER_ADD(&t->build, &t->record->headings);
    part = str_trim(part);
    if (!heading)
        return;
    heading->major = cut_star(&part);
    heading->name = builder_keep(&t->build, part);
    while (str_next_field(&rest, '/', &part)) {
        part = str_trim(part);
        bool major = cut_star(&part);
        osler_qualifier *qualifier =
            part.length ? BUILDER_ADD(&t->build, &heading->qualifiers) : NULL;
        if (!qualifier)
            continue;
        qualifier->major = major;
        qualifier->name = builder_keep(&t->build, part);
    }
}

static void take_genre(struct taking *t, const struct tagged_value *value)
{
    str rest = value->text, one;
    osler_publication_type_list *types = &t->record->publication_types;
    if (identifier_bare_doi(tagged_line(t, value->text)).length) {
        tagged_take_doi(t, value);
        return;
    }
    while (tagged_next_part(t, &rest, true, &one)) {
        bool known = false;
        for (size_t i = 0; i < types->count; i++)
            known |= str_equal_ignoring_case(one, str_of(types->items[i].name));
        osler_publication_type *type = known ? NULL : BUILDER_ADD(&t->build, types);
        if (type)
            type->name = builder_keep(&t->build, one);
    }
}

static void take_number(struct taking *t, const struct tagged_value *value)
{
    if (t->number.text.length)
        tagged_keep_value(t, value);
    else
        t->number = *value;
}

static void take_reference(struct taking *t, const struct tagged_value *value)
{
    str rest = value->text, one;
    while (tagged_next_part(t, &rest, false, &one)) {
        osler_reference *reference = BUILDER_ADD(&t->build, &t->record->references);
        if (reference)
            reference->citation = builder_keep_markup(&t->build, one);
    }
}

static void take_extra(struct taking *t, const struct tagged_value *value)
{
    const char *name = value->row->argument;
    tagged_keep(t, name ? str_of(name) : str_of(value->row->tag), value->text);
}

/* Several dates may say the same: all wait until the end. */
static void take_date(struct taking *t, const struct tagged_value *value)
{
    if (!str_trim(value->text).length)
        return;
    if (!t->date.text.length)
        t->date = *value;
    else if (!t->year.text.length)
        t->year = *value;
    else if (!str_equal(str_trim(value->text), str_trim(t->year.text)) &&
             !str_equal(str_trim(value->text), str_trim(t->date.text)))
        tagged_keep_value(t, value);
}

static void take_year(struct taking *t, const struct tagged_value *value)
{
    if (t->year.text.length && !t->date.text.length)
        t->date = t->year;
    else if (t->year.text.length)
        take_date(t, &t->year);
    t->year = *value;
}

static void take_first_page(struct taking *t, const struct tagged_value *value)
{
    if (t->first_page.text.length)
        tagged_keep_value(t, value);
    else
        t->first_page = *value;
}

static void take_pages(struct taking *t, const struct tagged_value *value)
{
    take_first_page(t, value);
}

static void take_last_page(struct taking *t, const struct tagged_value *value)
{
    if (t->last_page.length)
        tagged_keep_value(t, value);
    else
        t->last_page = tagged_line(t, value->text);
}

static void take_article_number(struct taking *t, const struct tagged_value *value)
{
    take_into(t, value, &t->record->article_number, false);
}

#define take_names tagged_take_names
#define take_doi tagged_take_doi
#define take_pmid tagged_take_pmid
#define take_pmcid tagged_take_pmcid
#define take_accession tagged_take_accession
#define take_custom tagged_take_custom
#define take_url tagged_take_url
#define take_groups tagged_take_groups
#define take_full_names tagged_take_full_names
#define take_affiliation tagged_take_affiliation
#define take_accessed tagged_take_accessed
#define take_serial_number tagged_take_serial_number

static const struct {
    enum { INTO_TEXT, INTO_MARKUP, INTO_TEXTS, BY_FUNCTION } kind;
    size_t offset;
    void (*take)(struct taking *t, const struct tagged_value *value);
} fields[] = {
#define TEXT_FIELD(name, member) {INTO_TEXT, offsetof(osler_record, member), NULL},
#define MARKUP_FIELD(name, member) {INTO_MARKUP, offsetof(osler_record, member), NULL},
#define TEXTS_FIELD(name, member) {INTO_TEXTS, offsetof(osler_record, member), NULL},
#define DO_FIELD(name, function) {BY_FUNCTION, 0, take_##function},
#include "formats/tagged/fields.def"
#undef TEXT_FIELD
#undef MARKUP_FIELD
#undef TEXTS_FIELD
#undef DO_FIELD
};

/* One text; where lists are continued lines, one a line. */
static void take_texts(struct taking *t, const struct tagged_value *value, osler_text_list *list)
{
    str rest = value->text, one;
    if (t->dialect->repeats)
        builder_add_text(&t->build, list, tagged_line(t, value->text));
    else
        while (tagged_next_part(t, &rest, false, &one))
            builder_add_text(&t->build, list, one);
}

static void take_value(struct taking *t, const struct tagged_value *value)
{
    enum tagged_field field = value->row->field;
    void *member = (char *)t->record + fields[field].offset;
    switch (fields[field].kind) {
    case INTO_TEXT: take_into(t, value, member, false); break;
    case INTO_MARKUP: take_into(t, value, member, true); break;
    case INTO_TEXTS: take_texts(t, value, member); break;
    case BY_FUNCTION: fields[field].take(t, value); break;
    }
}

/* The type by the dialect's table; one that it has not, or says otherwise, is kept as well. */
/* NOLINTNEXTLINE(readability-function-cognitive-complexity) */
static void find_type(struct taking *t, const struct tagged_value *values, size_t count)
{
    const struct tagged_dialect *d = t->dialect;
    for (size_t i = 0; i < count; i++) {
        if (!values[i].row || values[i].row->field != TAGGED_TYPE)
            continue;
        str code = tagged_line(t, values[i].text);
        if (t->type.length) {
            tagged_keep_value(t, &values[i]);
            continue;
        }
        t->type = code;
        const char *canonical = NULL;
        for (size_t k = 0; k < d->type_count && !t->record->csl_type; k++)
            if (str_equal_ignoring_case(code, str_of(d->types[k].code)))
                t->record->csl_type = d->types[k].csl;
        for (size_t k = 0; k < d->type_count && !canonical && t->record->csl_type; k++)
            if (strcmp(d->types[k].csl, t->record->csl_type) == 0)
                canonical = d->types[k].code;
        if (!canonical || !str_is(code, canonical))
            tagged_keep_value(t, &values[i]);
    }
    if (!t->record->csl_type)
        t->record->csl_type = t->type.length ? "document" : "article-journal";
}

/* Where an affiliation stands behind an author, and another author behind it. */
static void find_affiliations(struct taking *t, const struct tagged_value *values, size_t count)
{
    size_t authors = 0;
    bool behind = false;
    for (size_t i = 0; i < count; i++) {
        const struct tagged_row *row = values[i].row;
        bool author = row && row->field == TAGGED_NAMES && strcmp(row->argument, "author") == 0;
        bool place = row && row->field == TAGGED_AFFILIATION;
        t->apart |= author && behind;
        authors += author;
        behind = place && authors;
    }
    t->apart |= authors == 1;
}

static bool is_type(const osler_record *record, const char *a, const char *b)
{
    const char *type = record->csl_type;
    return type && (strcmp(type, a) == 0 || strcmp(type, b) == 0);
}

/* Which of the titles is the journal's, the book's or the series'. */
static void finish_titles(struct taking *t)
{
    osler_record *r = t->record;
    bool series = is_type(r, "book", "report") && t->secondary.length;
    if (series && !r->collection_title) {
        r->collection_title = builder_keep(&t->build, t->secondary);
        t->secondary.length = 0;
    }
    str names[] = {t->journal, t->secondary, t->either};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (!names[i].length)
            continue;
        if (!r->container_title)
            r->container_title = builder_keep(&t->build, names[i]);
        else if (!str_equal_ignoring_case(names[i], str_of(r->container_title)))
            add_short_journal(t, NULL, names[i]);
    }
    if (!r->container_title)
        r->container_title =
            r->container_title_medline ? r->container_title_medline : r->container_title_iso;
}

static void finish_numbers(struct taking *t)
{
    if (!str_trim(t->number.text).length)
        return;
    if (is_type(t->record, "report", "standard") && !t->record->report_number)
        t->record->report_number = builder_keep(&t->build, tagged_line(t, t->number.text));
    else
        tagged_keep_value(t, &t->number);
}

/* EndNote repeats every title as its short form. */
static void drop_short_title(osler_record *record)
{
    osler_extra_list *extras = &record->extras;
    size_t left = 0;
    for (size_t i = 0; i < extras->count; i++) {
        const osler_extra *extra = &extras->items[i];
        if (!extra->tag || strcmp(extra->tag, "title-short") != 0 || !record->title ||
            strcmp(extra->value, record->title) != 0)
            extras->items[left++] = *extra;
    }
    extras->count = left;
}

/* Keywords at the end that only repeat the headings, in their order, are no keywords. */
static void drop_repeated_headings(osler_record *record)
{
    osler_keyword_list *keywords = &record->keywords;
    const osler_heading_list *headings = &record->headings;
    if (!headings->count || keywords->count < headings->count)
        return;
    buf heading = {0}, keyword = {0};
    size_t first = keywords->count - headings->count;
    bool same = true;
    for (size_t i = 0; i < headings->count && same; i++) {
        buf_clear(&heading);
        buf_clear(&keyword);
        tagged_add_heading(&heading, &headings->items[i]);
        buf_add_text(&keyword, keywords->items[first + i].major ? "*" : "");
        markup_add_text(&keyword, str_of(keywords->items[first + i].text));
        same = str_equal(buf_str(&heading), buf_str(&keyword));
    }
    if (same)
        keywords->count = first;
    buf_free(&heading);
    buf_free(&keyword);
}

void tagged_take(struct taking *t, const struct tagged_value *values, size_t count)
{
    find_type(t, values, count);
    find_affiliations(t, values, count);
    for (size_t i = 0; i < count && !t->build.exceeded; i++) {
        if (values[i].row)
            take_value(t, &values[i]);
        else
            tagged_keep_value(t, &values[i]);
        if (!values[i].row ||
            (values[i].row->field != TAGGED_NAMES && values[i].row->field != TAGGED_AFFILIATION))
            t->last_name = NULL;
    }
    finish_titles(t);
    tagged_finish_identifiers(t);
    finish_numbers(t);
    tagged_finish_date(t);
    tagged_finish_pages(t);
    drop_short_title(t->record);
    drop_repeated_headings(t->record);
}
