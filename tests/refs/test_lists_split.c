/* Splitting reference lists: numbers, layout, wrapped lines, what is said of them. */
#include "base/buf.h"
#include "refs/refs.h"

#include <check.h>
#include <string.h>

static arena memory;
static struct refs_reference *references;

static size_t split(const char *list)
{
    size_t count;
    arena_clear(&memory);
    return refs_split(&references, &count, &memory, str_of(list), NULL) == OSLER_OK ? count : 0;
}

static bool is(size_t i, const char *text)
{
    return str_is(references[i].text, text);
}

TEST(numbers_count_in_sequence)
{
    CHECK(
        split(
            "1. Wool A. On yarn. J Knit.\n2003. Vol 3.\n2003;12:3-5.\n"
            "2. Felt B. On felt. J Knit\n12. 2004;13:6-7.\n3. Silk C. Silk. J Knit 2005;14:8.\n") ==
        3);
    CHECK(is(0, "Wool A. On yarn. J Knit. 2003. Vol 3. 2003;12:3-5."));
    CHECK(is(1, "Felt B. On felt. J Knit 12. 2004;13:6-7."));
    CHECK(str_is(references[2].number, "3") && references[2].line == 6);
}

TEST(every_form_of_number)
{
    CHECK(split("[1] Wool A. Yarn. 2001.\n[2] Felt B. Felt. 2002.") == 2 &&
          is(1, "Felt B. Felt. 2002."));
    CHECK(split("(1) Wool A. Yarn. 2001.\n(2) Felt B. Felt. 2002.") == 2);
    CHECK(split("1) Wool A. Yarn. 2001.\n2) Felt B. Felt. 2002.") == 2);
    CHECK(split("1 Wool A. Yarn. 2001.\n2 Felt B. Felt. 2002.") == 2);
    CHECK(split("¹Wool A. Yarn. 2001.\n²Felt B. Felt. 2002.") == 2 && is(0, "Wool A. Yarn. 2001."));
    CHECK(split("• Wool A. Yarn. 2001.\n• Felt B. Felt. 2002.") == 2 &&
          is(1, "Felt B. Felt. 2002."));
    CHECK(split("[Woo01] Wool A. Yarn. 2001.\n[Fel02] Felt B. Felt. 2002.") == 2 &&
          str_is(references[1].number, "[Fel02]"));
}

TEST(paragraphs_are_references)
{
    CHECK(split("Wool A. Yarn and\r\nneedles. J Knit 2001;1:2.\r\n\r\nFelt B. Felt. J Knit "
                "2002;2:3.\r\n") == 2);
    CHECK(is(0, "Wool A. Yarn and needles. J Knit 2001;1:2."));
}

TEST(hanging_indents)
{
    CHECK(split("Wool, A. (2001). Yarn and other\n    things to knit. J Knit, 1, 2-3.\n"
                "Felt, B. (2002). Felt. J Knit,\n    2, 3-4.\n") == 2);
    CHECK(is(1, "Felt, B. (2002). Felt. J Knit, 2, 3-4."));
}

TEST(lines_that_start_like_authors)
{
    CHECK(split("Wool, A. (2001). Yarn and other things that people like to knit on\n"
                "long evenings by the fire. J Knit, 1, 2-3.\n"
                "Felt, B., & Silk, C. (2002). Felt and silk in the history of clothing\n"
                "of the north. J Knit, 2, 3-4.\n") == 2);
    CHECK(str_starts_with(references[1].text, str_of("Felt, B., & Silk")));
}

TEST(hyphens_at_line_ends)
{
    CHECK(
        split("1. Wool-\nFelt A. A well-\nknown treat-\nment with IL-\n6. J Knit 2001;1:345-\n67.\n"
              "2. Silk B. Un\xC2\xADtreated si\xC2\xAD\nlk. J Knit 2002;2:3-4.") == 2);
    CHECK(is(0, "Wool-Felt A. A well-known treatment with IL-6. J Knit 2001;1:345-67."));
    CHECK(is(1, "Silk B. Untreated silk. J Knit 2002;2:3-4."));
}

TEST(furniture_of_pages_is_left_out)
{
    CHECK(split("REFERENCES\n1. Wool A. Yarn. J Knit 2001;1:2-3.\n2. Felt B. Felt and\n\n"
                "417\n\fKnitting for all, volume 12\nother cloth. J Knit 2002;2:3-4.\n3. Silk C. "
                "Silk. J Knit "
                "2003;3:4.\n\n418\n\fKnitting for all, volume 12\n4. Tweed D. Tweed. J Knit "
                "2004;4:5-6.\n") == 4);
    CHECK(is(1, "Felt B. Felt and other cloth. J Knit 2002;2:3-4."));
}

TEST(what_is_said_of_references)
{
    CHECK(split("1. Wool A. Yarn. J Knit 2001;1:2-3. 2. Felt B. Felt. J Knit 2002;2:3-4.\n"
                "3. Ibid., p. 4.\n4. Silk C. Silk. J Knit 2003;3:4-5.\n5. Tweed D. Tweed. J Knit "
                "2004;4:5-6.\n6. Linen E. On the weight of linen") == 6);
    CHECK(references[1].remark && is(1, "Felt B. Felt. J Knit 2002;2:3-4."));
    CHECK(references[2].remark && strstr(references[2].remark, "ibid"));
    CHECK(references[5].truncated && !references[4].truncated);
    CHECK(split("Wool, A. (2001). Yarn. J Knit, 1, 2-3.\n\n———. (2002). Felt. J Knit, 2, 3-4.") ==
          2);
    CHECK(is(1, "Wool, A. (2002). Felt. J Knit, 2, 3-4.") ||
          is(1, "Wool, A.. (2002). Felt. J Knit, 2, 3-4.") ||
          is(1, "Wool, A. (2002). Felt. J Knit, 2, 3-4."));
}

TEST(prose_is_no_list)
{
    CHECK(!refs_recognize(
        str_of("Dear editor,\n\nplease find the manuscript enclosed.\n\nYours, A. Wool\n")));
    CHECK(refs_recognize(str_of("1. Wool A. Yarn and needles. J Knit 2001;1:2-3.\n")));
}

TEST(hostile_lists_take_linear_time)
{
    static const char *const parts[] = {
        "1 ", "1. A ", "(", "[1] ", "-\n", "10.1/", ". A B. 2001;1:2. "};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        buf list = {0};
        while (list.length < 300000)
            buf_add_text(&list, parts[i]);
        size_t count;
        arena_clear(&memory);
        CHECK(refs_split(&references, &count, &memory, buf_str(&list), NULL) == OSLER_OK);
        buf_free(&list);
    }
    arena_free(&memory);
}
