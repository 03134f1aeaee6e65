/* The accents and symbols of LaTeX, for both directions. */
#ifndef FORMATS_BIBTEX_LATEX_H
#define FORMATS_BIBTEX_LATEX_H

#include "base/str.h"
#include <stdint.h>

struct latex_accent {
    char command;
    uint32_t mark;
    const char *pairs; /* a letter, then the letter with its accent, and so on */
};

struct latex_symbol {
    bool math;
    const char *command, *text;
};

extern const struct latex_accent latex_accents[];
extern const size_t latex_accent_count;
extern const struct latex_symbol latex_symbols[];
extern const size_t latex_symbol_count;

/* The accent of a command; NULL when it is none. */
const struct latex_accent *latex_accent_of(char command);

/* What an accent makes of an ASCII letter; empty when Unicode has no single character for it. */
str latex_accented(const struct latex_accent *accent, char letter);

/* The character of a command, or NULL. */
const char *latex_symbol_of(str command);

#endif
