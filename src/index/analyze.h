/* One record on its way to a document: its terms as they are found, and where words stand. */
#ifndef INDEX_ANALYZE_H
#define INDEX_ANALYZE_H

#include "base/words.h"
#include "index/document.h"

/* Where a word stands. */
typedef struct analyze_place {
    uint32_t position;
    uint32_t next; /* the term's next place, plus 1; 0: the last */
    unsigned char field, marks;
} analyze_place;

/* A term that was found. */
typedef struct analyze_term {
    str text; /* kind and value */
    uint64_t hash;
    uint32_t first, last; /* places, plus 1; 0: a term without positions */
    uint32_t fields;      /* bits, of a term without positions */
} analyze_term;

struct index_analyzer {
    uint64_t seed;
    uint64_t *slots; /* upper half of the hash, and the term's number plus 1; 0: free */
    size_t slot_count;
    analyze_term *terms;
    size_t term_count, term_room;
    analyze_place *places;
    size_t place_count, place_room;
    index_layout layout;
    size_t layout_room;
    uint32_t next;   /* the position where the next text starts */
    arena cutting;   /* words of the text at work */
    word_list words; /* its words */
    buf plain, folded, name, value, bytes;
    arena *memory; /* of the document */
    struct family *family;
};

/* What is to be known of a text beside its words. */
typedef struct analyze_text {
    enum index_field field;
    bool topic;      /* it has a place in the layout, and its words have marks */
    bool title;      /* a title or keyword */
    bool harms;      /* a section on adverse events */
    unsigned traits; /* enum index_text_trait */
} analyze_text;

/*
 * Add the words of a text, which stay in `a->words` until the next text; how many there are.
 * analyze_markup() takes inline markup, which may be NULL.
 */
size_t analyze_add_text(index_analyzer *a, const analyze_text *what, str plain);
size_t analyze_add_markup(index_analyzer *a, const analyze_text *what, const char *markup);

/* Add a term without positions, in the field whose number is `field`; not when it is empty. */
void analyze_add_term(index_analyzer *a, enum index_kind kind, str value, unsigned field);

/* Everything of the record that has words (analyze_words.c), then its other terms
 * (analyze_terms.c). */
void analyze_words(index_analyzer *a, const osler_record *record, uint16_t *lengths);
void analyze_terms(index_analyzer *a, const osler_record *record);

#endif
