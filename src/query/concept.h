/*
 * What a condition or an intervention is looked for by: headings with all below them, and words
 * for the records that have no headings.
 */
#ifndef QUERY_CONCEPT_H
#define QUERY_CONCEPT_H

#include "base/arena.h"
#include "index/index.h"
#include "mesh/mesh.h"
#include "query/forms.h"

/* How much a heading below the one that is meant counts, per level (evidence of A5.2: ancestors at
 * 0.35 per level). */
#define CONCEPT_PER_LEVEL 0.35

typedef struct concept_heading {
    const mesh_descriptor *descriptor;
    int level;      /* 0: what is meant; 1, 2, ...: below it */
    double weight;  /* 1, or what its profile says */
    bool with_text; /* counts only where the text has a term */
} concept_heading;

typedef struct concept_phrase {
    const char *text;
    str words;     /* folded, one space between them */
    str key;       /* by base/form.h */
    double weight; /* CONCEPT_PER_LEVEL to the power of its level, times what the profile says */
    bool exact;    /* a name of what is meant, not of something below it */
    bool abbreviation; /* counts only beside a phrase in full */
    bool known;        /* a name of a heading of the vocabulary */
} concept_phrase;

/* One way in which a phrase may stand in a text: forms one behind the other. */
typedef struct concept_pattern {
    uint32_t phrase; /* its index, in `phrases` or in `without` */
    bool without;
    uint32_t count;
    const uint32_t *forms; /* by the table of the list */
} concept_pattern;

/* A name under which a heading may stand that has no UI, or none of the vocabulary. */
typedef struct concept_name {
    uint32_t name; /* index in the names of the list */
    uint32_t phrase;
} concept_name;

typedef struct concept {
    const char *query;   /* the part of the query it was made of */
    const char *name;    /* to show */
    const char *profile; /* its code, or NULL */
    struct {
        concept_heading *items;
        size_t count;
    } headings;
    struct {
        concept_phrase *items;
        size_t count;
    } phrases, without;
    size_t roots;   /* the first headings are those that are meant */
    bool disease;   /* a condition: harms and exclusions that name it count against */
    uint64_t found; /* records that have a heading or a phrase of it; ranking.c finds them */
    double idf;
    struct { /* these follow from the above: concept_prepare() */
        concept_pattern *items;
        size_t count;
    } patterns;      /* by their first form, then as they were made */
    uint32_t *first; /* beside the forms of the table: where the patterns begin that begin with
                        it; one more at the end */
    struct {
        concept_name *items;
        size_t count;
    } names;
    struct {
        const mesh_descriptor **items;
        size_t count;
    } broader; /* headings above those that are meant */
}
concept;

/* The folded words of a heading's name. */
typedef struct concept_heading_name {
    str words;
    const mesh_descriptor *descriptor; /* NULL: the vocabulary has no such heading */
} concept_heading_name;

typedef struct concept_list {
    concept *items;
    size_t count;
    form_table forms; /* of all patterns; filled in, like the names, by concept_prepare() */
    struct {
        concept_heading_name *items;
        size_t count;
    } names; /* rising, each once */
} concept_list;

/* What resolving works with. */
typedef struct concept_resolver {
    index *index;
    index_analyzer *analyzer;
    arena *memory; /* owns all that comes of it */
} concept_resolver;

/*
 * The concepts that `text` means, added to `*out`: a profile, a heading or an entry term; else its
 * longest known parts, and the words between them as they are.  Each is required.
 * OSLER_ENOTFOUND: a word that is neither in the vocabulary nor in any record; `*unknown` is it.
 * OSLER_EUSAGE: there is no word in it.
 */
OSLER_MUST_USE osler_status concept_resolve(const concept_resolver *r, str text, bool disease,
                                            concept_list *out, const char **unknown,
                                            osler_error *error);

/* Make patterns and names of the phrases and headings of all concepts: patterns.c. */
void concept_prepare(arena *memory, concept_list *list);

/* The index of a heading's name, in folded words; the number of names when it is none of them. */
size_t concept_find_name(const concept_list *list, str words);

/* Up to `most` names that `text` may have been meant for. */
size_t concept_suggest(arena *memory, str text, const char **out, size_t most);

/* Make a concept of a profile, of a heading, of words: build.c. */
void concept_of_heading(arena *memory, concept *c, const mesh_descriptor *root);
bool concept_of_profile(arena *memory, concept *c, str text, const mesh_descriptor *heading);
void concept_of_words(arena *memory, concept *c, str words);

/* Add the names and aliases of profiles that are near to `text`. */
void concept_suggest_profiles(arena *memory, mesh_suggestion_list *list, str text);

#endif
