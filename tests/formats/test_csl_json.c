/* CSL-JSON: finding it and its items, its members as fields, and records as its members. */
#include "base/arena.h"
#include "check.h"
#include "support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static arena memory;

static void check_story(const char *json, const char *format, const char *expected)
{
    buf story = support_story(str_of(json), format);
    CHECK_TEXT(story.data, expected);
    buf_free(&story);
}

static osler_record read_one(const char *json)
{
    return support_record(&memory, str_of(json), "csl-json");
}

static const char *written(const osler_record *record)
{
    static buf text;
    osler_writer *writer;
    size_t length;
    CHECK(osler_writer_new(&writer, "csl-json", NULL) == OSLER_OK);
    const char *json = osler_writer_write(writer, record, &length);
    buf_clear(&text);
    buf_add(&text, (str){json, length});
    osler_writer_free(writer);
    return buf_text(&text);
}

/* What is written of what was read. */
static const char *rewritten(const char *json)
{
    osler_record record = read_one(json);
    return written(&record);
}

static const char *extra(const osler_record *record, const char *tag)
{
    for (size_t i = 0; i < record->extras.count; i++)
        if (strcmp(record->extras.items[i].tag, tag) == 0)
            return record->extras.items[i].value;
    return "none";
}

TEST(lists_objects_and_lines)
{
    check_story("[{\"id\":\"a\",\"type\":\"book\"},\n{\"title\":\"x\"}\n, {\"DOI\":\"10.9999/y\"}]",
                NULL, "record - at 1\nrecord - at 2\nrecord - at 3\ncomplete\n");
    check_story("{\"id\":\"a\",\"title\":\"b, ]}\\\"\"}", NULL, "record - at 1\ncomplete\n");
    check_story(
        "\xEF\xBB\xBF\n{\"id\":1,\"PMID\":\"990000001\"}\n{\"id\":2,\"PMID\":\"990000002\"}\n",
        NULL, "record 990000001 at 2\nrecord 990000002 at 3\ncomplete\n");
    check_story(" [ ] ", NULL, "complete\n");
}

TEST(what_is_found_by_its_content)
{
    static const char *const no =
        "unknown format at 0: the content is of no known format; known are "
        "pubmed-xml, nbib, pubmed-text, ris, enw, isi, jsonl, csl-json, bibtex, endnote-xml, jats, pmids, csv, "
        "tsv, "
        "csl-yaml, text\n";
    check_story("[{\"pmid\":\"990000001\",\"csl_type\":\"book\",\"title\":\"x\",\"id\":1}]", NULL,
                "record 990000001 at 1\ncomplete\n"); /* Osler's own lines */
    check_story("[{\"itemType\":\"book\",\"title\":\"x\",\"id\":1}]", NULL, no);
    check_story("{\"header\":{\"type\":\"book\"},\"esearchresult\":{}}", NULL, no);
    check_story("[1,2]", NULL, no);
    check_story("[", NULL, no);
    check_story("{\"type\":\"journal-article\",\"title\":\"x\",\"DOI\":\"10.9999/x\"}", NULL,
                "record - at 1\ncomplete\n");
}

TEST(an_item_may_fail_alone)
{
    check_story("[{\"id\":1,\"PMID\":\"990000001\"},\n7,\n{\"a\" 1},\n\"x, ]\",\n{},\n"
                "{\"id\":2,\"PMID\":\"990000002\"}]",
                "csl-json",
                "record 990000001 at 1\n"
                "malformed input at 2: expected an object with the variables of a work\n"
                "malformed input at 3: a colon should stand behind the name of a member\n"
                "malformed input at 4: expected an object with the variables of a work\n"
                "malformed input at 5: expected an object with the variables of a work\n"
                "record 990000002 at 6\ncomplete\n");
}

TEST(lists_that_are_broken)
{
    check_story("[{\"id\":1,\"PMID\":\"990000001\"},\n{\"id\":2,", "csl-json",
                "record 990000001 at 1\n"
                "malformed input at 2: the file ends inside this item: it is truncated\n"
                "not complete\n");
    check_story("[{\"id\":1},\n", "csl-json",
                "record - at 1\nmalformed input at 2: the file ends without the ] that ends its "
                "list: it is truncated\nnot complete\n");
    check_story("[{\"id\":1}\n{\"id\":2}]", "csl-json",
                "record - at 1\nmalformed input at 2: a comma or ] should stand behind an item of "
                "the list\nnot complete\n");
    check_story("[{\"id\":1}] x", "csl-json",
                "record - at 1\nmalformed input at 1: nothing should stand behind the ] that ends "
                "the list\nnot complete\n");
    check_story("[,{\"id\":1}]", "csl-json",
                "malformed input at 1: an item should stand here, not \",\"\nnot complete\n");
    check_story("[{\"id\":\"\xFF\"}]", "csl-json",
                "malformed input at 1: this is not UTF-8\ncomplete\n");
}

/* An item that is longer than what is read at once. */
TEST(items_go_over_the_edge_of_the_window)
{
    enum { LONG = 700000 };
    buf json = {0};
    buf_add_text(&json, "[{\"id\":\"a\",\"title\":\"");
    for (int i = 0; i < LONG; i++)
        buf_add_text(&json, i % 7 ? "x" : "\\\"");
    buf_add_text(&json, "\"},\n{\"PMID\":990000001}]");
    buf story = support_story(buf_str(&json), NULL);
    CHECK_TEXT(story.data, "record - at 1\nrecord 990000001 at 2\ncomplete\n");
    buf_free(&story);
    buf_free(&json);
}

TEST(members_become_fields)
{
    osler_record record = read_one(
        "{\"id\":17,\"type\":\"article-journal\",\"title\":\"<i>E</i> < 5 & <sc>x</sc>\","
        "\"container-title\":\"Yarn\",\"journalAbbreviation\":\"J. Yarn\",\"page\":\"347-54\","
        "\"number\":5,\"DOI\":\"https://doi.org/10.9999/X\",\"PMID\":\"990000001\","
        "\"PMCID\":\"PMC990000001\",\"ISSN\":\"1234-5678\",\"language\":\"de\"}");
    CHECK_TEXT(record.key, "17");
    CHECK_TEXT(record.csl_type, "article-journal");
    CHECK_TEXT(record.title, "<i>E</i> &lt; 5 &amp; &lt;sc&gt;x&lt;/sc&gt;");
    CHECK_TEXT(record.container_title_iso, "J. Yarn");
    CHECK(!record.container_title_medline);
    CHECK_TEXT(record.page_first, "347");
    CHECK_TEXT(record.page_last, "354");
    CHECK_TEXT(record.article_number, "5");
    CHECK_TEXT(record.doi, "10.9999/X");
    CHECK_TEXT(record.pmid, "990000001");
    CHECK_TEXT(record.pmcid, "PMC990000001");
    CHECK_TEXT(record.languages.items[0], "de");
    CHECK(record.identifiers.count == 3 && record.pmid_version == 1);
}

TEST(what_has_no_field_is_an_extra)
{
    osler_record record =
        read_one("{\"id\":\"a\",\"type\":\"patent\",\"number\":\"US 1\",\"scale\":\"1:5\","
                 "\"custom\":{\"a\":[1,\"\\n\"]},\"key\":\"z\",\"none\":null,\"DOI\":\"soon\"}");
    CHECK_TEXT(extra(&record, "number"), "US 1");
    CHECK_TEXT(extra(&record, "scale"), "1:5");
    CHECK_TEXT(extra(&record, "custom"), "{\"a\":[1,\"\\n\"]}");
    CHECK_TEXT(extra(&record, "key"), "z");
    CHECK_TEXT(extra(&record, "none"), "none");
    CHECK_TEXT(extra(&record, "DOI"), "soon");
    CHECK(!record.doi);
}

TEST(keywords_and_numbers_of_books_come_apart)
{
    osler_record record = read_one("{\"id\":\"a\",\"keyword\":\"wool; yarn, thin\","
                                   "\"ISBN\":\"9780000000019 9780000000026\"}");
    CHECK(record.keywords.count == 2 && record.isbn.count == 2);
    CHECK_TEXT(record.keywords.items[1].text, "yarn, thin");
    CHECK_TEXT(extra(&record, "keyword"), "wool; yarn, thin");
    CHECK_TEXT(extra(&record, "ISBN"), "9780000000019 9780000000026");
    record = read_one("{\"id\":\"a\",\"keyword\":\"wool, yarn\"}");
    CHECK(record.keywords.count == 2 && !record.extras.count);
}

TEST(words_that_rules_look_for)
{
    osler_record record =
        read_one("{\"id\":\"a\",\"genre\":\"Preprint\",\"status\":\"retracted\"}");
    CHECK(record.publication_types.count == 2);
    CHECK_TEXT(record.publication_types.items[0].name, "Preprint");
    CHECK_TEXT(record.publication_types.items[1].name, "Retracted Publication");
    CHECK_TEXT(read_one("{\"type\":\"journal-article\"}").csl_type, "article-journal");
}

TEST(a_work_without_id_is_not_pubmeds)
{
    CHECK_TEXT(
        rewritten("{\"PMID\":990000001,\"title\":\"Mine.\",\"note\":\"n\",\"type\":\"report\","
                  "\"genre\":\"preprint\"}"),
        "{\"id\":\"990000001\",\"type\":\"report\",\"title\":\"Mine.\",\"genre\":\"preprint\","
        "\"PMID\":\"990000001\",\"note\":\"n\"}");
}

TEST(everything_comes_back)
{
    static const char *const same[] = {
        "{\"id\":\"a\",\"type\":\"chapter\",\"title\":\"A <b>b</b> & c <d>\",\"container-title\":"
        "\"B & C\",\"volume\":\"1\"}",
        "{\"id\":\"a\",\"author\":[{\"family\":\"de Roe\",\"given\":\"A, Jr\"},{\"family\":\"Doe\","
        "\"suffix\":\"III\",\"dropping-particle\":\"von\",\"non-dropping-particle\":\"la\","
        "\"comma-suffix\":true,\"static-ordering\":true},{\"literal\":\"The <i>X</i> Group\"},"
        "{\"family\":\"van X\",\"parse-names\":false}],\"chair\":[{\"family\":\"Roe\"}]}",
        "{\"id\":\"a\",\"accessed\":{\"date-parts\":[[2004,6,14]]},\"available-date\":"
        "{\"date-parts\":[[2003]]},\"event-date\":{\"date-parts\":[[1999,21],[2001,22]]},"
        "\"issued\":{\"date-parts\":[[2004]],\"season\":2,\"circa\":true},\"original-date\":"
        "{\"literal\":\"soon\"},\"submitted\":{\"date-parts\":[[-44],[0]]}}",
        "{\"id\":\"a\",\"citation-key\":\"k\",\"page-first\":\"1\",\"note\":\"genre: x\"}",
        "{\"type\":\"thing\",\"title\":\"Ends with a stop.\"}",
    };
    for (size_t i = 0; i < sizeof same / sizeof *same; i++)
        CHECK_TEXT(rewritten(same[i]), same[i]);
}

TEST(other_writings_come_back_as_the_usual_one)
{
    CHECK_TEXT(rewritten("{\"id\":1,\"issued\":\"2004-06~\",\"shortTitle\":\"t\",\"volume\":7}"),
               "{\"id\":\"1\",\"title-short\":\"t\",\"volume\":\"7\","
               "\"issued\":{\"date-parts\":[[2004,6]],\"circa\":true}}");
    CHECK_TEXT(rewritten("{\"id\":1,\"editor\":\"A Group\",\"author\":[{\"family\":\"WHO\","
                         "\"isInstitution\":true},{}]}"),
               "{\"id\":\"1\",\"author\":[{\"literal\":\"WHO\"}],\"editor\":[{\"literal\":"
               "\"A Group\"}]}");
}

TEST(the_name_of_today_wins)
{
    CHECK_TEXT(rewritten("{\"id\":1,\"event-title\":\"new\",\"event\":\"old\"}"),
               "{\"id\":\"1\",\"event-title\":\"new\"}");
    CHECK_TEXT(rewritten("{\"id\":1,\"event\":\"old\",\"event-title\":\"new\"}"),
               "{\"id\":\"1\",\"event-title\":\"new\"}");
    CHECK_TEXT(rewritten("{\"id\":1,\"volume\":1,\"volume\":2}"),
               "{\"id\":\"1\",\"volume\":\"2\"}");
}

TEST(a_record_of_pubmed)
{
    osler_name names[] = {{.role = "author", .family = "Roe", .initials = "JM", .suffix = "Jr"},
                          {.role = "investigator", .family = "Doe"},
                          {.role = "author", .collective = "Wool &amp; Yarn"},
                          {.role = "author", .family = "Old", .superseded = true}};
    osler_date dates[] = {{.kind = "issued", .year = 2004, .season = 1},
                          {.kind = "epublished", .year = 2004, .month = 2, .day = 3},
                          {.kind = "revised", .year = 2009}};
    osler_publication_type type = {.ui = "D016441", .name = "Retracted Publication"};
    const char *languages[] = {"eng"};
    osler_record record = {.pmid = "990000001",
                           .csl_type = "article-journal",
                           .title = "Growth at p &lt; 0.05.",
                           .container_title = "Journal of Yarn",
                           .container_title_medline = "J Yarn",
                           .pages = "347\xE2\x80\x93"
                                    "54",
                           .languages = {languages, 1},
                           .names = {names, 4},
                           .dates = {dates, 3},
                           .publication_types = {&type, 1}};
    CHECK_TEXT(
        written(&record),
        "{\"id\":\"990000001\",\"type\":\"article-journal\",\"title\":\"Growth at p < 0.05\","
        "\"container-title\":\"Journal of Yarn\",\"container-title-short\":\"J Yarn\","
        "\"page\":\"347-54\",\"language\":\"en\",\"PMID\":\"990000001\","
        "\"status\":\"retracted\",\"author\":[{\"family\":\"Roe\",\"given\":\"J M\","
        "\"suffix\":\"Jr\"},{\"literal\":\"Wool & Yarn\"}],"
        "\"available-date\":{\"date-parts\":[[2004,2,3]]},"
        "\"issued\":{\"date-parts\":[[2004]],\"season\":1}}");
}
