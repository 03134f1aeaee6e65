/* Making a record of tagged values: what the parts of the reader share. */
#ifndef FORMATS_TAGGED_TAKE_H
#define FORMATS_TAGGED_TAKE_H

#include "formats/tagged/tagged.h"

/* One value; its text may go over several lines of the input. */
struct tagged_value {
    const struct tagged_row *row; /* NULL for an unknown tag */
    str tag, text;
};

/* What can only be placed once all is known. */
struct taking {
    const struct tagged_dialect *dialect;
    builder build;
    arena *memory, *scratch;
    osler_record *record;
    str type; /* as written */
    str journal, secondary, either;
    struct tagged_value year, date, number, first_page, provider;
    str last_page, accession;
    const char *database;
    osler_date accessed;
    const osler_name *last_name; /* of the tag before, for the affiliation behind it */
    size_t full_names;           /* of them */
    bool full_first;             /* full names have come before short ones */
    bool apart;                  /* affiliations stand between the names */
};

/* On one line: every run of white space and control characters as one space. */
str tagged_line(struct taking *t, str text);

/* `text` without the entities of HTML. */
str tagged_decoded(struct taking *t, str text);

/* The next part of a list on several lines, or with semicolons; false when nothing is left. */
bool tagged_next_part(struct taking *t, str *rest, bool semicolons, str *part);

/* Keep a value among the extras, under `tag`. */
void tagged_keep(struct taking *t, str tag, str text);
void tagged_keep_value(struct taking *t, const struct tagged_value *value);

/* Text as markup; NULL for nothing. */
const char *tagged_markup(struct taking *t, str text);

/* Add an identifier to the list of the record. */
void tagged_add_identifier(struct taking *t, const char *scheme, const char *value);

/* A record of the values; in take.c. */
void tagged_take(struct taking *t, const struct tagged_value *values, size_t count);

/* In take_names.c. */
void tagged_take_names(struct taking *t, const struct tagged_value *value);
void tagged_take_groups(struct taking *t, const struct tagged_value *value);
void tagged_take_full_names(struct taking *t, const struct tagged_value *value);
void tagged_take_affiliation(struct taking *t, const struct tagged_value *value);

/* Dates and pages that wait; in take_parts.c. */
void tagged_take_accessed(struct taking *t, const struct tagged_value *value);
void tagged_finish_date(struct taking *t);
void tagged_finish_pages(struct taking *t);
void tagged_take_serial_number(struct taking *t, const struct tagged_value *value);

/* In take_identifiers.c. */
void tagged_take_doi(struct taking *t, const struct tagged_value *value);
void tagged_take_pmid(struct taking *t, const struct tagged_value *value);
void tagged_take_pmcid(struct taking *t, const struct tagged_value *value);
void tagged_take_accession(struct taking *t, const struct tagged_value *value);
void tagged_take_custom(struct taking *t, const struct tagged_value *value);
void tagged_take_url(struct taking *t, const struct tagged_value *value);
void tagged_finish_identifiers(struct taking *t);

#endif
