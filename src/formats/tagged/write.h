/* Writing tagged lines: what the parts of the writer share. */
#ifndef FORMATS_TAGGED_WRITE_H
#define FORMATS_TAGGED_WRITE_H

#include "formats/tagged/tagged.h"

struct putting {
    buf *out, work;
    const osler_record *record;
    const struct tagged_dialect *dialect;
    const osler_date *issued;
    bool put[128];      /* the rows that have lines */
    const char *listed; /* tag of the list at work, where lists are continued lines */
    bool pmid_is_accession;
    void (*put_value)(void *context, const char *tag, str text); /* in place of lines; or NULL */
    void *context;
    size_t puts; /* values so far */
};

/* A line with `tag`, or the next of its list; nothing for an empty text. */
void tagged_put_line(struct putting *p, const char *tag, str text);

/* Add markup as rich text: its tags, no entities. */
void tagged_add_rich(buf *out, const char *markup);

/* True when the format writes this field. */
bool tagged_has_row(const struct tagged_dialect *d, enum tagged_field field);

/* In write_names.c. */
void tagged_put_names(struct putting *p, const struct tagged_row *row);
void tagged_put_full_names(struct putting *p, const struct tagged_row *row);

/* In write_dates.c. */
void tagged_put_year(struct putting *p, const struct tagged_row *row);
void tagged_put_date(struct putting *p, const struct tagged_row *row);
void tagged_put_accessed(struct putting *p, const struct tagged_row *row);

#endif
