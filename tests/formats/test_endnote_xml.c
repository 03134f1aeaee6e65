/* EndNote's XML: records of it, and what is written for EndNote. */
#include "base/arena.h"
#include "check.h"
#include "formats/writer.h"
#include "support.h"

#include <string.h>

static arena memory;

static osler_record read_elements(const char *elements)
{
    buf text = {0};
    buf_printf(&text, "<?xml version=\"1.0\"?><xml><records><record>%s</record></records></xml>",
               elements);
    osler_record record = support_record(&memory, buf_str(&text), "endnote-xml");
    buf_free(&text);
    return record;
}

static void check_story(const char *text, const char *expected)
{
    buf story = support_story(str_of(text), "endnote-xml");
    CHECK_TEXT(story.data, expected);
    buf_free(&story);
}

TEST(faces_are_markup)
{
    osler_record r = read_elements(
        "<titles><title>\n <style face=\"normal\">Wool of </style><style face=\"italic\">Ovis "
        "aries</style><style face=\"bold italic\"> &lt; </style><style "
        "face=\"superscript\">2</style></title></titles>");
    CHECK_TEXT(r.title, "Wool of <i>Ovis aries</i><b><i> &lt; </i></b><sup>2</sup>");
    arena_free(&memory);
}

TEST(elements_go_to_fields)
{
    osler_record r = read_elements(
        "<database>x.enl</database><rec-number>7</rec-number><ref-type>5</ref-type>"
        "<contributors><authors><author>Roe, Ann B.</author><author>Wool Group,</author></authors>"
        "<secondary-authors><author>Doe, C.</author></secondary-authors></contributors>"
        "<titles><title>Yarn</title><secondary-title>The Book</secondary-title></titles>"
        "<pages start=\"12\" end=\"19\"/><dates><year>2019</year><pub-dates><date>Mar 12</date>"
        "</pub-dates></dates><isbn>978-0-00-000000-2&#xD;1234-5678</isbn>"
        "<accession-num>990000001</accession-num><custom3>kept</custom3><urls><web-urls><url>"
        "https://example.org/wool</url></web-urls></urls>"
        "<remote-database-provider>NLM</remote-database-provider><notes>one&#xD;two</notes>");
    CHECK_TEXT(r.key, "7");
    CHECK_TEXT(r.csl_type, "chapter");
    CHECK_TEXT(r.container_title, "The Book");
    CHECK_TEXT(r.pages, "12-19");
    CHECK_TEXT(r.pmid, "990000001");
    CHECK_TEXT(r.issn, "1234-5678");
    CHECK(r.isbn.count == 1 && r.notes.count == 2 && r.urls.count == 1);
    CHECK(osler_record_date(&r, "issued")->day == 12);
    CHECK_TEXT(r.extras.items[0].tag, "custom3");
    buf names = support_names(&r);
    CHECK_TEXT(buf_text(&names),
               "author Roe, Ann B. [AB]; author {Wool Group}; editor Doe, C. [C]");
    buf_free(&names);
    arena_free(&memory);
}

TEST(the_label_goes_before_the_number)
{
    osler_record r = read_elements("<rec-number>7</rec-number><label>roe2019</label>");
    CHECK_TEXT(r.key, "roe2019");
    arena_free(&memory);
}

TEST(broken_records_cost_no_others)
{
    check_story("<xml><records><record><titles><title>a</title></titles>\n"
                "<record><titles><title>b</title></titles></record></records></xml>",
                "malformed input at 1: this <record> has no end tag\nrecord - at 2\ncomplete\n");
    check_story("<xml><records>\n<record><titles><title>a</titles></record>\n"
                "<record><label>b</label></record></records></xml>",
                "malformed input at 2: malformed XML: Opening and ending tag mismatch: title line "
                "1 and titles\nrecord - at 3\ncomplete\n");
    check_story("<xml><records><record><label>b",
                "malformed input at 1: the file ends inside this <record>: it is truncated\n"
                "not complete\n");
    check_story("<xml><records><record><label>b</label></record>",
                "record - at 1\nmalformed input at 1: the file ends without </xml>: it is "
                "truncated\nnot complete\n");
    check_story("<xml><!-- <record> --><records><record><label>&nbsp;</label></record></records>"
                "</xml>",
                "malformed input at 1: the entity &nbsp; is not one of XML's own\ncomplete\n");
}

TEST(the_encoding_is_the_declared_one)
{
    osler_record r = support_record(
        &memory,
        str_of(
            "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><xml><records><record><titles><title>"
            "K\xE4se</title></titles></record></records></xml>"),
        "endnote-xml");
    CHECK_TEXT(r.title, "K\xC3\xA4se");
    arena_free(&memory);
}

TEST(what_is_written_is_what_endnote_imports)
{
    osler_affiliation places[] = {{.text = "Institute of Wool"}};
    osler_name names[] = {{.role = "author",
                           .family = "Roe",
                           .given = "Ann",
                           .initials = "A",
                           .affiliations = {places, 1}},
                          {.role = "author", .family = "Doe", .given = "C", .initials = "C"}};
    const char *notes[] = {"one", "two"};
    osler_record record = {.title = "Wool <i>is</i> &lt; 5",
                           .csl_type = "article-journal",
                           .names = {names, 2},
                           .notes = {notes, 2}};
    buf text = {0};
    writer_endnote_xml.write(&text, &record);
    CHECK_TEXT(
        buf_text(&text),
        "<record><source-app name=\"Osler\">Osler</source-app>"
        "<ref-type name=\"Journal Article\">17</ref-type><contributors><authors><author><style "
        "face=\"normal\" font=\"default\" size=\"100%\">Roe, Ann</style></author><author><style "
        "face=\"normal\" font=\"default\" size=\"100%\">Doe, C</style></author></authors>"
        "</contributors><auth-address><style face=\"normal\" font=\"default\" "
        "size=\"100%\">Institute of Wool</style></auth-address><titles><title><style "
        "face=\"normal\" font=\"default\" size=\"100%\">Wool </style><style face=\"italic\" "
        "font=\"default\" size=\"100%\">is</style><style face=\"normal\" font=\"default\" "
        "size=\"100%\"> &lt; 5</style></title></titles><notes><style face=\"normal\" "
        "font=\"default\" size=\"100%\">one&#xD;</style><style face=\"normal\" font=\"default\" "
        "size=\"100%\">two</style></notes></record>\n");
    buf_free(&text);
}
