/* What PubMed XML says and where it goes: the quirks that records in the wild have.  The field by
 * field comparison on real records is check_oracle.sh; all records here are invented. */
#include "check.h"
#include "support.h"

#include <string.h>

static const char *or_dash(const char *text)
{
    return text ? text : "-";
}

/* Every row: content of a MedlineCitation, and the title that comes of it. */
TEST(titles)
{
    static const char *const cases[][2] = {
        {"A plain title.", "A plain title."},
        {"Run of\n   white\tspace ", "Run of white space"},
        {"H<sub>2</sub>O and 10<sup>-3</sup>", "H<sub>2</sub>O and 10<sup>-3</sup>"},
        {"<i>E. coli </i>in <b>bold</b> and <u>under</u>",
         "<i>E. coli</i> in <b>bold</b> and <u>under</u>"},
        {"an empty <i></i> tag and <b> </b> another", "an empty tag and another"},
        {"P&lt;0.001 &amp; n&gt;3", "P&lt;0.001 &amp; n&gt;3"},
        {"twice: &amp;lt;i&amp;gt; &amp;amp; &amp;beta; &amp;#946; &amp;#x3b2; &amp;nonsense;",
         "twice: &lt;i&gt; &amp; \xCE\xB2 \xCE\xB2 \xCE\xB2 &amp;nonsense;"},
        {"&#946;-blockers &#x2212;", "\xCE\xB2-blockers \xE2\x88\x92"},
        {"<![CDATA[a < b & c]]>", "a &lt; b &amp; c"},
        {"kept <span>text <em>of</em></span> others", "kept text of others"},
        {"a <!-- comment --> b <?instruction?> c", "a b c"},
        {"with <math><msup> <mi>x</mi>\n <mn> 2 </mn></msup></math> in it", "with x2 in it"},
        {"<mml:math><mml:semantics><mml:mi>y</mml:mi><mml:annotation>y_{tex}</mml:annotation>"
         "</mml:semantics></mml:math>",
         "y"},
        {"[Not Available].", "[Not Available]."},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        buf content = {0};
        buf_printf(&content, "<Article><ArticleTitle>%s</ArticleTitle></Article>", cases[i][0]);
        buf article = support_article(buf_text(&content));
        arena memory = {0};
        osler_record record = support_record(&memory, buf_str(&article), NULL);
        CHECK_TEXT(or_dash(record.title), cases[i][1]);
        CHECK(!record.title || markup_valid(str_of(record.title)));
        arena_free(&memory);
        buf_free(&article);
        buf_free(&content);
    }
}

TEST(names)
{
    static const char *const cases[][2] = {
        {"<Author><LastName>Long</LastName><ForeName>Vicky</ForeName><Initials>V</Initials>"
         "</Author>",
         "author Long, Vicky [V]"},
        {"<Author><LastName>Madonna</LastName></Author>", "author Madonna, -"},
        {"<Author><LastName>Smith</LastName><ForeName>J A</ForeName><Initials>JA</Initials>"
         "<Suffix>3<sup>rd</sup></Suffix></Author>",
         "author Smith, J A [JA] 3<sup>rd</sup>"},
        {"<Author><CollectiveName>The <i>ABC</i> Group</CollectiveName></Author>"
         "<Author><LastName>Long</LastName></Author>",
         "author {The <i>ABC</i> Group}; author Long, -"},
        {"<Author><LastName>Doe</LastName><FirstName>Jane</FirstName><MiddleName>Q</MiddleName>"
         "</Author>",
         "author Doe, Jane Q"},
        {"<Author><LastName>Long</LastName></Author><Author><LastName>et al</LastName></Author>",
         "author Long, -"},
        {"<Author><LastName/><ForeName> </ForeName></Author>", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        buf content = {0};
        buf_printf(&content, "<Article><AuthorList>%s</AuthorList></Article>", cases[i][0]);
        buf article = support_article(buf_text(&content));
        arena memory = {0};
        osler_record record = support_record(&memory, buf_str(&article), NULL);
        buf names = support_names(&record);
        CHECK_TEXT(names.data, cases[i][1]);
        buf_free(&names);
        arena_free(&memory);
        buf_free(&article);
        buf_free(&content);
    }
}

static const char people[] =
    "<Article><AuthorList CompleteYN=\"N\">"
    "<Author ValidYN=\"N\"><LastName>Old</LastName></Author>"
    "<Author EqualContrib=\"Y\"><LastName>New</LastName>"
    "<Identifier Source=\"ORCID\">https://orcid.org/0000-0002-1825-0097</Identifier>"
    "<Identifier Source=\"ISNI\">0000 0001</Identifier>"
    "<AffiliationInfo><Affiliation>First place</Affiliation>"
    "<Identifier Source=\"ROR\">https://ror.org/05x</Identifier></AffiliationInfo>"
    "<AffiliationInfo><Affiliation>Second place</Affiliation></AffiliationInfo></Author>"
    "<Author><CollectiveName>Trial Group</CollectiveName></Author>"
    "</AuthorList></Article>"
    "<PersonalNameSubjectList><PersonalNameSubject><LastName>Subject</LastName>"
    "</PersonalNameSubject></PersonalNameSubjectList>"
    "<InvestigatorList><Investigator><LastName>Member</LastName></Investigator>"
    "</InvestigatorList>";

TEST(what_belongs_to_a_name)
{
    buf article = support_article(people);
    arena memory = {0};
    osler_record record = support_record(&memory, buf_str(&article), NULL);
    CHECK(record.names.count == 5 && record.names_incomplete);
    const osler_name *n = record.names.items;
    CHECK(n[0].superseded && !n[1].superseded && n[1].equal_contribution);
    CHECK_TEXT(n[1].orcid, "0000-0002-1825-0097");
    CHECK(n[1].identifiers.count == 1);
    CHECK_TEXT(n[1].identifiers.items[0].scheme, "isni");
    CHECK(n[1].affiliations.count == 2);
    CHECK_TEXT(n[1].affiliations.items[1].text, "Second place");
    CHECK_TEXT(n[1].affiliations.items[0].identifiers.items[0].scheme, "ror");
    CHECK_TEXT(n[3].role, "subject");
    CHECK_TEXT(n[4].role, "investigator");
    CHECK_TEXT(n[4].group, "Trial Group");
    arena_free(&memory);
    buf_free(&article);
}

/* Content of Article, content of PubmedData, and the DOI: the record's own, never a cited one. */
TEST(identifiers_of_the_record)
{
    static const char *const cases[][3] = {
        {"", "<ArticleIdList><ArticleId IdType=\"doi\">10.1000/a</ArticleId></ArticleIdList>",
         "10.1000/a"},
        {"<ELocationID EIdType=\"doi\">10.1000/e</ELocationID>", "", "10.1000/e"},
        {"<ELocationID EIdType=\"doi\">10.1000/e</ELocationID>",
         "<ArticleIdList><ArticleId IdType=\"doi\">10.1000/a</ArticleId></ArticleIdList>",
         "10.1000/a"},
        {"<ELocationID EIdType=\"doi\" ValidYN=\"N\">10.1000/bad</ELocationID>"
         "<ELocationID EIdType=\"doi\" ValidYN=\"Y\">10.1000/good</ELocationID>",
         "", "10.1000/good"},
        {"<ELocationID EIdType=\"doi\" ValidYN=\"N\">10.1000/bad</ELocationID>"
         "<ELocationID EIdType=\"doi\" ValidYN=\"Y\">10.1000/good</ELocationID>",
         "<ArticleIdList><ArticleId IdType=\"doi\">10.1000/bad</ArticleId></ArticleIdList>",
         "10.1000/good"},
        {"<ELocationID EIdType=\"doi\" ValidYN=\"N\">10.1000/bad</ELocationID>", "", "-"},
        {"",
         "<ReferenceList><Reference><Citation>x</Citation><ArticleIdList>"
         "<ArticleId IdType=\"doi\">10.1000/cited</ArticleId></ArticleIdList></Reference>"
         "</ReferenceList>",
         "-"},
        {"",
         "<ArticleIdList><ArticleId IdType=\"doi\">10.1002/(SICI)1&lt;1::A&gt;3.0;2-2</ArticleId>"
         "</ArticleIdList>",
         "10.1002/(SICI)1<1::A>3.0;2-2"},
        {"", "<ArticleIdList><ArticleId IdType=\"doi\">no doi</ArticleId></ArticleIdList>", "-"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        buf article = {0};
        buf_printf(&article,
                   "<PubmedArticle><MedlineCitation><PMID>990000001</PMID><Article>%s</Article>"
                   "</MedlineCitation><PubmedData>%s</PubmedData></PubmedArticle>",
                   cases[i][0], cases[i][1]);
        arena memory = {0};
        osler_record record = support_record(&memory, buf_str(&article), NULL);
        CHECK_TEXT(or_dash(record.doi), cases[i][2]);
        arena_free(&memory);
        buf_free(&article);
    }
}

TEST(a_cited_reference_keeps_its_identifiers)
{
    static const str article =
        STR("<PubmedArticle><MedlineCitation><PMID>990000001</PMID></MedlineCitation><PubmedData>"
            "<ReferenceList><Title>Main</Title><Reference><Citation>One, <i>et al</i></Citation>"
            "<ArticleIdList><ArticleId IdType=\"pubmed\">990000009</ArticleId>"
            "<ArticleId IdType=\"pmc\">PMC9</ArticleId></ArticleIdList></Reference>"
            "<ReferenceList><Title>Inner</Title><Reference><Citation>Two</Citation></Reference>"
            "</ReferenceList></ReferenceList></PubmedData></PubmedArticle>");
    arena memory = {0};
    osler_record record = support_record(&memory, article, NULL);
    CHECK(record.references.count == 2 && !record.pmcid && !record.identifiers.count);
    CHECK_TEXT(record.references.items[0].citation, "One, <i>et al</i>");
    CHECK(record.references.items[0].identifiers.count == 2);
    CHECK_TEXT(record.references.items[0].section, "Main");
    CHECK_TEXT(record.references.items[1].section, "Inner");
    arena_free(&memory);
}

/* Pagination and ELocationID: pages as printed, first, last, article number. */
TEST(pages_of_an_article)
{
    static const char *const cases[][5] = {
        {"<Pagination><MedlinePgn>347-54</MedlinePgn></Pagination>", "347-54", "347", "354", "-"},
        {"<Pagination><StartPage>347</StartPage><EndPage>354</EndPage><MedlinePgn>347-54"
         "</MedlinePgn></Pagination>",
         "347-54", "347", "354", "-"},
        {"<Pagination><StartPage>S1</StartPage><EndPage>S9</EndPage></Pagination>", "S1-S9", "S1",
         "S9", "-"},
        {"<Pagination><StartPage>1143</StartPage><EndPage>1149.e4</"
         "EndPage><MedlinePgn>1143-1149.e1-4"
         "</MedlinePgn></Pagination>",
         "1143-1149.e1-4", "1143", "1149.e4", "-"},
        {"<Pagination><StartPage>347</StartPage><EndPage>59</EndPage><MedlinePgn>347-54"
         "</MedlinePgn></Pagination>",
         "347-54", "347", "359", "-"},
        {"<Pagination><MedlinePgn>e123456</MedlinePgn></Pagination>", "e123456", "e123456", "-",
         "e123456"},
        {"<ELocationID EIdType=\"pii\">e10042</ELocationID>", "-", "-", "-", "e10042"},
        {"<ELocationID EIdType=\"pii\">S0140-6736(20)30183-5</ELocationID>", "-", "-", "-", "-"},
        {"", "-", "-", "-", "-"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        buf content = {0};
        buf_printf(&content, "<Article>%s</Article>", cases[i][0]);
        buf article = support_article(buf_text(&content));
        arena memory = {0};
        osler_record record = support_record(&memory, buf_str(&article), NULL);
        CHECK_TEXT(or_dash(record.pages), cases[i][1]);
        CHECK_TEXT(or_dash(record.page_first), cases[i][2]);
        CHECK_TEXT(or_dash(record.page_last), cases[i][3]);
        CHECK_TEXT(or_dash(record.article_number), cases[i][4]);
        arena_free(&memory);
        buf_free(&article);
        buf_free(&content);
    }
}

TEST(dates_keep_what_their_parts_do_not_say)
{
    static const struct {
        const char *date;
        int year, month, day, season, end_year, end_month;
        const char *text;
    } cases[] = {
        {"<Year>2015</Year><Month>Jan</Month><Day>7</Day>", 2015, 1, 7, 0, 0, 0, "-"},
        {"<Year>2015</Year><Month>01</Month>", 2015, 1, 0, 0, 0, 0, "-"},
        {"<Year>2015</Year><Season>Winter</Season>", 2015, 0, 0, 4, 0, 0, "-"},
        {"<Year>2015</Year><Season>Jul-Aug</Season>", 2015, 7, 0, 0, 2015, 8, "2015 Jul-Aug"},
        {"<MedlineDate>1998 Dec-1999 Jan</MedlineDate>", 1998, 12, 0, 0, 1999, 1,
         "1998 Dec-1999 Jan"},
        {"<MedlineDate>Winter 2016-2017</MedlineDate>", 2016, 0, 0, 4, 2017, 0, "Winter 2016-2017"},
        {"<MedlineDate>1997-1998 Winter</MedlineDate>", 1997, 0, 0, 4, 1998, 0, "1997-1998 Winter"},
        {"<Year>2016</Year><Month>13</Month><Day>1</Day>", 2016, 0, 0, 0, 0, 0, "2016 13 1"},
        {"<Year>2016</Year><Month>2</Month><Day>32</Day>", 2016, 2, 0, 0, 0, 0, "2016 2 32"},
        {"<Year>2016</Year><Month>Feb</Month><Day>31</Day>", 2016, 2, 0, 0, 0, 0, "2016 Feb 31"},
        {"<Year>2016</Year><Day>7</Day>", 2016, 0, 0, 0, 0, 0, "2016 7"},
        {"<Year>16</Year>", 0, 0, 0, 0, 0, 0, "16"},
        {"<Year>16</Year><Month>1</Month><Day>5</Day>", 0, 1, 5, 0, 0, 0, "16 1 5"},
        {"<Year>2016</Year><Month>5</Month><Season>7</Season>", 2016, 5, 0, 0, 0, 0, "2016 5 7"},
        {"<MedlineDate>no year at all</MedlineDate>", 0, 0, 0, 0, 0, 0, "no year at all"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        buf content = {0};
        buf_printf(&content,
                   "<Article><Journal><JournalIssue><PubDate>%s</PubDate></JournalIssue></Journal>"
                   "</Article>",
                   cases[i].date);
        buf article = support_article(buf_text(&content));
        arena memory = {0};
        osler_record record = support_record(&memory, buf_str(&article), NULL);
        const osler_date *d = osler_record_date(&record, "issued");
        CHECK(d && d->year == cases[i].year && d->month == cases[i].month);
        CHECK(d && d->day == cases[i].day && d->season == cases[i].season);
        CHECK(d && d->end_year == cases[i].end_year && d->end_month == cases[i].end_month);
        CHECK_TEXT(d ? or_dash(d->text) : NULL, cases[i].text);
        arena_free(&memory);
        buf_free(&article);
        buf_free(&content);
    }
}

static const char rest[] =
    "<Article><Journal><Title>A &amp; B</Title></Journal><Abstract>"
    "<AbstractText Label=\"AIMS &amp; &lt;MORE&gt;\" NlmCategory=\"OBJECTIVE\">To "
    "see.</AbstractText>"
    "<AbstractText>Without label.</AbstractText>"
    "<CopyrightInformation>(c) us</CopyrightInformation></Abstract>"
    "<PublicationTypeList><PublicationType UI=\"D016449\">Randomized Controlled Trial"
    "</PublicationType></PublicationTypeList></Article>"
    "<CommentsCorrectionsList><CommentsCorrections RefType=\"RetractionIn\"><RefSource>J. "
    "1</RefSource>"
    "<PMID>990000002</PMID></CommentsCorrections></CommentsCorrectionsList>"
    "<MeshHeadingList><MeshHeading><DescriptorName UI=\"D018781\" MajorTopicYN=\"N\" AutoHM=\"Y\">"
    "Tension-Type Headache</DescriptorName><QualifierName UI=\"Q000628\" MajorTopicYN=\"Y\">therapy"
    "</QualifierName></MeshHeading></MeshHeadingList>"
    "<OtherAbstract Type=\"plain-language-summary\" Language=\"eng\"><AbstractText>Plainly."
    "</AbstractText></OtherAbstract>"
    "<OtherID Source=\"NLM\">PMC2762775 [Available on 01/01/99]</OtherID>"
    "<KeywordList Owner=\"NOTNLM\"><Keyword MajorTopicYN=\"Y\">one; "
    "<i>two</i></Keyword></KeywordList>"
    "<CoiStatement>None.</CoiStatement><NumberOfReferences>7</NumberOfReferences>"
    "<FutureElement><ArticleTitle>not this</ArticleTitle></FutureElement>";

TEST(the_rest_of_a_record)
{
    buf article = support_article(rest);
    arena memory = {0};
    osler_record r = support_record(&memory, buf_str(&article), NULL);
    CHECK_TEXT(r.container_title, "A & B");
    CHECK(r.abstract.count == 2 && !r.abstract.items[1].label);
    CHECK_TEXT(r.abstract.items[0].label, "AIMS & <MORE>");
    CHECK_TEXT(r.abstract.items[0].category, "OBJECTIVE");
    CHECK_TEXT(r.abstract_copyright, "(c) us");
    CHECK_TEXT(r.publication_types.items[0].ui, "D016449");
    CHECK_TEXT(r.corrections.items[0].type, "RetractionIn");
    CHECK_TEXT(r.corrections.items[0].pmid, "990000002");
    CHECK(!r.headings.items[0].major && r.headings.items[0].automatic);
    CHECK(r.headings.items[0].qualifiers.items[0].major);
    CHECK_TEXT(r.other_abstracts.items[0].type, "plain-language-summary");
    CHECK_TEXT(r.pmcid, "PMC2762775");
    CHECK(r.keywords.items[0].major);
    CHECK_TEXT(r.keywords.items[0].text, "one; <i>two</i>");
    CHECK_TEXT(r.conflict_of_interest, "None.");
    CHECK_TEXT(r.extras.items[0].tag, "NumberOfReferences");
    CHECK(!r.title);
    arena_free(&memory);
    buf_free(&article);
}

/* A label as it stands in the file, and as it is kept. */
TEST(texts_of_attributes)
{
    static const char *const cases[][2] = {
        {"METHODS", "METHODS"},
        {" R&#10;S\n  T ", "R S T"},
        {"A &amp; B", "A & B"},
        {"P &amp;lt; 1 &amp;amp; &amp;beta; &amp;none;", "P < 1 & \xCE\xB2 &none;"},
        {" ", "-"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        buf content = {0};
        buf_printf(&content,
                   "<Article><Abstract><AbstractText Label=\"%s\">Text.</AbstractText></Abstract>"
                   "</Article>",
                   cases[i][0]);
        buf article = support_article(buf_text(&content));
        arena memory = {0};
        osler_record record = support_record(&memory, buf_str(&article), NULL);
        CHECK_TEXT(or_dash(record.abstract.items[0].label), cases[i][1]);
        arena_free(&memory);
        buf_free(&article);
        buf_free(&content);
    }
}

TEST(defaults_of_the_dtd)
{
    buf article = support_article(
        "<OtherAbstract Type=\"Publisher\"><AbstractText>One.</AbstractText></OtherAbstract>"
        "<KeywordList><Keyword>two</Keyword></KeywordList>");
    arena memory = {0};
    osler_record r = support_record(&memory, buf_str(&article), NULL);
    CHECK_TEXT(r.other_abstracts.items[0].language, "eng");
    CHECK_TEXT(r.keywords.items[0].owner, "NLM");
    CHECK_TEXT(r.owner, "NLM");
    arena_free(&memory);
    buf_free(&article);
}

static const str chapter = STR(
    "<PubmedBookArticle><BookDocument><PMID Version=\"2\">990000003</PMID><ArticleIdList>"
    "<ArticleId IdType=\"bookaccession\">NBK990</ArticleId></ArticleIdList><Book><Publisher>"
    "<PublisherName>House</PublisherName><PublisherLocation>Town</PublisherLocation></Publisher>"
    "<BookTitle>The <i>Book</i></BookTitle><PubDate><Year>2020</Year></PubDate>"
    "<AuthorList Type=\"editors\"><Author><LastName>Ed</LastName></Author></AuthorList>"
    "<AuthorList Type=\"authors\"><Author><LastName>Whole</LastName></Author></AuthorList>"
    "<Isbn>9780000000000</Isbn><Medium>Internet</Medium></Book>"
    "<ArticleTitle>The chapter</ArticleTitle><AuthorList Type=\"authors\"><Author>"
    "<LastName>Part</LastName></Author></AuthorList><PublicationType UI=\"D016454\">Review"
    "</PublicationType><Sections><Section><SectionTitle>One</SectionTitle><Section>"
    "<LocationLabel Type=\"chapter\">4</LocationLabel><SectionTitle>Two</SectionTitle></Section>"
    "<Section><LocationLabel>5</LocationLabel></Section></Section></Sections></BookDocument>"
    "<PubmedBookData><PublicationStatus>ppublish</PublicationStatus></PubmedBookData>"
    "</PubmedBookArticle>");

TEST(a_chapter_of_a_book)
{
    arena memory = {0};
    osler_record r = support_record(&memory, chapter, NULL);
    buf names = support_names(&r);
    CHECK_TEXT(r.csl_type, "chapter");
    CHECK_TEXT(r.title, "The chapter");
    CHECK_TEXT(r.book_title, "The <i>Book</i>");
    CHECK_TEXT(r.container_title, "The Book");
    CHECK_TEXT(names.data, "editor Ed, -; container-author Whole, -; author Part, -");
    CHECK(r.pmid_version == 2 && r.sections.count == 3 && r.isbn.count == 1);
    CHECK_TEXT(r.sections.items[0], "One");
    CHECK_TEXT(r.sections.items[1], "4 Two");
    CHECK_TEXT(r.sections.items[2], "5");
    CHECK(osler_record_year(&r) == 2020);
    CHECK_TEXT(r.publisher_place, "Town");
    buf_free(&names);
    arena_free(&memory);
}
