/* References made of records with one known error each, from a seed: what resolving is measured on.
 */
#ifndef TESTS_MATCH_MUTATE_H
#define TESTS_MATCH_MUTATE_H

#include "base/arena.h"
#include <osler/record.h>
#include <stdint.h>

enum mutation {
    MUTATE_NOTHING,
    /* as styles print: no errors */
    MUTATE_ABBREVIATED_JOURNAL,
    MUTATE_ET_AL,
    MUTATE_NO_ISSUE_NO_DOI,
    MUTATE_CASE,
    MUTATE_SHORT_PAGES,
    /* errors in one field */
    MUTATE_TITLE_TYPO,
    MUTATE_YEAR,
    MUTATE_VOLUME,
    MUTATE_PAGE,
    MUTATE_AUTHOR_TYPO,
    MUTATE_DROPPED_AUTHOR,
    MUTATE_TRUNCATED_TITLE,
    MUTATE_DOI,
    MUTATE_JOURNAL,
    MUTATE_ISSUE,
    /* half of one work, half of another */
    MUTATE_FOREIGN_AUTHORS,
    MUTATE_FOREIGN_TITLE,
    /* another work that looks alike */
    MUTATE_PART_TWO,
    MUTATE_ERRATUM,
    MUTATE_REPLY,
    MUTATE_CONGRESS_ABSTRACT,
    MUTATE_NEXT_YEAR,
    MUTATIONS
};

const char *mutation_name(enum mutation mutation);

/* What a right verdict is: 0 exact, 1 repairable, 2 chimera, 3 not in this library. */
int mutation_verdict(enum mutation mutation);

/* The next number of the seed, below `most`. */
unsigned mutate_number(uint64_t *seed, unsigned most);

/*
 * What a reference prints of `record`, with the mutation; `other` lends what is foreign.  NULL when
 * the record has nothing that could be so mutated.  In `memory`.
 */
const osler_record *mutate(arena *memory, uint64_t *seed, enum mutation mutation,
                           const osler_record *record, const osler_record *other);

#endif
