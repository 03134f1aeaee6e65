/* One cs:locale element, of a style or of a locale file, before it is merged with others. */
#ifndef STYLE_LOCALE_SOURCE_H
#define STYLE_LOCALE_SOURCE_H

#include "style/values.h"

enum ordinal_match { MATCH_DEFAULT, MATCH_LAST_DIGIT, MATCH_LAST_TWO_DIGITS, MATCH_WHOLE_NUMBER };

enum {
    ORDINAL_DEFAULT = 100, /* the term "ordinal", after ordinal-00 to ordinal-99 */
    ORDINAL_COUNT,
    NO_ORDINAL = 255,
    LONG_ORDINAL_COUNT = 11, /* 1 to 10 */
};

struct term_definition {
    uint16_t term; /* its number */
    uint8_t form, gender_form, match;
    uint8_t ordinal;      /* 0 to 99, ORDINAL_DEFAULT, NO_ORDINAL */
    uint8_t long_ordinal; /* 1 to 10; 0: none */
    struct term text;
};

enum said { NOT_SAID, SAID_TRUE, SAID_FALSE };

struct locale_source {
    const char *language; /* in canonical case; "" when not said */
    uint8_t punctuation_in_quote, limit_day_ordinals_to_day_1; /* enum said */
    bool has_ordinals;
    const struct date_parts *date_text, *date_numeric; /* or NULL */
    const struct term_definition *terms;
    size_t term_count;
};

/* Those of a style, in its order. */
struct style_locales {
    const struct locale_source *items;
    size_t count;
};

void locale_source_read(arena *memory, struct locale_source *out, const struct element *element,
                        const struct complaints *complaints);

/*
 * The language of a tag as locale files name it: "EN_us" is "en-US"; scripts, variants and private
 * parts are left out, but Chinese in traditional script is zh-TW.
 */
const char *language_canonical(arena *memory, str tag);

/* The dialect that stands for a language ("de" and "de-AT" give "de-DE"); `language` itself when
 * it has none. */
const char *language_primary(arena *memory, const char *language);

/*
 * By locale_files.c: the installed locale of `language`; `*found` is false when there is no such
 * file.  "en-US" is always found: the one compiled in stands in for it.
 */
osler_status locale_file_read(arena *memory, struct locale_source *out, const char *language,
                              bool *found, osler_error *error);

#endif
