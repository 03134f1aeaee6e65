/* Everything in a record that speaks for a design or a modifier, gathered but not yet weighed. */
#ifndef APPRAISE_WITNESSES_H
#define APPRAISE_WITNESSES_H

#include "appraise/claims.h"
#include "appraise/matching.h"
#include "appraise/text.h"
#include "base/arena.h"
#include <osler/appraise.h>

typedef enum source {
    SOURCE_PT,
    SOURCE_MESH,
    SOURCE_TITLE,
    SOURCE_ABSTRACT,
    SOURCE_REGISTRY,
    SOURCE_JOURNAL,
    SOURCE_STATUS,
    SOURCE_COUNT,
} source;

typedef struct witness {
    claim claim;
    source source;
    double weight;
    const char *cue;     /* as printed */
    const char *section; /* label of the section, NULL when none */
    bool design_section; /* stands in a section of its own for the design */
    bool silent;         /* overruled: it is shown, but does not count */
} witness;

typedef struct testimony {
    witness *items;
    size_t count;
    passages text;
    match_list matches; /* of all rules, guards and sizes included */
    bool has_types;     /* publication types are known and used */
    bool indexed;       /* has MeSH headings, and they are used */
    bool animals_only;  /* indexed as Animals, not as Humans */
    bool commentary;    /* a comment, an editorial or news, by type or title */
    bool letter;
    bool by_chance;   /* words of the text say that chance assigned, not only "placebo" */
    unsigned people;  /* words in the abstract that mean people */
    bool searched;    /* a sentence of the abstract tells of a search in databases */
    bool debatable;   /* a review with a search, too little for a systematic one: by verdict.c */
    double synthesis; /* the abstract's sentences that speak for a synthesis, joined */
} testimony;

/* Gather the testimony of `record`; all of it is the arena's.  `options` may be NULL. */
void testimony_of(arena *memory, testimony *out, const osler_record *record,
                  const osler_appraise_options *options);

#endif
