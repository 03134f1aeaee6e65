/* A document given at once is the document that comes citation by citation. */
#include "check.h"
#include "memory_scene.h"
#include "style/processor.h"
#include <stdio.h>

enum { WORKS = 12 };

static const char style_text[] =
    "<style xmlns='http://purl.org/net/xbiblio/csl' version='1.0' class='note'><info><title>t"
    "</title><id>t</id><updated>2026-01-01T00:00:00+00:00</updated></info>"
    "<citation disambiguate-add-year-suffix='true'><layout><choose><if position='ibid'>"
    "<text value='ibid'/></if><else><choose><if position='subsequent'><text value='again '/></if>"
    "</choose><names variable='author'/><date variable='issued' prefix=' '><date-part name='year'/>"
    "</date></else></choose></layout></citation></style>";

struct document {
    struct scene scene;
    struct style *style;
    processor *processor;
};

/* Works of one author in two years: their cites get year-suffixes. */
static void open(struct document *d)
{
    osler_error error = {0};
    buf json = {0};

    buf_add_byte(&json, '[');
    for (int i = 0; i < WORKS; i++)
        buf_printf(&json,
                   "%s{\"id\":\"w%d\",\"title\":\"T%d\",\"author\":[{\"family\":\"Doe\"}],"
                   "\"issued\":{\"date-parts\":[[%d]]}}",
                   i ? "," : "", i, i, 2001 + i % 2);
    buf_add_byte(&json, ']');
    scene_open(&d->scene, "", "<text variable='title'/>", buf_text(&json));
    buf_free(&json);
    CHECK(style_read(&d->style, (str)STR(style_text), "test", NULL, NULL, &error) == OSLER_OK);
    struct output_options options = {.locale = d->scene.r.locale};
    d->processor = processor_new(d->style, d->scene.r.locale, &options);
    for (size_t i = 0; i < d->scene.items.count; i++)
        processor_add_item(d->processor, &d->scene.items.items[i]);
}

static void close(struct document *d)
{
    processor_free(d->processor);
    style_free(d->style);
    scene_close(&d->scene);
}

/* Every work, then the last one again, then the first one again. */
static const char *const cited[] = {"w0", "w1", "w2", "w3",  "w4",  "w5",  "w6",
                                    "w7", "w8", "w9", "w10", "w11", "w11", "w0"};
enum { CITATIONS = sizeof cited / sizeof *cited };

struct requests {
    char ids[CITATIONS][8];
    struct cite cites[CITATIONS];
    struct citation_place before[CITATIONS];
    struct citation_request items[CITATIONS];
};

static void fill(struct requests *r)
{
    for (unsigned i = 0; i < CITATIONS; i++) {
        snprintf(r->ids[i], sizeof r->ids[i], "c%u", i);
        r->cites[i] = (struct cite){.id = cited[i], .position = -1};
        r->before[i] = (struct citation_place){r->ids[i], i + 1};
        r->items[i] = (struct citation_request){.id = r->ids[i],
                                                .note = i + 1,
                                                .cites = &r->cites[i],
                                                .count = 1,
                                                .before = r->before,
                                                .before_count = i};
    }
}

TEST(all_at_once_and_one_by_one_give_the_same)
{
    const struct citation_change *at_once, *one_by_one, *changes;
    struct document a, b;
    struct requests r;
    osler_error error = {0};
    size_t count;

    fill(&r);
    open(&a);
    open(&b);
    CHECK(processor_cite_all(a.processor, r.items, CITATIONS, &error) == OSLER_OK);
    for (int i = 0; i < CITATIONS; i++)
        CHECK(processor_cite(b.processor, &r.items[i], &changes, &count, &error) == OSLER_OK);
    CHECK(processor_citations(a.processor, &at_once) == CITATIONS);
    CHECK(processor_citations(b.processor, &one_by_one) == CITATIONS);
    for (int i = 0; i < CITATIONS; i++) {
        CHECK_TEXT(at_once[i].text, one_by_one[i].text);
        CHECK_TEXT(at_once[i].id, r.ids[i]);
    }
    CHECK_TEXT(at_once[0].text, "Doe 2001a");
    CHECK_TEXT(at_once[3].text, "Doe 2002b");
    CHECK_TEXT(at_once[12].text, "ibid");
    CHECK_TEXT(at_once[13].text, "again Doe 2001a");

    CHECK(processor_cite_all(a.processor, r.items + 2, 1, &error) == OSLER_OK);
    CHECK(processor_citations(a.processor, &at_once) == 1);
    CHECK_TEXT(at_once[0].text, "Doe 2001");
    close(&a);
    close(&b);
}

TEST(a_document_that_cannot_be_changes_nothing)
{
    const struct citation_change *citations;
    struct document d;
    struct requests r;
    osler_error error = {0};

    fill(&r);
    open(&d);
    CHECK(processor_cite_all(d.processor, r.items, 2, &error) == OSLER_OK);
    r.cites[3].id = "nobody";
    CHECK(processor_cite_all(d.processor, r.items, CITATIONS, &error) == OSLER_ENOTFOUND);
    CHECK(strstr(error.message, "nobody") != NULL);
    r.cites[3].id = "w3";
    r.items[5].id = "c1";
    CHECK(processor_cite_all(d.processor, r.items, CITATIONS, &error) == OSLER_EINPUT);
    CHECK(processor_citations(d.processor, &citations) == 2);
    CHECK_TEXT(citations[1].text, "Doe 2002");
    CHECK(processor_cite_all(d.processor, NULL, 0, &error) == OSLER_OK);
    CHECK(processor_citations(d.processor, &citations) == 0);
    close(&d);
}
