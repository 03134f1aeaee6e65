/* The values of CSL-JSON that need understanding, as fields of a record. */
#ifndef RECORD_CSL_JSON_H
#define RECORD_CSL_JSON_H

#include "base/arena.h"
#include "base/json.h"
#include <osler/record.h>

/* Texts, and numbers as they are written.  Empty for what is neither, and for NULL. */
str csl_json_text(const struct json_value *value);

/* A text, a number, or a list of them, joined by ", "; in `memory` where it is joined. */
str csl_json_joined(arena *memory, const struct json_value *value);

/* true, 1, "true", "1": what people write for yes. */
bool csl_json_yes(const struct json_value *value);

/*
 * A date: an object with date-parts, season, circa, literal, raw; a text (EDTF, or as people write
 * it); a year.  What is not understood is its text.  The kind stays as it is.
 */
void csl_json_date(arena *memory, osler_date *out, const struct json_value *value);

#endif
