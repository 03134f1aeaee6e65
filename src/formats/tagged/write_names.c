/* Names as tagged lines: "Roe, Ann B., Jr"; a comma behind a group that would be read as a person.
 */
#include "formats/tagged/write.h"

#include "record/cited.h"

#include <string.h>

static bool is(const char *text, const char *expected)
{
    return text && strcmp(text, expected) == 0;
}

/* True when a name without a comma would be read as a person: one word, or initials at the end. */
static bool looks_like_person(str text)
{
    size_t space = text.length;
    while (space && text.data[space - 1] != ' ')
        space--;
    size_t capitals = 0;
    for (size_t i = space; i < text.length; i++)
        capitals += (text.data[i] >= 'A' && text.data[i] <= 'Z') || text.data[i] == '.';
    return !space || capitals == text.length - space;
}

static void add_group(struct putting *p, const osler_name *name)
{
    size_t start = p->work.length;
    tagged_add_rich(&p->work, name->collective);
    str text = str_part(buf_str(&p->work), start, p->work.length);
    bool commas = str_find(text, ',') < text.length;
    for (size_t i = start; i < p->work.length; i++) /* a semicolon would part it */
        if (p->work.data[i] == ';')
            p->work.data[i] = ' ';
    if (commas || looks_like_person(text))
        buf_add_byte(&p->work, ',');
}

static void add_person(struct putting *p, const osler_name *name, bool initials)
{
    char room[CITED_ROOM];
    str given = cited_given(name, room);
    if (initials && name->initials)
        given = str_of(name->initials);
    if (name->non_dropping_particle) {
        buf_add_text(&p->work, name->non_dropping_particle);
        buf_add_byte(&p->work, ' ');
    }
    tagged_add_rich(&p->work, name->family);
    if (given.length) {
        buf_add_text(&p->work, name->family ? ", " : "");
        buf_add(&p->work, given);
    }
    if (name->dropping_particle) {
        buf_add_text(&p->work, " ");
        buf_add_text(&p->work, name->dropping_particle);
    }
    if (name->suffix) {
        buf_add_text(&p->work, given.length ? ", " : ", , ");
        tagged_add_rich(&p->work, name->suffix);
    }
}

static const struct tagged_row *affiliation_row(const struct tagged_dialect *d)
{
    for (size_t i = 0; i < d->row_count; i++)
        if (d->rows[i].field == TAGGED_AFFILIATION && d->rows[i].written)
            return &d->rows[i];
    return NULL;
}

static void put_place(struct putting *p, const struct tagged_row *row, const char *markup)
{
    buf_clear(&p->work);
    tagged_add_rich(&p->work, markup);
    tagged_put_line(p, row->tag, buf_str(&p->work));
}

static void put_affiliations(struct putting *p, const osler_name *name)
{
    const struct tagged_row *row = affiliation_row(p->dialect);
    for (size_t i = 0; row && i < name->affiliations.count; i++)
        put_place(p, row, name->affiliations.items[i].text);
}

static void put_people(struct putting *p, const struct tagged_row *row, bool initials)
{
    bool authors = is(row->argument, "author");
    for (size_t i = 0; i < p->record->names.count; i++) {
        const osler_name *name = &p->record->names.items[i];
        if (name->superseded || !is(name->role, row->argument))
            continue;
        buf_clear(&p->work);
        if (name->collective)
            add_group(p, name);
        else
            add_person(p, name, initials);
        tagged_put_line(p, row->tag, buf_str(&p->work));
        if (authors && name->affiliations.count)
            put_affiliations(p, name);
    }
    if (authors && p->record->names_incomplete)
        tagged_put_line(p, row->tag, (str)STR("et al."));
}

void tagged_put_names(struct putting *p, const struct tagged_row *row)
{
    put_people(p, row,
               is(row->argument, "author") && tagged_has_row(p->dialect, TAGGED_FULL_NAMES));
}

void tagged_put_full_names(struct putting *p, const struct tagged_row *row)
{
    put_people(p, row, false);
}
