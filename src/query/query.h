/*
 * The query language of `osler find`: PubMed's, on the local library.
 *
 *   word  "a phrase"  prefix*  AND OR NOT ( )  text[tag]  from:to[tag]  field:value
 *
 * As in PubMed, operators are upper case and are taken from left to right, words side by side are
 * joined by AND, a tag covers all the words before it (for dates and numbers: the last), and words
 * without tag that MeSH knows are looked for as heading, exploded, too; quotes, tags and '*' turn
 * that off.
 */
#ifndef QUERY_QUERY_H
#define QUERY_QUERY_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"
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
    QUERY_ASKED /* one question to the store, with the text as it is */
};

enum { HEADING_EXPLODE = 1, HEADING_MAJOR = 2 };
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

/* Add the names that are near to the unknown tag `text`: "[ti], [tiab]". */
void query_tag_suggest(buf *b, str text);

/* One thing that is looked for. */
typedef struct query_leaf {
    const query_tag *tag; /* never NULL; "all" where the query has none */
    const char *text;     /* as typed, without quotes and '*' */
    const char *to;       /* end of a range; NULL when it is none */
    bool quoted, prefix;
    bool mapped;       /* a heading that stands beside the words it was made of */
    unsigned column;   /* 1-based, in the query */
    int64_t low, high; /* DATE, NUMBER, SIZE: the bounds */
    size_t count;      /* how many citations it found, after query_evaluate() */
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
    store *store;
    arena *memory; /* owns what is found */
} query_context;

/* The living citations that the query matches.  `positive` gets the words to rank them by. */
OSLER_MUST_USE osler_status query_evaluate(const query_context *where, query_node *node,
                                           store_ids *out, store_phrase_list *positive,
                                           osler_error *error);

/* The citations one leaf matches: leaf.c, for evaluate.c. */
OSLER_MUST_USE osler_status query_find_leaf(const query_context *where, query_leaf *leaf,
                                            store_ids *out, osler_error *error);

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
