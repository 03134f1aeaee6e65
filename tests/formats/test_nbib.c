/* PubMed's tagged text.  All records are invented. */
#include "check.h"
#include "support.h"

#include <osler/formats.h>

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
        {"Background: Why. Materials and methods: How. Results: What.", 3},
        {"Background: Why this was done, not one label more.", 1},
        {"Objective: Why. In short: how. Conclusion: What.", 2},
        {"Nothing known: Why. Also unknown: how.", 1},
        {"PURPOSE OF REVIEW: Why. RECENT FINDINGS: What. SUMMARY: So.", 3},
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

/* Lines of a record, and the names that they give. */
TEST(short_names)
{
    static const char *const cases[][2] = {
        {"FAU - Chang, Sang-ick\nAU  - Chang Si\n", "author Chang, Sang-ick [Si]"},
        {"FAU - Petrov, Iu A\nAU  - Petrov IuA\n", "author Petrov, Iu A [IuA]"},
        {"FAU - Ivanov, Sh\nAU  - Ivanov Sh\n", "author Ivanov, Sh [Sh]"},
        {"FAU - Jones, S Dj\nAU  - Jones SDj\n", "author Jones, S Dj [SDj]"},
        {"FAU - Seyfried, V V\nAU  - Seyfried V V\n", "author Seyfried, V [V] V"},
        {"FAU - van der Berg, Karl 3rd\nAU  - van der Berg K 3rd\n",
         "author van der Berg, Karl [K] 3rd"},
        {"FAU - Smith, John A\nAU  - Smith J A\n", "author Smith, John A [JA]"},
        {"FAU - Chang, Anna\nAU  - Chang Anna\n", "author Chang, Anna"},
        {"FAU - M\xC3\xBCller, Kurt\nAU  - Mueller K\n", "author M\xC3\xBCller, Kurt [K]"},
        {"AU  - Petrov IuA\n", "author Petrov, IuA [IuA]"},
        {"AU  - Ivanov Sh Jr\n", "author Ivanov, Sh [Sh] Jr"},
        {"AU  - Seyfried V V\n", "author Seyfried, V [V] V"},
        {"AU  - Chang Anna\n", "author Chang Anna, -"},
        {"AU  - DE SOUZA V\n", "author DE SOUZA, V [V]"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        buf text = {0};
        buf_printf(&text, "PMID- 990000001\n%s", cases[i][0]);
        arena memory = {0};
        osler_record r = support_record(&memory, buf_str(&text), "nbib");
        buf names = support_names(&r);
        CHECK_TEXT(names.data, cases[i][1]);
        buf_free(&names);
        arena_free(&memory);
        buf_free(&text);
    }
}

static const char *or_dash(const char *text)
{
    return text ? text : "-";
}

/* A grant as printed, and its number, acronym, agency and country. */
TEST(grants_with_parts_missing)
{
    static const char *const cases[][2] = {
        {"R01 GM084875/GM/NIGMS NIH HHS/United States",
         "R01 GM084875|GM|NIGMS NIH HHS|United States"},
        {"MOST 106-2221-E-002-082/Ministry of Science and Technology, Taiwan",
         "MOST 106-2221-E-002-082|-|Ministry of Science and Technology, Taiwan|-"},
        {"Z01 AB000001/ImNIH/Intramural NIH HHS/United States",
         "Z01 AB000001|ImNIH|Intramural NIH HHS|United States"},
        {"A-1/NULL/Some Agency/United Kingdom", "A-1|NULL|Some Agency|United Kingdom"},
        {"HHMI/Howard Hughes Medical Institute/United States",
         "-|HHMI|Howard Hughes Medical Institute|United States"},
        {"/WT_/Wellcome Trust/United Kingdom", "-|WT_|Wellcome Trust|United Kingdom"},
        {"076053/Z/04/Z/Wellcome Trust/United Kingdom",
         "076053/Z/04/Z|-|Wellcome Trust|United Kingdom"},
        {"BB/X1/1/BB_/Council of Biology/United Kingdom",
         "BB/X1/1|BB_|Council of Biology|United Kingdom"},
        {"Council of Health/Canada", "-|-|Council of Health|Canada"},
        {"R01 GM084875/GM/NIGMS NIH HHS", "R01 GM084875|GM|NIGMS NIH HHS|-"},
        {"R01 GM084875/GM", "R01 GM084875|GM|-|-"},
        {"R01 GM084875/GM/United States", "R01 GM084875|GM|-|United States"},
        {"12/34/Some Agency", "12/34|-|Some Agency|-"},
        {"12/WT_/Wellcome Trust/Nowhereland", "12|WT_|Wellcome Trust|Nowhereland"},
        {"R01 GM084875", "R01 GM084875|-|-|-"},
        {"Some Agency", "-|-|Some Agency|-"},
        {"Canada", "-|-|-|Canada"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        buf text = {0}, said = {0};
        buf_printf(&text, "PMID- 990000001\nGR  - %s\n", cases[i][0]);
        arena memory = {0};
        osler_record r = support_record(&memory, buf_str(&text), "nbib");
        const osler_grant *g = r.grants.items;
        CHECK(r.grants.count == 1);
        if (r.grants.count)
            buf_printf(&said, "%s|%s|%s|%s", or_dash(g->number), or_dash(g->acronym),
                       or_dash(g->agency), or_dash(g->country));
        CHECK_TEXT(buf_text(&said), cases[i][1]);
        arena_free(&memory);
        buf_free(&said);
        buf_free(&text);
    }
}

TEST(nothing_of_a_record_is_lost)
{
    arena memory = {0};
    osler_record r = support_record(
        &memory,
        str_of("PMID- 990000001\nIS  - 0033-2909 (Print)\nIS  - 1939-1455 (Electronic)\n"
               "IS  - 0033-2909 (Linking)\nTI  - P &lt;0.05 &amp; R&D &unknown; x\n"
               "OT  - a &amp; b\nPMCR- 2012/01/01\nPHST- 2012/01/01 08:30 [pmc-release]\n"
               "PHST- 2012/01/01 09:30 [pmc-release]\n"),
        "nbib");
    CHECK_TEXT(r.issn, "0033-2909");
    CHECK_TEXT(r.issn_type, "Print");
    CHECK_TEXT(r.issn_linking, "0033-2909");
    CHECK(r.extras.count == 1);
    CHECK_TEXT(r.extras.items[0].tag, "IS");
    CHECK_TEXT(r.extras.items[0].value, "1939-1455 (Electronic)");
    CHECK_TEXT(r.title, "P &lt;0.05 &amp; R&amp;D &amp;unknown; x");
    CHECK_TEXT(r.keywords.items[0].text, "a &amp; b");
    const osler_date *date = osler_record_date(&r, "history:pmc-release");
    CHECK(r.dates.count == 2 && date && date->hour == 9 && date->minute == 31);
    arena_free(&memory);
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
         "record 990000001 at 1\nrecord 990000002 at 4\nrecord 990000003 at 7\ncomplete\n"},
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

/* What is written reads as the same record, which is written alike. */
TEST(a_record_is_written_with_all_its_tags)
{
    arena memory = {0};
    osler_writer *nbib, *lines;
    osler_record record = support_record(&memory, whole, "nbib");
    CHECK(osler_writer_new(&nbib, "nbib", NULL) == OSLER_OK);
    CHECK(osler_writer_new(&lines, "jsonl", NULL) == OSLER_OK);
    str text = str_of(osler_writer_write(nbib, &record, NULL));
    osler_record again = support_record(&memory, text, NULL);
    buf first = {0};
    buf_add_text(&first, osler_writer_write(lines, &record, NULL));
    /* AID stands for LID too: the identifiers are the same, in another order. */
    CHECK(again.identifiers.count == record.identifiers.count);
    again.identifiers = record.identifiers;
    CHECK_TEXT(osler_writer_write(lines, &again, NULL), buf_text(&first));
    buf_free(&first);
    osler_writer_free(nbib);
    osler_writer_free(lines);
    arena_free(&memory);
}

TEST(what_has_no_tag_is_a_note)
{
    osler_name names[] = {{.role = "translator", .family = "Roe", .given = "Ann"}};
    osler_date dates[] = {
        {.kind = "issued", .year = 2019, .month = 12, .end_year = 2020, .end_month = 1}};
    osler_extra extras[] = {{"ZZZ", "kept"}, {"call-number", "Q 1"}};
    osler_correction corrections[] = {
        {.type = "RetractionIn", .source = "J Yarn", .pmid = "990000002"}};
    osler_record record = {.title = "A title that is so long that it goes on in the next line <i>of"
                                    "</i> the text &amp; is plain again",
                           .csl_type = "book",
                           .names = {names, 1},
                           .dates = {dates, 1},
                           .corrections = {corrections, 1},
                           .extras = {extras, 2}};
    osler_writer *nbib;
    CHECK(osler_writer_new(&nbib, "nbib", NULL) == OSLER_OK);
    CHECK_TEXT(
        osler_writer_write(nbib, &record, NULL),
        "DP  - 2019 Dec-2020 Jan\n"
        "BTI - A title that is so long that it goes on in the next line of the text & is plain\n"
        "      again\nPT  - Retracted Publication\nRIN - J Yarn. PMID: 990000002\n"
        "GN  - translator: Roe, Ann\nZZZ - kept\nGN  - call-number: Q 1\n");
    osler_writer_free(nbib);
}
