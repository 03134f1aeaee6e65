/* Looks up the learned weights in the generated table. */
#include "refs/model.h"

/* A feature and its weights; hash 0: a free place of the table. */
struct row {
    uint32_t hash;
    char weights[REFS_LABEL_COUNT];
};

/* `rows`, a hash table with open places, `edges` and `powers`; made by src/refs/train/. */
#include "refs/model.inc"

enum { ROW_COUNT = sizeof rows / sizeof *rows };
_Static_assert((ROW_COUNT & (ROW_COUNT - 1)) == 0, "a power of two");

const char *model_weights(uint32_t feature)
{
    for (size_t at = feature & (ROW_COUNT - 1); rows[at].hash; at = (at + 1) & (ROW_COUNT - 1))
        if (rows[at].hash == feature)
            return rows[at].weights;
    return NULL;
}

model_edge *model_edges(unsigned edge)
{
    return edges[edge];
}

float model_power(int steps)
{
    int place = steps + MODEL_POWERS - 1 - MODEL_MOST;
    return place < 0 ? 0 : powers[place];
}
