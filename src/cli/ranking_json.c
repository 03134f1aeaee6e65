/* A ranking as JSON: the shape of `osler evidence --json`. */
#include "ranking.h"

#include "json.h"
#include "listing.h"

#include <string.h>

/* The condition or the intervention: its query, headings and names. */
static void json_concepts(struct json *j, const osler_evidence *e, bool intervention)
{
    const char *query = intervention ? e->intervention : e->condition;
    if (!query)
        return;
    json_open_object(j, intervention ? "intervention" : "condition");
    json_text(j, "query", query);
    json_open_array(j, "mesh");
    for (size_t i = 0; i < e->concepts.count; i++) {
        const osler_concept *c = &e->concepts.items[i];
        for (size_t k = 0; c->intervention == intervention && k < c->headings.count; k++) {
            json_open_object(j, NULL);
            json_text(j, "ui", c->headings.items[k].ui);
            json_text(j, "name", c->headings.items[k].name);
            json_close_object(j);
        }
    }
    json_close_array(j);
    json_open_array(j, "terms");
    for (size_t i = 0; i < e->concepts.count; i++) {
        const osler_concept *c = &e->concepts.items[i];
        for (size_t k = 0; c->intervention == intervention && k < c->terms.count; k++)
            json_text(j, NULL, c->terms.items[k]);
    }
    json_close_array(j);
    json_close_object(j);
}

static void json_counts(struct json *j, const osler_evidence *e)
{
    json_open_object(j, "counts");
    json_integer(j, "matched", (long long)e->matched);
    json_integer(j, "ranked", (long long)e->ranked);
    json_integer(j, "unscored", (long long)e->unscored_count);
    json_integer(j, "excluded", (long long)e->excluded_count);
    json_integer(j, "weak", (long long)e->weak_count);
    json_integer(j, "left_out", (long long)e->left_out);
    json_integer(j, "undated", (long long)e->undated);
    if (e->estimated)
        json_bool(j, "estimated", true);
    json_open_object(j, "lanes");
    for (size_t i = 0; i < OSLER_LANES; i++)
        if (e->lanes[i].lane)
            json_integer(j, e->lanes[i].lane, (long long)e->lanes[i].count);
    json_close_object(j);
    json_close_object(j);
}

static void json_factors(struct json *j, const osler_ranked *r)
{
    json_open_object(j, "factors");
    json_real(j, "gate", r->gate.value, 6);
    json_real(j, "topic", r->topic.value, 6);
    json_real(j, "evidence", r->evidence.value, 6);
    json_real(j, "recency", r->recency.value, 6);
    json_real(j, "size", r->size.value, 6);
    json_real(j, "integrity", r->integrity.value, 6);
    json_close_object(j);
}

static void json_contributions(struct json *j, const osler_evidence *e, const osler_ranked *r)
{
    json_open_array(j, "contributions");
    for (size_t i = 0; i < r->contributions.count; i++) {
        const osler_contribution *c = &r->contributions.items[i];
        json_open_object(j, NULL);
        json_text(j, "concept", e->concepts.items[c->concept].name);
        json_text(j, "field", c->field);
        json_text(j, "what", c->what);
        json_integer(j, "times", c->times);
        json_real(j, "frequency", c->frequency, 6);
        json_real(j, "weight", c->weight, 1);
        json_real(j, "length", c->length, 0);
        json_real(j, "average", c->average, 4);
        json_real(j, "norm", c->norm, 6);
        json_real(j, "value", c->value, 6);
        json_close_object(j);
    }
    json_close_array(j);
}

static void json_explanation(struct json *j, const osler_evidence *e, const osler_ranked *r)
{
    json_open_object(j, "sources");
    json_text(j, "gate", r->gate.source);
    json_text(j, "topic", r->topic.source);
    json_text(j, "evidence", r->evidence.source);
    json_text(j, "recency", r->recency.source);
    json_text(j, "size", r->size.source);
    json_text(j, "integrity", r->integrity.source);
    json_close_object(j);
    json_open_array(j, "concepts");
    for (size_t i = 0; i < e->concepts.count; i++) {
        json_open_object(j, NULL);
        json_text(j, "name", e->concepts.items[i].name);
        json_integer(j, "found", (long long)e->concepts.items[i].found);
        json_real(j, "idf", e->concepts.items[i].idf, 6);
        json_real(j, "strength", r->strengths[i].value, 6);
        json_text(j, "by", r->strengths[i].by);
        json_texts(j, "against", &r->strengths[i].against);
        json_close_object(j);
    }
    json_close_array(j);
    json_contributions(j, e, r);
}

static void json_list(struct json *j, const osler_evidence *e, const char *key,
                      const osler_ranked_list *list, bool explain)
{
    json_open_array(j, key);
    for (size_t i = 0; i < list->count; i++) {
        const osler_ranked *r = &list->items[i];
        json_open_object(j, NULL);
        if (r->rank)
            json_integer(j, "rank", r->rank);
        json_text(j, "id", r->id);
        json_text(j, "pmid", r->pmid);
        json_text(j, "lane", r->lane);
        json_text(j, "level", r->level);
        if (r->rank) {
            json_real(j, "score", r->score, 4);
            json_factors(j, r);
        } else {
            json_text(j, "reason", r->reason);
        }
        json_listing(j, r->record, r->appraisal);
        if (explain && !r->rank)
            json_factors(j, r);
        if (explain)
            json_explanation(j, e, r);
        json_close_object(j);
    }
    json_close_array(j);
}

void json_ranking(const osler_evidence *e, bool explain)
{
    struct json j = {.out = stdout};
    json_open_object(&j, NULL);
    json_integer(&j, "osler", 1);
    json_concepts(&j, e, false);
    json_concepts(&j, e, true);
    json_text(&j, "as_of", e->as_of);
    json_text(&j, "question", e->question);
    json_text(&j, "scheme", e->scheme);
    json_counts(&j, e);
    json_list(&j, e, "results", &e->results, explain);
    json_list(&j, e, "unscored", &e->unscored, explain);
    json_list(&j, e, "excluded", &e->excluded, explain);
    if (e->weak.count)
        json_list(&j, e, "weak", &e->weak, explain);
    if (e->suggestions.count || !e->concepts.count)
        json_texts(&j, "suggestions", &e->suggestions);
    json_close_object(&j);
    json_end_line(&j);
}
