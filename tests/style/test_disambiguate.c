/* Telling cites apart: given names by each rule, more names, the condition, year-suffixes. */
#include "check.h"
#include "memory_paper.h"
#include <stdio.h>

#define PERSON(family, given) "{\"family\":\"" family "\",\"given\":\"" given "\"}"
#define WORK(id, year, authors)                                                                    \
    "{\"id\":\"" id "\",\"title\":\"Title " id "\",\"author\":[" authors                           \
    "],\"issued\":{\"date-parts\":[[" year "]]}}"

/* `name`: attributes of cs:name; `more`: elements behind the year. */
#define STYLE(attributes, name, more)                                                              \
    "<citation et-al-min='3' et-al-use-first='1' " attributes                                      \
    "><layout delimiter='; '><group delimiter=' '><names variable='author'><name " name            \
    "/></names><date variable='issued'><date-part name='year'/></date></group>" more               \
    "</layout></citation><bibliography><sort><key variable='title'/></sort><layout>"               \
    "<names variable='author'><name form='short'/></names><date variable='issued' prefix=' '>"     \
    "<date-part name='year'/></date></layout></bibliography>"

static const char *cited(struct paper *paper, const char *style, const char *json,
                         const char *cites)
{
    static char text[1024];

    paper_open(paper, "in-text", style, json);
    paper_include_all(paper);
    snprintf(text, sizeof text, "%s", paper_preview(paper, cites));
    paper_close(paper);
    return text;
}

#define DOES                                                                                       \
    "[" WORK("a", "2000", PERSON("Doe", "Jane")) "," WORK(                                         \
        "b", "2000",                                                                               \
        PERSON("Doe",                                                                              \
               "Jim")) "," WORK("c", "2000",                                                       \
                                PERSON("Doe",                                                      \
                                       "Adam")) "," WORK("d", "2001",                              \
                                                         PERSON("Doe",                             \
                                                                "Eve")) "," WORK("e", "2000",      \
                                                                                 PERSON(           \
                                                                                     "Roe",        \
                                                                                     "Max")) "]"

TEST(by_cite_expands_only_cites_that_look_the_same)
{
    struct paper p;

    CHECK_TEXT(cited(&p, STYLE("", "form='short'", ""), DOES, "a b"), "Doe 2000; Doe 2000");
    CHECK_TEXT(
        cited(&p,
              STYLE("disambiguate-add-givenname='true'", "form='short' initialize-with='.'", ""),
              DOES, "a b c d e"),
        "Jane Doe 2000; Jim Doe 2000; A. Doe 2000; Doe 2001; Roe 2000");
    CHECK_TEXT(
        cited(&p, STYLE("disambiguate-add-givenname='true'", "form='short'", ""), DOES, "a b c d"),
        "Jane Doe 2000; Jim Doe 2000; Adam Doe 2000; Doe 2001");
    CHECK_TEXT(cited(&p, STYLE("disambiguate-add-givenname='true'", "initialize-with='.'", ""),
                     DOES, "a b c d"),
               "Jane Doe 2000; Jim Doe 2000; A. Doe 2000; E. Doe 2001");
}

#define GLOBAL(rule)                                                                               \
    STYLE("disambiguate-add-givenname='true' givenname-disambiguation-rule='" rule "'",            \
          "form='short' initialize-with='.' and='text'", "")
#define PAIRS                                                                                      \
    "[" WORK("a", "2000", PERSON("Doe", "Jane") "," PERSON("Poe", "Ann")) "," WORK(                \
        "b", "2001",                                                                               \
        PERSON("Doe", "Jim") "," PERSON(                                                           \
            "Poe", "Bea")) "," WORK("c", "2002",                                                   \
                                    PERSON("Doe", "Adam")) "," WORK("d", "2003",                   \
                                                                    PERSON("Roe", "Max")) "]"

TEST(rules_for_the_whole_document_expand_names_everywhere)
{
    struct paper p;

    CHECK_TEXT(cited(&p, GLOBAL("by-cite"), PAIRS, "a b c d"),
               "Doe and Poe 2000; Doe and Poe 2001; Doe 2002; Roe 2003");
    CHECK_TEXT(cited(&p, GLOBAL("all-names"), PAIRS, "a b c d"),
               "Jane Doe and A. Poe 2000; Jim Doe and B. Poe 2001; A. Doe 2002; Roe 2003");
    CHECK_TEXT(cited(&p, GLOBAL("all-names-with-initials"), PAIRS, "a b c d"),
               "J. Doe and A. Poe 2000; J. Doe and B. Poe 2001; A. Doe 2002; Roe 2003");
    CHECK_TEXT(cited(&p, GLOBAL("primary-name"), PAIRS, "a b c d"),
               "Jane Doe and Poe 2000; Jim Doe and Poe 2001; A. Doe 2002; Roe 2003");
    CHECK_TEXT(cited(&p, GLOBAL("primary-name-with-initials"), PAIRS, "a b c d"),
               "J. Doe and Poe 2000; J. Doe and Poe 2001; A. Doe 2002; Roe 2003");
}

#define TRIOS                                                                                      \
    "[" WORK(                                                                                      \
        "a", "2000",                                                                               \
        PERSON("Doe", "J") "," PERSON("Poe", "A") "," PERSON(                                      \
            "Roe",                                                                                 \
            "R")) "," WORK("b", "2000",                                                            \
                           PERSON("Doe", "J") "," PERSON("Poe", "A") "," PERSON(                   \
                               "Thu",                                                              \
                               "T")) "," WORK("c", "2000",                                         \
                                              PERSON("Doe", "J") "," PERSON("Xi", "X") "," PERSON( \
                                                  "Thu",                                           \
                                                  "T")) "," WORK("d", "2000",                      \
                                                                 PERSON("Doe", "J") "," PERSON(    \
                                                                     "Xi",                         \
                                                                     "X") "," PERSON("Thu",        \
                                                                                     "T")) "]"

TEST(names_are_added_one_by_one_as_long_as_it_helps)
{
    struct paper p;

    CHECK_TEXT(
        cited(&p, STYLE("disambiguate-add-names='true'", "form='short'", ""), TRIOS, "a b c d"),
        "Doe, Poe, Roe 2000; Doe, Poe, Thu 2000; Doe, Xi, et al. 2000; "
        "Doe, Xi, et al. 2000");
    CHECK_TEXT(cited(&p, STYLE("disambiguate-add-names='true'", "form='short'", ""), TRIOS, "a b"),
               "Doe, Poe, Roe 2000; Doe, Poe, Thu 2000");
}

TEST(names_that_do_not_help_are_taken_back)
{
    struct paper p;
    static const char twins[] =
        "[" WORK("a", "2000",
                 PERSON("Doe", "J") "," PERSON("Poe", "A") "," PERSON(
                     "Roe", "R")) "," WORK("b", "2000",
                                           PERSON("Doe", "J") "," PERSON("Poe", "A") "," PERSON(
                                               "Roe", "R")) "]";

    CHECK_TEXT(cited(&p,
                     STYLE("disambiguate-add-names='true' disambiguate-add-givenname='true'",
                           "form='short'", ""),
                     twins, "a b"),
               "Doe et al. 2000; Doe et al. 2000");
    CHECK_TEXT(cited(&p,
                     STYLE("disambiguate-add-names='true' disambiguate-add-givenname='true' "
                           "disambiguate-add-year-suffix='true'",
                           "form='short'", ""),
                     twins, "a b"),
               "Doe et al. 2000a; Doe et al. 2000b");
}

TEST(added_names_are_expanded_where_that_helps)
{
    struct paper p;
    static const char cousins[] =
        "[" WORK("a", "2000",
                 PERSON("Doe", "J") "," PERSON("Poe", "Ann") "," PERSON(
                     "Roe", "R")) "," WORK("b", "2000",
                                           PERSON("Doe", "J") "," PERSON("Poe", "Bea") "," PERSON(
                                               "Roe", "R")) "]";

    CHECK_TEXT(cited(&p,
                     STYLE("disambiguate-add-names='true' disambiguate-add-givenname='true'",
                           "form='short' initialize-with='.'", ""),
                     cousins, "a b"),
               "Doe, A. Poe, et al. 2000; Doe, B. Poe, et al. 2000");
}

#define CONDITION                                                                                  \
    "<choose><if disambiguate='true'><text variable='title' prefix=', '/></if></choose>"

TEST(the_condition_comes_before_the_suffix)
{
    struct paper p;

    CHECK_TEXT(cited(&p, STYLE("disambiguate-add-year-suffix='true'", "form='short'", CONDITION),
                     DOES, "a b d"),
               "Doe 2000, Title a; Doe 2000, Title b; Doe 2001");
    CHECK_TEXT(cited(&p,
                     STYLE("disambiguate-add-year-suffix='true' disambiguate-add-givenname='true'",
                           "form='short'", CONDITION),
                     DOES, "a b d"),
               "Jane Doe 2000; Jim Doe 2000; Doe 2001");
}

TEST(suffixes_follow_the_bibliography)
{
    struct paper p;

    paper_open(&p, "in-text", STYLE("disambiguate-add-year-suffix='true'", "form='short'", ""),
               DOES);
    CHECK_TEXT(paper_cite(&p, 0, "1", 0, "c"), "1 Doe 2000\n");
    CHECK_TEXT(paper_cite(&p, 1, "2", 0, "a"), "1 Doe 2000b\n2 Doe 2000a\n");
    CHECK_TEXT(paper_cite(&p, 2, "3", 0, "d e"), "3 Doe 2001; Roe 2000\n");
    CHECK_TEXT(paper_cite(&p, 3, "4", 0, "b"), "1 Doe 2000c\n4 Doe 2000b\n");
    CHECK_TEXT(paper_bibliography(&p), "Doe 2000a\nDoe 2000b\nDoe 2000c\nDoe 2001\nRoe 2000\n");
    paper_remove(&p, "2");
    CHECK_TEXT(paper_cite(&p, 1, "3", 0, "d"), "1 Doe 2000b\n3 Doe 2001\n4 Doe 2000a\n");
    paper_remove(&p, "4");
    CHECK_TEXT(paper_cite(&p, 1, "3", 0, "e"), "1 Doe 2000\n3 Roe 2000\n");
    paper_close(&p);
}

/* Some works more than there are letters. */
TEST(suffixes_go_on_behind_z)
{
    struct paper p;
    buf json = {0};

    for (int i = 0; i < 30; i++)
        buf_printf(&json,
                   "%c{\"id\":\"w%02d\",\"title\":\"T %02d\",\"author\":[" PERSON(
                       "Doe", "J") "],\"issued\":{\"date-parts\":[[2000]]}}",
                   i ? ',' : '[', i, i);
    buf_add_byte(&json, ']');
    paper_open(&p, "in-text", STYLE("disambiguate-add-year-suffix='true'", "form='short'", ""),
               buf_text(&json));
    paper_include_all(&p);
    CHECK_TEXT(paper_preview(&p, "w00 w25 w26 w27 w29"),
               "Doe 2000a; Doe 2000z; Doe 2000aa; Doe 2000ab; Doe 2000ad");
    paper_close(&p);
    buf_free(&json);
}

/* Two works whose long lists of authors differ in the last alone. */
TEST(long_lists_are_told_apart_by_their_last_names)
{
    enum { AUTHORS = 450 };
    struct paper p;
    buf json = {0}, expected = {0};

    for (int work = 0; work < 2; work++) {
        buf_printf(&json, "%c{\"id\":\"%d\",\"author\":[", work ? ',' : '[', work);
        for (int i = 0; i < AUTHORS; i++)
            buf_printf(&json, "%s{\"family\":\"A%d\",\"given\":\"G\"}", i ? "," : "",
                       i + 1 == AUTHORS ? 1000 + work : i);
        buf_add_text(&json, "],\"issued\":{\"date-parts\":[[2000]]}}");
    }
    buf_add_byte(&json, ']');
    for (int i = 0; i + 1 < AUTHORS; i++)
        buf_printf(&expected, "A%d, ", i);
    buf_add_text(&expected, "A1001 2000");
    paper_open(&p, "in-text", STYLE("disambiguate-add-names='true'", "form='short'", ""),
               buf_text(&json));
    paper_include_all(&p);
    CHECK_TEXT(paper_preview(&p, "1"), buf_text(&expected));
    paper_close(&p);
    buf_free(&json);
    buf_free(&expected);
}

/* Works without any text in citations are nobody's doubles. */
TEST(cites_without_text_get_no_suffix)
{
    struct paper p;

    paper_open(&p, "in-text",
               "<citation disambiguate-add-year-suffix='true'><layout><text variable='URL'/>"
               "</layout></citation><bibliography><layout><date variable='issued'>"
               "<date-part name='year'/></date></layout></bibliography>",
               DOES);
    paper_include_all(&p);
    CHECK_TEXT(paper_bibliography(&p), "2000\n2000\n2000\n2001\n2000\n");
    paper_close(&p);
}

/* A suffix printed by cs:text in one area is not printed by the date in the other. */
TEST(one_way_to_print_suffixes_holds_for_both_areas)
{
    struct paper p;

    paper_open(&p, "in-text",
               STYLE("disambiguate-add-year-suffix='true'", "form='short'",
                     "<text variable='year-suffix' prefix='-'/>"),
               DOES);
    CHECK_TEXT(paper_cite(&p, 0, "1", 0, "a b"), "1 Doe 2000-a; Doe 2000-b\n");
    CHECK_TEXT(paper_bibliography(&p), "Doe 2000\nDoe 2000\n");
    paper_close(&p);
}

/* What is found out bit by bit is what is found out at once. */
TEST(insertion_in_any_order_comes_to_the_same)
{
    static const char *const orders[] = {"abcde", "edcba", "cebad"};
    static const char style[] =
        STYLE("disambiguate-add-givenname='true' disambiguate-add-year-suffix='true' "
              "disambiguate-add-names='true' givenname-disambiguation-rule='all-names'",
              "form='short' initialize-with='.'", "");

    for (size_t o = 0; o < sizeof orders / sizeof *orders; o++) {
        struct paper p;
        paper_open(&p, "in-text", style, DOES);
        for (const char *c = orders[o]; *c; c++) {
            char id[2] = {*c, '\0'};
            size_t index = 0;
            while (index < p.count && strcmp(p.places[index].id, id) < 0)
                index++;
            paper_cite(&p, index, id, 0, id);
        }
        CHECK_TEXT(paper_text(&p), "a Jane Doe 2000\nb Jim Doe 2000\nc A. Doe 2000\n"
                                   "d E. Doe 2001\ne Roe 2000\n");
        paper_close(&p);
    }
}
