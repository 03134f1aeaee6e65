/* Blocks and runs: what a writer of DOCX is given for an entry. */
#include "check.h"
#include "memory_output.h"
#include "style/output_runs.h"

static arena memory;

static struct output_blocks blocks_of(const struct output *tree, bool links)
{
    struct output_blocks blocks;
    output_blocks_make(&blocks, &memory, tree,
                       &(struct output_options){.links = links, .locale = english(true)});
    return blocks;
}

static bool is(const struct output_run *run, const char *text)
{
    return str_is(run->text, text);
}

TEST(runs_have_their_whole_formatting)
{
    struct output_blocks blocks =
        blocks_of(field("On <i>E. <b>coli</b></i> & x<sup>2</sup>",
                        LOOK(.formatting.font_style = FONT_STYLE_ITALIC, .suffix = STR("."))),
                  false);
    CHECK(blocks.count == 1 && blocks.items[0].display == DISPLAY_NONE);
    const struct output_run *runs = blocks.items[0].runs;
    CHECK(blocks.items[0].count == 6);
    CHECK(is(&runs[0], "On ") && runs[0].formatting.font_style == FONT_STYLE_ITALIC);
    CHECK(is(&runs[1], "E. ") && formatting_is_plain(&runs[1].formatting));
    CHECK(is(&runs[2], "coli") && runs[2].formatting.font_weight == FONT_WEIGHT_BOLD &&
          !runs[2].formatting.font_style);
    CHECK(is(&runs[3], " & x") && runs[3].formatting.font_style == FONT_STYLE_ITALIC);
    CHECK(is(&runs[4], "2") && runs[4].formatting.vertical_align == ALIGN_SUP);
    CHECK(is(&runs[5], ".") && formatting_is_plain(&runs[5].formatting));
}

TEST(blocks_keep_their_place)
{
    struct output *tree = parts(
        LOOK(.suffix = STR(".")), plain("1.", LOOK(.display = DISPLAY_LEFT_MARGIN)),
        parts(LOOK(.display = DISPLAY_RIGHT_INLINE), field("A", LOOK(.quotes = true)), NULL), NULL);
    struct output_blocks blocks = blocks_of(tree, false);
    CHECK(blocks.count == 2);
    CHECK(blocks.items[0].display == DISPLAY_LEFT_MARGIN && is(&blocks.items[0].runs[0], "1."));
    CHECK(blocks.items[1].display == DISPLAY_RIGHT_INLINE && blocks.items[1].count == 1 &&
          is(&blocks.items[1].runs[0], "“A.”"));
    tree = parts(NULL, plain("a", NULL), plain("b", LOOK(.display = DISPLAY_INDENT)),
                 plain("c", NULL), NULL);
    blocks = blocks_of(tree, false);
    CHECK(blocks.count == 3 && blocks.items[1].display == DISPLAY_INDENT &&
          blocks.items[2].display == DISPLAY_NONE && is(&blocks.items[2].runs[0], "c"));
}

TEST(links_are_runs_of_their_own)
{
    struct output *tree =
        parts(NULL, plain("doi: ", NULL), with_link(plain("10.1000/x", NULL), LINK_DOI),
              plain(".", NULL), NULL);
    struct output_blocks blocks = blocks_of(tree, true);
    CHECK(blocks.count == 1 && blocks.items[0].count == 3);
    CHECK(str_is(blocks.items[0].runs[1].link, "https://doi.org/10.1000/x"));
    CHECK(!blocks.items[0].runs[0].link.length && !blocks.items[0].runs[2].link.length);
    blocks = blocks_of(tree, false);
    CHECK(blocks.items[0].count == 1 && is(&blocks.items[0].runs[0], "doi: 10.1000/x."));
}

static unsigned next_random(unsigned below)
{
    static uint64_t seed = 88172645463325252U;
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    return (unsigned)(seed % below);
}

static const char *random_text(void)
{
    static const char *const bits[] = {"a",
                                       "B ",
                                       " ",
                                       "'",
                                       "\"",
                                       "“",
                                       "”",
                                       "‘",
                                       "’",
                                       "„",
                                       "<i>",
                                       "</i>",
                                       "<b>",
                                       "</b>",
                                       "<sup>",
                                       "</sup>",
                                       "<span class=\"nocase\">",
                                       "</span>",
                                       "<",
                                       ".",
                                       ",",
                                       "?",
                                       ":",
                                       "(",
                                       ")",
                                       "é",
                                       "«",
                                       "»",
                                       "\xE2",
                                       "\xFF"};
    static buf text;
    buf_clear(&text);
    for (unsigned count = next_random(24); count > 0; count--)
        buf_add_text(&text, bits[next_random(sizeof bits / sizeof *bits)]);
    return arena_copy(&memory, buf_str(&text));
}

static struct output *random_tree(unsigned depth)
{
    static const str affixes[] = {STR(""), STR(". "), STR(", "), STR(" ("), STR("? "), STR(")")};
    struct look *look = arena_alloc(&memory, sizeof *look);
    look->prefix = affixes[next_random(6)];
    look->suffix = affixes[next_random(6)];
    look->delimiter = affixes[next_random(6)];
    look->quotes = next_random(3) == 0;
    look->formatting.font_style = (uint8_t)next_random(4);
    look->formatting.font_weight = (uint8_t)next_random(4);
    if (depth == 0)
        return field(random_text(), look);
    return parts(look, random_tree(depth - 1), random_tree(depth - 1), random_tree(depth - 1),
                 NULL);
}

TEST(runs_say_what_plain_text_says)
{
    buf text = {0};
    for (unsigned round = 0; round < 2000; round++) {
        struct output *tree = random_tree(next_random(3));
        struct output_blocks blocks = blocks_of(tree, false);
        buf_clear(&text);
        for (size_t i = 0; i < blocks.count; i++)
            for (size_t k = 0; k < blocks.items[i].count; k++)
                buf_add(&text, blocks.items[i].runs[k].text);
        CHECK_TEXT(buf_text(&text), printed(tree, OUTPUT_PLAIN, false));
        CHECK(printed(tree, OUTPUT_HTML, true) && printed(tree, OUTPUT_RTF, true));
        CHECK(printed(tree, OUTPUT_LATEX, true) && printed(tree, OUTPUT_MARKDOWN, true));
    }
    buf_free(&text);
}

TEST(nothing_makes_no_block)
{
    CHECK(blocks_of(NULL, false).count == 0);
    CHECK(blocks_of(plain("", LOOK(.prefix = STR("x"))), false).count == 0);
    arena_free(&memory);
}
