/* JSON Lines: every field under its name, strings escaped, nothing that is absent. */
#include "check.h"
#include "support.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>

static const char *written(const osler_record *record)
{
    static char line[8192];
    osler_writer *writer;
    size_t length;
    CHECK(osler_writer_new(&writer, "jsonl", NULL) == OSLER_OK);
    const char *text = osler_writer_write(writer, record, &length);
    CHECK(length == strlen(text) && length < sizeof line);
    snprintf(line, sizeof line, "%s", text);
    osler_writer_free(writer);
    return line;
}

TEST(what_is_absent_is_left_out)
{
    osler_record record = {0};
    CHECK_TEXT(written(&record), "{}\n");
}

TEST(every_kind_of_field)
{
    const char *languages[] = {"eng", "fre"};
    osler_identifier identifiers[] = {{.scheme = "doi", .value = "10.5555/x", .invalid = true},
                                      {.scheme = "pubmed"}};
    osler_date dates[] = {{.kind = "issued", .year = INT_MAX, .month = INT_MIN, .day = -7}};
    osler_record record = {
        .pmid = "990000001",
        .pmid_version = 10,
        .title = "A <i>title</i> &amp; more",
        .identifiers = {identifiers, 2},
        .dates = {dates, 1},
        .languages = {languages, 2},
        .names_incomplete = true,
    };
    CHECK_TEXT(written(&record),
               "{\"pmid\":\"990000001\",\"pmid_version\":10,"
               "\"identifiers\":[{\"scheme\":\"doi\",\"value\":\"10.5555/x\",\"invalid\":true},"
               "{\"scheme\":\"pubmed\"}],\"title\":\"A <i>title</i> &amp; more\","
               "\"names_incomplete\":true,\"dates\":[{\"kind\":\"issued\",\"year\":2147483647,"
               "\"month\":-2147483648,\"day\":-7}],\"languages\":[\"eng\",\"fre\"]}\n");
}

/* Eight bytes are looked at together: whatever is to be escaped may stand in any place of them. */
TEST(strings_are_escaped_wherever_it_stands)
{
    static const struct {
        char byte;
        const char *escape;
    } escapes[] = {{'"', "\\\""},     {'\\', "\\\\"},    {'\n', "\\n"},       {'\t', "\\t"},
                   {'\r', "\\u000d"}, {0x01, "\\u0001"}, {0x1F, "\\u001f"},   {0x7F, "\\u007f"},
                   {' ', " "},        {'!', "!"},        {'#', "#"},          {'~', "~"},
                   {'[', "["},        {']', "]"},        {'\xC3', "\xC3\xA9"}};
    for (size_t i = 0; i < sizeof escapes / sizeof *escapes; i++)
        for (size_t at = 0; at < 20; at++) {
            buf title = {0}, expected = {0};
            for (size_t k = 0; k < at; k++)
                buf_add_byte(&title, (char)('a' + k));
            buf_printf(&expected, "{\"title\":\"%s%sz\"}\n", buf_text(&title), escapes[i].escape);
            buf_add_byte(&title, escapes[i].byte);
            buf_add_text(&title, escapes[i].byte == '\xC3' ? "\xA9z" : "z");
            osler_record record = {.title = buf_text(&title)};
            CHECK_TEXT(written(&record), buf_text(&expected));
            buf_free(&title);
            buf_free(&expected);
        }
}

TEST(the_table_of_writers)
{
    osler_writer *writer;
    osler_error error = {0};
    CHECK_TEXT(osler_writer_name(0), "jsonl");
    CHECK(osler_writer_summary(0) && !osler_writer_name(99) && !osler_writer_summary(99));
    CHECK(osler_writer_new(&writer, "nonsense", &error) == OSLER_EFORMAT && !writer);
    CHECK_TEXT(error.message, "no output format is called \"nonsense\"");
    osler_writer_free(NULL);
}

static void check_story(const char *text, const char *format, const char *expected)
{
    buf story = support_story(str_of(text), format);
    CHECK_TEXT(story.data, expected);
    buf_free(&story);
}

TEST(lines_come_back_as_they_are)
{
    static const char line[] =
        "{\"pmid\":\"990000001\",\"pmid_version\":2,\"identifiers\":[{\"scheme\":\"doi\",\"value\":"
        "\"10.9999/x\",\"invalid\":true}],\"title\":\"A <i>title</i> &amp; more\",\"names\":["
        "{\"role\":\"author\",\"collective\":\"G\",\"affiliations\":[{\"text\":\"a\"}]}],"
        "\"dates\":[{\"kind\":\"issued\",\"year\":2147483647,\"month\":-2147483648}],"
        "\"languages\":[\"eng\",\"fre\"]}\n";
    arena memory = {0};
    osler_record record = support_record(&memory, str_of(line), NULL);
    CHECK_TEXT(written(&record), line);
    record = support_record(&memory,
                            (str)STR("{\"csl_type\":\"book\",\"title\":\"a < b\",\"new\":"
                                     "[1],\"volume\":null}"),
                            NULL);
    CHECK_TEXT(written(&record), "{\"csl_type\":\"book\",\"title\":\"a &lt; b\",\"extras\":[{"
                                 "\"tag\":\"new\",\"value\":\"[1]\"}]}\n");
    arena_free(&memory);
}

TEST(lines_that_are_no_records)
{
    check_story(
        "{\"csl_type\":\"book\",\"title\":\"a\"}\n{\"title\":5}\n{\"dates\":[{\"yeer\":1}]}\n"
        "{\"names_incomplete\":1}\n{\"languages\":\"eng\"}\n{\"title\":\"z\"}\n",
        NULL,
        "record - at 1\nmalformed input at 2: the member \"title\" should be a text\n"
        "malformed input at 3: the member \"yeer\" is no field of a date\n"
        "malformed input at 4: the member \"names_incomplete\" should be true or false\n"
        "malformed input at 5: the member \"languages\" should be an array\n"
        "record - at 6\ncomplete\n");
}
