/* The words of a language: fallback between sources and forms, ordinals, dates, options. */
#include "base/buf.h"
#include "check.h"
#include "style/tree.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define NAMESPACE "xmlns=\"http://purl.org/net/xbiblio/csl\" version=\"1.0\""

/* A style with these cs:locale elements; to be freed. */
static struct style *with_locales(const char *locales)
{
    struct style *style;
    osler_error error = {0};
    buf xml = {0};
    buf_printf(&xml,
               "<style " NAMESPACE " class=\"note\"><info><title/><id/></info>%s"
               "<citation><layout><text value=\"x\"/></layout></citation></style>",
               locales);
    CHECK(style_read(&style, buf_str(&xml), "test", NULL, NULL, &error) == OSLER_OK);
    CHECK_TEXT(error.message, "");
    buf_free(&xml);
    return style;
}

static char folder[] = "/tmp/osler-locales-XXXXXX";

static void write_file(const char *language, const char *content)
{
    char path[200];
    snprintf(path, sizeof path, "%s/locales-%s.xml", folder, language);
    FILE *file = fopen(path, "w");
    CHECK(file != NULL);
    fprintf(file, "<locale " NAMESPACE " xml:lang=\"%s\">%s</locale>", language, content);
    fclose(file);
}

/* A folder of small locale files of our own, for the whole program. */
static void have_files(void)
{
    static bool done;
    if (done)
        return;
    done = true;
    CHECK(mkdtemp(folder) != NULL);
    setenv("OSLER_LOCALES", folder, 1);
    write_file("en-US",
               "<style-options punctuation-in-quote=\"true\"/>"
               "<date form=\"text\"><date-part name=\"month\" suffix=\" \"/>"
               "<date-part name=\"year\"/></date>"
               "<terms><term name=\"page\"><single>page</single><multiple>pages</multiple></term>"
               "<term name=\"page\" form=\"short\"><single>p.</single><multiple>pp.</multiple>"
               "</term><term name=\"in\">in</term><term name=\"editor\" form=\"verb\">edited by"
               "</term><term name=\"editor\">editor</term>"
               "<term name=\"ordinal\">th</term><term name=\"ordinal-01\">st</term>"
               "<term name=\"ordinal-11\">th</term>"
               "<term name=\"long-ordinal-01\">first</term></terms>");
    write_file("xx-XX", "<terms><term name=\"in\">xx</term></terms>");
    write_file("de-DE", "<style-options punctuation-in-quote=\"false\"/>"
                        "<terms><term name=\"in\">in-de</term><term name=\"page\" form=\"short\">"
                        "S.</term><term name=\"ordinal\">.</term>"
                        "<term name=\"accessed\">zugegriffen</term></terms>");
    write_file("de-AT", "<terms><term name=\"in\">in-at</term></terms>");
    write_file("fr-FR", "<style-options limit-day-ordinals-to-day-1=\"true\"/>"
                        "<terms><term name=\"edition\" gender=\"feminine\"><single>e</single>"
                        "<multiple>es</multiple></term><term name=\"ordinal\">e</term>"
                        "<term name=\"ordinal-01\" gender-form=\"feminine\" match=\"whole-number\">"
                        "re</term><term name=\"ordinal-01\" gender-form=\"masculine\" "
                        "match=\"whole-number\">er</term>"
                        "<term name=\"long-ordinal-01\">premier</term>"
                        "<term name=\"long-ordinal-01\" gender-form=\"feminine\">premi\xc3\xa8re"
                        "</term></terms>");
}

static void remove_files(void)
{
    static const char *const languages[] = {"en-US", "xx-XX", "de-DE", "de-AT", "fr-FR", "zz-ZZ"};
    for (size_t i = 0; i < sizeof languages / sizeof *languages; i++) {
        char path[200];
        snprintf(path, sizeof path, "%s/locales-%s.xml", folder, languages[i]);
        unlink(path);
    }
    rmdir(folder);
}

/* The locale, all of it in `memory`. */
static const struct locale *load(arena *memory, const struct style *style, const char *language)
{
    struct locale *locale = NULL;
    osler_error error = {0};
    have_files();
    CHECK(locale_load(memory, &locale, style, language, &error) == OSLER_OK);
    CHECK_TEXT(error.message, "");
    return locale;
}

static void check_str(str actual, const char *expected, int line)
{
    char text[200];
    snprintf(text, sizeof text, "%.*s", STR_ARG(actual));
    check_text(text, expected, __FILE__, line);
}

#define CHECK_STR(actual, expected) check_str((actual), (expected), __LINE__)

static str text_of(const struct locale *locale, unsigned term, enum term_form form)
{
    return locale_text(locale, term, form, false);
}

TEST(terms_come_from_the_nearest_source)
{
    arena m = {0};
    struct style *style = with_locales(
        "<locale xml:lang=\"de-at\"><terms><term name=\"at\">1</term></terms></locale>"
        "<locale xml:lang=\"de\"><terms><term name=\"at\">2</term><term name=\"by\">2</term>"
        "</terms></locale>"
        "<locale><terms><term name=\"at\">3</term><term name=\"by\">3</term>"
        "<term name=\"from\">3</term></terms></locale>"
        "<locale xml:lang=\"en\"><terms><term name=\"cited\">no</term></terms></locale>");
    const struct locale *l = load(&m, style, "de-AT");
    CHECK_TEXT(l->language, "de-AT");
    CHECK_STR(text_of(l, TERM_AT, FORM_LONG), "1");
    CHECK_STR(text_of(l, TERM_BY, FORM_LONG), "2");
    CHECK_STR(text_of(l, TERM_FROM, FORM_LONG), "3");
    CHECK(!locale_term(l, TERM_CITED, FORM_LONG));
    CHECK_STR(text_of(l, TERM_IN, FORM_LONG), "in-at");
    CHECK_STR(text_of(l, TERM_ACCESSED, FORM_LONG), "zugegriffen");
    CHECK_STR(text_of(l, TERM_EDITOR, FORM_VERB), "edited by");
    CHECK(!l->punctuation_in_quote);
    style_free(style);
    arena_free(&m);
}

TEST(a_language_stands_for_its_first_dialect)
{
    arena m = {0};
    struct style *style = with_locales(
        "<locale xml:lang=\"de-DE\"><terms><term name=\"at\">1</term></terms></locale>");
    CHECK_STR(text_of(load(&m, style, "de"), TERM_AT, FORM_LONG), "1");
    CHECK_STR(text_of(load(&m, NULL, "DE"), TERM_IN, FORM_LONG), "in-de");
    CHECK_STR(text_of(load(&m, NULL, "de_ch"), TERM_IN, FORM_LONG), "in-de");
    CHECK(!locale_term(load(&m, style, "de-CH"), TERM_AT, FORM_LONG));
    CHECK_STR(text_of(load(&m, NULL, "de-AT-x-sort-phonebk"), TERM_IN, FORM_LONG), "in-at");
    CHECK_STR(text_of(load(&m, NULL, "de-Latn-AT-1996"), TERM_IN, FORM_LONG), "in-at");
    CHECK_STR(text_of(load(&m, NULL, "tlh"), TERM_IN, FORM_LONG), "in");
    CHECK_STR(text_of(load(&m, NULL, "xx-XX"), TERM_IN, FORM_LONG), "xx");
    CHECK_STR(text_of(load(&m, NULL, "../../etc"), TERM_IN, FORM_LONG), "in");
    CHECK_STR(text_of(load(&m, NULL, NULL), TERM_IN, FORM_LONG), "in");
    style_free(style);
    arena_free(&m);
}

TEST(the_style_says_which_language_unless_asked)
{
    arena m = {0};
    struct style *style = with_locales("");
    style->default_locale = "de-AT";
    CHECK_TEXT(load(&m, style, NULL)->language, "de-AT");
    CHECK_TEXT(load(&m, style, "en-US")->language, "en-US");
    style_free(style);
    arena_free(&m);
}

TEST(forms_fall_back_after_sources)
{
    arena m = {0};
    struct style *style = with_locales(
        "<locale><terms><term name=\"page\">leaf</term><term name=\"and\"/></terms></locale>");
    const struct locale *l = load(&m, style, "en-US");
    CHECK_STR(text_of(l, TERM_PAGE, FORM_LONG), "leaf");
    CHECK_STR(locale_text(l, TERM_PAGE, FORM_LONG, true), "leaf");
    CHECK_STR(text_of(l, TERM_PAGE, FORM_SHORT), "p.");
    CHECK_STR(locale_text(l, TERM_PAGE, FORM_SYMBOL, true), "pp.");
    CHECK_STR(text_of(l, TERM_PAGE, FORM_VERB_SHORT), "leaf");
    CHECK_STR(text_of(l, TERM_EDITOR, FORM_VERB_SHORT), "edited by");
    CHECK_STR(text_of(l, TERM_EDITOR, FORM_SYMBOL), "editor");
    CHECK(locale_term(l, TERM_AND, FORM_LONG) != NULL);
    CHECK_STR(text_of(l, TERM_AND, FORM_SYMBOL), "");
    CHECK(!locale_term(l, TERM_NONE, FORM_LONG));
    CHECK(!locale_term(l, 60000, FORM_LONG));
    style_free(style);
    arena_free(&m);
}

TEST(dates_and_options_are_whole_units)
{
    arena m = {0};
    struct style *style = with_locales(
        "<locale><style-options punctuation-in-quote=\"false\"/>"
        "<date form=\"text\" delimiter=\"|\"><date-part name=\"year\"/></date></locale>");
    const struct locale *l = load(&m, style, "en-US");
    CHECK(!l->punctuation_in_quote && !l->limit_day_ordinals_to_day_1);
    CHECK(l->date_text.count == 1 && l->date_text.items[0].name == DATE_PART_YEAR);
    CHECK_STR(l->date_text.look.delimiter, "|");
    CHECK(l->date_numeric.count == 0);
    l = load(&m, NULL, "fr");
    CHECK(l->punctuation_in_quote && l->limit_day_ordinals_to_day_1);
    CHECK(l->date_text.count == 2 && l->date_text.items[0].name == DATE_PART_MONTH);
    style_free(style);
    arena_free(&m);
}

TEST(ordinals_by_their_last_digits)
{
    arena m = {0};
    const struct locale *l = load(&m, NULL, "en-US");
    CHECK_STR(locale_ordinal_suffix(l, 1, GENDER_NONE), "st");
    CHECK_STR(locale_ordinal_suffix(l, 2, GENDER_NONE), "th");
    CHECK_STR(locale_ordinal_suffix(l, 11, GENDER_NONE), "th");
    CHECK_STR(locale_ordinal_suffix(l, 21, GENDER_NONE), "st");
    CHECK_STR(locale_ordinal_suffix(l, 111, GENDER_FEMININE), "th");
    CHECK_STR(locale_ordinal_suffix(l, 4101, GENDER_NONE), "st");
    CHECK_STR(locale_long_ordinal(l, 1, GENDER_MASCULINE), "first");
    CHECK_STR(locale_long_ordinal(l, 2, GENDER_NONE), "");
    CHECK_STR(locale_long_ordinal(l, 0, GENDER_NONE), "");
    CHECK_STR(locale_long_ordinal(l, 101, GENDER_NONE), "");
    arena_free(&m);
}

TEST(ordinals_agree_with_their_noun)
{
    arena m = {0};
    const struct locale *l = load(&m, NULL, "fr-FR");
    CHECK(locale_term(l, TERM_EDITION, FORM_LONG)->gender == GENDER_FEMININE);
    CHECK_STR(locale_ordinal_suffix(l, 1, GENDER_FEMININE), "re");
    CHECK_STR(locale_ordinal_suffix(l, 1, GENDER_MASCULINE), "er");
    CHECK_STR(locale_ordinal_suffix(l, 1, GENDER_NONE), "e");
    CHECK_STR(locale_ordinal_suffix(l, 21, GENDER_FEMININE), "e");
    CHECK_STR(locale_long_ordinal(l, 1, GENDER_FEMININE), "premi\xc3\xa8re");
    CHECK_STR(locale_long_ordinal(l, 1, GENDER_MASCULINE), "premier");
    arena_free(&m);
}

TEST(ordinals_of_a_style_replace_all_others)
{
    arena m = {0};
    struct style *style = with_locales(
        "<locale><terms><term name=\"ordinal\">o</term><term name=\"ordinal-05\" "
        "match=\"last-two-digits\">five</term><term name=\"ordinal-23\" match=\"whole-number\">x"
        "</term></terms></locale>");
    const struct locale *l = load(&m, style, "en-US");
    CHECK_STR(locale_ordinal_suffix(l, 1, GENDER_NONE), "o");
    CHECK_STR(locale_ordinal_suffix(l, 5, GENDER_NONE), "five");
    CHECK_STR(locale_ordinal_suffix(l, 15, GENDER_NONE), "o");
    CHECK_STR(locale_ordinal_suffix(l, 105, GENDER_NONE), "five");
    CHECK_STR(locale_ordinal_suffix(l, 23, GENDER_NONE), "x");
    CHECK_STR(locale_ordinal_suffix(l, 123, GENDER_NONE), "o");
    CHECK_STR(locale_long_ordinal(l, 1, GENDER_NONE), "first");
    style_free(style);
    style = with_locales("<locale><terms><term name=\"ordinal-01\">a</term>"
                         "<term name=\"ordinal-02\">b</term><term name=\"ordinal-03\">c</term>"
                         "<term name=\"ordinal-04\">d</term></terms></locale>");
    l = load(&m, style, "en-US"); /* as CSL 1.0 had them */
    static const char *const expected[] = {"d", "a", "b", "c", "d", "d", "d", "d", "d", "d", "d",
                                           "d", "d", "d", "d", "d", "d", "d", "d", "d", "d", "a"};
    for (unsigned i = 0; i < sizeof expected / sizeof *expected; i++)
        CHECK_STR(locale_ordinal_suffix(l, i, GENDER_NONE), expected[i]);
    style_free(style);
    arena_free(&m);
}

TEST(terms_have_their_older_names)
{
    CHECK(term_of((str)STR("no_date")) == TERM_NO_DATE);
    CHECK(term_of((str)STR("sub verbo")) == TERM_SUB_VERBO);
    CHECK(term_of((str)STR("personal-communication")) == TERM_PERSONAL_COMMUNICATION);
    CHECK(term_of((str)STR("personal_communication")) == TERM_PERSONAL_COMMUNICATION_1_0);
    CHECK(term_of((str)STR("")) == TERM_NONE);
    CHECK(term_of((str)STR("pagee")) == TERM_NONE);
    for (unsigned i = 1; i < TERM_COUNT; i++)
        CHECK(term_of(str_of(term_name(i))) == i);
}

TEST(a_broken_file_is_said)
{
    arena m = {0};
    struct locale *locale;
    osler_error error = {0};
    have_files();
    write_file("zz-ZZ", "<terms>");
    CHECK(locale_load(&m, &locale, NULL, "zz-ZZ", &error) == OSLER_EINPUT);
    CHECK(!locale && error.line == 1 && error.source[0]);
    arena_free(&m);
}

TEST(without_files_the_english_compiled_in_serves)
{
    arena m = {0};
    have_files();
    setenv("OSLER_LOCALES", "/nonexistent", 1);
    const struct locale *l = load(&m, NULL, "de");
    setenv("OSLER_LOCALES", folder, 1);
    CHECK_STR(text_of(l, TERM_MONTH_05, FORM_LONG), "May");
    CHECK_STR(text_of(l, TERM_MONTH_09, FORM_SHORT), "Sept.");
    CHECK_STR(text_of(l, TERM_ET_AL, FORM_LONG), "et al.");
    CHECK_STR(locale_text(l, TERM_EDITOR, FORM_SHORT, true), "eds.");
    CHECK_STR(locale_ordinal_suffix(l, 22, GENDER_NONE), "nd");
    CHECK_STR(locale_ordinal_suffix(l, 112, GENDER_NONE), "th");
    CHECK_STR(locale_long_ordinal(l, 10, GENDER_NONE), "tenth");
    CHECK(l->punctuation_in_quote && l->date_text.count == 3 && l->date_numeric.count == 3);
    for (unsigned term = TERM_MONTH_01; term <= TERM_SEASON_04; term++)
        CHECK(text_of(l, term, FORM_LONG).length > 0);
    arena_free(&m);
    remove_files(); /* the last test */
}
