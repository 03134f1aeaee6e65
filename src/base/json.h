/* JSON (RFC 8259): reading into an arena, one item of a document after the other, and writing. */
#ifndef BASE_JSON_H
#define BASE_JSON_H

#include "base/arena.h"
#include "base/buf.h"
#include <osler/base.h>

enum json_kind {
    JSON_IS_NULL,
    JSON_IS_FALSE,
    JSON_IS_TRUE,
    JSON_IS_NUMBER,
    JSON_IS_TEXT,
    JSON_IS_ARRAY,
    JSON_IS_OBJECT,
};

struct json_value {
    enum json_kind kind;
    str key;                               /* of a member of an object; else empty */
    str text;                              /* of a text, unescaped; of a number, its characters */
    const struct json_value *first, *next; /* the first item or member inside; the one behind it */
    size_t count;                          /* of items or members */
};

/*
 * The values of a document, one by one: the items of its array, or the one value that it is.
 * Start from `struct json_stream s = {.text = text};`.
 */
struct json_stream {
    str text;
    size_t at;
    enum { JSON_AT_START, JSON_AT_FIRST, JSON_IN_ARRAY, JSON_ALONE, JSON_BEHIND } place;
};

/*
 * The next value.  It is in `memory`; texts without escapes are views of the document.  OSLER_END
 * behind the last one.  OSLER_EINPUT (line and column are set) for what is no JSON: the stream
 * cannot go on.  OSLER_ELIMIT: nested deeper than LIMIT_DEPTH, or more than LIMIT_LIST values. Text
 * must be UTF-8; U+0000 is left out, and half a surrogate pair is U+FFFD.
 */
osler_status json_next(struct json_stream *s, arena *memory, const struct json_value **out,
                       osler_error *error);

/* The member of an object; of several with the same key, the last one.  NULL when there is none, or
 * `object` is no object or NULL. */
const struct json_value *json_member(const struct json_value *object, const char *key);

/* The item of an array, from 0; NULL when there is none, or `array` is no array or NULL. */
const struct json_value *json_item(const struct json_value *array, size_t index);

/* Add a text (UTF-8) in quotation marks, a whole number, a value as it was read. */
void json_add_text(buf *out, str s);
void json_add_integer(buf *out, int number);
void json_add_value(buf *out, const struct json_value *value);

#endif
