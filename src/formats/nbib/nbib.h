/* What the parts of the reader of PubMed's text format share. */
#ifndef FORMATS_NBIB_NBIB_H
#define FORMATS_NBIB_NBIB_H

#include "base/buf.h"
#include "formats/builder.h"

typedef struct nbib_parser {
    builder build;           /* the record's memory: the caller's */
    osler_record *record;    /* in it */
    const char *doi, *place; /* of LID, of PL: what they are only the end shows */
    const char *affiliation; /* that came before any author */
    const char *keyword_owner;
    const char *group;      /* the last collective name, plain */
    const osler_name *full; /* a full name that waits for its short form */
    const char *family;     /* of that name, plain */
    unsigned line;          /* of the record's start */
    buf value, decoded;     /* at work */
} nbib_parser;

/* One tagged value; white space is collapsed. */
struct nbib_value {
    str tag, text;
    const char *argument; /* of the row */
};

typedef void (*nbib_handler)(nbib_parser *p, const struct nbib_value *value);

struct nbib_rule {
    const char *tag;
    enum { NBIB_TEXT, NBIB_MARKUP, NBIB_TEXTS, NBIB_DO } kind;
    size_t offset; /* in the record */
    nbib_handler handler;
    const char *argument;
};

/* The rule for `tag`, or NULL. */
const struct nbib_rule *nbib_rule(str tag);

void nbib_start(nbib_parser *p, arena *memory, unsigned line);
void nbib_take(nbib_parser *p, str tag, str text);
void nbib_finish(nbib_parser *p);

/* The names of a record; in names.c. */
void nbib_full_name(nbib_parser *p, const struct nbib_value *value);
void nbib_short_name(nbib_parser *p, const struct nbib_value *value);
void nbib_name_id(nbib_parser *p, const struct nbib_value *value);
void nbib_affiliation(nbib_parser *p, const struct nbib_value *value);
void nbib_collective(nbib_parser *p, const struct nbib_value *value);

/* A grant; in grants.c. */
void nbib_grant(nbib_parser *p, const struct nbib_value *value);

/* Add the abstract `text` to `sections`, cut at its labels when it is structured; in abstract.c. */
void nbib_add_sections(builder *b, osler_section_list *sections, str text);

#endif
