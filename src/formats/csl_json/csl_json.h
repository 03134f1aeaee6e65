/* What the parts of the reader of CSL-JSON share. */
#ifndef FORMATS_CSL_JSON_CSL_JSON_H
#define FORMATS_CSL_JSON_CSL_JSON_H

#include "base/json.h"
#include "formats/builder.h"
#include "formats/format.h"

/* Make a record of the members of `object`; b->exceeded says when it is too large. */
osler_record *csl_json_record(builder *b, arena *memory, const struct json_value *object);

/* Cutting an array into its items, or a text into the objects that stand behind each other. */
void *csl_json_open(window *input);
void csl_json_close(void *state);
osler_status csl_json_cut(void *state, struct piece *out, osler_error *error);
bool csl_json_is_complete(const void *state);

#endif
