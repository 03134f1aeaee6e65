/* Page ranges in every format, and what is no range. */
#include "check.h"
#include "style/numbers.h"

#include <stdio.h>

static const struct locale *english(void)
{
    static struct locale *loaded;
    static arena memory;
    if (!loaded) {
        osler_error error = {0};
        CHECK(locale_load(&memory, &loaded, NULL, "en-US", &error) == OSLER_OK);
    }
    return loaded;
}

static const char *pages(const char *text, enum page_range_format format)
{
    static arena memory;
    static char out[200];
    arena_clear(&memory);
    str result = page_range_format(&memory, str_of(text), format, english());
    snprintf(out, sizeof out, "%.*s", STR_ARG(result));
    return out;
}

static const struct {
    const char *given, *none, *chicago_15, *chicago_16, *expanded, *minimal, *minimal_two;
} rows[] = {
    {"7-12", "7–12", "7–12", "7–12", "7–12", "7–12", "7–12"},
    {"81-2", "81–2", "81–82", "81–82", "81–82", "81–2", "81–82"},
    {"200-207", "200–207", "200–207", "200–207", "200–207", "200–7", "200–07"},
    {"1300-19", "1300–19", "1300–1319", "1300–1319", "1300–1319", "1300–19", "1300–19"},
    {"304-309", "304–309", "304–9", "304–9", "304–309", "304–9", "304–09"},
    {"304-319", "304–319", "304–19", "304–19", "304–319", "304–19", "304–19"},
    {"347-354", "347–354", "347–54", "347–54", "347–354", "347–54", "347–54"},
    {"1497-1503", "1497–1503", "1497–1503", "1497–503", "1497–1503", "1497–503", "1497–503"},
    {"98-103", "98–103", "98–103", "98–103", "98–103", "98–103", "98–103"},
    {"S21-S29", "S21–S29", "S21–29", "S21–29", "S21–S29", "S21–9", "S21–29"},
    {"e9-e18", "e9–e18", "e9–18", "e9–18", "e9–e18", "e9–18", "e9–18"},
    {"xi-xiv", "xi–xiv", "xi–xiv", "xi–xiv", "xi–xiv", "xi–xiv", "xi–xiv"},
    {"12-5, 17", "12–5, 17", "12–15, 17", "12–15, 17", "12–15, 17", "12–5, 17", "12–15, 17"},
    {"55-9", "55–9", "55–59", "55–59", "55–59", "55–9", "55–59"},
    {"310-01", "310–01", "310–301", "310–301", "310–301", "310–301", "310–301"},
};

TEST(formats_of_ranges)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        CHECK_TEXT(pages(rows[i].given, PAGE_RANGE_NONE), rows[i].none);
        CHECK_TEXT(pages(rows[i].given, PAGE_RANGE_CHICAGO_15), rows[i].chicago_15);
        CHECK_TEXT(pages(rows[i].given, PAGE_RANGE_CHICAGO_16), rows[i].chicago_16);
        CHECK_TEXT(pages(rows[i].given, PAGE_RANGE_EXPANDED), rows[i].expanded);
        CHECK_TEXT(pages(rows[i].given, PAGE_RANGE_MINIMAL), rows[i].minimal);
        CHECK_TEXT(pages(rows[i].given, PAGE_RANGE_MINIMAL_TWO), rows[i].minimal_two);
    }
}

TEST(dashes_of_all_kinds)
{
    CHECK_TEXT(pages("41 - 8", PAGE_RANGE_EXPANDED), "41–48");
    CHECK_TEXT(pages("41–8", PAGE_RANGE_EXPANDED), "41–48");
    CHECK_TEXT(pages("41—48", PAGE_RANGE_MINIMAL), "41–8");
    CHECK_TEXT(pages("41--48", PAGE_RANGE_MINIMAL), "41–8");
    CHECK_TEXT(pages("41\\-48", PAGE_RANGE_MINIMAL), "41-48");
}

TEST(lists_of_ranges)
{
    CHECK_TEXT(pages("41-3,50 & 61-5", PAGE_RANGE_EXPANDED), "41–43, 50 & 61–65");
    CHECK_TEXT(pages("442-54; discussion 455-9", PAGE_RANGE_EXPANDED),
               "442–454; discussion 455–459");
    CHECK_TEXT(pages("S1-1-S1-5", PAGE_RANGE_NONE), "S1-1–S1-5");
}

TEST(what_is_no_range)
{
    static const char *const same[] = {
        "e1234567", "discussion 1791", "A-1", "Smith-Jones", "C-D", "S12-8",
        "8-",       "1-2-3",           "",    "-",           "--"};
    for (size_t i = 0; i < sizeof same / sizeof *same; i++)
        CHECK_TEXT(pages(same[i], PAGE_RANGE_EXPANDED), same[i]);
    CHECK_TEXT(pages("N4 - 7", PAGE_RANGE_EXPANDED), "N4-7");
    CHECK_TEXT(pages("123456789012345-7", PAGE_RANGE_EXPANDED), "123456789012345-7");
}
