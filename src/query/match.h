/* Where and how strongly one record is about one concept. */
#ifndef QUERY_MATCH_H
#define QUERY_MATCH_H

#include "base/arena.h"
#include "index/document.h"
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

/* A word that a concept asks for, where it stands.  Positions are those of the index
 * (index/document.h): words one behind the other have positions one behind the other. */
typedef struct match_token {
    uint32_t position, form; /* the form by the table of the concepts */
    unsigned char span;      /* 2: two words with a hyphen between them, from `position` on */
    unsigned char marks;     /* enum index_mark */
} match_token;

/* A stretch of the record's text: the title, one keyword, one section of an abstract. */
typedef struct match_text {
    enum match_field field;
    double factor;       /* 1.3 for conclusions */
    size_t first, count; /* its tokens */
} match_text;

/* A heading of the record that a concept may ask for. */
typedef struct match_heading {
    const mesh_descriptor *descriptor; /* NULL: not in the vocabulary, known by its name */
    size_t name;                       /* then: its index in the names of the concepts */
    const char *text;                  /* as it is shown */
    bool major, minor; /* it stands there as a major topic, as another; perhaps both */
    bool harm;         /* "chemically induced" is its only qualifier */
} match_heading;

/* What of a record concepts are matched against: made of the record itself (document.c) or of the
 * index (collect.c), with the same content.  All of it is an arena's. */
typedef struct match_document {
    struct {
        match_text *items;
        size_t count;
    } texts;
    struct {
        match_token *items; /* by position, then by span */
        size_t count;
    } tokens;
    struct {
        match_heading *items; /* by match_order_headings(), each once */
        size_t count;
    } headings;
    double lengths[MATCH_FIELDS];                           /* words, or headings */
    uint32_t first_sentence_end[2], last_sentence_start[2]; /* of index_layout */
} match_document;

/* Make the document of a record. */
void match_prepare(arena *memory, match_document *out, const concept_list *concepts,
                   const osler_record *record);

/* Put headings in their order, and make one of those that are the same. */
void match_order_headings(match_document *document);

/* Conclusions weigh more than the rest of an abstract. */
double match_factor(enum match_field field, bool conclusions);

/* What was seen in one field: a heading or a phrase, as often as it stands there. */
typedef struct match_hit {
    enum match_field field;
    const char *what;
    unsigned times;
    double tf; /* times, weighed by level, profile and section */
} match_hit;

/* What was seen and does not count. */
enum match_objection {
    MATCH_IS_HARM,
    MATCH_IS_EXCLUDED,
    MATCH_IS_ABSENT,
    MATCH_IS_INDUCED,   /* a heading, "chemically induced" */
    MATCH_IS_HARM_ALONE /* a minor heading, named in the text as a harm alone */
};

typedef struct match_against {
    const char *what;
    enum match_objection why;
} match_against;

typedef struct match {
    struct {
        match_hit *items;
        size_t count;
    } hits;
    double strength;           /* 0 to 1: of the strongest thing seen, after what counts against */
    const char *strongest;     /* what it was; NULL when nothing was seen */
    enum match_field stood_in; /* where the strongest stood */
    struct {
        match_against *items;
        size_t count;
    } against;
} match;

/* Match a document against a concept; what `out` holds is the arena's, the concept's or the
 * document's. */
void match_concept(arena *memory, match *out, const match_document *document, const concept *c);

/* True when a phrase in full stands in the texts of the document, whatever is meant by it. */
bool match_is_named(const match_document *document, const concept *c);

/* What is said of an objection: "stands among adverse events".  Static. */
const char *match_objection_text(enum match_objection why);

/* The name of a field, such as "mesh_major".  Static. */
const char *match_field_name(enum match_field field);

#endif
