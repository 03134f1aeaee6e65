/* The rows of cues.def and sizes.def, compiled once for the process. */
#ifndef APPRAISE_RULES_H
#define APPRAISE_RULES_H

#include "appraise/claims.h"
#include "appraise/program.h"

typedef enum rule_kind { RULE_CUE, RULE_GUARD, RULE_SIZE } rule_kind;

typedef enum scope {
    SCOPE_OVERLAP,
    SCOPE_SENTENCE,
    SCOPE_TITLE,
    SCOPE_ABSTRACT,
    SCOPE_RECORD,
    SCOPE_HEARSAY,
} scope;

typedef enum size_kind {
    SIZE_randomized,
    SIZE_enrolled,
    SIZE_analyzed,
    SIZE_stated,
    SIZE_arm,
    SIZE_veto,
    SIZE_studies,
    SIZE_pooled,
} size_kind;

typedef struct rule {
    rule_kind kind;
    claim claim;     /* of a cue or a guard */
    scope scope;     /* of a guard */
    double strength; /* of a cue */
    int trust;       /* of a size */
    size_kind size;  /* of a size */
    const char *places;
    const char *pattern;
} rule;

const rule *rule_get(unsigned row); /* NULL past the last */

/* True when the rule's cue tells what was done: it weighs as in methods where no label says. */
bool rule_is_action(const rule *r);

/* The rules' words and patterns; compiled at the first call, by any thread.  Static. */
const pattern_set *rules_patterns(void);
const lexicon *rules_words(void);

/* The classes of words, and the bit that a token of the class has. */
enum {
#define WORDS(name, members) CLASS_##name,
#include "appraise/cues.def"
    CLASS_COUNT
};

static inline uint64_t rules_class(unsigned word_class)
{
    return UINT64_C(1) << word_class;
}

/* The first row whose pattern does not compile, or NULL: for the tests. */
const rule *rules_fault(void);

#endif
