/* Citations of several cites: affixes, grouping, collapsed years, suffixes and numbers. */
#include "check.h"
#include "memory_paper.h"
#include <stdio.h>

#define WORK(id, author, year)                                                                     \
    "{\"id\":\"" id "\",\"title\":\"" id "\",\"author\":[{\"family\":\"" author                    \
    "\",\"given\":\"G\"}],\"issued\":{\"date-parts\":[[" year "]]}}"

#define WORKS                                                                                      \
    "[" WORK("d1", "Doe", "2001") "," WORK("d2", "Doe", "2002") "," WORK(                          \
        "r1", "Roe",                                                                               \
        "2001") "," WORK("t1", "Thu",                                                              \
                         "2001") "," WORK("x1", "Xi",                                              \
                                          "1999") "," WORK("x2", "Xi",                             \
                                                           "1999") "," WORK("x3", "Xi",            \
                                                                            "1999") "," WORK("x4", \
                                                                                             "Xi", \
                                                                                             "199" \
                                                                                             "9") "]"

#define AUTHOR_DATE(attributes)                                                                    \
    "<citation " attributes "><layout delimiter='; ' prefix='(' suffix=')'><group delimiter=' '>"  \
    "<names variable='author'><name form='short'/></names><date variable='issued'>"                \
    "<date-part name='year'/></date></group><text variable='locator' prefix=':'/></layout>"        \
    "</citation>"

/* The citation of `cites` in a document that has all works. */
static const char *cited(struct paper *paper, const char *style, const char *cites)
{
    static char text[512];

    paper_open(paper, "in-text", style, WORKS);
    paper_include_all(paper);
    snprintf(text, sizeof text, "%s", paper_preview(paper, cites));
    paper_close(paper);
    return text;
}

TEST(cites_of_the_same_names_come_together)
{
    struct paper p;

    CHECK_TEXT(cited(&p, AUTHOR_DATE(""), "d1 r1 d2"), "(Doe 2001; Roe 2001; Doe 2002)");
    CHECK_TEXT(cited(&p, AUTHOR_DATE("cite-group-delimiter=' + '"), "d1 r1 d2 t1"),
               "(Doe 2001 + Doe 2002; Roe 2001; Thu 2001)");
    CHECK_TEXT(cited(&p, AUTHOR_DATE("collapse='year'"), "d1 r1 d2 t1"),
               "(Doe 2001, 2002; Roe 2001; Thu 2001)");
    CHECK_TEXT(cited(&p, AUTHOR_DATE("collapse='year' cite-group-delimiter='/'"), "r1 d1 d2:4"),
               "(Roe 2001; Doe 2001/2002:4)");
}

TEST(delimiters_after_collapsed_groups)
{
    struct paper p;

    CHECK_TEXT(cited(&p, AUTHOR_DATE("collapse='year' after-collapse-delimiter=' | '"), "d1 d2 r1"),
               "(Doe 2001, 2002 | Roe 2001)");
    CHECK_TEXT(cited(&p,
                     AUTHOR_DATE("collapse='year-suffix' after-collapse-delimiter=' | ' "
                                 "disambiguate-add-year-suffix='true'"),
                     "d1 d2 r1 t1"),
               "(Doe 2001, 2002 | Roe 2001; Thu 2001)");
}

TEST(years_give_way_to_suffixes)
{
    struct paper p;

    CHECK_TEXT(
        cited(&p, AUTHOR_DATE("collapse='year' disambiguate-add-year-suffix='true'"), "x1 x2"),
        "(Xi 1999a, 1999b)");
    CHECK_TEXT(cited(&p,
                     AUTHOR_DATE("collapse='year-suffix' year-suffix-delimiter=',' "
                                 "disambiguate-add-year-suffix='true'"),
                     "x1 x2 x3 r1"),
               "(Xi 1999a,b,c; Roe 2001)");
    CHECK_TEXT(cited(&p, AUTHOR_DATE("collapse='year-suffix' disambiguate-add-year-suffix='true'"),
                     "x1 x3"),
               "(Xi 1999a; c)");
    CHECK_TEXT(cited(&p, AUTHOR_DATE("collapse='year-suffix'"), "x1 x2"), "(Xi 1999, 1999)");
    CHECK_TEXT(cited(&p,
                     AUTHOR_DATE("collapse='year-suffix' cite-group-delimiter=','"
                                 " disambiguate-add-year-suffix='true'"),
                     "x1 x3 r1"),
               "(Xi 1999a,c; Roe 2001)");
}

TEST(suffixes_make_ranges_of_three)
{
    struct paper p;
    static const char ranged[] =
        AUTHOR_DATE("collapse='year-suffix-ranged' year-suffix-delimiter=',' "
                    "disambiguate-add-year-suffix='true'");

    CHECK_TEXT(cited(&p, ranged, "x1 x2 x3 x4"), "(Xi 1999a–d)");
    CHECK_TEXT(cited(&p, ranged, "x1 x2 x4"), "(Xi 1999a,b,d)");
    CHECK_TEXT(cited(&p, ranged, "x1 x3 x4 r1"), "(Xi 1999a,c,d; Roe 2001)");
    /* a locator stands with its year, and the next begins anew */
    CHECK_TEXT(cited(&p, ranged, "x1 x2:7 x3 x4"), "(Xi 1999a, 1999b:7, 1999c,d)");
}

#define NUMBERS                                                                                    \
    "<citation collapse='citation-number'><layout delimiter=','>"                                  \
    "<group prefix='[' suffix=']'><text variable='citation-number'/>"                              \
    "<text variable='locator' prefix=':'/></group></layout></citation>"

TEST(numbers_make_ranges_of_three)
{
    struct paper p;

    CHECK_TEXT(cited(&p, NUMBERS, "d1 d2 r1"), "[1]–[3]");
    CHECK_TEXT(cited(&p, NUMBERS, "d1 d2"), "[1],[2]");
    CHECK_TEXT(cited(&p, NUMBERS, "d1 d2 t1 x1 x2 x4"), "[1],[2],[4]–[6],[8]");
    CHECK_TEXT(cited(&p, NUMBERS, "r1 d2 d1"), "[3],[2],[1]");
    CHECK_TEXT(cited(&p, NUMBERS, "d1 d2:5 r1"), "[1],[2:5],[3]");
}

/* One cite of d1 with affixes, and r1 behind it. */
static const char *with_affixes(struct paper *paper, const char *prefix, const char *suffix)
{
    static char copy[256];
    struct cite cites[2] = {
        {.id = "d1", .position = -1, .prefix = str_of(prefix), .suffix = str_of(suffix)},
        {.id = "r1", .position = -1},
    };
    const char *text = "";

    paper_open(paper, "in-text", AUTHOR_DATE(""), WORKS);
    CHECK(processor_preview(paper->processor, cites, 2, &text, NULL) == OSLER_OK);
    snprintf(copy, sizeof copy, "%s", text);
    paper_close(paper);
    return copy;
}

TEST(affixes_get_the_spaces_they_need)
{
    struct paper p;

    CHECK_TEXT(with_affixes(&p, "see", "and so on"), "(see Doe 2001 and so on; Roe 2001)");
    CHECK_TEXT(with_affixes(&p, "see ", ", so"), "(see Doe 2001, so; Roe 2001)");
    CHECK_TEXT(with_affixes(&p, "<i>cf.</i>", "[sic]"), "(cf. Doe 2001 [sic]; Roe 2001)");
    CHECK_TEXT(with_affixes(&p, "pre-", ""), "(pre-Doe 2001; Roe 2001)");
    CHECK_TEXT(with_affixes(&p, "", ", so."), "(Doe 2001, so. Roe 2001)");
}
