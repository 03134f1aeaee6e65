/* The lines and queries by which printed citations are looked for. */
#include "check.h"

#include "fetch/citmatch.h"

#include <string.h>

static str line_of(buf *b, citmatch_citation c)
{
    buf_clear(b);
    citmatch_add_line(b, &c, 7);
    return buf_str(b);
}

TEST(a_line_has_seven_fields_and_nothing_that_ends_one)
{
    buf b = {0};
    citmatch_citation c = {.journal = STR("J  Invent\r\nRec"),
                           .year = STR("2012"),
                           .volume = STR("3|0"),
                           .page = STR(" 347 "),
                           .author = STR("Zeta AB")};
    CHECK(str_is(line_of(&b, c), "J Invent Rec|2012|3 0|347|Zeta AB|7|\r"));
    CHECK(str_is(line_of(&b, (citmatch_citation){0}), "|||||7|\r"));
    buf_free(&b);
}

TEST(what_says_too_little_is_not_asked)
{
    citmatch_citation c = {.journal = STR("J Invent Rec"), .year = STR("2012")};
    CHECK(!citmatch_is_askable(&c));
    c.page = (str)STR("347");
    CHECK(citmatch_is_askable(&c));
    c.journal = c.year = (str){0};
    c.volume = c.author = (str)STR("x");
    CHECK(!citmatch_is_askable(&c)); /* a journal or a year is needed */
}

TEST(answers_are_told_apart)
{
    static const struct {
        const char *line;
        bool read;
        citmatch_answer answer;
        unsigned long pmid;
    } rows[] = {
        {"J|2012|30|347|Zeta AB|7|990000001", true, CITMATCH_ONE, 990000001},
        {"J|2012|30|347|Zeta AB|7|990000001\r", true, CITMATCH_ONE, 990000001},
        {"J|2012|30|347|Zeta AB|7|NOT_FOUND;INVALID_JOURNAL", true, CITMATCH_NONE, 0},
        {"J|2012|30|347|Zeta AB|7|AMBIGUOUS (3 citations)", true, CITMATCH_SEVERAL, 0},
        {"J|2012|30|347|Zeta AB|7|", true, CITMATCH_NONE, 0},
        {"J|2012|30|347|Zeta AB|7|0", true, CITMATCH_NONE, 0},
        {"J|2012|30|347|Zeta AB|x|1", false, CITMATCH_NONE, 0},
        {"J|2012|30", false, CITMATCH_NONE, 0},
        {"", false, CITMATCH_NONE, 0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        unsigned key = 0;
        citmatch_answer answer = CITMATCH_SILENT;
        unsigned long pmid = 0;
        bool read = citmatch_read_line(str_of(rows[i].line), &key, &answer, &pmid);
        CHECK(read == rows[i].read);
        CHECK(!read || (key == 7 && answer == rows[i].answer && pmid == rows[i].pmid));
    }
}

static void check_query(citmatch_citation c, int step, const char *expected)
{
    buf b = {0};
    bool made = citmatch_make_query(&b, &c, step);
    CHECK(made == (expected != NULL));
    if (made)
        CHECK_TEXT(buf_text(&b), expected);
    buf_free(&b);
}

TEST(queries_go_from_narrow_to_wide)
{
    citmatch_citation c = {.title =
                               STR("The patient's sleep, breathing \"and\" posture of imagined "
                                   "violinists in Rom[ti]"),
                           .author = STR("von Yota-Lee AB"),
                           .year = STR("2012"),
                           .doi = STR("10.99999/x(1)")};
    check_query(c, CITMATCH_BY_DOI, "\"10.99999/x(1)\"[doi]");
    check_query(c, CITMATCH_BY_TITLE,
                "sleep[ti] AND breathing[ti] AND posture[ti] AND imagined[ti] AND violinists[ti] "
                "AND Rom[ti]");
    check_query(c, CITMATCH_BY_WORDS,
                "sleep[ti] AND breathing[ti] AND posture[ti] AND imagined[ti] AND violinists[ti] "
                "AND von Yota-Lee[au] AND 2011:2013[dp]");
    c.author = c.year = c.doi = (str){0};
    check_query(c, CITMATCH_BY_WORDS, NULL);
    check_query(c, CITMATCH_BY_DOI, NULL);
    c.title = (str)STR("A reply to this.");
    check_query(c, CITMATCH_BY_TITLE, NULL);
    c.doi = (str)STR("10.1/\" OR all[sb] OR \"");
    check_query(c, CITMATCH_BY_DOI, NULL);
}
