/*
 * What a condition or an intervention is looked for by: headings with all below them, and words
 * for the records that have no headings.
 */
#ifndef QUERY_CONCEPT_H
#define QUERY_CONCEPT_H

#include "base/arena.h"
#include "mesh/mesh.h"
#include "store/search.h"

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
} concept_phrase;

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
    size_t roots;  /* the first headings are those that are meant */
    bool disease;  /* a condition: harms and exclusions that name it count against */
    store_ids ids; /* candidates */
    double idf;
}
concept;

typedef struct concept_list {
    concept *items;
    size_t count;
} concept_list;

/* What resolving works with. */
typedef struct concept_resolver {
    store *store;
    arena *memory; /* owns all that comes of it */
    const mesh_index *vocabulary;
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

/* The ids of all records that may match, and the idf: fills in `c`. */
OSLER_MUST_USE osler_status concept_find(const concept_resolver *r, int64_t citations, concept *c,
                                         osler_error *error);

/* Up to `most` names that `text` may have been meant for. */
size_t concept_suggest(arena *memory, str text, const char **out, size_t most);

/* Make a concept of a profile, of a heading, of words: build.c. */
void concept_of_heading(arena *memory, concept *c, const mesh_descriptor *root);
bool concept_of_profile(arena *memory, concept *c, str text, const mesh_descriptor *heading);
void concept_of_words(arena *memory, concept *c, str words);

/* Add the names and aliases of profiles that are near to `text`. */
void concept_suggest_profiles(arena *memory, mesh_suggestion_list *list, str text);

/* The forms under which the word index may hold the phrase. */
void concept_add_variants(arena *memory, store_phrase_list *out, const concept_phrase *phrase);

#endif
