/* PubMed's text displays: the Abstract with its paragraphs, the Summary on a line or wrapped. */
#include "base/arena.h"
#include "check.h"
#include "support.h"

#include <string.h>

#define FIRST "1. J Yarn. 2008 Aug;9(8):667-77. doi: 10.9999/one.\n\nOne.\n\nWool A.\n\n"
#define PMID(digits) "PMID: " digits " [Indexed for MEDLINE]\n\n\n"

static arena memory;

static osler_record read_text(const char *text)
{
    return support_record(&memory, str_of(text), NULL);
}

static void check_story(const char *text, const char *expected)
{
    buf story = support_story(str_of(text), NULL);
    CHECK_TEXT(story.data, expected);
    buf_free(&story);
}

static void check_names(const osler_record *record, const char *expected)
{
    buf names = support_names(record);
    CHECK_TEXT(buf_text(&names), expected);
    buf_free(&names);
}

static const char abstract_display[] =
    "1. Drugs Yarn (Barc). 2008 Aug 15;9(8 Suppl 1):667-77. doi:\n10.9999/wool(08)1. Epub 2007 \n"
    "Dec 20.\n\n[Wool is soft: a \nrandomized trial].\n\n[Article in French, German]\n\n"
    "Wool-Felt A(1)(2), D'Yarn BC Jr(1), Silk\nDE(#)(2); Weaving Group.\n\n"
    "Author information: \n(1)Institute of Wool (1), Yarntown. (2)Loom, \nThread & Co.\n\n"
    "Comment in\n    J Knit. 2009 Jan;1(1):2-3.\n    J Purl. 2009;3:4. doi:\n    10.9999/purl.\n\n"
    "BACKGROUND: Wool < silk.\nMETHODS: We knit\nscarves.\nCONCLUSIONS: Soft.\n\n"
    "Copyright © 2008 Yarn Society.\n\nDOI: 10.9999/wool(08)1\n"
    "PMCID: PMC9900001 [Available on 2009-03-01]\n" PMID(
        "990000001") "Conflict of interest statement: AW sells\nwool.\n";

TEST(abstract_display_bibliography)
{
    osler_record r = read_text(abstract_display);
    CHECK_TEXT(r.container_title_medline, "Drugs Yarn (Barc)");
    CHECK_TEXT(r.title, "[Wool is soft: a randomized trial].");
    CHECK_TEXT(r.volume, "9");
    CHECK_TEXT(r.issue, "8 Suppl 1");
    CHECK_TEXT(r.pages, "667-77");
    CHECK_TEXT(r.page_last, "677");
    CHECK_TEXT(r.doi, "10.9999/wool(08)1");
    CHECK_TEXT(r.pmid, "990000001");
    CHECK_TEXT(r.pmcid, "PMC9900001");
    CHECK_TEXT(r.status, "MEDLINE");
    CHECK_TEXT(r.csl_type, "article-journal");
    CHECK(osler_record_date(&r, "issued")->day == 15);
    CHECK(osler_record_date(&r, "epublished")->month == 12);
    CHECK(r.languages.count == 2);
    CHECK_TEXT(r.languages.items[1], "ger");
    CHECK(r.extras.count == 1);
    CHECK_TEXT(r.extras.items[0].value, "[Available on 2009-03-01]");
    arena_free(&memory);
}

TEST(abstract_display_paragraphs)
{
    osler_record r = read_text(abstract_display);
    check_names(&r, "author Wool-Felt, A [A]; author D'Yarn, BC [BC] Jr; author Silk, DE [DE]; "
                    "author {Weaving Group}");
    CHECK(r.names.items[0].affiliations.count == 2);
    CHECK_TEXT(r.names.items[0].affiliations.items[0].text, "Institute of Wool (1), Yarntown.");
    CHECK_TEXT(r.names.items[2].affiliations.items[0].text, "Loom, Thread &amp; Co.");
    CHECK(r.abstract.count == 3);
    CHECK_TEXT(r.abstract.items[0].text, "Wool &lt; silk.");
    CHECK_TEXT(r.abstract.items[1].label, "METHODS");
    CHECK_TEXT(r.abstract.items[1].text, "We knit scarves.");
    CHECK_TEXT(r.abstract_copyright, "Copyright © 2008 Yarn Society.");
    CHECK_TEXT(r.conflict_of_interest, "AW sells wool.");
    CHECK(r.corrections.count == 2);
    CHECK_TEXT(r.corrections.items[1].type, "CommentIn");
    CHECK_TEXT(r.corrections.items[1].source, "J Purl. 2009;3:4. doi: 10.9999/purl.");
    arena_free(&memory);
}

TEST(summary_display)
{
    osler_record r = read_text(
        "1: Wool A, Felt BC; Yarn Group. Is wool soft? J Yarn. 2008\nMay-Jun;9:e12-e15. "
        "doi: 10.9999/two. Epub 2008 Apr 1. Review. Erratum in: J Yarn. 2009\nJan;10(1):5. "
        "PubMed PMID: 990000002; PubMed Central PMCID: PMC9900002.\n");
    check_names(&r, "author Wool, A [A]; author Felt, BC [BC]; author {Yarn Group}");
    CHECK_TEXT(r.title, "Is wool soft?");
    CHECK_TEXT(r.container_title_medline, "J Yarn");
    CHECK_TEXT(r.pages, "e12-e15");
    CHECK_TEXT(r.doi, "10.9999/two");
    CHECK_TEXT(r.pmid, "990000002");
    CHECK_TEXT(r.pmcid, "PMC9900002");
    CHECK_TEXT(r.corrections.items[0].source, "J Yarn. 2009 Jan;10(1):5.");
    CHECK_TEXT(r.publication_types.items[0].name, "Review");
    CHECK(osler_record_date(&r, "issued")->end_month == 6);
    r = read_text("1: No names here. J Yarn. 2011 Jan 2:e5. doi: 10.9999/x.PubMed PMID: 990000003");
    CHECK_TEXT(r.title, "No names here.");
    CHECK_TEXT(r.pages, "e5");
    CHECK_TEXT(r.doi, "10.9999/x");
    CHECK(r.names.count == 0 && !r.volume);
    arena_free(&memory);
}

TEST(what_is_not_understood_is_kept)
{
    osler_record r = read_text(
        "1. J Yarn. 2008. Print 2009.\n\nOne.\n\nWool A, Felt B.\n\n"
        "Author information:\nInstitute of Wool.\n\n" PMID("990000001") "Odd paragraph.\n");
    CHECK(r.extras.count == 3);
    CHECK_TEXT(r.extras.items[0].value, "Print 2009");
    CHECK_TEXT(r.extras.items[1].tag, "Author information");
    CHECK_TEXT(r.extras.items[1].value, "Institute of Wool.");
    CHECK_TEXT(r.extras.items[2].value, "Odd paragraph.");
    CHECK(r.names.count == 2 && r.abstract.count == 0);
    r = read_text(FIRST "Wool is soft. It warms.\n\n" PMID("990000001"));
    CHECK_TEXT(r.abstract.items[0].text, "Wool is soft. It warms.");
    arena_free(&memory);
}

TEST(blocks_are_parted_by_their_numbers)
{
    check_story("# my list\n" FIRST "We knit.\n\n2. Then we purl.\n\n" PMID(
                    "990000001") "# doubtful\n2. J Knit. 2009.\n\nTwo.\n\n" PMID("990000002"),
                "record 990000001 at 1\nrecord 990000002 at 15\ncomplete\n");
    check_story("1: Wool A. One. J Yarn. 2008. PMID: 990000001.\n\n2:Felt B. Two. J Yarn. 2009. "
                "PMID: 990000002\n\n3: torn off\n",
                "record 990000001 at 1\nrecord 990000002 at 3\nmalformed input at 5: expected a "
                "citation such as \"1. J Pain. 2008 Aug;9(8):667-77.\", or a PMID\ncomplete\n");
}

/* Lists of references are left to the format "text". */
TEST(reference_lists_are_no_displays)
{
    static const char *const lists[] = {
        "1. Wool A. One. J Yarn. 2008;9:1. PMID: 990000001\n\n2. Felt B. Two. J Yarn. 2009;1:2.\n",
        "1. Wool A, Felt BC. 2008. One. J Yarn 9:1.\n\nPMID: 990000001\n",
        "1. J Yarn. 2008;9:1.\n2. J Yarn. 2009;1:1.\n",
        "1: Wool A. One. J Yarn. 2008.\n",
    };
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        osler_reader *reader;
        if (osler_reader_open_bytes(&reader, lists[i], strlen(lists[i]), "list", NULL, NULL) ==
            OSLER_OK)
            CHECK_TEXT(osler_reader_format(reader), "text");
        osler_reader_close(reader);
    }
}
