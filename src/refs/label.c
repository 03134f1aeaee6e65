/* Labels the tokens of a reference: a linear-chain conditional random field with learned weights.
 */
#include "refs/label.h"

#include "base/error.h"
#include "refs/model.h"

#include <math.h>

enum { LABELS = REFS_LABEL_COUNT };

/* All that is computed of one reference; `edges[i]` is what stands before the token at i. */
struct chain {
    size_t count;
    const struct token *tokens;
    const struct token_view *views;
    int (*scores)[LABELS]; /* of each token for each label, in steps of the model */
    uint8_t *edges;
    enum refs_label *best;
    float (*forward)[LABELS];
};

/* Identifiers are known by their form: no other label can be theirs. */
static void fix_label(int scores[LABELS], enum refs_label label)
{
    for (unsigned l = 0; l < LABELS; l++)
        scores[l] = l == label ? 0 : -100000;
}

static void score_token(struct chain *chain, size_t i)
{
    uint32_t features[FEATURES_MOST];
    int *scores = chain->scores[i];
    size_t n = features_at(features, chain->views, chain->count, i);
    for (size_t f = 0; f < n; f++) {
        const char *weights = model_weights(features[f]);
        for (unsigned l = 0; weights && l < LABELS; l++)
            scores[l] += weights[l] - MODEL_ZERO;
    }
    if (chain->tokens[i].kind == TOKEN_DOI)
        fix_label(scores, REFS_DOI);
    else if (chain->tokens[i].kind == TOKEN_URL)
        fix_label(scores, REFS_URL);
    if (i)
        chain->edges[i] = (uint8_t)features_edge(chain->views, i);
}

/* The best score of each label so far, one token on; `came`: the label before it. */
static void step(int now[LABELS], int came[LABELS], model_edge *edges)
{
    int before[LABELS];
    memcpy(before, now, sizeof before);
    for (unsigned l = 0; l < LABELS; l++)
        now[l] = before[0] + edges[0][l];
    for (int b = 1; b < LABELS; b++)
        for (unsigned l = 0; l < LABELS; l++) {
            int score = before[b] + edges[b][l];
            came[l] = score > now[l] ? b : came[l];
            now[l] = score > now[l] ? score : now[l];
        }
}

/* The best labels; their score. */
static int find_best(struct chain *chain, arena *memory)
{
    int(*from)[LABELS] = arena_alloc(memory, chain->count * sizeof *from);
    int now[LABELS];
    memcpy(now, chain->scores[0], sizeof now);
    for (size_t i = 1; i < chain->count; i++) {
        step(now, from[i], model_edges(chain->edges[i]));
        for (unsigned l = 0; l < LABELS; l++)
            now[l] += chain->scores[i][l] - MODEL_ZERO;
    }
    unsigned best = 0;
    for (unsigned l = 1; l < LABELS; l++)
        best = now[l] > now[best] ? l : best;
    int score = now[best];
    for (size_t i = chain->count; i-- > 0;) {
        chain->best[i] = (enum refs_label)best;
        best = (unsigned)from[i][best];
    }
    return score;
}

/* Powers of the weights that depend on what stands between two tokens, made when first needed. */
struct powers {
    bool made[FEATURES_EDGES];
    float edges[FEATURES_EDGES][LABELS][LABELS];
};

static float (*edge_powers(struct powers *powers, unsigned edge))[LABELS]
{
    model_edge *weights = model_edges(edge);
    if (!powers->made[edge])
        for (unsigned b = 0; b < LABELS; b++)
            for (unsigned l = 0; l < LABELS; l++)
                powers->edges[edge][b][l] = model_power(weights[b][l] - MODEL_ZERO);
    powers->made[edge] = true;
    return powers->edges[edge];
}

/* Powers of a token's scores, the largest made 1; returns the largest score. */
static int score_powers(float out[LABELS], const int scores[LABELS])
{
    int most = scores[0];
    for (unsigned l = 1; l < LABELS; l++)
        most = scores[l] > most ? scores[l] : most;
    for (unsigned l = 0; l < LABELS; l++)
        out[l] = model_power(scores[l] - most);
    return most;
}

static float normalize(float values[LABELS])
{
    float sum = 0;
    for (unsigned l = 0; l < LABELS; l++)
        sum += values[l];
    for (unsigned l = 0; l < LABELS; l++)
        values[l] /= sum;
    return sum;
}

/* The shares of each label, of all labelings up to each token; the logarithm of their sum. */
static double run_forward(struct chain *chain, struct powers *powers)
{
    double total = 0;
    float emission[LABELS];
    for (size_t i = 0; i < chain->count; i++) {
        float *to = chain->forward[i];
        total += (double)MODEL_STEP * score_powers(emission, chain->scores[i]);
        if (i == 0) {
            memcpy(to, emission, sizeof emission);
        } else {
            float(*edge)[LABELS] = edge_powers(powers, chain->edges[i]);
            for (unsigned b = 0; b < LABELS; b++)
                for (unsigned l = 0; l < LABELS; l++)
                    to[l] += chain->forward[i - 1][b] * edge[b][l];
            for (unsigned l = 0; l < LABELS; l++)
                to[l] *= emission[l];
        }
        total += log((double)normalize(to));
    }
    return total;
}

/* The shares of the best labels, from the end back. */
static void run_backward(const struct chain *chain, struct powers *powers, struct refs_token *out)
{
    float behind[LABELS], now[LABELS], emission[LABELS];
    for (unsigned l = 0; l < LABELS; l++)
        behind[l] = 1;
    for (size_t i = chain->count; i-- > 0;) {
        float share[LABELS];
        for (unsigned l = 0; l < LABELS; l++)
            share[l] = chain->forward[i][l] * behind[l];
        normalize(share);
        out[i].confidence = share[chain->best[i]];
        if (i == 0)
            break;
        score_powers(emission, chain->scores[i]);
        float(*edge)[LABELS] = edge_powers(powers, chain->edges[i]);
        for (unsigned b = 0; b < LABELS; b++) {
            now[b] = 0;
            for (unsigned l = 0; l < LABELS; l++)
                now[b] += edge[b][l] * emission[l] * behind[l];
        }
        normalize(now);
        memcpy(behind, now, sizeof now);
    }
}

osler_status refs_label(struct refs_token **out, size_t *count, float *sure, arena *memory,
                        str reference, osler_error *error)
{
    struct powers powers;
    struct token *tokens;
    struct chain chain = {0};
    *sure = 0;
    if (reference.length > REFS_LONGEST)
        return fail(error, OSLER_ELIMIT, 0, "a reference of more than %d bytes", REFS_LONGEST);
    *count = chain.count = tokens_of(&tokens, memory, reference);
    *out = arena_alloc(memory, (*count + 1) * sizeof **out);
    if (*count == 0)
        return OSLER_OK;
    chain.tokens = tokens;
    chain.views = features_view(memory, tokens, *count);
    chain.scores = arena_alloc(memory, *count * sizeof *chain.scores);
    chain.edges = arena_alloc(memory, *count);
    chain.best = arena_room(memory, *count * sizeof *chain.best);
    chain.forward = arena_alloc(memory, *count * sizeof *chain.forward);
    for (size_t i = 0; i < *count; i++)
        score_token(&chain, i);
    int best = find_best(&chain, memory);
    memset(powers.made, 0, sizeof powers.made);
    double all = run_forward(&chain, &powers);
    run_backward(&chain, &powers, *out);
    for (size_t i = 0; i < *count; i++) {
        (*out)[i].text = tokens[i].text;
        (*out)[i].label = chain.best[i];
    }
    *sure = (float)exp((double)MODEL_STEP * best - all);
    return OSLER_OK;
}
