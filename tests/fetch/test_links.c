/* Replies with links, spellings, identifiers and works: read, or refused. */
#include "check.h"

#include "base/buf.h"
#include "fetch/crossref.h"
#include "fetch/elink.h"
#include "fetch/esearch.h"
#include "fetch/idconv.h"
#include "fetch/reply.h"

#include "base/memory.h"
#include <string.h>

#define LINK_SET(ids, rest)                                                                        \
    "<LinkSet><DbFrom>pubmed</DbFrom><IdList>" ids "</IdList>" rest "</LinkSet>"
#define LINKS(name, links)                                                                         \
    "<LinkSetDb><DbTo>pubmed</DbTo><LinkName>" name "</LinkName>" links "</LinkSetDb>"

static osler_status read_links(elink_reply *out, const char *text)
{
    return elink_read(out, str_of(text), "pubmed_pubmed", NULL);
}

TEST(links_stay_by_source)
{
    elink_reply r = {0};
    CHECK(read_links(&r, "<?xml version=\"1.0\"?><eLinkResult>" LINK_SET(
                             "<Id>7</Id>",
                             LINKS("pubmed_pubmed_refs", "<Link><Id>99</Id></Link>")
                                 LINKS("pubmed_pubmed", "<Link><Id>1</Id><Score>30</Score></Link>"
                                                        "<Link>\n<Id> 2 </Id></Link>"))
                             LINK_SET("<Id>8</Id>", "") LINK_SET(
                                 "<Id>9</Id>",
                                 LINKS("pubmed_pubmed", "<Link><Id>1</Id>"
                                                        "</Link>")) "</eLinkResult>") == OSLER_OK);
    CHECK(r.source_count == 3 && r.sources[1] == 8);
    CHECK(r.count == 3);
    CHECK(r.links[0].from == 7 && r.links[0].to == 1 && r.links[0].score == 30);
    CHECK(r.links[1].from == 7 && r.links[1].to == 2 && r.links[1].score == 0);
    CHECK(r.links[2].from == 9 && r.links[2].to == 1);
    CHECK(read_links(&r, "<eLinkResult/>") == OSLER_OK);
    CHECK(r.count == 3); /* replies add up */
    elink_reply_free(&r);
}

TEST(mixed_and_broken_links_are_refused)
{
    static const char *const bad[] = {
        "",
        "<eLinkResult>",
        "<other/>",
        "<eLinkResult>" LINK_SET(
            "<Id>7</Id><Id>8</Id>",
            LINKS("pubmed_pubmed", "<Link><Id>1</Id></Link>")) "</eLinkResult>",
        "<eLinkResult>" LINK_SET("<Id>x</Id>", "") "</eLinkResult>",
        "<eLinkResult>" LINK_SET(
            "", LINKS("pubmed_pubmed", "<Link><Id>1</Id></Link>")) "</eLinkResult>",
        "<eLinkResult>" LINK_SET(
            "<Id>7</Id>", LINKS("pubmed_pubmed", "<Link><Id>-1</Id></Link>")) "</eLinkResult>",
        "<!DOCTYPE e [<!ENTITY c SYSTEM \"file:///etc/passwd\">]><eLinkResult>" LINK_SET(
            "<Id>&c;</Id>", "") "</eLinkResult>",
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        elink_reply r = {0};
        CHECK(read_links(&r, bad[i]) == OSLER_EINPUT);
        CHECK(r.count == 0 && r.source_count == 0);
        elink_reply_free(&r);
    }
}

TEST(spellings)
{
    char *text;
    CHECK(
        espell_read(&text,
                    str_of("<eSpellResult><Query>neck pian</Query><CorrectedQuery>neck pain &lt; x"
                           "</CorrectedQuery><ERROR/></eSpellResult>"),
                    NULL) == OSLER_OK);
    CHECK_TEXT(text, "neck pain < x");
    memory_free(text);
    CHECK(espell_read(&text, str_of("<eSpellResult><CorrectedQuery/></eSpellResult>"), NULL) ==
          OSLER_OK);
    CHECK(!text);
    CHECK(espell_read(&text, str_of("<eSpellResult><CorrectedQuery>x"), NULL) == OSLER_EINPUT);
    CHECK(!text);
}

TEST(identifiers)
{
    arena memory = {0};
    idconv_row rows[] = {{.asked = "990000001"}, {.asked = "990000002"}, {.asked = "990000003"}};
    CHECK(idconv_read(rows, 3,
                      str_of("{\"status\":\"ok\",\"records\":["
                             "{\"requested-id\":\"990000003\",\"pmid\":\"990000003\","
                             "\"pmcid\":\"PMC3\",\"doi\":\"javascript:x\"},"
                             "{\"requested-id\":\"990000002\",\"status\":\"error\","
                             "\"errmsg\":\"x\",\"pmid\":5},"
                             "{\"requested-id\":\"990000001\",\"pmid\":990000001,"
                             "\"pmcid\":\"PMC1\\u001b[1m\",\"doi\":\"10.9/x\"},"
                             "{\"requested-id\":\"990000009\",\"pmid\":9}, 7]}"),
                      &memory, NULL) == OSLER_OK);
    CHECK(rows[0].found && !rows[1].found && rows[2].found);
    CHECK_TEXT(rows[0].pmid, "990000001");
    CHECK_TEXT(rows[0].doi, "10.9/x");
    CHECK(!rows[0].pmcid && !rows[2].doi);
    CHECK_TEXT(rows[2].pmcid, "PMC3");
    static const char *const bad[] = {"",
                                      "[]",
                                      "{}",
                                      "{\"status\":\"error\",\"records\":[]}",
                                      "{\"records\":{}}",
                                      "{\"records\":["};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        CHECK(idconv_read(rows, 3, str_of(bad[i]), &memory, NULL) == OSLER_EINPUT);
    arena_free(&memory);
}

TEST(a_work_is_the_one_asked_for)
{
    CHECK(crossref_check(str_of("{\"DOI\":\"10.99999/AbC\",\"title\":\"t\"}"), "10.99999/aBc",
                         NULL) == OSLER_OK);
    static const char *const bad[] = {
        "", "{}", "[]", "{\"DOI\":7}", "{\"DOI\":\"10.99999/abcd\"}", "{\"DOI\":\"10.99999/abc\""};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        CHECK(crossref_check(str_of(bad[i]), "10.99999/abc", NULL) == OSLER_EINPUT);
}

static reply_class class_of(long status, const char *body)
{
    http_reply reply = {.outcome = HTTP_ANSWERED, .status = status, .retry_after = -1};
    buf_add_text(&reply.body, body);
    reply_verdict verdict = reply_classify(&reply, "{");
    http_reply_free(&reply);
    return verdict.class;
}

TEST(json_replies_are_told_apart)
{
    static const char whole[] = " {\"a\":[1,{\"b\":\"}\"}]} ";
    buf part = {0};
    CHECK(class_of(200, whole) == REPLY_SOUND);
    for (size_t length = 0; length < sizeof whole - 2; length++) {
        buf_clear(&part);
        buf_add(&part, (str){whole, length});
        CHECK(class_of(200, buf_text(&part)) != REPLY_SOUND);
    }
    buf_free(&part);
    CHECK(class_of(200, "{\"a\":1} {") != REPLY_SOUND);
    CHECK(class_of(200, "{\"a\":") == REPLY_UNUSABLE);
    CHECK(class_of(200, "{\"error\":\"API rate limit exceeded\"}") == REPLY_WAIT);
    CHECK(class_of(200, "{\"error\":\"anything\"}") == REPLY_TRANSIENT);
    CHECK(class_of(200, "<html>maintenance</html>") == REPLY_TRANSIENT);
    CHECK(class_of(429, whole) == REPLY_WAIT);
    CHECK(class_of(503, whole) == REPLY_TRANSIENT);
}
