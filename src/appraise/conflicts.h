/* What speaks against a verdict, in sentences. */
#ifndef APPRAISE_CONFLICTS_H
#define APPRAISE_CONFLICTS_H

#include "appraise/witnesses.h"

/* Add a sentence for each contradiction between `design` and the testimony. */
void conflicts_of(arena *memory, osler_text_list *out, const testimony *t, claim design,
                  const osler_record *record);

#endif
