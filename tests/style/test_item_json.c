/* Items from CSL-JSON: what each kind of value becomes, and what is refused. */
#include "base/buf.h"
#include "check.h"
#include "style/item.h"

#include <stdio.h>
#include <string.h>

static arena memory;
static osler_error error;

static struct item read_one(const char *json)
{
    struct item_list list;
    arena_clear(&memory);
    error = (osler_error){0};
    CHECK(items_from_json(&memory, &list, str_of(json), "items.json", &error) == OSLER_OK);
    CHECK(list.count == 1);
    return list.items[0];
}

static const char *text(const struct item *item, const char *variable)
{
    static char out[200];
    str value = item_text(item, variable_of(str_of(variable)));
    snprintf(out, sizeof out, "%.*s", STR_ARG(value));
    return out;
}

static void add_part(buf *out, const char *name, str part)
{
    if (part.length)
        buf_printf(out, " %s=%.*s", name, STR_ARG(part));
}

/* " family=... given=..." of all names. */
static const char *names(const struct item *item, const char *variable)
{
    static buf out;
    const struct item_names *list = item_names(item, variable_of(str_of(variable)));
    buf_clear(&out);
    for (size_t i = 0; list && i < list->count; i++) {
        const struct item_name *name = &list->items[i];
        add_part(&out, "literal", name->literal);
        add_part(&out, "dropping", name->dropping_particle);
        add_part(&out, "particle", name->non_dropping_particle);
        add_part(&out, "family", name->family);
        add_part(&out, "given", name->given);
        add_part(&out, "suffix", name->suffix);
        buf_add_text(&out, name->comma_suffix      ? " comma;"
                           : name->static_ordering ? " static;"
                                                   : ";");
    }
    return buf_text(&out);
}

static void add_day(buf *out, const struct item_day *day)
{
    buf_printf(out, "%d-%d-%d", day->year, day->month, day->day);
    if (day->season)
        buf_printf(out, " season %d", day->season);
}

static const char *date(const struct item *item, const char *variable)
{
    static buf out;
    const struct item_date *d = item_date(item, variable_of(str_of(variable)));
    buf_clear(&out);
    if (!d)
        return "none";
    if (d->literal.length)
        buf_printf(&out, "\"%.*s\"", STR_ARG(d->literal));
    else
        add_day(&out, &d->from);
    if (d->to.year) {
        buf_add_text(&out, " to ");
        add_day(&out, &d->to);
    }
    buf_add_text(&out, d->is_open ? " open" : "");
    buf_add_text(&out, d->circa ? " circa" : "");
    return buf_text(&out);
}

static const char *issued(const char *value)
{
    char json[300];
    snprintf(json, sizeof json, "{\"issued\":%s}", value);
    struct item item = read_one(json);
    return date(&item, "issued");
}

TEST(an_array_or_one_item)
{
    struct item_list list;
    const char *json =
        "\xEF\xBB\xBF[{\"id\":\"a\",\"type\":\"book\"},{\"id\":17},{\"type\":\"yarn\"}]";
    CHECK(items_from_json(&memory, &list, str_of(json), "x", &error) == OSLER_OK);
    CHECK(list.count == 3);
    CHECK_TEXT(list.items[0].id, "a");
    CHECK(list.items[0].type == TYPE_BOOK);
    CHECK_TEXT(list.items[1].id, "17");
    CHECK_TEXT(list.items[2].id, "");
    CHECK(list.items[2].type == TYPE_NONE);
    CHECK(items_from_json(&memory, &list, (str)STR("[]"), "x", &error) == OSLER_OK);
    CHECK(list.count == 0);
}

TEST(what_is_no_item_is_refused_with_its_place)
{
    struct item_list list;
    CHECK(items_from_json(&memory, &list, (str)STR("[{\n\"id\" 5}]"), "a.json", &error) ==
          OSLER_EINPUT);
    CHECK(error.line == 2);
    CHECK(error.column > 0);
    CHECK_TEXT(error.source, "a.json");
    CHECK(items_from_json(&memory, &list, (str)STR("[{},7]"), "a.json", &error) == OSLER_EINPUT);
    CHECK_TEXT(error.message, "item 2 is no object with the variables of a work");
    CHECK(items_from_json(&memory, &list, (str)STR(""), "a.json", &error) == OSLER_EINPUT);
}

TEST(texts_and_numbers)
{
    struct item item =
        read_one("{\"title\":\"A <i>B</i>\",\"volume\":12,\"edition\":2.5,\"issue\":\" \","
                 "\"ISSN\":[\"1234-5678\",\"8765-4321\"],\"yarn\":\"x\",\"page\":{},"
                 "\"journalAbbreviation\":\"J A\",\"shortTitle\":\"A\","
                 "\"event\":\"E\"}");
    CHECK_TEXT(text(&item, "title"), "A <i>B</i>");
    CHECK_TEXT(text(&item, "volume"), "12");
    CHECK_TEXT(text(&item, "edition"), "2.5");
    CHECK_TEXT(text(&item, "ISSN"), "1234-5678, 8765-4321");
    CHECK_TEXT(text(&item, "container-title-short"), "J A");
    CHECK_TEXT(text(&item, "title-short"), "A");
    CHECK_TEXT(text(&item, "event-title"), "E");
    CHECK(!item_has(&item, VARIABLE_ISSUE));
    CHECK(!item_has(&item, VARIABLE_PAGE));
}

TEST(the_name_of_today_wins_over_the_older_one)
{
    struct item item =
        read_one("{\"container-title-short\":\"new\",\"journalAbbreviation\":\"old\"}");
    CHECK_TEXT(text(&item, "container-title-short"), "new");
    item = read_one("{\"journalAbbreviation\":\"old\",\"container-title-short\":\"new\"}");
    CHECK_TEXT(text(&item, "container-title-short"), "new");
}

TEST(names_in_parts_and_as_one)
{
    struct item item = read_one(
        "{\"author\":[{\"family\":\"van der Zwaag\",\"given\":\"Ans\"},{\"literal\":\"The Group\"},"
        "{\"family\":\"WHO\",\"isInstitution\":\"true\"},{\"family\":\"Roe\",\"suffix\":\"Jr.\","
        "\"comma-suffix\":true},{\"family\":\"Mao\",\"given\":\"Z\",\"static-ordering\":1},{}],"
        "\"editor\":\"A Committee\",\"translator\":[{}]}");
    CHECK_TEXT(names(&item, "author"),
               " particle=van der family=Zwaag given=Ans; literal=The Group; literal=WHO;"
               " family=Roe suffix=Jr. comma; family=Mao given=Z static;");
    CHECK_TEXT(names(&item, "editor"), " literal=A Committee;");
    CHECK(!item_has(&item, VARIABLE_TRANSLATOR));
}

TEST(names_may_forbid_parsing)
{
    struct item item =
        read_one("{\"author\":[{\"family\":\"van X\",\"given\":\"A\",\"parse-names\":false},"
                 "{\"family\":\"van X\",\"given\":\"B\",\"parse-names\":1}]}");
    CHECK_TEXT(names(&item, "author"), " family=van X given=A; particle=van family=X given=B;");
}

TEST(dates_in_parts)
{
    CHECK_TEXT(issued("{\"date-parts\":[[2004,6,14]]}"), "2004-6-14");
    CHECK_TEXT(issued("{\"date-parts\":[[\"2004\",\"06\",\"\"]]}"), "2004-6-0");
    CHECK_TEXT(issued("{\"date-parts\":[2004,6]}"), "2004-6-0");
    CHECK_TEXT(issued("{\"date-parts\":[[2004,6],[2005,7,1]]}"), "2004-6-0 to 2005-7-1");
    CHECK_TEXT(issued("{\"date-parts\":[[1987],[0]]}"), "1987-0-0 open");
    CHECK_TEXT(issued("{\"date-parts\":[[-44,3,15]]}"), "-44-3-15");
    CHECK_TEXT(issued("{\"date-parts\":[[2004,22]]}"), "2004-0-0 season 2");
    CHECK_TEXT(issued("{\"date-parts\":[[2004,13,4]]}"), "2004-0-0 season 1");
    CHECK_TEXT(issued("{\"date-parts\":[[2004,-1,4]]}"), "2004-0-0");
    CHECK_TEXT(issued("{\"date-parts\":[[99999999999999]]}"), "none");
    CHECK_TEXT(issued("{\"date-parts\":[[]]}"), "none");
    CHECK_TEXT(issued("{\"date-parts\":{}}"), "none");
}

TEST(dates_with_more_to_say)
{
    CHECK_TEXT(issued("{\"date-parts\":[[2004]],\"season\":\"Autumn\"}"), "2004-0-0 season 3");
    CHECK_TEXT(issued("{\"date-parts\":[[2004]],\"season\":\"2\"}"), "2004-0-0 season 2");
    CHECK_TEXT(issued("{\"date-parts\":[[2004,5]],\"season\":2}"), "2004-5-0");
    CHECK_TEXT(issued("{\"date-parts\":[[2004]],\"season\":\"22:38\"}"), "2004-0-0");
    CHECK_TEXT(issued("{\"date-parts\":[[2004]],\"circa\":true}"), "2004-0-0 circa");
    CHECK_TEXT(issued("{\"date-parts\":[],\"literal\":\"in press\"}"), "\"in press\"");
    CHECK_TEXT(issued("{\"raw\":\"June 2004\"}"), "2004-6-0");
    CHECK_TEXT(issued("{\"raw\":\"some day\"}"), "\"some day\"");
    CHECK_TEXT(issued("\"2004-06-14\""), "2004-6-14");
    CHECK_TEXT(issued("2004"), "2004-0-0");
    CHECK_TEXT(issued("true"), "none");
}

TEST(variables_in_a_note)
{
    struct item item = read_one("{\"title\":\"T\",\"note\":\"first\\ngenre: G\\ntitle: other\\n"
                                "publisher: P\"}");
    CHECK_TEXT(text(&item, "genre"), "G");
    CHECK_TEXT(text(&item, "title"), "T");
    CHECK_TEXT(text(&item, "publisher"), "P");
    CHECK_TEXT(text(&item, "note"), "first\ntitle: other");
    item = read_one("{\"note\":\"genre: G\\nyarn: x\\npublisher: P\\nSo: there\\nmedium: M\"}");
    CHECK_TEXT(text(&item, "publisher"), "P");
    CHECK_TEXT(text(&item, "note"), "yarn: x\nSo: there\nmedium: M");
    item = read_one("{\"note\":\"see {:original-date: 1964-02} and {x}\"}");
    CHECK_TEXT(date(&item, "original-date"), "1964-2-0");
    CHECK_TEXT(text(&item, "note"), "see  and {x}");
    item = read_one("{\"note\":\"type: report\\nauthor: Roe || R.\\nauthor: A Group\"}");
    CHECK(item.type == TYPE_REPORT);
    CHECK_TEXT(names(&item, "author"), " family=Roe given=R.; literal=A Group;");
    CHECK(!item_has(&item, VARIABLE_NOTE));
}
