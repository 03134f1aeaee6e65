/* The cells of a row as tagged values: what programs put into one cell, taken apart. */
#include "base/buf.h"
#include "formats/csv/csv.h"
#include "formats/csv/names.h"

#include <string.h>

static str kept(struct csv_values *v, const buf *text)
{
    return (str){arena_copy(v->memory, buf_str(text)), text->length};
}

static void add_names(struct csv_values *v, const char *tag, str column, str cell)
{
    static const str openalex = STR("display_name"), lens = STR("author/s");
    bool spoken =
        str_contains_ignoring_case(column, openalex) || str_equal_ignoring_case(column, lens);
    buf names = {0};
    csv_add_names(&names, cell, spoken);
    tagged_add(v->values, str_of(tag), kept(v, &names));
    buf_free(&names);
}

/* Each part of a list as a value; between the parts stands `separator` or a line end. */
static void add_parts(struct csv_values *v, const char *tag, str cell, char separator)
{
    while (cell.length) {
        size_t end = str_find(cell, separator), line = str_find(cell, '\n');
        end = line < end ? line : end;
        str part = str_trim(str_part(cell, 0, end));
        cell = str_part(cell, end + 1, cell.length);
        if (part.length)
            tagged_add(v->values, str_of(tag), part);
    }
}

static size_t count(str text, char c)
{
    size_t found = 0;
    for (size_t i = 0; i < text.length; i++)
        found += text.data[i] == c;
    return found;
}

/* Semicolons, or the bars of OpenAlex, or commas where there are several and nothing else. */
static char separator_of(str cell)
{
    if (count(cell, ';'))
        return ';';
    if (count(cell, '|'))
        return '|';
    return count(cell, '\n') == 0 && count(cell, ',') > 1 ? ',' : ';';
}

/* The word that Osler has for a type; NULL for one that is not known. */
static const char *type_of(str word)
{
    const struct tagged_type *types = csv_dialect.types, *end = types + csv_dialect.type_count;
    const struct tagged_type *known = types, *first = types;
    while (known < end && !str_equal_ignoring_case(word, str_of(known->code)))
        known++;
    while (known < end && strcmp(first->csl, known->csl) != 0)
        first++;
    return known < end ? first->code : NULL;
}

static void add_type(struct csv_values *v, const char *tag, str cell)
{
    const char *type = type_of(cell);
    tagged_add(v->values, str_of(tag), type ? str_of(type) : cell);
}

/* What kind of document it is: a genre, and mostly a type. */
static void add_genre(struct csv_values *v, const char *tag, str cell)
{
    const char *type = type_of(cell);
    if (type)
        tagged_add(v->values, (str)STR("type"), str_of(type));
    add_parts(v, tag, cell, separator_of(cell));
}

/* The volume, issue and pages of "J Wool. 2020 Feb;63(2):103640. doi: ..." (PubMed's CSV). */
static void add_citation(struct csv_values *v, str column, str cell)
{
    size_t start = str_find(cell, ';') + 1;
    str rest = str_part(cell, start, cell.length);
    size_t colon = str_find(rest, ':');
    str where = str_part(rest, 0, colon), pages = str_part(rest, colon + 1, rest.length);
    size_t open = str_find(where, '(');
    str issue = str_part(where, open + 1, where.length);
    issue = str_part(issue, 0, str_find(issue, ')'));
    size_t end = 0;
    while (end < pages.length && pages.data[end] != '.' && pages.data[end] != ' ')
        end++;
    str volume = str_trim(str_part(where, 0, open));
    if (volume.length && count(volume, ' ') == 0 && count(volume, '.') == 0) {
        tagged_add(v->values, (str)STR("volume"), volume);
        tagged_add(v->values, (str)STR("issue"), str_trim(issue));
        tagged_add(v->values, (str)STR("pages"), str_part(pages, 0, end));
    }
    tagged_add(v->values, column, cell);
}

/* "tag: value", a line each: what Osler writes into its last column. */
static void add_extras(struct csv_values *v, str cell)
{
    str line;
    while (str_next_line(&cell, &line)) {
        size_t colon = str_find(line, ':');
        tagged_add(v->values, str_trim(str_part(line, 0, colon)),
                   str_trim(str_part(line, colon + 1, line.length)));
    }
}

/* Columns without a tag that are understood all the same; false for the others. */
static bool add_special(struct csv_values *v, str column, str cell)
{
    static const str yes = STR("true");
    if (str_equal_ignoring_case(column, (str)STR("month")) ||
        str_equal_ignoring_case(column, (str)STR("published month")))
        v->month = cell;
    else if (str_equal_ignoring_case(column, (str)STR("day")))
        v->day = cell;
    else if (str_equal_ignoring_case(column, (str)STR("citation")))
        add_citation(v, column, cell);
    else if (str_equal_ignoring_case(column, (str)STR("source")) && !v->has_journal)
        tagged_add(v->values, (str)STR("journal"), cell); /* so Cochrane calls it */
    else if (str_equal_ignoring_case(column, (str)STR("extras")))
        add_extras(v, cell);
    else if (str_equal_ignoring_case(column, (str)STR("is_retracted"))) {
        if (str_equal_ignoring_case(cell, yes))
            tagged_add(v->values, (str)STR("publication types"), (str)STR("Retracted Publication"));
    } else {
        return false;
    }
    return true;
}

/* What statistics programs write for nothing; control characters do not come into a record. */
static bool is_missing(str cell)
{
    enum { LONGEST = 3 };
    char word[LONGEST + 1] = "";
    size_t length = 0;
    for (size_t i = 0; i < cell.length; i++) {
        unsigned char c = (unsigned char)cell.data[i];
        if (c <= ' ' || c == 0x7F)
            continue;
        if (length == LONGEST)
            return false;
        word[length++] = cell.data[i];
    }
    return !length || strcmp(word, "NA") == 0 || strcmp(word, "nan") == 0;
}

/* What is in a cell of a field; one text where nothing is said. */
static const enum {
    ONE_TEXT,
    PEOPLE,
    LIST,
    GENRE,
    LINES,
    NUMBERS,
    PMID,
    YEAR,
    DATE,
    KIND
} contents[TAGGED_FIELD_COUNT] = {
    [TAGGED_TYPE] = KIND,         [TAGGED_NAMES] = PEOPLE,
    [TAGGED_FULL_NAMES] = PEOPLE, [TAGGED_KEYWORD] = LIST,
    [TAGGED_LANGUAGE] = LIST,     [TAGGED_HEADING] = LIST,
    [TAGGED_GENRE] = GENRE,       [TAGGED_NOTE] = LINES,
    [TAGGED_URL] = LINES,         [TAGGED_SERIAL_NUMBER] = NUMBERS,
    [TAGGED_PMID] = PMID,         [TAGGED_YEAR] = YEAR,
    [TAGGED_DATE] = DATE,
};

void csv_add(struct csv_values *v, const char *tag, str column, str cell)
{
    if (is_missing(cell) || (!tag && add_special(v, column, cell)))
        return;
    const struct tagged_row *row = tag ? tagged_row_of(&csv_dialect, str_of(tag)) : NULL;
    switch (row ? contents[row->field] : ONE_TEXT) {
    case PEOPLE: add_names(v, tag, column, cell); return;
    case LIST: add_parts(v, tag, cell, separator_of(cell)); return;
    case GENRE: add_genre(v, tag, cell); return;
    case KIND: add_type(v, tag, cell); return;
    case LINES: add_parts(v, tag, cell, '\n'); return;
    case NUMBERS: add_parts(v, tag, cell, count(cell, '|') ? '|' : ';'); return;
    case PMID:
        if (str_is(cell, "0"))
            return;
        break;
    case YEAR: v->year = cell; break;
    case DATE: v->dated = true; break;
    case ONE_TEXT: break;
    }
    tagged_add(v->values, tag ? str_of(tag) : column, cell);
}

/* Columns for month and day are a date with the year. */
void csv_finish(struct csv_values *v)
{
    unsigned long month, day;
    if (!v->month.length || !v->year.length || v->dated)
        return;
    buf date = {0};
    buf_add(&date, v->year);
    if (str_number(v->month, &month) && month >= 1 && month <= 12)
        buf_printf(&date, "-%02lu", month);
    else
        buf_printf(&date, " %.*s", STR_ARG(v->month));
    if (str_number(v->day, &day) && day >= 1 && day <= 31)
        buf_printf(&date, str_number(v->month, &month) ? "-%02lu" : " %lu", day);
    tagged_add(v->values, (str)STR("date"), kept(v, &date));
    buf_free(&date);
}
