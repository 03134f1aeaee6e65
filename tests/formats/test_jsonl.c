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
