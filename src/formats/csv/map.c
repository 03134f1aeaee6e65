/* Which column is which field, as the user says it: "title=Article Title,year=PY". */
#include "formats/csv/map.h"

#include "base/buf.h"
#include "base/error.h"
#include "formats/csv/csv.h"

#include <string.h>

osler_status csv_map_read(struct csv_map *map, arena *memory, str text, osler_error *error)
{
    str pair;
    while (str_next_field(&text, ',', &pair)) {
        size_t equals = str_find(pair, '=');
        str field = str_trim(str_part(pair, 0, equals));
        str column = str_trim(str_part(pair, equals + 1, pair.length));
        const char *tag = csv_tag(field);
        if (!column.length)
            return fail(
                error, OSLER_EFORMAT, 0,
                "expected FIELD=COLUMN, not \"%.*s\", as in csv:title=Article Title,year=PY",
                (int)(pair.length < 60 ? pair.length : 60), pair.data);
        if (!tag)
            return fail(error, OSLER_EFORMAT, 0,
                        "no field of a table is called \"%.*s\"; some are title, authors, year, "
                        "journal, volume, issue, pages, doi, pmid, abstract, keywords",
                        (int)(field.length < 60 ? field.length : 60), field.data);
        if (map->count == CSV_MAPPED_MOST)
            return fail(error, OSLER_ELIMIT, 0, "more than %d columns are named", CSV_MAPPED_MOST);
        map->items[map->count].tag = tag;
        map->items[map->count++].column = (str){arena_copy(memory, column), column.length};
    }
    return OSLER_OK;
}

static size_t find(const str *cells, size_t count, str name)
{
    size_t i = 0;
    while (i < count && !str_equal_ignoring_case(cells[i], name))
        i++;
    return i;
}

bool csv_map_knows(const struct csv_map *map, const str *cells, size_t count)
{
    for (size_t i = 0; i < map->count; i++)
        if (find(cells, count, map->items[i].column) < count)
            return true;
    return false;
}

/* A name that stands for no field: "column Title". */
static str unknown(arena *memory, str name)
{
    buf text = {0};
    buf_printf(&text, "column %.*s", STR_ARG(name));
    str kept = {arena_copy(memory, buf_str(&text)), text.length};
    buf_free(&text);
    return kept;
}

osler_status csv_map_apply(const struct csv_map *map, arena *memory, str *cells, size_t count,
                           unsigned line, osler_error *error)
{
    size_t at[CSV_MAPPED_MOST];
    for (size_t i = 0; i < map->count; i++) {
        str column = map->items[i].column;
        at[i] = find(cells, count, column);
        if (at[i] == count)
            return fail(error, OSLER_EINPUT, line, "no column of this table is called \"%.*s\"",
                        (int)(column.length < 60 ? column.length : 60), column.data);
    }
    for (size_t k = 0; k < count && map->count; k++) {
        const char *tag = csv_tag(cells[k]);
        for (size_t i = 0; i < map->count && tag; i++) {
            if (strcmp(tag, map->items[i].tag) != 0)
                continue;
            cells[k] = at[i] == k ? cells[k] : unknown(memory, cells[k]);
            break;
        }
    }
    for (size_t i = 0; i < map->count; i++)
        cells[at[i]] = str_of(map->items[i].tag);
    return OSLER_OK;
}
