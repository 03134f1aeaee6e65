/* JATS: the references of an article, and the article itself. */
#include "base/arena.h"
#include "check.h"
#include "support.h"

#include <string.h>

static arena memory;

static osler_record read_reference(const char *citation)
{
    buf text = {0};
    buf_printf(&text,
               "<article><back><ref-list><ref id=\"B1\"><label>1</label>%s</ref></ref-list></back>"
               "</article>",
               citation);
    osler_record record = support_record(&memory, buf_str(&text), NULL);
    buf_free(&text);
    return record;
}

static void check_story(const char *text, const char *expected)
{
    buf story = support_story(str_of(text), NULL);
    CHECK_TEXT(story.data, expected);
    buf_free(&story);
}

TEST(an_article_in_a_journal)
{
    osler_record r = read_reference(
        "<element-citation publication-type=\"journal\"><person-group "
        "person-group-type=\"author\"><name><surname>van Moe</surname><given-names>Jean-Paul"
        "</given-names><suffix>Jr</suffix></name><name><surname>Roe</surname><given-names>AB"
        "</given-names></name><collab>Wool <italic>Group</italic></collab><etal/></person-group>"
        "<article-title>Wool <italic>is</italic>\n soft</article-title><source>J Yarn</source>"
        "<year>2019</year><month>Mar</month><volume>12</volume><issue>3</issue><fpage>347</fpage>"
        "<lpage>54</lpage><pub-id pub-id-type=\"doi\">10.9999/wool</pub-id><pub-id "
        "pub-id-type=\"pmid\">990000001</pub-id><size units=\"pages\">8</size></element-citation>");
    CHECK_TEXT(r.key, "B1");
    CHECK_TEXT(r.csl_type, "article-journal");
    CHECK_TEXT(r.title, "Wool <i>is</i> soft");
    CHECK_TEXT(r.container_title, "J Yarn");
    CHECK_TEXT(r.page_last, "354");
    CHECK_TEXT(r.doi, "10.9999/wool");
    CHECK_TEXT(r.pmid, "990000001");
    CHECK(r.names_incomplete && osler_record_date(&r, "issued")->month == 3);
    CHECK_TEXT(r.extras.items[0].tag, "size");
    buf names = support_names(&r);
    CHECK_TEXT(buf_text(&names), "author van Moe, Jean-Paul [JP] Jr; author Roe, AB [AB]; author "
                                 "{Wool <i>Group</i>}");
    buf_free(&names);
    arena_free(&memory);
}

TEST(a_chapter_among_text)
{
    osler_record r = read_reference(
        "<mixed-citation publication-type=\"book\"><string-name><surname>Doe</surname>, "
        "<given-names>J.</given-names></string-name>. <chapter-title>Yarns</chapter-title>. In: "
        "<person-group person-group-type=\"editor\"><name><surname>Poe</surname><given-names>E"
        "</given-names></name></person-group>, eds. <source>The Book</source>. <publisher-loc>"
        "Yarntown</publisher-loc>: <publisher-name>Knit</publisher-name>; <year>2005a</year>. "
        "<ext-link ext-link-type=\"uri\" "
        "xlink:href=\"https://doi.org/10.9999/book\">link</ext-link>"
        "</mixed-citation>");
    CHECK_TEXT(r.csl_type, "chapter");
    CHECK_TEXT(r.title, "Yarns");
    CHECK_TEXT(r.container_title, "The Book");
    CHECK_TEXT(r.publisher_place, "Yarntown");
    CHECK_TEXT(r.doi, "10.9999/book");
    CHECK(osler_record_year(&r) == 2005);
    CHECK_TEXT(r.names.items[1].role, "editor");
    r = read_reference("<element-citation publication-type=\"book\"><source>A Book</source>"
                       "<year>1999</year></element-citation>");
    CHECK_TEXT(r.csl_type, "book");
    CHECK_TEXT(r.title, "A Book");
    r = read_reference("<mixed-citation>Nothing is marked. 1999.</mixed-citation>");
    CHECK_TEXT(r.notes.items[0], "Nothing is marked. 1999.");
    arena_free(&memory);
}

TEST(each_citation_is_one_item)
{
    check_story("<article><back><ref-list>\n<ref><element-citation><pub-id "
                "pub-id-type=\"pmid\">990000001</pub-id></element-citation>\n<element-citation>"
                "<pub-id pub-id-type=\"pmid\">990000002</pub-id></element-citation></ref>\n"
                "<ref><citation-alternatives><mixed-citation>x</mixed-citation><element-citation>"
                "<pub-id pub-id-type=\"pmid\">990000003</pub-id></element-citation>"
                "</citation-alternatives></ref></ref-list></back></article>",
                "record 990000001 at 2\nrecord 990000002 at 3\nrecord 990000003 at 4\ncomplete\n");
    check_story("<ref-list><ref><label>1</label></ref></ref-list>",
                "malformed input at 1: this <ref> has no citation that says anything\ncomplete\n");
}

static const char article[] =
    "<article><front><journal-meta><journal-id journal-id-type=\"nlm-ta\">J Yarn</journal-id>"
    "<journal-title-group><journal-title>Journal of Yarn</journal-title></journal-title-group>"
    "<issn pub-type=\"ppub\">1234-5678</issn></journal-meta><article-meta>"
    "<article-id pub-id-type=\"pmid\">990000001</article-id><title-group><article-title>Wool"
    "</article-title><subtitle>soft</subtitle></title-group><contrib-group><contrib "
    "contrib-type=\"author\"><contrib-id contrib-id-type=\"orcid\">"
    "https://orcid.org/0000-0002-1825-0097</contrib-id><name><surname>Roe</"
    "surname><given-names>Ann "
    "B</given-names></name><xref ref-type=\"aff\" rid=\"a1\"/></contrib><aff id=\"a1\"><label>1"
    "</label>Institute of Wool</aff></contrib-group><pub-date pub-type=\"ppub\"><month>3</month>"
    "<year>2019</year></pub-date><volume>12</volume><elocation-id>e12</elocation-id><abstract><sec>"
    "<title>Methods</title><p>We knitted.</p></sec></abstract><kwd-group><kwd>wool</kwd>"
    "</kwd-group></article-meta></front>";

TEST(the_article_itself_where_it_has_no_references)
{
    buf text = {0};
    buf_printf(&text, "%s<body/></article>", article);
    osler_record r = support_record(&memory, buf_str(&text), NULL);
    CHECK_TEXT(r.title, "Wool: soft");
    CHECK_TEXT(r.container_title, "Journal of Yarn");
    CHECK_TEXT(r.container_title_medline, "J Yarn");
    CHECK_TEXT(r.article_number, "e12");
    CHECK_TEXT(r.names.items[0].orcid, "0000-0002-1825-0097");
    CHECK_TEXT(r.names.items[0].affiliations.items[0].text, "Institute of Wool");
    CHECK_TEXT(r.abstract.items[0].label, "Methods");
    CHECK(r.keywords.count == 1 && osler_record_year(&r) == 2019);
    buf_clear(&text);
    buf_printf(&text,
               "<pmc-articleset>%s</article>%s<back><ref-list><ref><element-citation>"
               "<pub-id pub-id-type=\"pmid\">990000002</pub-id></element-citation></ref>"
               "</ref-list></back></article></pmc-articleset>",
               article, article);
    check_story(buf_text(&text), "record 990000001 at 1\nrecord 990000002 at 1\ncomplete\n");
    buf_free(&text);
    arena_free(&memory);
}
