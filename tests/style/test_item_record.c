/* The item of a record: what PubMed's fields become for a style. */
#include "base/buf.h"
#include "check.h"
#include "record/record.h"
#include "style/item.h"

#include <stdio.h>

static arena memory;

static struct item item_of(const osler_record *record)
{
    struct item item;
    item_from_record(&memory, &item, record);
    return item;
}

static const char *text(const struct item *item, enum variable variable)
{
    static char out[400];
    str value = item_text(item, variable);
    snprintf(out, sizeof out, "%.*s", STR_ARG(value));
    return out;
}

static const char *title(const char *printed)
{
    osler_record record = {.pmid = "990000001", .title = printed};
    struct item item = item_of(&record);
    return text(&item, VARIABLE_TITLE);
}

TEST(the_final_period_is_pubmeds)
{
    CHECK_TEXT(title("Pain in the neck."), "Pain in the neck");
    CHECK_TEXT(title("Pain in the neck?"), "Pain in the neck?");
    CHECK_TEXT(title("Pain!"), "Pain!");
    CHECK_TEXT(title("[Pain in the neck]."), "[Pain in the neck]");
    CHECK_TEXT(title("Growth of <i>Yarnella knitti</i>."), "Growth of <i>Yarnella knitti</i>");
    CHECK_TEXT(title("Growth of <i>Yarnella knitti.</i>"), "Growth of <i>Yarnella knitti</i>");
    CHECK_TEXT(title("The need for vitamin D."), "The need for vitamin D");
    CHECK_TEXT(title("Version 2.1."), "Version 2.1");
}

TEST(the_period_of_a_word_stays)
{
    CHECK_TEXT(title("Care in the U.S."), "Care in the U.S.");
    CHECK_TEXT(title("Notes of a Ph.D."), "Notes of a Ph.D.");
    CHECK_TEXT(title("Reply to Roe et al."), "Reply to Roe et al.");
    CHECK_TEXT(title("On yarn ..."), "On yarn ...");
    CHECK_TEXT(title("A new worm, <i>Yarnella</i> sp. nov."),
               "A new worm, <i>Yarnella</i> sp. nov.");
    osler_record other = {.title = "Not from PubMed."};
    struct item item = item_of(&other);
    CHECK_TEXT(text(&item, VARIABLE_TITLE), "Not from PubMed.");
}

TEST(an_abbreviation_stands_for_the_journal)
{
    osler_record record = {.pmid = "990000001", .container_title_medline = "J Yarn Knit"};
    struct item item = item_of(&record);
    CHECK_TEXT(text(&item, VARIABLE_CONTAINER_TITLE), "J Yarn Knit");
}

TEST(the_letters_of_the_first_page_are_lent)
{
    static const char *const cases[][2] = {
        {"S12-8", "S12-S18"}, {"S12-S18", "S12-S18"},       {"347-54", "347-54"},
        {"e12-3", "e12-e13"}, {"S12-8, S40", "S12-8, S40"}, {"S12", "S12"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        osler_record record = {.pmid = "990000001", .pages = cases[i][0]};
        struct item item = item_of(&record);
        CHECK_TEXT(text(&item, VARIABLE_PAGE), cases[i][1]);
    }
}

TEST(markup_becomes_rich_text)
{
    CHECK_TEXT(title("H<sub>2</sub>O &lt; 5 &amp; <u>more</u> <span class=\"nocase\">pH</span>"),
               "H<sub>2</sub>O < 5 & more <span class=\"nocase\">pH</span>");
}

TEST(titles_in_other_languages)
{
    osler_record record = {
        .pmid = "990000001", .title = "[Not Available].", .vernacular_title = "Schmerz im Nacken."};
    struct item item = item_of(&record);
    CHECK_TEXT(text(&item, VARIABLE_TITLE), "Schmerz im Nacken");
    record.title = "[Pain in the neck].";
    item = item_of(&record);
    CHECK_TEXT(text(&item, VARIABLE_TITLE), "[Pain in the neck]");
    CHECK_TEXT(text(&item, VARIABLE_ORIGINAL_TITLE), "Schmerz im Nacken");
}

TEST(where_it_was_published)
{
    const char *isbn[] = {"9780000000019", "9780000000026"}, *urls[] = {"https://a.example/", "b"};
    osler_record record = {.pmid = "990000001",
                           .doi = "10.9999/x",
                           .pmcid = "PMC990000001",
                           .csl_type = "article-journal",
                           .container_title = "Journal of Yarn",
                           .container_title_medline = "J Yarn",
                           .volume = "12",
                           .issue = "3 Suppl 1",
                           .pages = "347\xE2\x80\x93"
                                    "54",
                           .article_number = "e17",
                           .report_number = "R5",
                           .isbn = {isbn, 2},
                           .urls = {urls, 2}};
    struct item item = item_of(&record);
    CHECK_TEXT(item.id, "990000001");
    CHECK(item.type == TYPE_ARTICLE_JOURNAL);
    CHECK_TEXT(text(&item, VARIABLE_CONTAINER_TITLE), "Journal of Yarn");
    CHECK_TEXT(text(&item, VARIABLE_CONTAINER_TITLE_SHORT), "J Yarn");
    CHECK_TEXT(text(&item, VARIABLE_ISSUE), "3 Suppl 1");
    CHECK_TEXT(text(&item, VARIABLE_PAGE), "347-54");
    CHECK_TEXT(text(&item, VARIABLE_NUMBER), "e17");
    CHECK_TEXT(text(&item, VARIABLE_DOI), "10.9999/x");
    CHECK_TEXT(text(&item, VARIABLE_PMCID), "PMC990000001");
    CHECK_TEXT(text(&item, VARIABLE_ISBN), "9780000000019, 9780000000026");
    CHECK_TEXT(text(&item, VARIABLE_URL), "https://a.example/");
    CHECK(!item.mark);
}

TEST(chapters_are_in_their_book)
{
    osler_record record = {.pmid = "990000001",
                           .csl_type = "chapter",
                           .title = "Wool.",
                           .book_title = "All <i>of</i> Yarn"};
    struct item item = item_of(&record);
    CHECK(item.type == TYPE_CHAPTER);
    CHECK_TEXT(text(&item, VARIABLE_TITLE), "Wool");
    CHECK_TEXT(text(&item, VARIABLE_CONTAINER_TITLE), "All <i>of</i> Yarn");
    record = (osler_record){.csl_type = "book", .book_title = "All of Yarn", .key = "roe2004"};
    item = item_of(&record);
    CHECK_TEXT(item.id, "roe2004");
    CHECK_TEXT(text(&item, VARIABLE_TITLE), "All of Yarn");
    CHECK(!item_has(&item, VARIABLE_CONTAINER_TITLE));
}

TEST(names_go_by_their_role)
{
    osler_name names[] = {
        {.role = "author", .family = "van der Zwaag", .given = "Ans B", .initials = "AB"},
        {.role = "author", .family = "Zwaag", .superseded = true},
        {.role = "editor", .family = "Roe", .initials = "J", .suffix = "Jr"},
        {.role = "author", .collective = "Wool &amp; Yarn Group"},
        {.role = "investigator", .family = "Doe"},
    };
    osler_record record = {.names = {names, sizeof names / sizeof *names}};
    struct item item = item_of(&record);
    const struct item_names *authors = item_names(&item, VARIABLE_AUTHOR);
    CHECK(authors && authors->count == 2);
    CHECK(str_is(authors->items[0].non_dropping_particle, "van der"));
    CHECK(str_is(authors->items[0].family, "Zwaag"));
    CHECK(str_is(authors->items[0].given, "Ans B"));
    CHECK(str_is(authors->items[1].literal, "Wool & Yarn Group"));
    const struct item_names *editors = item_names(&item, VARIABLE_EDITOR);
    CHECK(editors && editors->count == 1);
    CHECK(str_is(editors->items[0].given, "J"));
    CHECK(str_is(editors->items[0].suffix, "Jr"));
}

/* "Davies KE" of a reference list: the given name is what was printed. */
TEST(initials_for_a_given_name_are_initials)
{
    osler_name names[] = {{.role = "author", .family = "Roe", .given = "KE", .initials = "KE"},
                          {.role = "author", .family = "Poe", .given = "Jo", .initials = "J"}};
    osler_record record = {.names = {names, 2}};
    struct item item = item_of(&record);
    const struct item_names *authors = item_names(&item, VARIABLE_AUTHOR);
    CHECK(authors && authors->count == 2);
    CHECK(str_is(authors->items[0].given, "K E"));
    CHECK(str_is(authors->items[1].given, "Jo"));
}

TEST(lists_of_authors_may_be_incomplete)
{
    osler_name names[] = {{.role = "author", .family = "Moe", .initials = "J"},
                          {.role = "editor", .family = "Roe", .initials = "A"}};
    osler_record record = {.pmid = "990000001", .names = {names, 2}, .names_incomplete = true};
    struct item item = item_of(&record);
    CHECK(item_names(&item, VARIABLE_AUTHOR)->incomplete);
    CHECK(!item_names(&item, VARIABLE_EDITOR)->incomplete);
    record.names_incomplete = false;
    item = item_of(&record);
    CHECK(!item_names(&item, VARIABLE_AUTHOR)->incomplete);
}

TEST(dates_of_print_and_of_the_net)
{
    osler_date dates[] = {
        {.kind = "epublished", .year = 2004, .month = 6, .day = 14},
        {.kind = "issued", .year = 2004, .month = 11, .end_year = 2004, .end_month = 12},
    };
    osler_record record = {.pmid = "990000001", .dates = {dates, 2}};
    struct item item = item_of(&record);
    const struct item_date *issued = item_date(&item, VARIABLE_ISSUED);
    CHECK(issued->from.month == 11 && issued->to.month == 12 && issued->to.year == 2004);
    CHECK(item_date(&item, VARIABLE_AVAILABLE_DATE)->from.day == 14);
    record.dates.count = 1;
    item = item_of(&record);
    CHECK(item_date(&item, VARIABLE_ISSUED)->from.month == 6);
    dates[0] = (osler_date){.kind = "issued", .text = "in press"};
    item = item_of(&record);
    CHECK(str_is(item_date(&item, VARIABLE_ISSUED)->literal, "in press"));
    CHECK(!item_has(&item, VARIABLE_AVAILABLE_DATE));
}

static const char *language(const char *code)
{
    static char out[20];
    osler_record record = {.languages = {&code, 1}};
    struct item item = item_of(&record);
    snprintf(out, sizeof out, "%.*s", STR_ARG(item.language));
    return out;
}

TEST(languages_become_shorter)
{
    CHECK_TEXT(language("eng"), "en");
    CHECK_TEXT(language("ger"), "de");
    CHECK_TEXT(language("deu"), "de");
    CHECK_TEXT(language("aar"), "aa");
    CHECK_TEXT(language("zul"), "zu");
    CHECK_TEXT(language("de-AT"), "de-AT");
    CHECK_TEXT(language("xyz"), "xyz");
    CHECK_TEXT(language("und"), "");
}

static const char *mark(const char *type_ui, const char *correction_type)
{
    osler_publication_type type = {.ui = type_ui, .name = "Retracted Publication"};
    osler_correction correction = {.type = correction_type};
    osler_record record = {.publication_types = {&type, 1}, .corrections = {&correction, 1}};
    const char *found = item_of(&record).mark;
    return found ? found : "none";
}

TEST(retracted_works_are_marked)
{
    CHECK_TEXT(mark("D016441", "Cites"), "RETRACTED: ");
    CHECK_TEXT(mark(NULL, "Cites"), "RETRACTED: "); /* sources without UIs give names */
    CHECK_TEXT(mark("D016428", "RetractionIn"), "RETRACTED: ");
    CHECK_TEXT(mark("D016428", "PartialRetractionIn"), "PARTIALLY RETRACTED: ");
    CHECK_TEXT(mark("D016428", "ExpressionOfConcernIn"), "EXPRESSION OF CONCERN: ");
    CHECK_TEXT(mark("D016428", "RetractionOf"), "none");
}

TEST(preprints_are_articles)
{
    osler_publication_type type = {.ui = "D000076942", .name = "Preprint"};
    osler_record record = {
        .pmid = "990000001", .csl_type = "article-journal", .publication_types = {&type, 1}};
    struct item item = item_of(&record);
    CHECK(item.type == TYPE_ARTICLE);
    CHECK_TEXT(text(&item, VARIABLE_GENRE), "preprint");
}

TEST(abstract_and_keywords)
{
    osler_section sections[] = {{.label = "AIM", .text = "To knit."}, {.text = "x &lt; 5"}};
    osler_keyword keywords[] = {{.text = "wool"}, {.text = "yarn"}};
    osler_record record = {.abstract = {sections, 2}, .keywords = {keywords, 2}};
    struct item item = item_of(&record);
    CHECK_TEXT(text(&item, VARIABLE_ABSTRACT), "AIM: To knit. x < 5");
    CHECK_TEXT(text(&item, VARIABLE_KEYWORD), "wool, yarn");
}
