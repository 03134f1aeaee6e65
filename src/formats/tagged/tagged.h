/* What the formats of tagged lines share: RIS, EndNote's export and Web of Science's. */
#ifndef FORMATS_TAGGED_TAGGED_H
#define FORMATS_TAGGED_TAGGED_H

#include "base/buf.h"
#include "formats/builder.h"
#include "formats/format.h"
#include "formats/writer.h"

/* What a tag can stand for; fields.def says how each is read and written. */
enum tagged_field {
#define TEXT_FIELD(name, member) TAGGED_##name,
#define MARKUP_FIELD(name, member) TAGGED_##name,
#define TEXTS_FIELD(name, member) TAGGED_##name,
#define DO_FIELD(name, function) TAGGED_##name,
#include "formats/tagged/fields.def"
#undef TEXT_FIELD
#undef MARKUP_FIELD
#undef TEXTS_FIELD
#undef DO_FIELD
    TAGGED_FIELD_COUNT
};

/* A tag of a format.  Its table is used both ways: rows that are written stand in that order. */
struct tagged_row {
    const char *tag;
    enum tagged_field field;
    const char *argument; /* of the field: a role, the name of an extra */
    bool written;
};

/* A type of works.  The first row of a type is the one that is written. */
struct tagged_type {
    const char *code, *csl;
};

/* How far the next record has been looked for. */
struct tagged_search {
    size_t at;      /* where the line at work starts */
    size_t scanned; /* up to where it has no line end */
    unsigned line;  /* of the record's start */
    bool started, ended, blank, has_type, has_title, too_large;
};

/* What a line is to the record that is looked for. */
enum tagged_step {
    TAGGED_OUTSIDE, /* no record has started yet, and none starts here */
    TAGGED_INSIDE,  /* it belongs to the record, which it may start */
    TAGGED_BEHIND,  /* the record has ended before it */
};

struct tagged_dialect {
    const struct tagged_row *rows;
    size_t row_count;
    const struct tagged_type *types;
    size_t type_count;
    enum tagged_step (*step)(struct tagged_search *search, str line);

    /* True for a line that starts with a tag; else it goes on with the text before it. */
    bool (*look)(str line, str *tag, str *text);

    /* True when another record's `tag` can be written as it is and will be read as unknown. */
    bool (*is_free)(str tag);
    const char *before_tag, *behind_tag; /* in what is written */
    const char *expected;                /* of a record, for complaints */
    enum { TAGGED_DATES_SLASHES, TAGGED_DATES_EDTF, TAGGED_DATES_WORDS } dates;
    bool repeats; /* lists are lines with the tag, not continued lines */
};

/* The row of a tag, in capitals or not; NULL for an unknown one. */
const struct tagged_row *tagged_row_of(const struct tagged_dialect *dialect, str tag);

/* For struct format. */
void *tagged_open(window *input, const struct tagged_dialect *dialect);
void tagged_close(void *state);
osler_status tagged_cut(void *state, struct piece *out, osler_error *error);
bool tagged_is_complete(const void *state);
void *tagged_new_parser(const struct tagged_dialect *dialect);
void tagged_free_parser(void *parser);
osler_status tagged_parse(void *parser, arena *memory, const struct piece *piece, osler_item *out,
                          osler_error *error);

/*
 * For formats whose values stand in no lines: forget the record before, add the values of the next
 * one in their order, make it.  Texts are lent until then; tagged_scratch() has memory for them.
 */
void tagged_forget(void *parser);
arena *tagged_scratch(void *parser);
void tagged_add(void *parser, str tag, str text);
osler_status tagged_make(void *parser, arena *memory, const struct piece *piece, osler_item *out,
                         osler_error *error);

/* For them too: the values of a record, each handed to `put`, in the order of the rows. */
void tagged_write_values(const osler_record *record, const struct tagged_dialect *dialect,
                         void (*put)(void *context, const char *tag, str text), void *context);

/* For struct writer: the lines of a record, up to the one that ends it. */
void tagged_write(buf *out, const osler_record *record, const struct tagged_dialect *dialect);

/* Add "Wool/therapy/economics"; a star stands before each part that is major. */
void tagged_add_heading(buf *out, const osler_heading *heading);

#endif
