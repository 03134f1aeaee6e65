/* The exact terms of a record: headings, types, names, identifiers and other values. */
#include "index/analyze.h"

#include "record/identifiers.h"
#include "record/pages.h"
#include "record/record.h"

#include <stdio.h>
#include <string.h>

enum { MINOR, MAJOR, CHEMICALLY_INDUCED };  /* fields of headings */
enum { AUTHOR, FIRST, LAST, INVESTIGATOR }; /* fields of names */

/* -- folding ------------------------------------------------------------------------------------
 */

static void add_folded(arena *cutting, buf *b, str text)
{
    arena_clear(cutting);
    word_list words = words_of(cutting, text);
    for (size_t i = 0; i < words.count; i++) {
        if (b->length)
            buf_add_byte(b, ' ');
        buf_add(b, words.items[i].folded);
    }
}

void index_words_add(buf *b, str text)
{
    arena cutting = {0};
    buf folded = {0};
    add_folded(&cutting, &folded, text);
    buf_add(b, buf_str(&folded));
    buf_free(&folded);
    arena_free(&cutting);
}

/* `text` as folded words with one space between them; until the next call. */
static str fold(index_analyzer *a, const char *text)
{
    buf_clear(&a->folded);
    if (text)
        add_folded(&a->cutting, &a->folded, str_of(text));
    return buf_str(&a->folded);
}

static void add_lower(buf *b, str value)
{
    for (size_t i = 0; i < value.length; i++)
        buf_add_byte(b, char_lower(value.data[i]));
}

static void add_value(index_analyzer *a, enum index_kind kind, const char *value)
{
    buf_clear(&a->value);
    add_lower(&a->value, str_trim(str_of(value)));
    analyze_add_term(a, kind, buf_str(&a->value), 0);
}

/* -- headings -----------------------------------------------------------------------------------
 */

/* The pairings of a heading, by UI or folded name, with one of its qualifiers, likewise. */
static void add_qualified(index_analyzer *a, str heading, const osler_qualifier *q, unsigned field)
{
    str forms[] = {str_of(q->ui), fold(a, q->name)};
    for (size_t i = 0; heading.length && i < sizeof forms / sizeof *forms; i++) {
        if (!forms[i].length)
            continue;
        buf_clear(&a->value);
        buf_add(&a->value, heading);
        buf_add_byte(&a->value, '/');
        buf_add(&a->value, forms[i]);
        analyze_add_term(a, INDEX_QUALIFIED, buf_str(&a->value), field);
    }
}

/* Nothing but chemically induced: a harm of something. */
static bool is_induced(const osler_heading *h)
{
    for (size_t i = 0; i < h->qualifiers.count; i++) {
        const osler_qualifier *q = &h->qualifiers.items[i];
        if (q->ui ? strcmp(q->ui, "Q000139") != 0
                  : !q->name || strcmp(q->name, "chemically induced") != 0)
            return false;
    }
    return h->qualifiers.count > 0;
}

static void add_heading(index_analyzer *a, const osler_heading *h)
{
    unsigned field = h->major ? MAJOR : MINOR;
    for (size_t i = 0; i < h->qualifiers.count; i++)
        field = h->qualifiers.items[i].major ? MAJOR : field;
    buf_clear(&a->name);
    buf_add(&a->name, fold(a, h->name));
    analyze_add_term(a, INDEX_HEADING, str_of(h->ui), field);
    analyze_add_term(a, INDEX_HEADING_NAME, buf_str(&a->name), field);
    if (is_induced(h)) {
        analyze_add_term(a, INDEX_HEADING, str_of(h->ui), CHEMICALLY_INDUCED);
        analyze_add_term(a, INDEX_HEADING_NAME, buf_str(&a->name), CHEMICALLY_INDUCED);
    }
    for (size_t i = 0; i < h->qualifiers.count; i++) {
        const osler_qualifier *q = &h->qualifiers.items[i];
        field = h->major || q->major ? MAJOR : MINOR;
        add_qualified(a, str_of(h->ui), q, field);
        add_qualified(a, buf_str(&a->name), q, field);
        analyze_add_term(a, INDEX_QUALIFIER, str_of(q->ui), field);
        analyze_add_term(a, INDEX_QUALIFIER, fold(a, q->name), field);
    }
}

/* -- names --------------------------------------------------------------------------------------
 */

/* The first letters of the given names, for sources that give no initials. */
static void add_initials(arena *cutting, buf *b, str given)
{
    arena_clear(cutting);
    word_list words = words_of(cutting, given);
    for (size_t i = 0; i < words.count; i++) {
        str folded = words.items[i].folded;
        size_t length = folded.length > 0;
        while (length < folded.length && ((unsigned char)folded.data[length] & 0xC0) == 0x80)
            length++;
        buf_add(b, str_part(folded, 0, length));
    }
}

/* `b` holds the folded name alone; `plain` is at hand for what is markup. */
static void add_name(arena *cutting, buf *plain, buf *b, const osler_name *name)
{
    const char *const parts[] = {name->collective, name->dropping_particle,
                                 name->non_dropping_particle, name->family, name->initials};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        if (!parts[i])
            continue;
        buf_clear(plain);
        markup_add_text(plain, str_of(parts[i]));
        add_folded(cutting, b, buf_str(plain));
    }
    if (name->initials || !name->given)
        return;
    buf_clear(plain);
    add_initials(cutting, plain, str_of(name->given));
    if (b->length && plain->length)
        buf_add_byte(b, ' ');
    buf_add(b, buf_str(plain));
}

void index_author_add(buf *b, const osler_name *name)
{
    arena cutting = {0};
    buf plain = {0}, folded = {0};
    add_name(&cutting, &plain, &folded, name);
    buf_add(b, buf_str(&folded));
    buf_free(&plain);
    buf_free(&folded);
    arena_free(&cutting);
}

static bool is_author(const osler_name *name)
{
    return !name->superseded && (!name->role || strcmp(name->role, "author") == 0);
}

static void add_authors(index_analyzer *a, const osler_name_list *list)
{
    size_t first = list->count, last = list->count;
    for (size_t i = list->count; i-- > 0;) {
        if (!is_author(&list->items[i]))
            continue;
        first = i;
        last = last == list->count ? i : last;
    }
    for (size_t i = 0; i < list->count; i++) {
        const osler_name *name = &list->items[i];
        bool author = is_author(name);
        if (!author && (name->superseded || !name->role || strcmp(name->role, "investigator") != 0))
            continue;
        buf_clear(&a->folded);
        add_name(&a->cutting, &a->plain, &a->folded, name);
        str folded = buf_str(&a->folded);
        analyze_add_term(a, INDEX_AUTHOR, folded, author ? AUTHOR : INVESTIGATOR);
        if (i == first)
            analyze_add_term(a, INDEX_AUTHOR, folded, FIRST);
        if (i == last)
            analyze_add_term(a, INDEX_AUTHOR, folded, LAST);
    }
}

/* -- identifiers --------------------------------------------------------------------------------
 */

static void add_identifier(index_analyzer *a, const char *scheme, str value)
{
    value = str_trim(value);
    if (!value.length)
        return;
    buf_clear(&a->value);
    add_lower(&a->value, str_of(scheme));
    buf_add_byte(&a->value, ':');
    add_lower(&a->value, value);
    analyze_add_term(a, INDEX_IDENTIFIER, buf_str(&a->value), 0);
}

static void add_one(void *context, const char *scheme, str value)
{
    index_analyzer *a = context;
    if (strcmp(scheme, "doi") == 0)
        value = identifier_bare_doi(value);
    else if (strcmp(scheme, "pmcid") == 0)
        value = str_of(identifier_pmcid(&a->cutting, value));
    add_identifier(a, scheme, value);
}

/* -- the rest -----------------------------------------------------------------------------------
 */

static void add_journal(index_analyzer *a, const osler_record *r)
{
    const char *const names[] = {r->container_title, r->container_title_medline,
                                 r->container_title_iso};
    const char *const numbers[] = {r->issn, r->nlm_id};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        analyze_add_term(a, INDEX_JOURNAL_NAME, fold(a, names[i]), 0);
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        str number = str_trim(str_of(numbers[i]));
        buf_clear(&a->value);
        for (size_t k = 0; k < number.length; k++) {
            char c = number.data[k];
            buf_add_byte(&a->value, c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c);
        }
        analyze_add_term(a, INDEX_JOURNAL_NUMBER, buf_str(&a->value), 0);
    }
}

static void add_imprint(index_analyzer *a, const osler_record *r)
{
    const char *pages = r->pages && pages_is_page(str_of(r->pages)) ? r->pages : NULL;
    int year = osler_record_year(r);
    add_value(a, INDEX_VOLUME, r->volume);
    add_value(a, INDEX_ISSUE, r->issue);
    add_value(a, INDEX_PAGE, r->page_first ? r->page_first : pages ? pages : r->article_number);
    add_value(a, INDEX_STATUS, r->status);
    for (size_t i = 0; i < r->languages.count; i++)
        add_value(a, INDEX_LANGUAGE, r->languages.items[i]);
    if (year > 0 && year < 10000) {
        char text[8];
        int length = snprintf(text, sizeof text, "%04d", year);
        analyze_add_term(a, INDEX_YEAR, (str){text, (size_t)length}, 0);
    }
}

void analyze_terms(index_analyzer *a, const osler_record *record)
{
    for (size_t i = 0; i < record->headings.count; i++)
        add_heading(a, &record->headings.items[i]);
    for (size_t i = 0; i < record->publication_types.count; i++) {
        const osler_publication_type *type = &record->publication_types.items[i];
        analyze_add_term(a, INDEX_TYPE, str_of(type->ui), 0);
        analyze_add_term(a, INDEX_TYPE, fold(a, type->name), 0);
    }
    add_authors(a, &record->names);
    identifier_each(record, add_one, a);
    add_journal(a, record);
    add_imprint(a, record);
}
