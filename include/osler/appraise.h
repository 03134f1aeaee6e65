/**
 * @file
 * What a record is worth knowing for: study design, size, integrity.  Never an appraisal of
 * quality: a design is what the record says of itself, with witnesses.
 */
#ifndef OSLER_APPRAISE_H
#define OSLER_APPRAISE_H

#include <osler/record.h>

#ifdef __cplusplus
extern "C" {
#endif

/** One observation that speaks for a design or a modifier. */
typedef struct osler_witness {
    const char *source;   /**< pt, mesh, title, abstract, registry, journal or status. */
    const char *design;   /**< A design code, such as "randomized-trial"; NULL for a modifier. */
    const char *modifier; /**< A modifier code, such as "double-blind"; NULL for a design. */
    const char *cue;      /**< What was seen: the type with its UI, the heading, the words. */
    const char *section;  /**< Label of the abstract section it stood in; NULL when none. */
    double weight;        /**< 0 to 1: how far this witness alone is trusted. */
} osler_witness;

typedef struct osler_witness_list {
    osler_witness *items;
    size_t count;
} osler_witness_list;

/** An integrity flag with its reason. */
typedef struct osler_flag {
    const char *name;   /**< retracted, withdrawn, retraction-notice, concern, concern-notice,
                           erratum,   erratum-notice, superseded, republished, preprint, duplicate. */
    const char *pmid;   /**< The other record: the notice, the newer version; NULL if not known. */
    const char *reason; /**< Where it was read: "PT D016441", "RetractionIn: J Test 2020;1:1". */
} osler_flag;

typedef struct osler_flag_list {
    osler_flag *items;
    size_t count;
} osler_flag_list;

/** What Osler makes of one record. */
typedef struct osler_appraisal {
    const char *design;        /**< A code of osler_design_name(); "unknown" when nothing speaks. */
    double confidence;         /**< 0 to 1. */
    osler_text_list modifiers; /**< cluster, crossover, pilot, double-blind, ...; sorted. */
    osler_flag_list flags;     /**< Each name at most once. */
    osler_witness_list witnesses;
    osler_text_list conflicts; /**< Sentences: "tagged as a trial, but the title says protocol". */
    long n; /**< Participants: randomized, else enrolled, else analyzed; 0: not stated. */
    /** randomized, enrolled, analyzed, stated, arms-summed; of a synthesis pooled, of a protocol
     *  planned; NULL without n. */
    const char *n_kind;
    const char *n_sentence;   /**< The sentence it was read in; NULL without n. */
    long studies;             /**< Of a synthesis: number of studies; 0: not stated. */
    bool synthesis_of_trials; /**< A synthesis that says it includes randomized trials only. */
} osler_appraisal;

/** Witnesses to leave out, for measuring one kind against the others. */
typedef struct osler_appraise_options {
    bool without_pt;   /**< Leave out publication types (integrity flags are still read). */
    bool without_mesh; /**< Leave out MeSH headings. */
} osler_appraise_options;

/**
 * Appraise `record`.  `options` may be NULL.  On return you own `*out`: osler_appraisal_free().
 * What it holds does not depend on the record afterwards.  It cannot fail: an empty record is
 * "unknown".  Of title and abstract the first 64 KiB are read.
 */
OSLER_API void osler_appraise(osler_appraisal **out, const osler_record *record,
                              const osler_appraise_options *options);

/** Accepts NULL. */
OSLER_API void osler_appraisal_free(osler_appraisal *appraisal);

/** True when the appraisal carries the flag. */
OSLER_API bool osler_appraisal_has_flag(const osler_appraisal *appraisal, const char *flag);

/** The code of the `index`-th design ("meta-analysis"), or NULL past the last.  Static. */
OSLER_API const char *osler_design_code(unsigned index);

/** A design code in words ("randomized trial"); NULL when it is no design code.  Static. */
OSLER_API const char *osler_design_name(const char *code);

/** The lane a design is listed in: syntheses, trials, observational, cases, guidance, protocols,
 *  background; NULL when it is no design code.  Static. */
OSLER_API const char *osler_design_lane(const char *code);

/**
 * The typical level of a design for a question in a hierarchy, such as "2"; NULL when the
 * hierarchy has none.  Static.  `scheme`: "ocebm-2011" or "nhmrc-2009".  `question`: treatment,
 * harm, rare-harm, diagnosis, prognosis, etiology, prevalence, screening.  It is the level typical
 * for such a design, not an appraisal (OCEBM Levels of Evidence Working Group 2011; Merlin et al.
 * 2009).  A synthesis that does not say which designs it includes has a range: "1-3", "I-III".
 */
OSLER_API const char *osler_typical_level(const char *scheme, const char *question,
                                          const osler_appraisal *appraisal);

#ifdef __cplusplus
}
#endif

#endif
