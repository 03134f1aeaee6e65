/* What the search index holds of a record beside its words: small facts and terms of Osler's own.
 */
#ifndef STORE_FACTS_H
#define STORE_FACTS_H

#include "index/document.h"
#include <osler/appraise.h>

/* Bits of index_facts.traits. */
enum facts_trait {
    FACTS_ABSTRACT = 1,  /* it has one, with words */
    FACTS_OF_TRIALS = 2, /* osler_appraisal.synthesis_of_trials */
    FACTS_CONFLICTS = 4  /* what is said of its design does not agree */
};

/* The bit of a flag or modifier in index_facts.flags and .modifiers; 0 when the name is none. */
uint32_t facts_flag(const char *name);
uint32_t facts_modifier(const char *code);

/* The name of the flag or modifier with bit `number`, from 0; NULL when none has it.  Static. */
const char *facts_flag_name(unsigned number);
const char *facts_modifier_code(unsigned number);

/* The day of a date as YYYYMMDD, 00 for what is not known; 0: nothing is. */
uint32_t facts_day(const osler_date *date);
/* The earliest of the dates of publication. */
uint32_t facts_published(const osler_record *record);

/* What making documents needs; one a thread.  You own it: facts_maker_free(). */
typedef struct facts_maker facts_maker;
facts_maker *facts_maker_new(void);
void facts_maker_free(facts_maker *m);

/*
 * Make the document of a record: its words and terms, its design, its flags, the headings above its
 * headings, and all facts but the citation.  All of it is the arena's.
 */
void facts_make_document(facts_maker *m, arena *memory, const osler_record *record,
                         const osler_appraisal *appraisal, index_document *out);

#endif
