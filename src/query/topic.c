/* The topic factor: BM25F over headings and words, against an ideal record. */
#include "query/score.h"

#include "record/record.h"

#include <math.h>

/* How fields weigh, and how far their length is held against them.  Keywords and other abstracts
 * have the length rule of titles and of abstracts. */
static const struct {
    double weight, b;
} fields[MATCH_FIELDS] = {
    [MATCH_MESH_MAJOR] = {4.0, 0.3}, [MATCH_MESH_MINOR] = {1.5, 0.3},
    [MATCH_TITLE] = {3.0, 0.5},      [MATCH_KEYWORDS] = {1.5, 0.5},
    [MATCH_ABSTRACT] = {1.0, 0.75},  [MATCH_OTHER_ABSTRACT] = {0.5, 0.75},
};
static const double k1 = 1.2;

double score_round(double value)
{
    return round(value * 1e6) / 1e6;
}

/* Headings that any concept asks for do not lengthen the list of headings: a heading that makes a
 * record fit better must not lower its score. */
static double headings_beside(const match_document *document, const match *matches, size_t count)
{
    double beside = document->lengths[MATCH_MESH_MAJOR];
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < matches[i].hits.count; k++)
            if (matches[i].hits.items[k].field <= MATCH_MESH_MINOR)
                beside -= matches[i].hits.items[k].times;
    return beside < 0 ? 0 : beside;
}

/* One hit as a contribution, without its value. */
static osler_contribution contribution_of(const match_hit *hit, double length, double average)
{
    double b = fields[hit->field].b;
    return (osler_contribution){
        .field = match_field_name(hit->field),
        .what = hit->what,
        .times = hit->times,
        .frequency = score_round(hit->tf),
        .weight = fields[hit->field].weight,
        .length = length,
        .average = average,
        .norm = average > 0 ? score_round(1 + b * (length / average - 1)) : 1,
    };
}

void score_topic(arena *memory, osler_ranked *out, const scorer *by, const match_document *document,
                 const match *matches)
{
    const concept_list *concepts = by->concepts;
    double beside = headings_beside(document, matches, concepts->count), idf = 0, sum = 0;
    /* The ideal record has every concept as major heading and once in a title of average length. */
    double perfect = fields[MATCH_MESH_MAJOR].weight + fields[MATCH_TITLE].weight;
    double ideal = perfect / (k1 + perfect);
    for (size_t i = 0; i < concepts->count; i++)
        idf += concepts->items[i].idf;
    for (size_t i = 0; i < concepts->count; i++) {
        const match *m = &matches[i];
        size_t first = out->contributions.count;
        double tf = 0;
        for (size_t k = 0; k < m->hits.count; k++) {
            const match_hit *hit = &m->hits.items[k];
            bool heading = hit->field <= MATCH_MESH_MINOR;
            osler_contribution *c = RECORD_ADD(memory, &out->contributions);
            *c = contribution_of(hit, heading ? beside : document->lengths[hit->field],
                                 by->averages[hit->field]);
            c->concept = i;
            tf += c->weight * c->frequency / c->norm;
        }
        for (size_t k = first; k < out->contributions.count; k++) {
            osler_contribution *c = &out->contributions.items[k];
            double share = c->weight * c->frequency / c->norm / (k1 + tf);
            c->value = score_round(concepts->items[i].idf / idf / ideal * share);
            sum += c->value;
        }
    }
    sum = score_round(sum);
    out->topic.value = sum > 1 ? 1 : sum;
}
