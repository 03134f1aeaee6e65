/* Writing JSON: texts with their escapes, numbers. */
#include "base/bytes.h"
#include "base/json.h"

enum { LONGEST_ESCAPE = 6 /* \u001f */ };

/* What stands behind the backslash; 'u': the code in hexadecimal; 0: the byte stands for itself. */
static char escape_of(unsigned char c)
{
    switch (c) {
    case '"':
    case '\\': return (char)c;
    case '\n': return 'n';
    case '\t': return 't';
    default: return c < 0x20 || c == 0x7F ? 'u' : '\0';
    }
}

static char *add_escape(char *to, unsigned char c)
{
    static const char digits[] = "0123456789abcdef";
    char escape = escape_of(c);
    *to++ = '\\';
    *to++ = escape;
    if (escape != 'u')
        return to;
    *to++ = '0';
    *to++ = '0';
    *to++ = digits[c >> 4];
    *to++ = digits[c & 15];
    return to;
}

/* In the highest bit of each byte: is the byte `c`?  (A byte above one that is may seem to be.) */
static uint64_t bytes_that_are(uint64_t word, unsigned char c)
{
    uint64_t difference = word ^ (bytes_all(c));
    return (difference - bytes_all(1)) & ~difference;
}

/* True when one of eight bytes may have to be escaped: a look at all of them at once. */
static bool may_need_escape(const char *text)
{
    uint64_t word = bytes_eight(text);
    uint64_t control = (word - bytes_all(0x20)) & ~word;
    return ((control | bytes_that_are(word, '"') | bytes_that_are(word, '\\') |
             bytes_that_are(word, 0x7F)) &
            bytes_all(0x80)) != 0;
}

void json_add_text(buf *out, str s)
{
    const char *text = s.data;
    size_t length = s.length;
    char *start = buf_reserve(out, length * LONGEST_ESCAPE + 2), *to = start;
    *to++ = '"';
    for (size_t i = 0; i < length;) {
        if (length - i >= sizeof(uint64_t) && !may_need_escape(text + i)) {
            memcpy(to, text + i, sizeof(uint64_t));
            to += sizeof(uint64_t);
            i += sizeof(uint64_t);
            continue;
        }
        unsigned char c = (unsigned char)text[i++];
        if (escape_of(c))
            to = add_escape(to, c);
        else
            *to++ = (char)c;
    }
    *to++ = '"';
    out->length += (size_t)(to - start);
}

void json_add_integer(buf *out, int number)
{
    enum { LONGEST_NUMBER = 12 };
    char digits[LONGEST_NUMBER];
    size_t at = sizeof digits;
    unsigned left = number < 0 ? 0U - (unsigned)number : (unsigned)number;
    do
        digits[--at] = (char)('0' + left % 10);
    while (left /= 10);
    if (number < 0)
        digits[--at] = '-';
    buf_add(out, (str){digits + at, sizeof digits - at});
}

static void add_inside(buf *out, const struct json_value *value)
{
    bool object = value->kind == JSON_IS_OBJECT;
    buf_add_byte(out, object ? '{' : '[');
    for (const struct json_value *v = value->first; v; v = v->next) {
        if (v != value->first)
            buf_add_byte(out, ',');
        if (object) {
            json_add_text(out, v->key);
            buf_add_byte(out, ':');
        }
        json_add_value(out, v);
    }
    buf_add_byte(out, object ? '}' : ']');
}

void json_add_value(buf *out, const struct json_value *value)
{
    switch (value->kind) {
    case JSON_IS_NULL: buf_add_text(out, "null"); break;
    case JSON_IS_FALSE: buf_add_text(out, "false"); break;
    case JSON_IS_TRUE: buf_add_text(out, "true"); break;
    case JSON_IS_NUMBER: buf_add(out, value->text); break;
    case JSON_IS_TEXT: json_add_text(out, value->text); break;
    case JSON_IS_ARRAY:
    case JSON_IS_OBJECT: add_inside(out, value); break;
    }
}
