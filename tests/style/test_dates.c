/* cs:date: forms, parts, ranges, eras, seasons, the year-suffix, keys to sort by. */
#include "check.h"
#include "style/render.h"

#include <stdio.h>

static arena memory;

/* A style whose first element is the cs:date under test, with terms of its own. */
struct case_of {
    struct style *style;
    struct locale *locale;
    struct item item;
    struct render r;
};

static void begin(struct case_of *c, const char *date, const char *locale)
{
    static char source[4000];
    osler_error error = {0};
    snprintf(source, sizeof source,
             "<style xmlns=\"http://purl.org/net/xbiblio/csl\" class=\"in-text\" version=\"1.0\">"
             "<info/><locale>%s<terms><term name=\"ordinal\">.</term>"
             "<term name=\"ordinal-01\">st</term>"
             "<term name=\"ordinal-01\" gender-form=\"feminine\">ma</term>"
             "<term name=\"month-03\" gender=\"feminine\">march</term>"
             "<term name=\"month-03\" form=\"short\">mar.</term>"
             "<term name=\"month-05\">may</term><term name=\"season-02\">summer</term>"
             "<term name=\"ad\">AD</term><term name=\"bc\">v. C.</term></terms></locale>"
             "<citation><layout>%s</layout></citation></style>",
             locale, date);
    arena_clear(&memory);
    *c = (struct case_of){0};
    CHECK(style_read(&c->style, str_of(source), "test.csl", NULL, NULL, &error) == OSLER_OK);
    CHECK(locale_load(&memory, &c->locale, c->style, "en-US", &error) == OSLER_OK);
    c->item.id = "w";
    c->r = (struct render){.style = c->style,
                           .locale = c->locale,
                           .area = &c->style->citation,
                           .memory = &memory,
                           .item = &c->item};
}

static const char *finish(struct case_of *c, struct item_date date)
{
    static buf out;
    buf_clear(&out);
    enum found found = FOUND_NOTHING;
    item_set_date(&memory, &c->item, VARIABLE_ISSUED, &date);
    struct output *tree = render_date(&c->r, c->style->citation.layout.items[0], &found);
    CHECK(found == (tree ? FOUND_CONTENT : FOUND_ABSENT));
    if (tree)
        output_write_plain(&out, tree, c->locale);
    style_free(c->style);
    return buf_text(&out);
}

static const char *printed(const char *date, const char *locale, struct item_date value)
{
    struct case_of c;
    begin(&c, date, locale);
    return finish(&c, value);
}

#define DAY_MONTH_YEAR                                                                             \
    "<date variable=\"issued\"><date-part name=\"day\" suffix=\" \"/>"                             \
    "<date-part name=\"month\" suffix=\" \"/><date-part name=\"year\"/></date>"

#define ISO                                                                                        \
    "<date variable=\"issued\" delimiter=\"-\"><date-part name=\"year\" range-delimiter=\"/\"/>"   \
    "<date-part name=\"month\" form=\"numeric-leading-zeros\"/>"                                   \
    "<date-part name=\"day\" form=\"numeric-leading-zeros\" range-delimiter=\"..\"/></date>"

static const struct item_date day = {.from = {.year = 2019, .month = 3, .day = 1}};

static struct item_date range(struct item_day from, struct item_day to)
{
    return (struct item_date){.from = from, .to = to};
}

TEST(own_parts)
{
    struct item_date month = {.from = {.year = 2019, .month = 3}};
    struct item_date year = {.from = {.year = 2019}};
    CHECK_TEXT(printed(DAY_MONTH_YEAR, "", day), "1 march 2019");
    CHECK_TEXT(printed(DAY_MONTH_YEAR, "", month), "march 2019");
    CHECK_TEXT(printed(DAY_MONTH_YEAR, "", year), "2019");
    CHECK_TEXT(printed(ISO, "", day), "2019-03-01");
    CHECK_TEXT(printed(ISO, "", year), "2019");
    CHECK_TEXT(printed("<date variable=\"issued\"><date-part name=\"day\"/></date>", "", year), "");
    CHECK_TEXT(printed("<date variable=\"issued\" prefix=\"(\" suffix=\")\">"
                       "<date-part name=\"month\" form=\"short\" strip-periods=\"true\""
                       " text-case=\"uppercase\" suffix=\"|\"/>"
                       "<date-part name=\"year\" form=\"short\"/></date>",
                       "", day),
               "(MAR|19)");
}

TEST(localized_forms)
{
    static const char *const text = "<date form=\"text\" delimiter=\"_\">"
                                    "<date-part name=\"year\"/><date-part name=\"month\"/>"
                                    "<date-part name=\"day\" form=\"ordinal\"/></date>";
    CHECK_TEXT(printed("<date variable=\"issued\" form=\"text\"/>", text, day), "2019_march_1ma");
    CHECK_TEXT(printed("<date variable=\"issued\" form=\"text\" date-parts=\"year-month\">"
                       "<date-part name=\"month\" form=\"numeric\"/></date>",
                       text, day),
               "2019_3");
    CHECK_TEXT(printed("<date variable=\"issued\" form=\"text\" date-parts=\"year\"/>", text, day),
               "2019");
}

TEST(ordinal_days_have_the_month_s_gender)
{
    static const char *const date = "<date variable=\"issued\"><date-part name=\"day\""
                                    " form=\"ordinal\"/></date>";
    struct item_date second = {.from = {.year = 2019, .month = 5, .day = 2}};
    struct item_date first = {.from = {.year = 2019, .month = 5, .day = 1}};
    CHECK_TEXT(printed(date, "", day), "1ma");
    CHECK_TEXT(printed(date, "", first), "1st");
    CHECK_TEXT(printed(date, "", second), "2.");
    CHECK_TEXT(printed(date, "<style-options limit-day-ordinals-to-day-1=\"true\"/>", second), "2");
    CHECK_TEXT(printed(date, "<style-options limit-day-ordinals-to-day-1=\"true\"/>", first),
               "1st");
}

TEST(ranges_repeat_what_differs)
{
    struct item_day march_1 = {.year = 2019, .month = 3, .day = 1};
    struct item_day march_9 = {.year = 2019, .month = 3, .day = 9};
    struct item_day may_9 = {.year = 2019, .month = 5, .day = 9};
    struct item_day may_2020 = {.year = 2020, .month = 5, .day = 9};
    CHECK_TEXT(printed(DAY_MONTH_YEAR, "", range(march_1, march_9)), "1–9 march 2019");
    CHECK_TEXT(printed(DAY_MONTH_YEAR, "", range(march_1, may_9)), "1 march–9 may 2019");
    CHECK_TEXT(printed(DAY_MONTH_YEAR, "", range(march_1, may_2020)), "1 march 2019–9 may 2020");
    CHECK_TEXT(printed(DAY_MONTH_YEAR, "", range(march_1, march_1)), "1 march 2019");
    CHECK_TEXT(printed(DAY_MONTH_YEAR, "", range((struct item_day){.year = 2019}, may_9)),
               "2019–9 may 2019");
    CHECK_TEXT(printed(ISO, "", range(march_1, march_9)), "2019-03-01..09");
    CHECK_TEXT(printed(ISO, "", range(march_1, may_9)), "2019-03-01–05-09");
    CHECK_TEXT(printed(ISO, "", range(march_1, may_2020)), "2019-03-01/2020-05-09");
}

TEST(open_ranges_end_on_the_dash)
{
    struct item_date open = {.from = {.year = 2019}, .is_open = true};
    CHECK_TEXT(printed(DAY_MONTH_YEAR, "", open), "2019–");
    CHECK_TEXT(printed("<date variable=\"issued\"><date-part name=\"year\" prefix=\"[\""
                       " suffix=\"]\"/></date>",
                       "", open),
               "[2019–]");
}

TEST(seasons_stand_for_months)
{
    struct item_date summer = {.from = {.year = 2019, .season = 2}};
    CHECK_TEXT(printed(DAY_MONTH_YEAR, "", summer), "summer 2019");
}

TEST(early_years_have_eras)
{
    CHECK_TEXT(printed(ISO, "", (struct item_date){.from = {.year = 79}}), "79AD");
    CHECK_TEXT(printed(ISO, "", (struct item_date){.from = {.year = -44}}), "44v. C.");
    CHECK_TEXT(printed(ISO, "", (struct item_date){.from = {.year = 501}}), "501");
}

TEST(literals_stay)
{
    CHECK_TEXT(printed(ISO, "", (struct item_date){.literal = str_of("in press")}), "in press");
    CHECK_TEXT(printed("<date variable=\"issued\"><date-part name=\"year\" prefix=\"[\""
                       " suffix=\"]\"/></date>",
                       "", (struct item_date){.literal = str_of("in press")}),
               "[in press]");
    CHECK_TEXT(printed("<date variable=\"issued\"><date-part name=\"month\"/></date>", "",
                       (struct item_date){.literal = str_of("in press")}),
               "");
}

TEST(year_suffixes_follow_the_first_year_once)
{
    struct case_of c;
    begin(&c, DAY_MONTH_YEAR, "");
    c.r.shape.year_suffix = str_of("b");
    CHECK_TEXT(finish(&c, day), "1 march 2019b");
    CHECK(c.r.year_suffix_printed);
    begin(&c, DAY_MONTH_YEAR, "");
    c.r.shape.year_suffix = str_of("b");
    c.r.year_suffix_printed = true;
    CHECK_TEXT(finish(&c, day), "1 march 2019");
    begin(&c, DAY_MONTH_YEAR, "");
    c.r.shape.year_suffix = str_of("b");
    CHECK_TEXT(finish(&c, range((struct item_day){.year = 2019}, (struct item_day){.year = 2020})),
               "2019–2020b");
    begin(&c, DAY_MONTH_YEAR "<group><text variable=\"year-suffix\"/></group>", "");
    c.r.shape.year_suffix = str_of("b");
    CHECK_TEXT(finish(&c, day), "1 march 2019");
}

TEST(keys_order_as_the_dates_do)
{
    const struct item_date dates[] = {
        {.from = {.year = -100}},
        {.from = {.year = -50}},
        {.from = {.year = 50}},
        {.from = {.year = 2000}},
        range((struct item_day){.year = 2000}, (struct item_day){.year = 2001}),
        range((struct item_day){.year = 2000}, (struct item_day){.year = 2005}),
        {.from = {.year = 2000, .month = 5}},
        {.from = {.year = 2000, .month = 5, .day = 1}},
        {.from = {.year = 2000, .month = 10, .day = 1}},
        range((struct item_day){.year = 2000, .month = 11}, (struct item_day){.year = 2001}),
        {.from = {.year = 10000}},
    };
    for (size_t i = 1; i < sizeof dates / sizeof *dates; i++) {
        CHECK(render_date_key(&memory, &dates[i]).length == 22); /* collation compares numbers */
        CHECK(str_compare(render_date_key(&memory, &dates[i - 1]),
                          render_date_key(&memory, &dates[i])) < 0);
    }
}

TEST(macros_sort_by_the_parts_they_print)
{
    struct item_date later = {.from = {.year = 2019, .month = 3, .day = 20}};
    static const char *const month = "<date variable=\"issued\" form=\"text\""
                                     " date-parts=\"year-month\"/>";
    char first[40];
    struct case_of c;
    begin(&c, month, "");
    c.r.sorting = true;
    snprintf(first, sizeof first, "%s", finish(&c, day));
    begin(&c, month, "");
    c.r.sorting = true;
    CHECK_TEXT(finish(&c, later), first);
}
