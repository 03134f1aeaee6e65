/* What the text of a reference becomes: names, titles, dates, volumes, pages, identifiers. */
#include "refs/refs.h"

#include <check.h>
#include <stdlib.h>

static arena memory;
static osler_record *r;

static bool parse(const char *text)
{
    struct refs_confidence sure;
    struct refs_reference reference = {.text = str_of(text)};
    arena_clear(&memory);
    return refs_parse(&r, &sure, &memory, &reference, NULL) == OSLER_OK && sure.whole <= 1;
}

static void check_name(size_t i, const char *family, const char *given)
{
    CHECK(i < r->names.count);
    if (i >= r->names.count)
        return;
    CHECK_TEXT(r->names.items[i].family, family);
    const osler_name *name = &r->names.items[i];
    CHECK_TEXT(name->given ? name->given : name->initials, given);
}

TEST(vancouver)
{
    CHECK(parse(
        "Wool AB, van der Felt C, Silk-Tweed D Jr, et al. Yarn and needles: a trial? J Knit Res. "
        "2003 Jan 15;138(2):345-75. doi: 10.1000/abc(03)12. PMID: 990000001."));
    check_name(0, "Wool", "AB");
    check_name(1, "van der Felt", "C");
    check_name(2, "Silk-Tweed", "D");
    CHECK_TEXT(r->names.items[2].suffix, "Jr");
    CHECK(r->names.count == 3 && r->names_incomplete);
    CHECK_TEXT(r->title, "Yarn and needles: a trial?");
    CHECK_TEXT(r->container_title, "J Knit Res");
    CHECK_TEXT(r->volume, "138");
    CHECK_TEXT(r->issue, "2");
    CHECK_TEXT(r->pages, "345-75");
    CHECK_TEXT(r->page_last, "375");
    CHECK_TEXT(r->doi, "10.1000/abc(03)12");
    CHECK_TEXT(r->pmid, "990000001");
    CHECK_TEXT(r->csl_type, "article-journal");
    const osler_date *date = osler_record_date(r, "issued");
    CHECK(date && date->year == 2003 && date->month == 1 && date->day == 15);
}

TEST(names_in_every_order)
{
    CHECK(parse(
        "Wool, A. B., & Felt, C. (2001a). Yarn of the north. Journal of Knitting, 12(3), 45-67."));
    check_name(0, "Wool", "A. B.");
    check_name(1, "Felt", "C.");
    CHECK(osler_record_year(r) == 2001);
    CHECK_TEXT(r->title, "Yarn of the north");
    CHECK(parse("A. B. Wool and C. de Felt, \"Yarn of the north,\" J. Knit., vol. 12, no. 3, pp. "
                "45-67, 2001."));
    check_name(0, "Wool", "A. B.");
    check_name(1, "de Felt", "C.");
    CHECK_TEXT(r->volume, "12");
    CHECK_TEXT(r->issue, "3");
    CHECK(parse("Wool, Anna B., and Carl Felt. \"Yarn of the North.\" Journal of Knitting 12, no. "
                "3 (2001): 45-67."));
    check_name(0, "Wool", "Anna B.");
    check_name(1, "Felt", "Carl");
    CHECK_TEXT(r->pages, "45-67");
    CHECK(parse("Wool A, Northern Yarn Study Group. Yarn of the north. J Knit. 2001;1:2-3."));
    CHECK(r->names.count == 2);
    CHECK_TEXT(r->names.items[r->names.count - 1].collective, "Northern Yarn Study Group");
}

TEST(names_without_a_mark_behind_them)
{
    CHECK(parse("Wool AB, Felt C A yarn of the north. J Knit 2001;1:2-3."));
    CHECK(r->names.count == 2);
    CHECK_TEXT(r->title, "A yarn of the north");
    CHECK(parse("Wool A The yarn of the north. J Knit 2001;1:2-3."));
    check_name(0, "Wool", "A");
    CHECK_TEXT(r->title, "The yarn of the north");
}

TEST(volumes_and_pages)
{
    CHECK(parse("Wool A. & Felt C. Yarn of the north. J. Knit. Wool. Res. 15, 178 (2014)."));
    CHECK_TEXT(r->container_title, "J. Knit. Wool. Res.");
    CHECK_TEXT(r->volume, "15");
    CHECK_TEXT(r->pages, "178");
    CHECK(osler_record_year(r) == 2014);
    CHECK(parse("Wool A. Yarn of the north. PLoS One. 2014;9(3):e92673."));
    CHECK_TEXT(r->article_number, "e92673");
    CHECK(parse("Wool A (1992) Yarn of the north. J Knit (1985) 72: 575-582."));
    CHECK(osler_record_year(r) == 1992);
    CHECK_TEXT(r->volume, "72");
    CHECK(parse("Wool A. Yarn of the north. J Knit. 2001;12 Suppl 1:S3-9."));
    CHECK_TEXT(r->issue, "Suppl 1");
    CHECK_TEXT(r->pages, "S3-9");
}

TEST(books_chapters_and_addresses)
{
    CHECK(parse("Wool A. Yarn of the north. In: Felt B, Silk C, eds. Cloth. London: Tweed Press; "
                "2012:15-59."));
    CHECK_TEXT(r->csl_type, "chapter");
    CHECK_TEXT(r->title, "Yarn of the north");
    CHECK(r->names.count == 3);
    CHECK_TEXT(r->names.items[1].role, "editor");
    CHECK_TEXT(r->container_title, "Cloth");
    CHECK_TEXT(r->pages, "15-59");
    CHECK(parse("World Knitting Organization. Facts on yarn. 2016. Available from: "
                "http://knit.example/facts (accessed 6 May 2017)."));
    CHECK_TEXT(r->names.items[0].collective, "World Knitting Organization");
    CHECK(r->urls.count == 1 && osler_record_year(r) == 2016);
    const osler_date *accessed = osler_record_date(r, "accessed");
    CHECK(accessed && accessed->year == 2017 && accessed->month == 5 && accessed->day == 6);
    CHECK(!r->doi);
}

TEST(addresses_of_pubmed_are_identifiers)
{
    CHECK(parse("Wool A. Yarn again. J Knit Res. 2003;1:2-3. "
                "https://pubmed.ncbi.nlm.nih.gov/990000001/"));
    CHECK_TEXT(r->pmid, "990000001");
    CHECK(parse("Wool A. Yarn again. J Knit Res. 2003;1:2-3. Available from: "
                "https://www.ncbi.nlm.nih.gov/pubmed/990000002"));
    CHECK_TEXT(r->pmid, "990000002");
    CHECK(parse("Wool A. Yarn again. J Knit Res. 2003;1:2-3. "
                "https://www.ncbi.nlm.nih.gov/pmc/articles/PMC9900003/"));
    CHECK_TEXT(r->pmcid, "PMC9900003");
    CHECK(!r->pmid);
    CHECK(parse("Wool A. Yarn again. J Knit Res. 2003;1:2-3. https://example.org/990000001/"));
    CHECK(!r->pmid);
}

TEST(a_doi_broken_by_a_line_end)
{
    CHECK(parse("Wool A. Yarn. J Knit. 2001;1:2-3. doi: 10.1000/ knit.2001.12"));
    CHECK_TEXT(r->doi, "10.1000/knit.2001.12");
    arena_free(&memory);
}
