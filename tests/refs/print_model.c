/*
 * print_model EXAMPLES ROWS [PASSES]: learn the labeler's weights; the model on stdout, as
 * src/refs/model.inc.  An example is a line in which U+E020 and more begin a label (the code less
 * U+E020 is its number).  A conditional random field, trained by stochastic gradient (AdaGrad),
 * first with all features that are seen often enough, then with the ROWS that matter most.
 */
#include "base/utf8.h"
#include "refs/label.h"
#include "refs/model.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum {
    LABELS = REFS_LABEL_COUNT,
    SEEN_BITS = 25,
    SEEN_LEAST = 40,
    FIRST_LABEL = 0xE020,
    HIDDEN = 25
};

struct example {
    size_t count;
    uint8_t *labels, *edges;
    uint32_t *features; /* `width` for each token: hashes, then 1-based rows; 0: none */
};

struct row {
    uint32_t hash;
    bool dead;
    float weights[LABELS], squares[LABELS];
};

struct trainer {
    arena memory;
    struct example *examples;
    size_t example_count, width, row_count;
    struct row *rows;
    float edges[FEATURES_EDGES][LABELS][LABELS], edge_squares[FEATURES_EDGES][LABELS][LABELS];
    double loss;
    float rate;
    size_t tokens, wrong;
};

/* The text without its label marks, and the label of each byte. */
static str read_line(arena *memory, str line, uint8_t *labels)
{
    char *text = arena_room(memory, line.length + 1);
    size_t length = 0, size;
    uint8_t label = 0;
    for (size_t at = 0; at < line.length; at += size) {
        uint32_t codepoint = utf8_decode(str_part(line, at, line.length - at), &size);
        if (codepoint >= FIRST_LABEL && codepoint < FIRST_LABEL + LABELS) {
            label = (uint8_t)(codepoint - FIRST_LABEL);
            continue;
        }
        memcpy(text + length, line.data + at, size);
        memset(labels + length, label, size);
        length += size;
    }
    return (str){text, length};
}

static void read_example(struct trainer *t, arena *scratch, str line, uint8_t *seen)
{
    uint8_t *labels = arena_room(scratch, line.length + 1);
    str text = read_line(scratch, line, labels);
    struct token *tokens;
    size_t count = tokens_of(&tokens, scratch, text);
    if (count == 0)
        return;
    const struct token_view *views = features_view(scratch, tokens, count);
    struct example *example =
        arena_append(&t->memory, &t->examples, &t->example_count, sizeof *example);
    uint32_t features[FEATURES_MOST];
    t->width = features_at(features, views, count, 0);
    example->count = count;
    example->labels = arena_room(&t->memory, count);
    example->edges = arena_alloc(&t->memory, count);
    example->features = arena_room(&t->memory, count * t->width * sizeof *example->features);
    for (size_t i = 0; i < count; i++) {
        example->labels[i] = labels[tokens[i].text.data - text.data];
        example->edges[i] = i ? (uint8_t)features_edge(views, i) : 0;
        features_at(features, views, count, i);
        memcpy(example->features + i * t->width, features, t->width * sizeof *features);
        for (size_t f = 0; f < t->width; f++) {
            uint8_t *times = &seen[features[f] >> (32 - SEEN_BITS)];
            *times = (uint8_t)(*times + (*times < 255));
        }
    }
}

static void read_examples(struct trainer *t, const char *path, uint8_t *seen)
{
    static char line[REFS_LONGEST + 2];
    arena scratch = {0};
    FILE *file = fopen(path, "r");
    while (file && fgets(line, sizeof line, file)) {
        read_example(t, &scratch, str_trim(str_of(line)), seen);
        arena_clear(&scratch);
    }
    if (file)
        fclose(file);
    arena_free(&scratch);
}

/* Put the features that are seen often enough in rows, and the rows' numbers in the examples. */
static void make_rows(struct trainer *t, const uint8_t *seen)
{
    size_t size = (size_t)1 << 23, used = 0;
    uint32_t *slots = calloc(size, sizeof *slots), *hashes = calloc(size, sizeof *hashes);
    for (size_t e = 0; e < t->example_count; e++) {
        struct example *example = &t->examples[e];
        for (size_t f = 0; f < example->count * t->width; f++) {
            uint32_t hash = example->features[f];
            example->features[f] = 0;
            if (seen[hash >> (32 - SEEN_BITS)] < SEEN_LEAST || hash == 0)
                continue;
            size_t at = hash & (size - 1);
            while (slots[at] && hashes[at] != hash)
                at = (at + 1) & (size - 1);
            if (!slots[at] && used < size / 2) {
                slots[at] = (uint32_t)++used;
                hashes[at] = hash;
            }
            example->features[f] = slots[at];
        }
    }
    t->row_count = used + 1;
    t->rows = calloc(t->row_count, sizeof *t->rows);
    for (size_t at = 0; at < size; at++)
        if (slots[at])
            t->rows[slots[at]].hash = hashes[at];
    free(slots);
    free(hashes);
}

/* A step down the gradient; the steps of a weight grow smaller the more it has moved. */
static void move(float rate, float *weight, float *squares, float gradient)
{
    *squares += gradient * gradient;
    *weight -= rate * (gradient / sqrtf(*squares + 0.1F) + 0.0002F * *weight);
}

struct lattice {
    float (*emission)[LABELS], (*forward)[LABELS], (*backward)[LABELS], *scale;
};

static void score(struct trainer *t, const struct example *example, struct lattice *lattice)
{
    for (size_t i = 0; i < example->count; i++) {
        float *scores = lattice->emission[i], most = -1e9F;
        memset(scores, 0, sizeof lattice->emission[i]);
        for (size_t f = 0; f < t->width; f++) {
            const struct row *row = &t->rows[example->features[i * t->width + f]];
            for (unsigned l = 0; l < LABELS; l++)
                scores[l] += row->weights[l];
        }
        for (unsigned l = 0; l < LABELS; l++)
            most = scores[l] > most ? scores[l] : most;
        for (unsigned l = 0; l < LABELS; l++)
            scores[l] = expf(scores[l] - most);
    }
}

static void normalize(float values[LABELS])
{
    float sum = 1e-30F;
    for (unsigned l = 0; l < LABELS; l++)
        sum += values[l];
    for (unsigned l = 0; l < LABELS; l++)
        values[l] /= sum;
}

typedef float edge_powers[LABELS][LABELS];

static void run_forward(const struct example *example, struct lattice *lattice, edge_powers *powers)
{
    for (size_t i = 0; i < example->count; i++) {
        float *to = lattice->forward[i];
        for (unsigned l = 0; l < LABELS; l++)
            to[l] = i ? 0 : lattice->emission[i][l];
        for (unsigned b = 0; i && b < LABELS; b++)
            for (unsigned l = 0; l < LABELS; l++)
                to[l] += lattice->forward[i - 1][b] * powers[example->edges[i]][b][l] *
                         lattice->emission[i][l];
        normalize(to);
    }
}

static void run_backward(const struct example *example, struct lattice *lattice,
                         edge_powers *powers)
{
    for (size_t i = example->count; i-- > 0;) {
        for (unsigned b = 0; b < LABELS; b++) {
            lattice->backward[i][b] = i + 1 == example->count;
            for (unsigned l = 0; i + 1 < example->count && l < LABELS; l++)
                lattice->backward[i][b] += powers[example->edges[i + 1]][b][l] *
                                           lattice->emission[i + 1][l] *
                                           lattice->backward[i + 1][l];
        }
        normalize(lattice->backward[i]);
    }
}

static void learn_edge(struct trainer *t, const struct example *example,
                       const struct lattice *lattice, float powers[LABELS][LABELS], size_t i)
{
    float share[LABELS][LABELS], sum = 1e-30F;
    unsigned edge = example->edges[i];
    for (unsigned b = 0; b < LABELS; b++)
        for (unsigned l = 0; l < LABELS; l++)
            sum += share[b][l] = lattice->forward[i - 1][b] * powers[b][l] *
                                 lattice->emission[i][l] * lattice->backward[i][l];
    for (unsigned b = 0; b < LABELS; b++)
        for (unsigned l = 0; l < LABELS; l++) {
            float gradient = share[b][l] / sum -
                             (b == example->labels[i - 1] && l == example->labels[i] ? 1.0F : 0.0F);
            if (fabsf(gradient) < 0.002F)
                continue;
            move(t->rate, &t->edges[edge][b][l], &t->edge_squares[edge][b][l], gradient);
            powers[b][l] = expf(t->edges[edge][b][l]);
        }
}

/* Move the weights of a token's features against the error in the share of each label. */
static void learn_token(struct trainer *t, const uint32_t *features, const float errors[LABELS])
{
    for (unsigned l = 0; l < LABELS; l++) {
        if (fabsf(errors[l]) < 0.002F)
            continue;
        for (size_t f = 0; f < t->width; f++) {
            struct row *row = &t->rows[features[f]];
            if (row != t->rows && !row->dead)
                move(t->rate, &row->weights[l], &row->squares[l], errors[l]);
        }
    }
}

static void learn(struct trainer *t, const struct example *example, struct lattice *lattice,
                  edge_powers *powers)
{
    score(t, example, lattice);
    run_forward(example, lattice, powers);
    run_backward(example, lattice, powers);
    for (size_t i = 0; i < example->count; i++) {
        float share[LABELS];
        unsigned best = 0;
        for (unsigned l = 0; l < LABELS; l++)
            share[l] = lattice->forward[i][l] * lattice->backward[i][l];
        normalize(share);
        for (unsigned l = 1; l < LABELS; l++)
            best = share[l] > share[best] ? l : best;
        t->tokens++;
        t->wrong += best != example->labels[i];
        t->loss -= log((double)share[example->labels[i]] + 1e-30);
        share[example->labels[i]] -= 1;
        learn_token(t, example->features + i * t->width, share);
        if (i)
            learn_edge(t, example, lattice, powers[example->edges[i]], i);
    }
}

static unsigned long draw(unsigned long *state)
{
    *state = *state * 6364136223846793005UL + 1442695040888963407UL;
    return *state >> 33;
}

/* Hide each feature now and then, so that none is relied on alone. */
static struct example hide(const struct trainer *t, const struct example *example,
                           uint32_t *features, unsigned long *state)
{
    struct example out = *example;
    out.features = features;
    for (size_t f = 0; f < example->count * t->width; f++)
        features[f] = draw(state) % 100 < HIDDEN ? 0 : example->features[f];
    return out;
}

static void pass(struct trainer *t, unsigned long *state)
{
    static float powers[FEATURES_EDGES][LABELS][LABELS];
    enum { MOST = REFS_LONGEST };
    struct lattice lattice = {malloc(MOST * sizeof *lattice.emission),
                              malloc(MOST * sizeof *lattice.forward),
                              malloc(MOST * sizeof *lattice.backward), NULL};
    uint32_t *features = malloc(MOST * t->width * sizeof *features);
    for (unsigned e = 0; e < FEATURES_EDGES; e++)
        for (unsigned b = 0; b < LABELS; b++)
            for (unsigned l = 0; l < LABELS; l++)
                powers[e][b][l] = expf(t->edges[e][b][l]);
    for (size_t i = t->example_count; i > 1; i--) { /* shuffled */
        size_t other = draw(state) % i;
        struct example example = t->examples[i - 1];
        t->examples[i - 1] = t->examples[other];
        t->examples[other] = example;
    }
    t->loss = 0;
    t->tokens = t->wrong = 0;
    for (size_t i = 0; i < t->example_count; i++) {
        struct example example = hide(t, &t->examples[i], features, state);
        learn(t, &example, &lattice, powers);
    }
    fprintf(stderr, "loss %.4f a token, %.3f %% of %zu wrong\n", t->loss / (double)t->tokens,
            100.0 * (double)t->wrong / (double)t->tokens, t->tokens);
    free(lattice.emission);
    free(lattice.forward);
    free(lattice.backward);
    free(features);
}

static float size_of(const struct row *row)
{
    float size = 0;
    for (unsigned l = 0; l < LABELS; l++)
        size += row->weights[l] * row->weights[l] * (row->squares[l] > 0 ? 1.0F : 0.0F);
    return row->hash ? size : 0;
}

static int by_size(const void *a, const void *b)
{
    float one = *(const float *)a, two = *(const float *)b;
    return (one < two) - (one > two);
}

/* Keep the `most` rows of the largest weights. */
static void prune(struct trainer *t, size_t most)
{
    float *sizes = malloc(t->row_count * sizeof *sizes);
    for (size_t r = 0; r < t->row_count; r++)
        sizes[r] = size_of(&t->rows[r]);
    qsort(sizes, t->row_count, sizeof *sizes, by_size);
    float least = most < t->row_count ? sizes[most] : 0;
    for (size_t r = 0; r < t->row_count; r++)
        if (size_of(&t->rows[r]) <= least) {
            t->rows[r].dead = true;
            memset(t->rows[r].weights, 0, sizeof t->rows[r].weights);
        }
    free(sizes);
}

static void print_weights(const float weights[LABELS], float share)
{
    putchar('"');
    for (unsigned l = 0; l < LABELS; l++) {
        long steps = lroundf(weights[l] * share / MODEL_STEP);
        steps = steps < MODEL_LEAST ? MODEL_LEAST : steps > MODEL_MOST ? MODEL_MOST : steps;
        int c = MODEL_ZERO + (int)steps;
        printf(c == '"' || c == '\\' || c == '?' ? "\\%c" : "%c", c);
    }
    putchar('"');
}

static void print_model(const struct trainer *t)
{
    size_t living = 0, size = 1;
    for (size_t r = 1; r < t->row_count; r++)
        living += !t->rows[r].dead;
    while (size * 3 < living * 4)
        size *= 2;
    const struct row **table = calloc(size, sizeof *table);
    for (size_t r = 1; r < t->row_count; r++) {
        size_t at = t->rows[r].hash & (size - 1);
        while (!t->rows[r].dead && table[at])
            at = (at + 1) & (size - 1);
        if (!t->rows[r].dead)
            table[at] = &t->rows[r];
    }
    printf("/* Learned weights; made by src/refs/train/. */\nstatic const struct row rows[] = {\n");
    for (size_t at = 0; at < size; at++) {
        if (table[at]) {
            printf("{0x%xU, ", (unsigned)table[at]->hash);
            print_weights(table[at]->weights, 1 - HIDDEN / 100.0F);
        }
        printf(table[at] ? "},\n" : "{0},\n");
    }
    printf("};\nstatic const char edges[%d][%d][%d] = {\n", FEATURES_EDGES, LABELS, LABELS);
    for (unsigned e = 0; e < FEATURES_EDGES; e++) {
        printf("{\n");
        for (unsigned b = 0; b < LABELS; b++) {
            print_weights(t->edges[e][b], 1);
            printf(",\n");
        }
        printf("},\n");
    }
    printf("};\nstatic const float powers[%d] = {\n", MODEL_POWERS);
    for (int i = 0; i < MODEL_POWERS; i++)
        printf("%.9eF,\n", exp((double)MODEL_STEP * (i - MODEL_POWERS + 1 + MODEL_MOST)));
    printf("};\n");
    free(table);
}

int main(int argc, char **argv)
{
    static struct trainer t;
    unsigned long state = 7;
    if (argc < 3)
        return fprintf(stderr, "usage: print_model EXAMPLES ROWS [PASSES]\n"), 2;
    uint8_t *seen = calloc((size_t)1 << SEEN_BITS, 1);
    read_examples(&t, argv[1], seen);
    make_rows(&t, seen);
    free(seen);
    unsigned long passes = argc > 3 ? strtoul(argv[3], NULL, 10) : 6;
    fprintf(stderr, "%zu examples, %zu features\n", t.example_count, t.row_count);
    for (unsigned long i = 0; i < passes; i++) {
        if (i == passes / 2)
            prune(&t, strtoul(argv[2], NULL, 10));
        t.rate = 0.15F * (float)(passes - i) / (float)passes;
        pass(&t, &state);
    }
    print_model(&t);
    free(t.rows);
    arena_free(&t.memory);
    return EXIT_SUCCESS;
}
