/**
 * @file
 * What a record states of its study, for evidence tables: participants, intervention and
 * comparator, effect estimates, follow-up, registration, funding.  Each is told as printed, with
 * its sentence and place; none is checked, pooled or appraised.
 */
#ifndef OSLER_FACTS_H
#define OSLER_FACTS_H

#include <osler/appraise.h>
#include <osler/record.h>

#ifdef __cplusplus
extern "C" {
#endif

/** One thing that is stated, and where. */
typedef struct osler_fact {
    const char
        *text; /**< As printed: "12 months", "sumatriptan", "NCT01234567"; NULL: not stated. */
    const char *name;     /**< Of a registration the registry, else NULL. */
    const char *sentence; /**< The sentence it was read in; NULL for what stands in a field. */
    const char *place;    /**< "title", the label of its section as printed, "abstract", or the
                               record's field: "databanks", "grants", "conflict_of_interest". */
} osler_fact;

typedef struct osler_fact_list {
    osler_fact *items;
    size_t count;
} osler_fact_list;

/** One effect estimate with its interval: never a value alone. */
typedef struct osler_effect {
    const char *measure;   /**< "odds ratio", "mean difference", ...: one name for all spellings. */
    const char *qualifier; /**< adjusted, pooled, crude, ...; NULL when none. */
    const char *outcome;   /**< The words of its clause; NULL when they cannot be told. */
    double value, low, high; /**< low <= value <= high; of a ratio all above 0. */
    double level;            /**< Of the interval in percent: 95. */
    bool is_ratio;
    const char *unit;     /**< Printed behind the value: "%", "points"; NULL when none. */
    const char *text;     /**< "odds ratio 0.62 (95% CI 0.45 to 0.86)", digits as printed. */
    const char *sentence; /**< The sentence it was read in. */
    const char *place;    /**< As in osler_fact. */
} osler_effect;

typedef struct osler_effect_list {
    osler_effect *items; /**< In the order of the text. */
    size_t count;
} osler_effect_list;

/** What one record states. */
typedef struct osler_facts {
    const char *design;  /**< A code of osler_design_code(), decided as osler_appraise() does. */
    long n;              /**< Participants; 0: not stated. */
    const char *n_kind;  /**< As in osler_appraisal; NULL without n. */
    osler_fact size;     /**< Where n was read; `text` is the number as a numeral. */
    long studies;        /**< Of a synthesis: number of studies; 0: not stated. */
    osler_fact reviewed; /**< Where `studies` was read. */
    osler_fact intervention, comparator, follow_up;
    osler_effect_list effects;
    osler_fact_list registrations; /**< Each number once. */
    osler_fact_list funding;
    osler_fact_list interests; /**< Conflicts of interest, as declared. */
} osler_facts;

/**
 * Read the facts of `record`.  `options` may be NULL.  On return you own `*out`:
 * osler_facts_free().  What it holds does not depend on the record afterwards.  It cannot fail; of
 * title and abstract the first 64 KiB are read.
 */
OSLER_API void osler_facts_read(osler_facts **out, const osler_record *record,
                                const osler_appraise_options *options);

/** Accepts NULL. */
OSLER_API void osler_facts_free(osler_facts *facts);

#ifdef __cplusplus
}
#endif

#endif
