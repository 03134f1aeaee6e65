/* Merging the locales of a style and of files, in CSL's order of fallback; looking terms up. */
#include "style/locale_source.h"

/* The merged terms: those of each form, with fallback from form to form done. */
struct locale_terms {
    const struct term *terms[TERM_COUNT][FORM_COUNT];
    const struct term_definition *ordinals[GENDER_FEMININE + 1][ORDINAL_COUNT];
    const struct term_definition *long_ordinals[GENDER_FEMININE + 1][LONG_ORDINAL_COUNT];
    bool has_ordinals;
};

/* What is said here already was said by a source that comes before `source`: it stays. */
static void add_terms(struct locale_terms *out, const struct locale_source *source)
{
    bool takes_ordinals = source->has_ordinals && !out->has_ordinals;
    /* Backwards: within one source the last definition holds. */
    for (size_t i = source->term_count; i-- > 0;) {
        const struct term_definition *d = &source->terms[i];
        if (d->form < FORM_COUNT && d->gender_form == GENDER_NONE && !out->terms[d->term][d->form])
            out->terms[d->term][d->form] = &d->text;
        if (d->ordinal != NO_ORDINAL && takes_ordinals &&
            !out->ordinals[d->gender_form][d->ordinal])
            out->ordinals[d->gender_form][d->ordinal] = d;
        if (d->long_ordinal && !out->long_ordinals[d->gender_form][d->long_ordinal])
            out->long_ordinals[d->gender_form][d->long_ordinal] = d;
    }
    out->has_ordinals |= takes_ordinals;
}

static void add_source(struct locale *out, const struct locale_source *source, uint8_t *said)
{
    add_terms(out->terms, source);
    if (source->date_text && !out->date_text.items)
        out->date_text = *source->date_text;
    if (source->date_numeric && !out->date_numeric.items)
        out->date_numeric = *source->date_numeric;
    if (source->punctuation_in_quote && !said[0]) {
        said[0] = source->punctuation_in_quote;
        out->punctuation_in_quote = said[0] == SAID_TRUE;
    }
    if (source->limit_day_ordinals_to_day_1 && !said[1]) {
        said[1] = source->limit_day_ordinals_to_day_1;
        out->limit_day_ordinals_to_day_1 = said[1] == SAID_TRUE;
    }
}

/* Those of the style's locales that say exactly this language; the first of them goes first. */
static void add_of_style(struct locale *out, const struct style *style, const char *language,
                         uint8_t *said)
{
    if (!style || !style->locales)
        return;
    for (size_t i = 0; i < style->locales->count; i++)
        if (strcmp(style->locales->items[i].language, language) == 0)
            add_source(out, &style->locales->items[i], said);
}

static osler_status add_of_file(arena *memory, struct locale *out, const char *language,
                                uint8_t *said, osler_error *error)
{
    struct locale_source source;
    bool found;
    osler_status status = locale_file_read(memory, &source, language, &found, error);
    if (status == OSLER_OK && found)
        add_source(out, &source, said);
    return status;
}

/* verb-short to verb, symbol to short, then all to long. */
static void fill_forms(struct locale_terms *terms)
{
    static const struct {
        uint8_t form, otherwise;
    } steps[] = {{FORM_SHORT, FORM_LONG},
                 {FORM_VERB, FORM_LONG},
                 {FORM_VERB_SHORT, FORM_VERB},
                 {FORM_SYMBOL, FORM_SHORT}};
    for (unsigned term = 1; term < TERM_COUNT; term++)
        for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
            if (!terms->terms[term][steps[i].form])
                terms->terms[term][steps[i].form] = terms->terms[term][steps[i].otherwise];
}

osler_status locale_load(arena *memory, struct locale **out, const struct style *style,
                         const char *language, osler_error *error)
{
    uint8_t said[2] = {NOT_SAID, NOT_SAID};
    struct locale *locale = arena_alloc(memory, sizeof *locale);
    if (!language || !*language)
        language = style ? style->default_locale : NULL;
    const char *asked = language_canonical(memory, str_of(language ? language : "en-US"));
    if (!*asked)
        asked = "en-US";
    const char *primary = language_primary(memory, asked);
    const char *alone =
        arena_copy(memory, str_part(str_of(asked), 0, str_find(str_of(asked), '-')));
    const char *dialect = strcmp(asked, alone) == 0 ? primary : asked;
    *out = NULL;
    locale->language = dialect;
    locale->terms = arena_alloc(memory, sizeof *locale->terms);
    add_of_style(locale, style, dialect, said);
    if (strcmp(dialect, alone) != 0)
        add_of_style(locale, style, alone, said);
    add_of_style(locale, style, "", said);
    osler_status status = add_of_file(memory, locale, dialect, said, error);
    if (status == OSLER_OK && strcmp(dialect, primary) != 0)
        status = add_of_file(memory, locale, primary, said, error);
    if (status == OSLER_OK && strcmp(dialect, "en-US") != 0 && strcmp(primary, "en-US") != 0)
        status = add_of_file(memory, locale, "en-US", said, error);
    if (status != OSLER_OK)
        return status;
    fill_forms(locale->terms);
    *out = locale;
    return OSLER_OK;
}

const struct term *locale_term(const struct locale *locale, unsigned term, enum term_form form)
{
    return term < TERM_COUNT && form < FORM_COUNT ? locale->terms->terms[term][form] : NULL;
}

str locale_text(const struct locale *locale, unsigned term, enum term_form form, bool plural)
{
    const struct term *found = locale_term(locale, term, form);
    return !found ? (str){0} : plural ? found->multiple : found->single;
}

/* The definition for that gender, else the neuter one. */
static const struct term_definition *of_gender(const struct term_definition *const *definitions,
                                               size_t row, unsigned place, enum gender gender)
{
    const struct term_definition *found = definitions[gender * row + place];
    return found ? found : definitions[place];
}

static bool matches(const struct term_definition *definition, unsigned number)
{
    unsigned last = definition->ordinal < 10 ? MATCH_LAST_DIGIT : MATCH_LAST_TWO_DIGITS;
    switch (definition->match ? definition->match : last) {
    case MATCH_LAST_DIGIT: return number % 10 == definition->ordinal % 10u;
    case MATCH_LAST_TWO_DIGITS: return number % 100 == definition->ordinal;
    default: return number == definition->ordinal;
    }
}

static const struct term_definition *ordinal_at(const struct locale *locale, unsigned place,
                                                enum gender gender)
{
    return of_gender(locale->terms->ordinals[0], ORDINAL_COUNT, place, gender);
}

/* CSL 1.0: only ordinal-01 to ordinal-04 are there; 11, 12 and 13 are like 4. */
static const struct term_definition *oldest_ordinal(const struct locale *locale, unsigned number,
                                                    enum gender gender)
{
    unsigned last = number % 10, tens = number / 10 % 10;
    return ordinal_at(locale, last >= 1 && last <= 3 && tens != 1 ? last : 4, gender);
}

str locale_ordinal_suffix(const struct locale *locale, unsigned number, enum gender gender)
{
    const struct term_definition *otherwise = ordinal_at(locale, ORDINAL_DEFAULT, gender);
    if (!otherwise) {
        otherwise = oldest_ordinal(locale, number, gender);
        return otherwise ? otherwise->text.single : (str){0};
    }
    unsigned places[] = {number % 100, number % 10};
    for (unsigned i = 0; i < 2; i++) {
        const struct term_definition *found = ordinal_at(locale, places[i], gender);
        if (found && matches(found, number))
            return found->text.single;
    }
    return otherwise->text.single;
}

str locale_long_ordinal(const struct locale *locale, unsigned number, enum gender gender)
{
    if (number == 0 || number >= LONG_ORDINAL_COUNT)
        return (str){0};
    const struct term_definition *found =
        of_gender(locale->terms->long_ordinals[0], LONG_ORDINAL_COUNT, number, gender);
    return found ? found->text.single : (str){0};
}
