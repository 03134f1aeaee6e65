/* JATS (NISO Z39.96), the XML of journal articles: what the parts of its reader share. */
#ifndef FORMATS_JATS_JATS_H
#define FORMATS_JATS_JATS_H

#include "formats/builder.h"
#include "formats/elements/elements.h"

/* A record at work. */
struct jats {
    builder b;
    arena *memory, *scratch;
    osler_record *record;
    str source, article_title, chapter_title, first_page, last_page, page_range, number;
    osler_date issued;
};

/* The names of elements that hold one citation; the last one is NULL. */
extern const char *const jats_citations[];

/* The text of an element on one line, in the scratch memory; and as markup, kept. */
str jats_text(struct jats *j, const struct element *e);
const char *jats_markup(struct jats *j, const struct element *e);

/* Keep a text under a name of its own. */
void jats_keep(struct jats *j, str tag, str text);

/* Add an identifier of a type of JATS: doi, pmid, pmc, ... */
void jats_add_identifier(struct jats *j, str type, str text);

/* The address of a link, or empty. */
str jats_link(const struct element *e);

/* In people.c: a name, a group or "et al."; false when `e` is none of them. */
bool jats_take_person(struct jats *j, const struct element *e, const char *role);
void jats_take_group(struct jats *j, const struct element *group);
void jats_take_contributors(struct jats *j, const struct element *meta);

/* In citation.c: what a <ref> cites.  In article.c: what a <front> says of the article itself. */
void jats_take_reference(struct jats *j, const struct element *ref);
void jats_take_article(struct jats *j, const struct element *front);

/* The parts of a date: <year>, <month>, <day>, <season>. */
void jats_take_date_part(struct jats *j, osler_date *date, const struct element *e);

/* The pages from all that was said of them. */
void jats_finish_pages(struct jats *j);

#endif
