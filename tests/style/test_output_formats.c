/* Formats: what each makes of dresses, special characters, blocks and links. */
#include "check.h"
#include "memory_output.h"

#include <string.h>

static const struct look italic = {.formatting.font_style = FONT_STYLE_ITALIC};

static const char *in(enum output_format format, const char *text)
{
    return printed(field(text, &italic), format, false);
}

TEST(dresses)
{
    const char *text = "a <b>b</b><sup>c</sup><i>d</i>";
    CHECK_TEXT(in(OUTPUT_PLAIN, text), "a bcd");
    CHECK_TEXT(in(OUTPUT_HTML, text),
               "<i>a <b>b</b><sup>c</sup><span style=\"font-style:normal;\">d</span></i>");
    CHECK_TEXT(in(OUTPUT_MARKDOWN, text),
               "*a **b**<sup>c</sup><span style=\"font-style:normal;\">d</span>*");
    CHECK_TEXT(in(OUTPUT_RTF, text), "{\\i{}a {\\b{}b}{\\super{}c}{\\i0{}d}}");
    CHECK_TEXT(in(OUTPUT_LATEX, text), "\\textit{a \\textbf{b}\\textsuperscript{c}\\textup{d}}");
}

TEST(special_characters)
{
    const char *text = "5% & <3 \\ {x}_y$ #1 ~^ *";
    CHECK_TEXT(printed(plain(text, NULL), OUTPUT_PLAIN, false), text);
    CHECK_TEXT(printed(plain(text, NULL), OUTPUT_HTML, false), "5% &#38; &#60;3 \\ {x}_y$ #1 ~^ *");
    CHECK_TEXT(printed(plain(text, NULL), OUTPUT_MARKDOWN, false),
               "5% & \\<3 \\\\ {x}\\_y\\$ \\#1 \\~\\^ \\*");
    CHECK_TEXT(printed(plain("R&D &lt; &#38; & c;", NULL), OUTPUT_MARKDOWN, false),
               "R&D \\&lt; \\&\\#38; & c;");
    CHECK_TEXT(printed(plain(text, NULL), OUTPUT_RTF, false), "5% & <3 \\\\ \\{x\\}_y$ #1 ~^ *");
    CHECK_TEXT(printed(plain(text, NULL), OUTPUT_LATEX, false),
               "5\\% \\& \\textless{}3 \\textbackslash{} \\{x\\}\\_y\\$ \\#1 "
               "\\textasciitilde{}\\textasciicircum{} *");
}

TEST(rtf_numbers_its_characters)
{
    CHECK_TEXT(printed(plain("é – 語 😀", NULL), OUTPUT_RTF, false),
               "\\uc1\\u233? \\uc1\\u8211? \\uc1\\u-30050? \\uc1\\u-10179?\\uc1\\u-8704?");
}

TEST(html_raises_superscript_characters)
{
    CHECK_TEXT(printed(plain("10³ m² ª ™ µ", NULL), OUTPUT_HTML, false),
               "10<sup>3</sup> m<sup>2</sup> <sup>a</sup> <sup>TM</sup> µ");
    CHECK_TEXT(printed(plain("10³", NULL), OUTPUT_LATEX, false), "10³");
}

TEST(html_keeps_double_spaces)
{
    CHECK_TEXT(printed(plain("a  b   c\u00A0 d", NULL), OUTPUT_HTML, false),
               "a\u00A0 b\u00A0  c\u00A0 d");
}

static const char *linked(const char *text, enum output_link link, enum output_format format)
{
    return printed(with_link(plain(text, NULL), link), format, true);
}

TEST(identifiers_lead_to_their_addresses)
{
    CHECK_TEXT(linked("10.1000/a<b>c;d", LINK_DOI, OUTPUT_HTML),
               "<a href=\"https://doi.org/10.1000/a%3Cb%3Ec;d\">10.1000/a&#60;b&#62;c;d</a>");
    CHECK_TEXT(linked("10.1000/x#y?z%20", LINK_DOI, OUTPUT_HTML),
               "<a href=\"https://doi.org/10.1000/x%23y%3Fz%2520\">10.1000/x#y?z%20</a>");
    CHECK_TEXT(linked("http://dx.doi.org/10.1000/x%3Cy", LINK_URL, OUTPUT_HTML),
               "<a href=\"https://doi.org/10.1000/x%3Cy\">http://dx.doi.org/10.1000/x%3Cy</a>");
    CHECK_TEXT(linked("http://example.org/100%", LINK_URL, OUTPUT_HTML),
               "<a href=\"http://example.org/100%25\">http://example.org/100%</a>");
    CHECK_TEXT(linked("990000001", LINK_PMID, OUTPUT_HTML),
               "<a href=\"https://pubmed.ncbi.nlm.nih.gov/990000001/\">990000001</a>");
    CHECK_TEXT(linked("PMC9900001", LINK_PMCID, OUTPUT_HTML),
               "<a href=\"https://www.ncbi.nlm.nih.gov/pmc/articles/PMC9900001/\">PMC9900001</a>");
    CHECK_TEXT(linked("http://example.org/?a=1&b=\"", LINK_URL, OUTPUT_HTML),
               "<a href=\"http://example.org/?a=1&#38;b=%22\">http://example.org/"
               "?a=1&#38;b=\"</a>");
}

TEST(what_is_no_address_has_no_link)
{
    CHECK_TEXT(linked("javascript:alert(1)", LINK_URL, OUTPUT_HTML), "javascript:alert(1)");
    CHECK_TEXT(linked("not a doi", LINK_DOI, OUTPUT_HTML), "not a doi");
    CHECK_TEXT(printed(with_link(plain("990000001", NULL), LINK_PMID), OUTPUT_HTML, false),
               "990000001");
    CHECK_TEXT(linked("990000001", LINK_PMID, OUTPUT_PLAIN), "990000001");
}

TEST(the_prefix_of_an_address_is_in_the_link)
{
    struct output *doi =
        with_link(plain("10.1000/x", LOOK(.prefix = STR("doi: https://doi.org/"))), LINK_DOI);
    CHECK_TEXT(printed(doi, OUTPUT_HTML, true),
               "doi: <a href=\"https://doi.org/10.1000/x\">https://doi.org/10.1000/x</a>");
}

TEST(links_of_other_formats)
{
    const char *doi = "10.1000/a_b%";
    CHECK_TEXT(linked(doi, LINK_DOI, OUTPUT_MARKDOWN),
               "[10.1000/a\\_b%](<https://doi.org/10.1000/a_b%25>)");
    CHECK_TEXT(linked(doi, LINK_DOI, OUTPUT_LATEX),
               "\\href{https://doi.org/10.1000/a\\_b\\%25}{10.1000/a\\_b\\%}");
    CHECK_TEXT(linked(doi, LINK_DOI, OUTPUT_RTF),
               "{\\field{\\*\\fldinst{HYPERLINK \"https://doi.org/10.1000/"
               "a_b%25\"}}{\\fldrslt{10.1000/a_b%}}}");
}

TEST(blocks_stand_on_lines)
{
    struct output *tree = parts(NULL, plain("Lind", LOOK(.display = DISPLAY_BLOCK)),
                                plain("1753", LOOK(.display = DISPLAY_LEFT_MARGIN)),
                                plain("Gut", LOOK(.display = DISPLAY_RIGHT_INLINE)),
                                plain("Note", LOOK(.display = DISPLAY_INDENT)), NULL);
    CHECK_TEXT(printed(tree, OUTPUT_PLAIN, false), "Lind\n1753 Gut\n    Note");
    CHECK_TEXT(printed(tree, OUTPUT_MARKDOWN, false), "Lind\n\n1753 Gut\n\n> Note");
    CHECK_TEXT(printed(tree, OUTPUT_RTF, false), "Lind\\line 1753\\tab Gut\\line\\tab Note\\line ");
}

TEST(frames_stand_around_entries)
{
    const struct output_frame *frame = output_frame(OUTPUT_HTML);
    CHECK_TEXT(frame->start, "<div class=\"csl-bib-body\">\n");
    CHECK_TEXT(frame->entry_start, "  <div class=\"csl-entry\">");
    CHECK_TEXT(frame->entry_end, "</div>\n");
    CHECK_TEXT(frame->end, "</div>");
    CHECK_TEXT(output_frame(OUTPUT_PLAIN)->entry_end, "\n");
    CHECK(strncmp(output_frame(OUTPUT_RTF)->start, "{\\rtf1", 6) == 0);
}
