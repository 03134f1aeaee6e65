/* Where and how strongly one record is about one concept. */
#ifndef QUERY_MATCH_H
#define QUERY_MATCH_H

#include "base/arena.h"
#include "base/words.h"
#include "query/concept.h"
#include <osler/record.h>

/* The fields that are counted apart: rows of fields in score.c. */
enum match_field {
    MATCH_MESH_MAJOR,
    MATCH_MESH_MINOR,
    MATCH_TITLE,
    MATCH_KEYWORDS,
    MATCH_ABSTRACT,
    MATCH_OTHER_ABSTRACT,
    MATCH_FIELDS
};

/* A stretch of the record's text: the title, one keyword, one section of an abstract. */
typedef struct match_text {
    enum match_field field;
    word_list words;
    str *forms;                           /* beside the words: by base/form.h */
    unsigned char *roles;                 /* the same: what match_mark() made of them */
    const char *text;                     /* plain */
    double factor;                        /* 1.3 for conclusions */
    bool conclusions, first, last, harms; /* first and last: of the abstract */
} match_text;

/* A record made ready for matching; all of it is the arena's. */
typedef struct match_document {
    const osler_record *record;
    struct {
        match_text *items;
        size_t count;
    } texts;
    const mesh_descriptor **headings; /* beside record->headings; NULL: not in the vocabulary */
    str *heading_keys;                /* the same */
    double lengths[MATCH_FIELDS];     /* words, or headings */
    bool has_abstract;
} match_document;

void match_prepare(arena *memory, match_document *out, const mesh_index *vocabulary,
                   const osler_record *record);

/* What was seen in one field: a heading or a phrase, as often as it stands there. */
typedef struct match_hit {
    enum match_field field;
    const char *what;
    unsigned times;
    double tf; /* times, weighed by level, profile and section */
} match_hit;

typedef struct match {
    struct {
        match_hit *items;
        size_t count;
    } hits;
    double strength;         /* 0 to 1: of the strongest thing seen, after what counts against */
    const char *strongest;   /* "title \"migraine\""; NULL when nothing was seen */
    osler_text_list against; /* sentences: what was seen and does not count, and why */
} match;

/* Match a document against a concept; `out` is the arena's. */
void match_concept(arena *memory, match *out, const match_document *document, const concept *c);

/* How an occurrence is meant; context.c. */
enum match_meaning {
    MATCH_MEANT,
    MATCH_HARM,     /* one of the harms of something */
    MATCH_EXCLUDED, /* those who have it are left out */
    MATCH_ABSENT    /* "without", "no history of" */
};
/* Before it can be asked: fill in `roles`. */
void match_mark(arena *memory, match_text *text);
enum match_meaning match_meaning_of(const match_text *text, size_t from, size_t to);

/* The name of a field, such as "mesh_major".  Static. */
const char *match_field_name(enum match_field field);

#endif
