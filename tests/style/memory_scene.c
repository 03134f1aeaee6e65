/* A style written in a test, one work, and what they come to. */
#include "memory_scene.h"
#include "check.h"

static const char head[] =
    "<style xmlns='http://purl.org/net/xbiblio/csl' version='1.0' class='note'><info>"
    "<title>t</title><id>t</id><updated>2026-01-01T00:00:00+00:00</updated></info>"
    "<locale><terms><term name='from'>from</term><term name='and'>and</term>"
    "<term name='page' form='short'><single>p.</single><multiple>pp.</multiple></term>"
    "<term name='volume' form='short'>vol.</term></terms></locale>";

void scene_open(struct scene *scene, const char *macros, const char *layout, const char *json)
{
    osler_error error = {0};
    struct locale *locale = NULL;
    buf xml = {0};

    *scene = (struct scene){0};
    buf_printf(&xml, "%s%s<citation><layout>%s</layout></citation>", head, macros, layout);
    buf_printf(&xml, "<bibliography><layout>%s</layout></bibliography></style>", layout);
    CHECK(style_read(&scene->style, buf_str(&xml), "test", NULL, NULL, &error) == OSLER_OK);
    CHECK(items_from_json(&scene->memory, &scene->items, str_of(json), "test", &error) == OSLER_OK);
    CHECK(locale_load(&scene->memory, &locale, scene->style, "en-US", &error) == OSLER_OK);
    buf_free(&xml);
    scene->r.style = scene->style;
    scene->r.locale = locale;
    scene->r.area = &scene->style->citation;
    scene->r.memory = &scene->memory;
    scene->r.item = scene->items.items;
}

void scene_close(struct scene *scene)
{
    style_free(scene->style);
    arena_free(&scene->memory);
    buf_free(&scene->text);
}

static const char *write(struct scene *scene, bool links)
{
    struct output_options options = {OUTPUT_HTML, links, scene->r.locale};

    buf_clear(&scene->text);
    output_write(&scene->text, render_layout(&scene->r), &options);
    return buf_text(&scene->text);
}

const char *scene_html(struct scene *scene)
{
    return write(scene, false);
}

const char *scene_html_with_links(struct scene *scene)
{
    return write(scene, true);
}

const char *rendered(const char *layout, const char *json)
{
    static char text[4096];
    struct scene scene;

    scene_open(&scene, "", layout, json);
    const char *html = scene_html(&scene);
    size_t length = strlen(html) < sizeof text ? strlen(html) : sizeof text - 1;
    memcpy(text, html, length);
    text[length] = '\0';
    scene_close(&scene);
    return text;
}
