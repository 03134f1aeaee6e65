/* PubMed's tagged text.  All records are invented. */
#include "check.h"
#include "support.h"

#include <stdio.h>

static const str whole = STR(
    "\xEF\xBB\xBF\r\n"
    "PMID- 990000001\r\nOWN - NLM\r\nSTAT- MEDLINE\r\nIS  - 1234-5679 (Electronic)\r\n"
    "IS  - 1234-5678 (Linking)\r\nVI  - 12\r\nIP  - 3 Pt 1\r\nDP  - 2015 Oct-Dec\r\n"
    "TI  - A title that goes on in the\r\n      next line, with P<0.05 & more.\r\nPG  - 347-54\r\n"
    "LID - 10.1000/lid [doi]\r\nLID - e10042 [pii]\r\n"
    "AB  - BACKGROUND: Why it was done. METHODS: What was done in\r\n"
    "      TNF - alpha mice. RESULTS AND SO ON: What came.\r\n"
    "CI  - Copyright us.\r\nFAU - Smith, John A Jr\r\nAU  - Smith JA Jr\r\n"
    "AUID- ORCID: 0000-0002-1825-0097\r\nAD  - First place.\r\nAD  - Second place.\r\n"
    "FAU - Long, Vicky\r\nAU  - Long V\r\nCN  - The Group\r\nAU  - van der Berg K\r\n"
    "FIR - Member, One\r\nIR  - Member O\r\nIRAD- Elsewhere.\r\n"
    "LA  - eng\r\nLA  - ger\r\nGR  - R01 GM084875/GM/NIGMS NIH HHS/United States\r\n"
    "GR  - 076053/Z/04/Z/Wellcome Trust/United Kingdom\r\nSI  - ClinicalTrials.gov/NCT1\r\n"
    "SI  - ClinicalTrials.gov/NCT2\r\nSI  - GENBANK/X1\r\nPT  - Journal Article\r\n"
    "PT  - Randomized Controlled Trial\r\nDEP - 20150902\r\nPL  - England\r\nTA  - J Test\r\n"
    "JT  - Journal of tests\r\nJID - 0000001\r\nRN  - 0 (Substance (one))\r\n"
    "CIN - J Test. 2016;1:1. PMID: 990000002\r\nMH  - *Neck Pain/therapy/*economics\r\n"
    "MH  - Humans\r\nPMC - PMC123\r\nOTO - NOTNLM\r\nOT  - *neck\r\nOT  - pain\r\n"
    "CRDT- 2015/09/03 06:00\r\nPHST- 2015/09/03 06:00 [entrez]\r\n"
    "PHST- 2015/01/01 00:00 [received]\r\nAID - 10.1000/aid [doi]\r\nAID - x1 [pii]\r\n"
    "PST - ppublish\r\nSO  - J Test. 2015.\r\nZZZ - unknown\r\n");

TEST(a_whole_record)
{
    arena memory = {0};
    osler_record r = support_record(&memory, whole, NULL);
    buf names = support_names(&r);
    CHECK_TEXT(r.pmid, "990000001");
    CHECK_TEXT(r.title, "A title that goes on in the next line, with P&lt;0.05 &amp; more.");
    CHECK_TEXT(names.data,
               "author Smith, John A [JA] Jr; author Long, Vicky [V]; author {The Group}; "
               "author van der Berg, K [K]; investigator Member, One [O]");
    CHECK_TEXT(r.names.items[0].orcid, "0000-0002-1825-0097");
    CHECK(r.names.items[0].affiliations.count == 2 && r.names.items[1].affiliations.count == 0);
    CHECK_TEXT(r.names.items[4].group, "The Group");
    CHECK_TEXT(r.names.items[4].affiliations.items[0].text, "Elsewhere.");
    CHECK_TEXT(r.doi, "10.1000/aid");
    CHECK_TEXT(r.pii, "x1");
    CHECK_TEXT(r.pmcid, "PMC123");
    CHECK_TEXT(r.issn, "1234-5679");
    CHECK_TEXT(r.issn_linking, "1234-5678");
    CHECK_TEXT(r.page_last, "354");
    CHECK_TEXT(r.country, "England");
    CHECK(r.languages.count == 2 && r.publication_types.count == 2);
    const osler_date *issued = osler_record_date(&r, "issued");
    CHECK(issued && issued->month == 10 && issued->end_month == 12 && issued->text);
    const osler_date *entrez = osler_record_date(&r, "history:entrez");
    CHECK(entrez && entrez->day == 3 && entrez->hour == 7);
    CHECK(osler_record_date(&r, "history:received") && osler_record_date(&r, "epublished"));
    CHECK(r.dates.count == 4);
    CHECK(r.extras.count == 2);
    CHECK_TEXT(r.extras.items[1].tag, "ZZZ");
    buf_free(&names);
    arena_free(&memory);
}

TEST(lists_of_a_record)
{
    arena memory = {0};
    osler_record r = support_record(&memory, whole, "nbib");
    CHECK(r.abstract.count == 3);
    CHECK_TEXT(r.abstract.items[1].label, "METHODS");
    CHECK_TEXT(r.abstract.items[1].category, "METHODS");
    CHECK_TEXT(r.abstract.items[1].text, "What was done in TNF - alpha mice.");
    CHECK_TEXT(r.abstract.items[2].label, "RESULTS AND SO ON");
    CHECK(!r.abstract.items[2].category);
    CHECK(r.headings.count == 2 && r.headings.items[0].major && !r.headings.items[1].major);
    CHECK_TEXT(r.headings.items[0].name, "Neck Pain");
    CHECK(r.headings.items[0].qualifiers.count == 2);
    CHECK(!r.headings.items[0].qualifiers.items[0].major);
    CHECK(r.headings.items[0].qualifiers.items[1].major);
    CHECK(r.databanks.count == 2 && r.databanks.items[0].numbers.count == 2);
    CHECK_TEXT(r.grants.items[0].acronym, "GM");
    CHECK_TEXT(r.grants.items[1].number, "076053/Z/04/Z");
    CHECK_TEXT(r.grants.items[1].agency, "Wellcome Trust");
    CHECK_TEXT(r.chemicals.items[0].name, "Substance (one)");
    CHECK_TEXT(r.corrections.items[0].type, "CommentIn");
    CHECK_TEXT(r.corrections.items[0].source, "J Test. 2016;1:1");
    CHECK_TEXT(r.corrections.items[0].pmid, "990000002");
    CHECK(r.keywords.count == 2 && r.keywords.items[0].major);
    CHECK_TEXT(r.keywords.items[1].owner, "NOTNLM");
    arena_free(&memory);
}

/* An abstract, and how many sections it has: labels count only where they must be labels. */
TEST(structured_abstracts)
{
    static const struct {
        const char *text;
        size_t sections;
    } cases[] = {
        {"AIM: One. METHODS: Two.", 2},
        {"AIM: Only one label here.", 1},
        {"Text first. AIM: One. METHODS: Two.", 1},
        {"DNA: is a molecule. RNA: is another.", 1},
        {"PURPOSE: One? SOME OTHER LABEL (S): Two. CONCLUSIONS: Three.", 3},
        {"AIM: One, with METHODS: in a sentence.", 1},
        {"METHODS:no space. RESULTS: x.", 1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        buf text = {0};
        buf_printf(&text, "PMID- 990000001\nAB  - %s\n", cases[i].text);
        arena memory = {0};
        osler_record r = support_record(&memory, buf_str(&text), NULL);
        CHECK(r.abstract.count == cases[i].sections || !fprintf(stderr, "%s\n", cases[i].text));
        arena_free(&memory);
        buf_free(&text);
    }
}

TEST(where_records_begin_and_end)
{
    static const char *const cases[][2] = {
        {"PMID- 990000001\nTI  - a\n\nPMID- 990000002\nTI  - b\n",
         "record 990000001 at 1\nrecord 990000002 at 4\ncomplete\n"},
        {"PMID- 990000001\nTI  - a\nPMID- 990000002\nTI  - b",
         "record 990000001 at 1\nrecord 990000002 at 3\ncomplete\n"},
        {"\n\nPMC - PMC1\nPMID- 990000001\n\n\n\nPMC - PMC2\nPMID- 990000002\n\n",
         "record 990000001 at 3\nrecord 990000002 at 8\ncomplete\n"},
        {"PMID- 990000001\nAB  - one\n\n      two\nTI  - a\n", "record 990000001 at 1\ncomplete\n"},
        {"TI  - no PMID\n", "record - at 1\ncomplete\n"},
        {"PMID- 990000001\nTI  - a\n\nid: 5 Error occurred: The following PMID is not available: "
         "5\n",
         "record 990000001 at 1\nmalformed input at 4: expected a tag such as \"PMID- \" at the "
         "start "
         "of the line, not \"id: 5 Error occurred: The following PMID is not available: 5\"\n"
         "complete\n"},
        {"PMID- 990000001\nTI  - a\n\nPMID- 990000002\nTI  - \xFF bad\n\nPMID- 990000003\n",
         "record 990000001 at 1\nmalformed input at 5: bytes that are not UTF-8; save the file as "
         "UTF-8\nrecord 990000003 at 7\ncomplete\n"},
        {"PMID- x1\nOWN - NLM\n", "record - at 1\ncomplete\n"},
        {"OWN - NLM\n\nPMID- 990000001\n",
         "malformed input at 1: this record has neither a PMID nor a title\n"
         "record 990000001 at 3\ncomplete\n"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        buf story = support_story(str_of(cases[i][0]), NULL);
        CHECK_TEXT(story.data, cases[i][1]);
        buf_free(&story);
    }
}

TEST(a_line_that_looks_like_a_tag_is_none)
{
    arena memory = {0};
    osler_record r = support_record(
        &memory, str_of("PMID- 990000001\nAB  - made of\nDNA-binding proteins\nTI  - a\n"), NULL);
    CHECK_TEXT(r.abstract.items[0].text, "made of DNA-binding proteins");
    CHECK_TEXT(r.title, "a");
    arena_free(&memory);
}
