/* The tables of fields, entry types and languages, for both directions. */
#include "formats/bibtex/bibtex.h"

enum { NEITHER, CLASSIC = 1 << BIBTEX_CLASSIC, BIBLATEX = 1 << BIBTEX_BIBLATEX, BOTH = 3 };

const struct bibtex_row bibtex_rows[] = {
#define ROW(name, variable, kind, classes, writes)                                                 \
    {name, VARIABLE_##variable, kind, classes, writes},
#include "formats/bibtex/fields.def"
#undef ROW
};
const size_t bibtex_row_count = sizeof bibtex_rows / sizeof *bibtex_rows;

const struct bibtex_type bibtex_types[] = {
#define ENTRY(name, type, class, writes) {name, TYPE_##type, class, writes},
#include "formats/bibtex/entries.def"
#undef ENTRY
};
const size_t bibtex_type_count = sizeof bibtex_types / sizeof *bibtex_types;

const struct bibtex_type *bibtex_type_of(str name)
{
    for (size_t i = 0; i < bibtex_type_count; i++)
        if (str_equal_ignoring_case(name, str_of(bibtex_types[i].name)))
            return &bibtex_types[i];
    return NULL;
}

const struct bibtex_type *bibtex_type_for(enum work_type type, enum bibtex_dialect dialect)
{
    for (size_t i = 0; i < bibtex_type_count; i++)
        if (bibtex_types[i].type == type && bibtex_types[i].writes & (1U << dialect))
            return &bibtex_types[i];
    return NULL;
}

/* A code is written as the first of its names. */
static const struct {
    const char *name, *code;
} languages[] = {
    {"english", "en"},      {"american", "en-US"},  {"usenglish", "en-US"}, {"USenglish", "en-US"},
    {"british", "en-GB"},   {"ukenglish", "en-GB"}, {"ngerman", "de"},      {"german", "de"},
    {"naustrian", "de-AT"}, {"austrian", "de-AT"},  {"french", "fr"},       {"spanish", "es"},
    {"italian", "it"},      {"portuguese", "pt"},   {"brazilian", "pt-BR"}, {"dutch", "nl"},
    {"russian", "ru"},      {"polish", "pl"},       {"czech", "cs"},        {"danish", "da"},
    {"swedish", "sv"},      {"norwegian", "no"},    {"finnish", "fi"},      {"greek", "el"},
    {"hungarian", "hu"},    {"turkish", "tr"},      {"japanese", "ja"},     {"chinese", "zh"},
    {"korean", "ko"},       {"latin", "la"},        {"ukrainian", "uk"},    {"hebrew", "he"},
    {"arabic", "ar"},       {"catalan", "ca"},      {"croatian", "hr"},     {"romanian", "ro"},
};

const char *bibtex_language_code(str name)
{
    for (size_t i = 0; i < sizeof languages / sizeof *languages; i++)
        if (str_equal_ignoring_case(name, str_of(languages[i].name)))
            return languages[i].code;
    return NULL;
}

const char *bibtex_language_name(str code)
{
    for (size_t i = 0; i < sizeof languages / sizeof *languages; i++)
        if (str_is(code, languages[i].code))
            return languages[i].name;
    return NULL;
}
