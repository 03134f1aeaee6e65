/*
 * The two ways through an item of PubMed XML: what the quick one takes, libxml2 takes too, and both
 * make the same record of it, on sound items and on thousands of damaged ones.
 */
#include "check.h"
#include "formats/pubmed_xml/parser.h"
#include "record/pack.h"

#include <string.h>

/* What each way makes of one item. */
struct ways {
    pubmed_parser *quick, *thorough;
    arena memory;
    buf packed[2];
    unsigned long quickly, all;
};

static struct ways open_ways(void)
{
    struct ways w = {.quick = pubmed_parser_new(), .thorough = pubmed_parser_new()};
    w.thorough->thorough = true;
    return w;
}

static void close_ways(struct ways *w)
{
    pubmed_parser_free(w->quick);
    pubmed_parser_free(w->thorough);
    arena_free(&w->memory);
    buf_free(&w->packed[0]);
    buf_free(&w->packed[1]);
}

static osler_status parse(struct ways *w, pubmed_parser *p, str item, buf *packed,
                          osler_error *error)
{
    arena_clear(&w->memory);
    buf_clear(packed);
    osler_status status = pubmed_parse(p, &w->memory, item, 1, "", error);
    if (status == OSLER_OK)
        record_pack(packed, p->record);
    return status;
}

/* True when both ways agree on `item`. */
static bool agree(struct ways *w, str item)
{
    osler_error errors[2] = {{0}, {0}};
    osler_status first = parse(w, w->quick, item, &w->packed[0], &errors[0]);
    w->all++;
    if (!w->quick->quick)
        return true; /* it was libxml2 that read it */
    w->quickly++;
    osler_status second = parse(w, w->thorough, item, &w->packed[1], &errors[1]);
    return first == second && strcmp(errors[0].message, errors[1].message) == 0 &&
           w->quick->deletion == w->thorough->deletion &&
           str_equal(buf_str(&w->packed[0]), buf_str(&w->packed[1]));
}

#define TITLE(text)                                                                                \
    "<PubmedArticle><MedlineCitation Status=\"MEDLINE\" Owner=\"NLM\">\n<PMID>990000001</PMID>"    \
    "<Article><ArticleTitle>" text "</ArticleTitle></Article></MedlineCitation></PubmedArticle>"

static const char article[] =
    "<PubmedArticle>\r\n  <MedlineCitation Status=\"MEDLINE\" Owner='NLM' VersionID=\"2\">\n"
    "    <PMID Version=\"1\">990000001</PMID>\n"
    "    <DateRevised><Year>2020</Year><Month>02</Month><Day>30</Day></DateRevised>\n"
    "    <Article PubModel=\"Print\"><Journal><ISSN IssnType=\"Print\">0000-0000</ISSN>\n"
    "      <JournalIssue CitedMedium=\"Print\"><Volume>3</Volume><PubDate>"
    "<MedlineDate>1998 Dec-1999 Jan</MedlineDate></PubDate></JournalIssue></Journal>\n"
    "      <ArticleTitle>Effect of  <i>H. <sub>2</sub></i> &amp; x &lt; 3 &#946;&#x3b2;, 50&#37; "
    "of "
    "&amp;lt;all&amp;gt;\xC3\xA9\xE2\x89\xA5<math><mi> a </mi>\n<mo>+</mo></math>.</ArticleTitle>\n"
    "      <Pagination><MedlinePgn>347-54</MedlinePgn></Pagination>"
    "<ELocationID EIdType=\"doi\" ValidYN=\"Y\">10.99999/x.1</ELocationID>\n"
    "      <Abstract><AbstractText Label=\"METHODS AND MORE\" NlmCategory=\"METHODS\"> We did what "
    "had to be done, with <b></b> many a word between two tags, and more than a block of them. "
    "</AbstractText><AbstractText/></Abstract>\n"
    "      <AuthorList CompleteYN=\"Y\"><Author ValidYN=\"Y\"><LastName>Mend&#xe9;z</LastName>"
    "<ForeName>A B</ForeName><AffiliationInfo><Affiliation>Town &quot;X&quot;</Affiliation>"
    "</AffiliationInfo></Author><Author><CollectiveName>Group</CollectiveName></Author>"
    "</AuthorList><Unknown a=\"b\"><Deep>text &apos;</Deep></Unknown></Article>\n"
    "    <MeshHeadingList><MeshHeading><DescriptorName UI=\"D999999\" MajorTopicYN=\"N\">Heading"
    "</DescriptorName><QualifierName UI=\"Q999999\" MajorTopicYN=\"Y\">part</QualifierName>"
    "</MeshHeading></MeshHeadingList>\n  </MedlineCitation ><PubmedData><History>"
    "<PubMedPubDate PubStatus=\"entrez\"><Year>2020</Year><Month>Feb</Month></PubMedPubDate>"
    "</History></PubmedData></PubmedArticle>";

TEST(sound_items)
{
    static const char *const items[] = {
        article,
        TITLE("a"),
        "<PMID Version=\"2\">990000002</PMID>",
        "<PubmedBookArticle><BookDocument><PMID>990000003</PMID><Book><BookTitle>b</BookTitle>"
        "</Book></BookDocument></PubmedBookArticle>",
    };
    struct ways w = open_ways();
    for (size_t i = 0; i < sizeof items / sizeof *items; i++) {
        CHECK(agree(&w, str_of(items[i])));
        CHECK(w.quick->quick);
    }
    close_ways(&w);
}

/* What is not plain or not well-formed is none of the quick way's business. */
TEST(what_is_left_to_libxml2)
{
    static const char *const items[] = {
        TITLE("a <!-- b -->"),
        TITLE("<![CDATA[a]]>"),
        TITLE("a ]]> b"),
        TITLE("<?a b?>"),
        TITLE("<m:math>a</m:math>"),
        TITLE("<math xmlns=\"x\">a</math>"),
        TITLE("<i a='1' a='2'>a</i>"),
        TITLE("<i a='1'b='2'>a</i>"),
        TITLE("<i a='<'>a</i>"),
        TITLE("<i a='&amp;'>a</i>"),
        TITLE("<i a='\t'>a</i>"),
        TITLE("<i a>a</i>"),
        TITLE("<i a=b>a</i>"),
        TITLE("<i>a</b>"),
        TITLE("<i>a</ii>"),
        TITLE("<ii>a</i>"),
        TITLE("<i>a"),
        TITLE("a</i>"),
        TITLE("< i>a</i>"),
        TITLE("<1>a</1>"),
        TITLE("a < b"),
        TITLE("a & b"),
        TITLE("a &b"),
        TITLE("&; a"),
        TITLE("&#; a"),
        TITLE("&#x; a"),
        TITLE("&#0; a"),
        TITLE("&#X41; a"),
        TITLE("&#xD800; a"),
        TITLE("&#xFFFE; a"),
        TITLE("&#x110000; a"),
        TITLE("&#4294967361; a"),
        TITLE("&unknown; a"),
        TITLE("\x01"),
        TITLE("\xFF"),
        TITLE("\xC3"),
        TITLE("\xED\xA0\x80"),
        TITLE("\xEF\xBF\xBF"),
        TITLE("<\xC3\xA9>a</\xC3\xA9>"),
        TITLE("a") " ",
        TITLE("a") TITLE("b"),
        "<PubmedArticle>",
        "<PubmedArticle/>>",
        "</PubmedArticle>",
        "<>",
        "<a",
        ">",
        "",
    };
    struct ways w = open_ways();
    for (size_t i = 0; i < sizeof items / sizeof *items; i++) {
        CHECK(agree(&w, str_of(items[i])));
        CHECK_TEXT(w.quick->quick ? items[i] : "", "");
    }
    arena_clear(&w.memory);
    CHECK(pubmed_parse(w.quick, &w.memory, str_of(article), 1, "ISO-8859-1", NULL) == OSLER_OK);
    CHECK(!w.quick->quick);
    close_ways(&w);
}

/* A generator of its own, so that every machine sees the same damage. */
static unsigned draw(uint64_t *state, unsigned below)
{
    *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (unsigned)(*state >> 33) % below;
}

/* Cut out, double or put in a few bytes. */
static void damage(buf *out, str item, uint64_t *state)
{
    static const char *const pieces[] = {
        "<",        ">",      "&",    "\"",        "'",        "/",
        " ",        "=",      "]]>",  "&amp;",     "&#65;",    "&#x10FFFF;",
        "&lt;",     "<i>",    "</i>", "<b>",       "</b>",     "<i/>",
        "a",        "\n",     "\r",   "\t",        "\x7F",     "\x1F",
        "]",        "-",      "<!--", "-->",       "\xC3\xA9", "\xEF\xBF\xBE",
        "\xC2\x85", "&nbsp;", ":",    "xmlns='a'", "_",        "\xFF"};
    size_t at = draw(state, (unsigned)item.length), cut = draw(state, 3) ? 0 : draw(state, 12);
    buf_clear(out);
    buf_add(out, str_part(item, 0, at));
    if (draw(state, 4))
        buf_add_text(out, pieces[draw(state, sizeof pieces / sizeof *pieces)]);
    else
        buf_add(out, str_part(item, draw(state, (unsigned)item.length), draw(state, 40)));
    buf_add(out, str_part(item, at + cut, item.length));
}

TEST(damaged_items)
{
    enum { ROUNDS = 60000 };
    struct ways w = open_ways();
    uint64_t state = 1;
    buf once = {0}, twice = {0};
    for (unsigned i = 0; i < ROUNDS; i++) {
        damage(&once, str_of(article), &state);
        if (i % 2)
            damage(&twice, buf_str(&once), &state);
        const buf *damaged = i % 2 ? &twice : &once;
        if (!agree(&w, buf_str(damaged)))
            CHECK_TEXT(buf_text(i % 2 ? &twice : &once), "what both ways agree on");
    }
    /* Damage to text and names leaves many well-formed, or nothing would be compared. */
    CHECK(w.quickly > ROUNDS / 20 && w.quickly < w.all);
    buf_free(&once);
    buf_free(&twice);
    close_ways(&w);
}
