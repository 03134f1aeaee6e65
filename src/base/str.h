/* A string view: borrowed bytes with a length, not NUL-terminated. */
#ifndef BASE_STR_H
#define BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

typedef struct str {
    const char *data;
    size_t length;
} str;

/* The view of a NUL-terminated string; NULL gives an empty view. */
static inline str str_of(const char *text)
{
    return (str){text, text ? strlen(text) : 0};
}

/* A view of a string literal, usable in constant initializers. */
#define STR(literal)                                                                               \
    {                                                                                              \
        (literal), sizeof(literal) - 1                                                             \
    }

/* For printf: `printf("%.*s", STR_ARG(s))`. */
#define STR_ARG(s) (int)(s).length, (s).data

static inline bool str_equal(str a, str b)
{
    return a.length == b.length && (a.length == 0 || memcmp(a.data, b.data, a.length) == 0);
}

/* Equal to a NUL-terminated string. */
static inline bool str_is(str s, const char *text)
{
    return str_equal(s, str_of(text));
}

bool str_equal_ignoring_case(str a, str b); /* ASCII case */
bool str_starts_with(str s, str prefix);
bool str_starts_with_ignoring_case(str s, str prefix);
bool str_contains_ignoring_case(str s, str needle);
int str_compare(str a, str b); /* byte order, as memcmp */

/* The offset of the first `c`, or `s.length` when there is none. */
size_t str_find(str s, char c);

/* The part of `s` from `start`, at most `length` bytes; both are cut to what there is. */
static inline str str_part(str s, size_t start, size_t length)
{
    if (start > s.length)
        start = s.length;
    if (length > s.length - start)
        length = s.length - start;
    return (str){length ? s.data + start : s.data, length};
}

/* `s` without the ASCII white space at both ends. */
str str_trim(str s);

/* Cut the first line off `*rest`, without its LF or CRLF.  False when nothing is left. */
bool str_next_line(str *rest, str *line);

/* Cut off everything before `separator` (which is dropped).  False when nothing is left. */
bool str_next_field(str *rest, char separator, str *field);

/* The whole of `s` as a decimal number without sign; false unless all of it is digits and fits. */
bool str_number(str s, unsigned long *number);

/* ASCII only, independent of the locale. */
static inline bool char_is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static inline bool char_is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static inline bool char_is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static inline char char_lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

#endif
