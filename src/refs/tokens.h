/* A reference cut into words, numbers, marks and identifiers: what labels are given to. */
#ifndef REFS_TOKENS_H
#define REFS_TOKENS_H

#include "base/arena.h"
#include "base/str.h"
#include <stdint.h>

enum token_kind {
    TOKEN_WORD,   /* letters, with apostrophes and hyphens inside: "Balcou-Debussche" */
    TOKEN_NUMBER, /* digits alone */
    TOKEN_CODE,   /* digits and letters: "e55518", "23D", "2009a" */
    TOKEN_MARK,   /* one character of punctuation */
    TOKEN_DOI,    /* "10.1000/182", bare or as an address of doi.org */
    TOKEN_URL,
    TOKEN_KIND_COUNT
};

struct token {
    str text;
    uint8_t kind;
    bool spaced; /* white space stands before it */
};

/*
 * The tokens of a UTF-8 text in `memory`; ill-formed bytes are marks.  Words that a number follows
 * at once ("Hypertens Pregnancy26", where bold type was lost) are cut there.
 */
size_t tokens_of(struct token **out, arena *memory, str text);

#endif
