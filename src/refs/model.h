/* The learned weights: of features for each label, and of labels that follow one another. */
#ifndef REFS_MODEL_H
#define REFS_MODEL_H

#include "refs/features.h"
#include "refs/labels.h"

/* The weights of a feature for all labels, as characters: MODEL_ZERO is 0, each step MODEL_STEP.
 * NULL: the model does not know the feature. */
const char *model_weights(uint32_t feature);

/* The weights of labels that follow one another where features_edge() is `edge`: [before][label].
 */
typedef const char model_edge[REFS_LABEL_COUNT];
model_edge *model_edges(unsigned edge);

/* e to the power of so many steps, at most MODEL_MOST; 0 where that is too small to count. */
float model_power(int steps);

#define MODEL_STEP 0.1F
enum { MODEL_ZERO = 79, MODEL_LEAST = -45, MODEL_MOST = 46, MODEL_POWERS = 320 };

#endif
