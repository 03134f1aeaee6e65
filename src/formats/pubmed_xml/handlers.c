/* What only code can say about the elements of a record: see elements.def. */
#include "formats/pubmed_xml/handlers.h"

#include "record/dates.h"
#include "record/identifiers.h"
#include "record/record.h"

#include <string.h>

enum {
    MOST_COMPARED = 64 /* identifiers that may be given twice; more would be a hostile record */
};

bool pubmed_is(const char *text, const char *expected)
{
    return text && strcmp(text, expected) == 0;
}

void pubmed_set_identifier(pubmed_parser *p, str text)
{
    osler_identifier *id = p->objects[OBJECT_identifier];
    if (id)
        id->value = pubmed_keep(p, text);
}

void pubmed_add_identifier(pubmed_parser *p, osler_identifier_list *list, const char *scheme)
{
    osler_identifier *id = PUBMED_ADD(p, list);
    p->objects[OBJECT_identifier] = id;
    if (id)
        id->scheme = builder_lower_case(&p->build, scheme);
}

/* An attribute for which the DTD has a default. */
static const char *attribute_or(pubmed_parser *p, const struct attributes *attributes,
                                const char *name, const char *otherwise)
{
    const char *value = pubmed_attribute(p, attributes, name);
    return value ? value : otherwise;
}

void pubmed_start_citation(pubmed_parser *p, const struct rule *rule,
                           const struct attributes *attributes)
{
    (void)rule;
    p->deletion = false;
    p->record->csl_type = "article-journal";
    p->record->status = pubmed_attribute(p, attributes, "Status");
    p->record->owner = attribute_or(p, attributes, "Owner", "NLM");
    p->record->indexing_method = pubmed_attribute(p, attributes, "IndexingMethod");
    const char *date = pubmed_attribute(p, attributes, "VersionDate");
    const char *id = pubmed_attribute(p, attributes, "VersionID");
    if (!date && !id)
        return;
    buf version = {0};
    buf_printf(&version, "%s%s%s", date ? date : "", date && id ? " " : "", id ? id : "");
    p->record->version_date = pubmed_keep(p, buf_str(&version));
    buf_free(&version);
}

void pubmed_start_book(pubmed_parser *p, const struct rule *rule,
                       const struct attributes *attributes)
{
    (void)rule;
    (void)attributes;
    p->deletion = false;
    p->is_book = true;
}

/* The PMID alone is a deletion; the first one of a record is its own. */
void pubmed_start_pmid(pubmed_parser *p, const struct rule *rule,
                       const struct attributes *attributes)
{
    p->deletion = rule->context == pubmed_document;
    if (p->record->pmid)
        return;
    unsigned long version;
    const char *text = pubmed_attribute(p, attributes, "Version");
    bool valid = text && str_number(str_of(text), &version) && version && version < 100000;
    p->record->pmid_version = valid ? (int)version : 1;
}

void pubmed_end_pmid(pubmed_parser *p, const struct rule *rule, str text)
{
    (void)rule;
    if (p->record->pmid)
        return;
    p->record->pmid = identifier_pmid(p->build.memory, text);
    /* Not one of PubMed's own: the record is not lost for it, but has no PMID. */
    if (!p->record->pmid && !p->record->key)
        p->record->key = pubmed_keep(p, text);
    if (!p->record->pmid)
        p->record->pmid_version = 0;
}

void pubmed_start_date(pubmed_parser *p, const struct rule *rule,
                       const struct attributes *attributes)
{
    (void)attributes;
    p->date_parts = (struct date_parts){0};
    osler_date *date = PUBMED_ADD(p, &p->record->dates);
    p->objects[OBJECT_date] = date;
    if (date)
        date->kind = rule->argument;
}

void pubmed_start_history_date(pubmed_parser *p, const struct rule *rule,
                               const struct attributes *attributes)
{
    pubmed_start_date(p, rule, attributes);
    osler_date *date = p->objects[OBJECT_date];
    const char *given = pubmed_attribute(p, attributes, "PubStatus");
    char kind[96] = "history:";
    size_t before = strlen(kind);
    str status = str_part(str_of(given ? given : "unknown"), 0, 80);
    while (((unsigned char)status.data[status.length] & 0xC0) == 0x80)
        status.length--; /* no character is cut */
    memcpy(kind + before, status.data, status.length);
    if (date)
        date->kind = pubmed_keep(p, (str){kind, before + status.length});
}

static int small_number(const char *text, int most)
{
    unsigned long number;
    return text && str_number(str_of(text), &number) && number <= (unsigned long)most ? (int)number
                                                                                      : -1;
}

/* Whether `text` says, behind `before`, nothing but a date that has all parts of `like`. */
static bool is_date_part(const char *before, const char *text, osler_date like)
{
    osler_date date = {0};
    buf printed = {0};
    buf_printf(&printed, "%s%s", before, text ? text : "");
    bool valid = text && date_parse(&date, buf_str(&printed));
    buf_free(&printed);
    return valid && (!like.year || date.year) && (!like.month || date.month || date.season) &&
           (!like.day || date.day);
}

static void add_piece(buf *b, const char *piece)
{
    if (piece && b->length)
        buf_add_byte(b, ' ');
    buf_add_text(b, piece);
}

/* 1 to `most` from one or two digits; else 0. */
static int plain_number(const char *text, int most)
{
    int number = 0;
    for (size_t i = 0; text[i]; i++) {
        if (!char_is_digit(text[i]) || i == 2)
            return 0;
        number = number * 10 + (text[i] - '0');
    }
    return number <= most ? number : 0;
}

static int plain_month(const char *text)
{
    for (const char *c = text; *c; c++)
        if (!char_is_letter(*c))
            return plain_number(text, 12);
    return date_month(str_of(text));
}

/*
 * Most dates are a year, a month and a day that no month lacks: those are read at once, all others
 * (false, and nothing is done) by date_parse().
 */
static bool parse_plain(osler_date *date, const struct date_parts *parts)
{
    unsigned long year;
    if (!parts->year || parts->season || parts->printed || strlen(parts->year) != 4 ||
        !str_number(str_of(parts->year), &year) || year < 1600 || year > 2099)
        return false;
    int month = parts->month ? plain_month(parts->month) : 0;
    int day = parts->day ? plain_number(parts->day, 28) : 0;
    if ((parts->month && !month) || (parts->day && (!day || !month)))
        return false;
    date->year = (int)year;
    date->month = month;
    date->day = day;
    return true;
}

/* Year, month, day and season come apart: a part that is none must not be taken for another. */
static bool parse_parts(osler_date *date, const struct date_parts *parts)
{
    bool year = is_date_part("", parts->year, (osler_date){.year = 1});
    bool month = is_date_part("2000 ", parts->month, (osler_date){.month = 1});
    bool day = month && is_date_part("2000 Jan ", parts->day, (osler_date){.day = 1});
    bool season = parts->season && !char_is_digit(parts->season[0]) &&
                  is_date_part("2000 ", parts->season, (osler_date){.month = 1});
    buf valid = {0};
    add_piece(&valid, year ? parts->year : "2000");
    add_piece(&valid, month ? parts->month : NULL);
    add_piece(&valid, day ? parts->day : NULL);
    add_piece(&valid, season ? parts->season : NULL);
    bool exact = date_parse(date, buf_str(&valid));
    buf_free(&valid);
    if (!year)
        date->year = date->end_year = date->end_month = date->end_day = date->end_season = 0;
    return exact && year && month == (parts->month != NULL) && day == (parts->day != NULL) &&
           season == (parts->season != NULL);
}

/* A season may hold a range of months, and MedlineDate anything. */
void pubmed_end_date(pubmed_parser *p, const struct rule *rule, str text)
{
    (void)rule;
    (void)text;
    osler_date *date = p->objects[OBJECT_date];
    const struct date_parts *parts = &p->date_parts;
    if (!date)
        return;
    p->objects[OBJECT_date] = NULL;
    date->hour = small_number(parts->hour, 23) + 1;
    date->minute = small_number(parts->minute, 59) + 1;
    if (parse_plain(date, parts))
        return;
    buf printed = {0};
    add_piece(&printed, parts->printed ? parts->printed : parts->year);
    for (int i = 0; i < 3 && !parts->printed; i++)
        add_piece(&printed, i == 0 ? parts->month : i == 1 ? parts->day : parts->season);
    bool exact = parts->printed ? date_parse(date, buf_str(&printed)) : parse_parts(date, parts);
    if (printed.length && (!exact || parts->printed || date->end_year))
        date->text = pubmed_keep(p, buf_str(&printed));
    if (!printed.length)
        p->record->dates.count--; /* an element without content */
    buf_free(&printed);
}

void pubmed_end_extra(pubmed_parser *p, const struct rule *rule, str text)
{
    const char *value = pubmed_keep(p, text);
    osler_extra *extra = value ? PUBMED_ADD(p, &p->record->extras) : NULL;
    if (extra)
        *extra = (osler_extra){rule->element.data, value};
}

void pubmed_start_other_id(pubmed_parser *p, const struct rule *rule,
                           const struct attributes *attributes)
{
    (void)rule;
    osler_identifier *id = PUBMED_ADD(p, &p->record->other_ids);
    p->objects[OBJECT_identifier] = id;
    if (id)
        id->scheme = builder_lower_case(&p->build, pubmed_attribute(p, attributes, "Source"));
}

void pubmed_end_other_id(pubmed_parser *p, const struct rule *rule, str text)
{
    (void)rule;
    pubmed_set_identifier(p, text);
}

void pubmed_start_abstract(pubmed_parser *p, const struct rule *rule,
                           const struct attributes *attributes)
{
    (void)rule;
    (void)attributes;
    p->sections = &p->record->abstract;
    p->copyright = &p->record->abstract_copyright;
}

void pubmed_start_other_abstract(pubmed_parser *p, const struct rule *rule,
                                 const struct attributes *attributes)
{
    (void)rule;
    osler_other_abstract *other = PUBMED_ADD(p, &p->record->other_abstracts);
    p->sections = other ? &other->sections : NULL;
    p->copyright = other ? &other->copyright : NULL;
    if (!other)
        return;
    other->type = pubmed_attribute(p, attributes, "Type");
    other->language = attribute_or(p, attributes, "Language", "eng");
}

void pubmed_start_section(pubmed_parser *p, const struct rule *rule,
                          const struct attributes *attributes)
{
    (void)rule;
    osler_section *section = p->sections ? PUBMED_ADD(p, p->sections) : NULL;
    p->objects[OBJECT_section] = section;
    if (!section)
        return;
    section->label = pubmed_attribute(p, attributes, "Label");
    section->category = pubmed_attribute(p, attributes, "NlmCategory");
}

void pubmed_end_section(pubmed_parser *p, const struct rule *rule, str text)
{
    (void)rule;
    osler_section *section = p->objects[OBJECT_section];
    if (!section)
        return;
    section->text = pubmed_keep(p, text);
    if (!section->text && !section->label)
        p->sections->count--;
}

void pubmed_end_copyright(pubmed_parser *p, const struct rule *rule, str text)
{
    (void)rule;
    if (p->copyright && !*p->copyright)
        *p->copyright = pubmed_keep(p, text);
}

void pubmed_start_keyword_list(pubmed_parser *p, const struct rule *rule,
                               const struct attributes *attributes)
{
    (void)rule;
    p->parts.keyword_owner = attribute_or(p, attributes, "Owner", "NLM");
}

void pubmed_start_keyword(pubmed_parser *p, const struct rule *rule,
                          const struct attributes *attributes)
{
    (void)rule;
    osler_keyword *keyword = PUBMED_ADD(p, &p->record->keywords);
    p->objects[OBJECT_keyword] = keyword;
    if (!keyword)
        return;
    keyword->owner = p->parts.keyword_owner;
    keyword->major = pubmed_attribute_is(attributes, "MajorTopicYN", "Y");
}

void pubmed_end_keyword(pubmed_parser *p, const struct rule *rule, str text)
{
    (void)rule;
    osler_keyword *keyword = p->objects[OBJECT_keyword];
    if (!keyword)
        return;
    keyword->text = pubmed_keep(p, text);
    if (!keyword->text)
        p->record->keywords.count--;
}

void pubmed_start_old_correction(pubmed_parser *p, const struct rule *rule,
                                 const struct attributes *attributes)
{
    (void)attributes;
    osler_correction *correction = PUBMED_ADD(p, &p->record->corrections);
    p->objects[OBJECT_correction] = correction;
    if (correction)
        correction->type = rule->element.data;
}

/* Identifiers of the record itself: from Article and from its own ArticleIdList. */
static void start_own_id(pubmed_parser *p, const struct attributes *attributes, const char *type)
{
    pubmed_add_identifier(p, &p->record->identifiers, pubmed_attribute(p, attributes, type));
    osler_identifier *id = p->objects[OBJECT_identifier];
    if (id)
        id->invalid = pubmed_attribute_is(attributes, "ValidYN", "N");
}

void pubmed_start_location(pubmed_parser *p, const struct rule *rule,
                           const struct attributes *attributes)
{
    (void)rule;
    start_own_id(p, attributes, "EIdType");
}

void pubmed_start_article_id(pubmed_parser *p, const struct rule *rule,
                             const struct attributes *attributes)
{
    (void)rule;
    start_own_id(p, attributes, "IdType");
}

/* Where an identifier stands decides which DOI is the record's: those of ArticleIdList go first. */
static void end_own_id(pubmed_parser *p, str text, bool listed)
{
    pubmed_set_identifier(p, text);
    osler_identifier *id = p->objects[OBJECT_identifier];
    osler_identifier_list *list = &p->record->identifiers;
    if (!id)
        return;
    if (!id->scheme) /* the DTD's default */
        id->scheme = "pubmed";
    if (listed && pubmed_is(id->scheme, "doi") && !id->invalid && !p->record->doi)
        p->record->doi = identifier_doi(p->build.memory, text);
    if (listed && pubmed_is(id->scheme, "pii") && !id->invalid && !p->record->pii)
        p->record->pii = id->value;
    if (listed && (pubmed_is(id->scheme, "pmc") || pubmed_is(id->scheme, "pmcid")) &&
        !p->record->pmcid)
        p->record->pmcid = identifier_pmcid(p->build.memory, text);
    bool known = !id->value;
    size_t compared = list->count < MOST_COMPARED ? list->count : MOST_COMPARED;
    for (size_t i = 0; i + 1 < compared && !known; i++)
        known = pubmed_is(list->items[i].scheme, id->scheme) &&
                pubmed_is(list->items[i].value, id->value) && list->items[i].invalid == id->invalid;
    if (known)
        list->count--;
}

void pubmed_end_location(pubmed_parser *p, const struct rule *rule, str text)
{
    (void)rule;
    end_own_id(p, text, false);
}

void pubmed_end_article_id(pubmed_parser *p, const struct rule *rule, str text)
{
    (void)rule;
    end_own_id(p, text, true);
}

void pubmed_start_parameter(pubmed_parser *p, const struct rule *rule,
                            const struct attributes *attributes)
{
    (void)rule;
    p->parts.item_list = pubmed_attribute(p, attributes, "Name");
}

void pubmed_end_parameter(pubmed_parser *p, const struct rule *rule, str text)
{
    (void)rule;
    osler_object *object = p->objects[OBJECT_object];
    if (!object)
        return;
    buf parameter = {0};
    buf_printf(&parameter, "%s=", p->parts.item_list ? p->parts.item_list : "");
    buf_add(&parameter, text);
    builder_add_text(&p->build, &object->parameters, buf_str(&parameter));
    buf_free(&parameter);
}

void pubmed_start_reference_list(pubmed_parser *p, const struct rule *rule,
                                 const struct attributes *attributes)
{
    (void)rule;
    (void)attributes;
    p->parts.reference_title = NULL;
}

void pubmed_start_reference(pubmed_parser *p, const struct rule *rule,
                            const struct attributes *attributes)
{
    (void)rule;
    (void)attributes;
    osler_reference *reference = PUBMED_ADD(p, &p->record->references);
    p->objects[OBJECT_reference] = reference;
    if (reference)
        reference->section = p->parts.reference_title;
}

void pubmed_start_reference_id(pubmed_parser *p, const struct rule *rule,
                               const struct attributes *attributes)
{
    (void)rule;
    osler_reference *reference = p->objects[OBJECT_reference];
    const char *type = pubmed_attribute(p, attributes, "IdType");
    if (reference)
        pubmed_add_identifier(p, &reference->identifiers, type ? type : "pubmed");
}

/* A label that no title has taken stands for its section. */
static void add_section_label(pubmed_parser *p)
{
    if (p->parts.section_label)
        builder_add_text(&p->build, &p->record->sections, str_of(p->parts.section_label));
    p->parts.section_label = NULL;
}

void pubmed_start_book_section(pubmed_parser *p, const struct rule *rule,
                               const struct attributes *attributes)
{
    (void)rule;
    (void)attributes;
    add_section_label(p);
}

void pubmed_end_book_section(pubmed_parser *p, const struct rule *rule, str text)
{
    (void)rule;
    (void)text;
    add_section_label(p);
}

void pubmed_end_section_label(pubmed_parser *p, const struct rule *rule, str text)
{
    (void)rule;
    add_section_label(p);
    p->parts.section_label = pubmed_keep(p, text);
}

/* "1 Introduction" */
void pubmed_end_section_title(pubmed_parser *p, const struct rule *rule, str text)
{
    (void)rule;
    buf title = {0};
    if (!text.length)
        return;
    add_piece(&title, p->parts.section_label);
    p->parts.section_label = NULL;
    if (title.length)
        buf_add_byte(&title, ' ');
    buf_add(&title, text);
    builder_add_text(&p->build, &p->record->sections, buf_str(&title));
    buf_free(&title);
}

void pubmed_start_item_list(pubmed_parser *p, const struct rule *rule,
                            const struct attributes *attributes)
{
    (void)rule;
    p->parts.item_list = pubmed_attribute(p, attributes, "ListType");
}

void pubmed_end_list_item(pubmed_parser *p, const struct rule *rule, str text)
{
    (void)rule;
    const char *value = pubmed_keep(p, text);
    osler_extra *extra = value ? PUBMED_ADD(p, &p->record->extras) : NULL;
    if (extra)
        *extra = (osler_extra){p->parts.item_list ? p->parts.item_list : "Item", value};
}

void pubmed_end_scheme(pubmed_parser *p, const struct rule *rule, str text)
{
    (void)rule;
    pubmed_set_identifier(p, text);
}
