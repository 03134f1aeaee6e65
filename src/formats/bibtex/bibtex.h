/* What the parts of the formats "bibtex" and "biblatex" share. */
#ifndef FORMATS_BIBTEX_BIBTEX_H
#define FORMATS_BIBTEX_BIBTEX_H

#include "base/buf.h"
#include "formats/format.h"
#include "formats/making.h"

/* What the scanner finds between the delimiters of an entry. */
enum bibtex_token {
    BIBTEX_FIELD,  /* `value` is its name */
    BIBTEX_BRACED, /* `value` is the content, one part of the field's value */
    BIBTEX_QUOTED,
    BIBTEX_BARE, /* a number or a macro */
    BIBTEX_COMMENT,
    BIBTEX_END,
    BIBTEX_CUT_OFF, /* the text ends inside the entry */
    BIBTEX_BROKEN,  /* `problem` says why; it was found at `at` */
};

struct bibtex_scan {
    str text;
    size_t at;
    char close; /* the delimiter that ends the entry */
    bool in_value;
    str value;
    char problem[160];
};

/* What stands behind an @ at scan->at: its word and delimiter.  False when that is no entry. */
bool bibtex_begin(struct bibtex_scan *scan, str *word);

/* The key that stands first in an entry; empty when there is none.  False when the text ends. */
bool bibtex_key(struct bibtex_scan *scan, str *key);
enum bibtex_token bibtex_next(struct bibtex_scan *scan);

/* True when an entry starts at the @ at `at`, with a key or a field on the same line. */
bool bibtex_starts_entry(str text, size_t at);

/* Names of entries or macros, found without regard to ASCII case. */
struct bibtex_names {
    arena memory;
    str *items;
    size_t count, *slots, slot_count;
};

enum { BIBTEX_NOT_FOUND = -1 };
long bibtex_names_find(const struct bibtex_names *names, str name);
size_t bibtex_names_add(struct bibtex_names *names, str name); /* its index */
void bibtex_names_clear(struct bibtex_names *names);
void bibtex_names_free(struct bibtex_names *names);

/* Cutting a text into entries, each with the macros and the parents that it needs behind it. */
void *bibtex_open(window *input);
void bibtex_close(void *state);
osler_status bibtex_cut(void *state, struct piece *out, osler_error *error);
bool bibtex_is_complete(const void *state);
const char *bibtex_remark(const void *state);

/* A field of an entry, its own or inherited: the value without its delimiters. */
struct bibtex_field {
    str name, value;
    bool taken; /* something of the record holds it */
};

struct bibtex_entry {
    str type, key;
    struct bibtex_field *fields;
    size_t count;
};

/* Read the first entry of a piece with all that it inherits; false when it has too many fields. */
bool bibtex_read_entry(arena *scratch, str piece, struct bibtex_entry *out);

/* The record of an entry. */
osler_record *bibtex_record(builder *b, arena *memory, struct bibtex_entry *entry);

/* LaTeX as CSL's rich text and back; `protect`: braces are <span class="nocase">. */
void bibtex_decode(buf *out, str latex, bool protect);
enum bibtex_dialect { BIBTEX_CLASSIC, BIBTEX_BIBLATEX };
void bibtex_encode(buf *out, str rich, enum bibtex_dialect dialect);

/* Lists of names both ways. */
void bibtex_add_names(struct making *m, const char *role, str names);
void bibtex_write_names(buf *out, const osler_record *record, const char *role,
                        enum bibtex_dialect dialect);

/* The tables of types and fields, entries.def and fields.def. */
enum bibtex_class { IN_ARTICLES = 1, IN_BOOKS = 2, IN_REPORTS = 4, IN_THESES = 8, IN_ALL = 15 };

struct bibtex_type {
    const char *name;
    enum work_type type;
    enum bibtex_class class;
    unsigned writes; /* a bit for each dialect */
};

enum bibtex_kind { AS_TEXT, AS_TITLE, AS_VERBATIM, AS_PAGES, AS_LANGUAGE, AS_NAMES, AS_DATE };

struct bibtex_row {
    const char *name;
    enum variable variable;
    enum bibtex_kind kind;
    unsigned classes, writes;
};

extern const struct bibtex_row bibtex_rows[];
extern const size_t bibtex_row_count;
extern const struct bibtex_type bibtex_types[];
extern const size_t bibtex_type_count;
const struct bibtex_type *bibtex_type_of(str name); /* NULL when unknown */
const struct bibtex_type *bibtex_type_for(enum work_type type, enum bibtex_dialect dialect);

/* The code of a language that babel calls `name`, and back; NULL when unknown. */
const char *bibtex_language_code(str name);
const char *bibtex_language_name(str code);

#endif
