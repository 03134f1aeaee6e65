/* Texts, identifiers and dates of JATS. */
#include "formats/jats/jats.h"

#include "record/dates.h"
#include "record/identifiers.h"
#include "record/pages.h"
#include "record/record.h"

#include <string.h>

/* Runs of white space as one space, none at the ends. */
static void collapse(buf *text)
{
    size_t length = 0;
    for (size_t i = 0; i < text->length; i++) {
        char c = text->data[i];
        if (!char_is_space(c))
            text->data[length++] = c;
        else if (length && text->data[length - 1] != ' ')
            text->data[length++] = ' ';
    }
    while (length && text->data[length - 1] == ' ')
        length--;
    text->length = length;
}

str jats_text(struct jats *j, const struct element *e)
{
    buf text = {0};
    elements_add_text(&text, e);
    collapse(&text);
    str kept = {arena_copy(j->scratch, buf_str(&text)), text.length};
    buf_free(&text);
    return kept;
}

static const struct {
    const char *name, *tag;
} tags[] = {
    {"italic", "i"}, {"bold", "b"}, {"underline", "u"}, {"sup", "sup"}, {"sub", "sub"},
};

enum { TAGS = sizeof tags / sizeof *tags };

static bool is_note(str name)
{
    return str_is(name, "xref") || str_is(name, "fn") || str_is(name, "index-term");
}

static void add_markup(buf *out, const struct element *e)
{
    markup_add_plain(out, e->text);
    size_t i = 0;
    while (i < TAGS && !str_is(e->name, tags[i].name))
        i++;
    if (i < TAGS)
        buf_printf(out, "<%s>", tags[i].tag);
    for (const struct element *inside = e->first; inside; inside = inside->next)
        if (!is_note(inside->name))
            add_markup(out, inside);
    if (i < TAGS)
        buf_printf(out, "</%s>", tags[i].tag);
}

const char *jats_markup(struct jats *j, const struct element *e)
{
    buf markup = {0};
    add_markup(&markup, e);
    collapse(&markup);
    const char *kept = builder_keep(&j->b, buf_str(&markup));
    buf_free(&markup);
    return kept;
}

void jats_keep(struct jats *j, str tag, str text)
{
    osler_extra *extra = text.length ? BUILDER_ADD(&j->b, &j->record->extras) : NULL;
    if (!extra)
        return;
    extra->tag = builder_keep(&j->b, tag);
    extra->value = builder_keep(&j->b, text);
}

static void add_identifier(struct jats *j, const char *scheme, const char *value)
{
    osler_identifier *id = value ? BUILDER_ADD(&j->b, &j->record->identifiers) : NULL;
    if (id)
        *id = (osler_identifier){.scheme = scheme, .value = value};
}

/* Take the first one; another one that differs is kept as what it is. */
static void take(struct jats *j, const char **member, const char *value, const char *scheme,
                 str text)
{
    if (value && !*member) {
        *member = value;
        add_identifier(j, scheme, value);
    } else if (!value || !str_equal_ignoring_case(str_of(value), str_of(*member))) {
        jats_keep(j, str_of(scheme), text);
    }
}

void jats_add_identifier(struct jats *j, str type, str text)
{
    osler_record *r = j->record;
    if (!text.length)
        return;
    if (str_is(type, "doi")) {
        take(j, &r->doi, identifier_doi(j->memory, text), "doi", text);
    } else if (str_is(type, "pmid") || str_is(type, "medline")) {
        take(j, &r->pmid, identifier_pmid(j->memory, text), "pubmed", text);
        r->pmid_version = r->pmid ? 1 : 0;
    } else if (str_is(type, "pmc") || str_is(type, "pmcid")) {
        take(j, &r->pmcid, identifier_pmcid(j->memory, text), "pmc", text);
    } else if (str_is(type, "pii") || str_is(type, "publisher-id")) {
        take(j, &r->pii, builder_keep(&j->b, text), "pii", text);
    } else if (str_is(type, "isbn")) {
        builder_add_text(&j->b, &r->isbn, text);
    } else {
        const char *scheme = builder_keep(&j->b, type.length ? type : (str)STR("other"));
        add_identifier(j, builder_lower_case(&j->b, scheme), builder_keep(&j->b, text));
    }
}

str jats_link(const struct element *e)
{
    str link = elements_attribute(e, "href");
    return link.length ? link : elements_attribute(e, "xlink:href");
}

static int number_in(str text, unsigned long most)
{
    unsigned long number;
    return str_number(text, &number) && number <= most ? (int)number : 0;
}

/* "2005", "2005a", "2004-2005", "c2001" */
static void take_year(struct jats *j, osler_date *date, str text)
{
    osler_date parsed = {0};
    bool whole = date_parse_any(&parsed, text);
    if (!whole)
        date_parse(&parsed, text);
    if (parsed.year && !date->year) {
        date->year = parsed.year;
        date->end_year = parsed.end_year;
        date->circa = parsed.circa;
    }
    if (!whole && text.length)
        date->text = builder_keep(&j->b, text);
}

static void take_month(struct jats *j, osler_date *date, str text)
{
    date->month = date->month ? date->month : number_in(text, 12);
    date->month = date->month ? date->month : date_month(text);
    date->season = date->month ? 0 : date_season(text);
    if (!date->month && !date->season && text.length)
        date->text = builder_keep(&j->b, text);
}

void jats_take_date_part(struct jats *j, osler_date *date, const struct element *e)
{
    str text = jats_text(j, e);
    if (str_is(e->name, "year"))
        take_year(j, date, text);
    else if (str_is(e->name, "month") || str_is(e->name, "season"))
        take_month(j, date, text);
    else if (str_is(e->name, "day"))
        date->day = number_in(text, 31);
}

void jats_finish_pages(struct jats *j)
{
    osler_record *r = j->record;
    buf pages = {0};
    if (j->page_range.length && str_find(j->page_range, '-') < j->page_range.length) {
        buf_add(&pages, j->page_range);
    } else if (j->first_page.length) {
        buf_add(&pages, j->first_page);
        if (j->last_page.length && !str_equal(j->first_page, j->last_page)) {
            buf_add_byte(&pages, '-');
            buf_add(&pages, j->last_page);
        }
    } else {
        buf_add(&pages, j->page_range.length ? j->page_range : j->last_page);
    }
    r->pages = builder_keep(&j->b, buf_str(&pages));
    if (r->pages)
        pages_expand(j->memory, buf_str(&pages), &r->page_first, &r->page_last);
    r->article_number = builder_keep(&j->b, j->number);
    if (r->pages && !r->article_number && pages_is_article_number(str_of(r->pages)))
        r->article_number = r->pages;
    buf_free(&pages);
}
