/*
 * The output format "jsonl": one JSON object (RFC 8259) a line, whose members are the fields of
 * <osler/fields.def> under their names, in their order; what a record does not have is left out.
 */
#include "formats/writer.h"

#include <string.h>

static const uint64_t each = UINT64_C(0x0101010101010101); /* 1 in every byte */

enum { LONGEST_ESCAPE = 6 /* \u001f */, LONGEST_NUMBER = 12 };

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
static uint64_t bytes_that_are(uint64_t word, uint64_t c)
{
    uint64_t difference = word ^ (each * c);
    return (difference - each) & ~difference;
}

/* True when one of eight bytes may have to be escaped: a look at all of them at once. */
static bool may_need_escape(const char *text)
{
    uint64_t word;
    memcpy(&word, text, sizeof word);
    uint64_t control = (word - each * 0x20) & ~word;
    return ((control | bytes_that_are(word, '"') | bytes_that_are(word, '\\') |
             bytes_that_are(word, 0x7F)) &
            (each << 7)) != 0;
}

/* `text` is UTF-8, as all strings of records are. */
static void add_string(buf *out, const char *text)
{
    size_t length = strlen(text);
    char *start = buf_reserve(out, length * LONGEST_ESCAPE + 2), *to = start;
    *to++ = '"';
    for (size_t i = 0; i < length;) {
        if (length - i >= sizeof each && !may_need_escape(text + i)) {
            memcpy(to, text + i, sizeof each);
            to += sizeof each;
            i += sizeof each;
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

static void add_number(buf *out, int number)
{
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

static void add_texts(buf *out, const osler_text_list *list)
{
    buf_add_byte(out, '[');
    for (size_t i = 0; i < list->count; i++) {
        if (i)
            buf_add_byte(out, ',');
        add_string(out, list->items[i]);
    }
    buf_add_byte(out, ']');
}

static void add_struct(buf *out, const osler_shape *shape, const char *value);

static void add_structs(buf *out, const osler_shape *shape, const osler_text_list *list)
{
    const char *items = (const void *)list->items;
    buf_add_byte(out, '[');
    for (size_t i = 0; i < list->count; i++) {
        if (i)
            buf_add_byte(out, ',');
        add_struct(out, shape, items + i * shape->size);
    }
    buf_add_byte(out, ']');
}

/* All lists are laid out alike: the items, then their number. */
static osler_text_list list_at(const char *member)
{
    osler_text_list list;
    memcpy(&list, member, sizeof list);
    return list;
}

static bool is_absent(const osler_field *field, const char *member)
{
    switch (field->kind) {
    case OSLER_TEXT:
    case OSLER_MARKUP: return !*(const char *const *)(const void *)member;
    case OSLER_NUMBER: return !*(const int *)(const void *)member;
    case OSLER_FLAG: return !*(const bool *)member;
    case OSLER_TEXTS:
    case OSLER_MANY: return !list_at(member).count;
    }
    return true;
}

static void add_value(buf *out, const osler_field *field, const char *member)
{
    osler_text_list list;
    switch (field->kind) {
    case OSLER_TEXT:
    case OSLER_MARKUP: add_string(out, *(const char *const *)(const void *)member); break;
    case OSLER_NUMBER: add_number(out, *(const int *)(const void *)member); break;
    case OSLER_FLAG: buf_add_text(out, "true"); break;
    case OSLER_TEXTS:
        list = list_at(member);
        add_texts(out, &list);
        break;
    case OSLER_MANY:
        list = list_at(member);
        add_structs(out, field->of, &list);
        break;
    }
}

/* Names of fields need no escape.  `first` is what stands before the name: a brace or a comma. */
static void add_name(buf *out, char first, const char *name)
{
    size_t length = strlen(name);
    char *to = buf_reserve(out, length + sizeof "{\"\":");
    *to++ = first;
    *to++ = '"';
    memcpy(to, name, length + 1); /* with the NUL, which the quote replaces */
    to += length;
    *to++ = '"';
    *to = ':';
    out->length += length + strlen("{\"\":");
}

static void add_struct(buf *out, const osler_shape *shape, const char *value)
{
    char first = '{';
    for (size_t i = 0; i < shape->count; i++) {
        const osler_field *field = &shape->fields[i];
        const char *member = value + field->offset;
        if (is_absent(field, member))
            continue;
        add_name(out, first, field->name);
        add_value(out, field, member);
        first = ',';
    }
    buf_add_text(out, first == '{' ? "{}" : "}");
}

static void write_record(buf *out, const osler_record *record)
{
    add_struct(out, osler_record_shape(), (const char *)record);
    buf_add_byte(out, '\n');
}

const struct writer writer_jsonl = {.write = write_record};
