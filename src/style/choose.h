/* cs:choose: which branch holds for an item in its place. */
#ifndef STYLE_CHOOSE_H
#define STYLE_CHOOSE_H

#include "style/render.h"

/* The first branch of a NODE_CHOOSE whose conditions hold, cs:else included; NULL: none. */
const struct branch *choose_branch(const struct render *r, const struct node *choose);

#endif
