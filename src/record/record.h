/* Building records in an arena.  Reading one is public: <osler/record.h>. */
#ifndef RECORD_RECORD_H
#define RECORD_RECORD_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"
#include <osler/record.h>

/* A copy of `s` as a field keeps it: trimmed, inner white space as it is; NULL when empty. */
const char *record_text(arena *memory, str s);

/*
 * A new, zeroed item at the end of a list of a record, as in
 *     osler_keyword *k = RECORD_ADD(memory, &record->keywords);
 */
#define RECORD_ADD(memory, list)                                                                   \
    arena_append((memory), &(list)->items, &(list)->count, sizeof *(list)->items)

/* Add a copy of `s`, trimmed, to a list of texts; nothing when it is empty. */
void record_add_text(arena *memory, osler_text_list *list, str s);

/* Add plain text to `b` as markup: `<`, `>` and `&` become entities. */
void markup_add_plain(buf *b, str plain);

/* Add the plain text of `markup` to `b`: tags dropped, entities decoded ("H2O", "10-3"). */
void markup_add_text(buf *b, str markup);

/*
 * Add `markup` as CSL's rich text: the same tags but <u>, no entities.  And back: tags that are
 * not Osler's, or not nested, are plain text.
 */
void markup_add_rich(buf *b, str markup);
void markup_add_from_rich(buf *b, str rich);

/* True when `s` is in Osler's inline markup: known tags, nested, known entities. */
bool markup_valid(str s);

/* A deep copy of `from` into `to`; every string and list is the arena's. */
void record_copy(arena *memory, osler_record *to, const osler_record *from);

#endif
