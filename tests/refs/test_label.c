/* Tests of the labeler: tokens, labels of invented references, confidences, limits. */
#include "base/buf.h"
#include "base/memory.h"
#include "check.h"
#include "refs/label.h"
#include "refs/tokens.h"

/* The texts of the tokens, with a bar between. */
static void check_tokens(const char *text, const char *wanted)
{
    arena memory = {0};
    buf out = {0};
    struct token *tokens;
    size_t count = tokens_of(&tokens, &memory, str_of(text));
    for (size_t i = 0; i < count; i++)
        buf_printf(&out, "%s%.*s", i ? "|" : "", STR_ARG(tokens[i].text));
    CHECK_TEXT(buf_text(&out), wanted);
    buf_free(&out);
    arena_free(&memory);
}

TEST(references_are_cut_into_tokens)
{
    check_tokens("", "");
    check_tokens("Ng-Smith J. 2001;7(2):e12-9.", "Ng-Smith|J|.|2001|;|7|(|2|)|:|e12|-|9|.");
    check_tokens("doi:10.1000/a(b)c.", "doi|:|10.1000/a(b)c|.");
    check_tokens("(https://doi.org/10.1000/x), ok", "(|https://doi.org/10.1000/x|)|,|ok");
    check_tokens("J Pain16, 9", "J|Pain|16|,|9");
    check_tokens("XYZ326, 845", "XYZ|326|,|845");
    check_tokens("IL6 and P450", "IL6|and|P450");
}

/* All tokens with the label, a space between. */
static void check_label(const char *text, enum refs_label label, const char *wanted)
{
    arena memory = {0};
    buf out = {0};
    struct refs_token *tokens;
    size_t count;
    float sure;
    osler_error error = {0};
    CHECK(refs_label(&tokens, &count, &sure, &memory, str_of(text), &error) == OSLER_OK);
    for (size_t i = 0; i < count; i++) {
        CHECK(tokens[i].confidence >= 0 && tokens[i].confidence <= 1.001F);
        if (tokens[i].label == label)
            buf_printf(&out, "%s%.*s", out.length ? " " : "", STR_ARG(tokens[i].text));
    }
    CHECK(sure >= 0 && sure <= 1.001F);
    CHECK_TEXT(buf_text(&out), wanted);
    buf_free(&out);
    arena_free(&memory);
}

TEST(usual_references_are_labeled)
{
    const char *text =
        "Quillmann RT, Ostrava BK. Invented exercise for tension headache: a randomized "
        "trial. J Headache Pain. 2011;12(3):345-52. doi: 10.1000/xyz.123";
    check_label(text, REFS_AUTHOR, "Quillmann RT , Ostrava BK .");
    check_label(text, REFS_TITLE, "Invented exercise for tension headache : a randomized trial .");
    check_label(text, REFS_CONTAINER, "J Headache Pain .");
    check_label(text, REFS_VOLUME, "12");
    check_label(text, REFS_DOI, "doi : 10.1000/xyz.123");
    text = "Quillmann, R. T., & Ostrava, B. K. (2011). Invented exercise for tension headache. "
           "Journal of Clinical Nursing, 12(3), 345-352.";
    check_label(text, REFS_AUTHOR, "Quillmann , R . T . , & Ostrava , B . K .");
    check_label(text, REFS_TITLE, "Invented exercise for tension headache .");
    check_label(text, REFS_CONTAINER, "Journal of Clinical Nursing ,");
}

TEST(long_and_empty_references_end_well)
{
    arena memory = {0};
    struct refs_token *tokens;
    size_t count;
    float sure;
    osler_error error = {0};
    char *text = memory_alloc(REFS_LONGEST + 2);
    memset(text, 'a', REFS_LONGEST + 1);
    CHECK(refs_label(&tokens, &count, &sure, &memory, str_of(text), &error) == OSLER_ELIMIT);
    CHECK(refs_label(&tokens, &count, &sure, &memory, str_of(" "), &error) == OSLER_OK);
    CHECK(count == 0 && sure == 0);
    memory_free(text);
    arena_free(&memory);
}
