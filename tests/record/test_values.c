/* Dates, pages and identifiers, as tables of text and reading. */
#include "check.h"
#include "record/dates.h"
#include "record/identifiers.h"
#include "record/pages.h"

#include <stdio.h>
#include <string.h>

/* "2015-10-0/4..2015-12-0/0" with "!" behind it when the parts do not say it all. */
static const char *described(const osler_date *d, bool exact)
{
    static char text[80];
    int length = snprintf(text, sizeof text, "%d-%d-%d/%d", d->year, d->month, d->day, d->season);
    if (d->end_year)
        length += snprintf(text + length, sizeof text - (size_t)length, "..%d-%d-%d/%d",
                           d->end_year, d->end_month, d->end_day, d->end_season);
    if (!exact)
        snprintf(text + length, sizeof text - (size_t)length, "!");
    return text;
}

TEST(printed_dates)
{
    static const char *const cases[][2] = {
        {"2015", "2015-0-0/0"},
        {"1978", "1978-0-0/0"},
        {"2009 Nov", "2009-11-0/0"},
        {"2009 Nov 15", "2009-11-15/0"},
        {"2009 November 15", "2009-11-15/0"},
        {"2009 Sept. 5", "2009-9-5/0"},
        {"15 Nov 2009", "2009-11-15/0"},
        {"Nov 15, 2009", "2009-11-15/0"},
        {"2000 Spring", "2000-0-0/1"},
        {"Fall 2006", "2006-0-0/3"},
        {"2006 Autumn", "2006-0-0/3"},
        {"Winter 2016-2017", "2016-0-0/4..2017-0-0/4"},
        {"1997-1998 Winter", "1997-0-0/4..1998-0-0/4"},
        {"2016 Winter-Spring", "2016-0-0/4..2016-0-0/1"},
        {"2015 Oct-Dec", "2015-10-0/0..2015-12-0/0"},
        {"2019 Sep/Oct", "2019-9-0/0..2019-10-0/0"},
        {"2018 May - Jun", "2018-5-0/0..2018-6-0/0"},
        {"Jul-Aug 2008", "2008-7-0/0..2008-8-0/0"},
        {"2008 Jul\xE2\x80\x93"
         "Aug",
         "2008-7-0/0..2008-8-0/0"},
        {"1998 Dec-1999 Jan", "1998-12-0/0..1999-1-0/0"},
        {"2016 May 25-Jun 14", "2016-5-25/0..2016-6-14/0"},
        {"2000 Dec 23-30", "2000-12-23/0..2000-12-30/0"},
        {"1944-1945", "1944-0-0/0..1945-0-0/0"},
        {"1978-79", "1978-0-0/0..1979-0-0/0"},
        {"2009-10", "2009-0-0/0..2010-0-0/0"},
        {"2015-03", "2015-3-0/0"},
        {"2015-03-07", "2015-3-7/0"},
        {"2001 05 25", "2001-5-25/0"},
        {"1976 01 16", "1976-1-16/0"},
        {"1950 some random date string", "1950-0-0/0!"},
        {"2000 1st Quarter", "2000-0-0/0!"},
        {"2010 31", "2010-0-0/0!"},
        {"2010 Feb 30", "2010-2-0/0!"},
        {"1900 Feb 29", "1900-2-0/0!"},
        {"2000 Feb 29", "2000-2-29/0"},
        {"2016 Jun 28-Jul 32", "2016-6-28/0..2016-7-0/0!"},
        {"Spring", "0-0-0/1!"},
        {"3000", "0-0-0/0!"},
        {"", "0-0-0/0!"},
        {"no date", "0-0-0/0!"},
        {"99999999999999999999", "0-0-0/0!"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        osler_date date = {0};
        bool exact = date_parse(&date, str_of(cases[i][0]));
        CHECK_TEXT(described(&date, exact), cases[i][1]);
    }
}

TEST(dates_in_digits)
{
    static const struct {
        const char *text, *expected;
        int hour, minute;
    } cases[] = {
        {"20150131", "2015-1-31/0", 0, 0},  {"2015/01/31 06:00", "2015-1-31/0", 7, 1},
        {"2015-1-31", "2015-1-31/0", 0, 0}, {"2015/01", "2015-1-0/0", 0, 0},
        {"2015", "2015-0-0/0", 0, 0},       {"2015/13/01", "0-0-0/0!", 0, 0},
        {"2015 Jan", "0-0-0/0!", 0, 0},     {"20481061", "0-0-0/0!", 0, 0},
        {"20150431", "0-0-0/0!", 0, 0},     {"2015-01-31T23:59", "2015-1-31/0", 24, 60},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        osler_date date = {0};
        bool exact = date_parse_digits(&date, str_of(cases[i].text));
        CHECK_TEXT(described(&date, exact), cases[i].expected);
        CHECK(date.hour == cases[i].hour && date.minute == cases[i].minute);
    }
}

TEST(months_and_seasons)
{
    CHECK(date_month(str_of("Jan")) == 1 && date_month(str_of("DECEMBER")) == 12);
    CHECK(date_month(str_of("Sept.")) == 9 && date_month(str_of("Ma")) == 0);
    CHECK(date_month(str_of("Januaryx")) == 0 && date_month(str_of("")) == 0);
    CHECK(date_season(str_of("fall")) == 3 && date_season(str_of("Jan")) == 0);
}

TEST(pages)
{
    static const char *const cases[][3] = {
        {"347-54", "347", "354"},
        {"347-354", "347", "354"},
        {"1200-7", "1200", "1207"},
        {"347", "347", "-"},
        {"e225-6", "e225", "e226"},
        {"e9-18", "e9", "e18"},
        {"S151-S153", "S151", "S153"},
        {"S151-3", "S151", "S153"},
        {"H1270-H1280", "H1270", "H1280"},
        {"1128S-35S", "1128S", "1135S"},
        {"9S-99S", "9S", "99S"},
        {"1016-1021.e6", "1016", "1021.e6"},
        {"1016.e1-6", "1016.e1", "1016.e6"},
        {"1016.e1-e6", "1016.e1", "1016.e6"},
        {"1016.e1-1016.e6", "1016.e1", "1016.e6"},
        {"1016.e1-1020", "1016.e1", "1020"},
        {"1016.e11-9", "1016.e11", "1016.e19"},
        {"1016.e18-21", "1016.e18", "1016.e21"},
        {"1016.e118-21", "1016.e118", "1016.e121"},
        {"1.e1-4", "1.e1", "1.e4"},
        {"1143-1149.e1-4", "1143", "1149.e4"},
        {"123-4S", "123", "124S"},
        {"S1-1-S1-5", "S1-1", "S1-5"},
        {"1787-8; discussion 1791", "1787", "1788"},
        {"12-5, 17", "12", "15"},
        {"iii-iv", "iii", "iv"},
        {"026002", "026002", "-"},
        {"99ra86", "99ra86", "-"},
        {"117-5", "117", "5"},
        {"65-65", "65", "65"},
        {"4002.e26", "4002.e26", "-"},
        {"347\xE2\x80\x93"
         "54",
         "347", "354"},
        {"suppl", "-", "-"},
        {"", "-", "-"},
        {"-", "-", "-"},
        {"12-", "12", "-"},
        {"[32717 words; 112 paragraphs]", "-", "-"},
        {"99999999999999999999999-5", "99999999999999999999999", "5"},
    };
    arena memory = {0};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *first, *last;
        pages_expand(&memory, str_of(cases[i][0]), &first, &last);
        CHECK_TEXT(first ? first : "-", cases[i][1]);
        CHECK_TEXT(last ? last : "-", cases[i][2]);
    }
    arena_free(&memory);
}

TEST(the_last_page_alone)
{
    static const char *const cases[][3] = {
        {"347", "54", "354"}, {"347", "354", "354"},       {"1143", "1149.e4", "1149.e4"},
        {"", "12", "12"},     {"347", "words; many", "-"}, {"S151", "3", "S153"},
    };
    arena memory = {0};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *last = pages_expand_last(&memory, str_of(cases[i][0]), str_of(cases[i][1]));
        CHECK_TEXT(last ? last : "-", cases[i][2]);
    }
    arena_free(&memory);
}

TEST(what_can_be_a_page)
{
    static const char *const yes[] = {"347", "xiv", "S151", "SUPPL:4309-22", " 12 "};
    static const char *const no[] = {"", "suppl", "[34457 words; 185 paragraphs]",
                                     "author reply 12"};
    for (size_t i = 0; i < sizeof yes / sizeof *yes; i++)
        CHECK(pages_is_page(str_of(yes[i])));
    for (size_t i = 0; i < sizeof no / sizeof *no; i++)
        CHECK(!pages_is_page(str_of(no[i])));
}

TEST(article_numbers)
{
    static const char *const yes[] = {"e12345",   "EVIDe2500330", "eabl6449",         "026002",
                                      "CD001234", "e1002",        "1098612X251368447"};
    static const char *const no[] = {"347",   "347-54", "S151", "H12",
                                     "99999", "",       "e17",  "S0140-6736(20)30183-5"};
    for (size_t i = 0; i < sizeof yes / sizeof *yes; i++)
        CHECK(pages_is_article_number(str_of(yes[i])));
    for (size_t i = 0; i < sizeof no / sizeof *no; i++)
        CHECK(!pages_is_article_number(str_of(no[i])));
}

TEST(identifiers)
{
    static const struct {
        const char *(*normalize)(arena *memory, str text);
        const char *text, *expected;
    } cases[] = {
        {identifier_doi, "10.1000/xyz", "10.1000/xyz"},
        {identifier_doi, " doi: 10.1000/XyZ. ", "10.1000/XyZ"},
        {identifier_doi, "https://doi.org/10.1000/xyz", "10.1000/xyz"},
        {identifier_doi, "http://dx.doi.org/10.1000/xyz", "10.1000/xyz"},
        {identifier_doi, "doi:https://www.doi.org/10.1000/xyz", "10.1000/xyz"},
        {identifier_doi, "10.1002/(SICI)1097-0258(19980815/30)17:15/16<1661::AID-SIM968>3.0.CO;2-2",
         "10.1002/(SICI)1097-0258(19980815/30)17:15/16<1661::AID-SIM968>3.0.CO;2-2"},
        {identifier_doi, "10.1000.10/x", "10.1000.10/x"},
        {identifier_doi, "valid doi", "-"},
        {identifier_doi, "10.1000", "-"},
        {identifier_doi, "10.1000/", "-"},
        {identifier_doi, "11.1000/x", "-"},
        {identifier_doi, "", "-"},
        {identifier_orcid, "0000-0002-1825-0097", "0000-0002-1825-0097"},
        {identifier_orcid, "http://orcid.org/0000-0002-1694-233X", "0000-0002-1694-233X"},
        {identifier_orcid, "https://orcid.org/0000-0002-1694-233x", "0000-0002-1694-233X"},
        {identifier_orcid, "https://orcid.org/0000-0002-1694-233X/", "0000-0002-1694-233X"},
        {identifier_orcid, "/", "-"},
        {identifier_orcid, "0000000218250097", "0000-0002-1825-0097"},
        {identifier_orcid, "000000021825009", "-"},
        {identifier_orcid, "00000002182500971", "-"},
        {identifier_orcid, "0000-0002-1825-009Y", "-"},
        {identifier_orcid, "", "-"},
        {identifier_pmcid, "PMC1234567", "PMC1234567"},
        {identifier_pmcid, "1234567", "PMC1234567"},
        {identifier_pmcid, "PMC2762775.2 [Available on 2012/01/01]", "PMC2762775"},
        {identifier_pmcid, "pmc-id: PMC1234567;manuscript-id: NIHMS1", "PMC1234567"},
        {identifier_pmcid, "NIHMS1", "-"},
        {identifier_pmid, "0012", "12"},
        {identifier_pmid, " 990000001\n", "990000001"},
        {identifier_pmid, "12a", "-"},
        {identifier_pmid, "", "-"},
        {identifier_pmid, "1234567890123", "-"},
    };
    arena memory = {0};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *result = cases[i].normalize(&memory, str_of(cases[i].text));
        CHECK_TEXT(result ? result : "-", cases[i].expected);
    }
    arena_free(&memory);
}
