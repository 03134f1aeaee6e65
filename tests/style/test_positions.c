/* Positions of cites: ibid and its conditions, near-note, first-reference-note-number. */
#include "check.h"
#include "memory_paper.h"

#define WORKS                                                                                      \
    "[{\"id\":\"a\",\"title\":\"Alpha\"},{\"id\":\"b\",\"title\":\"Beta\"},"                       \
    "{\"id\":\"c\",\"title\":\"Gamma\"}]"

/* Says the position of every cite: 1st, sub, ibid, ibid+; "~" behind it when the note is near. */
static const char positions[] =
    "<citation near-note-distance='2'><layout delimiter=' '><text variable='title' suffix='='/>"
    "<choose><if position='ibid-with-locator'><text value='ibid+'/></if>"
    "<else-if position='ibid'><text value='ibid'/></else-if>"
    "<else-if position='subsequent'><text value='sub'/></else-if>"
    "<else-if position='first'><text value='1st'/></else-if></choose>"
    "<choose><if position='near-note'><text value='~'/></if></choose>"
    "<text variable='first-reference-note-number' prefix='@'/></layout></citation>";

TEST(a_work_is_first_once)
{
    struct paper paper;

    paper_open(&paper, "note", positions, WORKS);
    paper_cite(&paper, 0, "1", 1, "a b");
    paper_cite(&paper, 1, "2", 2, "b a");
    CHECK_TEXT(paper_text(&paper), "1 Alpha=1st Beta=1st\n2 Beta=sub~@1 Alpha=sub~@1\n");
    paper_close(&paper);
}

TEST(ibid_needs_the_cite_before_to_be_the_only_one)
{
    struct paper paper;

    paper_open(&paper, "note", positions, WORKS);
    paper_cite(&paper, 0, "1", 1, "a");
    paper_cite(&paper, 1, "2", 2, "a");
    paper_cite(&paper, 2, "3", 3, "a b");
    paper_cite(&paper, 3, "4", 4, "b");
    paper_cite(&paper, 4, "5", 5, "b b");
    CHECK_TEXT(paper_text(&paper), "1 Alpha=1st\n2 Alpha=ibid~@1\n3 Alpha=ibid~@1 Beta=1st\n"
                                   "4 Beta=sub~@3\n5 Beta=ibid~@3 Beta=ibid~@3\n");
    paper_close(&paper);
}

TEST(locators_decide_between_ibid_and_its_forms)
{
    struct paper paper;

    paper_open(&paper, "note", positions, WORKS);
    CHECK_TEXT(paper_cite(&paper, 0, "1", 1, "a a:3 a:3 a:4 a"),
               "1 Alpha=1st Alpha=ibid+~@1 Alpha=ibid~@1 Alpha=ibid+~@1 Alpha=sub~@1\n");
    paper_close(&paper);
}

TEST(notes_between_break_ibid_and_distance_breaks_near_note)
{
    struct paper paper;

    paper_open(&paper, "note", positions, WORKS);
    paper_cite(&paper, 0, "1", 1, "a");
    paper_cite(&paper, 1, "2", 3, "a");
    paper_cite(&paper, 2, "3", 6, "a");
    CHECK_TEXT(paper_text(&paper), "1 Alpha=1st\n2 Alpha=sub~@1\n3 Alpha=sub@1\n");
    paper_close(&paper);
}

TEST(a_note_of_two_citations_gives_no_ibid_to_the_next)
{
    struct paper paper;

    paper_open(&paper, "note", positions, WORKS);
    paper_cite(&paper, 0, "1", 1, "a");
    paper_cite(&paper, 1, "2", 1, "b");
    paper_cite(&paper, 2, "3", 1, "b");
    paper_cite(&paper, 3, "4", 2, "b");
    CHECK_TEXT(paper_text(&paper), "1 Alpha=1st\n2 Beta=1st\n3 Beta=ibid~@1\n4 Beta=sub~@1\n");
    paper_close(&paper);
}

TEST(in_the_text_nothing_is_near_or_has_a_note)
{
    struct paper paper;

    paper_open(&paper, "in-text", positions, WORKS);
    paper_cite(&paper, 0, "1", 0, "a");
    paper_cite(&paper, 1, "2", 0, "a");
    CHECK_TEXT(paper_text(&paper), "1 Alpha=1st\n2 Alpha=ibid\n");
    paper_close(&paper);
}

TEST(positions_follow_the_order_of_sorted_cites)
{
    struct paper paper;
    buf style = {0};

    buf_add_text(&style, "<citation><sort><key variable='title'/></sort>");
    buf_add_text(&style, strchr(positions, '<') + strlen("<citation near-note-distance='2'>"));
    paper_open(&paper, "in-text", buf_text(&style), WORKS);
    CHECK_TEXT(paper_cite(&paper, 0, "1", 0, "b a b"), "1 Alpha=1st Beta=1st Beta=ibid\n");
    paper_close(&paper);
    buf_free(&style);
}

TEST(forced_positions_hold)
{
    struct paper paper;
    struct cite cites[2] = {{.id = "a", .position = POSITION_IBID}, {.id = "a", .near_note = true}};
    const char *text;

    paper_open(&paper, "note", positions, WORKS);
    CHECK(processor_preview(paper.processor, cites, 2, &text, NULL) == OSLER_OK);
    CHECK_TEXT(text, "Alpha=ibid Alpha=1st~");
    paper_close(&paper);
}

TEST(a_term_that_begins_a_note_has_a_capital)
{
    static const char style[] =
        "<citation><layout delimiter='; ' prefix='(' suffix=')'><choose><if position='ibid'>"
        "<text term='ibid'/></if><else><text "
        "variable='title'/></else></choose></layout></citation>";
    struct cite prefixed = {.id = "a", .position = POSITION_IBID, .prefix = STR("see ")};
    const char *text;
    struct paper paper;

    paper_open(&paper, "note", style, WORKS);
    paper_cite(&paper, 0, "1", 1, "a a");
    CHECK_TEXT(paper_cite(&paper, 1, "2", 2, "b"), "2 (Beta)\n");
    CHECK_TEXT(paper_cite(&paper, 2, "3", 3, "b b"), "3 (Ibid.; ibid.)\n");
    CHECK(processor_preview(paper.processor, &prefixed, 1, &text, NULL) == OSLER_OK);
    CHECK_TEXT(text, "(see ibid.)");
    prefixed.prefix = (str)STR("See there. ");
    CHECK(processor_preview(paper.processor, &prefixed, 1, &text, NULL) == OSLER_OK);
    CHECK_TEXT(text, "(See there. Ibid.)");
    prefixed.prefix = (str)STR("Cf. ");
    CHECK(processor_preview(paper.processor, &prefixed, 1, &text, NULL) == OSLER_OK);
    CHECK_TEXT(text, "(Cf. ibid.)");
    paper_close(&paper);

    paper_open(&paper, "in-text", style, WORKS);
    paper_cite(&paper, 0, "1", 0, "b");
    CHECK_TEXT(paper_cite(&paper, 1, "2", 0, "b"), "2 (ibid.)\n");
    paper_close(&paper);
}
