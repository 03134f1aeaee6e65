/* The fields of PubMed's text, tag by tag: see tags.def. */
#include "formats/nbib/nbib.h"
#include "record/dates.h"
#include "record/identifiers.h"
#include "record/pages.h"
#include "record/record.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>

static bool is(const char *text, const char *expected)
{
    return text && strcmp(text, expected) == 0;
}

/* Cut "text (note)" or "text [note]"; false when there is no note at the end. */
static bool cut_note(str text, char open, char close, str *before, str *note)
{
    *before = text;
    *note = (str){"", 0};
    if (!text.length || text.data[text.length - 1] != close)
        return false;
    size_t start = text.length;
    while (start && text.data[start - 1] != open)
        start--;
    if (!start)
        return false;
    *before = str_trim(str_part(text, 0, start - 1));
    *note = str_trim(str_part(text, start, text.length - start - 1));
    return true;
}

static void nbib_extra(nbib_parser *p, const struct nbib_value *value)
{
    osler_extra *extra = value->text.length ? BUILDER_ADD(&p->build, &p->record->extras) : NULL;
    if (!extra)
        return;
    extra->tag = value->argument ? value->argument : builder_keep(&p->build, value->tag);
    extra->value = builder_keep(&p->build, value->text);
}

static void nbib_pmid(nbib_parser *p, const struct nbib_value *value)
{
    if (p->record->pmid || !value->text.length)
        return;
    p->record->pmid = identifier_pmid(p->build.memory, value->text);
    p->record->pmid_version = p->record->pmid ? 1 : 0;
    if (!p->record->pmid)
        p->record->key = builder_keep(&p->build, value->text);
}

static void nbib_place(nbib_parser *p, const struct nbib_value *value)
{
    if (!p->place)
        p->place = builder_keep(&p->build, value->text);
}

/* "0955-2359 (Print)"; "(Linking)" joins the media.  A number of a further medium is an extra. */
static void nbib_issn(nbib_parser *p, const struct nbib_value *value)
{
    str number, type;
    cut_note(value->text, '(', ')', &number, &type);
    bool linking = str_equal_ignoring_case(type, str_of("linking"));
    const char **member = linking ? &p->record->issn_linking : &p->record->issn;
    if (*member) {
        bool known =
            str_is(number, *member) && (linking || str_equal(type, str_of(p->record->issn_type)));
        if (!known)
            nbib_extra(p, value);
        return;
    }
    *member = builder_keep(&p->build, number);
    if (!linking)
        p->record->issn_type = builder_keep(&p->build, type);
}

static void nbib_isbn(nbib_parser *p, const struct nbib_value *value)
{
    str number, type;
    static const str prefix = STR("ISBN ");
    cut_note(value->text, '(', ')', &number, &type);
    if (str_starts_with_ignoring_case(number, prefix))
        number = str_trim(str_part(number, prefix.length, number.length));
    builder_add_text(&p->build, &p->record->isbn, number);
}

static void nbib_abstract(nbib_parser *p, const struct nbib_value *value)
{
    nbib_add_sections(&p->build, &p->record->abstract, value->text);
}

/* "Publisher: text" */
static void nbib_other_abstract(nbib_parser *p, const struct nbib_value *value)
{
    osler_other_abstract *other =
        value->text.length ? BUILDER_ADD(&p->build, &p->record->other_abstracts) : NULL;
    if (!other)
        return;
    str text = value->text;
    size_t colon = str_find(text, ':');
    if (colon < 40 && colon < text.length && str_find(text, ' ') > colon) {
        other->type = builder_keep(&p->build, str_part(text, 0, colon));
        text = str_trim(str_part(text, colon + 1, text.length));
    }
    nbib_add_sections(&p->build, &other->sections, text);
}

static osler_other_abstract *last_other_abstract(nbib_parser *p)
{
    size_t count = p->record->other_abstracts.count;
    return count ? &p->record->other_abstracts.items[count - 1]
                 : BUILDER_ADD(&p->build, &p->record->other_abstracts);
}

static void nbib_other_language(nbib_parser *p, const struct nbib_value *value)
{
    osler_other_abstract *other = value->text.length ? last_other_abstract(p) : NULL;
    if (other && !other->language)
        other->language = builder_keep(&p->build, value->text);
}

static void nbib_other_copyright(nbib_parser *p, const struct nbib_value *value)
{
    osler_other_abstract *other = value->text.length ? last_other_abstract(p) : NULL;
    if (other && !other->copyright)
        other->copyright = builder_keep_markup(&p->build, value->text);
}

/* A time that only one of them has makes no other date of it. */
static bool same_date(const osler_date *a, const osler_date *b)
{
    return is(a->kind, b->kind) && a->year && a->year == b->year && a->month == b->month &&
           a->day == b->day &&
           (!a->hour || !b->hour || (a->hour == b->hour && a->minute == b->minute));
}

/* CRDT, EDAT, MHDA and PMCR come again as PHST. */
static void add_date(nbib_parser *p, const osler_date *date)
{
    enum { COMPARED = 32 };
    size_t count = p->record->dates.count;
    for (size_t i = 0; i < count && i < COMPARED; i++) {
        osler_date *known = &p->record->dates.items[i];
        if (!same_date(known, date))
            continue;
        known->hour = known->hour ? known->hour : date->hour;
        known->minute = known->minute ? known->minute : date->minute;
        return;
    }
    osler_date *added = BUILDER_ADD(&p->build, &p->record->dates);
    if (added)
        *added = *date;
}

static void nbib_issued(nbib_parser *p, const struct nbib_value *value)
{
    osler_date date = {.kind = value->argument};
    if (!value->text.length)
        return;
    bool exact = date_parse(&date, value->text);
    if (!exact || date.end_year)
        date.text = builder_keep(&p->build, value->text);
    add_date(p, &date);
}

static void nbib_date(nbib_parser *p, const struct nbib_value *value)
{
    osler_date date = {.kind = value->argument};
    if (!value->text.length)
        return;
    if (!date_parse_digits(&date, value->text) && !date_parse(&date, value->text))
        date.text = builder_keep(&p->build, value->text);
    add_date(p, &date);
}

/* "2016/03/01 00:00 [received]" */
static void nbib_history(nbib_parser *p, const struct nbib_value *value)
{
    str text, status;
    char kind[96];
    cut_note(value->text, '[', ']', &text, &status);
    status = str_part(status.length ? status : str_of("unknown"), 0, 80);
    snprintf(kind, sizeof kind, "history:%.*s", STR_ARG(status));
    struct nbib_value date = {value->tag, text, builder_keep(&p->build, str_of(kind))};
    if (date.argument)
        nbib_date(p, &date);
}

static void add_identifier(nbib_parser *p, const char *scheme, str text)
{
    enum { COMPARED = 64 };
    osler_identifier_list *list = &p->record->identifiers;
    for (size_t i = 0; i < list->count && i < COMPARED; i++)
        if (is(list->items[i].scheme, scheme) && str_is(text, list->items[i].value))
            return;
    osler_identifier *id = text.length ? BUILDER_ADD(&p->build, list) : NULL;
    if (id)
        *id = (osler_identifier){scheme, builder_keep(&p->build, text), false};
}

/* "10.1000/xyz [doi]"; some programs write "doi:10.1000/xyz". */
static const char *take_identifier(nbib_parser *p, str text, str *value)
{
    str type;
    const char *scheme = "";
    if (cut_note(text, '[', ']', value, &type))
        scheme = builder_lower_case(&p->build, builder_keep(&p->build, type));
    else if (identifier_doi(p->build.memory, text))
        scheme = "doi";
    scheme = scheme && *scheme ? scheme : "pii";
    add_identifier(p, scheme, *value);
    return scheme;
}

static void nbib_location(nbib_parser *p, const struct nbib_value *value)
{
    str id;
    const char *scheme = take_identifier(p, value->text, &id);
    if (is(scheme, "doi") && !p->doi)
        p->doi = identifier_doi(p->build.memory, id);
}

static void nbib_article_id(nbib_parser *p, const struct nbib_value *value)
{
    str id;
    const char *scheme = take_identifier(p, value->text, &id);
    if (is(scheme, "doi") && !p->record->doi)
        p->record->doi = identifier_doi(p->build.memory, id);
    if (is(scheme, "pii") && !p->record->pii)
        p->record->pii = builder_keep(&p->build, id);
}

static void nbib_plain_id(nbib_parser *p, const struct nbib_value *value)
{
    if (!value->text.length)
        return;
    add_identifier(p, value->argument, value->text);
    if (is(value->argument, "pmc") && !p->record->pmcid)
        p->record->pmcid = identifier_pmcid(p->build.memory, value->text);
}

/* "NLM: PMC123456" */
static void nbib_other_id(nbib_parser *p, const struct nbib_value *value)
{
    osler_identifier *id =
        value->text.length ? BUILDER_ADD(&p->build, &p->record->other_ids) : NULL;
    if (!id)
        return;
    size_t colon = str_find(value->text, ':');
    bool named = colon < value->text.length;
    str scheme = str_part(value->text, 0, named ? colon : 0);
    str text = str_trim(str_part(value->text, named ? colon + 1 : 0, value->text.length));
    id->scheme = builder_lower_case(&p->build, builder_keep(&p->build, str_trim(scheme)));
    id->value = builder_keep(&p->build, text);
}

/* "ClinicalTrials.gov/NCT02239640": the numbers of one bank follow each other. */
static void nbib_databank(nbib_parser *p, const struct nbib_value *value)
{
    if (!value->text.length)
        return;
    size_t slash = str_find(value->text, '/');
    bool named = slash < value->text.length;
    str name = str_part(value->text, 0, slash);
    str number = str_part(value->text, named ? slash + 1 : 0, value->text.length);
    osler_databank_list *list = &p->record->databanks;
    osler_databank *bank = list->count ? &list->items[list->count - 1] : NULL;
    if (!bank || !named || !str_is(name, bank->name ? bank->name : "")) {
        bank = BUILDER_ADD(&p->build, list);
        if (bank && named)
            bank->name = builder_keep(&p->build, name);
    }
    if (bank)
        builder_add_text(&p->build, &bank->numbers, str_trim(number));
}

/* "0 (Annexin A5)": the number has no space but in "EC 1.1.1.1". */
static void nbib_chemical(nbib_parser *p, const struct nbib_value *value)
{
    osler_chemical *chemical =
        value->text.length ? BUILDER_ADD(&p->build, &p->record->chemicals) : NULL;
    if (!chemical)
        return;
    size_t open = str_find(value->text, '(');
    bool named = open < value->text.length && value->text.data[value->text.length - 1] == ')';
    chemical->registry_number = builder_keep(
        &p->build, str_trim(str_part(value->text, 0, named ? open : value->text.length)));
    if (named)
        chemical->name =
            builder_keep(&p->build, str_part(value->text, open + 1, value->text.length - open - 2));
}

static void nbib_substance(nbib_parser *p, const struct nbib_value *value)
{
    osler_supplementary *substance =
        value->text.length ? BUILDER_ADD(&p->build, &p->record->supplementaries) : NULL;
    if (substance)
        substance->name = builder_keep(&p->build, value->text);
}

static void nbib_publication_type(nbib_parser *p, const struct nbib_value *value)
{
    osler_publication_type *type =
        value->text.length ? BUILDER_ADD(&p->build, &p->record->publication_types) : NULL;
    if (type)
        type->name = builder_keep(&p->build, value->text);
}

/* Cut the star of a major topic off `*text`. */
static bool cut_star(str *text)
{
    bool star = text->length && text->data[0] == '*';
    if (star)
        *text = str_part(*text, 1, text->length);
    return star;
}

/* "Neck Pain/therapy/economics", a star before each part that is a major topic. */
static void nbib_heading(nbib_parser *p, const struct nbib_value *value)
{
    str rest = value->text, part;
    osler_heading *heading = rest.length ? BUILDER_ADD(&p->build, &p->record->headings) : NULL;
    if (!heading || !str_next_field(&rest, '/', &part))
        return;
    heading->major = cut_star(&part);
    heading->name = builder_keep(&p->build, str_trim(part));
    while (str_next_field(&rest, '/', &part)) {
        bool star = cut_star(&part);
        osler_qualifier *qualifier =
            part.length ? BUILDER_ADD(&p->build, &heading->qualifiers) : NULL;
        if (!qualifier)
            continue;
        qualifier->major = star;
        qualifier->name = builder_keep(&p->build, str_trim(part));
    }
}

static void nbib_keyword_owner(nbib_parser *p, const struct nbib_value *value)
{
    if (value->text.length)
        p->keyword_owner = builder_keep(&p->build, value->text);
}

static void nbib_keyword(nbib_parser *p, const struct nbib_value *value)
{
    str text = value->text;
    osler_keyword *keyword = text.length ? BUILDER_ADD(&p->build, &p->record->keywords) : NULL;
    if (!keyword)
        return;
    keyword->major = cut_star(&text);
    keyword->text = builder_keep_markup(&p->build, text);
    keyword->owner = p->keyword_owner;
}

/* The offset of the last `needle` in `s`, or its length. */
static size_t find_last(str s, const char *needle)
{
    str part = str_of(needle);
    for (size_t i = s.length; i-- > 0;)
        if (str_starts_with(str_part(s, i, s.length), part))
            return i;
    return s.length;
}

/* "Lancet. 2002 May 25;359(9320):1851-6. PMID: 12044394" */
static void nbib_correction(nbib_parser *p, const struct nbib_value *value)
{
    osler_correction *correction =
        value->text.length ? BUILDER_ADD(&p->build, &p->record->corrections) : NULL;
    if (!correction)
        return;
    size_t at = find_last(value->text, "PMID: ");
    str source = str_trim(str_part(value->text, 0, at));
    correction->type = value->argument;
    if (at < value->text.length) {
        correction->pmid =
            identifier_pmid(p->build.memory, str_part(value->text, at + 6, value->text.length));
        if (source.length && source.data[source.length - 1] == '.')
            source.length--;
    }
    correction->source = builder_keep(&p->build, source);
}

static const struct nbib_rule rules[] = {
#define TEXT(tag, member) {tag, NBIB_TEXT, offsetof(osler_record, member), NULL, NULL},
#define MARKUP(tag, member) {tag, NBIB_MARKUP, offsetof(osler_record, member), NULL, NULL},
#define TEXTS(tag, member) {tag, NBIB_TEXTS, offsetof(osler_record, member), NULL, NULL},
#define DO(tag, does, argument) {tag, NBIB_DO, 0, does, argument},
#include "formats/nbib/tags.def"
#undef TEXT
#undef MARKUP
#undef TEXTS
#undef DO
};

const struct nbib_rule *nbib_rule(str tag)
{
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++)
        if (str_is(tag, rules[i].tag))
            return &rules[i];
    return NULL;
}

void nbib_start(nbib_parser *p, arena *memory, unsigned line)
{
    buf value = p->value, decoded = p->decoded;
    *p = (nbib_parser){.value = value, .decoded = decoded, .line = line};
    p->record = builder_start(&p->build, memory);
}

/* A title that comes in several lines of its own is one. */
static void append_markup(nbib_parser *p, const char **member, str text)
{
    const char *added = builder_keep_markup(&p->build, text);
    if (!*member || !added) {
        *member = *member ? *member : added;
        return;
    }
    buf joined = {0};
    buf_printf(&joined, "%s %s", *member, added);
    *member = builder_keep(&p->build, buf_str(&joined));
    buf_free(&joined);
}

void nbib_take(nbib_parser *p, str tag, str text)
{
    const struct nbib_rule *rule = nbib_rule(tag);
    struct nbib_value value = {tag, text, rule ? rule->argument : NULL};
    if (!rule) {
        nbib_extra(p, &value);
        return;
    }
    char *member = (char *)p->record + rule->offset;
    switch (rule->kind) {
    case NBIB_TEXT:
        if (!*(const char **)(void *)member)
            *(const char **)(void *)member = builder_keep(&p->build, text);
        break;
    case NBIB_MARKUP:
        if (text.length)
            append_markup(p, (const char **)(void *)member, text);
        break;
    case NBIB_TEXTS: builder_add_text(&p->build, (osler_text_list *)(void *)member, text); break;
    case NBIB_DO: rule->handler(p, &value); break;
    }
}

static void choose_article_number(osler_record *record)
{
    if (record->pages && pages_is_article_number(str_of(record->pages)))
        record->article_number = record->pages;
    for (size_t i = 0; i < record->identifiers.count && !record->pages; i++) {
        const osler_identifier *id = &record->identifiers.items[i];
        if (is(id->scheme, "pii") && id->value && pages_is_article_number(str_of(id->value))) {
            record->article_number = id->value;
            return;
        }
    }
}

static void choose_type(nbib_parser *p)
{
    osler_record *record = p->record;
    bool book = record->book_title != NULL;
    bool chapter = book && record->title && strcmp(record->title, record->book_title) != 0;
    record->csl_type = chapter ? "chapter" : book ? "book" : "article-journal";
    if (book && !record->title)
        record->title = record->book_title;
    *(book ? &record->publisher_place : &record->country) = p->place;
    if (!chapter || record->container_title)
        return;
    buf plain = {0};
    markup_add_text(&plain, str_of(record->book_title));
    record->container_title = builder_keep(&p->build, buf_str(&plain));
    buf_free(&plain);
}

/* What no tag of its own says: AID goes before LID, and OID may hold a number of PMC. */
static void choose_identifiers(nbib_parser *p)
{
    osler_record *record = p->record;
    if (!record->doi)
        record->doi = p->doi;
    for (size_t i = 0; i < record->identifiers.count && !record->pii; i++)
        if (is(record->identifiers.items[i].scheme, "pii"))
            record->pii = record->identifiers.items[i].value;
    for (size_t i = 0; i < record->other_ids.count && !record->pmcid; i++) {
        const osler_identifier *id = &record->other_ids.items[i];
        if (is(id->scheme, "nlm") && id->value)
            record->pmcid = identifier_pmcid(p->build.memory, str_of(id->value));
    }
}

void nbib_finish(nbib_parser *p)
{
    osler_record *record = p->record;
    choose_type(p);
    choose_identifiers(p);
    if (record->pages)
        pages_expand(p->build.memory, str_of(record->pages), &record->page_first,
                     &record->page_last);
    choose_article_number(record);
    for (size_t i = 0; i < record->keywords.count && p->keyword_owner; i++)
        if (!record->keywords.items[i].owner)
            record->keywords.items[i].owner = p->keyword_owner;
}
