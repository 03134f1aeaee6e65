/* Tagged formats: RIS, EndNote's export, Web of Science's text: records of them and back. */
#include "base/arena.h"
#include "check.h"
#include "support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static arena memory;

static void check_story(const char *text, const char *format, const char *expected)
{
    buf story = support_story(str_of(text), format);
    CHECK_TEXT(story.data, expected);
    buf_free(&story);
}

static osler_record read_ris(const char *lines)
{
    buf text = {0};
    buf_printf(&text, "TY  - JOUR\n%s\nER  - \n", lines);
    osler_record record = support_record(&memory, buf_str(&text), NULL);
    buf_free(&text);
    return record;
}

static const char *written(const osler_record *record, const char *format)
{
    static buf text;
    osler_writer *writer;
    CHECK(osler_writer_new(&writer, format, NULL) == OSLER_OK);
    buf_clear(&text);
    buf_add_text(&text, osler_writer_write(writer, record, NULL));
    osler_writer_free(writer);
    return buf_text(&text);
}

static const char *extra(const osler_record *record, const char *tag)
{
    for (size_t i = 0; i < record->extras.count; i++)
        if (strcmp(record->extras.items[i].tag, tag) == 0)
            return record->extras.items[i].value;
    return "none";
}

static void check_names(const osler_record *record, const char *expected)
{
    buf names = support_names(record);
    CHECK_TEXT(buf_text(&names), expected);
    buf_free(&names);
}

static void check_date(const char *lines, int year, int month, int day)
{
    buf text = {0};
    buf_printf(&text, "TI  - x\n%s", lines);
    osler_record record = read_ris(buf_text(&text));
    buf_free(&text);
    const osler_date *date = osler_record_date(&record, "issued");
    CHECK(date != NULL);
    if (date && (date->year != year || date->month != month || date->day != day))
        fprintf(stderr, "%s: %d-%d-%d\n", lines, date->year, date->month, date->day);
    CHECK(date && date->year == year && date->month == month && date->day == day);
}

TEST(records_of_ris_are_cut)
{
    check_story("Provider: Yarn\n1.\nTY  - JOUR\nTI  - a\nER  - \n\n2.\nTY  - BOOK\nTI  - b\n"
                "ER  -\nNL  - c\n",
                NULL, "record - at 3\nrecord - at 8\ncomplete\n");
    check_story("TY  - JOUR\nTI  - a\nTY  - JOUR\nTI  - b", NULL,
                "record - at 1\nrecord - at 3\ncomplete\n");
    check_story("TI  - a\nVL  - 1\nER  - \n\nTI  - b\nER  - \n", "ris",
                "record - at 1\nrecord - at 5\ncomplete\n");
    check_story("\xEF\xBB\xBF\r\n\r\nTY  - JOUR\r\nAN  - 990000001\r\nDB  - PubMed\r\nER  - \r\n",
                NULL, "record 990000001 at 3\ncomplete\n");
    check_story("TY  - JOUR\nER  - \nTY  - JOUR\nTI  - b\nER  - \n", NULL,
                "malformed input at 1: this record has no title, no name and no identifier; "
                "expected lines such as \"TI  - The title\" between \"TY  - JOUR\" and "
                "\"ER  - \", not only \"TY  - JOUR\"\nrecord - at 3\ncomplete\n");
}

TEST(lines_of_ris_may_be_careless)
{
    osler_record record = read_ris("ti  - small\nAU- Roe, Ann\n  VL  - 3\nAB  - one\nDNA - two\n"
                                   "TI-RADS three\n\n   four\nTT  - unknown\nXY  -\nIS  -7");
    CHECK_TEXT(record.title, "small");
    check_names(&record, "author Roe, Ann [A]");
    CHECK_TEXT(record.volume, "3");
    CHECK_TEXT(record.issue, "7");
    CHECK_TEXT(record.abstract.items[0].text, "one DNA - two TI-RADS three four");
    CHECK_TEXT(extra(&record, "TT"), "unknown");
    CHECK(record.extras.count == 1);
}

TEST(utf_16_and_windows_1252)
{
    static const char utf16[] = "\xFF\xFET\0Y\0 \0 \0-\0 \0J\0O\0U\0R\0\n\0T\0I\0 \0 \0-\0 \0"
                                "\xE9\0=\xD8\x00\xDE!\0";
    osler_record record = support_record(&memory, (str){utf16, sizeof utf16 - 1}, NULL);
    CHECK_TEXT(record.title, "\xC3\xA9\xF0\x9F\x98\x80!");
    record = read_ris("TI  - Caf\xE9 \x93q\x94 na\xC3\xAFve \x81");
    CHECK_TEXT(record.title, "Caf\xC3\xA9 \xE2\x80\x9Cq\xE2\x80\x9D na\xC3\xAFve \xEF\xBF\xBD");
    static const char lines[] = "TY  - JOUR\nTI  - a\nAU  - M\xFCller, A\nER  - \n";
    osler_reader *reader;
    const osler_item *item;
    CHECK(osler_reader_open_bytes(&reader, lines, sizeof lines - 1, "x", NULL, NULL) == OSLER_OK);
    while (osler_reader_next(reader, &item, NULL) == OSLER_OK)
        CHECK_TEXT(item->record->names.items[0].family, "M\xC3\xBCller");
    CHECK(osler_reader_guessed(reader) == 3);
    osler_reader_close(reader);
}

/* What is decoded in parts is decoded alike, wherever the parts begin. */
TEST(encodings_go_over_the_edge_of_the_window)
{
    enum { LONG = 300001 };
    buf text = {0};
    buf_add_text(&text, "TY  - JOUR\nTI  - x");
    for (int i = 0; i < LONG; i++)
        buf_add_text(&text, i % 5 ? "\xC3\xA9" : "\xE9");
    buf_add_text(&text, "\nER  - \n");
    osler_record record = support_record(&memory, buf_str(&text), NULL);
    CHECK(record.title && strlen(record.title) == 2 * LONG + 1);
    CHECK(record.title && memcmp(record.title + 2 * LONG - 1, "\xC3\xA9", 2) == 0);
    buf_free(&text);
}

TEST(names_of_all_kinds)
{
    osler_record record = read_ris(
        "AU  - Roe, Ann B., Jr\nA1  - Doe JM\nAU  - Yarn Study Group\nAU  - WHO,\nA2  - Poe, E.\n"
        "A4  - Coe, X; Moe, Y\nAU  - Zoe, Jr., Z\nAU  - et al.\nA3  - a, b, c, d, e");
    check_names(&record, "author Roe, Ann B. [AB] Jr; author Doe, JM [JM]; author {Yarn Study "
                         "Group}; author {WHO}; editor Poe, E. [E]; translator Coe, X [X]; "
                         "translator Moe, Y [Y]; author Zoe, Z [Z] Jr.");
    CHECK(record.names_incomplete);
    CHECK_TEXT(extra(&record, "A3"), "a, b, c, d, e");
}

TEST(affiliations_between_authors_are_theirs)
{
    osler_record record = read_ris("AU  - Roe, A\nAD  - Here\nAU  - Doe, B\nAD  - There");
    CHECK_TEXT(record.names.items[0].affiliations.items[0].text, "Here");
    CHECK_TEXT(record.names.items[1].affiliations.items[0].text, "There");
    record = read_ris("AU  - Roe, A\nAU  - Doe, B\nAD  - Somewhere");
    CHECK(record.names.items[1].affiliations.count == 0);
    CHECK_TEXT(extra(&record, "AD"), "Somewhere");
}

TEST(dates_of_all_dialects)
{
    check_date("PY  - 2019", 2019, 0, 0);
    check_date("Y1  - 2019/03//", 2019, 3, 0);
    check_date("PY  - 2019/03/12/", 2019, 3, 12);
    check_date("PY  - 2020\nDA  - JAN 23", 2020, 1, 23);
    check_date("Y1  - 2020/05//\nPY  - 2020\nDA  - May 2020", 2020, 5, 0);
    check_date("DA  - 2016///\nPY  - 2016", 2016, 0, 0);
    check_date("PY  - 2019\nDA  - 2018/01/01", 2019, 0, 0);
    check_date("Y1  - Mar. 2017", 2017, 3, 0);
    osler_record record = read_ris("TI  - x\nPY  - undated\nY2  - 2021/06/14/");
    CHECK_TEXT(extra(&record, "PY"), "undated");
    CHECK(osler_record_date(&record, "accessed")->day == 14);
}

TEST(pages_and_numbers)
{
    osler_record record = read_ris("SP  - 347\nEP  - 54\nSN  - 1573-3602 10505350\nTI  - x");
    CHECK_TEXT(record.pages, "347-354");
    CHECK_TEXT(record.issn, "1573-3602");
    CHECK_TEXT(extra(&record, "SN"), "10505350");
    record = read_ris("SP  - pp 37-64\nSN  - 1999-7777(Electronic),0222-6666(Print)\nTI  - x");
    CHECK_TEXT(record.page_last, "64");
    CHECK_TEXT(record.issn_type, "Electronic");
    record = read_ris("SP  - e0815\nSN  - 978-0-00-000000-2\nTI  - x");
    CHECK_TEXT(record.article_number, "e0815");
    CHECK_TEXT(record.isbn.items[0], "978-0-00-000000-2");
    record = read_ris("SP  - No\nEP  - Specified\nTI  - x");
    CHECK(!record.page_first);
    CHECK_TEXT(extra(&record, "EP"), "Specified");
}

TEST(titles_of_journals)
{
    osler_record record = read_ris("T2  - Journal of Yarn\nJF  - Journal of Yarn\nJO  - J Yarn");
    CHECK_TEXT(record.container_title, "Journal of Yarn");
    CHECK_TEXT(record.container_title_medline, "J Yarn");
    record = read_ris("JA  - J. Yarn");
    CHECK_TEXT(record.container_title, "J. Yarn");
    record = support_record(
        &memory, str_of("TY  - BOOK\nTI  - Wool\nT2  - Books of yarn\nSP  - 120\nER  - \n"), NULL);
    CHECK_TEXT(record.collection_title, "Books of yarn");
    CHECK(!record.container_title && !record.pages);
    CHECK_TEXT(extra(&record, "number-of-pages"), "120");
}

TEST(identifiers_wherever_they_stand)
{
    osler_record record = read_ris("M3  - doi:10.9999/x\nU2  - PMID: 990000001.\nAN  - CN-1");
    CHECK_TEXT(record.doi, "10.9999/x");
    CHECK_TEXT(record.pmid, "990000001");
    CHECK(record.identifiers.count == 3);
    record = read_ris("UR  - https://doi.org/10.9999/y\n"
                      "L2  - https://www.ncbi.nlm.nih.gov/pubmed/990000002\n"
                      "L4  - https://www.ncbi.nlm.nih.gov/pmc/articles/PMC990000003/\nL2  - file");
    CHECK_TEXT(record.doi, "10.9999/y");
    CHECK_TEXT(record.pmid, "990000002");
    CHECK_TEXT(record.pmcid, "PMC990000003");
    CHECK_TEXT(extra(&record, "L2"), "file");
    record = read_ris("AN  - 990000004\nDB  - Yarnbase\nDO  - none\nTI  - x");
    CHECK(!record.pmid && !record.doi);
    CHECK_TEXT(extra(&record, "DO"), "none");
}

TEST(records_of_endnote)
{
    check_story("%T a\n%0 Journal Article\n%X one\n\ntwo\n%D 2019\n\n\n%T b\n%0 Book\n", NULL,
                "record - at 1\nrecord - at 9\ncomplete\n");
    check_story("%0 Book\n%T a\n%0 Book\n%T b\n", NULL, "record - at 1\nrecord - at 3\ncomplete\n");
    check_story("%A Roe, A\n%T a\n\n%A Doe, B\n%T b\n", NULL,
                "record - at 1\nrecord - at 4\ncomplete\n");
    osler_record record = support_record(
        &memory,
        str_of("%0 Book Section\n%A a, b and c, d\n%T t\n%B the book\n%P 3-9\n%K wool\nyarn\n"
               "%^ caption\n%M 990000001\n%U http://www.ncbi.nlm.nih.gov/pubmed/990000001\n"),
        NULL);
    check_names(&record, "author a, b; author c, d");
    CHECK_TEXT(record.csl_type, "chapter");
    CHECK_TEXT(record.container_title, "the book");
    CHECK(record.keywords.count == 2 && record.identifiers.count == 1);
    CHECK_TEXT(record.pmid, "990000001");
    CHECK_TEXT(extra(&record, "^"), "caption");
}

TEST(records_of_web_of_science)
{
    static const char text[] =
        "FN Yarn\nVR 1.0\nPT J\nAU Roe, AB\n   Doe, J\nAF Roe, Ann Bea\n   Doe, Jo\nTI one\n   "
        "two\n"
        "SO YARN\nDE wool; yarn;\n   knit\nPD MAR-APR\nPY 2019\nBP 1\nEP 9\nPM 990000001\n"
        "UT WOS:1\nTC 7\nER\n\nPT B\nTI b\nER\n\nEF\n";
    check_story(text, NULL, "record 990000001 at 3\nrecord - at 22\ncomplete\n");
    osler_record record = support_record(&memory, str_of(text), NULL);
    check_names(&record, "author Roe, Ann Bea [AB]; author Doe, Jo [J]");
    CHECK_TEXT(record.title, "one two");
    CHECK(record.keywords.count == 3);
    const osler_date *date = osler_record_date(&record, "issued");
    CHECK(date && date->month == 3 && date->end_month == 4);
    CHECK_TEXT(extra(&record, "TC"), "7");
}

TEST(no_retracted_work_leaves_without_its_mark)
{
    osler_correction link = {.type = "RetractionIn"};
    osler_record record = {.title = "Wool", .corrections = {&link, 1}};
    CHECK(strstr(written(&record, "ris"), "\nM3  - Retracted Publication\n"));
    CHECK(strstr(written(&record, "enw"), "\n%9 Retracted Publication\n"));
    CHECK(strstr(written(&record, "isi"), "\nDT Retracted Publication\n"));
    link.type = "ExpressionOfConcernIn";
    CHECK(strstr(written(&record, "ris"), "\nN1  - EXPRESSION OF CONCERN\n"));
}

/* No text can make lines of its own. */
TEST(values_stay_on_their_lines)
{
    osler_extra extras[] = {{"U1", "a\nER  - "}, {"scale", "1:5"}, {"DA", "2001"}};
    osler_record record = {.title = "x\nER  - \nTY  - BOOK", .extras = {extras, 3}};
    CHECK_TEXT(written(&record, "ris"), "TY  - GEN\nTI  - x ER  -  TY  - BOOK\nU1  - a ER  - \n"
                                        "N1  - scale: 1:5\nN1  - DA: 2001\nER  - \n");
}
