/* A work of CSL-JSON is the same item whether it comes at once or by way of a record. */
#include "base/buf.h"
#include "base/error.h"
#include "check.h"
#include "style/item.h"
#include <osler/formats.h>

#include <stdio.h>
#include <stdlib.h>

static void add_part(buf *out, str part)
{
    buf_add(out, part);
    buf_add_byte(out, '|');
}

static void add_name(buf *out, const struct item_name *name)
{
    add_part(out, name->family);
    add_part(out, name->given);
    add_part(out, name->suffix);
    add_part(out, name->dropping_particle);
    add_part(out, name->non_dropping_particle);
    add_part(out, name->literal);
    buf_printf(out, "%d%d;", name->comma_suffix, name->static_ordering);
}

static void add_date(buf *out, const struct item_date *d)
{
    buf_printf(out, "%d-%d-%d.%d/%d-%d-%d.%d%d%d ", d->from.year, d->from.month, d->from.day,
               d->from.season, d->to.year, d->to.month, d->to.day, d->to.season, d->circa,
               d->is_open);
    add_part(out, d->literal);
}

/* All that an item has, in words. */
static void tell(buf *out, const struct item *item)
{
    buf_printf(out, "%s %s %s\n", item->id, item->type ? work_type_name(item->type) : "-",
               item->mark ? item->mark : "-");
    add_part(out, item->language);
    for (enum variable v = 1; v < VARIABLE_COUNT; v++) {
        if (!item_has(item, v))
            continue;
        const struct item_names *names = item_names(item, v);
        const struct item_date *date = item_date(item, v);
        buf_printf(out, "%s: ", variable_name(v));
        add_part(out, item_text(item, v));
        for (size_t i = 0; names && i < names->count; i++)
            add_name(out, &names->items[i]);
        if (date)
            add_date(out, date);
        buf_add_byte(out, '\n');
    }
}

static void tell_at_once(buf *out, str json)
{
    arena memory = {0};
    struct item_list list;
    osler_error error = {0};
    CHECK(items_from_json(&memory, &list, json, "json", &error) == OSLER_OK);
    for (size_t i = 0; i < list.count; i++)
        tell(out, &list.items[i]);
    arena_free(&memory);
}

static void tell_by_record(buf *out, str json)
{
    osler_reader *reader;
    const osler_item *read;
    arena memory = {0};
    CHECK(osler_reader_open_bytes(&reader, json.data, json.length, "json", "csl-json", NULL) ==
          OSLER_OK);
    while (osler_reader_next(reader, &read, NULL) == OSLER_OK) {
        struct item item;
        item_from_record(&memory, &item, read->record);
        tell(out, &item);
    }
    arena_free(&memory);
    osler_reader_close(reader);
}

static void check_ways(str json)
{
    buf at_once = {0}, by_record = {0};
    tell_at_once(&at_once, json);
    tell_by_record(&by_record, json);
    CHECK(at_once.length > 0);
    CHECK_TEXT(buf_text(&by_record), buf_text(&at_once));
    buf_free(&at_once);
    buf_free(&by_record);
}

TEST(texts_and_numbers_are_the_same)
{
    static const str json = STR(
        "[{\"id\":17,\"type\":\"report\",\"title\":\"A <i>b</i> & <sc>c</sc> < 5.\","
        "\"container-title\":\"<b>X</b> & Y\",\"journalAbbreviation\":\"J. X\",\"number\":\"R 5\","
        "\"edition\":2,\"ISBN\":\"1; "
        "2\",\"ISSN\":[\"1\",\"2\"],\"keyword\":\"a;b\",\"scale\":\"1:5\","
        "\"page\":\"347\xE2\x80\x93\x35\x34\",\"language\":\"eng\",\"genre\":\"preprint\","
        "\"abstract\":\"x<sub>2</sub>\",\"URL\":\"https://a.example/?a=1&b=2\",\"medium\":\"CD\","
        "\"status\":\"retracted\",\"yarn\":\"z\",\"DOI\":\"10.9999/x\",\"PMID\":\"990000001\"},"
        "{\"id\":\"b\",\"type\":\"article-journal\",\"number\":\"e5\",\"original-title\":\"t\"},"
        "{\"id\":\"c\",\"type\":\"patent\",\"number\":\"US 5\",\"PMID\":\"soon\"}]");
    check_ways(json);
}

TEST(names_are_the_same)
{
    static const str json = STR(
        "[{\"id\":\"a\",\"author\":[{\"family\":\"van der <i>Zwaag</i>\",\"given\":\"Ans, Jr.\"},"
        "{\"literal\":\"A & B\",\"family\":\"x\"},{\"family\":\"WHO\",\"isInstitution\":1},{},"
        "{\"family\":\"van X\",\"parse-names\":0},{\"family\":\"\\\"van Y\\\"\",\"given\":\" A de "
        "\"},"
        "{\"family\":\"Roe\",\"suffix\":\"Jr\",\"comma-suffix\":true,\"static-ordering\":\"true\"}]"
        ","
        "\"editor\":\"A Group\",\"chair\":[{\"given\":\"Plato\"}],\"translator\":[]}]");
    check_ways(json);
}

TEST(dates_are_the_same)
{
    static const str json =
        STR("[{\"id\":\"a\",\"issued\":{\"date-parts\":[[\"2004\",6],[2005,22]],\"circa\":1},"
            "\"accessed\":\"14 June 2004\",\"submitted\":{\"raw\":\"some day\"},\"event-date\":"
            "{\"literal\":\"soon\"},\"original-date\":{\"date-parts\":[[-44],[0]]}},"
            "{\"id\":\"b\",\"available-date\":{\"date-parts\":[[2004]],\"season\":\"Winter\"}}]");
    check_ways(json);
}

TEST(notes_are_the_same)
{
    static const str json =
        STR("[{\"id\":\"a\",\"note\":\"x\\ngenre: G\\nauthor: Roe || R.\\ntype: book\\nrest\"},"
            "{\"id\":\"b\",\"note\":\"{:event-date: 2004/2005} y\"}]");
    check_ways(json);
}
