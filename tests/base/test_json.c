/* JSON: values, escapes, places of faults; what another reader takes, this one takes alike. */
#include "base/buf.h"
#include "base/json.h"
#include "base/limits.h"
#include "check.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

static arena memory;
static osler_error error;

static void add_value(buf *out, const struct json_value *value)
{
    static const char *const words[] = {"null", "false", "true"};
    const char *separator = "";
    switch (value->kind) {
    case JSON_IS_NULL:
    case JSON_IS_FALSE:
    case JSON_IS_TRUE: buf_add_text(out, words[value->kind]); break;
    case JSON_IS_NUMBER: buf_add(out, value->text); break;
    case JSON_IS_TEXT: buf_printf(out, "'%.*s'", STR_ARG(value->text)); break;
    case JSON_IS_ARRAY:
    case JSON_IS_OBJECT:
        buf_printf(out, "%zu(", value->count);
        for (const struct json_value *v = value->first; v; v = v->next, separator = " ") {
            buf_add_text(out, separator);
            if (value->kind == JSON_IS_OBJECT)
                buf_printf(out, "%.*s=", STR_ARG(v->key));
            add_value(out, v);
        }
        buf_add_text(out, ")");
    }
}

/* All values of the document, each in front of a ';', and how it ends. */
static const char *values(const char *json)
{
    static buf out;
    struct json_stream stream = {.text = str_of(json)};
    const struct json_value *value;
    osler_status status;
    error = (osler_error){0};
    buf_clear(&out);
    arena_clear(&memory);
    while ((status = json_next(&stream, &memory, &value, &error)) == OSLER_OK) {
        add_value(&out, value);
        buf_add_text(&out, ";");
    }
    if (status != OSLER_END)
        buf_printf(&out, "%u:%u %s", error.line, error.column, error.message);
    return buf_text(&out);
}

TEST(values_of_every_kind)
{
    CHECK_TEXT(values("[1, -2.50 ,3e+7,\"a\",true,false,null,{},[ ]]"),
               "1;-2.50;3e+7;'a';true;false;null;0();0();");
    CHECK_TEXT(values("{\"a\":[1,{\"b\":\"c\"}],\"d\":0}"), "2(a=2(1 1(b='c')) d=0);");
    CHECK_TEXT(values("\xEF\xBB\xBF \t\r\n\"x\" "), "'x';");
    CHECK_TEXT(values("[]"), "");
}

TEST(escapes)
{
    CHECK_TEXT(values("\"a\\\"\\\\\\/\\b\\f\\n\\r\\tz\""), "'a\"\\/\b\f\n\r\tz';");
    CHECK_TEXT(values("\"\\u00e9\\u20AC \\ud83d\\ude00\""),
               "'\xC3\xA9\xE2\x82\xAC \xF0\x9F\x98\x80';");
    CHECK_TEXT(values("\"a\\u0000b \\ud83dx \\ude00\""), "'ab \xEF\xBF\xBDx \xEF\xBF\xBD';");
    CHECK_TEXT(values("\"12345678901234567890\\n12345678901234567890\""),
               "'12345678901234567890\n12345678901234567890';");
    CHECK_TEXT(values("{\"\\u0061\":1}"), "1(a=1);");
}

TEST(the_last_of_two_members_counts)
{
    const struct json_value *value;
    struct json_stream stream = {.text = STR("{\"a\":1,\"b\":[5,6],\"a\":2}")};
    CHECK(json_next(&stream, &memory, &value, NULL) == OSLER_OK);
    CHECK(str_is(json_member(value, "a")->text, "2"));
    CHECK(str_is(json_item(json_member(value, "b"), 1)->text, "6"));
    CHECK(!json_item(json_member(value, "b"), 2));
    CHECK(!json_member(value, "c"));
    CHECK(!json_member(json_member(value, "b"), "a"));
    CHECK(!json_item(NULL, 0));
}

TEST(faults_have_a_place)
{
    CHECK_TEXT(values(""), "1:1 the text ends before its JSON does");
    CHECK_TEXT(values("[1,\n 2"), "1;2;2:3 a comma or ] should stand behind an item of an array");
    CHECK_TEXT(values("[1 2]"), "1;1:4 a comma or ] should stand behind an item of an array");
    CHECK_TEXT(values("[1,]"), "1;1:4 a value of JSON should stand here");
    CHECK_TEXT(values("{\"a\" 1}"), "1:6 a colon should stand behind the name of a member");
    CHECK_TEXT(values("{a:1}"), "1:2 the name of a member should stand here, in quotation marks");
    CHECK_TEXT(values("{\"a\":1"), "1:7 a comma or } should stand behind a member of an object");
    CHECK_TEXT(values("\"a\nb\""), "1:3 a text in quotation marks does not end");
    CHECK_TEXT(values("\"a\\"), "1:3 this backslash means nothing in JSON");
    CHECK_TEXT(values("\"\\u12g4\""), "1:2 four hexadecimal digits should follow \\u");
    CHECK_TEXT(values("01"), "1:1 this is no number of JSON");
    CHECK_TEXT(values("[1]x"), "1;1:4 nothing should stand behind the end of the JSON");
    CHECK_TEXT(values("\"\xFF\""), "1:2 this is not UTF-8");
    CHECK_TEXT(values("-"), "1:1 this is no number of JSON");
    CHECK_TEXT(values("1.e5"), "1:1 this is no number of JSON");
    CHECK_TEXT(values("nul"), "1:1 a value of JSON should stand here");
}

TEST(depth_is_bounded)
{
    char deep[2 * LIMIT_DEPTH + 8];
    for (size_t i = 0; i < sizeof deep - 1; i++)
        deep[i] = '[';
    deep[sizeof deep - 1] = '\0';
    struct json_stream stream = {.text = str_of(deep)};
    const struct json_value *value;
    CHECK(json_next(&stream, &memory, &value, &error) == OSLER_ELIMIT);
}

/* Random bytes of JSON's own: what jansson takes or refuses, this reader does too. */
TEST(it_agrees_with_another_reader)
{
    static const char *const parts[] = {
        "{",    "}",  "[",  "]", ",",     "\"a\":", "\"b\"", "1",
        "-0.5", "e1", "01", " ", "\"\\n", "\"",     "true",  "null"};
    unsigned seed = 1, agreed = 0, taken = 0;
    for (int round = 0; round < 20000; round++) {
        buf json = {0};
        for (int i = 0; i < 6; i++) {
            seed = seed * 1103515245 + 12345;
            buf_add_text(&json, parts[seed >> 16 & 15]);
        }
        struct json_stream stream = {.text = buf_str(&json)};
        const struct json_value *value;
        osler_status status;
        arena_clear(&memory);
        while ((status = json_next(&stream, &memory, &value, NULL)) == OSLER_OK)
            ;
        json_t *other = json_loadb(buf_text(&json), json.length, JSON_DECODE_ANY, NULL);
        agreed += (status == OSLER_END) == (other != NULL);
        taken += other != NULL;
        json_decref(other);
        buf_free(&json);
    }
    CHECK(agreed == 20000);
    CHECK(taken > 50);
}
