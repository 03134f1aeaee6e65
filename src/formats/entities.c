/* Decoding entities in text, by libxml2's table of HTML's. */
#include "formats/entities.h"

#include <libxml/HTMLparser.h>
#include <string.h>

enum { LONGEST = 12 /* with its semicolon */ };

static bool is_xml_char(unsigned long c)
{
    return c == 9 || c == 10 || c == 13 || (c >= 32 && c < 0xD800) || (c >= 0xE000 && c < 0xFFFE) ||
           (c >= 0x10000 && c < 0x110000);
}

uint32_t entity_value(str name)
{
    char text[LONGEST];
    if (name.length < 2 || name.length >= sizeof text)
        return 0;
    memcpy(text, name.data, name.length);
    text[name.length] = '\0';
    if (text[0] != '#') {
        const htmlEntityDesc *known = htmlEntityLookup((const xmlChar *)text);
        return known ? known->value : strcmp(text, "apos") == 0 ? '\'' : 0;
    }
    bool hexadecimal = text[1] == 'x' || text[1] == 'X';
    unsigned long value = 0;
    for (const char *c = text + 1 + hexadecimal; *c; c++) {
        char lower = char_lower(*c);
        if (!char_is_digit(lower) && !(hexadecimal && lower >= 'a' && lower <= 'f'))
            return 0;
        value = value * (hexadecimal ? 16 : 10) +
                (unsigned long)(char_is_digit(lower) ? lower - '0' : lower - 'a' + 10);
    }
    return is_xml_char(value) && value >= 32 ? (uint32_t)value : 0;
}

void entities_decode(buf *out, str text)
{
    while (text.length) {
        size_t plain = str_find(text, '&');
        buf_add(out, str_part(text, 0, plain));
        text = str_part(text, plain, text.length);
        if (!text.length)
            return;
        str name = str_part(text, 1, LONGEST);
        size_t end = str_find(name, ';');
        uint32_t value = end < name.length ? entity_value(str_part(name, 0, end)) : 0;
        if (value)
            buf_add_codepoint(out, value);
        else
            buf_add_byte(out, '&');
        text = str_part(text, value ? end + 2 : 1, text.length);
    }
}
