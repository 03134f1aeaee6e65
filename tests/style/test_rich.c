/* Rich text of fields: markup and quotation marks become parts, what does not pair stays. */
#include "check.h"
#include "memory_output.h"

#include <stdlib.h>
#include <string.h>

static const char *of(const char *text)
{
    return html(field(text, NULL));
}

static const char *quoted(const char *text)
{
    return html(field(text, LOOK(.quotes = true)));
}

TEST(plain_text_is_lent)
{
    arena memory = {0};
    str text = STR("Vitamin D \xE2\x80\x93 and falls");
    struct output *leaf = output_rich(&memory, text, NULL);
    CHECK(leaf->text.data == text.data && leaf->text.length == text.length && !leaf->first);
    str typed = STR("The heart\xE2\x80\x99s rate");
    leaf = output_rich(&memory, typed, NULL);
    CHECK(leaf->text.data == typed.data && !leaf->first);
    arena_free(&memory);
}

TEST(markup_becomes_dress)
{
    CHECK_TEXT(of("Effects of <i>E. coli</i> on H<sub>2</sub>O"),
               "Effects of <i>E. coli</i> on H<sub>2</sub>O");
    CHECK_TEXT(of("<b>a</b><sup>b</sup>"), "<b>a</b><sup>b</sup>");
    CHECK_TEXT(of("the <sc>bce</sc> years"),
               "the <span style=\"font-variant:small-caps;\">bce</span> years");
    CHECK_TEXT(of("<span style=\"font-variant: small-caps;\">x</span>"),
               "<span style=\"font-variant:small-caps;\">x</span>");
    CHECK_TEXT(of("a <span class=\"nocase\">McX</span> b"), "a McX b");
}

TEST(nocase_is_marked)
{
    struct output *tree = field("a <span class=\"nocase\">McX</span>", NULL);
    CHECK(tree->field && tree->first->next->nocase && !tree->first->nocase);
}

TEST(markup_that_does_not_pair_is_text)
{
    CHECK_TEXT(of("p < 0.05 & q > 3"), "p &#60; 0.05 &#38; q &#62; 3");
    CHECK_TEXT(of("<i>a"), "&#60;i&#62;a");
    CHECK_TEXT(of("a</i>"), "a&#60;/i&#62;");
    CHECK_TEXT(of("<i>a <b>b</i> c</b>"), "<i>a &#60;b&#62;b</i> c&#60;/b&#62;");
    CHECK_TEXT(of("<em>a</em> <I>b</I>"), "&#60;em&#62;a&#60;/em&#62; &#60;I&#62;b&#60;/I&#62;");
    /* The end of a span without meaning ends that one, not the one around it. */
    CHECK_TEXT(of("<sc>a <span id=x>b</span> c</sc>"),
               "<span style=\"font-variant:small-caps;\">a &#60;span id=x&#62;b&#60;/span&#62; "
               "c</span>");
}

TEST(straight_quotes_pair)
{
    CHECK_TEXT(of("the \"second hit\" model"), "the “second hit” model");
    CHECK_TEXT(of("the 'second hit' model"), "the “second hit” model");
    CHECK_TEXT(of("(\"hit\"), \"run\""), "(“hit”), “run”");
    CHECK_TEXT(of("\"an 'inner' word\""), "“an ‘inner’ word”");
    CHECK_TEXT(of("'an \"inner\" word'"), "“an ‘inner’ word”");
    CHECK_TEXT(of("\"'deep'\""), "“‘deep’”");
    CHECK_TEXT(of("'You're late': a study"), "“You’re late”: a study");
    CHECK_TEXT(of("l'\"effet\" placebo"), "l’“effet” placebo");
}

TEST(the_second_kind_of_quotes_is_the_inner_one)
{
    CHECK_TEXT(of("\"hit\" and 'run'"), "“hit” and ‘run’");
    CHECK_TEXT(of("'hit' and \"run\" and 'go'"), "“hit” and ‘run’ and “go”");
    CHECK_TEXT(quoted("\"hit\" and 'run'"), "“‘hit’ and ‘run’”");
}

TEST(quotes_pair_within_markup_only)
{
    CHECK_TEXT(of("<i>'a'</i> b"), "<i>“a”</i> b");
    CHECK_TEXT(of("'<i>a</i>' b"), "“<i>a</i>” b");
    CHECK_TEXT(of("'<i>a' b</i>"), "’<i>a’ b</i>");
}

TEST(single_quotes_without_partner_are_apostrophes)
{
    CHECK_TEXT(of("Alzheimer's"), "Alzheimer’s");
    CHECK_TEXT(of("the patients' view of the '90s"), "the patients’ view of the ’90s");
    CHECK_TEXT(of("(ASCO '24)"), "(ASCO ’24)");
    CHECK_TEXT(of("5' 3\" tall"), "5’ 3\" tall");
    CHECK_TEXT(of("'"), "’");
}

TEST(double_quotes_without_partner_stay)
{
    CHECK_TEXT(of("a \"b c"), "a \"b c");
    CHECK_TEXT(of("a \"b \" c"), "a \"b \" c");
    CHECK_TEXT(of("\"\""), "\"\"");
}

TEST(typographic_quotes_stay_until_quoted)
{
    CHECK_TEXT(of("a ‘b’ and “c”"), "a ‘b’ and “c”");
    CHECK_TEXT(quoted("a ‘b’ and “c”"), "“a ‘b’ and ‘c’”");
    CHECK_TEXT(quoted("a “b ‘c’ d”"), "“a ‘b “c” d’”");
    CHECK_TEXT(of("O’Hara ‘b’"), "O’Hara ‘b’");
    CHECK_TEXT(quoted("“a"), "““a”");
    CHECK_TEXT(quoted("a „b“ «c» d"), "“a „b“ «c» d”"); /* not those of English */
}

TEST(french_spaces_are_narrow)
{
    CHECK_TEXT(of("Le cœur : une pompe ?"), "Le cœur\u202F: une pompe\u202F?");
    CHECK_TEXT(of("« mot »"), "«\u202Fmot\u202F»");
    CHECK_TEXT(of("a:b c?"), "a:b c?");
}

TEST(deep_markup_is_text_at_some_depth)
{
    enum { DEPTH = 5000 };
    char *text = malloc(DEPTH * 7 + 2), *to = text;
    for (unsigned i = 0; i < DEPTH; i++, to += 3)
        memcpy(to, "<i>", 3);
    *to++ = 'x';
    for (unsigned i = 0; i < DEPTH; i++, to += 4)
        memcpy(to, "</i>", 4);
    *to = '\0';
    const char *made = of(text);
    CHECK(strstr(made, "&#60;i&#62;") && strstr(made, "x"));
    free(text);
}

TEST(many_marks_take_linear_time)
{
    enum { MARKS = 200000 };
    char *text = malloc(MARKS * 4 + 1);
    for (unsigned i = 0; i < MARKS; i++)
        memcpy(text + (size_t)i * 4, " '\"<", 4);
    text[MARKS * 4] = '\0';
    CHECK(strlen(of(text)) > MARKS * 4);
    free(text);
}
