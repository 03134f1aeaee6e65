/* The arithmetic of ranking: BM25F over pooled alternatives. */
#include "index/score.h"

#include <math.h>

static const double K1 = 1.2, MAJOR = 4.0, MINOR = 1.5;

enum { MAJOR_FIELD = 1 };

static const struct {
    double weight, b;
} fields[] = {
#define FIELD(constant, name, weight, b) {weight, b},
#include "index/weights.def"
#undef FIELD
};

void score_model_start(score_model *m, const index_sums *sums)
{
    for (unsigned f = 0; f < INDEX_MEASURED; f++) {
        m->averages[f] = coding_average(sums, (enum index_field)f);
        m->flat[f] = 1 - fields[f].b;
        m->slope[f] = fields[f].b / m->averages[f];
    }
}

static inline double norm(const score_model *m, unsigned field, const uint16_t *lengths)
{
    return m->flat[field] + m->slope[field] * lengths[field];
}

static bool is_heading(char kind)
{
    return kind == INDEX_HEADING || kind == INDEX_HEADING_NAME || kind == INDEX_ANCESTOR ||
           kind == INDEX_QUALIFIED || kind == INDEX_QUALIFIER;
}

/* Add the payload of a term without positions. */
static bool add_other(score_pool *pool, const score_term *term, coding_bytes *payload)
{
    uint64_t times;
    unsigned found;
    if (!coding_skip_payload(payload, &times, &found))
        return false;
    if (is_heading(term->kind))
        score_add_slot(pool, SCORE_HEADING,
                       term->factor * (found >> MAJOR_FIELD & 1 ? MAJOR : MINOR));
    else
        score_add_slot(pool, SCORE_OTHER, term->factor);
    return true;
}

bool score_add(score_pool *pool, const score_term *term, coding_bytes *payload)
{
    if (!coding_has_positions(term->kind))
        return add_other(pool, term, payload);
    unsigned first, seen = 0;
    do {
        uint64_t times;
        if (!coding_get_times(payload, &first, &times))
            return false;
        unsigned field = first & CODING_FIELD;
        if (field >= INDEX_FIELDS || seen >> field)
            return false;
        seen |= 1U << field;
        if (term->fields >> field & 1)
            score_add_slot(pool, field, term->factor * (double)times);
    } while (first & CODING_MORE);
    return true;
}

double score_weigh(const score_model *m, const score_pool *pool, const uint16_t *lengths)
{
    double sum = 0;
    for (unsigned left = pool->used; left; left &= left - 1) {
        unsigned slot = (unsigned)__builtin_ctz(left);
        if (slot < INDEX_MEASURED)
            sum += fields[slot].weight * pool->slots[slot] / norm(m, slot, lengths);
        else if (slot < INDEX_FIELDS)
            sum += fields[slot].weight * pool->slots[slot];
        else if (slot == SCORE_HEADING)
            sum += pool->slots[slot] / norm(m, INDEX_HEADINGS, lengths);
        else
            sum += pool->slots[slot];
    }
    return sum;
}

double score_most(const score_model *m, const score_term *term)
{
    return term->factor * (is_heading(term->kind) ? MAJOR / m->flat[INDEX_HEADINGS] : 1);
}

bool score_is_heading(char kind)
{
    return is_heading(kind);
}

int score_most_headings(const score_model *m, const score_term *term, double idf, bool major,
                        double threshold)
{
    score_pool pool = {.used = 1U << SCORE_HEADING};
    pool.slots[SCORE_HEADING] = term->factor * (major ? MAJOR : MINOR);
    for (int count = 0; count <= UINT16_MAX; count++) {
        uint16_t lengths[INDEX_MEASURED] = {[INDEX_HEADINGS] = (uint16_t)count};
        if (score_saturate(idf, score_weigh(m, &pool, lengths)) < threshold)
            return count - 1;
    }
    return UINT16_MAX;
}

double score_saturate(double idf, double weighed)
{
    return isinf(weighed) ? idf * (K1 + 1) : idf * weighed / (K1 + weighed) * (K1 + 1);
}

double score_idf(int64_t documents, uint64_t n)
{
    double all = (double)documents, some = (double)n;
    return log(1 + (all - some + 0.5) / (some + 0.5));
}
