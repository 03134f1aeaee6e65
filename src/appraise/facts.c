/* Reading a record's facts: size, interventions, follow-up, effects and statements put together. */
#include "appraise/facts.h"

#include "appraise/effects.h"
#include "appraise/follow_up.h"
#include "appraise/interventions.h"
#include "appraise/sizes.h"
#include "appraise/statements.h"
#include "appraise/verdict.h"
#include "base/buf.h"
#include "base/memory.h"

static osler_fact number_fact(arena *memory, long number, const char *sentence,
                              const passage *where)
{
    if (!number)
        return (osler_fact){0};
    buf b = {0};
    buf_printf(&b, "%ld", number);
    osler_fact fact = {.text = arena_copy(memory, buf_str(&b)),
                       .sentence = arena_copy(memory, str_of(sentence)),
                       .place = fact_place(memory, where)};
    buf_free(&b);
    return fact;
}

/* The design and the sizes, as appraise() finds them. */
static claim read_size(arena *memory, osler_facts *out, const osler_record *record,
                       const osler_appraise_options *options)
{
    arena scratch = {0};
    testimony t;
    verdict v;
    sizes s;
    testimony_of(&scratch, &t, record, options);
    verdict_of(&scratch, &v, &t, record);
    sizes_of(&scratch, &s, &t, v.design);
    out->design = claim_code(v.design);
    out->n = s.n;
    out->n_kind = s.kind;
    out->size = number_fact(memory, s.n, s.sentence, s.where);
    out->studies = s.studies;
    out->reviewed = number_fact(memory, s.studies, s.studies_sentence, s.studies_where);
    arena_free(&scratch);
    return v.design;
}

void facts_of(arena *memory, osler_facts *out, const osler_record *record,
              const osler_appraise_options *options)
{
    arena scratch = {0};
    reading r;
    *out = (osler_facts){0};
    claim design = read_size(memory, out, record, options);
    reading_of(&scratch, &r, record);
    interventions named = interventions_of(memory, &r, design);
    out->intervention = named.intervention;
    out->comparator = named.comparator;
    out->follow_up = follow_up_of(memory, &r);
    effects_of(memory, &out->effects, &r);
    statements_of(memory, out, record, &r);
    arena_free(&scratch);
}

/* Facts that own their memory. */
struct owned {
    osler_facts facts; /* first, so that a pointer to them is a pointer to the whole */
    arena memory;
};

void osler_facts_read(osler_facts **out, const osler_record *record,
                      const osler_appraise_options *options)
{
    struct owned *owned = memory_alloc(sizeof *owned);
    facts_of(&owned->memory, &owned->facts, record, options);
    *out = &owned->facts;
}

void osler_facts_free(osler_facts *facts)
{
    if (!facts)
        return;
    struct owned *owned = (struct owned *)(void *)facts;
    arena_free(&owned->memory);
    memory_free(owned);
}
