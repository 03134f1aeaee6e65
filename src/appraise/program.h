/* What patterns are compiled into: operations, and the tokens that can begin a pattern. */
#ifndef APPRAISE_PROGRAM_H
#define APPRAISE_PROGRAM_H

#include "appraise/pattern.h"

typedef enum op_kind {
    OP_WORD,   /* the word `a` */
    OP_ONE_OF, /* one of the `b` words from `a` on, of the program's words */
    OP_CLASS,
    OP_NUMBER,
    OP_CAPTURE,
    OP_GAP,
    OP_NARROW_GAP,
    OP_SPLIT, /* first `a`, then `b` */
    OP_JUMP,  /* in drafts alone */
    OP_COLON,
    OP_BEGIN,
    OP_END,
    OP_MATCH,
} op_kind;

/* An operation as it is first written down, followed by the next one. */
struct pattern_draft {
    op_kind kind;
    uint32_t a, b;
};

/* An operation: `first` holds the marks of the tokens that it can begin with, or TEXT_ANYTHING. */
struct pattern_op {
    uint64_t first;
    uint16_t a, b, next;
    uint8_t kind;
};

/* A pattern as it is added: its first draft, and the words of which its sentence must have one. */
struct pattern_entry {
    uint32_t draft;
    uint16_t row, places;
    pattern_sieve needs;
};

/* A pattern that can begin with a certain token. */
struct pattern_start {
    uint16_t op, row, places;
    pattern_sieve needs;
};

#endif
