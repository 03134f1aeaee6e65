/* What patterns are compiled into: operations, and the tokens that can begin a pattern. */
#ifndef APPRAISE_PROGRAM_H
#define APPRAISE_PROGRAM_H

#include "appraise/lexicon.h"
#include "appraise/text.h"
#include <stdint.h>

/*
 * What must stand in a sentence from a token on, for a pattern to match there: seen at once that
 * it cannot.  Also, what does stand there.
 */
typedef struct pattern_needs {
    uint64_t words[2]; /* one of these: a set with false positives; bit 0 is always there, and
                          stands for what is no word of the lexicon too */
    uint64_t classes;  /* each of these, and PATTERN_NUMBER */
} pattern_needs;

#define PATTERN_NUMBER (UINT64_C(1) << 63)

static inline void pattern_needs_word(pattern_needs *n, uint32_t id)
{
    n->words[id >> 6 & 1] |= UINT64_C(1) << (id & 63);
}

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

/* A pattern as it is added, with its first draft. */
struct pattern_entry {
    uint32_t draft;
    uint16_t row, places;
    pattern_needs needs;
};

/* A pattern that can begin with a certain token. */
struct pattern_start {
    uint16_t op, row, places;
    pattern_needs needs;
};

/* What is looked for in titles, in labels of sections, in their texts. */
enum { PATTERN_TITLE, PATTERN_LABEL, PATTERN_TEXT, PATTERN_GROUPS };

/* The patterns that can begin with a word, or with a number: the starts `from` to `to`. */
typedef struct pattern_choice {
    uint64_t seconds; /* the marks of what can come next in one of them, or TEXT_ANYTHING */
    uint32_t from, to;
} pattern_choice;

/* The starts of the patterns of one group of places. */
typedef struct pattern_group {
    pattern_choice number;
    pattern_choice *words; /* by id; none at 0 */
    uint64_t *seconds;     /* of each start */
    struct pattern_start *starts;
} pattern_group;

/* Start from zeros, with `memory`, `words` and the names of classes set. */
typedef struct pattern_set {
    arena *memory;
    lexicon *words;
    const char *const *class_names;
    size_t class_count;
    struct pattern_class {
        uint32_t *ids; /* of the members */
        size_t count;
    } classes[64];
    uint64_t breakers; /* classes of words that ~~ does not pass */
    pattern_group groups[PATTERN_GROUPS];
    struct pattern_op *ops;
    uint16_t *choices; /* the words of OP_ONE_OF */
    size_t op_count, choice_count;
    arena drafting; /* what stands below is gone after patterns_finish() */
    struct pattern_draft *drafts;
    struct pattern_entry *entries;
    size_t draft_count, entry_count;
} pattern_set;

/* No more patterns: make the program of what pattern_add() wrote down; false when it is too large.
 */
bool patterns_finish(pattern_set *set);

#endif
