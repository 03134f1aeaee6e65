/* The position of each cite: first, subsequent, ibid; how near the cite before stands. */
#include "style/document.h"

void positions_find(processor *p)
{
    for (size_t i = 0; i < p->citation_count; i++)
        for (size_t k = 0; k < p->citations[i]->count; k++) {
            struct placed_cite *cite = &p->citations[i]->cites[k];
            cite->position = cite->cite.position > 0 ? cite->cite.position : POSITION_FIRST;
        }
}
