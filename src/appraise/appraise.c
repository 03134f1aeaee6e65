/* Appraising a record: witnesses, verdict, size and flags put together. */
#include "appraise/appraise.h"

#include "appraise/flags.h"
#include "appraise/sizes.h"
#include "appraise/verdict.h"
#include "base/memory.h"
#include "record/record.h"

#include <stdlib.h>
#include <string.h>

static const char *const source_names[SOURCE_COUNT] = {
    [SOURCE_PT] = "pt",
    [SOURCE_MESH] = "mesh",
    [SOURCE_TITLE] = "title",
    [SOURCE_ABSTRACT] = "abstract",
    [SOURCE_REGISTRY] = "registry",
    [SOURCE_JOURNAL] = "journal",
    [SOURCE_STATUS] = "status",
};

static const char *kept(arena *memory, const char *text)
{
    return text ? arena_copy(memory, str_of(text)) : NULL;
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void keep_witnesses(arena *memory, osler_appraisal *out, const testimony *t)
{
    for (size_t i = 0; i < t->count; i++) {
        const witness *w = &t->items[i];
        osler_witness *o = RECORD_ADD(memory, &out->witnesses);
        bool design = claim_is_design(w->claim);
        *o = (osler_witness){.source = source_names[w->source],
                             .design = design ? claim_code(w->claim) : NULL,
                             .modifier = design ? NULL : claim_code(w->claim),
                             .cue = kept(memory, w->cue),
                             .section = kept(memory, w->section),
                             .weight = w->weight};
    }
}

static void keep_modifiers(arena *memory, osler_appraisal *out, const verdict *v)
{
    for (unsigned c = DESIGN_COUNT; c < CLAIM_COUNT; c++) {
        bool holds =
            v->modifiers[c] || (c == CLAIM_preprint && osler_appraisal_has_flag(out, "preprint"));
        if (holds)
            record_add_text(memory, &out->modifiers, str_of(claim_code((claim)c)));
    }
    if (out->modifiers.count)
        qsort(out->modifiers.items, out->modifiers.count, sizeof *out->modifiers.items, by_text);
}

void appraise(arena *memory, osler_appraisal *out, const osler_record *record,
              const osler_appraise_options *options)
{
    enum { USUAL = 40 << 10 }; /* bytes that an abstract of usual length takes */
    arena scratch = {0};
    testimony t;
    verdict v;
    sizes s;
    *out = (osler_appraisal){0};
    arena_reserve(&scratch, USUAL);
    testimony_of(&scratch, &t, record, options);
    verdict_of(&scratch, &v, &t, record);
    sizes_of(&scratch, &s, &t, v.design);
    flags_of(memory, &out->flags, record);
    out->design = claim_code(v.design);
    out->confidence = v.confidence;
    out->synthesis_of_trials = v.modifiers[CLAIM_of_trials];
    out->n = s.n;
    out->n_kind = s.kind;
    out->n_sentence = kept(memory, s.sentence);
    out->studies = s.studies;
    keep_witnesses(memory, out, &t);
    keep_modifiers(memory, out, &v);
    for (size_t i = 0; i < v.conflicts.count; i++)
        record_add_text(memory, &out->conflicts, str_of(v.conflicts.items[i]));
    arena_free(&scratch);
}

/* An appraisal that owns its memory. */
struct owned {
    osler_appraisal appraisal; /* first, so that a pointer to it is a pointer to the whole */
    arena memory;
};

void osler_appraise(osler_appraisal **out, const osler_record *record,
                    const osler_appraise_options *options)
{
    struct owned *owned = memory_alloc(sizeof *owned);
    appraise(&owned->memory, &owned->appraisal, record, options);
    *out = &owned->appraisal;
}

void osler_appraisal_free(osler_appraisal *appraisal)
{
    if (!appraisal)
        return;
    struct owned *owned = (struct owned *)(void *)appraisal;
    arena_free(&owned->memory);
    memory_free(owned);
}

bool osler_appraisal_has_flag(const osler_appraisal *appraisal, const char *flag)
{
    for (size_t i = 0; i < appraisal->flags.count; i++)
        if (strcmp(appraisal->flags.items[i].name, flag) == 0)
            return true;
    return false;
}
