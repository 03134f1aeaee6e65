/* Which field each part of a reference belongs to: the trained labeler. */
#ifndef REFS_LABEL_H
#define REFS_LABEL_H

#include "base/arena.h"
#include "base/str.h"
#include "refs/labels.h"
#include <osler/base.h>

struct refs_token {
    str text; /* as printed, a view of the reference */
    enum refs_label label;
    float confidence; /* of the label: its share of all labelings, 0 to 1 */
};

/*
 * The tokens of one reference (UTF-8, one line, no markup) with their labels, in `memory`.  Tokens
 * leave out white space only.  `*sure` is the confidence in the labeling as a whole.
 * OSLER_ELIMIT: longer than REFS_LONGEST bytes.
 */
enum { REFS_LONGEST = 1 << 16 };
OSLER_MUST_USE osler_status refs_label(struct refs_token **out, size_t *count, float *sure,
                                       arena *memory, str reference, osler_error *error);

#endif
