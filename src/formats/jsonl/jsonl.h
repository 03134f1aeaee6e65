/* What reading and writing the format "jsonl" share. */
#ifndef FORMATS_JSONL_JSONL_H
#define FORMATS_JSONL_JSONL_H

#include <osler/record.h>

#include <stdbool.h>

/* True when the record has nothing in this field: `member` is where it lies. */
bool jsonl_is_absent(const osler_field *field, const char *member);

#endif
