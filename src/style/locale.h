/*
 * The words of a language for one style: terms, date forms and options, merged from the style's own
 * cs:locale elements and the installed locale files, in CSL's order of fallback (style in the
 * dialect, style in the language, style without language, file of the dialect, file of the primary
 * dialect of the language, en-US).
 */
#ifndef STYLE_LOCALE_H
#define STYLE_LOCALE_H

#include "base/arena.h"
#include "style/look.h"
#include <osler/base.h>

enum term_form { FORM_LONG, FORM_SHORT, FORM_VERB, FORM_VERB_SHORT, FORM_SYMBOL, FORM_COUNT };
enum gender { GENDER_NONE, GENDER_MASCULINE, GENDER_FEMININE };

/* Numbers of the terms that the program itself asks for; names of others get numbers as met. */
enum term_name {
    TERM_NONE,
#define TERM(name, csl) TERM_##name,
#include "style/terms.def"
#undef TERM
    TERM_COUNT
};

/* The number of a term's name ("page", "et-al", "no date"); older spellings are known (no_date).
 * 0 when the name is no term of CSL 1.0.2 or its predecessors. */
unsigned term_of(str name);
const char *term_name(unsigned term);

struct term {
    str single, multiple; /* the same when the term has one text only */
    uint8_t gender;       /* of the noun (page, month-06, ...) */
};

/* One cs:date-part of a localized date, or of a cs:date. */
enum date_part_name { DATE_PART_YEAR = 1, DATE_PART_MONTH, DATE_PART_DAY };
enum date_part_form {
    DATE_FORM_DEFAULT, /* day numeric, month long, year long */
    DATE_FORM_NUMERIC,
    DATE_FORM_NUMERIC_LEADING_ZEROS,
    DATE_FORM_ORDINAL,
    DATE_FORM_LONG,
    DATE_FORM_SHORT,
};
struct date_part {
    uint8_t name, form;
    str range_delimiter; /* empty: an en dash */
    struct look look;
};
struct date_parts {
    const struct date_part *items;
    size_t count;
    struct look look; /* of the cs:date in the locale: formatting, delimiter */
};

struct locale {
    const char *language; /* "en-US": the one asked for, in canonical case */
    bool punctuation_in_quote;
    bool limit_day_ordinals_to_day_1;
    struct date_parts date_text, date_numeric;
    struct locale_terms *terms; /* of locale.c */
};

/*
 * The term in `form`, falling back as CSL says: verb-short to verb, symbol to short, verb and short
 * to long.  NULL when the locale has none.  An empty text is a term too.
 */
const struct term *locale_term(const struct locale *locale, unsigned term, enum term_form form);

/* Its text; empty when there is none. */
str locale_text(const struct locale *locale, unsigned term, enum term_form form, bool plural);

/* The suffix that makes `number` an ordinal for a noun of `gender` ("th"), by CSL 1.0.1's rules of
 * ordinal, ordinal-00 ... ordinal-99 and their match; empty when the locale has none. */
str locale_ordinal_suffix(const struct locale *locale, unsigned number, enum gender gender);

/* long-ordinal-01 ... long-ordinal-10 for the gender; empty for other numbers or without the term.
 */
str locale_long_ordinal(const struct locale *locale, unsigned number, enum gender gender);

struct style;

/*
 * The locale `language` ("de", "de-AT", NULL: the style's default, else en-US) for `style` (NULL:
 * none).  Everything in it is in `memory` or in the style.  A language without a file falls back to
 * en-US; without any file, to the English that is compiled in.  Fails for a broken file only.
 */
osler_status locale_load(arena *memory, struct locale **out, const struct style *style,
                         const char *language, osler_error *error);

#endif
