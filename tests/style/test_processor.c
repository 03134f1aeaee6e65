/* Documents: citations that come, change, move and go; bibliographies; numbers; errors. */
#include "check.h"
#include "memory_paper.h"
#include <stdio.h>

#define WORK(id, author, year)                                                                     \
    "{\"id\":\"" id "\",\"title\":\"Title " id "\",\"author\":[{\"family\":\"" author              \
    "\",\"given\":\"G\"}],\"issued\":{\"date-parts\":[[" year "]]}}"
#define WORKS                                                                                      \
    "[" WORK("m", "Mao", "2001") "," WORK("b", "Bo", "2003") "," WORK("z", "Zo", "2002") "," WORK( \
        "c", "Bo", "1999") "]"

#define CITED_BY_NUMBER                                                                            \
    "<citation><layout prefix='[' suffix=']' delimiter=','><text variable='citation-number'/>"     \
    "</layout></citation>"
#define LISTED(attributes, sort)                                                                   \
    "<bibliography " attributes ">" sort "<layout suffix='.'>"                                     \
    "<text variable='citation-number' suffix=' '/><names variable='author'><name form='short'/>"   \
    "</names><text variable='title' prefix=', '/></layout></bibliography>"

TEST(numbers_follow_the_order_of_citation)
{
    struct paper p;

    paper_open(&p, "in-text", CITED_BY_NUMBER LISTED("", ""), WORKS);
    CHECK_TEXT(paper_cite(&p, 0, "1", 0, "z m"), "1 [1,2]\n");
    CHECK_TEXT(paper_cite(&p, 1, "2", 0, "m b"), "2 [2,3]\n");
    CHECK_TEXT(paper_bibliography(&p), "1 Zo, Title z.\n2 Mao, Title m.\n3 Bo, Title b.\n");
    /* put before the others: all numbers move on */
    CHECK_TEXT(paper_cite(&p, 0, "0", 0, "b"), "0 [1]\n1 [2,3]\n2 [3,1]\n");
    /* the same again: nothing but itself */
    CHECK_TEXT(paper_cite(&p, 0, "0", 0, "b"), "0 [1]\n");
    /* moved to the end */
    CHECK_TEXT(paper_cite(&p, 2, "0", 0, "b"), "1 [1,2]\n2 [2,3]\n0 [3]\n");
    paper_remove(&p, "1");
    CHECK_TEXT(paper_cite(&p, 1, "0", 0, "c"), "2 [1,2]\n0 [3]\n");
    CHECK_TEXT(paper_bibliography(&p), "1 Mao, Title m.\n2 Bo, Title b.\n3 Bo, Title c.\n");
    paper_close(&p);
}

TEST(bibliographies_are_sorted_and_numbered)
{
    struct paper p;

    paper_open(&p, "in-text",
               CITED_BY_NUMBER LISTED("", "<sort><key variable='author'/>"
                                          "<key variable='issued' sort='descending'/></sort>"),
               WORKS);
    paper_include_all(&p);
    CHECK_TEXT(paper_bibliography(&p),
               "1 Bo, Title b.\n2 Bo, Title c.\n3 Mao, Title m.\n4 Zo, Title z.\n");
    CHECK_TEXT(paper_preview(&p, "z c"), "[4,2]");
    paper_close(&p);

    paper_open(&p, "in-text",
               CITED_BY_NUMBER LISTED(
                   "", "<sort><key variable='citation-number' sort='descending'/></sort>"),
               WORKS);
    paper_cite(&p, 0, "1", 0, "m b z");
    CHECK_TEXT(paper_bibliography(&p), "3 Zo, Title z.\n2 Bo, Title b.\n1 Mao, Title m.\n");
    paper_close(&p);
}

TEST(works_included_stand_behind_those_cited)
{
    struct paper p;
    static const char *const more[] = {"c", "m", "unknown"};

    paper_open(&p, "in-text", CITED_BY_NUMBER LISTED("", ""), WORKS);
    processor_include(p.processor, more, 3);
    CHECK_TEXT(paper_cite(&p, 0, "1", 0, "z m"), "1 [1,2]\n");
    CHECK_TEXT(paper_bibliography(&p), "1 Zo, Title z.\n2 Mao, Title m.\n3 Bo, Title c.\n");
    paper_close(&p);
}

TEST(cites_are_sorted_by_the_keys_of_the_citation)
{
    struct paper p;

    paper_open(&p, "in-text",
               "<citation><sort><key variable='issued'/></sort><layout delimiter=' '>"
               "<text variable='title'/></layout></citation>",
               WORKS);
    CHECK_TEXT(paper_cite(&p, 0, "1", 0, "b m c z"), "1 Title c Title m Title z Title b\n");
    paper_close(&p);
}

TEST(a_work_may_be_replaced)
{
    struct paper p;
    struct item_list items;
    static const char again[] = "[" WORK("m", "Mao", "2009") "]";

    paper_open(&p, "in-text",
               "<citation><layout delimiter=' '><names variable='author'/><date variable='issued' "
               "prefix=' '><date-part name='year'/></date></layout></citation>",
               WORKS);
    paper_cite(&p, 0, "1", 0, "m");
    paper_cite(&p, 1, "2", 0, "z");
    CHECK(items_from_json(&p.memory, &items, str_of(again), "test", NULL) == OSLER_OK);
    processor_add_item(p.processor, items.items);
    CHECK_TEXT(paper_cite(&p, 1, "2", 0, "z"), "1 G Mao 2009\n2 G Zo 2002\n");
    paper_close(&p);
}

TEST(what_is_not_known_changes_nothing)
{
    struct paper p;
    struct cite cite = {.id = "nobody", .position = -1};
    struct citation_place place = {"nowhere", 7};
    struct citation_request request = {.id = "2", .cites = &cite, .count = 1};
    const struct citation_change *changes;
    osler_error error = {0};
    const char *text;
    size_t count;

    paper_open(&p, "note", CITED_BY_NUMBER, WORKS);
    paper_cite(&p, 0, "1", 1, "m");
    CHECK(processor_cite(p.processor, &request, &changes, &count, &error) == OSLER_ENOTFOUND);
    CHECK(strstr(error.message, "nobody") != NULL);
    cite.id = "m";
    request.before = &place;
    request.before_count = 1;
    CHECK(processor_cite(p.processor, &request, &changes, &count, &error) == OSLER_ENOTFOUND);
    CHECK(strstr(error.message, "nowhere") != NULL);
    place.id = "2";
    CHECK(processor_cite(p.processor, &request, &changes, &count, &error) == OSLER_ENOTFOUND);
    cite.id = "nobody";
    CHECK(processor_preview(p.processor, &cite, 1, &text, &error) == OSLER_ENOTFOUND);
    CHECK_TEXT(paper_text(&p), "1 [1]\n");
    paper_close(&p);
}

TEST(cites_and_entries_without_a_printed_form)
{
    struct paper p;

    paper_open(&p, "in-text",
               "<citation><layout delimiter='; '><text variable='URL'/></layout></citation>"
               "<bibliography><layout><text variable='URL'/></layout></bibliography>",
               "[{\"id\":\"a\",\"URL\":\"http://a.org\"},{\"id\":\"b\",\"title\":\"B\"}]");
    paper_include_all(&p);
    CHECK_TEXT(paper_preview(&p, "b"), "[CSL STYLE ERROR: reference with no printed form.]");
    CHECK_TEXT(paper_preview(&p, "b a"), "http://a.org");
    CHECK_TEXT(paper_bibliography(&p), "http://a.org\n");
    paper_close(&p);
}

/* --- any order of changes --- */

/* Four people of one family name, some in one year; two works with the same list of authors. */
#define NAMESAKES                                                                                  \
    "[" WORK("a", "Doe", "2000") "," WORK("b", "Doe", "2000") "," WORK(                            \
        "c", "Roe",                                                                                \
        "2000") ","                                                                                \
                "{\"id\":\"d\",\"title\":\"D\",\"author\":[{\"family\":\"Doe\",\"given\":"         \
                "\"Jane\"}],"                                                                      \
                "\"issued\":{\"date-parts\":[[2000]]}},"                                           \
                "{\"id\":\"e\",\"title\":\"E\",\"author\":[{\"family\":\"Doe\",\"given\":\"Jim\"}" \
                ","                                                                                \
                "{\"family\":\"Poe\",\"given\":\"A\"}],\"issued\":{\"date-parts\":[[2000]]}},"     \
                "{\"id\":\"f\",\"title\":\"F\",\"author\":[{\"family\":\"Doe\",\"given\":\"Jim\"}" \
                ","                                                                                \
                "{\"family\":\"Xi\",\"given\":\"B\"}],\"issued\":{\"date-parts\":[[2000]]}}]"
#define EVERYTHING(rule)                                                                           \
    "<citation et-al-min='2' et-al-use-first='1' disambiguate-add-names='true' "                   \
    "disambiguate-add-givenname='true' disambiguate-add-year-suffix='true' collapse='year' "       \
    "givenname-disambiguation-rule='" rule "'><sort><key variable='title'/></sort>"                \
    "<layout delimiter='; '><choose><if position='ibid'><text term='ibid'/></if><else>"            \
    "<names variable='author'><name form='short' initialize-with='.'/></names>"                    \
    "<date variable='issued' prefix=' '><date-part name='year'/></date>"                           \
    "<text variable='citation-number' prefix=' ['  suffix=']'/>"                                   \
    "<text variable='first-reference-note-number' prefix=' n.'/></else></choose></layout>"         \
    "</citation><bibliography><sort><key variable='author'/></sort><layout>"                       \
    "<text variable='title'/></layout></bibliography>"

/* The citations as they are, put into a new document one behind the other. */
static void check_afresh(struct paper *changed, const char *style, char cites[][4])
{
    struct paper fresh;

    paper_open(&fresh, "note", style, NAMESAKES);
    for (size_t i = 0; i < changed->count; i++) {
        const char *id = changed->places[i].id;
        paper_cite(&fresh, i, id, changed->places[i].note, cites[*id - 'A']);
    }
    CHECK_TEXT(paper_text(changed), paper_text(&fresh));
    paper_close(&fresh);
}

static void change_at_random(const char *style)
{
    char cites['Z' - 'A'][4] = {""};
    unsigned long draw = 12345;
    struct paper paper;

    paper_open(&paper, "note", style, NAMESAKES);
    for (int step = 0; step < 120; step++) {
        draw = (draw * 1103515245 + 12345) & 0x7fffffff;
        char id[2] = {(char)('A' + (draw >> 8) % 8), '\0'};
        char *list = cites[*id - 'A'];
        list[0] = (char)('a' + (draw >> 12) % 6);
        list[1] = draw >> 16 & 1 ? ' ' : '\0';
        list[2] = (char)('a' + (draw >> 17) % 6);
        list[3] = '\0';
        if ((draw >> 20) % 4 == 0 && paper.count > 1)
            paper_remove(&paper, paper.places[(draw >> 22) % paper.count].id);
        paper_remove(&paper, id);
        size_t index = (draw >> 9) % (paper.count + 1);
        for (size_t i = 0; i < paper.count; i++)
            paper.places[i].note = (unsigned)(i + (i >= index) + 1);
        paper_cite(&paper, index, id, (unsigned)index + 1, list);
        check_afresh(&paper, style, cites);
    }
    paper_close(&paper);
}

TEST(a_changed_document_is_what_it_would_be_written_anew)
{
    change_at_random(EVERYTHING("by-cite"));
    change_at_random(EVERYTHING("all-names"));
    change_at_random(EVERYTHING("primary-name-with-initials"));
}

/* --- subsequent authors --- */

#define PEOPLE(id, authors) "{\"id\":\"" id "\",\"title\":\"" id "\",\"author\":[" authors "]}"
#define DOE "{\"family\":\"Doe\",\"given\":\"J\"}"
#define POE "{\"family\":\"Poe\",\"given\":\"A\"}"
#define ROE "{\"family\":\"Roe\",\"given\":\"R\"}"
#define SHARED                                                                                     \
    "[" PEOPLE("1", DOE "," POE) "," PEOPLE("2", DOE "," POE) "," PEOPLE(                          \
        "3", DOE "," ROE) "," PEOPLE("4", ROE) "]"
#define SUBSTITUTED(rule)                                                                          \
    "<bibliography subsequent-author-substitute='---' subsequent-author-substitute-rule='" rule    \
    "'><layout suffix='.'><names variable='author' prefix='(' suffix=')'><name form='short' "      \
    "and='text'/></names><text variable='title' prefix=' '/></layout></bibliography>"

static const char *substituted(struct paper *p, const char *style)
{
    static char text[512];

    paper_open(p, "in-text", style, SHARED);
    paper_include_all(p);
    snprintf(text, sizeof text, "%s", paper_bibliography(p));
    paper_close(p);
    return text;
}

TEST(subsequent_authors_by_each_rule)
{
    struct paper p;

    CHECK_TEXT(substituted(&p, SUBSTITUTED("complete-all")),
               "(Doe and Poe) 1.\n(---) 2.\n(Doe and Roe) 3.\n(Roe) 4.\n");
    CHECK_TEXT(substituted(&p, SUBSTITUTED("complete-each")),
               "(Doe and Poe) 1.\n(--- and ---) 2.\n(Doe and Roe) 3.\n(Roe) 4.\n");
    CHECK_TEXT(substituted(&p, SUBSTITUTED("partial-each")),
               "(Doe and Poe) 1.\n(--- and ---) 2.\n(--- and Roe) 3.\n(Roe) 4.\n");
    CHECK_TEXT(substituted(&p, SUBSTITUTED("partial-first")),
               "(Doe and Poe) 1.\n(--- and Poe) 2.\n(--- and Roe) 3.\n(Roe) 4.\n");
}

TEST(an_entry_is_given_as_parts_too)
{
    struct paper p;
    const struct output *tree;
    buf text = {0};

    paper_open(&p, "in-text", SUBSTITUTED("complete-all"), SHARED);
    CHECK(processor_entry_tree(p.processor, 0) == NULL);
    paper_include_all(&p);
    paper_bibliography(&p);
    tree = processor_entry_tree(p.processor, 1);
    output_write_plain(&text, tree, p.locale);
    CHECK_TEXT(buf_text(&text), "(---) 2.");
    CHECK(processor_entry_tree(p.processor, 4) == NULL);
    buf_free(&text);
    paper_close(&p);
}

/* --- entries in HTML --- */

static const char *html_entry(struct paper *p, const char *style, const char *mark)
{
    static char text[512];
    struct output_options options = {.format = OUTPUT_HTML};
    const struct bibliography_entry *entries;

    paper_open(p, "in-text", style, WORKS);
    options.locale = p->locale;
    processor_free(p->processor);
    p->processor = processor_new(p->style, p->locale, &options);
    p->items.items[0].mark = mark;
    processor_add_item(p->processor, p->items.items);
    processor_include(p->processor, &p->items.items[0].id, 1);
    CHECK(processor_bibliography(p->processor, &entries) == 1);
    CHECK_TEXT(processor_bibliography_start(p->processor), "<div class=\"csl-bib-body\">\n");
    CHECK_TEXT(processor_bibliography_end(p->processor), "</div>");
    snprintf(text, sizeof text, "%s", entries[0].text);
    paper_close(p);
    return text;
}

TEST(the_first_field_stands_in_the_margin)
{
    struct paper p;

    CHECK_TEXT(html_entry(&p, CITED_BY_NUMBER LISTED("", ""), NULL),
               "  <div class=\"csl-entry\">1 Mao, Title m.</div>\n");
    CHECK_TEXT(html_entry(&p, CITED_BY_NUMBER LISTED("second-field-align='flush'", ""), NULL),
               "  <div class=\"csl-entry\">\n    <div class=\"csl-left-margin\">1 </div>"
               "<div class=\"csl-right-inline\">Mao, Title m.</div>\n  </div>\n");
}

TEST(a_mark_is_the_first_thing_of_its_entry)
{
    struct paper p;

    CHECK_TEXT(html_entry(&p, CITED_BY_NUMBER LISTED("", ""), "RETRACTED: "),
               "  <div class=\"csl-entry\">RETRACTED: 1 Mao, Title m.</div>\n");
    CHECK_TEXT(
        html_entry(&p, CITED_BY_NUMBER LISTED("second-field-align='flush'", ""), "RETRACTED: "),
        "  <div class=\"csl-entry\">\n    <div class=\"csl-left-margin\">1 </div>"
        "<div class=\"csl-right-inline\">RETRACTED: Mao, Title m.</div>\n  </div>\n");
    CHECK_TEXT(html_entry(&p,
                          CITED_BY_NUMBER "<bibliography><layout><text variable='URL'/>"
                                          "</layout></bibliography>",
                          "RETRACTED: "),
               "  <div class=\"csl-entry\">RETRACTED: </div>\n");
}

TEST(an_entry_says_what_it_missed)
{
    struct paper p;
    const struct bibliography_entry *entries;

    paper_open(&p, "in-text",
               "<bibliography><layout><text variable='title'/><text variable='publisher'/>"
               "</layout></bibliography>",
               WORKS);
    paper_include_all(&p);
    CHECK(processor_bibliography(p.processor, &entries) == 4);
    CHECK(entries[0].missing_count == 1 && entries[0].missing[0] == VARIABLE_PUBLISHER);
    CHECK(entries[0].number == 1 && entries[0].item == &p.items.items[0]);
    paper_close(&p);
}
