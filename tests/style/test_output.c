/* What meets in a tree: stops, spaces, quotations, dresses; and the trees themselves. */
#include "check.h"
#include "memory_output.h"

#include <stdio.h>
#include <string.h>

static const char *joined(const char *first, const char *second)
{
    return html(parts(NULL, plain(first, NULL), plain(second, NULL), NULL));
}

TEST(stops_that_meet_are_merged)
{
    CHECK_TEXT(joined("Blood.", ". Sweat"), "Blood. Sweat");
    CHECK_TEXT(joined("Blood?", ". Sweat"), "Blood? Sweat");
    CHECK_TEXT(joined("Blood!", ". Sweat"), "Blood! Sweat");
    CHECK_TEXT(joined("Blood.", ", Sweat"), "Blood., Sweat");
    CHECK_TEXT(joined("Blood,", ", Sweat"), "Blood, Sweat");
    CHECK_TEXT(joined("Blood:", "! Sweat"), "Blood! Sweat");
    CHECK_TEXT(joined("Blood;", ": Sweat"), "Blood; Sweat");
    CHECK_TEXT(joined("Blood...", ". Sweat"), "Blood... Sweat");
    CHECK_TEXT(joined("Blood?", "? Sweat"), "Blood? Sweat");
    CHECK_TEXT(joined("Blood?", "! Sweat"), "Blood?! Sweat");
    CHECK_TEXT(joined("Blood)", ". Sweat"), "Blood). Sweat");
}

TEST(spaces_of_affixes_that_meet_are_one)
{
    CHECK_TEXT(joined("Blood ", " Sweat"), "Blood  Sweat"); /* as written by the style */
    CHECK_TEXT(html(parts(NULL, plain("a", LOOK(.suffix = STR(" "))),
                          plain("b", LOOK(.prefix = STR(" "))), NULL)),
               "a b");
    CHECK_TEXT(html(parts(NULL,
                          plain("a", LOOK(.suffix = STR(" "),
                                          .formatting = {.font_style = FONT_STYLE_ITALIC})),
                          plain("b", LOOK(.prefix = STR(" "))), NULL)),
               "<i>a</i>  b");
    CHECK_TEXT(html(parts(LOOK(.delimiter = STR(" ")), plain("a", LOOK(.suffix = STR(", "))),
                          plain("b", LOOK(.prefix = STR(" "))), NULL)),
               "a, b");
}

TEST(the_text_of_a_field_stays)
{
    CHECK_TEXT(html(field("Yahoo!.com ,. and <i>more.</i>. x", LOOK(.suffix = STR(".")))),
               "Yahoo!.com ,. and <i>more.</i>. x.");
    CHECK_TEXT(html(field("a  b", NULL)), "a\u00A0 b");
    CHECK_TEXT(html(field("the \"word\", then", NULL)), "the “word”, then");
}

TEST(stops_merge_across_dresses)
{
    CHECK_TEXT(
        html(field("Gut.", LOOK(.formatting.font_style = FONT_STYLE_ITALIC, .suffix = STR(". ")))),
        "<i>Gut.</i> ");
    CHECK_TEXT(html(parts(LOOK(.delimiter = STR(". ")), field("a <b>b.</b>", NULL),
                          field("c", NULL), NULL)),
               "a <b>b.</b> c");
}

TEST(affixes_stand_outside_of_the_dress)
{
    CHECK_TEXT(html(plain("12", LOOK(.formatting.font_weight = FONT_WEIGHT_BOLD, .prefix = STR("("),
                                     .suffix = STR(")")))),
               "(<b>12</b>)");
    struct output *layout =
        parts(LOOK(.formatting.vertical_align = ALIGN_SUP, .prefix = STR("["), .suffix = STR("]")),
              plain("12", NULL), NULL);
    layout->layout = true;
    CHECK_TEXT(html(layout), "<sup>[12]</sup>");
}

TEST(delimiters_stand_between_what_prints)
{
    const struct look *commas = LOOK(.delimiter = STR(", "));
    CHECK_TEXT(
        html(parts(commas, plain("a", NULL), plain("", LOOK(.prefix = STR("x"))),
                   parts(LOOK(.suffix = STR("y")), plain("", NULL), NULL), plain("b", NULL), NULL)),
        "a, b");
    CHECK_TEXT(html(parts(commas, parts(commas, plain("a", NULL), plain("b", NULL), NULL), NULL)),
               "a, b");
}

TEST(stops_go_inside_of_quotations)
{
    const struct look *quotes = LOOK(.quotes = true);
    const struct look *commas = LOOK(.delimiter = STR(", "));
    struct output *tree = parts(commas, field("Gut", quotes), field("x", NULL), NULL);
    CHECK_TEXT(html(tree), "“Gut,” x");
    CHECK_TEXT(html_outside(tree), "“Gut”, x");
    tree = field("The 'Gut'", LOOK(.quotes = true, .suffix = STR(".")));
    CHECK_TEXT(html(tree), "“The ‘Gut.’”");
    CHECK_TEXT(html_outside(tree), "“The ‘Gut’”.");
    tree = field("Gut", LOOK(.quotes = true, .suffix = STR("; ")));
    CHECK_TEXT(html(tree), "“Gut”; ");
    tree = field("Gut", LOOK(.quotes = true, .formatting.font_style = FONT_STYLE_ITALIC,
                             .suffix = STR(". ")));
    CHECK_TEXT(html(tree), "“<i>Gut.</i>” ");
    CHECK_TEXT(html_outside(tree), "“<i>Gut</i>”. ");
    tree = field("<i>\"Gut\"</i>", LOOK(.suffix = STR(".")));
    CHECK_TEXT(html(tree), "<i>“Gut.”</i>");
}

TEST(a_quotation_keeps_its_own_stop)
{
    const struct look *quotes = LOOK(.quotes = true, .suffix = STR(". "));
    CHECK_TEXT(html(field("Why?", quotes)), "“Why?” ");
    CHECK_TEXT(html_outside(field("Why?", quotes)), "“Why?”. ");
    CHECK_TEXT(html_outside(field("So.", quotes)), "“So.” ");
    CHECK_TEXT(html_outside(field("So,", quotes)), "“So”,. ");
    CHECK_TEXT(html(field("Why?", LOOK(.quotes = true, .suffix = STR(": ")))), "“Why?”: ");
}

TEST(a_dressed_text_keeps_its_own_stop_where_the_next_stands_right_beside_it)
{
    const struct look *italic = LOOK(.formatting.font_style = FONT_STYLE_ITALIC);
    const struct look *stops = LOOK(.delimiter = STR(". "));
    CHECK_TEXT(html(parts(stops, field("Why?", italic), field("x", NULL), NULL)), "<i>Why?</i>. x");
    CHECK_TEXT(html(parts(stops, field("So.", italic), field("x", NULL), NULL)), "<i>So.</i> x");
    struct output *title = parts(LOOK(.suffix = STR("")), field("Why?", italic), NULL);
    CHECK_TEXT(html(parts(stops, title, field("x", NULL), NULL)), "<i>Why?</i> x");
}

TEST(quotations_alternate)
{
    const struct look *quotes = LOOK(.quotes = true);
    CHECK_TEXT(html(parts(quotes, field("a \"b 'c' d\"", NULL), NULL)), "“a ‘b “c” d’”");
    CHECK_TEXT(html(parts(quotes, field("a", quotes), NULL)), "“‘a’”");
}

TEST(markup_in_its_own_dress_is_normal)
{
    const struct look *italic = LOOK(.formatting.font_style = FONT_STYLE_ITALIC);
    CHECK_TEXT(html(field("a <i>b <i>c</i></i>", italic)),
               "<i>a <span style=\"font-style:normal;\">b <i>c</i></span></i>");
    CHECK_TEXT(html(field("a <b>b</b>", LOOK(.formatting.font_weight = FONT_WEIGHT_BOLD))),
               "<b>a <span style=\"font-weight:normal;\">b</span></b>");
    CHECK_TEXT(html(field("a<sup>b<sup>c</sup></sup>", NULL)), "a<sup>b<sup>c</sup></sup>");
    CHECK_TEXT(html(field("a", LOOK(.formatting.font_style = FONT_STYLE_NORMAL))), "a");
    CHECK_TEXT(html(field("a <i>b</i>", LOOK(.formatting.font_style = FONT_STYLE_NORMAL))),
               "<span style=\"font-style:normal;\">a <i>b</i></span>");
    CHECK_TEXT(
        html(parts(italic, field("a", LOOK(.formatting.font_style = FONT_STYLE_NORMAL)), NULL)),
        "<i><span style=\"font-style:normal;\">a</span></i>");
}

TEST(blocks_take_the_stop_behind_them)
{
    struct output *tree =
        parts(LOOK(.suffix = STR(".")), plain("[1]", LOOK(.display = DISPLAY_LEFT_MARGIN)),
              plain("Gut", LOOK(.display = DISPLAY_RIGHT_INLINE)), NULL);
    CHECK_TEXT(html(tree), "\n    <div class=\"csl-left-margin\">[1]</div><div "
                           "class=\"csl-right-inline\">Gut.</div>\n  ");
}

TEST(stops_at_the_start_of_a_block_go_to_the_one_before)
{
    struct output *tree = parts(
        NULL, plain("[1]", LOOK(.display = DISPLAY_LEFT_MARGIN)),
        parts(LOOK(.display = DISPLAY_RIGHT_INLINE), plain("Gut", LOOK(.prefix = STR(", "))), NULL),
        NULL);
    CHECK_TEXT(html(tree), "\n    <div class=\"csl-left-margin\">[1],</div><div "
                           "class=\"csl-right-inline\"> Gut</div>\n  ");
}

TEST(spaces_at_the_ends_of_an_entry_stand_outside_of_its_blocks)
{
    const struct look *spaces = LOOK(.prefix = STR(" "), .suffix = STR(". "));
    struct output *tree =
        parts(NULL, parts(LOOK(.display = DISPLAY_LEFT_MARGIN), plain("1", spaces), NULL),
              parts(LOOK(.display = DISPLAY_RIGHT_INLINE), plain("Gut", spaces), NULL), NULL);
    CHECK_TEXT(html(tree), " \n    <div class=\"csl-left-margin\">1. </div><div "
                           "class=\"csl-right-inline\">Gut.</div>\n   ");
}

TEST(the_affixes_of_a_layout_stand_in_its_first_and_last_block)
{
    struct output *tree = parts(LOOK(.prefix = STR(" ["), .suffix = STR(") ")),
                                plain("1", LOOK(.display = DISPLAY_LEFT_MARGIN)),
                                plain("Gut", LOOK(.display = DISPLAY_RIGHT_INLINE)), NULL);
    CHECK_TEXT(html(tree), " \n    <div class=\"csl-left-margin\">[1</div><div "
                           "class=\"csl-right-inline\">Gut)</div>\n   ");
}

TEST(only_the_parts_of_a_layout_are_blocks)
{
    struct output *date = plain("1753", LOOK(.display = DISPLAY_BLOCK));
    CHECK_TEXT(html(parts(NULL, parts(LOOK(.delimiter = STR(" ")), plain("Lind", NULL), date, NULL),
                          NULL)),
               "Lind 1753");
}

TEST(trees_are_searched_and_copied)
{
    struct output *names = with_role(parts(NULL, plain("Lind", NULL), NULL), ROLE_NAMES);
    struct output *tree = parts(NULL, plain("", NULL), parts(NULL, names, NULL), NULL);
    CHECK(output_find(tree, ROLE_NAMES) == names);
    CHECK(!output_find(tree, ROLE_DATE) && !output_find(NULL, ROLE_DATE));
    CHECK(!output_is_empty(tree) && output_is_empty(NULL));
    CHECK(output_is_empty(parts(LOOK(.prefix = STR("x")), plain("", NULL), NULL)));
    arena memory = {0};
    struct output *copy = output_copy(&memory, tree);
    names->first->text = (str)STR("Snow");
    CHECK_TEXT(html(copy), "Lind");
    CHECK_TEXT(html(tree), "Snow");
    arena_free(&memory);
}

TEST(the_plain_text_is_put_right_too)
{
    buf text = {0};
    output_write_plain(
        &text, field("<i>E. coli</i> \"in vitro.\"", LOOK(.quotes = true, .suffix = STR("."))),
        english(true));
    CHECK_TEXT(buf_text(&text), "“E. coli ‘in vitro.’”");
    output_write_plain(&text, NULL, english(true));
    CHECK(strlen(buf_text(&text)) == text.length);
    buf_free(&text);
}

TEST(trees_of_any_depth_end)
{
    struct output *tree = plain("x", NULL);
    for (unsigned i = 0; i < 100000; i++)
        tree = parts(LOOK(.quotes = true), tree, NULL);
    (void)html(tree);
    CHECK(!output_find(tree, ROLE_NAMES));
    arena memory = {0};
    CHECK(output_copy(&memory, tree) != NULL);
    arena_free(&memory);
}
