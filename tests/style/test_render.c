/* Texts, groups, macros, affixes, identifiers and limits of rendering. */
#include "check.h"
#include "memory_scene.h"

#define BOOK "{\"id\":\"b\",\"type\":\"book\",\"title\":\"A long title\",\"volume\":\"3\"}"

TEST(texts_of_variables_terms_and_values)
{
    CHECK_TEXT(rendered("<text variable='title' prefix='[' suffix=']'/>", BOOK), "[A long title]");
    CHECK_TEXT(rendered("<text term='from'/><text value=' x.Y. a.b' strip-periods='true'/>", BOOK),
               "from xY a.b");
    CHECK_TEXT(rendered("<text variable='title' text-case='uppercase' font-style='italic'/>", BOOK),
               "<i>A LONG TITLE</i>");
    CHECK_TEXT(rendered("<text variable='title' quotes='true' prefix='-'/>", BOOK),
               "-“A long title”");
    CHECK_TEXT(rendered("<text variable='publisher' prefix='[' suffix=']'/>", BOOK), "");
}

TEST(short_forms_fall_back_to_long_ones)
{
    static const char journal[] =
        "{\"id\":\"j\",\"container-title\":\"Acta Longa\",\"container-title-short\":\"Act L\"}";

    CHECK_TEXT(rendered("<text variable='title' form='short'/>", BOOK), "A long title");
    CHECK_TEXT(rendered("<text variable='container-title' form='short'/>", journal), "Act L");
    CHECK_TEXT(rendered("<text variable='container-title'/>", journal), "Acta Longa");
    CHECK_TEXT(rendered("<text variable='container-title-short'/>", journal), "Act L");
    CHECK_TEXT(rendered("<text variable='title-short'/>", BOOK), "");
    CHECK_TEXT(rendered("<text variable='title' form='short'/>",
                        "{\"id\":\"t\",\"title-short\":\"Short\"}"),
               "Short");
}

TEST(groups_need_content_where_they_ask_for_it)
{
    CHECK_TEXT(rendered("<group><text term='from'/></group>", BOOK), "from");
    CHECK_TEXT(rendered("<group><text term='from'/><text variable='URL'/></group>", BOOK), "");
    CHECK_TEXT(rendered("<group delimiter='+'><text term='from'/><text variable='URL'/>"
                        "<number variable='volume'/></group>",
                        BOOK),
               "from+3");
    CHECK_TEXT(rendered("<group prefix='('><text value='x'/><group prefix='['><text value='y'/>"
                        "<text variable='URL'/></group></group>",
                        BOOK),
               "");
    CHECK_TEXT(rendered("<group delimiter=' '><text variable='URL'/><group><text value='y'/>"
                        "</group></group>",
                        BOOK),
               "y");
    CHECK_TEXT(rendered("<group><text value='n.d.'/><text variable='year-suffix'/></group>", BOOK),
               "n.d.");
    CHECK_TEXT(rendered("<group><text value='by '/><names variable='author'><substitute>"
                        "<text value='nobody'/></substitute></names></group>",
                        BOOK),
               "");
}

TEST(macros_are_groups)
{
    struct scene scene;

    scene_open(&scene,
               "<macro name='a'><text term='from'/><text variable='URL'/></macro>"
               "<macro name='b'><text term='from'/></macro>"
               "<macro name='c'><text variable='title'/><text variable='volume'/></macro>",
               "<text macro='a' prefix='1'/><group><text variable='DOI'/><text macro='b'/></group>"
               "<group delimiter=', '><text macro='c' strip-periods='true' suffix='!'/>"
               "<text value='x'/></group>",
               BOOK);
    CHECK_TEXT(scene_html(&scene), "fromA long title3!, x");
    scene_close(&scene);
}

TEST(delimiters_reach_into_choose)
{
    CHECK_TEXT(rendered("<group delimiter='; '><text variable='title'/><choose><if type='book'>"
                        "<text value='a'/><text value='b'/></if></choose></group>",
                        BOOK),
               "A long title; a; b");
}

TEST(identifiers_are_links_with_the_address_before_them)
{
    struct scene scene;

    scene_open(&scene, "",
               "<text variable='DOI' prefix='see https://doi.org/' suffix='.'/>"
               "<text variable='PMID' prefix=' PMID: '/>",
               "{\"id\":\"d\",\"DOI\":\"10.1/a'b\",\"PMID\":\"990000001\"}");
    CHECK_TEXT(scene_html(&scene), "see https://doi.org/10.1/a'b. PMID: 990000001");
    CHECK_TEXT(scene_html_with_links(&scene),
               "see <a href=\"https://doi.org/10.1/a'b\">https://doi.org/10.1/a'b</a>. PMID: "
               "<a href=\"https://pubmed.ncbi.nlm.nih.gov/990000001/\">990000001</a>");
    scene_close(&scene);
}

TEST(pages_and_locators_are_ranges)
{
    struct scene scene;

    CHECK_TEXT(rendered("<text variable='page'/><text variable='page-first' prefix=' from '/>",
                        "{\"id\":\"p\",\"page\":\"123-145\"}"),
               "123–145 from 123");
    CHECK_TEXT(rendered("<text variable='page-first'/>", "{\"id\":\"p\",\"page\":\"e12-e15\"}"),
               "e12");
    scene_open(&scene, "", "<text variable='locator'/>", BOOK);
    scene.r.locator = (str)STR("7-9");
    scene.r.locator_label = TERM_PAGE;
    CHECK_TEXT(scene_html(&scene), "7–9");
    scene_close(&scene);
}

TEST(labels_are_made_of_names_and_year)
{
    CHECK_TEXT(
        rendered("<text variable='citation-label'/>",
                 "{\"id\":\"l\",\"author\":[{\"family\":\"Östlund\"},{\"family\":\"Ng\"},"
                 "{\"family\":\"van Dam\",\"given\":\"R\"}],\"issued\":{\"date-parts\":[[2007]]}}"),
        "ÖsND07");
    CHECK_TEXT(
        rendered("<text variable='citation-label'/>", "{\"id\":\"l\",\"citation-label\":\"Xx1\"}"),
        "Xx1");

    struct scene scene;
    scene_open(&scene, "", "<text variable='citation-label'/>",
               "{\"id\":\"l\",\"author\":[{\"family\":\"Meyer\"}],\"issued\":{\"raw\":\"1998\"}}");
    scene.r.shape.year_suffix = (str)STR("b");
    CHECK_TEXT(scene_html(&scene), "Meye98b");
    scene_close(&scene);
}

TEST(what_was_missed_is_noted_once)
{
    struct missing missing = {0};
    struct scene scene;

    scene_open(&scene, "",
               "<text variable='publisher'/><text variable='publisher'/><text variable='title'/>"
               "<choose><if variable='genre'><text variable='genre'/></if></choose>",
               BOOK);
    scene.r.missing = &missing;
    scene_html(&scene);
    CHECK(missing.count == 1 && missing.items[0] == VARIABLE_PUBLISHER);
    scene_close(&scene);
}

/* Groups that hold the same group twice, 60 deep: 2^60 texts, were there no limit. */
TEST(the_work_of_one_rendering_is_bounded)
{
    enum { LEVELS = 60 };
    static struct node groups[LEVELS];
    static const struct node *children[LEVELS][2];
    struct scene scene;
    enum found found;

    scene_open(&scene, "", "<text variable='title'/>", BOOK);
    groups[0] = *scene.style->citation.layout.items[0];
    for (int i = 1; i < LEVELS; i++) {
        groups[i].kind = NODE_GROUP;
        children[i][0] = children[i][1] = &groups[i - 1];
        groups[i].children = (struct nodes){children[i], 2};
    }
    render_begin(&scene.r);
    struct output *tree = render_node(&scene.r, &groups[10], &found);
    CHECK(scene.r.steps == 2047 && !output_is_empty(tree));
    render_node(&scene.r, &groups[LEVELS - 1], &found);
    CHECK(scene.r.steps > RENDER_STEPS && scene.r.steps < RENDER_STEPS * 3);
    scene_close(&scene);
}

TEST(deep_nesting_ends)
{
    enum { LEVELS = RENDER_DEPTH * 2 };
    static struct node groups[LEVELS];
    static const struct node *child[LEVELS];
    struct scene scene;
    enum found found;

    scene_open(&scene, "", "<text variable='title'/>", BOOK);
    groups[0] = *scene.style->citation.layout.items[0];
    for (int i = 1; i < LEVELS; i++) {
        groups[i].kind = NODE_GROUP;
        child[i] = &groups[i - 1];
        groups[i].children = (struct nodes){&child[i], 1};
    }
    render_begin(&scene.r);
    CHECK(!output_is_empty(render_node(&scene.r, &groups[RENDER_DEPTH], &found)));
    CHECK(output_is_empty(render_node(&scene.r, &groups[LEVELS - 1], &found)));
    CHECK(scene.r.depth == 0);
    scene_close(&scene);
}

/* Of some lists not all names are known (a reference that prints "et al."): it stays there. */
static void check_incomplete(const char *name, const char *expected)
{
    static const char json[] = "[{\"id\":\"1\",\"type\":\"book\",\"author\":["
                               "{\"family\":\"Quill\"},{\"family\":\"Reed\"},"
                               "{\"family\":\"Stone\"}]}]";
    struct scene scene;
    buf layout = {0};
    buf_printf(&layout, "<names variable='author'>%s</names>", name);
    scene_open(&scene, "", buf_text(&layout), json);
    struct item *item = &scene.items.items[0];
    struct item_names names = *item_names(item, VARIABLE_AUTHOR);
    names.incomplete = true;
    item_set_names(&scene.memory, item, VARIABLE_AUTHOR, names);
    CHECK_TEXT(scene_html(&scene), expected);
    scene_close(&scene);
    buf_free(&layout);
}

TEST(names_that_are_not_known_are_et_al)
{
    check_incomplete("<name and='text'/>", "Quill, Reed, Stone, et al.");
    check_incomplete("<name et-al-min='5' et-al-use-first='1'/>", "Quill, Reed, Stone, et al.");
    check_incomplete("<name et-al-min='4' et-al-use-first='2'/>", "Quill, Reed, et al.");
    check_incomplete("<name et-al-min='3' et-al-use-first='1' et-al-use-last='true'/>",
                     "Quill et al.");
    check_incomplete("<name form='count'/>", "3");
}
