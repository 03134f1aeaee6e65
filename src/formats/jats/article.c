/* What the <front> of an article says of the article itself. */
#include "formats/jats/jats.h"

#include <string.h>

/* The short titles of a journal, and its ISSN. */
static void take_journal_part(struct jats *j, const struct element *e)
{
    osler_record *r = j->record;
    str type = elements_attribute(e, "journal-id-type"), medium = elements_attribute(e, "pub-type");
    const char *text = e->name.length ? builder_keep(&j->b, jats_text(j, e)) : NULL;
    if (str_is(e->name, "journal-id") && str_is(type, "nlm-ta")) {
        r->container_title_medline = text;
    } else if (str_is(e->name, "journal-id") && str_is(type, "iso-abbrev")) {
        r->container_title_iso = text;
    } else if (str_is(e->name, "issn") && !r->issn) {
        bool print = str_is(medium, "ppub");
        r->issn = text;
        r->issn_type = print ? "Print" : str_is(medium, "epub") ? "Electronic" : NULL;
    }
}

static const char *kept_text(struct jats *j, const struct element *e)
{
    return e ? builder_keep(&j->b, jats_text(j, e)) : NULL;
}

static void take_journal(struct jats *j, const struct element *meta)
{
    const struct element *group = elements_child(meta, "journal-title-group");
    const struct element *publisher = elements_child(meta, "publisher");
    j->record->container_title =
        kept_text(j, elements_child(group ? group : meta, "journal-title"));
    j->record->publisher = kept_text(j, elements_child(publisher, "publisher-name"));
    j->record->publisher_place = kept_text(j, elements_child(publisher, "publisher-loc"));
    for (const struct element *e = meta->first; e; e = e->next)
        take_journal_part(j, e);
}

/* The kinds of dates, by the older attribute and the newer one. */
static const char *kind_of(const struct element *e)
{
    str type = elements_attribute(e, "pub-type"), newer = elements_attribute(e, "date-type");
    str format = elements_attribute(e, "publication-format");
    if (str_is(type, "epub") || (str_is(newer, "pub") && str_is(format, "electronic")))
        return "epublished";
    if (str_is(type, "ppub") || str_is(type, "collection") || str_is(type, "epub-ppub") ||
        str_is(newer, "pub") || str_is(newer, "collection") || !(type.length + newer.length))
        return "issued";
    return NULL;
}

static void take_date(struct jats *j, const struct element *e)
{
    osler_date date = {.kind = kind_of(e)};
    for (const struct element *part = e->first; part && date.kind; part = part->next)
        jats_take_date_part(j, &date, part);
    for (size_t i = 0; i < j->record->dates.count && date.kind; i++)
        if (strcmp(j->record->dates.items[i].kind, date.kind) == 0)
            date.kind = NULL;
    osler_date *added = date.kind && date.year ? BUILDER_ADD(&j->b, &j->record->dates) : NULL;
    if (added)
        *added = date;
}

static void add_section(struct jats *j, const struct element *title, const struct element *text)
{
    const char *markup = jats_markup(j, text);
    osler_section *section = markup ? BUILDER_ADD(&j->b, &j->record->abstract) : NULL;
    if (!section)
        return;
    section->text = markup;
    section->label = title ? builder_keep(&j->b, jats_text(j, title)) : NULL;
}

static void take_abstract(struct jats *j, const struct element *abstract)
{
    if (elements_attribute(abstract, "abstract-type").length) { /* a summary, a picture */
        jats_keep(j, abstract->name, jats_text(j, abstract));
        return;
    }
    for (const struct element *e = abstract->first; e; e = e->next) {
        const struct element *title = elements_child(e, "title");
        if (str_is(e->name, "p")) {
            add_section(j, NULL, e);
            continue;
        }
        for (const struct element *p = e->first; p && str_is(e->name, "sec"); p = p->next) {
            if (!str_is(p->name, "p"))
                continue;
            add_section(j, title, p);
            title = NULL;
        }
    }
}

static void take_keywords(struct jats *j, const struct element *group)
{
    for (const struct element *e = group->first; e; e = e->next) {
        const char *text = str_is(e->name, "kwd") ? jats_markup(j, e) : NULL;
        osler_keyword *keyword = text ? BUILDER_ADD(&j->b, &j->record->keywords) : NULL;
        if (keyword)
            keyword->text = text;
    }
}

static void take_title(struct jats *j, const struct element *group)
{
    osler_record *r = j->record;
    const struct element *title = elements_child(group, "article-title"),
                         *subtitle = elements_child(group, "subtitle"),
                         *foreign = elements_child(group, "trans-title-group");
    buf whole = {0};
    buf_add_text(&whole, title ? jats_markup(j, title) : NULL);
    if (subtitle) {
        buf_add_text(&whole, whole.length ? ": " : "");
        buf_add_text(&whole, jats_markup(j, subtitle));
    }
    r->title = builder_keep(&j->b, buf_str(&whole));
    if (foreign && elements_child(foreign, "trans-title"))
        r->vernacular_title = jats_markup(j, elements_child(foreign, "trans-title"));
    buf_free(&whole);
}

static void take_meta(struct jats *j, const struct element *e)
{
    osler_record *r = j->record;
    str name = e->name;
    if (str_is(name, "article-id"))
        jats_add_identifier(j, elements_attribute(e, "pub-id-type"), jats_text(j, e));
    else if (str_is(name, "title-group"))
        take_title(j, e);
    else if (str_is(name, "pub-date"))
        take_date(j, e);
    else if (str_is(name, "volume"))
        r->volume = builder_keep(&j->b, jats_text(j, e));
    else if (str_is(name, "issue"))
        r->issue = builder_keep(&j->b, jats_text(j, e));
    else if (str_is(name, "fpage"))
        j->first_page = jats_text(j, e);
    else if (str_is(name, "lpage"))
        j->last_page = jats_text(j, e);
    else if (str_is(name, "page-range"))
        j->page_range = jats_text(j, e);
    else if (str_is(name, "elocation-id"))
        j->number = jats_text(j, e);
    else if (str_is(name, "abstract"))
        take_abstract(j, e);
    else if (str_is(name, "kwd-group"))
        take_keywords(j, e);
    else if (str_is(name, "article-categories"))
        jats_keep(j, name, jats_text(j, e));
}

void jats_take_article(struct jats *j, const struct element *front)
{
    const struct element *journal = elements_child(front, "journal-meta"),
                         *meta = elements_child(front, "article-meta");
    j->record->csl_type = "article-journal";
    if (journal)
        take_journal(j, journal);
    if (!meta)
        return;
    jats_take_contributors(j, meta);
    for (const struct element *e = meta->first; e; e = e->next)
        if (e->name.length)
            take_meta(j, e);
    jats_finish_pages(j);
}
