/* The label of a work for styles that cite by labels: "Doe65", "RoNo78". */
#ifndef STYLE_CITATION_LABEL_H
#define STYLE_CITATION_LABEL_H

#include "style/item.h"

/* Letters of the first author's name, or of up to four authors, and the year's last two digits;
 * lent by `memory`. */
str citation_label(arena *memory, const struct item *item);

#endif
