/**
 * @file
 * The evidence on a condition, ranked and explained.
 *
 * score = 100 * gate * topic * evidence * recency * size * integrity, each from 0 to 1.  The
 * numbers of a result are rounded before they are multiplied (factors and contributions to six
 * decimals, the score to four), so that what is printed reproduces the score exactly.
 *
 * A design is not an appraisal: levels are those typical for a design, and no record is judged.
 */
#ifndef OSLER_EVIDENCE_H
#define OSLER_EVIDENCE_H

#include <osler/library.h>

#ifdef __cplusplus
extern "C" {
#endif

/** What to rank and how; zeroed is the default. */
typedef struct osler_evidence_options {
    const char *intervention; /**< A second concept that is required; NULL for none. */
    const char *question;     /**< As osler_typical_level(), in any case; NULL: treatment. */
    const char *scheme;       /**< "ocebm-2011" (NULL) or "nhmrc-2009". */
    const char *designs;      /**< Only these, commas between them: codes, or words such as rct and
                                   reviews; NULL: all. */
    int since, until;         /**< Years of publication, both included; 0: no bound.  With a bound,
                                   records without a date are left out, and counted. */
    const char *as_of;        /**< "2026-11-20": the day from which age is counted; NULL: the
                                   library's last change. */
    size_t limit;             /**< Most results to return, and most in each other list, there 20 at
                                   least; 0: all. */
    bool weak;                /**< Return the weak matches too. */
} osler_evidence_options;

/** What the query, or one part of it, was taken for. */
typedef struct osler_concept {
    const char *query;   /**< The words it was made of. */
    const char *name;    /**< "Tension-Type Headache". */
    const char *profile; /**< Code of the profile that it is; NULL when none. */
    bool intervention;   /**< It comes from the intervention, not from the condition. */
    struct {
        struct osler_concept_heading {
            const char *ui, *name;
        } * items;
        size_t count;
    } headings;            /**< What is meant; what stands below them is searched for too. */
    size_t narrower;       /**< How many headings stand below. */
    osler_text_list terms; /**< Its names in texts, without those of narrower headings. */
    uint64_t found;        /**< Records that have a heading or a term of it. */
    double idf;            /**< ln(1 + (N - found + 0.5) / (found + 0.5)), at least 1. */
} osler_concept;

typedef struct osler_concept_list {
    osler_concept *items;
    size_t count;
} osler_concept_list;

/** What one heading or phrase adds to the topic factor. */
typedef struct osler_contribution {
    size_t concept;    /**< Index of the concept. */
    const char *field; /**< mesh_major, mesh_minor, title, keywords, abstract, other_abstract. */
    const char *what;  /**< The heading or the phrase. */
    unsigned times;    /**< How often it stands there. */
    double frequency;  /**< The same, weighed: narrower headings 0.35 a level, conclusions 1.3; a
                            minor heading of a condition 0.35 where neither title, keywords nor the
                            ends of the abstract speak of it, if there is an abstract. */
    double weight;     /**< Of the field. */
    double length; /**< Of the field in this record: words, or headings that no concept asks for. */
    double average; /**< Of the field in this library. */
    double norm;    /**< 1 + b (length / average - 1). */
    double value;   /**< Its share of the topic factor. */
} osler_contribution;

typedef struct osler_contribution_list {
    osler_contribution *items;
    size_t count;
} osler_contribution_list;

/** How strongly a record speaks of one concept: the gate asks for 0.3. */
typedef struct osler_strength {
    double value;
    const char *by;          /**< What says it; NULL when nothing does. */
    osler_text_list against; /**< What was seen and not counted, and why. */
} osler_strength;

/** One factor and where it comes from. */
typedef struct osler_factor {
    double value;
    const char *source; /**< "randomized trial, confidence 0.97; PT D016449". */
} osler_factor;

/** A record in a ranking. */
typedef struct osler_ranked {
    unsigned rank;    /**< 1 is first; 0 when it is not scored. */
    const char *id;   /**< The PMID, or "osler:17". */
    const char *pmid; /**< NULL for a work without one. */
    const char *lane; /**< syntheses, trials, observational, cases, guidance, protocols, background,
                           excluded.  Static. */
    const char *level;  /**< Typical for the design and the question; NULL when there is none. */
    const char *reason; /**< Why it is not scored; NULL when it is. */
    int year;           /**< 0: not known. */
    double score;       /**< 0 to 100; 0 when it is not scored. */
    osler_factor gate, topic, evidence, recency, size, integrity;
    osler_contribution_list contributions; /**< They add up to the topic factor, cut at 1. */
    osler_strength *strengths;             /**< One for each concept. */
    const osler_record *record;
    const osler_appraisal *appraisal;
} osler_ranked;

typedef struct osler_ranked_list {
    osler_ranked *items;
    size_t count;
} osler_ranked_list;

/** How many records stand in each lane. */
typedef struct osler_lane_count {
    const char *lane; /**< Static. */
    uint64_t count;
} osler_lane_count;

enum { OSLER_LANES = 8 };

/** A ranking.  All in it belongs to it. */
typedef struct osler_evidence {
    const char *condition, *intervention; /**< As given. */
    const char *question, *scheme, *as_of;
    osler_concept_list concepts; /**< Each is required. */
    uint64_t matched;            /**< ranked + unscored + excluded. */
    uint64_t ranked, unscored_count, excluded_count;
    uint64_t retracted_count; /**< Of the excluded ones. */
    uint64_t weak_count;      /**< They speak of the concepts, but too weakly. */
    uint64_t left_out;        /**< About the concepts, but not of the designs or the
                                   years that were asked for.  Not in `matched`. */
    bool estimated;   /**< There were more than 10,000 candidates and a limit, and not all were
                           scored: the counts, but for those of the unscored and the excluded, are
                           estimated from a sample.  The results are exact. */
    uint64_t undated; /**< Of these, left out only because they have no date. */
    osler_lane_count lanes[OSLER_LANES]; /**< In the order in which they are shown. */
    osler_ranked_list results;           /**< Score falling; ties: evidence, topic, year, PMID. */
    osler_ranked_list unscored;          /**< Guidelines and protocols. */
    osler_ranked_list excluded;          /**< Retracted, withdrawn, superseded, notices, ... */
    osler_ranked_list weak;              /**< Only when they were asked for. */
    osler_text_list suggestions;         /**< When the condition is not known. */
} osler_evidence;

/**
 * Rank what the library has on `condition`: a MeSH heading, an entry term, a UI, a profile, or
 * words.  `options` may be NULL.
 *
 * You own `*out`: osler_evidence_free().  OSLER_ENOTFOUND: the condition or the intervention is
 * neither in the vocabulary nor in any record; then `*out` is set too and has `suggestions`.
 * OSLER_EUSAGE: an option cannot be used, or the condition has field tags of osler_find().
 */
OSLER_API OSLER_MUST_USE osler_status osler_evidence_rank(osler_evidence **out,
                                                          osler_library *library,
                                                          const char *condition,
                                                          const osler_evidence_options *options,
                                                          osler_error *error);

/**
 * The same for one record, as osler_library_get() names it: `results`, `unscored`, `excluded` or
 * `weak` holds it alone (its rank is that in the whole list), the counts are those of the whole
 * list.  A record that is not about the condition stands in `weak`, with the reason.
 */
OSLER_API OSLER_MUST_USE osler_status osler_evidence_explain(osler_evidence **out,
                                                             osler_library *library,
                                                             const char *condition, const char *id,
                                                             const osler_evidence_options *options,
                                                             osler_error *error);

/** Accepts NULL. */
OSLER_API void osler_evidence_free(osler_evidence *evidence);

#ifdef __cplusplus
}
#endif

#endif
