/*
 * What a format carries: a record with every field goes out and comes back, and the table in
 * src/formats/README.md says which fields are the same then.  OSLER_UPDATE=1 rewrites the table.
 */
#include "base/arena.h"
#include "check.h"
#include "formats/writer.h"
#include "support.h"

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const formats[] = {"ris", "enw",  "isi",      "endnote-xml",
                                      "csv", "nbib", "csl-yaml", "jsonl"};
enum { FORMATS = sizeof formats / sizeof *formats };

#define LIST(array)                                                                                \
    {                                                                                              \
        (array), sizeof(array) / sizeof *(array)                                                   \
    }

static osler_affiliation places[] = {{.text = "Institute of <i>Wool</i>, Yarntown"}};
static osler_name names[] = {
    {.role = "author",
     .family = "Roe",
     .given = "Ann Bea",
     .initials = "AB",
     .suffix = "Jr",
     .affiliations = LIST(places)},
    {.role = "author",
     .family = "van der Moe",
     .given = "J",
     .initials = "J",
     .affiliations = LIST(places),
     .orcid = "0000-0002-1825-0097"},
    {.role = "author", .collective = "Yarn, Wool and Knitting Group"},
    {.role = "author", .collective = "Wool &amp; Yarn Group"},
    {.role = "editor", .family = "Doe", .given = "John", .initials = "J"},
};
static osler_date dates[] = {
    {.kind = "issued", .year = 2019, .month = 3, .day = 12},
    {.kind = "accessed", .year = 2021, .month = 6, .day = 14},
};
static osler_section sections[] = {
    {.label = "BACKGROUND", .category = "BACKGROUND", .text = "Wool <i>is</i> &lt; 5 &amp; soft."},
    {.label = "METHODS", .category = "METHODS", .text = "We knitted."},
};
static osler_keyword keywords[] = {{.text = "wool", .major = true}, {.text = "<i>yarn</i>"}};
static osler_qualifier qualifiers[] = {{.name = "therapy", .major = true}};
static osler_heading headings[] = {{.name = "Wool", .qualifiers = LIST(qualifiers)},
                                   {.name = "Textiles", .major = true}};
static osler_publication_type types[] = {{.ui = "D016428", .name = "Journal Article"},
                                         {.ui = "D016449", .name = "Randomized Controlled Trial"}};
static osler_identifier identifiers[] = {{.scheme = "doi", .value = "10.9999/wool"},
                                         {.scheme = "pmc", .value = "PMC990000001"},
                                         {.scheme = "pubmed", .value = "990000001"}};
static osler_reference references[] = {{.citation = "Poe E. Yarn. J Yarn 2001;1:1."}};
static osler_extra extras[] = {{"title-short", "Wool"}, {"call-number", "Q 1"}};
static const char *isbn[] = {"978-0-00-000000-2"}, *languages[] = {"eng"}, *notes[] = {"A note"},
                  *urls[] = {"https://example.org/wool"};

static osler_record full(void)
{
    return (osler_record){
        .pmid = "990000001",
        .pmid_version = 1,
        .pmcid = "PMC990000001",
        .doi = "10.9999/wool",
        .identifiers = LIST(identifiers),
        .key = "roe2019",
        .issn = "1234-5678",
        .issn_type = "Electronic",
        .isbn = LIST(isbn),
        .csl_type = "article-journal",
        .title = "Wool, <i>yarn</i> &amp; 10<sup>-3</sup>.",
        .vernacular_title = "Wolle",
        .container_title = "Journal of Yarn",
        .container_title_medline = "J Yarn",
        .container_title_iso = "J. Yarn",
        .collection_title = "Yarns",
        .names = LIST(names),
        .names_incomplete = true,
        .dates = LIST(dates),
        .volume = "12",
        .issue = "3 Suppl 1",
        .pages = "347-354",
        .page_first = "347",
        .page_last = "354",
        .article_number = "e12",
        .edition = "2nd",
        .publisher = "Knit",
        .publisher_place = "Yarntown",
        .languages = LIST(languages),
        .abstract = LIST(sections),
        .keywords = LIST(keywords),
        .headings = LIST(headings),
        .publication_types = LIST(types),
        .references = LIST(references),
        .notes = LIST(notes),
        .urls = LIST(urls),
        .extras = LIST(extras),
    };
}

/* A row of the table: a field, and in which formats it is the same. */
struct row {
    char name[64];
    bool same[FORMATS];
};

static struct row rows[128];
static size_t row_count;

static void note(const char *name, size_t format, bool same)
{
    size_t i = 0;
    while (i < row_count && strcmp(rows[i].name, name) != 0)
        i++;
    if (i == row_count) {
        CHECK(row_count < sizeof rows / sizeof *rows);
        row_count++;
        snprintf(rows[i].name, sizeof rows[i].name, "%s", name);
        for (size_t f = 0; f < FORMATS; f++)
            rows[i].same[f] = true;
    }
    rows[i].same[format] &= same;
}

static const char *text_at(const char *member)
{
    return *(const char *const *)(const void *)member;
}

static bool same_text(const char *a, const char *b)
{
    return a && b ? strcmp(a, b) == 0 : a == b;
}

static bool same_texts(const osler_text_list *a, const osler_text_list *b)
{
    bool same = a->count <= b->count;
    for (size_t i = 0; i < a->count && same; i++)
        same = same_text(a->items[i], b->items[i]);
    return same;
}

static void compare(const osler_shape *shape, const char *a, const char *b, const char *prefix,
                    size_t format);

/* The items of a list, one by one; one that did not come back has lost all it had. */
static void compare_items(const osler_field *field, const char *a, const char *b, const char *name,
                          size_t format)
{
    static _Alignas(max_align_t) const char nothing[1024];
    const struct list {
        const char *items;
        size_t count;
    } *before = (const void *)a, *after = (const void *)b;
    CHECK(field->of->size <= sizeof nothing);
    for (size_t i = 0; i < before->count; i++)
        compare(field->of, before->items + i * field->of->size,
                i < after->count ? after->items + i * field->of->size : nothing, name, format);
}

/* Fields that the record does not have say nothing; one that came from nowhere is no loss. */
static void compare(const osler_shape *shape, const char *a, const char *b, const char *prefix,
                    size_t format)
{
    for (size_t i = 0; i < shape->count; i++) {
        const osler_field *field = &shape->fields[i];
        char name[64];
        snprintf(name, sizeof name, "%s%s%s", prefix, *prefix ? "." : "", field->name);
        const char *before = a + field->offset, *after = b + field->offset;
        switch (field->kind) {
        case OSLER_TEXT:
        case OSLER_MARKUP:
            if (text_at(before))
                note(name, format, same_text(text_at(before), text_at(after)));
            break;
        case OSLER_TEXTS:
            if (((const osler_text_list *)(const void *)before)->count)
                note(name, format, same_texts((const void *)before, (const void *)after));
            break;
        case OSLER_NUMBER:
            if (*(const int *)(const void *)before)
                note(name, format, memcmp(before, after, sizeof(int)) == 0);
            break;
        case OSLER_FLAG:
            if (*before)
                note(name, format, *after);
            break;
        case OSLER_MANY: compare_items(field, before, after, name, format); break;
        }
    }
}

static osler_record there_and_back(arena *memory, const osler_record *record, const char *format)
{
    const struct writer *writer;
    buf document = {0};
    CHECK(writer_find(&writer, format, NULL) == OSLER_OK);
    buf_add_text(&document, writer->head);
    writer->write(&document, record);
    buf_add_text(&document, writer->tail);
    osler_record back = support_record(memory, buf_str(&document), format);
    buf_free(&document);
    return back;
}

static void make_table(buf *table)
{
    buf_add_text(table, "| field |");
    for (size_t f = 0; f < FORMATS; f++)
        buf_printf(table, " %s |", formats[f]);
    buf_add_text(table, "\n|---|");
    for (size_t f = 0; f < FORMATS; f++)
        buf_add_text(table, "---|");
    buf_add_byte(table, '\n');
    for (size_t i = 0; i < row_count; i++) {
        buf_printf(table, "| %s |", rows[i].name);
        for (size_t f = 0; f < FORMATS; f++)
            buf_add_text(table, rows[i].same[f] ? " yes |" : " - |");
        buf_add_byte(table, '\n');
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

TEST(the_table_says_what_is_carried)
{
    static const char path[] = "src/formats/README.md", start[] = "<!-- table -->\n",
                      end[] = "<!-- end -->\n";
    osler_record record = full();
    arena memory = {0};
    buf table = {0}, page = {0};
    for (size_t f = 0; f < FORMATS; f++) {
        osler_record back = there_and_back(&memory, &record, formats[f]);
        compare(osler_record_shape(), (const char *)&record, (const char *)&back, "", f);
    }
    make_table(&table);
    read_file(&page, path);
    const char *from = strstr(buf_text(&page), start), *to = strstr(buf_text(&page), end);
    CHECK(from && to && from < to);
    if (from && to) {
        from += strlen(start);
        bool same = str_equal((str){from, (size_t)(to - from)}, buf_str(&table));
        FILE *file = !same && getenv("OSLER_UPDATE") ? fopen(path, "wb") : NULL;
        if (file) {
            fprintf(file, "%.*s%s%s", (int)(from - page.data), page.data, buf_text(&table), to);
            fclose(file);
        } else if (!same) {
            fprintf(stderr, "the table should be:\n%s", buf_text(&table));
        }
        CHECK(same || file);
    }
    buf_free(&table);
    buf_free(&page);
    arena_free(&memory);
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
    for (size_t f = 0; f < FORMATS; f++) {
        if (strcmp(formats[f], "nbib") == 0) /* keeps dates as they are printed: test_nbib.c */
            continue;
        for (size_t i = 0; i < sizeof several / sizeof *several; i++) {
            if (several[i].text && strcmp(formats[f], "csl-yaml") == 0)
                continue; /* CSL has either parts or a text */
            arena memory = {0};
            osler_record record = {.title = "x", .dates = {&several[i], 1}};
            osler_record back = there_and_back(&memory, &record, formats[f]);
            const osler_date *date = osler_record_date(&back, "issued"), *was = &several[i];
            CHECK(date && date->year == was->year && date->month == was->month &&
                  date->season == was->season && date->end_year == was->end_year &&
                  date->end_month == was->end_month && date->circa == was->circa &&
                  same_text(date->text, was->text));
            if (!date || date->month != was->month || date->season != was->season ||
                date->end_year != was->end_year || !same_text(date->text, was->text))
                fprintf(stderr, "%s: date %zu\n", formats[f], i);
            arena_free(&memory);
        }
    }
}
