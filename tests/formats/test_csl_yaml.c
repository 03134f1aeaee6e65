/* CSL-YAML: the references of Pandoc and Zotero, and back. */
#include "base/arena.h"
#include "check.h"
#include "support.h"

#include <string.h>

static arena memory;

static void check_story(const char *text, const char *format, const char *expected)
{
    buf story = support_story(str_of(text), format);
    CHECK_TEXT(story.data, expected);
    buf_free(&story);
}

TEST(scalars_of_all_kinds)
{
    osler_record r = support_record(
        &memory,
        str_of(
            "---\nreferences:\n- id: roe2019 # a comment\n  type: article-journal\n  author:\n"
            "  - family: Roe\n    given: Ann B.\n  - {literal: Wool Group}\n"
            "  title: 'Wool: it''s <i>soft</i>'\n  container-title: \"Yarn \\u00e9\"\n  language: "
            "no\n"
            "  volume: 012\n  abstract: >-\n    Folded\n    text.\n  note: |-\n    one\n    two\n"
            "  issued:\n  - year: 2019\n    month: 12\n  - year: 2020\n    month: 1\nnocite: x\n"),
        NULL);
    CHECK_TEXT(r.key, "roe2019");
    CHECK_TEXT(r.title, "Wool: it's <i>soft</i>");
    CHECK_TEXT(r.container_title, "Yarn \xC3\xA9");
    CHECK_TEXT(r.languages.items[0], "no");
    CHECK_TEXT(r.volume, "012");
    CHECK_TEXT(r.abstract.items[0].text, "Folded text.");
    CHECK_TEXT(r.notes.items[0], "one\ntwo");
    const osler_date *date = osler_record_date(&r, "issued");
    CHECK(date && date->year == 2019 && date->month == 12 && date->end_year == 2020 &&
          date->end_month == 1);
    buf names = support_names(&r);
    CHECK_TEXT(buf_text(&names), "author Roe, Ann B.; author {Wool Group}");
    buf_free(&names);
    arena_free(&memory);
}

TEST(documents_of_all_shapes)
{
    check_story("- id: a\n  type: book\n  title: x\n- {id: b, type: book, title: y}\n", NULL,
                "record - at 1\nrecord - at 4\ncomplete\n");
    check_story("{\"id\":\"a\",\"type\":\"book\",\"title\":\"x\"}", "csl-yaml",
                "record - at 1\ncomplete\n");
    check_story("title: A manuscript\nreferences:\n- type: book\n  id: a\n  title: x\n...\n", NULL,
                "record - at 3\ncomplete\n");
    check_story("references: []\n", "csl-yaml", "complete\n");
}

TEST(what_is_no_list_of_works)
{
    check_story("- id: a\n  type: book\n  title: x\n- id: b\n  title: \"open\n", NULL,
                "record - at 1\nmalformed input at 6: malformed YAML: found unexpected end of "
                "stream\nnot complete\n");
    check_story("- &a\n  id: a\n  title: x\n- *a\n", "csl-yaml",
                "record - at 1\nmalformed input at 4: an alias (*a) stands here: write out what it "
                "repeats\nnot complete\n");
    check_story("references: x\n", "csl-yaml",
                "malformed input at 1: \"references\" should be a list of works\nnot complete\n");
    check_story(
        "just text", "csl-yaml",
        "malformed input at 1: expected a list of works, or \"references:\"\nnot complete\n");
    check_story("- just text\n- id: b\n  title: y\n", "csl-yaml",
                "malformed input at 1: expected an object with the variables of a work\n"
                "record - at 2\ncomplete\n");
}

TEST(works_are_written_for_pandoc)
{
    osler_name names[] = {{.role = "author", .family = "Roe", .given = "Ann"}};
    osler_date dates[] = {{.kind = "issued", .year = 2019, .month = 3}};
    osler_record record = {.key = "roe2019",
                           .csl_type = "book",
                           .title = "Wool: \"soft\" &amp; <i>warm</i>",
                           .names = {names, 1},
                           .dates = {dates, 1}};
    osler_writer *writer;
    CHECK(osler_writer_new(&writer, "csl-yaml", NULL) == OSLER_OK);
    CHECK_TEXT(osler_writer_write(writer, &record, NULL),
               "- id: \"roe2019\"\n  type: \"book\"\n"
               "  title: \"Wool: \\\"soft\\\" & <i>warm</i>\"\n  author:\n    - family: \"Roe\"\n"
               "      given: \"Ann\"\n  issued:\n    date-parts: [[2019,3]]\n");
    osler_writer_free(writer);
}
