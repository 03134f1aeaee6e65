/*
 * The query language of `osler find`: PubMed's, on the local library.
 *
 *   word  "a phrase"  prefix*  AND OR NOT ( )  text[tag]  "text"[tag:~3]  from:to[tag]  field:value
 *
 * As in PubMed, operators are upper case and are taken from left to right, words side by side are
 * joined by AND, a tag covers all the words before it (for dates and numbers: the last), and words
 * without tag that MeSH knows are looked for as heading, exploded, too; quotes, tags and '*' turn
 * that off.  A word that is looked for everywhere means its family too ("lion": lions); quotes and
 * narrower tags take it as it is.
 */
#ifndef QUERY_QUERY_H
#define QUERY_QUERY_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"
#include "index/index.h"
#include "mesh/mesh.h"
#include "store/search.h"

#include <osler/record.h>

/* How the text of a leaf is looked for. */
enum query_kind {
    QUERY_WORDS,
    QUERY_AUTHOR,
    QUERY_JOURNAL,
    QUERY_DATE,
    QUERY_HEADING,
    QUERY_TYPE,
    QUERY_LANGUAGE,
    QUERY_NUMBER,
    QUERY_REGISTRY,
    QUERY_PAGE,
    QUERY_FILTER,
    QUERY_DESIGN,
    QUERY_SIZE,
    QUERY_FLAG,
    QUERY_QUALIFIER,
    QUERY_IDENTIFIER,
    QUERY_TERM, /* one term of the index, of the kind that the argument says */
    QUERY_OWN   /* a question to the user's own tables */
};

/* Arguments of tags. */
enum { HEADING_EXPLODE = 1, HEADING_MAJOR = 2 };
enum { DATE_PUBLISHED, DATE_ENTERED, DATE_REVISED };
enum { AUTHOR_ANY = 1, AUTHOR_FIRST = 2, AUTHOR_LAST = 4, AUTHOR_INVESTIGATOR = 8 }; /* fields */
enum { IDENTIFIER_DOI, IDENTIFIER_PMCID, IDENTIFIER_ANY };

enum { QUERY_SHORTEST_PREFIX = 3 }; /* letters before a '*'; PubMed wants 4 */
enum { QUERY_MOST_TERMS = 10000 };

typedef struct query_tag {
    const char *name;
    enum query_kind kind;
    unsigned argument;
    const char *aliases;
} query_tag;

/* The tag that `text` names (without brackets), or NULL. */
const query_tag *query_tag_find(str text);

/* "tiab:~3": words of the title or abstract with at most three others between them.  False: it
 * names no field of words, or no number. */
bool query_tag_is_near(str text);
bool query_tag_find_near(str text, const query_tag **out, int *near);

/* Add the names that are near to the unknown tag `text`: "[ti], [tiab]". */
void query_tag_suggest(buf *b, str text);

/* One thing that is looked for. */
typedef struct query_leaf {
    const query_tag *tag; /* never NULL; "all" where the query has none */
    const char *text;     /* as typed, without quotes and '*' */
    const char *to;       /* end of a range; NULL when it is none */
    bool quoted, prefix;
    bool mapped;       /* a heading that stands beside the words it was made of */
    int near;          /* words that may stand between its own, "[tiab:~3]"; -1: it is no such */
    unsigned column;   /* 1-based, in the query */
    int64_t low, high; /* DATE, NUMBER, SIZE: the bounds */
    uint64_t count;    /* how many citations it found, after query_evaluate() with `count_all` */
    const char *note;  /* how it was looked for, after query_evaluate(); may be NULL */
} query_leaf;

typedef enum query_operator { QUERY_AND, QUERY_OR, QUERY_NOT } query_operator;

/* A leaf, or a group whose items are combined from left to right.  No items: every citation. */
typedef struct query_node {
    query_leaf *leaf;
    struct query_item *items;
    size_t count;
} query_node;

typedef struct query_item {
    query_operator join; /* of the first item: QUERY_NOT means "all but", else ignored */
    query_node *node;
} query_item;

/*
 * Read `text`.  The tree is the arena's, and so are the sentences that `notes` (may be NULL) gets
 * on what was understood in a way that may surprise.  OSLER_EUSAGE: it cannot be understood, is too
 * long, too deep or has too many terms; the error has the column, in bytes.
 */
OSLER_MUST_USE osler_status query_parse(arena *memory, str text, query_node **out,
                                        osler_text_list *notes, osler_error *error);

/* Add the tree as an unambiguous query, every word with its tag. */
void query_print(buf *b, const query_node *node);

/* Where a query is looked for. */
typedef struct query_context {
    index *index;
    store *const *stores; /* beside the sources of the index: for the user's own tables */
    size_t store_count;
    index_analyzer *analyzer;
    arena *memory;  /* owns what is found */
    bool count_all; /* count what every term finds by itself */
} query_context;

/* What to rank by. */
typedef struct query_positive {
    index_asked *items;
    size_t count;
} query_positive;

/* The living documents that the query matches.  `positive` (may be NULL) gets what to rank them
 * by. */
OSLER_MUST_USE osler_status query_evaluate(const query_context *where, query_node *node,
                                           index_set *out, query_positive *positive,
                                           osler_error *error);

/* Sets that are used again and again. */
typedef struct query_sets {
    const query_context *where;
    struct {
        index_set *items;
        size_t count;
    } idle;
    size_t room; /* for idle ones */
} query_sets;
index_set query_set_take(query_sets *sets); /* empty */
void query_set_give(query_sets *sets, index_set set);

/* Add the documents one leaf matches to the empty set `out`: leaf.c, for evaluate.c. */
OSLER_MUST_USE osler_status query_find_leaf(query_sets *sets, query_leaf *leaf, index_set *out,
                                            osler_error *error);

/* The same for words: words.c. */
OSLER_MUST_USE osler_status query_find_words(query_sets *sets, query_leaf *leaf, index_set *out,
                                             osler_error *error);

/* True when the leaf asks for facts, so that it is cheapest over the little that is left. */
bool query_is_fact(const query_leaf *leaf);
/* Keep those members of the set that the leaf matches, or, `against`, that it does not. */
OSLER_MUST_USE osler_status query_filter_leaf(const query_context *where, const query_leaf *leaf,
                                              bool against, index_set *set, osler_error *error);

/* Add what of the leaf a result is ranked by. */
OSLER_MUST_USE osler_status query_add_positive(const query_context *where, const query_leaf *leaf,
                                               query_positive *out, osler_error *error);

/* A term of the index, the arena's: its kind and value. */
str query_term(arena *memory, enum index_kind kind, str value);

/* Check the text of a leaf and fill in its bounds: check.c, for parse.c. */
OSLER_MUST_USE osler_status query_check_leaf(query_leaf *leaf, osler_error *error);

/* The study designs that `words` mean, a code ("randomized-trial"), a name, or what people say
 * ("rct", "reviews"): bit i is osler_design_code(i).  0: none. */
uint64_t query_designs(str words);

/* Add what was likely meant by words that mean no design: " ('cohort' is near)", or nothing. */
void query_design_suggest(buf *b, str words);

/* The words of `text`, folded, one space between them. */
str query_words(arena *memory, str text);

/* The query that a filter stands for, NULL for one that Osler answers itself; false when there is
 * no such filter. */
bool query_filter(str name, const char **query);

#endif
