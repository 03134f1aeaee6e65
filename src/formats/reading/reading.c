/* One work of a list for people: mark, title, authors, where it stands, links, abstract. */
#include "formats/reading/reading.h"

#include "record/cited.h"
#include "record/record.h"

#include <string.h>

struct reading {
    buf *out;
    const struct reading_look *look;
    const osler_record *record;
    buf work;
};

static void add_plain(struct reading *r, const char *plain)
{
    buf_clear(&r->work);
    markup_add_plain(&r->work, str_of(plain));
    r->look->add_markup(r->out, buf_str(&r->work));
}

static void add_strong(struct reading *r, str markup)
{
    buf_add_text(r->out, r->look->strong_start);
    r->look->add_markup(r->out, markup);
    buf_add_text(r->out, r->look->strong_end);
}

/* What a reader must know first stands before the title. */
static void add_title(struct reading *r)
{
    const char *title = osler_record_title(r->record), *mark = cited_mark(r->record);
    str said = str_of(mark);
    if (!title)
        title = r->record->book_title ? r->record->book_title : "Without a title";
    if (mark && !str_starts_with_ignoring_case(str_of(title), said)) {
        add_strong(r, str_part(said, 0, said.length - 1));
        buf_add_byte(r->out, ' ');
    }
    add_strong(r, str_of(title));
}

static void add_name(struct reading *r, const osler_name *name)
{
    char room[CITED_ROOM];
    str given = name->initials ? str_of(name->initials) : cited_given(name, room);
    if (name->collective) {
        r->look->add_markup(r->out, str_of(name->collective));
        return;
    }
    buf full = {0};
    const char *particle =
        name->non_dropping_particle ? name->non_dropping_particle : name->dropping_particle;
    markup_add_plain(&full, str_of(particle));
    buf_add_text(&full, particle ? " " : "");
    buf_add_text(&full, name->family);
    buf_add_text(&full, given.length && name->family ? " " : "");
    markup_add_plain(&full, given);
    buf_add_text(&full, name->suffix ? " " : "");
    buf_add_text(&full, name->suffix);
    r->look->add_markup(r->out, buf_str(&full));
    buf_free(&full);
}

static void add_authors(struct reading *r)
{
    const osler_name *name = NULL;
    const char *role = osler_record_next_name(r->record, "author", NULL) ? "author" : "editor";
    bool first = true;
    while ((name = osler_record_next_name(r->record, role, name))) {
        buf_add_text(r->out, first ? r->look->line_break : ", ");
        add_name(r, name);
        first = false;
    }
    if (!first && r->record->names_incomplete)
        buf_add_text(r->out, ", et al.");
    else if (!first && strcmp(role, "editor") == 0)
        buf_add_text(r->out, " (ed.)");
}

static void add_part(struct reading *r, const char *before, const char *text, const char *behind)
{
    if (!text)
        return;
    buf_add_text(r->out, before);
    add_plain(r, text);
    buf_add_text(r->out, behind);
}

/* "Journal of Yarn 2019;12(3):347-54" */
static void add_place(struct reading *r)
{
    const osler_record *record = r->record;
    const char *container =
        record->container_title ? record->container_title : record->container_title_medline;
    int year = osler_record_year(record);
    const char *pages = record->pages ? record->pages : record->article_number;
    size_t start = r->out->length;
    buf_add_text(r->out, r->look->line_break);
    size_t begun = r->out->length;
    add_part(r, r->look->journal_start, container, r->look->journal_end);
    add_part(r, "", !container ? record->publisher : NULL, "");
    if (year)
        buf_printf(r->out, "%s%d", r->out->length > begun ? " " : "", year);
    add_part(r, ";", record->volume, "");
    add_part(r, "(", record->issue, ")");
    add_part(r, ":", pages, "");
    if (r->out->length == begun)
        r->out->length = start;
}

static void add_link(struct reading *r, bool *any, const char *address, const char *label,
                     const char *id)
{
    buf target = {0}, said = {0};
    if (!id)
        return;
    buf_add_text(r->out, *any ? " \u00B7 " : r->look->line_break);
    *any = true;
    buf_add_text(&target, address);
    reading_add_address(&target, str_of(id));
    buf_add_text(&said, label);
    buf_add_text(&said, id);
    r->look->add_link(r->out, buf_str(&target), buf_str(&said));
    buf_free(&target);
    buf_free(&said);
}

static void add_links(struct reading *r)
{
    const osler_record *record = r->record;
    bool any = false;
    add_link(r, &any, "https://pubmed.ncbi.nlm.nih.gov/", "PMID ", record->pmid);
    add_link(r, &any, "https://www.ncbi.nlm.nih.gov/pmc/articles/", "", record->pmcid);
    add_link(r, &any, "https://doi.org/", "doi:", record->doi);
}

static void add_abstract(struct reading *r)
{
    const osler_section_list *sections = &r->record->abstract;
    if (!sections->count || !r->look->abstract_start)
        return;
    buf_add_text(r->out, r->look->abstract_start);
    for (size_t i = 0; i < sections->count; i++) {
        buf_add_text(r->out, r->look->section_start);
        add_part(r, r->look->strong_start, sections->items[i].label, r->look->strong_end);
        buf_add_text(r->out, sections->items[i].label ? " " : "");
        r->look->add_markup(r->out, str_of(sections->items[i].text));
        buf_add_text(r->out, r->look->section_end);
    }
    buf_add_text(r->out, r->look->abstract_end);
}

void reading_write(buf *out, const osler_record *record, const struct reading_look *look)
{
    struct reading r = {.out = out, .look = look, .record = record};
    buf_add_text(out, look->entry_start);
    add_title(&r);
    add_authors(&r);
    add_place(&r);
    add_links(&r);
    add_abstract(&r);
    buf_add_text(out, look->entry_end);
    buf_free(&r.work);
}

void reading_add_address(buf *out, str address)
{
    for (size_t i = 0; i < address.length; i++) {
        char c = address.data[i];
        if (char_is_letter(c) || char_is_digit(c) || (c && strchr("/.-_:;=?,", c)))
            buf_add_byte(out, c);
        else
            buf_printf(out, "%%%02X", (unsigned)(unsigned char)c);
    }
}
