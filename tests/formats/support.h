/* What the tests of the readers share. */
#ifndef FORMATS_SUPPORT_H
#define FORMATS_SUPPORT_H

#include "base/buf.h"
#include "record/record.h"
#include <osler/formats.h>

/*
 * Read `bytes` to the end and say what came, one line an item:
 *     record 990000001 at 3
 *     deleted 990000002 v1 at 7
 *     malformed input at 9: the message
 *     complete            (or: not complete)
 * The caller frees the buffer.
 */
buf support_story(str bytes, const char *format);

/* The first record in `bytes`, copied into `memory`; a record without fields when there is none. */
osler_record support_record(arena *memory, str bytes, const char *format);

/* A PubmedArticle in a set, with `content` inside its MedlineCitation behind an invented PMID. */
buf support_article(const char *content);

/* Names as "role Family, Given [Initials] Suffix {collective}; ...". */
buf support_names(const osler_record *record);

/* Write `content`, gzipped, to the end of `out`. */
void support_gzip(buf *out, str content);

#endif
