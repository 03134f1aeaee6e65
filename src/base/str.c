/* String views: comparing, cutting, trimming; nothing here depends on the locale. */
#include "base/str.h"

#include <limits.h>
#include <string.h>

bool str_equal_ignoring_case(str a, str b)
{
    return a.length == b.length && str_starts_with_ignoring_case(a, b);
}

bool str_starts_with(str s, str prefix)
{
    return s.length >= prefix.length && str_equal((str){s.data, prefix.length}, prefix);
}

bool str_starts_with_ignoring_case(str s, str prefix)
{
    if (s.length < prefix.length)
        return false;
    for (size_t i = 0; i < prefix.length; i++)
        if (char_lower(s.data[i]) != char_lower(prefix.data[i]))
            return false;
    return true;
}

bool str_contains_ignoring_case(str s, str needle)
{
    for (; s.length >= needle.length; s.data++, s.length--) {
        if (str_starts_with_ignoring_case(s, needle))
            return true;
        if (!s.length)
            break;
    }
    return false;
}

int str_compare(str a, str b)
{
    size_t shorter = a.length < b.length ? a.length : b.length;
    int order = shorter ? memcmp(a.data, b.data, shorter) : 0;
    return order ? order : (a.length > b.length) - (a.length < b.length);
}

size_t str_find(str s, char c)
{
    const char *found = s.length ? memchr(s.data, c, s.length) : NULL;
    return found ? (size_t)(found - s.data) : s.length;
}

str str_trim(str s)
{
    while (s.length && char_is_space(s.data[0]))
        s.data++, s.length--;
    while (s.length && char_is_space(s.data[s.length - 1]))
        s.length--;
    return s;
}

bool str_next_field(str *rest, char separator, str *field)
{
    if (!rest->length)
        return false;
    size_t length = str_find(*rest, separator);
    size_t taken = length < rest->length ? length + 1 : length;
    *field = (str){rest->data, length};
    *rest = (str){rest->data + taken, rest->length - taken};
    return true;
}

bool str_next_line(str *rest, str *line)
{
    if (!str_next_field(rest, '\n', line))
        return false;
    if (line->length && line->data[line->length - 1] == '\r')
        line->length--;
    return true;
}

bool str_number(str s, unsigned long *number)
{
    unsigned long value = 0;
    if (!s.length)
        return false;
    for (size_t i = 0; i < s.length; i++) {
        if (!char_is_digit(s.data[i]))
            return false;
        unsigned long digit = (unsigned long)(s.data[i] - '0');
        if (value > (ULONG_MAX - digit) / 10)
            return false;
        value = value * 10 + digit;
    }
    *number = value;
    return true;
}
