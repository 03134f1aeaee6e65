/*
 * Reading the index: sets of documents, cursors over postings, the best k.  An index is made of the
 * segments of one or several libraries and numbers all their documents, dead ones included,
 * through: a document number is that of its segment's first document plus its own in the segment.
 */
#ifndef INDEX_INDEX_H
#define INDEX_INDEX_H

#include "base/arena.h"
#include "index/segment.h"

typedef uint32_t index_number; /* of a document */

typedef struct index index;
struct index_set;

/*
 * Open all segments of `sources`, which outlive it; nothing but their headers is read.
 * OSLER_EDAMAGED: a segment is not what it should be (also from all functions below); OSLER_ELIMIT:
 * more than 4,000,000,000 documents.  You own `*out`: index_close().
 */
OSLER_MUST_USE osler_status index_open(index **out, const index_source *sources, size_t count,
                                       osler_error *error);
void index_close(index *i);

/* Documents, dead ones included: numbers are below it. */
index_number index_size(const index *i);
/* Sums over the living documents of all libraries. */
const index_sums *index_get_sums(const index *i);
bool index_is_dead(const index *i, index_number document);
/* From now on the members of the set are dead: not found, and not in the sums.  Before anything
 * else is done with the index. */
OSLER_MUST_USE osler_status index_hide(index *i, const struct index_set *hidden,
                                       osler_error *error);
/* Which of the sources a document is from. */
size_t index_source_of(const index *i, index_number document);
OSLER_MUST_USE osler_status index_get_facts(index *i, index_number document, index_facts *out,
                                            osler_error *error);
/* When it was published, as its facts say it. */
typedef struct index_date {
    uint32_t date;
    uint16_t year;
} index_date;
OSLER_MUST_USE osler_status index_get_date(index *i, index_number document, index_date *out,
                                           osler_error *error);
OSLER_MUST_USE osler_status index_get_layout(index *i, arena *memory, index_number document,
                                             index_layout *out, osler_error *error);
/* The living document of a citation of a source; OSLER_ENOTFOUND when there is none. */
OSLER_MUST_USE osler_status index_find_citation(index *i, size_t source, int64_t citation,
                                                index_number *out, osler_error *error);

/* A set of documents: one bit each. */
typedef struct index_set {
    uint64_t *bits; /* the arena's */
    size_t words;   /* (index_size() + 63) / 64 */
} index_set;

index_set index_set_new(const index *i, arena *memory); /* empty */
void index_set_add_living(const index *i, index_set *set);
void index_set_and(index_set *set, const index_set *other);
void index_set_or(index_set *set, const index_set *other);
void index_set_without(index_set *set, const index_set *other);
uint64_t index_set_count(const index_set *set);
static inline bool index_set_has(const index_set *set, index_number document)
{
    return set->bits[document / 64] >> (document % 64) & 1;
}
/* The first member >= `from` into `*out`; false when there is none. */
bool index_set_next(const index_set *set, index_number from, index_number *out);

/* Add the living documents that have `term` (kind and value) in one of `fields` (bits). */
OSLER_MUST_USE osler_status index_add_term(index *i, index_set *set, str term, unsigned fields,
                                           osler_error *error);
/* Those that have a term that begins with `prefix` (kind and some of the value). */
OSLER_MUST_USE osler_status index_add_prefix(index *i, index_set *set, str prefix, unsigned fields,
                                             osler_error *error);

/* Words that stand one behind the other, or near to each other. */
typedef struct index_phrase {
    const str *words; /* folded, without the byte of the kind */
    size_t count;
    unsigned fields; /* of enum index_field, bits */
    bool prefix;     /* the last word may go on */
    int near;        /* -1: one behind the other; else in any order with at most so many other words
                        between the first and the last (PubMed's [field:~N]) */
} index_phrase;
OSLER_MUST_USE osler_status index_add_phrase(index *i, index_set *set, const index_phrase *phrase,
                                             osler_error *error);

/* Keep those members whose facts `keep` says yes to; facts are read of members only. */
OSLER_MUST_USE osler_status index_filter(index *i, index_set *set,
                                         bool (*keep)(void *context, const index_facts *facts),
                                         void *context, osler_error *error);

/* The same by their dates, which are quicker to read. */
OSLER_MUST_USE osler_status index_filter_dates(index *i, index_set *set,
                                               bool (*keep)(void *context, index_date date),
                                               void *context, osler_error *error);

typedef struct index_numbers {
    index_number *items;
    size_t count;
} index_numbers;

/* The `most` members with the latest dates, the latest first; then the lower PMID, those without
 * one last, by where they are.  The arena's. */
OSLER_MUST_USE osler_status index_get_latest(index *i, arena *memory, const index_set *set,
                                             size_t most, index_numbers *out, osler_error *error);

/* Living documents that have the term in one of the fields. */
OSLER_MUST_USE osler_status index_count_term(index *i, str term, unsigned fields, uint64_t *out,
                                             osler_error *error);

/* Documents that have the term in any field, dead ones included; read from the dictionary alone. */
OSLER_MUST_USE osler_status index_estimate_term(index *i, str term, uint64_t *out,
                                                osler_error *error);

/* Call `each` for the terms that begin with `prefix`, rising, each once, with the sum of their
 * documents, dead ones included; until it gives false. */
OSLER_MUST_USE osler_status index_each_term(index *i, str prefix,
                                            bool (*each)(void *context, str term, uint64_t df),
                                            void *context, osler_error *error);

/* The words of the index in the family of `key` (index_family_key()), rising, each once; the
 * arena's. */
OSLER_MUST_USE osler_status index_get_family(index *i, arena *memory, str key, str **words,
                                             size_t *count, osler_error *error);

/* What one term looks like in one document. */
typedef struct index_posting {
    unsigned fields;              /* bits */
    uint32_t times[INDEX_FIELDS]; /* 0 where the bit is not set */
} index_posting;

typedef struct index_place {
    uint32_t position;
    unsigned marks; /* enum index_mark */
} index_place;

/* A walk through the living documents of a term, rising.  You own it: index_cursor_close(). */
typedef struct index_cursor index_cursor;
OSLER_MUST_USE osler_status index_cursor_open(index_cursor **out, index *i, str term,
                                              osler_error *error);
void index_cursor_close(index_cursor *c);
/* Move to the first document >= `from`; OSLER_END when there is none.  Never moves back. */
OSLER_MUST_USE osler_status index_cursor_seek(index_cursor *c, index_number from, index_number *out,
                                              osler_error *error);
/* Of the document that the cursor stands on. */
void index_cursor_get(index_cursor *c, index_posting *out);
/* Its positions, rising; lent until the cursor moves. */
OSLER_MUST_USE osler_status index_cursor_get_places(index_cursor *c, const index_place **out,
                                                    size_t *count, osler_error *error);

/* One thing asked for when ranking: its alternatives are pooled before saturation. */
typedef struct index_asked {
    const str *terms; /* with their kinds; for headings see index_ranking */
    size_t count;
    const double *factors;      /* beside the terms: 1 for what was typed, less for its relatives */
    const index_phrase *phrase; /* instead of terms; else NULL */
    unsigned fields;            /* of words and phrases, that count; other terms count anywhere */
} index_asked;

/* How many matches are better is not asked: results are exact all the same. */
typedef struct index_result {
    index_number document;
    double score; /* rounded to four decimals */
} index_result;

/*
 * The best `most` documents of `within` (NULL: of all that have anything asked for) by
 *     sum over asked of idf * tf / (k1 + tf) * (k1 + 1),  k1 = 1.2
 * where tf is the weighed frequency (segment.h) of the alternatives, each times its factor, with
 * the averages of the living documents, idf = ln(1 + (N - n + 0.5) / (n + 0.5)), N the living
 * documents and n those that have any of the alternatives in the fields.  A heading (INDEX_HEADING,
 * INDEX_HEADING_NAME, and likewise INDEX_ANCESTOR, INDEX_QUALIFIED, INDEX_QUALIFIER) counts 4.0 as
 * major and 1.5 as minor topic, with b = 0.3 over the number of headings; a term of another kind
 * without positions counts 1.0.  Members of `within` that have nothing of it score 0 and stand
 * last.  Ties: the later year, the lower PMID (none: behind), then the source and the citation.
 * Results best first, the arena's.  The ranking never depends on how it was cut short: tests
 * compare with `exhaustive`.
 */
typedef struct index_ranking {
    const index_asked *asked;
    size_t count;
    const index_set *within;
    size_t most;
    bool exhaustive; /* score every document: for tests and benchmarks */
} index_ranking;
OSLER_MUST_USE osler_status index_rank(index *i, arena *memory, const index_ranking *ranking,
                                       index_result **out, size_t *count, osler_error *error);

#endif
