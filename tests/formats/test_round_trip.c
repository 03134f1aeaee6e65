/*
 * What a format carries: a record with every field goes out and comes back, and the formats of
 * src/formats/carried.def and the table in src/formats/README.md are what is the same then.
 * OSLER_UPDATE=1 rewrites both.
 */
#include "base/arena.h"
#include "check.h"
#include "formats/carried.h"
#include "formats/writer.h"
#include "full_record.h"
#include "support.h"

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A new format is a row: a name, and the name of its reader.  What is not read back can only show
 * its values in the text. */
static const struct {
    const char *name, *reader;
} formats[] = {
    {"jsonl", "jsonl"},       {"csl-json", "csl-json"},
    {"bibtex", "bibtex"},     {"biblatex", "bibtex"},
    {"ris", "ris"},           {"enw", "enw"},
    {"isi", "isi"},           {"endnote-xml", "endnote-xml"},
    {"csv", "csv"},           {"tsv", "tsv"},
    {"nbib", "nbib"},         {"pubmed-xml", "pubmed-xml"},
    {"csl-yaml", "csl-yaml"}, {"markdown", NULL},
    {"html", NULL},
};
enum { FORMATS = sizeof formats / sizeof *formats };

/* A format at work, what was written, and the one row that this trip is for; NULL: all. */
struct trip {
    size_t format;
    str text;
    const char *only;
};

static enum carried_state states[CARRIED_ROWS_MOST][FORMATS];
static bool seen[CARRIED_ROWS_MOST];

/* The state of a row is that of its worst value; values behind the first can be told apart. */
static void note(const struct carried_row *row, const struct trip *trip, enum carried_state state,
                 size_t index)
{
    size_t i = (size_t)(row - carried_rows);
    enum carried_state *known = &states[i][trip->format];
    if (trip->only && strcmp(trip->only, row->path) != 0)
        return;
    seen[i] = true;
    if (index && state < CARRIED_FIRST && *known >= CARRIED_FIRST)
        state = CARRIED_FIRST;
    if (state < *known)
        *known = state;
}

static const char *text_at(const char *member)
{
    return *(const char *const *)(const void *)member;
}

static bool same_text(const char *a, const char *b)
{
    return a && b ? strcmp(a, b) == 0 : a == b;
}

/* True when the text shows the longest run of a value that no format writes in its own way, which
 * must be long enough not to stand there by accident. */
static bool shows(const struct trip *trip, const char *value)
{
    enum { SHORTEST = 3 };
    str longest = {"", 0}, rest = str_of(value);
    while (rest.length) {
        size_t run = 0;
        while (run < rest.length &&
               (char_is_letter(rest.data[run]) || char_is_digit(rest.data[run]) ||
                strchr(" -./:", rest.data[run])))
            run++;
        if (run > longest.length)
            longest = str_part(rest, 0, run);
        rest = str_part(rest, run + 1, rest.length);
    }
    return longest.length >= SHORTEST && str_contains_ignoring_case(trip->text, longest);
}

static enum carried_state state_of_text(const struct trip *trip, const char *a, const char *b)
{
    return same_text(a, b) ? CARRIED_WHOLE : shows(trip, a) ? CARRIED_AS_TEXT : CARRIED_NOT;
}

/* How a field of one value came back, its lists of texts included; no lists of items. */
static enum carried_state state_of(const struct trip *trip, const osler_field *field,
                                   const char *before, const char *after)
{
    const osler_text_list *a = (const void *)before, *b = (const void *)after;
    enum carried_state state = CARRIED_WHOLE, one;
    char year[16];
    switch (field->kind) {
    case OSLER_TEXT:
    case OSLER_MARKUP: return state_of_text(trip, text_at(before), text_at(after));
    case OSLER_NUMBER:
        snprintf(year, sizeof year, "%d", *(const int *)(const void *)before);
        return memcmp(before, after, sizeof(int)) == 0 ? CARRIED_WHOLE
               : shows(trip, year)                     ? CARRIED_AS_TEXT
                                                       : CARRIED_NOT;
    case OSLER_FLAG: return *after ? CARRIED_WHOLE : CARRIED_NOT;
    case OSLER_TEXTS:
        for (size_t i = 0; i < a->count; i++) {
            one = state_of_text(trip, a->items[i], i < b->count ? b->items[i] : NULL);
            if (i && one == CARRIED_NOT && state == CARRIED_WHOLE)
                one = CARRIED_FIRST;
            state = one < state ? one : state;
        }
        return state;
    case OSLER_MANY: break;
    }
    return CARRIED_NOT;
}

static bool has_value(const osler_field *field, const char *member)
{
    switch (field->kind) {
    case OSLER_TEXT:
    case OSLER_MARKUP: return text_at(member) != NULL;
    case OSLER_NUMBER: return *(const int *)(const void *)member != 0;
    case OSLER_FLAG: return *member;
    case OSLER_TEXTS:
    case OSLER_MANY: return ((const osler_text_list *)(const void *)member)->count > 0;
    }
    return false;
}

static const char *item_at(const osler_field *list, const char *member, size_t i)
{
    const osler_text_list *items = (const void *)member; /* all lists are laid out alike */
    return i < items->count ? (const char *)items->items + i * list->of->size : NULL;
}

/* The item that came back for the `index`-th of its kind, or for the `index`-th of all. */
static const char *partner(const osler_field *list, const char *before, const char *after,
                           size_t index, bool by_kind)
{
    size_t same = 0, k = 0;
    const char *kind = text_at(item_at(list, before, index)), *item;
    if (!by_kind)
        return item_at(list, after, index);
    for (size_t i = 0; i < index; i++)
        same += same_text(text_at(item_at(list, before, i)), kind);
    while ((item = item_at(list, after, k++)))
        if (same_text(text_at(item), kind) && !same--)
            return item;
    return NULL;
}

static _Alignas(max_align_t) const char nothing[1024];

/* How an item as a whole came back: all of it; what it says is shown, or at least the name of a
 * person or the year; or nothing. */
static enum carried_state state_of_item(const struct trip *trip, const osler_shape *shape,
                                        const char *a, const char *b, const char *prefix)
{
    bool same = true, some = false, shown = false;
    for (size_t i = 0; i < shape->count; i++) {
        const osler_field *field = &shape->fields[i];
        const char *before = a + field->offset, *after = b + field->offset;
        char path[96];
        snprintf(path, sizeof path, "%s.%s", prefix, field->name);
        if (field->kind == OSLER_MANY && carried_row_of(path))
            continue; /* it is told by itself */
        if (field->kind == OSLER_MANY) {
            for (size_t k = 0; item_at(field, before, k); k++) {
                const char *back = item_at(field, after, k);
                enum carried_state inner = state_of_item(trip, field->of, item_at(field, before, k),
                                                         back ? back : nothing, path);
                same &= inner == CARRIED_WHOLE;
                shown |= inner == CARRIED_AS_TEXT;
            }
        } else if (has_value(field, before)) {
            enum carried_state state = state_of(trip, field, before, after);
            same &= state == CARRIED_WHOLE;
            some |= state == CARRIED_WHOLE && field->kind != OSLER_FLAG && b != nothing;
            shown |= state == CARRIED_AS_TEXT;
        }
    }
    return same ? CARRIED_WHOLE : shown || some ? CARRIED_AS_TEXT : CARRIED_NOT;
}

static void compare(const osler_shape *shape, const char *a, const char *b, const char *prefix,
                    const struct trip *trip, size_t index);

/* An item of a kind that has a row: it came back when one of its kind did, whatever it lacks. */
static bool note_kind(const osler_field *list, const char *path, const char *item, const char *back,
                      const struct trip *trip, size_t index)
{
    const struct carried_row *row = carried_row_of_kind(path, text_at(item));
    enum carried_state state = state_of_item(trip, list->of, item, back ? back : nothing, path);
    if (!row)
        return false;
    note(row, trip, back ? CARRIED_WHOLE : state, index);
    return true;
}

static bool has_kinds(const char *path)
{
    return strcmp(path, "names") == 0 || strcmp(path, "dates") == 0 ||
           strcmp(path, "identifiers") == 0;
}

/* Identifiers that stand in fields of their own are told there. */
static bool is_told(const char *path, const char *item)
{
    const char *scheme = text_at(item);
    return strcmp(path, "identifiers") == 0 && strcmp(scheme, "mid") != 0;
}

/* An item and the one that came back for it, by its kind's row or the list's. */
static void compare_item(const osler_field *field, const char *path, const char *item,
                         const char *back, const struct trip *trip, size_t index)
{
    const struct carried_row *row = carried_row_of(path);
    bool kinds = has_kinds(path);
    const char *after = back ? back : nothing;
    if (!(kinds && note_kind(field, path, item, back, trip, 0)) && row)
        note(row, trip, state_of_item(trip, field->of, item, after, path), index);
    if (back || !kinds)
        compare(field->of, item, after, path, trip, index);
}

static void compare_items(const osler_field *field, const char *a, const char *b, const char *path,
                          const struct trip *trip)
{
    bool kinds = has_kinds(path);
    const char *item;
    for (size_t i = 0; (item = item_at(field, a, i)); i++)
        if (!is_told(path, item))
            compare_item(field, path, item, partner(field, a, b, i, kinds), trip, kinds ? 0 : i);
}

static bool is_with_particle(const char *path, const char *item)
{
    const osler_name *name = (const void *)item;
    return (strcmp(path, "names.family") == 0 || strcmp(path, "names.given") == 0) &&
           (name->dropping_particle || name->non_dropping_particle);
}

/* Fields that the record does not have say nothing; one that came from nowhere is no loss. */
static void compare(const osler_shape *shape, const char *a, const char *b, const char *prefix,
                    const struct trip *trip, size_t index)
{
    for (size_t i = 0; i < shape->count; i++) {
        const osler_field *field = &shape->fields[i];
        char path[96];
        snprintf(path, sizeof path, "%s%s%s", prefix, *prefix ? "." : "", field->name);
        const char *before = a + field->offset, *after = b + field->offset;
        const struct carried_row *row = carried_row_of(path);
        if (field->kind == OSLER_MANY)
            compare_items(field, before, after, path, trip);
        else if (is_with_particle(path, a))
            continue; /* it comes back as one with its particle, as the row of particles says */
        else if (row && has_value(field, before))
            note(row, trip, state_of(trip, field, before, after), index);
    }
}

static osler_record there_and_back(arena *memory, const osler_record *record, const char *format)
{
    osler_writer *writer;
    CHECK(osler_writer_new(&writer, format, NULL) == OSLER_OK);
    osler_record back =
        support_record(memory, str_of(osler_writer_write(writer, record, NULL)), format);
    osler_writer_free(writer);
    return back;
}

static const char *const words[] = {[CARRIED_NOT] = "-",
                                    [CARRIED_AS_TEXT] = "as text",
                                    [CARRIED_FIRST] = "the first",
                                    [CARRIED_WHOLE] = "yes"};

static void make_table(buf *table)
{
    buf_add_text(table, "| field |");
    for (size_t f = 0; f < FORMATS; f++)
        buf_printf(table, " %s |", formats[f].name);
    buf_add_text(table, "\n|---|");
    for (size_t f = 0; f < FORMATS; f++)
        buf_add_text(table, "---|");
    buf_add_byte(table, '\n');
    for (size_t i = 0; i < carried_row_count; i++) {
        buf_printf(table, "| %s |", carried_rows[i].path);
        for (size_t f = 0; f < FORMATS; f++)
            buf_printf(table, " %s |", seen[i] ? words[states[i][f]] : "?");
        buf_add_byte(table, '\n');
    }
}

static void make_rows(buf *rows)
{
    static const char *const how[] = {
        [CARRIED_AS_TEXT] = ":text", [CARRIED_FIRST] = ":first", [CARRIED_WHOLE] = ""};
    for (size_t i = 0; i < carried_row_count; i++) {
        size_t start = rows->length;
        buf_printf(rows, "CARRIED(\"%s\", \"%s\",", carried_rows[i].path, carried_rows[i].what);
        buf line = {0};
        for (size_t f = 0; f < FORMATS; f++)
            if (states[i][f] != CARRIED_NOT)
                buf_printf(&line, "%s%s%s", line.length ? " " : "", formats[f].name,
                           how[states[i][f]]);
        bool fits = rows->length - start + line.length + 4 <= 100;
        buf_printf(rows, "%s\"%s\")\n", fits ? " " : "\n        ", buf_text(&line));
        buf_free(&line);
    }
}

static void read_file(buf *out, const char *path)
{
    FILE *file = fopen(path, "rb");
    CHECK(file != NULL);
    for (int c; file && (c = fgetc(file)) != EOF;)
        buf_add_byte(out, (char)c);
    if (file)
        fclose(file);
}

/* What stands in a file between two marks is `expected`; OSLER_UPDATE writes it there. */
static void check_part(const char *path, const char *start, const char *end, const buf *expected)
{
    buf page = {0};
    read_file(&page, path);
    const char *from = strstr(buf_text(&page), start);
    const char *to = from ? strstr(from + strlen(start), end) : NULL;
    CHECK(from && to);
    if (from && to) {
        from += strlen(start);
        bool same = str_equal((str){from, (size_t)(to - from)}, buf_str(expected));
        FILE *file = !same && getenv("OSLER_UPDATE") ? fopen(path, "wb") : NULL;
        if (file) {
            fprintf(file, "%.*s%.*s%s", (int)(from - page.data), page.data, (int)expected->length,
                    expected->data, to);
            fclose(file);
        } else if (!same) {
            fprintf(stderr, "%s should have:\n%.*s", path, (int)expected->length, expected->data);
        }
        CHECK(same || file);
    }
    buf_free(&page);
}

/* One record as a whole document of a format. */
static void write_document(buf *out, const osler_record *record, const char *format)
{
    const struct writer *writer;
    CHECK(writer_find(&writer, format, NULL) == OSLER_OK);
    buf_add_text(out, writer->head);
    writer->write(out, record);
    buf_add_text(out, writer->tail);
}

static void travel(const osler_record *record, size_t f, const char *only)
{
    arena memory = {0};
    buf text = {0};
    osler_record back = {0};
    write_document(&text, record, formats[f].name);
    struct trip trip = {f, buf_str(&text), only};
    if (formats[f].reader)
        back = support_record(&memory, trip.text, formats[f].reader);
    compare(osler_record_shape(), (const char *)record, (const char *)&back, "", &trip, 0);
    buf_free(&text);
    arena_free(&memory);
}

TEST(the_tables_say_what_is_carried)
{
    osler_record article = full();
    const osler_record report = {
        .csl_type = "report", .title = "Shearing", .report_number = "Wreport"};
    const osler_record chapter = {
        .csl_type = "chapter", .title = "Dyeing", .book_title = "A book of wool"};
    const osler_record electronic = {
        .csl_type = "article-journal", .title = "Carding", .article_number = "e1234"};
    buf table = {0}, rows = {0};
    for (size_t i = 0; i < CARRIED_ROWS_MOST; i++)
        for (size_t f = 0; f < FORMATS; f++)
            states[i][f] = CARRIED_WHOLE;
    for (size_t f = 0; f < FORMATS; f++) {
        travel(&article, f, NULL);
        travel(&report, f, "report_number");
        travel(&chapter, f, "book_title");
        travel(&electronic, f, "article_number");
    }
    for (size_t i = 0; i < carried_row_count; i++) {
        if (!seen[i])
            fprintf(stderr, "no value tells how %s is carried\n", carried_rows[i].path);
        CHECK(seen[i]);
    }
    make_table(&table);
    make_rows(&rows);
    check_part("src/formats/README.md", "<!-- table -->\n", "<!-- end -->\n", &table);
    check_part("src/formats/carried.def", " */\n", "/* end */\n", &rows);
    buf_free(&table);
    buf_free(&rows);
}

/* Every field has a row, or a list above it has: what is left out is never left out in silence. */
static void check_rows(const osler_shape *shape, const char *prefix, bool told)
{
    for (size_t i = 0; i < shape->count; i++) {
        const osler_field *field = &shape->fields[i];
        char path[96];
        snprintf(path, sizeof path, "%s%s%s", prefix, *prefix ? "." : "", field->name);
        bool known = told || carried_row_of(path);
        if (field->kind == OSLER_MANY)
            check_rows(field->of, path, known);
        else if (!known)
            fprintf(stderr, "no row tells of %s\n", path);
        CHECK(known || field->kind == OSLER_MANY);
    }
}

TEST(every_format_is_held_against_the_table)
{
    for (unsigned i = 0; osler_writer_name(i); i++) {
        const struct writer *writer;
        bool held = false;
        CHECK(writer_find(&writer, osler_writer_name(i), NULL) == OSLER_OK);
        for (size_t f = 0; f < FORMATS; f++)
            held |= strcmp(formats[f].name, osler_writer_name(i)) == 0;
        CHECK(held || writer->only_ids);
    }
}

TEST(every_field_has_a_row)
{
    check_rows(osler_record_shape(), "", false);
}

/* Ranges, seasons and doubt go the same way. */
TEST(dates_come_back)
{
    osler_date several[] = {
        {.kind = "issued", .year = 2019},
        {.kind = "issued", .year = 2019, .month = 12},
        {.kind = "issued", .year = 2019, .season = 2},
        {.kind = "issued", .year = 2019, .month = 12, .end_year = 2020, .end_month = 1},
        {.kind = "issued", .year = 2019, .month = 3, .end_year = 2019, .end_month = 4},
        {.kind = "issued", .year = 2019, .circa = true},
        {.kind = "issued", .year = 2019, .text = "in the year of the sheep"},
    };
    static const char *const tagged[] = {"ris", "enw", "isi"};
    for (size_t f = 0; f < sizeof tagged / sizeof *tagged; f++) {
        for (size_t i = 0; i < sizeof several / sizeof *several; i++) {
            arena memory = {0};
            osler_record record = {.title = "x", .dates = {&several[i], 1}};
            osler_record back = there_and_back(&memory, &record, tagged[f]);
            const osler_date *date = osler_record_date(&back, "issued"), *was = &several[i];
            CHECK(date && date->year == was->year && date->month == was->month &&
                  date->season == was->season && date->end_year == was->end_year &&
                  date->end_month == was->end_month && date->circa == was->circa &&
                  same_text(date->text, was->text));
            if (!date || date->month != was->month || date->season != was->season ||
                date->end_year != was->end_year || !same_text(date->text, was->text))
                fprintf(stderr, "%s: date %zu\n", tagged[f], i);
            arena_free(&memory);
        }
    }
}
