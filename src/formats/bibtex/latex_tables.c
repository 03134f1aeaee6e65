/* Accents and symbols by their commands. */
#include "formats/bibtex/latex.h"

#include "base/utf8.h"

enum { TEXT, MATH };

const struct latex_accent latex_accents[] = {
#define ACCENT(command, mark, pairs) {command, mark, pairs},
#include "formats/bibtex/accents.def"
#undef ACCENT
};
const size_t latex_accent_count = sizeof latex_accents / sizeof *latex_accents;

const struct latex_symbol latex_symbols[] = {
#define SYMBOL(mode, command, text) {(mode) == MATH, (command), (text)},
#include "formats/bibtex/symbols.def"
#undef SYMBOL
};
const size_t latex_symbol_count = sizeof latex_symbols / sizeof *latex_symbols;

const struct latex_accent *latex_accent_of(char command)
{
    for (size_t i = 0; i < latex_accent_count; i++)
        if (latex_accents[i].command == command)
            return &latex_accents[i];
    return NULL;
}

str latex_accented(const struct latex_accent *accent, char letter)
{
    str pairs = str_of(accent->pairs);
    for (size_t at = 0, length; at < pairs.length; at += 1 + length) {
        utf8_decode(str_part(pairs, at + 1, pairs.length), &length);
        if (pairs.data[at] == letter)
            return str_part(pairs, at + 1, length);
    }
    return (str){"", 0};
}

const char *latex_symbol_of(str command)
{
    for (size_t i = 0; i < latex_symbol_count; i++)
        if (latex_symbols[i].command[0] == command.data[0] &&
            str_is(command, latex_symbols[i].command))
            return latex_symbols[i].text;
    return NULL;
}
