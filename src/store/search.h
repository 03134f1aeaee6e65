/*
 * Sets of living citations: what the tables of the library answer.  Everything asked for is bound
 * as a parameter or quoted as words, so that no query text reaches SQL or FTS5 as syntax.
 */
#ifndef STORE_SEARCH_H
#define STORE_SEARCH_H

#include "base/arena.h"
#include "base/str.h"
#include "store/store.h"

/* Ids of citations, ascending, each once.  The items are the arena's. */
typedef struct store_ids {
    int64_t *items;
    size_t count;
} store_ids;

/* The columns of the words that are indexed. */
enum store_column_set {
    STORE_TITLE = 1 << 0,
    STORE_ABSTRACT = 1 << 1,
    STORE_OTHER_ABSTRACT = 1 << 2,
    STORE_KEYWORDS = 1 << 3,
    STORE_HEADINGS = 1 << 4,
    STORE_AUTHORS = 1 << 5,
    STORE_AFFILIATIONS = 1 << 6,
    STORE_JOURNAL = 1 << 7,
    STORE_SUBSTANCES = 1 << 8,
    STORE_OTHER = 1 << 9,
    STORE_ALL_COLUMNS = (1 << 10) - 1
};

/* Folded words (base/words.h) one behind the other, one space between them. */
typedef struct store_phrase {
    str words;
    unsigned columns; /* of enum store_column_set */
    bool prefix;      /* the last word may go on */
} store_phrase;

typedef struct store_phrase_list {
    store_phrase *items;
    size_t count;
} store_phrase_list;

/* Citations in which at least one of the phrases stands; phrases without words are passed over. */
OSLER_MUST_USE osler_status store_search_phrases(store *s, arena *memory,
                                                 const store_phrase_list *phrases, store_ids *out,
                                                 osler_error *error);

/* The weight of each column, in their order. */
enum { STORE_COLUMNS = 10 };

/* Scores beside the ids they belong to. */
typedef struct store_scores {
    store_ids ids;
    double *scores; /* BM25 (store/rank.c), above 0: higher is better */
} store_scores;

/* BM25 of every citation in which at least one of the phrases stands. */
OSLER_MUST_USE osler_status store_rank_phrases(store *s, arena *memory,
                                               const store_phrase_list *phrases,
                                               const double weights[STORE_COLUMNS],
                                               store_scores *out, osler_error *error);

/* What can be asked of the tables: rows of searches.def. */
enum store_question {
#define SEARCH(name, sql) STORE_##name,
#include "store/searches.def"
#undef SEARCH
};

/* The parameters of a question; each row of searches.def says what it takes. */
typedef struct store_asked {
    str text;
    int64_t low, high;
} store_asked;

OSLER_MUST_USE osler_status store_search(store *s, arena *memory, enum store_question question,
                                         const store_asked *asked, store_ids *out,
                                         osler_error *error);

/* Citations that have an abstract. */
OSLER_MUST_USE osler_status store_search_abstracts(store *s, arena *memory, store_ids *out,
                                                   osler_error *error);

/* What lists are ordered by. */
typedef struct store_key {
    int64_t id, pmid; /* pmid: 0 when there is none */
    int64_t year, date;
    const char *title;
} store_key;

/* The keys of `ids`, in their order: an array of as many, the arena's. */
OSLER_MUST_USE osler_status store_get_keys(store *s, arena *memory, store_ids ids, store_key **out,
                                           osler_error *error);

/* Set arithmetic; the results are the arena's or one of the arguments. */
store_ids store_ids_both(arena *memory, store_ids a, store_ids b);
store_ids store_ids_either(arena *memory, store_ids a, store_ids b);
store_ids store_ids_without(arena *memory, store_ids a, store_ids b);

/* The library's averages over the living citations that have the field, for scoring; 0 when none.
 */
typedef struct store_averages {
    int64_t citations;
    double title, abstract, other_abstract, keywords; /* words */
    double headings;                                  /* headings */
} store_averages;

OSLER_MUST_USE osler_status store_get_averages(store *s, store_averages *out, osler_error *error);

#endif
