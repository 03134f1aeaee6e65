/* Lists of PMIDs as people write them. */
#include "check.h"

#include <osler/fetch.h>
#include <stdio.h>
#include <string.h>

static osler_status parse(osler_pmids *list, const char *text, osler_error *error)
{
    *list = (osler_pmids){0};
    return osler_pmids_parse(list, text, strlen(text), "list.txt", error);
}

TEST(all_forms_are_understood)
{
    osler_pmids list;
    osler_error error = {0};
    CHECK(parse(&list,
                "\xEF\xBB\xBF"
                "1 2,3;4\r\n# 99 a comment\nPMID: 5 pmid:6 PMID:7, PMID- 8\nPMID - 9 # 98\n"
                "https://pubmed.ncbi.nlm.nih.gov/10/ http://www.ncbi.nlm.nih.gov/pubmed/11\n"
                "pubmed.ncbi.nlm.nih.gov/12?from=x#abstract  PMID13\n\n00014,,",
                &error) == OSLER_OK);
    CHECK_TEXT(error.message, "");
    CHECK(list.count == 14);
    for (size_t i = 0; i < list.count; i++)
        CHECK(list.items[i] == i + 1);
    osler_pmids_free(&list);
}

TEST(what_is_no_pmid_is_named_with_its_line)
{
    static const char *const bad[] = {"abc",
                                      "12a",
                                      "0",
                                      "1234567890",
                                      "-5",
                                      "12.5",
                                      "PMC123",
                                      "https://example.org/12",
                                      "https://pubmed.ncbi.nlm.nih.gov.example.org/12",
                                      "https://pubmed.ncbi.nlm.nih.gov/?term=12",
                                      "99999999999999999999999999"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        char text[100];
        osler_pmids list;
        osler_error error = {0};
        snprintf(text, sizeof text, "1 2\n# fine\n3 %s 4\n", bad[i]);
        CHECK(parse(&list, text, &error) == OSLER_EINPUT);
        CHECK(error.line == 3 && strstr(error.message, bad[i]));
        CHECK_TEXT(error.source, "list.txt");
        CHECK(list.count == 3);
        osler_pmids_free(&list);
    }
}

TEST(nothing_is_an_empty_list)
{
    osler_pmids list;
    CHECK(parse(&list, "  \n# nothing\n", NULL) == OSLER_OK && list.count == 0);
    osler_pmids_free(&list);
}
