/* The words of a query: what the parser reads. */
#ifndef QUERY_LEX_H
#define QUERY_LEX_H

#include "base/str.h"
#include <osler/base.h>

enum token_kind {
    TOKEN_END,
    TOKEN_WORD,
    TOKEN_PHRASE, /* the text without its quotes */
    TOKEN_TAG,    /* the text without its brackets */
    TOKEN_FIELD,  /* "n:" of "n:>100": the name alone; its value is the next token */
    TOKEN_OPEN,
    TOKEN_CLOSE,
    TOKEN_AND,
    TOKEN_OR,
    TOKEN_NOT,
    TOKEN_COLON
};

typedef struct token {
    enum token_kind kind;
    str text;
    bool prefix;     /* a word or phrase that ends in '*' */
    unsigned column; /* 1-based, in bytes */
} token;

/* The token at `*at` in `query`; `*at` moves behind it. */
OSLER_MUST_USE osler_status token_next(str query, size_t *at, token *out, osler_error *error);

/* A failure at a column of the query. */
__attribute__((format(printf, 3, 4))) osler_status query_fail(osler_error *error, unsigned column,
                                                              const char *format, ...);

#endif
