/* Building invented records for the tests of the appraisal. */
#ifndef APPRAISE_TEST_SUPPORT_H
#define APPRAISE_TEST_SUPPORT_H

#include "base/arena.h"
#include <osler/appraise.h>

/* A record with a title and an abstract of one section; either may be NULL. */
osler_record *invent(arena *memory, const char *title, const char *abstract);

/* Add publication types or headings, separated by '|'; one that begins with D and a digit is a UI
 * alone. */
void invent_types(arena *memory, osler_record *record, const char *list);
void invent_headings(arena *memory, osler_record *record, const char *list);

/* Add a link to another record; `pmid` may be NULL. */
void invent_link(arena *memory, osler_record *record, const char *type, const char *pmid);

#endif
