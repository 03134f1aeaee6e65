/* What a <ref> of JATS cites: <element-citation>, or <mixed-citation> with its parts marked. */
#include "formats/jats/jats.h"
#include "record/dates.h"
#include "record/identifiers.h"

#include <stddef.h>
#include <string.h>

const char *const jats_citations[] = {"element-citation", "mixed-citation", "nlm-citation",
                                      "citation", NULL};

static const struct {
    const char *jats, *csl;
} types[] = {
    {"journal", "article-journal"},
    {"book", "book"},
    {"chapter", "chapter"},
    {"confproc", "paper-conference"},
    {"conf-proc", "paper-conference"},
    {"conference", "paper-conference"},
    {"thesis", "thesis"},
    {"report", "report"},
    {"gov", "report"},
    {"web", "webpage"},
    {"webpage", "webpage"},
    {"website", "webpage"},
    {"patent", "patent"},
    {"data", "dataset"},
    {"dataset", "dataset"},
    {"software", "software"},
    {"preprint", "article"},
    {"newspaper", "article-newspaper"},
    {"magazine", "article-magazine"},
    {"standard", "standard"},
    {"commun", "personal_communication"},
};

/* Elements that are one text of a record. */
static const struct {
    const char *name;
    size_t offset;
} texts[] = {
    {"volume", offsetof(osler_record, volume)},
    {"issue", offsetof(osler_record, issue)},
    {"edition", offsetof(osler_record, edition)},
    {"publisher-name", offsetof(osler_record, publisher)},
    {"publisher-loc", offsetof(osler_record, publisher_place)},
    {"series", offsetof(osler_record, collection_title)},
    {"issn", offsetof(osler_record, issn)},
};

/* Elements whose text waits until all is known. */
static const struct {
    const char *name;
    size_t offset;
} waiting[] = {
    {"source", offsetof(struct jats, source)},
    {"article-title", offsetof(struct jats, article_title)},
    {"data-title", offsetof(struct jats, article_title)},
    {"fpage", offsetof(struct jats, first_page)},
    {"lpage", offsetof(struct jats, last_page)},
    {"page-range", offsetof(struct jats, page_range)},
    {"elocation-id", offsetof(struct jats, number)},
};

/* True when a text of the record, or one that waits, is in this element. */
static bool take_text(struct jats *j, const struct element *e)
{
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        const char **member = (const char **)(void *)((char *)j->record + texts[i].offset);
        if (!str_is(e->name, texts[i].name))
            continue;
        if (!*member)
            *member = builder_keep(&j->b, jats_text(j, e));
        else
            jats_keep(j, e->name, jats_text(j, e));
        return true;
    }
    for (size_t i = 0; i < sizeof waiting / sizeof *waiting; i++) {
        str *member = (str *)(void *)((char *)j + waiting[i].offset);
        if (!str_is(e->name, waiting[i].name))
            continue;
        if (!member->length)
            *member = jats_text(j, e);
        else
            jats_keep(j, e->name, jats_text(j, e));
        return true;
    }
    return false;
}

static void take_link(struct jats *j, const struct element *e)
{
    static const str resolver = STR("doi.org/");
    str link = jats_link(e), text = jats_text(j, e);
    str type = elements_attribute(e, "ext-link-type");
    link = link.length ? link : text;
    if (str_is(type, "doi") || str_contains_ignoring_case(link, resolver))
        jats_add_identifier(j, (str)STR("doi"), link);
    else if (str_is(type, "pmid") || str_is(type, "pmcid"))
        jats_add_identifier(j, type, text);
    else
        builder_add_text(&j->b, &j->record->urls, link);
}

static void take_accessed(struct jats *j, const struct element *e)
{
    osler_date date = {.kind = "accessed"};
    str text = jats_text(j, e), iso = elements_attribute(e, "iso-8601-date");
    if (!date_parse_any(&date, iso.length ? iso : text) && !date_parse(&date, text))
        date.text = builder_keep(&j->b, text);
    osler_date *added = date.year || date.text ? BUILDER_ADD(&j->b, &j->record->dates) : NULL;
    if (added)
        *added = date;
}

static bool is_citation(str name)
{
    for (size_t i = 0; jats_citations[i]; i++)
        if (str_is(name, jats_citations[i]))
            return true;
    return false;
}

static void take_part(struct jats *j, const struct element *e);

/* A note, whose links and numbers are the work's. */
static void take_comment(struct jats *j, const struct element *e)
{
    str text = jats_text(j, e);
    for (const struct element *inside = e->first; inside; inside = inside->next)
        if (str_is(inside->name, "pub-id") || str_is(inside->name, "ext-link") ||
            str_is(inside->name, "uri") || str_is(inside->name, "date-in-citation"))
            take_part(j, inside);
    bool doi = identifier_bare_doi(text).length == text.length ||
               (j->record->doi && identifier_bare_doi(text).length);
    if (doi && !j->record->doi)
        jats_add_identifier(j, (str)STR("doi"), text);
    else if (!doi)
        builder_add_text(&j->b, &j->record->notes, text);
}

/* Parts that are neither a person nor a plain text; false for what is unknown. */
static bool take_special(struct jats *j, const struct element *e)
{
    osler_record *r = j->record;
    str name = e->name;
    if (str_is(name, "person-group"))
        jats_take_group(j, e);
    else if (str_is(name, "year") || str_is(name, "month") || str_is(name, "day") ||
             str_is(name, "season"))
        jats_take_date_part(j, &j->issued, e);
    else if (str_is(name, "pub-id") || str_is(name, "object-id"))
        jats_add_identifier(j, elements_attribute(e, "pub-id-type"), jats_text(j, e));
    else if (str_is(name, "isbn"))
        builder_add_text(&j->b, &r->isbn, jats_text(j, e));
    else if (str_is(name, "ext-link") || str_is(name, "uri") ||
             str_is(name, "inline-supplementary-material"))
        take_link(j, e);
    else if (str_is(name, "date-in-citation") || str_is(name, "access-date"))
        take_accessed(j, e);
    else if (str_is(name, "comment") || str_is(name, "annotation"))
        take_comment(j, e);
    else if (str_is(name, "trans-title"))
        r->vernacular_title = jats_markup(j, e);
    else
        return false;
    return true;
}

static void take_part(struct jats *j, const struct element *e)
{
    osler_record *r = j->record;
    if (!e->name.length)
        return;
    if (str_is(e->name, "article-title") || str_is(e->name, "data-title")) {
        if (!r->title)
            r->title = jats_markup(j, e);
        take_text(j, e);
    } else if (str_is(e->name, "chapter-title") || str_is(e->name, "part-title")) {
        j->chapter_title = jats_text(j, e);
        if (!r->title)
            r->title = jats_markup(j, e);
    } else if (!jats_take_person(j, e, "author") && !take_special(j, e) && !take_text(j, e)) {
        jats_keep(j, e->name, jats_text(j, e));
    }
}

static const char *type_of(struct jats *j, const struct element *citation)
{
    str type = elements_attribute(citation, "publication-type");
    if (!type.length)
        type = elements_attribute(citation, "citation-type");
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (str_equal_ignoring_case(type, str_of(types[i].jats)))
            return types[i].csl;
    if (type.length)
        jats_keep(j, (str)STR("publication-type"), type);
    bool article = j->article_title.length && j->source.length;
    bool book = j->record->publisher || j->record->isbn.count;
    return article && !book                           ? "article-journal"
           : j->source.length && book                 ? "book"
           : j->source.length && j->first_page.length ? "article-journal"
                                                      : "document";
}

/* A book's own title stands in <source>; so does that of what holds the work. */
static void place_source(struct jats *j)
{
    osler_record *r = j->record;
    const char *holder = builder_keep(&j->b, j->source);
    bool article = r->csl_type && strncmp(r->csl_type, "article", strlen("article")) == 0;
    if (r->title && str_is(str_of(r->csl_type), "book"))
        r->csl_type = "chapter";
    if (!holder)
        return;
    if (r->title || article)
        r->container_title = holder;
    else
        r->title = builder_keep_markup(&j->b, j->source);
}

static void take_citation(struct jats *j, const struct element *citation)
{
    osler_record *r = j->record;
    for (const struct element *e = citation->first; e; e = e->next)
        take_part(j, e);
    r->csl_type = type_of(j, citation);
    place_source(j);
    osler_date *issued = j->issued.year || j->issued.text ? BUILDER_ADD(&j->b, &r->dates) : NULL;
    j->issued.kind = "issued";
    if (issued)
        *issued = j->issued;
    jats_finish_pages(j);
    bool bare = !r->title && !r->container_title && !r->names.count;
    if (bare) /* nothing in it is marked */
        builder_add_text(&j->b, &r->notes, jats_text(j, citation));
}

/* The citation of a <ref>; of several ways to write it down, the one with all parts marked. */
static const struct element *find_citation(const struct element *e)
{
    for (size_t i = 0; jats_citations[i]; i++) {
        const struct element *found = elements_child(e, jats_citations[i]);
        if (found)
            return found;
    }
    const struct element *ways = elements_child(e, "citation-alternatives");
    return ways ? find_citation(ways) : NULL;
}

void jats_take_reference(struct jats *j, const struct element *ref)
{
    const struct element *citation = is_citation(ref->name) ? ref : find_citation(ref);
    j->record->key = builder_keep(&j->b, elements_attribute(ref, "id"));
    if (citation)
        take_citation(j, citation);
    for (const struct element *e = ref->first; e; e = e->next)
        if (str_is(e->name, "note"))
            builder_add_text(&j->b, &j->record->notes, jats_text(j, e));
}
