/* A record as bytes, for storing and comparing: every field of fields.def, none twice. */
#ifndef RECORD_PACK_H
#define RECORD_PACK_H

#include "base/arena.h"
#include "base/buf.h"
#include <osler/record.h>

/*
 * Add `record` to `b`.  The same record always gives the same bytes.  Layout: for each present
 * field a varint of its number, then its value: a text is a varint length and the bytes, a number
 * a varint (zigzag), a flag nothing, a list a varint count and its items; a struct ends with 0.
 */
void record_pack(buf *b, const osler_record *record);

/*
 * Read a packed record into `*record`; lists and strings belong to the arena, strings are copied.
 * Fields that this program does not know are an OSLER_EDAMAGED failure: the library is newer or
 * damaged.  Hostile bytes are safe.
 */
OSLER_MUST_USE osler_status record_unpack(arena *memory, osler_record *record, str packed,
                                          osler_error *error);

#endif
