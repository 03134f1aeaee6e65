/* A manuscript in a test: a style and works of its own writing, citations that come and go. */
#include "memory_paper.h"
#include "check.h"

void paper_open(struct paper *paper, const char *class_name, const char *style, const char *json)
{
    struct output_options options = {.format = OUTPUT_PLAIN};
    osler_error error = {0};
    buf xml = {0};

    *paper = (struct paper){0};
    buf_printf(&xml,
               "<style xmlns='http://purl.org/net/xbiblio/csl' version='1.0' class='%s'><info>"
               "<title>t</title><id>t</id><updated>2026-01-01T00:00:00+00:00</updated></info>"
               "<locale><terms><term name='ibid'>ibid.</term><term name='et-al'>et al.</term>"
               "<term name='and'>and</term></terms></locale>%s</style>",
               class_name, style);
    CHECK(style_read(&paper->style, buf_str(&xml), "test", NULL, NULL, &error) == OSLER_OK);
    CHECK_TEXT(error.message, "");
    CHECK(items_from_json(&paper->memory, &paper->items, str_of(json), "test", &error) == OSLER_OK);
    CHECK(locale_load(&paper->memory, &paper->locale, paper->style, "en-US", &error) == OSLER_OK);
    buf_free(&xml);
    options.locale = paper->locale;
    paper->processor = processor_new(paper->style, paper->locale, &options);
    for (size_t i = 0; i < paper->items.count; i++)
        processor_add_item(paper->processor, &paper->items.items[i]);
}

void paper_close(struct paper *paper)
{
    processor_free(paper->processor);
    style_free(paper->style);
    arena_free(&paper->memory);
    buf_free(&paper->text);
}

/* "a b:12" */
static size_t read_cites(struct paper *paper, struct cite *cites, const char *text)
{
    str rest = str_of(text), word;
    size_t count = 0;

    while (count < PAPER_CITES && str_next_field(&rest, ' ', &word)) {
        size_t colon = str_find(word, ':');
        cites[count++] = (struct cite){
            .id = arena_copy(&paper->memory, str_part(word, 0, colon)),
            .locator = str_part(word, colon + 1, word.length),
            .position = -1,
        };
    }
    return count;
}

void paper_remove(struct paper *paper, const char *id)
{
    size_t kept = 0;

    for (size_t i = 0; i < paper->count; i++)
        if (strcmp(paper->places[i].id, id) != 0)
            paper->places[kept++] = paper->places[i];
    paper->count = kept;
}

static void add_line(buf *text, const struct citation_change *change)
{
    buf_printf(text, "%s %s\n", change->id, change->text);
}

const char *paper_cite(struct paper *paper, size_t index, const char *id, unsigned note,
                       const char *cites)
{
    struct cite list[PAPER_CITES];
    const struct citation_change *changes;
    osler_error error = {0};
    size_t count;

    paper_remove(paper, id);
    size_t cite_count = read_cites(paper, list, cites);
    struct citation_request request = {
        id,
        note,
        list,
        cite_count,
        paper->places,
        paper->places + index,
        index,
        paper->count - index,
    };
    buf_clear(&paper->text);
    CHECK(processor_cite(paper->processor, &request, &changes, &count, &error) == OSLER_OK);
    CHECK_TEXT(error.message, "");
    for (size_t i = 0; i < count; i++)
        add_line(&paper->text, &changes[i]);
    memmove(paper->places + index + 1, paper->places + index,
            (paper->count++ - index) * sizeof *paper->places);
    paper->places[index] = (struct citation_place){arena_copy(&paper->memory, str_of(id)), note};
    return buf_text(&paper->text);
}

const char *paper_text(struct paper *paper)
{
    const struct citation_change *citations;
    size_t count = processor_citations(paper->processor, &citations);

    buf_clear(&paper->text);
    for (size_t i = 0; i < count; i++)
        add_line(&paper->text, &citations[i]);
    return buf_text(&paper->text);
}

const char *paper_preview(struct paper *paper, const char *cites)
{
    struct cite list[PAPER_CITES];
    osler_error error = {0};
    const char *text = "";
    size_t count = read_cites(paper, list, cites);

    CHECK(processor_preview(paper->processor, list, count, &text, &error) == OSLER_OK);
    return text;
}

const char *paper_bibliography(struct paper *paper)
{
    const struct bibliography_entry *entries;
    size_t count = processor_bibliography(paper->processor, &entries);

    buf_clear(&paper->text);
    for (size_t i = 0; i < count; i++)
        buf_add_text(&paper->text, entries[i].text);
    return buf_text(&paper->text);
}

void paper_include_all(struct paper *paper)
{
    for (size_t i = 0; i < paper->items.count; i++)
        processor_include(paper->processor, &paper->items.items[i].id, 1);
}
