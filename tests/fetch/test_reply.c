/* Telling replies apart, undoing gzip, reading a search's reply. */
#include "check.h"

#include "base/buf.h"
#include "fetch/esearch.h"
#include "fetch/inflate.h"
#include "fetch/reply.h"

#include <string.h>

#define PROLOG                                                                                     \
    "<?xml version=\"1.0\" ?>\n<!DOCTYPE PubmedArticleSet PUBLIC \"-//NLM//DTD PubMedArticle, "    \
    "1st "                                                                                         \
    "January 2025//EN\" \"https://dtd.nlm.nih.gov/ncbi/pubmed/out/pubmed_250101.dtd\">\n"
#define SET "<PubmedArticleSet>\n<PubmedArticle></PubmedArticle>\n</PubmedArticleSet>"

static reply_verdict verdict_on(long status, const char *body)
{
    http_reply reply = {.outcome = HTTP_ANSWERED, .status = status, .retry_after = -1};
    buf_add_text(&reply.body, body);
    reply_verdict verdict = reply_classify(&reply, "PubmedArticleSet");
    http_reply_free(&reply);
    return verdict;
}

static reply_class class_of(long status, const char *body)
{
    return verdict_on(status, body).class;
}

TEST(a_whole_document_is_sound)
{
    CHECK(class_of(200, PROLOG SET) == REPLY_SOUND);
    CHECK(class_of(200, PROLOG SET "\r\n\n") == REPLY_SOUND);

    CHECK(class_of(200, "\xEF\xBB\xBF" PROLOG SET) == REPLY_SOUND);
    CHECK(class_of(200, SET) == REPLY_SOUND);
    CHECK(class_of(200, PROLOG "<PubmedArticleSet></PubmedArticleSet>") == REPLY_SOUND);
    CHECK(class_of(200, PROLOG "<PubmedArticleSet/>") == REPLY_SOUND);
    CHECK(class_of(200, "<!DOCTYPE a [<!ENTITY b \"]>\">]>" SET) == REPLY_SOUND);
}

TEST(every_cut_of_a_document_is_noticed)
{
    const char whole[] = PROLOG SET;
    buf part = {0};
    for (size_t length = 0; length < sizeof whole - 1; length++) {
        buf_clear(&part);
        buf_add(&part, (str){whole, length});
        CHECK(class_of(200, buf_text(&part)) != REPLY_SOUND);
    }
    buf_free(&part);
    CHECK(class_of(200, "<PubmedArticleSet><PubmedArticle/>") == REPLY_UNUSABLE);
    CHECK(class_of(200, "<PubmedArticleSet></XPubmedArticleSet>") == REPLY_UNUSABLE);
}

TEST(statuses_are_told_apart)
{
    CHECK(class_of(429, "{\"error\":\"API rate limit exceeded\",\"api-key\":\"192.0.2.1\"}") ==
          REPLY_WAIT);
    CHECK(verdict_on(429, "").status == OSLER_ERATE);
    CHECK(verdict_on(400, "{\"error\":\"API key invalid\"}").status == OSLER_ECONFIG);
    CHECK(class_of(400, "what?") == REPLY_REFUSED && verdict_on(400, "what?").tries == 2);
    CHECK(class_of(414, "<html>") == REPLY_BAD_IDS);
    CHECK(class_of(404, "") == REPLY_REFUSED);
    CHECK(class_of(302, "") == REPLY_REFUSED);
    for (long status = 500; status <= 504; status++) {
        CHECK(class_of(status, "Unable to route request!") == REPLY_TRANSIENT);
        CHECK(verdict_on(status, PROLOG SET).tries == 6); /* a body changes nothing */
    }
}

TEST(failures_that_call_themselves_success)
{
    CHECK(class_of(200, "") == REPLY_TRANSIENT);
    CHECK(class_of(200, " \n") == REPLY_TRANSIENT);
    CHECK(class_of(200, PROLOG) == REPLY_TRANSIENT);
    CHECK(class_of(200, "<!DOCTYPE html>\n<html><body>maintenance") == REPLY_TRANSIENT);
    CHECK(class_of(200,
                   "<eFetchResult>\n\t<ERROR>Search Backend failed: Database is not supported: "
                   "pubmed</ERROR></eFetchResult>") == REPLY_TRANSIENT);
    CHECK(class_of(200, "<eFetchResult><ERROR>Unable to obtain query #1</ERROR></eFetchResult>") ==
          REPLY_TRANSIENT);
    CHECK(class_of(200, "<eFetchResult><ERROR>UID=7: not found</ERROR></eFetchResult>") ==
          REPLY_BAD_IDS);
    CHECK(class_of(200, "<eFetchResult><ERROR>Empty id list</ERROR></eFetchResult>") ==
          REPLY_BAD_IDS);
    CHECK(class_of(200, "<PubmedArticleSet><ERROR>something new</ERROR></PubmedArticleSet>") ==
          REPLY_TRANSIENT);
    CHECK(class_of(200, "{\"error\":\"API rate limit exceeded\"}") == REPLY_WAIT);
    CHECK(class_of(200, "{\"error\":\"anything\"}") == REPLY_TRANSIENT);
    CHECK(class_of(200, "NCBI C++ Exception:\n Error: TXCLIENT::readAll EOF") == REPLY_TRANSIENT);
    CHECK(verdict_on(200,
                     "<eSearchResult><ERROR>Search Backend failed: Exception:\n'retstart' cannot "
                     "be larger than 9998.</ERROR></eSearchResult>")
              .tries == 1);
}

TEST(a_record_that_speaks_of_errors_is_a_record)
{
    CHECK(class_of(200, PROLOG
                   "<PubmedArticleSet><PubmedArticle>The &lt;ERROR&gt; \"error\" API rate "
                   "limit exceeded &lt;html</PubmedArticle></PubmedArticleSet>") == REPLY_SOUND);
}

TEST(the_transport_is_told_apart)
{
    http_reply r = {.outcome = HTTP_BROKEN, .status = 200, .retry_after = -1};
    CHECK(reply_classify(&r, "x").class == REPLY_UNUSABLE);
    r.status = 0;
    CHECK(reply_classify(&r, "x").class == REPLY_TRANSIENT);
    r.outcome = HTTP_UNREACHED;
    CHECK(reply_classify(&r, "x").class == REPLY_TRANSIENT);
    r.outcome = HTTP_UNTRUSTED;
    CHECK(reply_classify(&r, "x").class == REPLY_REFUSED);
    r.outcome = HTTP_TOO_LARGE;
    r.status = 200;
    CHECK(reply_classify(&r, "x").status == OSLER_ELIMIT);
    r.outcome = HTTP_DAMAGED;
    CHECK(reply_classify(&r, "x").class == REPLY_UNUSABLE);
    r.status = 429; /* a refusal whose body is damaged is a refusal */
    CHECK(reply_classify(&r, "x").class == REPLY_WAIT);
}

TEST(the_server_is_quoted_in_one_line_without_the_key)
{
    http_reply r = {.outcome = HTTP_ANSWERED, .status = 429};
    char text[80];
    buf_add_text(&r.body, "{\"error\":\"API rate\n limit\",\"api-key\":\"KEYKEYKEY\"}");
    reply_redact(&r.body, "KeyKeyKey");
    CHECK(!strstr(buf_text(&r.body), "KEY"));
    CHECK(strstr(buf_text(&r.body), "\"*********\""));
    reply_excerpt(&r, text, sizeof text);
    CHECK_TEXT(text, "API rate limit");
    buf_clear(&r.body);
    buf_add_text(&r.body, "<eFetchResult>\n\t<ERROR>\n Search failed </ERROR>");
    reply_excerpt(&r, text, sizeof text);
    CHECK_TEXT(text, "Search failed");
    reply_redact(&r.body, "");
    http_reply_free(&r);
}

/* ---- gzip -------------------------------------------------------------------------------------
 */

static buf zipped(const char *text, size_t length)
{
    z_stream z = {0};
    buf out = {0};
    deflateInit2(&z, 9, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
    z.next_in = (Bytef *)(uintptr_t)text;
    z.avail_in = (uInt)length;
    uLong room = deflateBound(&z, (uLong)length);
    z.next_out = (Bytef *)buf_reserve(&out, room);
    z.avail_out = (uInt)room;
    deflate(&z, Z_FINISH);
    out.length = room - z.avail_out;
    deflateEnd(&z);
    return out;
}

/* Feed `raw` in pieces of `step` bytes. */
static inflate_result undo(str raw, size_t step, buf *out, size_t ceiling, bool *complete)
{
    inflater i = {0};
    inflate_result result = INFLATE_GOOD;
    for (size_t at = 0; at < raw.length && result == INFLATE_GOOD; at += step)
        result = inflater_feed(&i, str_part(raw, at, step), out, ceiling);
    *complete = inflater_is_complete(&i);
    inflater_end(&i);
    return result;
}

TEST(gzip_is_undone_in_pieces_and_in_members)
{
    buf one = zipped("first ", 6), two = zipped("second", 6), out = {0};
    bool complete;
    buf_add(&one, buf_str(&two));
    for (size_t step = 1; step <= one.length; step += 7) {
        buf_clear(&out);
        CHECK(undo(buf_str(&one), step, &out, 1000, &complete) == INFLATE_GOOD && complete);
        CHECK_TEXT(buf_text(&out), "first second");
    }
    buf_free(&one);
    buf_free(&two);
    buf_free(&out);
}

TEST(every_cut_of_gzip_is_noticed)
{
    buf raw = zipped("a text of some length, of some length", 37), out = {0};
    bool complete;
    for (size_t length = 0; length < raw.length; length++) {
        buf_clear(&out);
        inflate_result result = undo((str){raw.data, length}, 5, &out, 1000, &complete);
        CHECK(result == INFLATE_GOOD && !complete);
    }
    raw.data[raw.length - 6] ^= 1; /* in the check sum */
    buf_clear(&out);
    CHECK(undo(buf_str(&raw), 9, &out, 1000, &complete) == INFLATE_DAMAGED);
    CHECK(undo((str)STR("<xml>"), 9, &out, 1000, &complete) == INFLATE_DAMAGED);
    buf_free(&raw);
    buf_free(&out);
}

TEST(a_bomb_meets_the_ceiling)
{
    static char zeros[3 << 20];
    buf raw = zipped(zeros, sizeof zeros), out = {0};
    bool complete;
    CHECK(raw.length < 10000);
    CHECK(undo(buf_str(&raw), 4096, &out, 1 << 20, &complete) == INFLATE_TOO_LARGE);
    CHECK(out.length <= 1 << 20);
    buf_clear(&out);
    CHECK(undo(buf_str(&raw), 4096, &out, 4 << 20, &complete) == INFLATE_GOOD && complete);
    CHECK(out.length == sizeof zeros);
    buf_free(&raw);
    buf_free(&out);
}

/* ---- esearch ----------------------------------------------------------------------------------
 */

static osler_status read_search(esearch_reply *out, const char *text)
{
    return esearch_read(out, str_of(text), NULL);
}

TEST(a_search_reply_is_read)
{
    esearch_reply r;
    CHECK(read_search(&r,
                      "<?xml version=\"1.0\"?><!DOCTYPE eSearchResult SYSTEM \"http://x/y.dtd\">"
                      "<eSearchResult><Count>3</Count><RetMax>2</RetMax><RetStart>0</RetStart>"
                      "<IdList>\n<Id>990000002</Id>\n<Id> 990000001 </Id></IdList><TranslationSet>"
                      "<Translation><From>a</From><To>b</To></Translation></TranslationSet>"
                      "<TranslationStack><TermSet><Term>a</Term><Count>77</Count></TermSet>"
                      "</TranslationStack><QueryTranslation>a[x] &lt; b</QueryTranslation>"
                      "<ErrorList><PhraseNotFound>abcXYZ</PhraseNotFound></ErrorList>"
                      "<WarningList><OutputMessage>No items.</OutputMessage></WarningList>"
                      "</eSearchResult>\n") == OSLER_OK);
    CHECK(r.count == 3 && r.pmids.count == 2 && r.pmids.items[0] == 990000002);
    CHECK_TEXT(r.translation, "a[x] < b");
    CHECK(r.remark_count == 2);
    CHECK_TEXT(r.remarks[0].kind, "PhraseNotFound");
    CHECK_TEXT(r.remarks[0].text, "abcXYZ");
    CHECK_TEXT(r.remarks[1].text, "No items.");
    esearch_reply_free(&r);
}

TEST(a_search_reply_must_be_one)
{
    static const char *const bad[] = {
        "",
        "<eSearchResult></eSearchResult>",
        "<eSearchResult><Count>x</Count></eSearchResult>",
        "<eSearchResult><Count>1</Count><IdList><Id>1a</Id></IdList></eSearchResult>",
        "<eSearchResult><Count>1</Count><IdList><Id>0</Id></IdList></eSearchResult>",
        "<eSearchResult><Count>1</Count>",
        "<other><Count>1</Count></other>",
        ("<!DOCTYPE e [<!ENTITY c SYSTEM \"file:///etc/passwd\">]>"
         "<eSearchResult><Count>1</Count><QueryTranslation>&c;</QueryTranslation></"
         "eSearchResult>")};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        esearch_reply r;
        CHECK(read_search(&r, bad[i]) == OSLER_EINPUT);
    }
}
