/* Numbers: numeric texts, plurals, forms. */
#include "check.h"
#include "style/number_list.h"
#include "style/numbers.h"

#include <stdio.h>

static const char source[] =
    "<style xmlns=\"http://purl.org/net/xbiblio/csl\" class=\"in-text\" version=\"1.0\"><info/>"
    "<locale><terms><term name=\"ordinal\">o</term><term name=\"ordinal-01\">st</term>"
    "<term name=\"ordinal-02\" gender-form=\"feminine\">a</term>"
    "<term name=\"long-ordinal-03\">tertius</term>"
    "<term name=\"page-range-delimiter\">~</term><term name=\"and\" form=\"symbol\">+</term>"
    "</terms></locale>"
    "<citation><layout><text value=\"x\"/></layout></citation></style>";

static const struct locale *locale(void)
{
    static struct locale *loaded;
    static struct style *style;
    static arena memory;
    if (!loaded) {
        osler_error error = {0};
        CHECK(style_read(&style, str_of(source), "test.csl", NULL, NULL, &error) == OSLER_OK);
        CHECK(locale_load(&memory, &loaded, style, "en-US", &error) == OSLER_OK);
    }
    return loaded;
}

static const char *formatted(const char *text, enum number_form form, enum gender gender)
{
    static arena memory;
    static char out[200];
    arena_clear(&memory);
    str result = number_format(&memory, str_of(text), form, gender, locale());
    snprintf(out, sizeof out, "%.*s", STR_ARG(result));
    return out;
}

TEST(numeric_texts)
{
    static const char *const numeric[] = {"7",   "2nd",     "D2",  "2b",       "L2d", "1-4",
                                          "1–4", "2 - 4",   "2,3", "2, 3 & 4", "2&3", "xiv",
                                          "007", "2 and 3", "2/3", "4\\-5",    " 5 "};
    static const char *const other[] = {"",        "second", "2nd edition", "Suppl 2", "5(3)",
                                        "1.2",     "A-B",    "2;3",         "1-",      "Vol. 5",
                                        "2, many", "XIV",    "mix-up",      "iiii",    "12 13"};
    for (size_t i = 0; i < sizeof numeric / sizeof *numeric; i++)
        if (!number_is_numeric(str_of(numeric[i])))
            CHECK_TEXT(numeric[i], "numeric");
    for (size_t i = 0; i < sizeof other / sizeof *other; i++)
        if (number_is_numeric(str_of(other[i])))
            CHECK_TEXT(other[i], "not numeric");
}

TEST(plural_texts)
{
    static const char *const plural[] = {
        "1-4",        "3, 5", "7 & 9",   "xi-xiv",    "S12-S18",
        "8, and 9",   "4–6",  "XII-XIV", "12-3, pl.", "442-5; discussion 7",
        "5, 7 passim"};
    static const char *const single[] = {"",      "12",           "A-1",      "Smith-Jones",
                                         "3\\-4", "discussion 9", "12a-b",    "C-D",
                                         "e123",  "1, fig. 3",    "suppl 1-2"};
    for (size_t i = 0; i < sizeof plural / sizeof *plural; i++)
        if (!number_is_plural(str_of(plural[i])))
            CHECK_TEXT(plural[i], "plural");
    for (size_t i = 0; i < sizeof single / sizeof *single; i++)
        if (number_is_plural(str_of(single[i])))
            CHECK_TEXT(single[i], "single");
}

TEST(lists_get_the_locale_s_signs)
{
    CHECK_TEXT(formatted("2 - 4", NUMBER_NUMERIC, GENDER_NONE), "2~4");
    CHECK_TEXT(formatted("2,3 , 4&5", NUMBER_NUMERIC, GENDER_NONE), "2, 3, 4 + 5");
    CHECK_TEXT(formatted("2\\-4", NUMBER_NUMERIC, GENDER_NONE), "2-4");
    CHECK_TEXT(formatted("IV-VI", NUMBER_NUMERIC, GENDER_NONE), "IV~VI");
    CHECK_TEXT(formatted("C-D", NUMBER_NUMERIC, GENDER_NONE), "C-D");
    CHECK_TEXT(formatted("7, p. 3-8", NUMBER_ORDINAL, GENDER_NONE), "7o, pp. 3~8");
    CHECK_TEXT(formatted("USDL-26-0599", NUMBER_NUMERIC, GENDER_NONE), "USDL-26-0599");
    CHECK_TEXT(formatted("Special edition", NUMBER_ORDINAL, GENDER_NONE), "Special edition");
}

TEST(ordinals)
{
    CHECK_TEXT(formatted("21", NUMBER_ORDINAL, GENDER_NONE), "21st");
    CHECK_TEXT(formatted("2", NUMBER_ORDINAL, GENDER_FEMININE), "2a");
    CHECK_TEXT(formatted("2", NUMBER_ORDINAL, GENDER_MASCULINE), "2o");
    CHECK_TEXT(formatted("1-3", NUMBER_ORDINAL, GENDER_NONE), "1st~3o");
    CHECK_TEXT(formatted("3, 30", NUMBER_LONG_ORDINAL, GENDER_NONE), "tertius, 30o");
    CHECK_TEXT(formatted("2nd", NUMBER_ORDINAL, GENDER_NONE), "2nd");
}

TEST(roman_numerals)
{
    CHECK_TEXT(formatted("1994 & 4", NUMBER_ROMAN, GENDER_NONE), "mcmxciv + iv");
    CHECK_TEXT(formatted("4000", NUMBER_ROMAN, GENDER_NONE), "4000");
    CHECK_TEXT(formatted("D5", NUMBER_ROMAN, GENDER_NONE), "D5");
    arena memory = {0};
    for (unsigned i = 1; i < 4000; i++)
        if (number_of_roman(number_roman(&memory, i)) != i)
            CHECK_TEXT(number_roman(&memory, i).data, "read back");
    arena_free(&memory);
    CHECK(number_of_roman(str_of("MCMXCIV")) == 1994);
    CHECK(number_of_roman(str_of("Xi")) == 0);
    CHECK(number_of_roman(str_of("iix")) == 0);
    CHECK(number_of_roman(str_of("vx")) == 0);
}
