/* What the output formats carry: carried.def says it, and what they leave out is counted. */
#ifndef FORMATS_CARRIED_H
#define FORMATS_CARRIED_H

#include <osler/formats.h>

/* How a format carries a field. */
enum carried_state {
    CARRIED_NOT,     /* its value stands nowhere in the text */
    CARRIED_AS_TEXT, /* it stands there, but comes back as something else, or not at all */
    CARRIED_FIRST,   /* the first value comes back, the others do not */
    CARRIED_WHOLE,   /* every value comes back */
};

struct carried_row {
    const char *path;    /* "title", "names.orcid"; "dates.issued": a list's items of that kind */
    const char *what;    /* plural, for people; several rows may share it */
    const char *formats; /* "ris enw:first isi:text": those that carry it */
};
extern const struct carried_row carried_rows[];
enum { CARRIED_ROWS_MOST = 160 };
extern const unsigned carried_row_count;

/* How many values of each row were left out. */
struct carried_tally {
    uint64_t counts[CARRIED_ROWS_MOST];
};

/* A field on the way through a record: which row says of it what, and the fields inside it. */
struct carried_node {
    const osler_field *field;
    short row; /* -1: none; then it is told with what it is part of */
    unsigned char state;
    bool has_kinds;        /* of a list: its items have rows by their kind */
    unsigned first, count; /* the nodes of a list's items */
};

/* A list's items of one kind. */
struct carried_kind {
    const osler_field *list;
    const char *kind;
    short row;
    unsigned char state;
};

enum { CARRIED_NODES_MOST = 320, CARRIED_KINDS_MOST = 80 };

/* What one format carries. */
struct carriage {
    struct carried_node nodes[CARRIED_NODES_MOST];
    struct carried_kind kinds[CARRIED_KINDS_MOST];
    unsigned count, kind_count, top; /* `top`: the fields of a record */
};
void carriage_open(struct carriage *c, const char *format);

/* Add to `tally` the values of `record` that the format leaves out. */
void carriage_count(const struct carriage *c, const osler_record *record,
                    struct carried_tally *tally);

/* Add the counts of `from` to `to`. */
void carried_add(struct carried_tally *to, const struct carried_tally *from);

/* What was left out, in the order of the table, into `out` of CARRIED_ROWS_MOST; how many kinds. */
size_t carried_tell(const struct carried_tally *tally, osler_left_out *out);

/* How `format` carries the field of a row. */
enum carried_state carried_state_of(const struct carried_row *row, const char *format);

/* The row of a path; NULL when there is none. */
const struct carried_row *carried_row_of(const char *path);

/* The row of a list's items of `kind`, such as "names" of "author": "history:entrez" is a
 * "history"; NULL when kinds of this list have no rows or it is not among them. */
const struct carried_row *carried_row_of_kind(const char *list, const char *kind);

#endif
