/* What differs between two versions of a record, in words. */
#ifndef LIBRARY_CHANGES_H
#define LIBRARY_CHANGES_H

#include "base/arena.h"
#include <osler/history.h>

/* From `before` to `after`; all texts are in `memory`. */
void changes_find(osler_record_change *out, arena *memory, const osler_record *before,
                  const osler_record *after);

#endif
