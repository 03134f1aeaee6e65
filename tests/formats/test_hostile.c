/* Input that means harm, or that came to harm: clear failures with their lines, bounded memory, no
 * network, no files; and the sound records around it are read. */
#include "check.h"
#include "support.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define RECORD(pmid, content)                                                                      \
    "<PubmedArticle><MedlineCitation><PMID>" pmid "</PMID>" content "</MedlineCitation>"           \
    "</PubmedArticle>\n"
#define TITLE(text) "<Article><ArticleTitle>" text "</ArticleTitle></Article>"
#define SET(content) "<PubmedArticleSet>\n" content "</PubmedArticleSet>\n"
#define FIRST RECORD("990000001", "")
#define LAST RECORD("990000009", "")

static void check_story(str bytes, const char *format, const char *expected)
{
    buf story = support_story(bytes, format);
    CHECK_TEXT(story.data, expected);
    buf_free(&story);
}

/* What stands between two sound records, the failures that come of it. */
TEST(one_bad_record_is_lost_alone)
{
    static const char *const cases[][2] = {
        {RECORD("1", TITLE("a &undefined; b")),
         "malformed input at 3: the entity &undefined; is not one of XML's own\n"},
        {RECORD("1", TITLE("a \xFF b")), "malformed input at 3: bytes that are not UTF-8\n"},
        {RECORD("1", TITLE("a \x1B[31m b")),
         "malformed input at 3: a character that XML does not allow (U+001B)\n"},
        {RECORD("1", TITLE("a \xEF\xBF\xBE b")),
         "malformed input at 3: a character that XML does not allow (U+FFFE)\n"},
        {RECORD("1", TITLE("a &#xFFFE; b")),
         "malformed input at 3: a character that XML does not allow (U+FFFE)\n"},
        {RECORD("1", "<Article>\n<ArticleTitle>a\n</Article>"),
         "malformed input at 5: <ArticleTitle> of line 4 is ended by </Article>\n"},
        {RECORD("1", "<Article <b>"),
         "malformed input at 3: malformed XML: error parsing attribute name\n"},
        {"<PubmedArticle><MedlineCitation><PMID>1</PMID>\n",
         "malformed input at 3: this record is truncated: line 5 begins something else, expected "
         "</PubmedArticle>\n"},
        {"<PubmedArticle></PubmedArticle>",
         "malformed input at 3: this record has neither a PMID nor a title\n"},
        {"<PubmedArticle/>", "malformed input at 3: this record has neither a PMID nor a title\n"},
        {"stray text\n", "malformed input at 3: expected a record here, found other text\n"},
        {"<Other><Thing/>x</Other>",
         "malformed input at 3: expected <PubmedArticle> here, not <Other\n"},
        {"</MedlineCitation>",
         "malformed input at 3: nothing is open that this tag could end: </MedlineCitation\n"},
        {"<!-- no end\n", "malformed input at 3: this comment has no end: expected -->\n"},
        {"<!-- <PubmedArticle> is no record here -->", ""},
        {RECORD("1", "<!-- </PubmedArticle><PubmedArticle> --><![CDATA[<PubmedArticle>]]>"),
         "record 1 at 3\n"},
        {RECORD("1", "<!-- no end"),
         "malformed input at 3: malformed XML: Comment not terminated\n"},
        {RECORD("1", "<!DOCTYPE x [<!ENTITY e 'v'>]>"),
         "malformed input at 3: malformed XML: StartTag: invalid element name\n"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        buf bytes = {0}, expected = {0};
        buf_printf(&bytes, "<PubmedArticleSet>\n" FIRST "%s\n" LAST "</PubmedArticleSet>",
                   cases[i][0]);
        unsigned last = 4;
        for (const char *c = cases[i][0]; *c; c++)
            last += *c == '\n';
        buf_printf(&expected, "record 990000001 at 2\n%srecord 990000009 at %u\ncomplete\n",
                   cases[i][1], last);
        check_story(buf_str(&bytes), NULL, buf_text(&expected));
        buf_free(&bytes);
        buf_free(&expected);
    }
}

TEST(what_is_no_set_of_records)
{
    static const char *const cases[][2] = {
        {"<!DOCTYPE html>\n<html><body>Error 500</body></html>",
         "malformed input at 1: this is an HTML page, not a list of records\n"},
        {"<html><body/></html>",
         "malformed input at 1: this is an HTML page, not a list of records\n"},
        {"<?xml version=\"1.0\"?>\n<!DOCTYPE eFetchResult>\n<eFetchResult>\n"
         "<ERROR>Empty id list</ERROR></eFetchResult>",
         "malformed input at 1: NCBI answered with an error instead of records: Empty id list\n"},
        {"<?xml version=\"1.0\"?><eSearchResult><Count>0</Count></eSearchResult>",
         "malformed input at 1: this is a reply of NCBI without records\n"},
        {"%PDF-1.4", "malformed input at 1: this is a PDF document\n"},
        {"", "malformed input at 0: the file is empty\n"},
        {" \n\t\n", "malformed input at 0: the file is empty\n"},
        {"nothing in particular", "unknown format at 0: the content is of no known format; "
                                  "known are "
                                  "pubmed-xml, nbib, pubmed-text, ris, enw, isi, jsonl, csl-json, bibtex, "
                                  "endnote-xml, jats, pmids, csv, tsv, csl-yaml, text\n"},
        {"<?xml version=\"1.0\"?>\n<!DOCTYPE PubmedArticleSet SYSTEM \"x.dtd\">\n",
         "malformed input at 3: the file ends before its first element: expected "
         "<PubmedArticleSet>\nnot complete\n"},
        {"<PubmedArticleSet></PubmedArticleSet>", "complete\n"},
        {"<PubmedArticleSet/>", "complete\n"},
        {SET("") "\xEF\xBB\xBF",
         "malformed input at 3: expected a record here, found other text\ncomplete\n"},
        {SET(FIRST) SET(LAST), "record 990000001 at 2\nrecord 990000009 at 5\ncomplete\n"},
        {"<Wrapper>" FIRST "</Wrapper>",
         "malformed input at 1: expected the root <PubmedArticleSet>, not <Wrapper\n"
         "record 990000001 at 1\ncomplete\n"},
        {FIRST LAST, "record 990000001 at 1\nrecord 990000009 at 2\ncomplete\n"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        check_story(str_of(cases[i][0]), NULL, cases[i][1]);
    static const str utf16 = STR("\xFF\xFE<\0h\0t\0m\0l\0>\0");
    check_story(utf16, NULL, "malformed input at 1: this is an HTML page, not a list of records\n");
    static const str nul = STR("<PubmedArticleSet>" RECORD("1", "\0") FIRST "</PubmedArticleSet>");
    buf story = support_story(nul, NULL);
    CHECK(strstr(story.data, "malformed input at 1") &&
          strstr(story.data, "record 990000001 at 2"));
    buf_free(&story);
    check_story(str_of(FIRST), "no-format",
                "unknown format at 0: no format is called \"no-format\"\n");
}

TEST(deletions_are_items)
{
    check_story(str_of(SET(FIRST "<DeleteCitation>\n<PMID Version=\"2\">990000002</PMID>\n"
                                 "<PMID>x</PMID><PMID>990000003</PMID></DeleteCitation>")),
                NULL,
                "record 990000001 at 2\ndeleted 990000002 v2 at 4\n"
                "malformed input at 5: this deletion names no PMID\n"
                "deleted 990000003 v1 at 5\ncomplete\n");
    check_story(str_of(SET("<DeleteCitation/>" FIRST)), NULL, "record 990000001 at 2\ncomplete\n");
    check_story(str_of(SET("<DeleteCitation><PMID>990000002</DeleteCitation>" FIRST)), NULL,
                "malformed input at 2: this record is truncated: line 2 begins something else, "
                "expected </PMID>\nrecord 990000001 at 2\ncomplete\n");
}

TEST(encodings)
{
    check_story(str_of("\xEF\xBB\xBF<?xml version=\"1.0\"?>\r\n" SET(FIRST)), NULL,
                "record 990000001 at 3\ncomplete\n");
    check_story(str_of("<?xml version=\"1.0\" encoding=\"Shift_JIS\"?>" SET(FIRST)), NULL,
                "malformed input at 1: expected UTF-8, ISO-8859 or windows-125x, not the encoding "
                "Shift_JIS\nrecord 990000001 at 2\ncomplete\n");
    static const struct {
        const char *encoding, *bytes, *title;
    } cases[] = {
        {"ISO-8859-1", "caf\xE9", "caf\xC3\xA9"},
        {"windows-1252", "\x93q\x94", "\xE2\x80\x9Cq\xE2\x80\x9D"},
        {"utf-8", "caf\xC3\xA9", "caf\xC3\xA9"},
        {"UTF-16", "caf\xC3\xA9", "caf\xC3\xA9"}, /* it says so, and is not */
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        buf bytes = {0};
        buf_printf(&bytes,
                   "<?xml version='1.0' encoding='%s'?><PubmedArticleSet><PubmedArticle>"
                   "<MedlineCitation><PMID>1</PMID><Article><ArticleTitle>%s</ArticleTitle>"
                   "</Article></MedlineCitation></PubmedArticle></PubmedArticleSet>",
                   cases[i].encoding, cases[i].bytes);
        arena memory = {0};
        osler_record record = support_record(&memory, buf_str(&bytes), NULL);
        CHECK_TEXT(record.title, cases[i].title);
        arena_free(&memory);
        buf_free(&bytes);
    }
}

/* A socket that would see it if anything were fetched. */
static int listen_on_loopback(unsigned *port)
{
    int server = socket(AF_INET, SOCK_STREAM, 0);
    struct sockaddr_in address = {.sin_family = AF_INET};
    socklen_t length = sizeof address;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (server < 0 || bind(server, (struct sockaddr *)&address, sizeof address) != 0 ||
        listen(server, 4) != 0 || getsockname(server, (struct sockaddr *)&address, &length) != 0) {
        perror("socket");
        exit(77);
    }
    *port = ntohs(address.sin_port);
    return server;
}

TEST(nothing_is_fetched_and_no_file_is_read)
{
    static const char *const prologs[] = {
        "<!DOCTYPE PubmedArticleSet SYSTEM \"http://127.0.0.1:%u/pubmed.dtd\">",
        "<!DOCTYPE PubmedArticleSet PUBLIC \"-//NLM//DTD\" \"http://127.0.0.1:%u/pubmed.dtd\">",
        "<!DOCTYPE PubmedArticleSet [<!ENTITY e SYSTEM \"http://127.0.0.1:%u/e\">]>",
        "<!DOCTYPE PubmedArticleSet [<!ENTITY %% p SYSTEM \"http://127.0.0.1:%u/p\"> %%p;]>",
        "<!DOCTYPE PubmedArticleSet [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><!--%u-->",
    };
    unsigned port;
    int server = listen_on_loopback(&port);
    for (size_t i = 0; i < sizeof prologs / sizeof *prologs; i++) {
        buf prolog = {0}, bytes = {0};
        /* The formats are the literals above. */
        char text[200];
        const char *at = strstr(prologs[i], "%u");
        snprintf(text, sizeof text, "%.*s%u%s", (int)(at - prologs[i]), prologs[i], port, at + 2);
        buf_add_text(&prolog, text);
        buf_printf(&bytes, "%s\n" SET("%s" LAST), buf_text(&prolog), RECORD("1", TITLE("&e;")));
        buf story = support_story(buf_str(&bytes), NULL);
        CHECK(strstr(story.data, "the entity &e; is not one of XML's own"));
        CHECK(!strstr(story.data, "root:") && strstr(story.data, "record 990000009"));
        CHECK((strstr(story.data, "this DOCTYPE declares entities") != NULL) == (i >= 2));
        buf_free(&story);
        buf_free(&bytes);
        buf_free(&prolog);
    }
    struct pollfd seen = {server, POLLIN, 0};
    CHECK(poll(&seen, 1, 200) == 0);
    close(server);
}

TEST(entity_bombs)
{
    check_story(
        str_of("<!DOCTYPE x [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">"
               "<!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;\">]>\n" SET(RECORD("1", TITLE("&c;")) LAST)),
        NULL,
        "malformed input at 1: this DOCTYPE declares entities: they are not read\nmalformed input "
        "at 3: the entity &c; is not one of XML's own\n"
        "record 990000009 at 4\ncomplete\n");
    buf quadratic = {0};
    buf_add_text(&quadratic, "<!DOCTYPE x [<!ENTITY a \"");
    for (int i = 0; i < 50000; i++)
        buf_add_byte(&quadratic, 'a');
    buf_add_text(&quadratic, "\">]>\n<PubmedArticleSet><PubmedArticle><MedlineCitation>");
    for (int i = 0; i < 50000; i++)
        buf_add_text(&quadratic, "&a;");
    buf_add_text(&quadratic, "</MedlineCitation></PubmedArticle>" LAST "</PubmedArticleSet>");
    buf story = support_story(buf_str(&quadratic), "pubmed-xml");
    CHECK(strstr(story.data, "declares entities") && strstr(story.data, "record 990000009"));
    buf_free(&story);
    buf_free(&quadratic);
}

/* `start`, then `piece` repeated `times` times, then `end`, each a gzip member of its own. */
static buf repeat_gzip(const char *start, str piece, int times, const char *end)
{
    buf out = {0}, member = {0};
    support_gzip(&out, str_of(start));
    support_gzip(&member, piece);
    for (int i = 0; i < times; i++)
        buf_add(&out, buf_str(&member));
    support_gzip(&out, str_of(end));
    buf_free(&member);
    return out;
}

static const char open_title[] =
    "<PubmedArticleSet>\n" FIRST "<PubmedArticle><MedlineCitation><PMID>1</PMID><Article>"
    "<ArticleTitle>";
static const char close_title[] =
    "</ArticleTitle></Article></MedlineCitation></PubmedArticle>\n" LAST "</PubmedArticleSet>";

static buf letters(size_t size)
{
    buf b = {0};
    memset(buf_reserve(&b, size), 'a', size);
    b.length = size;
    return b;
}

/* Peak memory so far stays below what a record may take; sanitizers need more for themselves. */
static void check_memory(void)
{
#if defined(__SANITIZE_ADDRESS__)
    enum { MOST = 1200 };
#else
    enum { MOST = 256 };
#endif
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    CHECK(usage.ru_maxrss < MOST * 1024L);
}

TEST(endless_fields_meet_the_limit)
{
    buf megabyte = letters(1 << 20);
    buf bytes = repeat_gzip(open_title, buf_str(&megabyte), 1024, close_title);
    check_story(buf_str(&bytes), NULL,
                "record 990000001 at 2\nlimit exceeded at 3: this record is larger than 48 MB, the "
                "most that is read\nrecord 990000009 at 4\ncomplete\n");
    buf_free(&bytes);
    bytes = repeat_gzip(open_title, buf_str(&megabyte), 11, close_title);
    check_story(buf_str(&bytes), NULL,
                "record 990000001 at 2\nrecord 1 at 3\nrecord 990000009 at 4\ncomplete\n");
    buf_free(&bytes);
    bytes = repeat_gzip(open_title, buf_str(&megabyte), 20, close_title);
    check_story(
        buf_str(&bytes), NULL,
        "record 990000001 at 2\nlimit exceeded at 3: <ArticleTitle> of this record is longer "
        "than 16 MB\nrecord 990000009 at 4\ncomplete\n");
    buf_free(&bytes);
    bytes = repeat_gzip("PMID- 990000001\nTI  - ", buf_str(&megabyte), 1024,
                        "\n\nPMID- 990000002\nTI  - b\n");
    check_story(buf_str(&bytes), NULL,
                "limit exceeded at 1: this record is larger than 48 MB, the most that is read\n"
                "record 990000002 at 4\ncomplete\n");
    buf_free(&bytes);
    buf_free(&megabyte);
    check_memory();
}

static buf repeated(const char *text, int times)
{
    buf b = {0};
    for (int i = 0; i < times; i++)
        buf_add_text(&b, text);
    return b;
}

TEST(endless_lists_meet_the_limit)
{
    buf authors = repeated("<Author><LastName>A</LastName></Author>", 10000);
    buf bytes = repeat_gzip("<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>1</PMID>"
                            "<Article><AuthorList>",
                            buf_str(&authors), 100,
                            "</AuthorList></Article></MedlineCitation></PubmedArticle>" LAST
                            "</PubmedArticleSet>");
    check_story(
        buf_str(&bytes), NULL,
        "limit exceeded at 1: this record takes more than 96 MB of memory, the most that is "
        "read\nrecord 990000009 at 1\ncomplete\n");
    buf_free(&bytes);
    buf_free(&authors);
    authors = repeated("AU  - A\n", 10000);
    bytes = repeat_gzip("PMID- 1\n", buf_str(&authors), 100, "\nPMID- 2\n");
    check_story(
        buf_str(&bytes), NULL,
        "limit exceeded at 1: this record takes more than 96 MB of memory, the most that is "
        "read\nrecord 2 at 1000003\ncomplete\n");
    buf_free(&bytes);
    buf_free(&authors);
    check_memory();
}

TEST(many_authors_and_deep_nesting)
{
    buf authors = repeated("<Author><LastName>A</LastName></Author>", 100000);
    buf content = {0};
    buf_printf(&content, "<Article><AuthorList>%s</AuthorList></Article>", buf_text(&authors));
    buf article = support_article(buf_text(&content));
    arena memory = {0};
    osler_record record = support_record(&memory, buf_str(&article), NULL);
    CHECK(record.names.count == 100000);
    arena_free(&memory);
    buf_free(&article);
    buf_free(&content);
    buf_free(&authors);

    buf open = repeated("<i>", 100000), bytes = {0};
    buf_printf(&bytes, SET("%s%s%s" LAST), "<PubmedArticle><MedlineCitation><PMID>1</PMID>",
               buf_text(&open), "</MedlineCitation></PubmedArticle>\n");
    check_story(
        buf_str(&bytes), NULL,
        "limit exceeded at 2: this record exceeds a limit of the XML parser: Excessive depth "
        "in document: 256 use XML_PARSE_HUGE option\nrecord 990000009 at 3\ncomplete\n");
    buf_free(&bytes);
    buf_free(&open);
}

/* Names that no other record has: libxml2 keeps every one and refuses more than 10 MB of them. */
TEST(names_without_end_do_not_poison_later_records)
{
    buf bytes = {0};
    buf_add_text(&bytes, "<PubmedArticleSet>\n");
    for (int i = 0; i < 400; i++) {
        buf name = letters(40000);
        buf_printf(&bytes,
                   "<PubmedArticle><MedlineCitation><PMID>1</PMID><%s%d/>"
                   "</MedlineCitation></PubmedArticle>\n",
                   buf_text(&name), i);
        buf_free(&name);
    }
    buf_add_text(&bytes, LAST "</PubmedArticleSet>");
    buf story = support_story(buf_str(&bytes), NULL);
    CHECK(!strstr(story.data, "limit") && !strstr(story.data, "malformed"));
    CHECK(strstr(story.data, "record 990000009 at 402"));
    buf_free(&story);
    buf_free(&bytes);
}

/* Many comments that never end must not be searched for their end each time. */
TEST(endless_comments_take_linear_time)
{
    buf comments = repeated("<!-- ", 400000), bytes = {0};
    buf_printf(&bytes, SET("<PubmedArticle>%s</PubmedArticle>\n" LAST), buf_text(&comments));
    buf story = support_story(buf_str(&bytes), NULL);
    CHECK(strstr(story.data, "record 990000009 at 3"));
    buf_free(&story);
    buf_free(&bytes);
    buf_free(&comments);
}

/* Openings that nothing closes, wherever they stand: minutes or hours if each searched the rest. */
TEST(endless_openings_take_linear_time)
{
    static const struct {
        const char *opening;
        int times;
    } cases[] = {
        {"<PubmedArticle><!--\n", 100000},
        {"<PubmedArticle><![CDATA[\n", 100000},
        {"<PubmedArticle><?x\n", 100000},
        {"<PubmedArticle ", 100000},
        {"<?", 500000},
        {"<!--", 200000},
        {"<!DOCTYPE ", 100000},
        {"<!DOCTYPE x [ ", 100000},
        {"<!DOCTYPE x [ \"", 100000},
        {"<!DOCTYPE x [ '\"' \"<!DOCTYPE '", 100000},
        {"<DeleteCitation ", 100000},
        {"<Other ", 200000},
        {"</Other ", 200000},
    };
    static const char *const rests[] = {"", "\n" LAST "</PubmedArticleSet>"};
    for (size_t i = 0; i < 2 * sizeof cases / sizeof *cases; i++) {
        buf openings = repeated(cases[i / 2].opening, cases[i / 2].times), bytes = {0};
        buf_printf(&bytes, "<PubmedArticleSet>\n" FIRST "%s%s", buf_text(&openings), rests[i % 2]);
        clock_t start = clock();
        buf story = support_story(buf_str(&bytes), NULL);
        double seconds = (double)(clock() - start) / CLOCKS_PER_SEC;
        if (seconds > 20)
            fprintf(stderr, "%s: %.1f seconds\n", cases[i / 2].opening, seconds);
        CHECK(seconds <= 20);
        CHECK(strstr(story.data, "record 990000001 at 2\nmalformed input at 3: "));
        buf_free(&story);
        buf_free(&bytes);
        buf_free(&openings);
    }
}

/* What is no record fails again and again, so that who reads it can stop. */
TEST(endless_nonsense_comes_back)
{
    buf nonsense = repeated("<?", 1 << 19);
    buf bytes = repeat_gzip("<PubmedArticleSet>\n" FIRST, buf_str(&nonsense), 100,
                            "\n" LAST "</PubmedArticleSet>");
    check_story(buf_str(&bytes), NULL,
                "record 990000001 at 2\n"
                "malformed input at 3: this instruction has no end: expected ?>\n"
                "malformed input at 3: expected a record here, found other text\n"
                "malformed input at 3: this instruction has no end: expected ?>\n"
                "record 990000009 at 4\ncomplete\n");
    buf_free(&bytes);
    buf_free(&nonsense);
}

/* Cut anywhere, a file says so, and keeps the records before the cut. */
TEST(truncation)
{
    static const char whole[] = "<?xml version=\"1.0\"?>\n<!DOCTYPE PubmedArticleSet>\n" SET(
        FIRST RECORD("990000002", TITLE("A <i>title</i>")) LAST
        "<DeleteCitation><PMID>990000004</PMID></DeleteCitation>\n");
    size_t length = strlen(whole), first = (size_t)(strstr(whole, FIRST) - whole) + strlen(FIRST);
    for (size_t cut = 1; cut + 2 < length; cut++) {
        buf story = support_story((str){whole, cut}, "pubmed-xml");
        CHECK(strstr(story.data, "malformed input"));
        CHECK(!strstr(story.data, "\ncomplete") && strncmp(story.data, "complete", 8) != 0);
        CHECK((strstr(story.data, "record 990000001") != NULL) == (cut + 1 >= first));
        buf_free(&story);
    }
    check_story((str){whole, length}, NULL,
                "record 990000001 at 4\nrecord 990000002 at 5\nrecord 990000009 at 6\n"
                "deleted 990000004 v1 at 7\ncomplete\n");
}

TEST(gzip)
{
    buf bytes = {0};
    support_gzip(&bytes, str_of("<PubmedArticleSet>\n" FIRST));
    support_gzip(&bytes, str_of(LAST "</PubmedArticleSet>\n"));
    check_story(buf_str(&bytes), NULL, "record 990000001 at 2\nrecord 990000009 at 3\ncomplete\n");
    for (size_t cut = 0; cut < bytes.length; cut++) {
        buf story = support_story((str){bytes.data, cut}, "pubmed-xml");
        CHECK(strstr(story.data, "malformed input") && !strstr(story.data, "\ncomplete"));
        buf_free(&story);
    }
    for (size_t at = 0; at < bytes.length; at += 3) {
        bytes.data[at] ^= 0x10;
        buf story = support_story(buf_str(&bytes), "pubmed-xml");
        buf_free(&story); /* whatever it says, it must not crash or hang */
        bytes.data[at] ^= 0x10;
    }
    buf_free(&bytes);
    support_gzip(&bytes, str_of("PMID- 990000001\nTI  - a\n\nPMID- 990000002\nTI  - b\n"));
    buf story = support_story((str){bytes.data, bytes.length - 4}, NULL);
    CHECK(strstr(story.data, "malformed input at 6: the gzip data ends early"));
    CHECK(strstr(story.data, "not complete"));
    buf_free(&story);
    buf_free(&bytes);
}

TEST(the_original_bytes_are_given_out)
{
    static const char bytes[] = SET(FIRST "  " RECORD("990000002", TITLE("x")));
    osler_reader *reader;
    const osler_item *item;
    CHECK(osler_reader_open_bytes(&reader, bytes, strlen(bytes), "test", NULL, NULL) == OSLER_OK);
    CHECK_TEXT(osler_reader_format(reader), "pubmed-xml");
    CHECK(osler_reader_next(reader, &item, NULL) == OSLER_OK);
    CHECK(osler_reader_next(reader, &item, NULL) == OSLER_OK);
    static const char expected[] = "<PubmedArticle><MedlineCitation><PMID>990000002</PMID>";
    CHECK(item->original_length > strlen(expected));
    CHECK(memcmp(item->original, expected, strlen(expected)) == 0);
    CHECK(item->original[item->original_length - 1] == '>');
    CHECK(osler_reader_next(reader, &item, NULL) == OSLER_END && !item);
    CHECK(osler_reader_is_complete(reader) && osler_reader_size(reader) == strlen(bytes));
    osler_reader_close(reader);
    osler_reader_close(NULL);
    CHECK_TEXT(osler_format_name(0), "pubmed-xml");
    CHECK(osler_format_summary(1) && !osler_format_name(99) && !osler_format_summary(99));
}

TEST(files_that_cannot_be_read)
{
    osler_reader *reader;
    osler_error error = {0};
    CHECK(osler_reader_open(&reader, "tests/no-such-file", NULL, &error) == OSLER_ENOTFOUND);
    CHECK(!reader && error.message[0]);
    CHECK_TEXT(error.source, "tests/no-such-file");
    CHECK(osler_reader_open(&reader, "tests", NULL, &error) == OSLER_EIO && !reader);
    CHECK(osler_reader_open(&reader, "/dev/null", NULL, &error) == OSLER_EINPUT && !reader);
    CHECK_TEXT(error.message, "the file is empty");
}
