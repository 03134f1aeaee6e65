/* Tables: what other programs call their columns and put into one cell; and back. */
#include "base/arena.h"
#include "check.h"
#include "formats/writer.h"
#include "support.h"

#include <string.h>

static arena memory;

static osler_record read_table(const char *text)
{
    return support_record(&memory, str_of(text), NULL);
}

static void check_story(const char *text, const char *format, const char *expected)
{
    buf story = support_story(str_of(text), format);
    CHECK_TEXT(story.data, expected);
    buf_free(&story);
}

static void check_names(const char *cell, const char *expected)
{
    buf text = {0};
    buf_printf(&text, "title,authors\nx,\"%s\"\n", cell);
    osler_record record = read_table(buf_text(&text));
    buf names = support_names(&record);
    CHECK_TEXT(buf_text(&names), expected);
    buf_free(&names);
    buf_free(&text);
}

static const char *extra(const osler_record *record, const char *tag)
{
    for (size_t i = 0; i < record->extras.count; i++)
        if (strcmp(record->extras.items[i].tag, tag) == 0)
            return record->extras.items[i].value;
    return "none";
}

TEST(cells_are_read_as_spreadsheets_write_them)
{
    osler_record r = read_table("\xEF\xBB\xBFTitle;Year;Abstract;ISSN;Cited by\r\n"
                                "\"Wool; \"\"soft\"\"\";2019;\"two\nlines\";=\"12345678\";7\r\n");
    CHECK_TEXT(r.title, "Wool; \"soft\"");
    CHECK_TEXT(r.abstract.items[0].text, "two lines");
    CHECK_TEXT(r.issn, "1234-5678");
    CHECK_TEXT(extra(&r, "Cited by"), "7");
    CHECK(osler_record_year(&r) == 2019);
    arena_free(&memory);
}

TEST(the_header_may_stand_behind_other_rows)
{
    check_story("\"SEARCH\",\"wool\"\n----\n\nTitle,DOI\nx,10.9999/x\n", NULL,
                "record - at 5\ncomplete\n");
    check_story("sep=;\ntitle;doi\nx;10.9999/x\n", NULL, "record - at 3\ncomplete\n");
    check_story("PT\tAU\tTI\tPY\nJ\tRoe, A\tWool\t2019\n", NULL, "record - at 2\ncomplete\n");
    check_story("\"Title\";Year;\"DOI\"\nx;2019;10.9999/x\n\"y\nz\";2020;\n", NULL,
                "record - at 2\nrecord - at 3\ncomplete\n");
    check_story("a,b\n1,2\n", "csv",
                "malformed input at 1: expected a row with the names of columns, such as title, "
                "authors, year and doi; say which are which by --from csv:title=NAME,year=NAME\n"
                "not complete\n");
}

TEST(names_are_parted_however_they_stand)
{
    check_names("Roe, Ann B.; Doe, C.", "author Roe, Ann B. [AB]; author Doe, C. [C]");
    check_names("Roe AB, Doe C.", "author Roe, AB [AB]; author Doe, C [C]");
    check_names("Roe, A and van Moe, Jean-Paul",
                "author Roe, A [A]; author van Moe, Jean-Paul [JP]");
    check_names("Ann Roe; David De Moe; Max van der Doe",
                "author Roe, Ann [A]; author De Moe, David [D]; author van der Doe, Max [M]");
    check_names("Roe, A., Doe, B. C.", "author Roe, A. [A]; author Doe, B. C. [BC]");
    check_names("Roe, Ann (57190394669)", "author Roe, Ann [A]");
    check_names("Yarn and Wool Group", "author {Yarn and Wool Group}");
}

TEST(columns_of_programs_are_known)
{
    osler_record r =
        read_table("PMID,Title,Authors,Citation,Journal/Book,Publication Year\n"
                   "990000001,Wool,\"Roe A, Doe C.\",J Yarn. 2020 Feb;63(2):10-2. doi: "
                   "10.9999/w.,J Yarn,2020\n");
    CHECK_TEXT(r.pmid, "990000001");
    CHECK_TEXT(r.container_title, "J Yarn");
    CHECK_TEXT(r.volume, "63");
    CHECK_TEXT(r.issue, "2");
    CHECK_TEXT(r.pages, "10-2");
    r = read_table("CENTRAL ID,Title,Source,Publication Type\nCN-1,Wool,Yarns,Journal article\n");
    CHECK_TEXT(r.container_title, "Yarns");
    r = read_table(
        "title,Source title,Source,is_retracted,month,year\nx,Yarns,Scopus,True,3,2019\n");
    CHECK_TEXT(r.container_title, "Yarns");
    CHECK_TEXT(extra(&r, "Source"), "Scopus");
    CHECK_TEXT(r.publication_types.items[0].name, "Retracted Publication");
    CHECK(osler_record_date(&r, "issued")->month == 3);
    arena_free(&memory);
}

TEST(the_user_says_which_column_is_what)
{
    static const char table[] = "Headline,PY,Who,Title\nWool,2019,\"Roe, A\",Dr\n";
    osler_record r =
        support_record(&memory, str_of(table), "csv:title=headline,authors=Who,year=PY");
    CHECK_TEXT(r.title, "Wool");
    CHECK_TEXT(extra(&r, "column Title"), "Dr");
    CHECK(osler_record_year(&r) == 2019);
    check_story(
        table, "csv:wool=Who",
        "unknown format at 0: no field of a table is called \"wool\"; some are title, authors, "
        "year, journal, volume, issue, pages, doi, pmid, abstract, keywords\n");
    check_story(
        table, "csv:year=PY,title=Nowhere",
        "malformed input at 1: no column of this table is called \"Nowhere\"\nnot complete\n");
    check_story(table, "ris:year=PY", "unknown format at 0: nothing can be said behind \"ris:\"\n");
    arena_free(&memory);
}

TEST(broken_rows_cost_no_others)
{
    check_story("title,doi\n\"a\",1,2\nb,10.9999/b\n", "csv",
                "malformed input at 2: this row has 3 cells for 2 columns: is a quotation mark "
                "missing?\nrecord - at 3\ncomplete\n");
    check_story("title,doi\n\"a,10.9999/a\nb,10.9999/b\n", "csv",
                "malformed input at 2: a quotation mark of this row has no end; from here on every "
                "line is a row\nrecord - at 3\ncomplete\n");
    check_story("title,doi\n\"a", "csv",
                "malformed input at 2: a quotation mark of this row has no end; from here on every "
                "line is a row\ncomplete\n");
    check_story("title,doi\n,\n \nb,\n", "csv", "record - at 4\ncomplete\n");
}

static buf table_of(const osler_record *record, const struct writer *writer)
{
    buf text = {0};
    buf_add_text(&text, writer->head);
    writer->write(&text, record);
    buf_text(&text); /* a NUL behind it */
    return text;
}

/* Spreadsheets run a cell that starts like a formula. */
TEST(no_cell_is_a_formula)
{
    static const char *const titles[] = {"=1+1", "+x", "-5", "@sum", "'=1+1", "''-x", "'x", "a=b"};
    for (size_t i = 0; i < sizeof titles / sizeof *titles; i++) {
        osler_record record = {.title = titles[i], .csl_type = "book"};
        buf text = table_of(&record, &writer_csv);
        CHECK(!strstr(text.data, ",=") && !strstr(text.data, ",\"=") && !strstr(text.data, ",+") &&
              !strstr(text.data, ",-") && !strstr(text.data, ",@"));
        osler_record back = support_record(&memory, buf_str(&text), NULL);
        CHECK_TEXT(back.title, titles[i]);
        buf_free(&text);
    }
    arena_free(&memory);
}

TEST(tabs_and_commas_carry_the_same)
{
    osler_extra extras[] = {{"Cited by", "7"}};
    osler_record record = {.title = "Wool, \"soft\"",
                           .csl_type = "article",
                           .doi = "10.9999/wool",
                           .extras = {extras, 1}};
    buf text = table_of(&record, &writer_tsv);
    CHECK(text.data && !strchr(strchr(text.data, '\n'), ';'));
    osler_record back = support_record(&memory, buf_str(&text), NULL);
    CHECK_TEXT(back.title, record.title);
    CHECK_TEXT(back.csl_type, "article");
    CHECK_TEXT(extra(&back, "Cited by"), "7");
    buf_free(&text);
    arena_free(&memory);
}
