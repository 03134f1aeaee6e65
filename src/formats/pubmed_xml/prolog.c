/* The XML declaration and the DOCTYPE. */
#include "formats/pubmed_xml/prolog.h"

const str prolog_doctype = STR("<!DOCTYPE");

size_t prolog_find(str s, size_t from, str needle)
{
    for (size_t at = from; at < s.length; at++) {
        at += str_find(str_part(s, at, s.length), needle.data[0]);
        if (at < s.length && str_starts_with(str_part(s, at, s.length), needle))
            return at;
    }
    return s.length;
}

str prolog_encoding(str declaration)
{
    static const str word = STR("encoding");
    size_t at = prolog_find(declaration, 0, word);
    if (at == declaration.length)
        return (str){"", 0};
    str rest = str_trim(str_part(declaration, at + word.length, declaration.length));
    rest = str_trim(str_part(rest, 1, rest.length));
    if (!rest.length || (rest.data[0] != '"' && rest.data[0] != '\''))
        return (str){"", 0};
    str value = str_part(rest, 1, rest.length);
    return str_part(value, 0, str_find(value, rest.data[0]));
}

size_t prolog_doctype_length(str s, str *subset, bool *endless)
{
    char quote = '\0';
    size_t open = 0;
    *subset = (str){"", 0};
    for (size_t i = prolog_doctype.length; i < s.length && !*endless; i++) {
        char c = s.data[i];
        if (quote) {
            quote = c == quote ? '\0' : quote;
        } else if (c == '"' || c == '\'') {
            quote = c;
        } else if (c == '[' && !open) {
            open = i;
        } else if (c == ']' && open) {
            *subset = str_part(s, open, i - open);
            open = 0;
        } else if (c == '>' && !open) {
            return i + 1;
        } else if (c == '<') {
            *endless = str_starts_with(str_part(s, i, prolog_doctype.length), prolog_doctype);
        }
    }
    return 0;
}
